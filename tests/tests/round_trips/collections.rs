//! The calls of the collections that are hashes, sets and sorted sets.

use std::{
    collections::{HashMap, HashSet},
    time::{Duration, SystemTime},
};

use redis_collections::{
    Collection, Coordinates, Counter, DefaultDict, Dict, Error, GeoDb, Result, Scores,
    SearchOptions, Set, SortedSetCounter, Tally,
};
use redis_collections_tests::proxied;

use crate::{assert_one_trip, assert_trips, trips};

#[test]
fn a_dict() {
    let (proxy, store) = proxied();
    let dict: Dict<String, u32> = Dict::open(&store, "ages");
    let other = Dict::open(&store, "others");
    let many: Vec<(String, u32)> = (0..2_000).map(|age| (age.to_string(), age)).collect();
    let map: HashMap<String, u32> = many.iter().cloned().collect();

    assert_one_trip!(
        proxy,
        dict.len(),
        dict.is_empty(),
        dict.get("ada"),
        dict.get_many(["ada", "alan"]),
        dict.contains_key("ada"),
        dict.insert("ada", &36),
        dict.set("ada", &36),
        dict.set_if_absent("alan", &41),
        dict.get_or_insert("grace", &85),
        dict.replace_if("ada", &36, &37),
        dict.remove("ada"),
        dict.discard("alan"),
        dict.pop_any(),
        dict.keys(),
        dict.values(),
        dict.to_map(),
        dict.extend(many.iter().map(|(name, age)| (name, age))),
        dict.extend_from(&other),
        dict.extend_from(&map),
        dict.merge(&other),
        dict.merge(&map),
        dict.equals(&other),
        dict.equals(&map),
    );
}

#[test]
fn a_change_that_is_computed_here_reads_and_then_writes() {
    let (proxy, store) = proxied();
    let dict: Dict<String, u32> = Dict::open(&store, "ages");

    let modify = trips(&proxy, || dict.modify("ada", |age| Some(age.unwrap_or(36) + 1)));
    let modify_nothing = trips(&proxy, || dict.modify("ada", |age| age));

    assert_trips(2, &[("modify", modify)]);
    assert_trips(1, &[("modify nothing", modify_nothing)]);
}

#[test]
fn a_dict_whose_entries_have_a_time_to_live() {
    let (proxy, store) = proxied();
    let dict: Dict<String, u32> = Dict::open(&store, "ages");
    let minute = Duration::from_secs(60);

    assert_one_trip!(
        proxy,
        dict.set_with_ttl("ada", &36, minute).or_else(unsupported),
        dict.expire_entry("ada", minute).or_else(unsupported),
        dict.expire_entry_at("ada", SystemTime::now() + minute).or_else(unsupported),
        dict.entry_ttl("ada").or_else(unsupported),
        dict.persist_entry("ada").or_else(unsupported),
    );
}

/// Takes the refusal of an older server, too, for an answer.
fn unsupported<T: Default>(error: Error) -> Result<T> {
    if matches!(error, Error::Unsupported { .. }) { Ok(T::default()) } else { Err(error) }
}

#[test]
fn what_any_collection_can_do() {
    let (proxy, store) = proxied();
    let dict: Dict<String, u32> = Dict::open(&store, "ages");

    assert_one_trip!(
        proxy,
        dict.exists(),
        dict.copy_to("copy"),
        dict.expire(Duration::from_secs(60)),
        dict.expire_at(SystemTime::now()),
        dict.persist(),
        dict.ttl(),
        dict.rename("renamed"),
        dict.clear(),
    );
}

#[test]
fn a_default_dict() {
    let (proxy, store) = proxied();
    let default_dict = DefaultDict::<String, u32>::with_default(&store, "lives", &3);

    assert_one_trip!(proxy, default_dict.get("ada"), default_dict.peek("ada"), default_dict.len());
}

#[test]
fn a_counter() {
    let (proxy, store) = proxied();
    let counter: Counter<String> = Counter::open(&store, "kills");
    let other = Counter::open(&store, "others");
    let many = || (0..2_000).map(|number| (format!("thing {number}"), 1));
    let tally: Tally<String> = many().collect();

    assert_one_trip!(
        proxy,
        counter.len(),
        counter.is_empty(),
        counter.get("orc"),
        counter.get_many(["orc", "elf"]),
        counter.contains_key("orc"),
        counter.add("orc", 2),
        counter.add_all(many()),
        counter.subtract_all(many()),
        counter.set("orc", 3),
        counter.get_or_insert("elf", 1),
        counter.remove("elf"),
        counter.discard("elf"),
        counter.pop_any(),
        counter.keys(),
        counter.values(),
        counter.total(),
        counter.most_common(3),
        counter.elements(),
        counter.to_tally(),
        counter.positive(),
        counter.negative(),
        counter.plus(&other),
        counter.minus(&other),
        counter.max_with(&other),
        counter.min_with(&tally),
        counter.plus_assign(&other),
        counter.minus_assign(&other),
        counter.max_with_assign(&other),
        counter.min_with_assign(&tally),
        counter.add_from(&other),
        counter.subtract_from(&other),
        counter.subtract_from(&tally),
        counter.equals(&other),
        counter.equals(&tally),
    );
}

