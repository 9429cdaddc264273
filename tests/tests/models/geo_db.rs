//! `GeoDb` beside a `HashMap` of cities.

use std::collections::HashMap;

use proptest::{option, prelude::*, sample};
use redis::{Cmd, Value, cmd};
use redis_collections::{
    Area, Bincode, Codec, Coordinates, GeoDb, Near, Order, Result, SearchOptions, Store,
};

use crate::engine::{
    Calls, Model, Pair, Twin, Verdict, call, calls_of_any_key, few, holds, is_out_of_range, keys,
    play, refused, same,
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

/// How far a search goes.
#[derive(Clone, Copy, Debug)]
enum Reach {
    City,
    Region,
    Earth,
}

impl Reach {
    /// An area, and how far it goes.
    fn any() -> impl Strategy<Value = (Area, Reach)> {
        let circle = |radius| Area::Circle { radius };
        sample::select(vec![
            (circle(1_000.0), Reach::City),
            (Area::Rectangle { width: 40_000.0, height: 10_000.0 }, Reach::City),
            (circle(50_000.0), Reach::Region),
            (Area::Rectangle { width: 60_000.0, height: 40_000.0 }, Reach::Region),
            (circle(21_000_000.0), Reach::Earth),
        ])
    }

    fn has(self, one: City, other: City) -> bool {
        match self {
            Reach::City => one == other,
            Reach::Region => one.distance(other) < 50.0,
            Reach::Earth => true,
        }
    }
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

/// How many places a search gives, and which come first.
#[derive(Clone, Copy, Debug, Default)]
struct Limits {
    count: Option<usize>,
    order: Order,
}

impl Limits {
    fn any() -> impl Strategy<Value = Limits> {
        let order = sample::select(&[Order::NearestFirst, Order::FarthestFirst]);
        (option::of(0_usize..4), order).prop_map(|(count, order)| Limits { count, order })
    }

    fn options(self) -> SearchOptions {
        let options = SearchOptions::default().order(self.order);
        self.count.map_or(options, |count| options.count(count))
    }
}

fn searching() -> Calls<GeoDb<u8>> {
    let within = (City::any(), Reach::any());
    let within_with = (City::any(), Reach::any(), Limits::any());
    vec![
        call("within", within, |Pair { ours, .. }: &mut Maps, (centre, (area, reach))| {
            let found = ours.redis.within(centre.coordinates(), area)?;
            is_near(ours, centre, reach, Limits::default(), &found)
        }),
        call("within_with", within_with, |Pair { ours, .. }, (centre, (area, reach), limits)| {
            let found = ours.redis.within_with(centre.coordinates(), area, limits.options())?;
            is_near(ours, centre, reach, limits, &found)
        }),
        call("around", (keys(), Reach::any()), |Pair { ours, .. }, (place, (area, reach))| {
            let found = ours.redis.around(&place, area)?;
            are_around(ours, place, reach, Limits::default(), found)
        }),
        call(
            "around_with",
            (keys(), Reach::any(), Limits::any()),
            |Pair { ours, .. }, (place, (area, reach), limits)| {
                let found = ours.redis.around_with(&place, area, limits.options())?;
                are_around(ours, place, reach, limits, found)
            },
        ),
    ]
}

fn are_around(
    ours: &Twin<GeoDb<u8>>,
    place: u8,
    reach: Reach,
    limits: Limits,
    found: Option<Vec<Near<u8>>>,
) -> Verdict {
    match (ours.std.get(&place), found) {
        (Some(centre), Some(found)) => is_near(ours, *centre, reach, limits, &found),
        (centre, found) => holds(centre.is_none() && found.is_none(), || {
            format!("expected what is around {centre:?}, found {found:?}")
        }),
    }
}

/// Whether `found` is what is near, in order. Which of those that are equally far away are left
/// out, Redis decides.
fn is_near(
    ours: &Twin<GeoDb<u8>>,
    centre: City,
    reach: Reach,
    limits: Limits,
    found: &[Near<u8>],
) -> Verdict {
    let near = ours.std.values().filter(|city| reach.has(centre, **city));
    let mut wanted: Vec<f64> = near.map(|city| centre.distance(*city)).collect();
    wanted.sort_by(f64::total_cmp);
    if limits.order == Order::FarthestFirst {
        wanted.reverse();
    }
    wanted.truncate(limits.count.unwrap_or(usize::MAX));
    let distances: Vec<f64> = found.iter().map(|near| kilometres(near.distance)).collect();
    let places: ByPlace = by_place(found.iter().map(|near| (near.place, near.coordinates)));
    let are_true = places.iter().all(|(place, city)| ours.std.get(place) == Some(city));
    holds(distances == wanted && places.len() == found.len() && are_true, || {
        format!("expected places {wanted:?} km away, found {found:?}")
    })
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
