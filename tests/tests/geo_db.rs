//! `GeoDb`: places on Earth, kept by a real server.

use std::{collections::HashMap, time::Duration};

use redis_collections::{
    Area, Collection, Coordinates, Dict, Error, GeoDb, Order, Places, SearchOptions, Server, Store,
    Unit, aio,
};

type Cities = GeoDb<String>;

const BERLIN: Coordinates = Coordinates::new(52.52, 13.405);

#[test]
fn insert_returns_where_the_place_was() {
    let cities = Cities::open(&Store::temporary().unwrap(), "cities");

    assert_eq!(cities.insert("berlin", BERLIN).unwrap(), None);
    let old = cities.insert("berlin", Coordinates::new(0.0, 0.0)).unwrap().unwrap();
    assert!(old.distance(BERLIN) < 1.0, "{old:?}");
}

#[test]
fn get_returns_coordinates_within_a_metre_of_those_set() {
    let cities = four(&Store::temporary().unwrap());

    assert!(cities.get("berlin").unwrap().unwrap().distance(BERLIN) < 1.0);
    assert_eq!(cities.get("atlantis").unwrap(), None);
    assert!(cities.contains("berlin").unwrap() && !cities.contains("atlantis").unwrap());
}

#[test]
fn remove_returns_where_the_place_was_and_discard_whether_it_was() {
    let cities = four(&Store::temporary().unwrap());
    let berlin = cities.get("berlin").unwrap();

    assert_eq!(cities.remove("berlin").unwrap(), berlin);
    assert_eq!(cities.remove("berlin").unwrap(), None);
    assert!(cities.discard("sydney").unwrap() && !cities.discard("sydney").unwrap());
    assert_eq!(cities.len().unwrap(), 2);
}

#[test]
fn no_places_are_a_missing_key() {
    let cities = Cities::open(&Store::temporary().unwrap(), "cities");

    assert!(cities.is_empty().unwrap() && !cities.exists().unwrap());
    assert_eq!((cities.get("x").unwrap(), cities.remove("x").unwrap()), (None, None));
    assert_eq!((cities.distance("x", "y").unwrap(), cities.geohash("x").unwrap()), (None, None));
    assert_eq!(
        (cities.within(BERLIN, 9.0).unwrap(), cities.around("x", 9.0).unwrap()),
        (vec![], None)
    );
    assert_eq!(cities.to_places().unwrap(), Places::new());
}

#[test]
fn distances_are_in_metres() {
    let cities = four(&Store::temporary().unwrap());

    let metres = cities.distance("stl", "bahia").unwrap().unwrap();

    assert!((Unit::Kilometre.from_metres(metres) - 7528.0).abs() < 1.0, "{metres}");
    assert_eq!(cities.distance("stl", "atlantis").unwrap(), None);
}

#[test]
fn a_geohash_is_the_one_that_everybody_has() {
    let cities = four(&Store::temporary().unwrap());

    assert_eq!(cities.geohash("stl").unwrap().as_deref(), Some("9yzgeryf9d0"));
    assert_eq!(cities.geohash("atlantis").unwrap(), None);
}

#[test]
fn a_search_gives_places_distances_and_coordinates_the_nearest_first() {
    let cities = four(&Store::temporary().unwrap());

    let near = cities.around("stl", 7_600_000.0).unwrap().unwrap();

    let names: Vec<_> = near.iter().map(|near| near.place.as_str()).collect();
    assert_eq!(names, ["stl", "berlin", "bahia"]);
    assert!(near[0].distance < 0.1, "{}", near[0].distance);
    assert_eq!(Some(near[1].coordinates), cities.get(&near[1].place).unwrap());
    assert!(near.windows(2).all(|pair| pair[0].distance <= pair[1].distance));
}

#[test]
fn a_search_can_be_limited_and_reversed() {
    let cities = four(&Store::temporary().unwrap());
    let farthest = SearchOptions::default().count(1).order(Order::FarthestFirst);
    let none = SearchOptions::default().count(0);

    let found = cities.around_with("stl", 9_999_000.0, farthest).unwrap().unwrap();

    assert_eq!(found.into_iter().map(|near| near.place).collect::<Vec<_>>(), ["bahia"]);
    assert_eq!(cities.within_with(BERLIN, 9.0, none).unwrap(), []);
}