#[test]
fn a_set() {
    let (proxy, store) = proxied();
    let set: Set<String> = Set::open(&store, "online");
    let other = Set::open(&store, "staff");
    let many: Vec<String> = (0..2_000).map(|number| format!("user {number}")).collect();
    let local: HashSet<String> = many.iter().cloned().collect();

    assert_one_trip!(
        proxy,
        set.len(),
        set.is_empty(),
        set.contains("ada"),
        set.contains_many(["ada", "alan"]),
        set.insert("ada"),
        set.extend(&many),
        set.random_member(),
        set.random_members(2),
        set.to_set(),
        set.remove("ada"),
        set.remove_many(&many),
        set.pop_any(),
        set.union([&other]),
        set.intersection([&other]),
        set.difference([&other]),
        set.symmetric_difference([&other]),
        set.union_assign([&other]),
        set.intersection_assign([&other]),
        set.difference_assign([&other]),
        set.symmetric_difference_assign([&other]),
        set.is_subset(&other),
        set.is_superset(&other),
        set.union([&local]),
        set.union_assign([&local]),
        set.symmetric_difference_assign([&local]),
        set.is_disjoint(&other),
        set.is_disjoint(&local),
        set.is_proper_subset(&other),
        set.is_proper_superset(&other),
        set.is_proper_superset(&local),
        set.equals(&other),
        set.equals(&local),
    );
}

#[test]
fn a_sorted_set_counter() {
    let (proxy, store) = proxied();
    let sorted_set_counter: SortedSetCounter<String> = SortedSetCounter::open(&store, "ladder");
    let other = SortedSetCounter::open(&store, "others");
    let many = || (0..2_000).map(|score| (format!("user {score}"), score));
    let scores: Scores<String> = many().map(|(user, score)| (user, f64::from(score))).collect();

    assert_one_trip!(
        proxy,
        sorted_set_counter.len(),
        sorted_set_counter.is_empty(),
        sorted_set_counter.contains("ada"),
        sorted_set_counter.score("ada"),
        sorted_set_counter.scores(["ada", "alan"]),
        sorted_set_counter.set_score("ada", 3.5),
        sorted_set_counter.get_or_set_score("alan", 2),
        sorted_set_counter.increment("ada", 1),
        sorted_set_counter.extend(many()),
        sorted_set_counter.rank("ada"),
        sorted_set_counter.rank_reversed("ada"),
        sorted_set_counter.first(),
        sorted_set_counter.last(),
        sorted_set_counter.items(),
        sorted_set_counter.items_reversed(),
        sorted_set_counter.to_scores(),
        sorted_set_counter.range_by_rank(..3),
        sorted_set_counter.range_by_rank_reversed(..3),
        sorted_set_counter.range_by_score(1.0..),
        sorted_set_counter.range_by_score_reversed(1.0..),
        sorted_set_counter.count_between(1.0..2.0),
        sorted_set_counter.remove("ada"),
        sorted_set_counter.discard("alan"),
        sorted_set_counter.pop_first(),
        sorted_set_counter.pop_last(),
        sorted_set_counter.remove_by_rank(..3),
        sorted_set_counter.remove_by_score(1.0..),
        sorted_set_counter.extend_from(&other),
        sorted_set_counter.extend_from(&scores),
        sorted_set_counter.equals(&other),
        sorted_set_counter.equals(&scores),
    );
}

#[test]
fn a_geo_db() {
    let (proxy, store) = proxied();
    let geo_db: GeoDb<String> = GeoDb::open(&store, "cities");
    let berlin = Coordinates::new(52.52, 13.405);
    let other = GeoDb::open(&store, "others");
    let many = || (0..2_000).map(|number| (format!("house {number}"), berlin));

    assert_one_trip!(
        proxy,
        geo_db.len(),
        geo_db.is_empty(),
        geo_db.contains("berlin"),
        geo_db.set("berlin", berlin),
        geo_db.insert("berlin", berlin),
        geo_db.extend(many()),
        geo_db.get("berlin"),
        geo_db.distance("berlin", "potsdam"),
        geo_db.geohash("berlin"),
        geo_db.within(berlin, 1_000.0),
        geo_db.within_with(berlin, 1_000.0, SearchOptions::default()),
        geo_db.around("berlin", 1_000.0),
        geo_db.around_with("berlin", 1_000.0, SearchOptions::default()),
        geo_db.to_places(),
        geo_db.remove("berlin"),
        geo_db.discard("berlin"),
        geo_db.extend_from(&other),
        geo_db.equals(&other),
    );
}
