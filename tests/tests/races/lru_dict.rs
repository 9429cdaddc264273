//! `LruDict`, raced: of one entry, memory and Redis together answer as one map does.

use fastrand::Rng;
use redis_collections::LruDict;

use crate::{
    bursts::{Subject, bursts},
    engine::{Racer, on_threads_and_tasks},
    history::{Model, only},
};

on_threads_and_tasks!(any_calls);

/// All but two are made on the entry; those bring others into memory, where there is little room.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Get,
    GetMany,
    ContainsKey,
    Set(u8),
    Insert(u8),
    Extend(u8),
    Remove,
    Clear,
    Sync,
    SyncAndClear,
    SetAnother(u8),
    GetAnother(u8),
    Whole,
}

/// What the entry is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Entry(Option<u8>);

impl Model for Entry {
    type Call = Call;

    fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
        match call {
            Call::Get | Call::Whole => only(self, |entry| entry.0),
            Call::GetMany => only(self, |entry| vec![entry.0]),
            Call::ContainsKey => only(self, |entry| entry.0.is_some()),
            Call::Set(value) | Call::Extend(value) => only(self, |entry| entry.0 = Some(value)),
            Call::Insert(value) => only(self, |entry| entry.0.replace(value)),
            Call::Remove => only(self, |entry| entry.0.take()),
            Call::Clear => only(self, |entry| entry.0 = None),
            Call::Sync | Call::SyncAndClear | Call::SetAnother(_) | Call::GetAnother(_) => {
                only(self, |_| ())
            }
        }
    }
}

impl Subject for Entry {
    type Handle<E: Racer> = LruDict<u8, u8, E>;

    const WHOLE: Call = Call::Whole;

    fn any(rng: &mut Rng) -> Call {
        let value = rng.u8(..9);
        match rng.u8(..20) {
            0..3 => Call::Get,
            3 => Call::GetMany,
            4 => Call::ContainsKey,
            5..8 => Call::Set(value),
            8..11 => Call::Insert(value),
            11 => Call::Extend(value),
            12..14 => Call::Remove,
            14 => Call::Clear,
            15 => Call::Sync,
            16 => Call::SyncAndClear,
            17..19 => Call::SetAnother(1 + value % 3),
            _ => Call::GetAnother(1 + value % 3),
        }
    }

    async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
        LruDict::open(store, name, fastrand::usize(0..4))
    }

    async fn send<E: Racer>(dict: &Self::Handle<E>, call: Call) -> String {
        match call {
            Call::Get => E::told(dict.get(&0)).await,
            Call::GetMany => E::told(dict.get_many(&[0])).await,
            Call::ContainsKey => E::told(dict.contains_key(&0)).await,
            Call::Set(value) => E::told(dict.set(0, value)).await,
            Call::Insert(value) => E::told(dict.insert(0, value)).await,
            Call::Extend(value) => E::told(dict.extend([(0, value)])).await,
            Call::Remove => E::told(dict.remove(&0)).await,
            Call::Clear => E::told(dict.clear()).await,
            Call::Sync => E::told(dict.sync()).await,
            Call::SyncAndClear => E::told(dict.sync_and_clear()).await,
            Call::SetAnother(key) => E::told(dict.set(key, key)).await,
            Call::GetAnother(key) => {
                E::ask(dict.get(&key)).await;
                "()".into()
            }
            Call::Whole => {
                E::ask(dict.sync()).await;
                E::told(dict.remote().get(&0)).await
            }
        }
    }
}

async fn any_calls<E: Racer>(store: E) {
    bursts::<Entry, E>(store).await;
}
