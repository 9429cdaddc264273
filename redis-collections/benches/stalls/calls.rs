//! The calls whose cost grows with the collection, and bulk writes.

use std::collections::HashSet;

use redis_collections::{
    Collection, Coordinates, Counter, Deque, Dict, GeoDb, List, Set, SortedSetCounter, Store, Tally,
};

use crate::{ENTRIES, watch::Watch};

pub(crate) fn dict(store: &Store, watch: &Watch) {
    let [dict, other] = ["dict", "other dict"].map(|name| Dict::<u32, u32>::open(store, name));
    watch.call("Dict::extend", || dict.extend((0..ENTRIES).map(|at| (at, at))));
    watch.call("Dict::extend_from", || other.extend_from(&dict));
    watch.call("Dict::equals", || dict.equals(&other));
    watch.call("Dict::copy_to", || dict.copy_to("copied dict"));
    watch.call("Dict::keys", || dict.keys());
    watch.call("Dict::values", || dict.values());
    watch.call("Dict::to_map", || dict.to_map());
    watch.call("Dict::merge", || dict.merge(&other));
    watch.call("Dict::iter", || dict.iter().try_for_each(|entry| entry.map(drop)));
    watch.call("Dict::get_many of all", || dict.get_many(&(0..ENTRIES).collect::<Vec<_>>()));
    let map = dict.to_map().unwrap();
    watch.call("Dict::extend_from, in memory", || dict.extend_from(&map));
    watch.call("Dict::merge, in memory", || dict.merge(&map));
    watch.call("Dict::equals, in memory", || dict.equals(&map));
    clear(watch, store, ["dict", "other dict", "copied dict"]);
}

pub(crate) fn counter(store: &Store, watch: &Watch) {
    let [counter, other] =
        ["counter", "other counter"].map(|name| Counter::<u32>::open(store, name));
    let tally: Tally<u32> = (0..ENTRIES).map(|thing| (thing, 2)).collect();
    watch.call("Counter::add_all", || counter.add_all(&tally));
    watch.call("Counter::subtract_all", || counter.subtract_all(&tally));
    watch.call("Counter::add_all again", || counter.add_all(&tally));
    watch.call("Counter::add_from", || other.add_from(&counter));
    watch.call("Counter::equals", || counter.equals(&other));
    watch.call("Counter::most_common", || counter.most_common(10));
    watch.call("Counter::total", || counter.total());
    watch.call("Counter::to_tally", || counter.to_tally());
    watch.call("Counter::plus", || counter.plus(&other));
    counted(&counter, &other, &tally, watch);
    watch.call("Counter::plus_assign", || counter.plus_assign(&other));
    watch.call("Counter::plus_assign, in memory", || counter.plus_assign(&tally));
    watch.call("Counter::max_with_assign", || counter.max_with_assign(&other));
    watch.call("Counter::minus_assign", || counter.minus_assign(&other));
    clear(watch, store, ["counter", "other counter", ""]);
}

/// The other calls of a counter.
fn counted(counter: &Counter<u32>, other: &Counter<u32>, tally: &Tally<u32>, watch: &Watch) {
    let things: Vec<u32> = (0..ENTRIES).collect();
    watch.call("Counter::get_many of all", || counter.get_many(&things));
    watch.call("Counter::keys", || counter.keys());
    watch.call("Counter::values", || counter.values());
    watch.call("Counter::elements", || counter.elements());
    watch.call("Counter::positive", || counter.positive());
    watch.call("Counter::negative", || counter.negative());
    watch.call("Counter::minus", || counter.minus(other));
    watch.call("Counter::max_with", || counter.max_with(other));
    watch.call("Counter::min_with", || counter.min_with(other));
    watch.call("Counter::equals, in memory", || counter.equals(tally));
    watch.call("Counter::add_from, in memory", || counter.add_from(tally));
    watch.call("Counter::subtract_from", || counter.subtract_from(other));
    watch.call("Counter::subtract_from, in memory", || counter.subtract_from(tally));
    watch.call("Counter::min_with_assign", || other.min_with_assign(tally));
    watch.call("Counter::add_all back", || counter.add_all(tally));
}

