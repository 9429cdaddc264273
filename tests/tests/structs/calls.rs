//! What the calls of a struct and of its live twin do.

use redis_collections::{Places, RedisStruct, Store};

use super::player::*;

#[test]
fn a_saved_struct_is_loaded_again() {
    let store = Store::temporary().unwrap();
    let mut ada = full();

    ada.save(&store, "ada").unwrap();

    let mut loaded = Player::load(&store, "ada").unwrap().unwrap();
    let town = loaded.towns.get("berlin").unwrap();
    assert!(town.distance(ada.towns.get("berlin").unwrap()) < 1.0);
    (loaded.towns, ada.towns) = (Places::new(), Places::new());
    assert_eq!(loaded, ada);
}

#[test]
fn a_struct_that_was_never_saved_is_none() {
    let store = Store::temporary().unwrap();

    assert_eq!(Player::load(&store, "ada").unwrap(), None);
    assert!(!Player::exists(&store, "ada").unwrap());
    assert!(!Player::delete(&store, "ada").unwrap());
}

#[test]
fn live_fields_are_written_at_once_and_synced_ones_on_sync() {
    let store = Store::temporary().unwrap();
    let mut ada = Player::open(&store, "ada").unwrap();

    ada.inventory.insert("sword", &Item { weight: 5 }).unwrap();
    ada.gold.add(5).unwrap();
    ada.name.set("Ada").unwrap();
    ada.home.city.set("London").unwrap();
    ada.settings.insert("lang".into(), "en".into());
    ada.notes.push("one".into());
    ada.counts.add("step".into(), 2);
    *ada.stock.get_or_default("apple".into()) += 1;
    assert!(ada.is_dirty());
    assert!(Player::load(&store, "ada").unwrap().unwrap().settings.is_empty());
    ada.sync().unwrap();

    assert!(!ada.is_dirty());
    let loaded = Player::load(&store, "ada").unwrap().unwrap();
    assert_eq!(loaded.settings["lang"], "en");
    assert_eq!((loaded.gold, loaded.level, &*loaded.home.city), (5, 7, "London"));
    assert_eq!((loaded.notes, loaded.counts.get("step")), (vec!["one".to_string()], 2));
    assert_eq!(loaded.stock["apple"], 1);
    assert_eq!(ada.lives.get("cat").unwrap(), 3);
}

#[test]
fn calls_of_several_fields_are_one_transaction() {
    let store = Store::temporary().unwrap();
    let ada = Player::open(&store, "ada").unwrap();
    ada.quests.push("go").unwrap();

    let (gold, first) =
        store.atomic(|tx| (ada.gold.on(tx).add(-3), ada.quests.on(tx).get(0))).unwrap();

    assert_eq!((gold, first.as_deref()), (-3, Some("go")));
}

#[test]
fn ids_are_listed_once_each() {
    let store = Store::temporary().unwrap();
    for id in ["ada", "a:b}", "x y", "ü"] {
        Home::default().save(&store, id).unwrap();
    }

    let mut ids: Vec<String> = Home::ids(&store).collect::<Result<_, _>>().unwrap();

    ids.sort();
    assert_eq!(ids, ["a:b}", "ada", "x y", "ü"]);
}

#[test]
fn changes_of_two_owners_both_survive() {
    let store = Store::temporary().unwrap();
    full().save(&store, "ada").unwrap();
    let mut one = Player::open(&store, "ada").unwrap();
    let mut two = Player::open(&store, "ada").unwrap();

    one.settings.insert("a".into(), "1".into());
    one.notes.push("one".into());
    one.counts.add("step".into(), 1);
    two.settings.remove("lang");
    two.notes.push("two".into());
    two.counts.add("step".into(), 10);
    one.sync().unwrap();
    two.sync().unwrap();

    let all = Player::load(&store, "ada").unwrap().unwrap();
    assert_eq!(all.settings, [("a".into(), "1".into())].into());
    assert_eq!(all.notes, ["first", "one", "two"]);
    assert_eq!(*two.notes, ["first", "one", "two"]);
    assert_eq!(all.counts.get("step"), 13);
}

#[test]
fn load_many_keeps_the_order_of_the_ids() {
    let store = Store::temporary().unwrap();
    let home = |city: &str| Home { city: city.into(), ..Home::default() };
    home("Rome").save(&store, "b").unwrap();
    home("Oslo").save(&store, "a").unwrap();

    let homes = Home::load_many(&store, ["a", "nobody", "b"]).unwrap();

    assert_eq!(homes, [Some(home("Oslo")), None, Some(home("Rome"))]);
}
