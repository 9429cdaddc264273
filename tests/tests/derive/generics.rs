//! Structs with parameters.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    marker::PhantomData,
};

use redis_collections::{Error, RedisStruct};
use redis_collections_tests::store;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Asks for nothing: what its fields need is worked out.
#[derive(RedisStruct, Debug, PartialEq)]
#[redis(namespace = "generics:inbox")]
struct Inbox<T> {
    messages: Vec<T>,
    #[redis(maxlen = 2)]
    recent: VecDeque<T>,
    #[sync]
    drafts: Vec<T>,
    #[redis(value)]
    last: Option<T>,
}

#[test]
fn a_parameter_may_be_any_type_that_can_be_stored() {
    let store = store();
    let mut inbox = Inbox::<(u8, String)>::open(&store, "ada").unwrap();

    inbox.messages.push(&(1, "hello".into())).unwrap();
    inbox.recent.extend((2..5).map(|n| (n, String::new()))).unwrap();
    inbox.drafts.push((5, "well".into()));
    assert!(inbox.is_dirty());
    inbox.sync().unwrap();

    let plain: Inbox<(u8, String)> = inbox.snapshot().unwrap().unwrap();
    assert_eq!(plain.messages, [(1, "hello".into())]);
    assert_eq!(plain.recent, [(3, String::new()), (4, String::new())]);
    assert_eq!((plain.drafts, plain.last), (vec![(5, "well".into())], None));
}

#[derive(RedisStruct, Debug)]
#[redis(namespace = "generics:seat")]
struct Seat<T> {
    #[redis(value)]
    guest: T,
}

#[test]
fn a_value_of_a_type_without_a_default_can_be_missing() {
    let store = store();
    let seat = Seat::<u8>::open(&store, "a").unwrap();

    Seat { guest: 3_u8 }.save(&store, "a").unwrap();
    assert_eq!(Seat::<u8>::load(&store, "a").unwrap().unwrap().guest, 3);

    seat.guest.take().unwrap();
    assert!(matches!(Seat::<u8>::load(&store, "a"), Err(Error::Missing { .. })));
}

/// What a value with a default has to be.
trait Stored: Clone + Default + Serialize + DeserializeOwned {}

impl Stored for u32 {}

/// Asks for all that can be asked for, in every place where it can be.
#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "generics:shop")]
struct Shop<K, V: Stored = u32, S = String, const SIZE: usize = 3>
where
    K: Clone + Eq + Hash + Serialize + DeserializeOwned,
    S: Default,
{
    #[redis(default)]
    prices: HashMap<K, V>,
    #[lru(maxsize = 2)]
    seen: HashMap<K, V>,
    #[redis(skip)]
    cache: Option<Vec<S>>,
    #[redis(value, default)]
    sizes: Vec<V>,
    #[redis(skip)]
    size: PhantomData<[(); SIZE]>,
}

#[test]
fn bounds_defaults_and_const_parameters_are_allowed() {
    let store = store();
    let shop = Shop::<String>::open(&store, "a").unwrap();

    assert_eq!(shop.prices.get("apple").unwrap(), 0);
    shop.sizes.set(&vec![1, 2, 3]).unwrap();

    let plain = Shop::<String>::load(&store, "a").unwrap().unwrap();
    assert_eq!(plain.sizes, [1, 2, 3]);
    assert_eq!((plain.prices["apple"], plain.cache), (0, None));
}

/// A parameter that is a struct in Redis itself.
#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "generics:outer")]
struct Outer<T: RedisStruct> {
    #[redis(nested)]
    inner: T,
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "generics:middle")]
struct Middle<T: RedisStruct> {
    #[redis(nested)]
    inner: T,
}

#[derive(RedisStruct, Debug, Default, PartialEq)]
#[redis(namespace = "generics:inner")]
struct Inner {
    gold: i64,
    #[sync]
    settings: HashMap<String, String>,
}

#[test]
fn a_nested_struct_may_be_a_parameter() {
    let store = store();
    let mut outer = Outer::<Middle<Inner>>::open(&store, "a").unwrap();

    outer.inner.inner.gold.add(3).unwrap();
    outer.inner.inner.settings.insert("lang".into(), "en".into());
    assert!(outer.is_dirty());
    outer.sync().unwrap();

    let plain = outer.snapshot().unwrap().unwrap().inner.inner;
    assert_eq!((plain.gold, plain.settings.len()), (3, 1));
}

#[derive(RedisStruct, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[redis(namespace = "generics:tree")]
struct Tree {
    name: String,
    #[redis(value)]
    sons: Vec<Self>,
    friends: HashMap<String, Self>,
}

#[test]
fn a_field_may_be_of_the_struct_itself() {
    let store = store();
    let leaf = Tree { name: "leaf".into(), ..Tree::default() };
    let tree = Tree::open(&store, "a").unwrap();

    tree.sons.set(&vec![leaf.clone()]).unwrap();
    tree.friends.set("leaf", &leaf).unwrap();

    let plain = Tree::load(&store, "a").unwrap().unwrap();
    assert_eq!((plain.sons, &plain.friends["leaf"]), (vec![leaf.clone()], &leaf));
}
