//! The calls of a derived struct, its schema having been checked.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    time::Duration,
};

use redis_collections::{Places, RedisStruct, Result, Scores, Server, Store, Tally};
use redis_collections_tests::{Proxy, proxied};

use crate::{assert_one_trip, trips};

#[derive(RedisStruct, Debug, Default, PartialEq)]
struct Player {
    name: String,
    gold: i64,
    title: Option<String>,
    inventory: HashMap<String, u32>,
    quests: Vec<String>,
    friends: HashSet<u64>,
    kills: Tally<String>,
    inbox: VecDeque<String>,
    ladder: Scores<String>,
    towns: Places<String>,
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
struct Session {
    #[sync]
    settings: HashMap<String, String>,
    #[sync]
    log: Vec<String>,
    #[sync]
    visits: Tally<String>,
}

#[test]
fn a_struct_of_ten_fields() {
    let (proxy, store) = proxied();
    let player = Player { name: "Ada".into(), quests: vec!["find".into()], ..Player::default() };

    assert_one_trip!(
        proxy,
        player.save(&store, "ada"),
        Player::load(&store, "ada"),
        Player::load(&store, "nobody"),
        Player::load_many(&store, ["ada", "alan"]),
        Player::exists(&store, "ada"),
        Player::delete(&store, "ada"),
    );
}

#[test]
fn a_live_struct() {
    let (proxy, store) = proxied();
    let player = Player::open(&store, "live").unwrap();

    assert_one_trip!(
        proxy,
        player.gold.add(5),
        player.exists(),
        player.snapshot(),
        player.expire(Duration::from_secs(60)),
        player.ttl(),
        player.persist(),
        player.delete(),
    );
}

#[test]
fn a_struct_of_three_synced_fields() {
    let (proxy, store) = proxied();

    let open = trips(&proxy, || Session::open(&store, "ada"));
    let open_and_sync = trips(&proxy, || {
        let mut session = Session::open(&store, "ada")?;
        session.settings.insert("lang".into(), "en".into());
        session.log.push("in".into());
        session.visits.add("home".into(), 1);
        session.sync()
    });
    let open_and_sync_nothing = trips(&proxy, || Session::open(&store, "ada")?.sync());
    let open_and_discard = trips(&proxy, || {
        let mut session = Session::open(&store, "ada")?;
        session.settings.insert("lang".into(), "fr".into());
        session.log.push("out".into());
        session.discard()
    });
    let open_and_discard_nothing = trips(&proxy, || Session::open(&store, "ada")?.discard());

    assert_eq!((open, open_and_sync, open_and_discard), (1, 2, 2));
    assert_eq!((open_and_sync_nothing, open_and_discard_nothing), (1, 1));
}

#[test]
fn a_schema_is_checked_once_for_each_store() {
    let server = Server::temporary().unwrap();
    let proxy = Proxy::to(&server);
    let load = |store: &Store| -> Result<usize> {
        let before = proxy.trips();
        Player::load(store, "ada")?;
        Ok(proxy.trips() - before)
    };
    let [first, second] = [(), ()].map(|()| Store::open(proxy.url()).unwrap());

    let trips = [&first, &first, &second, &second].map(|store| load(store).unwrap());

    // The script of the check is new to the server, too.
    assert_eq!(trips, [3, 1, 2, 1]);
}
