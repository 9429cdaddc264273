//! [`Sending`]: what memory holds, while its changes are on their way.

use crate::{
    command::Fate,
    error::Result,
    memory::{field::Synced, write_set::Writes},
    store::Executor,
};

/// Collections in memory whose changes are on their way.
///
/// One that is not settled at the end is told whether the changes may have been made: the answer
/// was lost then, or nobody waited for it.
pub(crate) struct Sending<'a> {
    locals: Vec<&'a mut dyn Synced>,
    fate: Fate,
}

impl<'a> Sending<'a> {
    /// Sends the changes of all `locals` together, as `writes` has them checked or not.
    pub(crate) fn sync<E: Executor>(
        executor: &E,
        mut locals: Vec<&'a mut dyn Synced>,
        mut writes: Writes,
    ) -> E::Reply<'a, ()> {
        for local in &mut locals {
            local.prepare(&mut writes);
        }
        Self::send(executor, locals, writes)
    }

    /// Sends what all `locals` have prepared.
    pub(crate) fn send<E: Executor>(
        executor: &E,
        locals: Vec<&'a mut dyn Synced>,
        writes: Writes,
    ) -> E::Reply<'a, ()> {
        let mut sending = Sending { locals, fate: writes.fate() };
        writes.run(executor, move |mut answers| {
            // Each has to take notice, whether the answer to the one before it can be read or not.
            let settled: Vec<Result<()>> =
                sending.locals.iter_mut().map(|local| local.settle(&mut answers)).collect();
            settled.into_iter().collect()
        })
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        let is_unknown = self.fate.is_unknown();
        self.locals
            .iter_mut()
            .for_each(|local| if is_unknown { local.lose() } else { local.recall() });
    }
}
