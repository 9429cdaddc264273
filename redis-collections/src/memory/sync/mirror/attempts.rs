//! [`Attempts`]: the syncs of one collection whose answers were never seen.

use std::mem;

use crate::{
    command::{Key, Replies, Request},
    error::{Error, Result},
    memory::write_set::{Operation, WriteSet},
};

/// The sync that is under way, and those whose answers were lost: the oldest first.
///
/// Each leads to a state `S` of what Redis holds, if it was made. Until that is known, the next one
/// says for each of these states what there is to do, and the server, which knows the operations
/// that it has made, chooses.
#[derive(Debug)]
pub(super) struct Attempts<S> {
    pending: Option<Attempt<S>>,
    lost: Vec<Attempt<S>>,
}

/// An operation, and the state that it leads to.
#[derive(Debug)]
pub(super) struct Attempt<S> {
    pub(super) operation: Operation,
    pub(super) state: S,
}

impl<S> Default for Attempts<S> {
    fn default() -> Self {
        Attempts { pending: None, lost: Vec::new() }
    }
}

impl<S> Attempts<S> {
    /// Starts an operation that leads to `state`.
    pub(super) fn begin(&mut self, state: S) -> Operation {
        let operation = Operation::new();
        self.pending = Some(Attempt { operation: operation.clone(), state });
        operation
    }

    /// Takes notice that the operation under way may have been made.
    pub(super) fn mark_lost(&mut self) {
        self.lost.extend(self.pending.take());
    }

    /// Takes notice that the operation under way was not made.
    pub(super) fn cancel(&mut self) {
        self.pending = None;
    }

    /// Takes notice that it was made, and returns the state that it has led to.
    pub(super) fn confirm(&mut self) -> Option<S> {
        let attempt = self.pending.take()?;
        self.lost.clear();
        Some(attempt.state)
    }

    /// Gives up what was lost.
    pub(super) fn clear_lost(&mut self) {
        self.lost.clear();
    }

    /// Whether an operation is under way.
    pub(super) fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// Those whose answers were lost, the oldest first.
    pub(super) fn lost(&self) -> &[Attempt<S>] {
        &self.lost
    }

    /// Refuses to go on if the server may have forgotten an operation: nobody can tell then whether
    /// it was made.
    pub(super) fn check(&self, key: &Key) -> Result<()> {
        if self.lost.iter().any(|attempt| attempt.operation.is_forgotten()) {
            return Err(Error::Conflict { keys: vec![key.to_string()] });
        }
        Ok(())
    }

    /// Adds what has to be asked to give up what was lost.
    pub(super) fn add_settling_read(&self, key: &Key, reads: &mut Vec<Request>) {
        if !self.lost.is_empty() {
            reads.push(WriteSet::settle(key, self.lost.iter().map(|attempt| &attempt.operation)));
        }
    }

    /// Reads the answer to that, gives up what was lost, and returns the state that the newest one
    /// of those that were made has led to.
    pub(super) fn settle(&mut self, key: &Key, replies: &mut Replies) -> Result<Option<S>> {
        if self.lost.is_empty() {
            return Ok(None);
        }
        let made = replies.next(key, |answer| WriteSet::settled(answer, key))?;
        let lost = mem::take(&mut self.lost).into_iter().zip(made);
        Ok(lost.filter(|(_, made)| *made).map(|(attempt, _)| attempt.state).last())
    }

    /// Adds to `writes` that what was lost will never be made.
    pub(super) fn give_up(&self, key: &Key, writes: &mut WriteSet) {
        if !self.lost.is_empty() {
            writes.forget(key, self.lost.iter().map(|attempt| &attempt.operation));
        }
    }
}
