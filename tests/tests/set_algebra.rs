//! What several `Set`s give together, on a real server.

use std::{collections::HashSet, time::Duration};

use redis_collections::{Collection, Dict, Error, Set, Store};

#[test]
fn the_algebra_takes_any_number_of_sets() {
    let store = Store::temporary().unwrap();
    let [a, b, c] = three(&store);

    assert_eq!(a.union([&b, &c]).unwrap(), [1, 2, 3, 4, 5].into());
    assert_eq!(a.intersection([&b, &c]).unwrap(), [3].into());
    assert_eq!(a.difference([&b, &c]).unwrap(), [1].into());
    assert_eq!(a.symmetric_difference([&b]).unwrap(), [1, 4].into());
    assert_eq!(a.symmetric_difference([&b, &c]).unwrap(), [1, 3, 5].into());
    assert_eq!(a.union::<Set<u32>>([]).unwrap(), a.to_set().unwrap());
}

#[test]
fn the_assigning_forms_store_the_results_of_the_reading_forms() {
    let store = Store::temporary().unwrap();
    let [a, b, c] = three(&store);
    let copy = |name| {
        a.copy_to(name).unwrap();
        Set::<u32>::open(&store, name)
    };

    let [union, both, rest, odd] = ["union", "both", "rest", "odd"].map(copy);
    union.union_assign([&b, &c]).unwrap();
    both.intersection_assign([&b, &c]).unwrap();
    rest.difference_assign([&b, &c]).unwrap();
    odd.symmetric_difference_assign([&b, &c]).unwrap();

    assert_eq!(union.to_set().unwrap(), a.union([&b, &c]).unwrap());
    assert_eq!(both.to_set().unwrap(), a.intersection([&b, &c]).unwrap());
    assert_eq!(rest.to_set().unwrap(), a.difference([&b, &c]).unwrap());
    assert_eq!(odd.to_set().unwrap(), a.symmetric_difference([&b, &c]).unwrap());
}

#[test]
fn an_assigning_form_whose_result_is_empty_removes_the_key() {
    let store = Store::temporary().unwrap();
    let full = set_of(&store, [1, 2]);
    let empty = Set::open(&store, "empty");
    let [both, rest, odd] = ["both", "rest", "odd"].map(|name| {
        full.copy_to(name).unwrap();
        Set::<u32>::open(&store, name)
    });

    both.intersection_assign([&empty]).unwrap();
    rest.difference_assign([&full]).unwrap();
    odd.symmetric_difference_assign([&full]).unwrap();
    empty.union_assign([&empty]).unwrap();

    assert!([both, rest, odd, empty].iter().all(|set| !set.exists().unwrap()));
}

#[test]
fn a_set_may_be_its_own_operand() {
    let set = set_of(&Store::temporary().unwrap(), [1, 2]);

    set.union_assign([&set]).unwrap();
    set.intersection_assign([&set, &set]).unwrap();
    assert_eq!(set.to_set().unwrap(), [1, 2].into());

    set.symmetric_difference_assign([&set]).unwrap();
    assert!(!set.exists().unwrap());
}

#[test]
fn every_write_keeps_the_time_to_live() {
    let store = Store::temporary().unwrap();
    let [a, b, c] = three(&store);
    a.expire(Duration::from_secs(1000)).unwrap();

    a.insert(&9).unwrap();
    a.union_assign([&b]).unwrap();
    a.intersection_assign([&b]).unwrap();
    a.difference_assign([&c]).unwrap();
    a.symmetric_difference_assign([&b, &a]).unwrap();

    assert!(a.ttl().unwrap().unwrap() > Duration::from_secs(900));
    assert_eq!(b.ttl().unwrap(), None);
}

