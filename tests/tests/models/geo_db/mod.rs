//! `GeoDb` beside a `HashMap` of cities.

mod search;
use search::searching;

use std::collections::HashMap;

use proptest::{prelude::*, sample};
use redis::{Cmd, Value, cmd};
use redis_collections::{Bincode, Codec, Coordinates, GeoDb, Result, Store};

use crate::engine::{
    Calls, Model, Pair, Twin, call, calls_of_any_key, few, is_out_of_range, keys, play, refused,
    same,
};

type ByPlace = HashMap<u8, City>;
type Maps = Pair<GeoDb<u8>>;

#[test]
fn a_geo_db_does_what_a_hash_map_of_cities_does() {
    play::<GeoDb<u8>>();
}

impl Model for GeoDb<u8> {
    type Std = ByPlace;

    fn open(store: &Store, name: &str) -> Self {
        GeoDb::open(store, name)
    }

    fn read(name: &str) -> Cmd {
        cmd("ZRANGE").arg(name).arg(0).arg(-1).arg("WITHSCORES").to_owned()
    }

    fn held(answer: Value) -> ByPlace {
        let scores: Vec<(Vec<u8>, u64)> = redis::from_redis_value(answer).unwrap();
        let city = |score| City::ALL.into_iter().find(|city| city.facts().1 == score).unwrap();
        scores.iter().map(|(it, score)| (Bincode::decode(it).unwrap(), city(*score))).collect()
    }

    fn calls() -> Calls<Self> {
        let all = [reading(), writing(), removing(), searching(), together(), calls_of_any_key()];
        all.into_iter().flatten().collect()
    }
}

/// Where a place may be: two are neighbours, the others far away from all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum City {
    Berlin,
    Potsdam,
    Quito,
    Sydney,
}

impl City {
    const ALL: [City; 4] = [City::Berlin, City::Potsdam, City::Quito, City::Sydney];

    fn any() -> impl Strategy<Value = City> {
        sample::select(&City::ALL)
    }

    /// Its coordinates, and the score and the hash that Valkey 9.1 has for them.
    fn facts(self) -> (Coordinates, u64, &'static str) {
        let at = Coordinates::new;
        match self {
            City::Berlin => (at(52.52, 13.405), 3_673_983_950_397_063, "u33dc0cppj0"),
            City::Potsdam => (at(52.4, 13.06), 3_673_911_219_262_737, "u33615nh0h0"),
            City::Quito => (at(-0.18, -78.47), 947_044_395_968_846, "6rbnyr5zkm0"),
            City::Sydney => (at(-33.86, 151.21), 3_252_046_271_526_218, "r3gx2ggz0q0"),
        }
    }

    fn coordinates(self) -> Coordinates {
        self.facts().0
    }

    /// The city at the point that Redis gives for its coordinates: it has room for half a metre.
    fn at(point: Coordinates) -> City {
        let is_near = |city: &City| city.coordinates().distance(point) < 1.0;
        City::ALL.into_iter().find(is_near).unwrap()
    }

    /// How far it is to `other`, in whole kilometres.
    fn distance(self, other: City) -> f64 {
        kilometres(self.coordinates().distance(other.coordinates()))
    }
}

fn kilometres(metres: f64) -> f64 {
    (metres / 1_000.0).round()
}

fn reading() -> Calls<GeoDb<u8>> {
    vec![
        call("len", Just(()), |Pair { ours, .. }: &mut Maps, ()| {
            same(ours.redis.len(), ours.std.len())
        }),
        call("is_empty", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.is_empty(), ours.std.is_empty())
        }),
        call("contains", keys(), |Pair { ours, .. }, place| {
            same(ours.redis.contains(&place), ours.std.contains_key(&place))
        }),
        call("get", keys(), |Pair { ours, .. }, place| {
            same(city(ours.redis.get(&place)), ours.std.get(&place).copied())
        }),
        call("distance", (keys(), keys()), |Pair { ours, .. }, (one, other)| {
            let found = ours.redis.distance(&one, &other).map(|found| found.map(kilometres));
            let cities = ours.std.get(&one).zip(ours.std.get(&other));
            same(found, cities.map(|(one, other)| one.distance(*other)))
        }),
        call("geohash", keys(), |Pair { ours, .. }, place| {
            let wanted = ours.std.get(&place).map(|city| city.facts().2.to_owned());
            same(ours.redis.geohash(&place), wanted)
        }),
        call("to_places", Just(()), |Pair { ours, .. }, ()| {
            same(ours.redis.to_places().map(by_place), ours.std.clone())
        }),
        call("iter", Just(()), |Pair { ours, .. }, ()| {
            let all = ours.redis.iter().collect::<Result<Vec<_>>>();
            same(all.map(|all| (all.len(), by_place(all))), (ours.std.len(), ours.std.clone()))
        }),
    ]
}

fn city(found: Result<Option<Coordinates>>) -> Result<Option<City>> {
    found.map(|found| found.map(City::at))
}

fn by_place(all: impl IntoIterator<Item = (u8, Coordinates)>) -> ByPlace {
    all.into_iter().map(|(place, point)| (place, City::at(point))).collect()
}

fn writing() -> Calls<GeoDb<u8>> {
    vec![
        call("insert", (keys(), City::any()), |Pair { ours, .. }: &mut Maps, (place, at)| {
            let old = ours.std.insert(place, at);
            same(city(ours.redis.insert(&place, at.coordinates())), old)
        }),
        call("set", (keys(), City::any()), |Pair { ours, .. }, (place, at)| {
            ours.std.insert(place, at);
            same(ours.redis.set(&place, at.coordinates()), ())
        }),
        call("set", keys(), |Pair { ours, .. }, place| {
            let off = [(90.0, 0.0), (0.0, 180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)];
            off.into_iter().try_for_each(|(latitude, longitude)| {
                let point = Coordinates::new(latitude, longitude);
                refused(ours.redis.set(&place, point), is_out_of_range)
            })
        }),
        call("extend", few((keys(), City::any())), |Pair { ours, .. }, places| {
            ours.std.extend(places.iter().copied());
            let places = places.into_iter().map(|(place, at)| (place, at.coordinates()));
            same(ours.redis.extend(places), ())
        }),
    ]
}

fn removing() -> Calls<GeoDb<u8>> {
    vec![
        call("remove", keys(), |Pair { ours, .. }: &mut Maps, place| {
            same(city(ours.redis.remove(&place)), ours.std.remove(&place))
        }),
        call("discard", keys(), |Pair { ours, .. }, place| {
            same(ours.redis.discard(&place), ours.std.remove(&place).is_some())
        }),
    ]
}

/// The collection that a call takes part in: the same one, or the other.
fn other(pair: &Maps, is_itself: bool) -> &Twin<GeoDb<u8>> {
    if is_itself { &pair.ours } else { &pair.theirs }
}

fn together() -> Calls<GeoDb<u8>> {
    vec![
        call("extend_from", any::<bool>(), |pair: &mut Maps, is_itself| {
            let Twin { redis, std, .. } = other(pair, is_itself);
            let (done, theirs) = (pair.ours.redis.extend_from(redis), std.clone());
            pair.ours.std.extend(theirs);
            same(done, ())
        }),
        call("equals", any::<bool>(), |pair, is_itself| {
            let Twin { redis, std, .. } = other(pair, is_itself);
            same(pair.ours.redis.equals(redis), pair.ours.std == *std)
        }),
    ]
}