pub(crate) fn list(store: &Store, watch: &Watch) {
    let [list, other] = ["list", "other list"].map(|name| List::<u32>::open(store, name));
    let shuffled: Vec<u32> = (0..ENTRIES).map(|at| at.wrapping_mul(2_654_435_761)).collect();
    watch.call("List::extend", || list.extend(&shuffled));
    watch.call("List::extend_from", || other.extend_from(&list));
    watch.call("List::equals", || list.equals(&other));
    watch.call("List::copy_to", || list.copy_to("copied list"));
    watch.call("List::to_vec", || list.to_vec());
    watch.call("List::concat", || list.concat(&other));
    watch.call("List::reverse", || list.reverse());
    watch.call("List::sort", || list.sort());
    watch.call("List::get in the middle", || list.get(500_000));
    watch.call("List::insert in the middle", || list.insert(500_000, &7));
    watch.call("List::remove in the middle", || list.remove(500_000));
    watch.call("List::contains, none", || list.contains(&u32::MAX));
    watch.call("List::count", || list.count(&7));
    watch.call("List::remove_value, none", || list.remove_value(&u32::MAX));
    watch.call("List::range of all", || list.range(..));
    watch.call("List::range_step by 2", || list.range_step(.., 2));
    watch.call("List::index_of, none", || list.index_of(&u32::MAX));
    watch.call("List::index_of_in, none", || list.index_of_in(.., &u32::MAX));
    watch.call("List::repeat", || list.repeat(2));
    watch.call("List::concat, in memory", || list.concat(&shuffled));
    watch.call("List::equals, in memory", || list.equals(&shuffled));
    watch.call("List::sort_by", || list.sort_by(|one, other| other.cmp(one)));
    watch.call("List::delete_range_step by 2", || list.delete_range_step(.., 2));
    watch.call("List::delete_range of the middle half", || list.delete_range(125_000..375_000));
    watch.call("List::set_range of all", || list.set_range(.., &shuffled));
    watch.call("List::set_range_step by 1,000", || {
        list.set_range_step(.., 1_000, 0..ENTRIES / 1_000)
    });
    watch.call("List::iter", || list.iter().try_for_each(|item| item.map(drop)));
    watch.call("List::repeat_assign", || other.repeat_assign(2));
    deque(store, watch, &shuffled);
    clear(watch, store, ["list", "other list", "copied list"]);
}

/// A deque on the same key as a list of as many elements.
fn deque(store: &Store, watch: &Watch, shuffled: &[u32]) {
    let deque: Deque<u32> = Deque::open(store, "list");
    watch.call("Deque::rotate_left by half", || deque.rotate_left(500_000));
    watch.call("Deque::rotate_right by half", || deque.rotate_right(500_000));
    watch.call("Deque::extend_front", || deque.extend_front(shuffled));
    let limited: Deque<u32> = Deque::open(store, "list").with_maxlen(1_000_000);
    watch.call("Deque::extend, limited", || limited.extend(shuffled));
}

pub(crate) fn set(store: &Store, watch: &Watch) {
    let [set, other] = ["set", "other set"].map(|name| Set::<u32>::open(store, name));
    let half = ENTRIES / 2..ENTRIES + ENTRIES / 2;
    watch.call("Set::extend", || set.extend(0..ENTRIES));
    watch.call("Set::extend, another", || other.extend(half.clone()));
    watch.call("Set::to_set", || set.to_set());
    watch.call("Set::copy_to", || set.copy_to("copied set"));
    watch.call("Set::union", || set.union([&other]));
    watch.call("Set::intersection", || set.intersection([&other]));
    watch.call("Set::difference", || set.difference([&other]));
    watch.call("Set::symmetric_difference", || set.symmetric_difference([&other]));
    watch.call("Set::is_subset", || set.is_subset(&other));
    watch.call("Set::is_superset", || set.is_superset(&other));
    watch.call("Set::is_proper_subset", || set.is_proper_subset(&other));
    watch.call("Set::is_proper_superset", || set.is_proper_superset(&other));
    watch.call("Set::equals", || set.equals(&other));
    watch.call("Set::random_members of half", || set.random_members(500_000));
    let local: HashSet<u32> = half.collect();
    watch.call("Set::is_superset, in memory", || set.is_superset(&local));
    watch.call("Set::contains_many of all", || set.contains_many(&local));
    watch.call("Set::is_disjoint", || set.is_disjoint(&other));
    watch.call("Set::is_disjoint, in memory", || set.is_disjoint(&local));
    watch.call("Set::equals, in memory", || other.equals(&local));
    watch.call("Set::union, in memory", || set.union([&local]));
    watch.call("Set::union_assign, in memory", || set.union_assign([&local]));
    watch.call("Set::union_assign", || set.union_assign([&other]));
    watch.call("Set::intersection_assign", || set.intersection_assign([&other]));
    watch.call("Set::difference_assign, in memory", || set.difference_assign([&local]));
    set.extend(0..ENTRIES).unwrap();
    watch.call("Set::difference_assign", || set.difference_assign([&other]));
    watch.call("Set::symmetric_difference_assign", || set.symmetric_difference_assign([&other]));
    watch.call("Set::symmetric_difference_assign, in memory", || {
        set.symmetric_difference_assign([&local])
    });
    watch.call("Set::remove_many", || set.remove_many(&local));
    watch.call("Set::iter", || other.iter().try_for_each(|member| member.map(drop)));
    clear(watch, store, ["set", "other set", "copied set"]);
}

