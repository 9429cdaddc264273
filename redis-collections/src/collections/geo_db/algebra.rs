//! The calls of a [`GeoDb`] on another.

use super::GeoDb;
use crate::{
    codec::KeyCodec,
    collections::{
        Operand,
        operand::{SORTED_SET, Sealed, Side},
        sorted_set_counter::algebra::{EQUALS, EXTEND_FROM},
    },
    store::Executor,
};

/// The other is a `GeoDb` on any server; [`extend`](GeoDb::extend) takes places in memory.
impl<T, E> GeoDb<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Sets the coordinates of all places of `other`.
    ///
    /// `ZRANGE` + `ZADD` in one script, O(n · log n).
    /// Copying 1,000,000 places blocks the server for about 1.6 s
    /// ([measured](crate::Collection#stalls)).
    pub fn extend_from<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, ()> {
        self.handle.extend_from(other.side(), &SORTED_SET, &EXTEND_FROM, |handle| {
            handle.idempotent("ZADD")
        })
    }

    /// Returns whether both have the same places at the same coordinates, after rounding by Redis.
    ///
    /// `ZRANGE` of both in one script, O(n).
    /// Comparing 1,000,000 places blocks the server for about 750 ms
    /// ([measured](crate::Collection#stalls)).
    pub fn equals<O: Operand<Self, E> + ?Sized>(&self, other: &O) -> E::Reply<'static, bool> {
        self.handle.equals(other.side(), &SORTED_SET, &EQUALS)
    }
}

impl<T, E> Sealed<GeoDb<T, E>, E> for GeoDb<T, E> {
    fn side(&self) -> Side<'_, E> {
        Side::Stored(&self.handle)
    }
}
