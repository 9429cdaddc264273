use redis_collections::{Dict, Store};

fn main() {
    let store = Store::temporary().unwrap();
    let ages: Dict<String, u32> = Dict::open(&store, "ages");

    store.atomic(|tx| ages.on(tx).modify("ada", |age| age)).unwrap();
}
