//! Cursors: every element once, despite changes by others, and nothing skipped in silence.

use std::{collections::HashSet, ops::Range, process::Command, time::Duration};

use redis_collections::{
    Batch, Collection, Counter, Dict, Error, List, Server, Set, SortedSetCounter, Store, aio,
    codegen::Pages,
};
use redis_collections_tests::{send, store};

/// How many elements there are at first.
const ALL: u32 = 100_000;
/// How many are left, less than a tenth: the server makes its table smaller.
const LEFT: u32 = 9_000;
/// How many are read before the others are deleted.
const READ: usize = 20_000;

fn numbers(store: &Store, numbers: Range<u32>) -> Dict<u32, u32> {
    let dict: Dict<u32, u32> = Dict::open(store, "numbers");
    dict.clear().unwrap();
    dict.extend(numbers.map(|n| (n, n))).unwrap();
    dict
}

/// Deletes `numbers`, as another client would: twice, since with each call the table becomes a
/// little smaller.
fn delete(from: &Dict<u32, u32>, numbers: Range<u32>) {
    let store = from.handle().executor();
    for number in [numbers.clone(), numbers.clone()].into_iter().flat_map(|all| all.step_by(1000)) {
        let some = number..numbers.end.min(number + 1000);
        let discard =
            |batch: &Batch<_>| some.map(|n| from.on(batch).discard(&n)).collect::<Vec<_>>();
        store.pipeline(discard).unwrap();
    }
}

/// Checks that each of the elements that are left was met once, and no other one more often.
fn assert_each_once(met: &[u32], all: Range<u32>, left: Range<u32>) {
    let distinct: HashSet<u32> = met.iter().copied().collect();
    assert_eq!(distinct.len(), met.len(), "some came twice");
    assert!(left.into_iter().all(|n| distinct.contains(&n)), "some are missing");
    assert!(met.len() < all.len(), "nothing was deleted in time");
}

/// Some numbers, and those of them that are left; other ones for each round, since it is drawn by
/// lot of which numbers the server repeats one.
fn of_round(round: u32) -> (Range<u32>, Range<u32>) {
    let first = 10_000 * round;
    (first..first + 4_000, first..first + 360)
}

/// The numbers that the pages of the server hold, if most are deleted after the second.
fn numbers_of_pages(store: &Store, round: u32) -> Vec<u32> {
    let (all, left) = of_round(round);
    let numbers = numbers(store, all.clone());
    let (mut met, mut cursor) = (Vec::new(), Some(0));
    while let Some(at) = cursor {
        let page = numbers.page(at).unwrap();
        let is_second = !met.is_empty() && met.len() < 2_000;
        met.extend(page.items.into_iter().map(|(_, item)| item.unwrap().0));
        if is_second {
            delete(&numbers, left.end..all.end);
        }
        cursor = Some(page.next).filter(|next| *next != 0);
    }
    met
}

#[test]
fn a_server_repeats_elements_when_it_makes_its_table_smaller() {
    let store = store();

    let repeats = (0..200).any(|round| {
        let met = numbers_of_pages(&store, round);
        met.iter().collect::<HashSet<_>>().len() < met.len()
    });

    assert!(repeats, "the other tests show nothing");
}

#[test]
fn each_entry_comes_once_however_often_the_table_becomes_smaller() {
    let store = store();

    for (all, left) in (0..30).map(of_round) {
        let numbers = numbers(&store, all.clone());
        let mut entries = numbers.iter();
        let mut met: Vec<u32> = entries.by_ref().take(1_500).map(|it| it.unwrap().0).collect();
        delete(&numbers, left.end..all.end);
        met.extend(entries.map(|entry| entry.unwrap().0));
        assert_each_once(&met, all, left);
    }
}

#[test]
fn each_entry_comes_once_while_others_delete_most_of_them() {
    let numbers = numbers(&store(), 0..ALL);

    let mut met = Vec::new();
    for entry in numbers.iter() {
        met.push(entry.unwrap().0);
        if met.len() == READ {
            delete(&numbers, LEFT..ALL);
        }
    }

    assert_each_once(&met, 0..ALL, 0..LEFT);
}

#[tokio::test]
async fn each_entry_comes_once_when_it_is_awaited() {
    let server = Server::temporary().unwrap();
    let blocking = numbers(&Store::open(server.url()).unwrap(), 0..ALL);
    let store = aio::Store::open(server.url()).await.unwrap();
    let mut entries = Dict::<u32, u32, aio::Store>::open(&store, "numbers").iter();

    let mut met = Vec::new();
    while let Some(entry) = entries.next().await {
        met.push(entry.unwrap().0);
        if met.len() == READ {
            delete(&blocking, LEFT..ALL);
        }
    }

    assert_each_once(&met, 0..ALL, 0..LEFT);
}

#[test]
fn each_member_of_a_set_and_of_a_sorted_set_comes_once() {
    let store = store();
    let (set, ladder) =
        (Set::<u32>::open(&store, "set"), SortedSetCounter::<u32>::open(&store, "l"));
    set.extend(0..ALL).unwrap();
    ladder.extend((0..ALL).map(|n| (n, n))).unwrap();
    let (mut members, mut scores) = (Vec::new(), Vec::new());

    for member in set.iter() {
        members.push(member.unwrap());
        if members.len() == READ {
            set.remove_many(LEFT..ALL).unwrap();
        }
    }
    for score in ladder.iter() {
        scores.push(score.unwrap().0);
        if scores.len() == READ {
            ladder.remove_by_score(f64::from(LEFT)..).unwrap();
        }
    }

    assert_each_once(&members, 0..ALL, 0..LEFT);
    assert_each_once(&scores, 0..ALL, 0..LEFT);
}

