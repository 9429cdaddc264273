//! [`Fetch`]: a request that reads entries, and writes the victims that make room for them.

use std::{hash::Hash, mem, sync::MutexGuard};

use super::{
    cache::{Cache, LoadId},
    pending::{Pending, PendingKind, PendingLoad, SharedCache},
    write_batch::WriteBatch,
};
use crate::{
    codec::{Codec, KeyCodec},
    collections::KeyHandle,
    command::{Key, Request, reply},
    error::Error,
    store::Executor,
};

/// A request that reads entries, and writes the victims that make room for them.
pub(super) struct Fetch<K: Clone + Eq + Hash, V> {
    pending: Pending<K, V>,
    request: Request,
    /// The reply is one value, not a list.
    is_single: bool,
    /// Why a victim stays in memory.
    fault: Option<Error>,
}

impl<K: Clone + Eq + Hash + Send + 'static, V: Send + 'static> Fetch<K, V> {
    /// Begins to read the entries at `keys` of the hash at `hash`, under the lock that found them
    /// missing. `id` is that of the load that others can join.
    pub(super) fn begin<C>(
        shared: &SharedCache<K, V>,
        mut cache: MutexGuard<'_, Cache<K, V>>,
        hash: &Key,
        keys: Vec<K>,
        id: Option<LoadId>,
    ) -> Self
    where
        V: Clone,
        C: KeyCodec<K> + Codec<V>,
    {
        let mut batch = WriteBatch::default();
        cache.make_room::<C>(keys.len(), None, &mut batch);
        let since = cache.begin_reads(&keys);
        drop(cache);
        let load = PendingLoad { keys, since, id, clone: V::clone };
        let versions = mem::take(&mut batch.versions);
        let pending = Pending::new(shared, versions, PendingKind::Load(load));
        let request = batch.request::<C>(hash, pending.keys());
        let is_single = batch.is_empty() && pending.keys().len() == 1;
        Fetch { pending, request, is_single, fault: batch.fault }
    }

    /// Sends the request, passes the values to `then`, and returns its result.
    pub(super) fn send<E, T>(
        self,
        handle: &KeyHandle<E>,
        then: impl FnOnce(Vec<Option<V>>) -> T + Send + 'static,
    ) -> E::Reply<'static, T>
    where
        E: Executor,
        E::Codec: Codec<V>,
        T: Send + 'static,
    {
        let Fetch { pending, request, is_single, fault } = self;
        handle.run(request, move |answer| {
            let found = pending.confirm(|| {
                if is_single {
                    return Ok(vec![reply::optional_value::<E::Codec, V>(answer)?]);
                }
                reply::list(answer, reply::optional_value::<E::Codec, V>)
            });
            let answer = then(found?);
            fault.map_or(Ok(answer), Err)
        })
    }
}