#[test]
fn a_search_around_a_point_takes_any_unit() {
    let cities = four(&Store::temporary().unwrap());
    let centre = Coordinates::new(38.6, -90.2);

    let near = cities.within(centre, Unit::Mile.metres(100.0)).unwrap();

    assert_eq!(near.into_iter().map(|near| near.place).collect::<Vec<_>>(), ["stl"]);
}

#[test]
fn a_rectangle_is_as_wide_and_as_high_as_it_is_said_to_be() {
    let store = Store::temporary().unwrap();
    let places = GeoDb::<u8>::open(&store, "places");
    places.extend([(1, Coordinates::new(0.0, 0.4)), (2, Coordinates::new(0.4, 0.0))]).unwrap();
    let wide = Area::Rectangle { width: 100_000.0, height: 10_000.0 };

    let near = places.within(Coordinates::default(), wide).unwrap();

    assert_eq!(near.into_iter().map(|near| near.place).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_missing_centre_is_none_and_an_empty_area_is_not() {
    let cities = four(&Store::temporary().unwrap());

    assert_eq!(cities.around("atlantis", 1.0).unwrap(), None);
    assert_eq!(cities.around("berlin", 0.0).unwrap().unwrap().len(), 1);
    assert_eq!(cities.within(Coordinates::default(), 1.0).unwrap(), []);
}

/// The server calls it an error, which must not be one of the batch.
#[tokio::test]
async fn a_missing_centre_is_none_in_a_batch_too() {
    let server = Server::temporary().unwrap();
    let cities = four(&Store::open(server.url()).unwrap());
    let store = aio::Store::open(server.url()).await.unwrap();
    let awaited = cities.on(&store);

    let both = store.atomic(|tx| (awaited.on(tx).around("atlantis", 1.0), awaited.on(tx).len()));
    assert_eq!(both.await.unwrap(), (None, 4));
    let both = store.pipeline(|tx| (awaited.on(tx).around("atlantis", 1.0), awaited.on(tx).len()));
    assert_eq!(both.await.unwrap(), (None, 4));
    let store = Store::open(server.url()).unwrap();
    let both = store.atomic(|tx| (cities.on(tx).around("atlantis", 1.0), cities.on(tx).len()));
    assert_eq!(both.unwrap(), (None, 4));
}

#[test]
fn a_point_that_redis_has_no_room_for_is_refused_before_it_is_sent() {
    let cities = Cities::open(&Store::temporary().unwrap(), "cities");

    for (latitude, longitude) in
        [(85.06, 0.0), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)]
    {
        let nowhere = Coordinates::new(latitude, longitude);
        assert!(is_refused(cities.set("x", nowhere)));
        assert!(is_refused(cities.insert("x", nowhere)));
        assert!(is_refused(cities.extend([("x".to_string(), nowhere)])));
        assert!(is_refused(cities.within(nowhere, 1.0)));
    }
    assert!(!cities.exists().unwrap());
    cities.set("corner", Coordinates::new(-85.051_128_78, 180.0)).unwrap();
}

#[test]
fn an_invalid_length_is_refused_before_it_is_sent() {
    let cities = four(&Store::temporary().unwrap());

    assert!(is_refused(cities.within(BERLIN, -1.0)));
    assert!(is_refused(cities.around("berlin", f64::INFINITY)));
    assert!(is_refused(cities.within(BERLIN, Area::Rectangle { width: 1.0, height: f64::NAN })));
}

#[test]
fn every_write_keeps_the_time_to_live() {
    let cities = four(&Store::temporary().unwrap());
    cities.expire(Duration::from_secs(1000)).unwrap();

    cities.set("berlin", BERLIN).unwrap();
    cities.insert("bahia", BERLIN).unwrap();
    cities.remove("stl").unwrap();

    assert!(cities.ttl().unwrap().unwrap() > Duration::from_secs(900));
}

#[test]
fn places_go_to_the_server_and_come_back_rounded() {
    let cities = Cities::open(&Store::temporary().unwrap(), "cities");
    let places = Places::from_iter([("berlin".to_string(), BERLIN)]);

    cities.extend(&places).unwrap();

    let back = cities.to_places().unwrap();
    assert_eq!(back.get("berlin"), cities.get("berlin").unwrap());
    assert!(back.get("berlin").unwrap().distance(BERLIN) < 1.0);
}

#[test]
fn iter_and_get_agree_on_points_all_over_the_earth() {
    let store = Store::temporary().unwrap();
    let places = GeoDb::<u16>::open(&store, "places");
    let mut random = fastrand::Rng::with_seed(22);
    let sent: HashMap<u16, Coordinates> = (0..2_000)
        .map(|place| {
            (place, Coordinates::new(random.f64() * 170.0 - 85.0, random.f64() * 360.0 - 180.0))
        })
        .collect();

    places.extend(&sent).unwrap();

    for entry in places.iter() {
        let (place, coordinates) = entry.unwrap();
        assert_eq!(places.get(&place).unwrap(), Some(coordinates));
        assert!(coordinates.distance(sent[&place]) < 1.0, "{place}: {coordinates:?}");
    }
    assert_eq!(places.len().unwrap(), 2_000);
}

#[test]
fn distances_in_memory_are_those_of_the_server() {
    let cities = four(&Store::temporary().unwrap());
    let places = cities.to_places().unwrap();

    for (one, other) in [("stl", "bahia"), ("berlin", "sydney"), ("stl", "stl")] {
        let (here, there) = (places.distance(one, other), cities.distance(one, other).unwrap());
        assert!((here.unwrap() - there.unwrap()).abs() < 0.01, "{here:?} {there:?}");
    }
}

#[test]
fn a_key_of_another_type_is_an_error() {
    let store = Store::temporary().unwrap();
    Dict::<u32, u32>::open(&store, "cities").set(&1, &1).unwrap();
    let cities = Cities::open(&store, "cities");

    assert!(matches!(
        cities.set("x", BERLIN),
        Err(Error::WrongType { expected: "a sorted set", .. })
    ));
    assert!(matches!(cities.around("x", 1.0), Err(Error::WrongType { .. })));
    assert!(matches!(cities.within(BERLIN, 1.0), Err(Error::WrongType { .. })));
}

#[test]
fn resp3_gives_the_same_answers() {
    let server = Server::temporary().unwrap();
    let cities = four(&Store::open(&format!("{}?protocol=resp3", server.url())).unwrap());
    let plain = Cities::open(&Store::open(server.url()).unwrap(), "cities");

    assert_eq!(cities.get("stl").unwrap(), plain.get("stl").unwrap());
    assert_eq!(cities.get("atlantis").unwrap(), None);
    assert_eq!(cities.distance("stl", "bahia").unwrap(), plain.distance("stl", "bahia").unwrap());
    assert_eq!(cities.within(BERLIN, 9e6).unwrap(), plain.within(BERLIN, 9e6).unwrap());
    assert_eq!(cities.around("stl", 9e6).unwrap(), plain.around("stl", 9e6).unwrap());
    assert_eq!(cities.to_places().unwrap(), plain.to_places().unwrap());
    assert!(cities.insert("stl", BERLIN).unwrap().is_some());
    assert_eq!(cities.iter().count(), 4);
}

fn four(store: &Store) -> Cities {
    let cities = Cities::open(store, "cities");
    let places = [
        ("stl", Coordinates::new(38.627, -90.1994)),
        ("bahia", Coordinates::new(-11.4099, -41.2809)),
        ("berlin", BERLIN),
        ("sydney", Coordinates::new(-33.8562, 151.2153)),
    ];
    cities.extend(places.map(|(place, point)| (place.to_string(), point))).unwrap();
    cities
}

fn is_refused<T>(answer: Result<T, Error>) -> bool {
    matches!(answer, Err(Error::OutOfRange { key, .. }) if key == "cities")
}
