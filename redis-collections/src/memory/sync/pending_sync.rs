//! [`PendingSync`]: what memory holds, while its changes are on their way.

use crate::{
    command::InDoubt,
    error::Result,
    memory::{field::Synced, write_set::WriteSet},
    store::Executor,
};

/// Collections in memory whose changes are on their way.
///
/// One that is not settled at the end is told whether the changes may have been made: the answer
/// was lost then, or nobody waited for it.
pub(crate) struct PendingSync<'a> {
    locals: Vec<&'a mut dyn Synced>,
    in_doubt: InDoubt,
}

impl<'a> PendingSync<'a> {
    /// Sends the changes of all `locals` together, as `writes` has them checked or not.
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

    /// Sends what all `locals` have prepared.
    pub(crate) fn send<E: Executor>(
        executor: &E,
        locals: Vec<&'a mut dyn Synced>,
        writes: WriteSet,
    ) -> E::Reply<'a, ()> {
        let mut pending_sync = PendingSync { locals, in_doubt: writes.in_doubt() };
        writes.run(executor, move |mut replies| {
            // Each has to take notice, whether the answer to the one before it can be read or not.
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
