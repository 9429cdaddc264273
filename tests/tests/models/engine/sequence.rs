//! [`Sequence`]: calls in a row, of which a failure needs but a few.

use std::fmt;

use proptest::{
    prelude::*,
    strategy::{NewTree, ValueTree},
    test_runner::TestRunner,
};

use super::{Call, Calls, Model};

/// As many calls as it is told, each as likely as the others.
pub(super) struct Sequence<M> {
    calls: Calls<M>,
    len: usize,
}

/// The calls of one case. To make a failure small, some are left out, first many at once; then
/// the arguments of the others are made simpler.
pub(super) struct Row<M> {
    calls: Vec<Box<dyn ValueTree<Value = Call<M>>>>,
    kept: Vec<bool>,
    attempt: Attempt,
    /// How many were kept when each of them was last in turn to be left out.
    before: usize,
    last: Last,
}

/// What to try next.
enum Attempt {
    /// Leave out `count` calls from this one on.
    Without { from: usize, count: usize },
    /// Simplify this call.
    Simpler(usize),
}

/// What was tried, and is to be undone if nothing fails without it.
enum Last {
    Without(Vec<usize>),
    Simpler(usize),
}

impl<M> Sequence<M> {
    pub(super) fn new(calls: Calls<M>, len: usize) -> Self {
        Sequence { calls, len }
    }
}

impl<M> fmt::Debug for Sequence<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sequence").field("len", &self.len).finish_non_exhaustive()
    }
}

impl<M: Model> Strategy for Sequence<M> {
    type Tree = Row<M>;
    type Value = Vec<Call<M>>;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let mut any = || {
            let at = runner.rng().random_range(0..self.calls.len());
            self.calls[at].new_tree(runner)
        };
        let calls = (0..self.len).map(|_| any()).collect::<Result<_, _>>()?;
        Ok(Row {
            calls,
            kept: vec![true; self.len],
            attempt: Attempt::Without { from: 0, count: self.len / 2 },
            before: self.len,
            last: Last::Without(Vec::new()),
        })
    }
}

impl<M: Model> ValueTree for Row<M> {
    type Value = Vec<Call<M>>;

    fn current(&self) -> Vec<Call<M>> {
        let all = self.calls.iter().zip(&self.kept);
        all.filter(|(_, kept)| **kept).map(|(call, _)| call.current()).collect()
    }

    fn simplify(&mut self) -> bool {
        loop {
            match self.attempt {
                Attempt::Without { from, count } if from < self.calls.len() => {
                    self.attempt = Attempt::Without { from: from + count, count };
                    if self.leave_out(from, count) {
                        return true;
                    }
                }
                Attempt::Without { count, .. } => self.attempt = self.next_round(count),
                Attempt::Simpler(at) if at == self.calls.len() => return false,
                Attempt::Simpler(at) if self.kept[at] && self.calls[at].simplify() => {
                    self.last = Last::Simpler(at);
                    return true;
                }
                Attempt::Simpler(at) => self.attempt = Attempt::Simpler(at + 1),
            }
        }
    }

    fn complicate(&mut self) -> bool {
        match &self.last {
            Last::Without(calls) => {
                for at in calls {
                    self.kept[*at] = true;
                }
            }
            Last::Simpler(at) if self.calls[*at].complicate() => return true,
            Last::Simpler(at) => self.attempt = Attempt::Simpler(at + 1),
        }
        self.simplify()
    }
}

impl<M> Row<M> {
    /// Leaves out what is still kept of `count` calls, and returns whether that is any.
    fn leave_out(&mut self, from: usize, count: usize) -> bool {
        let until = self.calls.len().min(from + count);
        let calls: Vec<usize> = (from..until).filter(|at| self.kept[*at]).collect();
        for at in &calls {
            self.kept[*at] = false;
        }
        let is_any = !calls.is_empty();
        self.last = Last::Without(calls);
        is_any
    }

    /// What comes after all calls were in turn, `count` at once: fewer at once, or each again for
    /// as long as that helps.
    fn next_round(&mut self, count: usize) -> Attempt {
        let kept = self.kept.iter().filter(|kept| **kept).count();
        if count == 1 && kept == self.before {
            return Attempt::Simpler(0);
        }
        self.before = kept;
        Attempt::Without { from: 0, count: (count / 2).max(1) }
    }
}
