//! [`Places`]: what a [`GeoDb`] is in a plain struct.

use std::hash::Hash;

use crate::{
    codec::KeyCodec,
    collections::{
        Collection, GeoDb,
        geo_db::{check, whole::point},
    },
    command::{Answers, Request, reply},
    error::Result,
    local::Places,
    memory::{
        field::{Field, Spot},
        write_set::{Action, Writes},
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

    fn ask(spot: &Spot, asks: &mut Vec<Request>) {
        asks.push(Request::read("ZRANGE", &spot.key()).arg(0).arg(-1).arg("WITHSCORES"));
    }

    fn read(spot: &Spot, answers: &mut Answers) -> Result<Option<Self>> {
        answers
            .next(&spot.key(), |answer| reply::pairs(answer, reply::key::<C, T>, point))
            .map(Some)
    }

    fn write(plain: &Self, spot: &Spot, writes: &mut Writes) {
        writes.section(Action::Replace, &spot.key());
        writes.arg("geo");
        for (place, coordinates) in plain {
            if let Err(error) = check(*coordinates) {
                writes.fail(error);
            }
            writes.arg(coordinates.longitude);
            writes.arg(coordinates.latitude);
            writes.value::<C, T>(place);
        }
    }

    fn live<E: Executor<Codec = C>>(
        executor: E,
        spot: &Spot,
        _: &mut Answers,
    ) -> Result<GeoDb<T, E>> {
        Ok(GeoDb::at(spot.place(&executor)))
    }
}
