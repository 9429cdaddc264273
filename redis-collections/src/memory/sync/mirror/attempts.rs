//! [`Attempts`]: the syncs of one collection whose replies were lost.

use std::mem;

use crate::{
    command::{Key, Replies, Request},
    error::{Error, Result},
    memory::write_set::{Operation, WriteSet},
};

/// The pending sync, and the syncs whose replies were lost, the oldest first.
///
/// Each leads to a state `S` of Redis, if it was made. Until that is known, the next sync says what
/// to do from each of these states. The server, which remembers the operations that it has made,
/// chooses one.
#[derive(Debug)]
pub(super) struct Attempts<S> {
    pending: Option<Attempt<S>>,
    lost: Vec<Attempt<S>>,
}

/// An operation, and the state after it.
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
    /// Begins an operation that leads to `state`.
    pub(super) fn begin(&mut self, state: S) -> Operation {
        let operation = Operation::new();
        self.pending = Some(Attempt { operation: operation.clone(), state });
        operation
    }

    /// Records that the pending operation may have been made.
    pub(super) fn mark_lost(&mut self) {
        self.lost.extend(self.pending.take());
    }

    /// Records that the pending operation was not made.
    pub(super) fn cancel(&mut self) {
        self.pending = None;
    }

    /// Records that the pending operation was made, and returns the state after it.
    pub(super) fn confirm(&mut self) -> Option<S> {
        let attempt = self.pending.take()?;
        self.lost.clear();
        Some(attempt.state)
    }

    /// Forgets the lost operations.
    pub(super) fn clear_lost(&mut self) {
        self.lost.clear();
    }

    /// Returns whether an operation is pending.
    pub(super) fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// The operations whose replies were lost, the oldest first.
    pub(super) fn lost(&self) -> &[Attempt<S>] {
        &self.lost
    }

    /// Fails if the server may have forgotten an operation, because nobody can know then whether it
    /// was made.
    pub(super) fn check(&self, key: &Key) -> Result<()> {
        if self.lost.iter().any(|attempt| attempt.operation.is_forgotten()) {
            return Err(Error::Conflict { keys: vec![key.to_string()] });
        }
        Ok(())
    }

    /// Adds the request that settles the lost operations.
    pub(super) fn add_settling_read(&self, key: &Key, reads: &mut Vec<Request>) {
        if !self.lost.is_empty() {
            reads.push(WriteSet::settle(key, self.lost.iter().map(|attempt| &attempt.operation)));
        }
    }

    /// Reads the reply to that request, and forgets the lost operations. Returns the state after
    /// the newest one that was made.
    pub(super) fn settle(&mut self, key: &Key, replies: &mut Replies) -> Result<Option<S>> {
        if self.lost.is_empty() {
            return Ok(None);
        }
        let made = replies.next(key, |answer| WriteSet::settled(answer, key))?;
        let lost = mem::take(&mut self.lost).into_iter().zip(made);
        Ok(lost.filter(|(_, made)| *made).map(|(attempt, _)| attempt.state).last())
    }

    /// Adds to `writes` that the lost operations are refused from now on.
    pub(super) fn give_up(&self, key: &Key, writes: &mut WriteSet) {
        if !self.lost.is_empty() {
            writes.forget(key, self.lost.iter().map(|attempt| &attempt.operation));
        }
    }
}
