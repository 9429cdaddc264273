//! [`Plan`]: what has passed on all connections, and what will happen to what comes.

use std::{
    collections::HashMap,
    sync::{Arc, Condvar, Mutex, MutexGuard},
};

use super::Fault;

/// What has passed on all connections, and what will happen to what comes.
#[derive(Debug, Default)]
pub(super) struct Plan {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    trips: usize,
    commands: usize,
    replies: usize,
    /// By the number of the command, counted from 0.
    faults: HashMap<usize, Fault>,
    random: Option<Random>,
    limit: Option<Limit>,
    /// How often what was held has been dropped.
    dropped: usize,
    is_closed: bool,
}

/// How many commands may pass, and how many replies there are when the last of them is answered.
#[derive(Clone, Copy, Debug)]
struct Limit {
    commands: usize,
    replies: usize,
}

#[derive(Debug)]
struct Random {
    generator: fastrand::Rng,
    chances: Vec<(Fault, f64)>,
}

/// A gate in the way of all commands, until it is released or dropped.
///
/// If it is dropped, what it holds never reaches the server, and the connections are cut.
#[derive(Debug)]
#[must_use = "a gate that is dropped cuts what it holds"]
pub struct Hold(Arc<Plan>);

impl Hold {
    pub(super) fn new(plan: Arc<Plan>) -> Self {
        Hold(plan)
    }

    /// Returns when the server has answered all commands that may pass.
    pub fn wait(&self) {
        let answered = |state: &State| state.limit.is_none_or(|it| state.replies >= it.replies);
        drop(self.0.changed.wait_while(self.0.state(), |state| !answered(state)).unwrap());
    }

    /// Returns when a command has come that may not pass.
    pub fn wait_for_more(&self) {
        let is_full = |state: &State| state.limit.is_none_or(|it| state.commands > it.commands);
        drop(self.0.changed.wait_while(self.0.state(), |state| !is_full(state)).unwrap());
    }

    /// Lets everything pass that was held.
    pub fn release(self) {
        self.0.state().limit = None;
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.dropped += usize::from(state.limit.take().is_some());
        self.0.changed.notify_all();
    }
}

impl Plan {
    pub(super) fn trips(&self) -> usize {
        self.state().trips
    }

    pub(super) fn commands(&self) -> usize {
        self.state().commands
    }

    pub(super) fn fault_after(&self, count: usize, fault: Fault) {
        let mut state = self.state();
        let number = state.commands + count;
        state.faults.insert(number, fault);
    }

    pub(super) fn fault_randomly(&self, seed: u64, chances: &[(Fault, f64)]) {
        let generator = fastrand::Rng::with_seed(seed);
        self.state().random = Some(Random { generator, chances: chances.to_vec() });
    }

    pub(super) fn heal(&self) {
        let mut state = self.state();
        state.faults.clear();
        state.random = None;
    }

    pub(super) fn hold_after(&self, count: usize) {
        let mut state = self.state();
        let (commands, replies) = (state.commands + count, state.replies + count);
        state.limit = Some(Limit { commands, replies });
    }

    pub(super) fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        self.changed.notify_all();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state().is_closed
    }

    /// Takes notice that a round trip begins.
    pub(super) fn begin_trip(&self) {
        self.state().trips += 1;
    }

    /// Takes notice of a command, and returns what happens to it once it may pass.
    pub(super) fn admit(&self) -> Option<Fault> {
        let mut state = self.state();
        let number = state.commands;
        state.commands += 1;
        let drawn = state.random.as_mut().and_then(Random::draw);
        let fault = state.faults.remove(&number).or(drawn);
        self.changed.notify_all();
        let dropped = state.dropped;
        let is_held = |state: &State| {
            let waits = state.limit.is_some_and(|limit| number >= limit.commands);
            waits && state.dropped == dropped && !state.is_closed
        };
        let state = self.changed.wait_while(state, |state| is_held(state)).unwrap();
        if state.dropped > dropped { Some(Fault::CutBefore) } else { fault }
    }

    /// Takes notice that the server has answered a command.
    pub(super) fn answered(&self) {
        self.state().replies += 1;
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Random {
    fn draw(&mut self) -> Option<Fault> {
        let mut drawn = self.generator.f64();
        let met = self.chances.iter().find(|(_, chance)| {
            drawn -= chance;
            drawn < 0.0
        });
        met.map(|(fault, _)| *fault)
    }
}