#[test]
fn a_failing_operand_leaves_the_set_as_it_was() {
    let store = Store::temporary().unwrap();
    let [a, b, _] = three(&store);
    Dict::<u32, u32>::open(&store, "hash").set(&1, &1).unwrap();
    let hash = Set::open(&store, "hash");

    let errors = [
        a.union_assign([&b, &hash]),
        a.intersection_assign([&b, &hash]),
        a.difference_assign([&b, &hash]),
        a.symmetric_difference_assign([&b, &hash]),
    ];

    assert!(errors.iter().all(|error| matches!(error, Err(Error::WrongType { .. }))), "{errors:?}");
    assert_eq!(a.to_set().unwrap(), [1, 2, 3].into());
}

#[test]
fn subset_superset_and_disjoint_agree_with_std() {
    let store = Store::temporary().unwrap();
    let sets = [&[][..], &[1], &[1, 2], &[2, 3], &[4]];
    for (left, right) in sets.iter().flat_map(|left| sets.iter().map(move |right| (left, right))) {
        let [a, b] = [left, right].map(|members| members.iter().copied().collect::<HashSet<u32>>());
        let [x, y] = [("x", &a), ("y", &b)].map(|(name, members)| {
            let set = Set::<u32>::open(&store, name);
            set.clear().unwrap();
            set.extend(members).unwrap();
            set
        });

        assert_eq!(x.is_subset(&y).unwrap(), a.is_subset(&b), "{a:?} {b:?}");
        assert_eq!(x.is_superset(&y).unwrap(), a.is_superset(&b), "{a:?} {b:?}");
        assert_eq!(x.is_disjoint(&y).unwrap(), a.is_disjoint(&b), "{a:?} {b:?}");
    }
}

#[test]
fn a_symmetric_difference_may_be_larger_than_a_script_unpacks() {
    let store = Store::temporary().unwrap();
    let set = set_of(&store, 0..12_000);
    let other = Set::open(&store, "other");
    other.extend(6_000..18_000).unwrap();

    set.symmetric_difference_assign([&other]).unwrap();

    assert_eq!(set.to_set().unwrap(), (0..6_000).chain(12_000..18_000).collect());
}

#[test]
fn many_random_calls_do_what_std_does() {
    let store = Store::temporary().unwrap();
    let sets = ["a", "b", "c"].map(|name| Set::<u8>::open(&store, name));
    let mut models = <[HashSet<u8>; 3]>::default();
    let mut random = fastrand::Rng::with_seed(20);

    for _ in 0..2_000 {
        let (at, with, member) = (random.usize(..3), random.usize(..3), random.u8(..12));
        let (set, other) = (&sets[at], [&sets[with]]);
        let (model, operand) = (models[at].clone(), models[with].clone());
        match random.u8(..7) {
            0 | 1 => assert_eq!(set.insert(&member).unwrap(), models[at].insert(member)),
            2 => assert_eq!(set.remove(&member).unwrap(), models[at].remove(&member)),
            3 => {
                set.union_assign(other).unwrap();
                models[at] = &model | &operand;
            }
            4 => {
                set.intersection_assign(other).unwrap();
                models[at] = &model & &operand;
            }
            5 => {
                set.difference_assign(other).unwrap();
                models[at] = &model - &operand;
            }
            _ => {
                set.symmetric_difference_assign(other).unwrap();
                models[at] = &model ^ &operand;
            }
        }
        assert_eq!(set.to_set().unwrap(), models[at]);
        assert_eq!(set.is_subset(other[0]).unwrap(), models[at].is_subset(&models[with]));
        assert_eq!(set.exists().unwrap(), !models[at].is_empty());
    }
}

fn set_of(store: &Store, members: impl IntoIterator<Item = u32>) -> Set<u32> {
    let set = Set::open(store, "set");
    set.extend(members).unwrap();
    set
}

/// Three sets, each of three members, one of which they share.
fn three(store: &Store) -> [Set<u32>; 3] {
    [("a", [1, 2, 3]), ("b", [2, 3, 4]), ("c", [3, 4, 5])].map(|(name, members)| {
        let set = Set::open(store, name);
        set.extend(members).unwrap();
        set
    })
}