pub(crate) fn sorted_set_counter(store: &Store, watch: &Watch) {
    let [ladder, other] =
        ["ladder", "other ladder"].map(|name| SortedSetCounter::<u32>::open(store, name));
    watch.call("SortedSetCounter::extend", || ladder.extend((0..ENTRIES).map(|at| (at, at))));
    watch.call("SortedSetCounter::extend_from", || other.extend_from(&ladder));
    watch.call("SortedSetCounter::equals", || ladder.equals(&other));
    watch.call("SortedSetCounter::copy_to", || ladder.copy_to("copied ladder"));
    watch.call("SortedSetCounter::items", || ladder.items());
    watch.call("SortedSetCounter::to_scores", || ladder.to_scores());
    watch.call("SortedSetCounter::range_by_rank of all", || ladder.range_by_rank(..));
    watch.call("SortedSetCounter::range_by_rank_reversed of all", || {
        ladder.range_by_rank_reversed(..)
    });
    watch.call("SortedSetCounter::range_by_score of all", || ladder.range_by_score(..));
    watch.call("SortedSetCounter::range_by_score_reversed of all", || {
        ladder.range_by_score_reversed(..)
    });
    watch.call("SortedSetCounter::items_reversed", || ladder.items_reversed());
    watch.call("SortedSetCounter::scores of all", || {
        ladder.scores(&(0..ENTRIES).collect::<Vec<_>>())
    });
    let scores = ladder.to_scores().unwrap();
    watch.call("SortedSetCounter::extend_from, in memory", || ladder.extend_from(&scores));
    watch.call("SortedSetCounter::equals, in memory", || ladder.equals(&scores));
    watch.call("SortedSetCounter::count_between", || ladder.count_between(1.0..1e6));
    watch.call("SortedSetCounter::iter", || ladder.iter().try_for_each(|item| item.map(drop)));
    watch.call("SortedSetCounter::remove_by_rank of half", || ladder.remove_by_rank(..500_000));
    watch.call("SortedSetCounter::remove_by_score of all", || ladder.remove_by_score(..));
    clear(watch, store, ["ladder", "other ladder", "copied ladder"]);
}

pub(crate) fn geo_db(store: &Store, watch: &Watch) {
    let [cities, other] = ["cities", "other cities"].map(|name| GeoDb::<u32>::open(store, name));
    let at = |number: u32| {
        let number = f64::from(number);
        Coordinates::new((number / 12_000.0) - 40.0, (number * 0.123) % 180.0)
    };
    watch.call("GeoDb::extend", || cities.extend((0..ENTRIES).map(|number| (number, at(number)))));
    watch.call("GeoDb::extend_from", || other.extend_from(&cities));
    watch.call("GeoDb::equals", || cities.equals(&other));
    watch.call("GeoDb::to_places", || cities.to_places());
    watch.call("GeoDb::within 1,000 km", || cities.within(at(500_000), 1_000_000.0));
    watch.call("GeoDb::within, all", || cities.within(at(500_000), 21e6));
    watch.call("GeoDb::around, all", || cities.around(&0, 21e6));
    clear(watch, store, ["cities", "other cities", ""]);
}

/// Removes keys that hold about a million entries each.
fn clear(watch: &Watch, store: &Store, names: [&str; 3]) {
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        watch.call(&format!("Collection::clear {name}"), || {
            Dict::<u32, u32>::open(store, name).clear()
        });
    }
}
