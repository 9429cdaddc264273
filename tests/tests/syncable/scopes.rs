//! Scopes, which sync at their end, and the warnings about dropped changes.

use std::{
    collections::HashMap,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
};

use redis_collections::{
    Error, RedisStruct, Result, Syncable, SyncableDict, SyncableList, Tally, aio,
};
use redis_collections_tests::store;
use tracing::{Event, Metadata, Subscriber, field, span, subscriber};

#[derive(RedisStruct, Default)]
#[redis(namespace = "scopes:world")]
struct World {
    name: String,
    #[sync]
    kills: Tally<String>,
    #[sync]
    log: Vec<String>,
}

/// What a scope of a program may fail with.
enum Failed {
    OnPurpose,
    Sync(#[expect(dead_code, reason = "it shows what a sync's error becomes")] Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed::Sync(error)
    }
}

#[test]
fn a_scope_syncs_at_its_end() {
    let store = store();
    let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "ages").unwrap();

    let count = store.scope(&mut ages, |ages| {
        ages.insert("ada".into(), 36);
        Ok::<_, Error>(ages.len())
    });

    assert_eq!(count.unwrap(), 1);
    assert_eq!(ages.remote().get("ada").unwrap(), Some(36));
    assert!(!ages.is_dirty());
}

#[test]
fn a_scope_that_fails_writes_nothing_and_keeps_the_changes() {
    let store = store();
    let mut world = World::open(&store, "failing").unwrap();

    let error = store.scope(&mut world, |world| {
        world.kills.add("orc".into(), 1);
        Err::<(), _>(Failed::OnPurpose)
    });
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.scope(&mut world, |world| -> Result<()> {
            world.log.push("in".into());
            panic!("in the middle of it")
        })
    }));

    assert!(matches!(error, Err(Failed::OnPurpose)));
    assert!(panicked.is_err() && world.is_dirty());
    assert_eq!(world.kills.remote().get("orc").unwrap(), 0);
    store.scope(&mut world, |_| Ok::<_, Error>(())).unwrap();
    assert_eq!(world.kills.remote().get("orc").unwrap(), 1);
    assert_eq!(world.log.remote().to_vec().unwrap(), ["in"]);
}

#[tokio::test]
async fn an_awaiting_store_has_scopes_as_well() {
    let store = aio::Store::temporary().await.unwrap();
    let mut world = World::open(&store, "awaited").await.unwrap();

    let world = tokio::spawn(async move {
        let work = async |world: &mut LiveWorld<aio::Store>| {
            world.kills.add("orc".into(), 2);
            world.name.set("Ada").await
        };
        store.scope(&mut world, work).await.unwrap();
        world
    });

    assert_eq!(world.await.unwrap().kills.remote().get("orc").await.unwrap(), 2);
}

#[test]
fn a_drop_of_changes_warns_with_the_key_and_how_many() {
    let told = told(|| {
        let store = store();
        let mut ages: SyncableDict<String, u32> = Syncable::open(&store, "dropped").unwrap();
        ages.extend([("ada".into(), 36), ("alan".into(), 41)]);
    });

    assert_eq!(told.len(), 1);
    let warning = &told[0];
    assert!(warning["key"].ends_with(":dropped"));
    assert_eq!(warning["changes"], "2");
}

#[test]
fn synced_changes_and_into_local_cause_no_warning() {
    let told = told(|| {
        let store = store();
        let mut list: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
        list.push(1);
        list.sync().unwrap();
        let mut given: SyncableList<u32> = Syncable::open(&store, "list").unwrap();
        given.push(2);
        assert_eq!(given.into_local(), [1, 2]);
    });

    assert!(told.is_empty(), "{told:?}");
}

/// The fields of each event that `work` tells of.
fn told(work: impl FnOnce()) -> Vec<HashMap<&'static str, String>> {
    let listener = Listener::default();
    let heard = listener.0.clone();
    subscriber::with_default(listener, work);
    let told = heard.lock().unwrap();
    told.clone()
}

/// Keeps what it hears.
#[derive(Default)]
struct Listener(Arc<Mutex<Vec<HashMap<&'static str, String>>>>);

struct Fields(HashMap<&'static str, String>);

impl field::Visit for Fields {
    fn record_debug(&mut self, field: &field::Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("redis_collections")
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(HashMap::new());
        event.record(&mut fields);
        self.0.lock().unwrap().push(fields.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
