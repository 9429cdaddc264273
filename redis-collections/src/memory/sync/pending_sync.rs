//! [`PendingSync`]: collections in memory whose changes are in flight.

use crate::{
    command::InDoubt,
    error::Result,
    memory::{field::Synced, write_set::WriteSet},
    store::Executor,
};

/// Collections in memory whose changes are in flight.
///
/// Dropping it ends the save of each collection that has no reply: because the reply was lost, or
/// because the future was dropped.
pub(crate) struct PendingSync<'a> {
    locals: Vec<&'a mut dyn Synced>,
    in_doubt: InDoubt,
}

impl<'a> PendingSync<'a> {
    /// Adds the changes of all `locals` to `writes`, and sends them together.
    pub(crate) fn sync<E: Executor>(
        executor: &E,
        mut locals: Vec<&'a mut dyn Synced>,
        mut writes: WriteSet,
    ) -> E::Reply<'a, ()> {
        for local in &mut locals {
            local.pre_save(&mut writes);
        }
        Self::send(executor, locals, writes)
    }

    /// Sends `writes`, which has the changes of all `locals`.
    pub(crate) fn send<E: Executor>(
        executor: &E,
        locals: Vec<&'a mut dyn Synced>,
        writes: WriteSet,
    ) -> E::Reply<'a, ()> {
        let mut pending_sync = PendingSync { locals, in_doubt: writes.in_doubt() };
        writes.run(executor, move |mut replies| {
            // Each collection must record its reply, even if the reply before it cannot be read.
            let settled: Vec<Result<()>> =
                pending_sync.locals.iter_mut().map(|local| local.post_save(&mut replies)).collect();
            settled.into_iter().collect()
        })
    }
}

impl Drop for PendingSync<'_> {
    fn drop(&mut self) {
        let is_unknown = self.in_doubt.is_set();
        self.locals
            .iter_mut()
            .for_each(|local| if is_unknown { local.save_lost() } else { local.save_refused() });
    }
}
