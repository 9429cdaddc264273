//! `GeoDb`, raced.

use std::collections::BTreeMap;

use fastrand::Rng;
use redis_collections::{Collection, Coordinates, GeoDb};

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Get(u8),
    Insert(u8, i8),
    Set(u8, i8),
    Remove(u8),
    Discard(u8),
    Around(u8),
    ExtendFrom,
    Clear,
    Whole,
}

/// Places, and the meridian that each is on: all are on the equator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Meridians(BTreeMap<u8, i8>);

impl Model for Meridians {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::Get(place) => only(self, |places| places.0.get(&place).copied()),
            Call::Insert(place, at) => only(self, |places| places.0.insert(place, at)),
            Call::Set(place, at) => only(self, |places| places.0.extend([(place, at)])),
            Call::Remove(place) => only(self, |places| places.0.remove(&place)),
            Call::Discard(place) => only(self, |places| places.0.remove(&place).is_some()),
            Call::Around(place) => only(self, |places| {
                let centre = places.0.get(&place)?;
                Some(places.0.values().filter(|at| *at == centre).count())
            }),
            Call::ExtendFrom => only(self, |places| places.0.extend(OTHER)),
            Call::Clear => only(self, |places| !std::mem::take(&mut places.0).is_empty()),
            Call::Whole => only(self, |places| places.0.clone()),
        }
    }
}

const OTHER: [(u8, i8); 2] = [(1, 30), (2, 10)];

fn on(meridian: i8) -> Coordinates {
    Coordinates::new(0.0, meridian.into())
}

/// The meridian of a point, which Redis keeps to half a metre.
#[expect(clippy::cast_possible_truncation, reason = "a meridian has no more than 180 degrees")]
fn meridian(point: Coordinates) -> i8 {
    point.longitude.round() as i8
}

impl Subject for Meridians {
    type Handle<E: Racer> = [GeoDb<u8, E>; 2];

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let (place, at) = (rng.u8(..3), 10 * rng.i8(-1..2));
        match rng.u8(..12) {
            0 => Call::Get(place),
            1..4 => Call::Insert(place, at),
            4 => Call::Set(place, at),
            5..7 => Call::Remove(place),
            7 => Call::Discard(place),
            8 => Call::Around(place),
            9 => Call::ExtendFrom,
            10 => Call::Clear,
            _ => Call::Whole,
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        let other = GeoDb::open(store, &format!("{name} other"));
        E::ask(other.extend(OTHER.map(|(place, at)| (place, on(at))))).await;
        [GeoDb::open(store, name), other]
    }

    async fn send<E: Racer>([places, other]: &Self::Handle<E>, call: Call) -> String {
        match call {
            Call::Get(place) => format!("{:?}", E::ask(places.get(&place)).await.map(meridian)),
            Call::Insert(place, at) => {
                format!("{:?}", E::ask(places.insert(&place, on(at))).await.map(meridian))
            }
            Call::Set(place, at) => E::told(places.set(&place, on(at))).await,
            Call::Remove(place) => {
                format!("{:?}", E::ask(places.remove(&place)).await.map(meridian))
            }
            Call::Discard(place) => E::told(places.discard(&place)).await,
            Call::Around(place) => {
                let near = E::ask(places.around(&place, 1_000.0)).await;
                format!("{:?}", near.map(|near| near.len()))
            }
            Call::ExtendFrom => E::told(places.extend_from(other)).await,
            Call::Clear => E::told(places.clear()).await,
            Call::Whole => {
                let all = E::ask(places.to_places()).await.into_map().into_iter();
                let all: BTreeMap<u8, i8> = all.map(|(it, at)| (it, meridian(at))).collect();
                format!("{all:?}")
            }
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Meridians, E>(store).await;
}