#[test]
fn a_list_gives_equal_elements_as_often_as_it_has_them() {
    let list: List<u32> = List::open(&store(), "list");
    list.extend((0..5_000).map(|n| n % 2)).unwrap();

    assert_eq!(list.iter().map(Result::unwrap).filter(|n| *n == 1).count(), 2_500);
}

#[test]
fn one_corrupt_entry_among_ten_thousand_is_one_error() {
    let store = store();
    let numbers = numbers(&store, 0..9_999);
    send(&store, "HSET", numbers.key(), &["\u{5}", ""]);

    let (good, bad): (Vec<_>, Vec<_>) = numbers.iter().partition(Result::is_ok);

    assert_eq!(good.len(), 9_998);
    assert!(matches!(&bad[..], [Err(Error::Decode { key, .. })] if key == numbers.key()));
}

#[tokio::test]
async fn one_corrupt_member_among_ten_thousand_is_one_error_when_it_is_awaited() {
    let server = Server::temporary().unwrap();
    let witness = Store::open(server.url()).unwrap();
    let store = aio::Store::open(server.url()).await.unwrap();
    let counts: Counter<u32, aio::Store> = Counter::open(&store, "counts");
    counts.add_all((0..9_999).map(|n| (n, 1))).await.unwrap();
    send(&witness, "HSET", counts.key(), &["no number", "many"]);

    let (mut entries, mut good, mut bad) = (counts.iter(), 0, 0);
    while let Some(entry) = entries.next().await {
        if entry.is_ok() { good += 1 } else { bad += 1 }
    }

    assert_eq!((good, bad), (9_999, 1));
}

#[test]
fn a_small_collection_takes_one_round_trip_and_a_page_is_all_that_is_held() {
    let (proxy, store) = redis_collections_tests::proxied();
    let (small, big) = (numbers(&store, 0..100), Dict::<u32, u32>::open(&store, "big"));
    big.extend((0..10_000).map(|n| (n, n))).unwrap();
    let trips = |numbers: &Dict<u32, u32>, count| {
        let before = proxy.trips();
        assert!(numbers.iter().take(count).all(|entry| entry.is_ok()));
        proxy.trips() - before
    };

    assert_eq!((trips(&small, 100), trips(&small, 101)), (1, 1));
    assert_eq!((trips(&big, 900), trips(&big, 1_900)), (1, 2));
}

/// Stops the server, which then answers nobody, or lets it go on.
fn signal(server: &Server, signal: &str) {
    let pid = server.pid().to_string();
    assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
}

#[test]
fn after_a_page_that_did_not_come_the_same_page_is_asked_for_again() {
    let server = Server::temporary().unwrap();
    let store = Store::builder(server.url()).timeout(Duration::from_millis(200)).open().unwrap();
    let numbers = numbers(&store, 0..5_000);
    let mut entries = numbers.iter();
    let mut met: Vec<u32> = entries.by_ref().take(100).map(|entry| entry.unwrap().0).collect();

    signal(&server, "-STOP");
    let error = entries.find_map(|entry| entry.map(|entry| met.push(entry.0)).err()).unwrap();
    signal(&server, "-CONT");
    met.extend(entries.map(|entry| entry.unwrap().0));

    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    met.sort_unstable();
    assert_eq!(met, (0..5_000).collect::<Vec<_>>());
}

#[tokio::test]
async fn after_a_page_that_did_not_come_the_same_page_is_awaited_again() {
    let server = Server::temporary().unwrap();
    let builder = Store::builder(server.url()).timeout(Duration::from_millis(200));
    let store = builder.open_aio().await.unwrap();
    let numbers: Set<u32, aio::Store> = Set::open(&store, "numbers");
    numbers.extend(0..5_000).await.unwrap();
    let (mut members, mut met, mut errors) = (numbers.iter(), Vec::new(), Vec::new());

    while let Some(member) = members.next().await {
        match member {
            Ok(member) => met.push(member),
            Err(error) => {
                errors.push(error);
                signal(&server, "-CONT");
            }
        }
        if met.len() == 100 {
            signal(&server, "-STOP");
        }
    }

    assert!(matches!(&errors[..], [Error::Timeout { .. }]), "{errors:?}");
    met.sort_unstable();
    assert_eq!(met, (0..5_000).collect::<Vec<_>>());
}

#[test]
fn an_iteration_that_nobody_answers_ends() {
    let server = Server::temporary().unwrap();
    let short = Duration::from_millis(50);
    let builder = Store::builder(server.url()).timeout(short).connect_timeout(short);
    let store = builder.open().unwrap();
    let entries = numbers(&store, 0..5_000).iter();

    signal(&server, "-STOP");
    let errors = entries.map(Result::unwrap_err).collect::<Vec<_>>();
    signal(&server, "-CONT");

    assert_eq!(errors.len(), 3);
}

#[test]
fn a_key_of_another_type_is_one_error_and_the_end() {
    let store = store();
    let list: List<u32> = List::open(&store, "list");
    list.push(&1).unwrap();

    let errors: Vec<_> = Dict::<u32, u32>::open(&store, "list").iter().collect();

    assert!(matches!(&errors[..], [Err(Error::WrongType { expected: "a hash", .. })]));
}
