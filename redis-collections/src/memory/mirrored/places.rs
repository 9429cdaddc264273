//! [`Places`] as the plain type of a [`GeoDb`].

use std::hash::Hash;

use crate::{
    codec::KeyCodec,
    collections::{
        Collection, GeoDb,
        geo_db::{check, whole::point},
    },
    command::{Replies, Request, reply},
    error::Result,
    local::Places,
    memory::{
        field::{Field, FieldSite},
        write_set::{Content, WriteSet},
    },
    store::Executor,
};

impl<T, C> Field<C> for Places<T>
where
    T: Eq + Hash + Send + 'static,
    C: KeyCodec<T>,
{
    type Plain = Self;
    type Live<E: Executor<Codec = C>> = GeoDb<T, E>;

    const KIND: &'static str = "GeoDb";
    const CODEC: &'static str = C::NAME;

    fn add_reads(site: &FieldSite, reads: &mut Vec<Request>) {
        reads.push(Request::read("ZRANGE", &site.key()).arg(0).arg(-1).arg("WITHSCORES"));
    }

    fn read(site: &FieldSite, replies: &mut Replies) -> Result<Option<Self>> {
        replies
            .next(&site.key(), |answer| reply::pairs(answer, reply::key::<C, T>, point))
            .map(Some)
    }

    fn add_writes(plain: &Self, site: &FieldSite, writes: &mut WriteSet) {
        let mut edit = writes.replace(&site.key(), Content::Places);
        for (place, coordinates) in plain {
            if let Err(error) = check(*coordinates) {
                edit.fail(error);
            }
            edit.add_place::<C, T>(place, [coordinates.longitude, coordinates.latitude]);
        }
    }

    fn open<E: Executor<Codec = C>>(
        executor: E,
        site: &FieldSite,
        _: &mut Replies,
    ) -> Result<GeoDb<T, E>> {
        Ok(GeoDb::from_handle(site.handle(&executor)))
    }
}
