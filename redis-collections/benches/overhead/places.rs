//! The other calls of a collection of places.

use redis::cmd;
use redis_collections::{Coordinates, GeoDb, Places, SearchOptions};

use super::{
    by_hand::{decode, decode_pairs, encode},
    comparison::Bench,
    pair::Pair,
};

/// What `GEOSEARCH` tells of a place: its name, its distance, and where it is.
type Found = (Vec<u8>, f64, (f64, f64));

pub(crate) async fn single<P: Pair>(pair: &P, bench: &mut Bench) {
    let cities: GeoDb<String, P::Store> = GeoDb::open(pair.store(), "cities");
    let key = "hand:cities";

    compare! { bench.compare:
        "GeoDb::len",
        P::answer(cities.len()).await,
        pair.query::<usize>(cmd("ZCARD").arg(key)).await;
        "GeoDb::is_empty",
        P::answer(cities.is_empty()).await,
        pair.query::<usize>(cmd("ZCARD").arg(key)).await == 0;
        "GeoDb::contains",
        P::answer(cities.contains("berlin")).await,
        pair.query::<Option<f64>>(cmd("ZSCORE").arg(key).arg(encode("berlin"))).await.is_some();
        "GeoDb::geohash",
        P::answer(cities.geohash("berlin")).await,
        {
            let hashes = pair.query(cmd("GEOHASH").arg(key).arg(encode("berlin"))).await;
            let [hash]: [Option<String>; 1] = hashes;
            hash
        };
        "GeoDb::discard",
        P::answer(cities.discard("nowhere")).await,
        pair.query::<bool>(cmd("ZREM").arg(key).arg(encode("nowhere"))).await;
    }
}

pub(crate) async fn search<P: Pair>(pair: &P, bench: &mut Bench) {
    let cities: GeoDb<String, P::Store> = GeoDb::open(pair.store(), "cities");
    let berlin = Coordinates::new(52.52, 13.405);
    let search = async || {
        let mut command = cmd("GEOSEARCH");
        command.arg("hand:cities").arg("FROMLONLAT").arg(13.405).arg(52.52).arg("BYRADIUS");
        command.arg(100_000).arg("m").arg("ASC").arg("WITHDIST").arg("WITHCOORD");
        let found: Vec<Found> = pair.query(&command).await;
        found.iter().map(|(place, distance, _)| (decode(place), *distance)).collect::<Vec<_>>()
    };

    compare! { bench.compare:
        "GeoDb::within of 2",
        {
            let found = P::answer(cities.within(berlin, 100_000.0)).await;
            found.into_iter().map(|near| (near.place, near.distance)).collect::<Vec<(String, _)>>()
        },
        search().await;
        "GeoDb::within_with of 2",
        {
            let options = SearchOptions::default();
            let found = P::answer(cities.within_with(berlin, 100_000.0, options)).await;
            found.into_iter().map(|near| (near.place, near.distance)).collect::<Vec<(String, _)>>()
        },
        search().await;
        "GeoDb::to_places of 2",
        P::answer(cities.to_places()).await.len(),
        {
            let mut command = cmd("ZRANGE");
            command.arg("hand:cities").arg(0).arg(-1).arg("WITHSCORES");
            let places = decode_pairs::<String, f64>(pair.query(&command).await);
            places.map(|(place, _)| (place, berlin)).collect::<Places<_>>().len()
        };
    }
}
