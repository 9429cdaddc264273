//! The searches of a `GeoDb`, beside the distances between all cities.

use proptest::{option, prelude::*, sample};
use redis_collections::{Area, GeoDb, Near, Order, SearchOptions};

use super::{ByPlace, City, Maps, by_place, kilometres};
use crate::engine::{Calls, Pair, Twin, Verdict, call, holds, keys};

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

/// How many places a search returns, and which come first.
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

pub(super) fn searching() -> Calls<GeoDb<u8>> {
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
            format!("expected the places around {centre:?}, found {found:?}")
        }),
    }
}

/// Whether `found` has the places within reach, in order. Of places at the same distance, Redis
/// decides which ones are left out.
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
