//! [`Witness`]: looks at the server after each call, as any client would.

use std::cell::RefCell;

use proptest::test_runner::TestCaseError;
use redis::{Client, Connection, ConnectionLike, Value};
use redis_collections::{Server, Store};

use super::{Call, Model, Pair, Twin, Verdict, holds};

/// A connection of its own to the server that the calls are made on.
pub(super) struct Witness {
    connection: RefCell<Connection>,
    _server: Server,
}

/// How much earlier than it should a collection may vanish, in milliseconds: a case takes less.
const SLACK: i64 = 60_000;

/// The longest time that servers are told, in milliseconds.
const LONGEST: i64 = i64::MAX / 2;

impl Witness {
    /// A store for a model, and a witness of what it does.
    pub(super) fn alone() -> (Store, Self) {
        let server = Server::temporary().unwrap();
        let store = Store::open(server.url()).unwrap();
        let connection = Client::open(server.url()).unwrap().get_connection().unwrap();
        (store, Witness { connection: RefCell::new(connection), _server: server })
    }

    /// Makes all `calls`, and says which of them does not do what std does.
    pub(super) fn watch<M: Model>(&self, store: &Store, calls: &[Call<M>]) -> Verdict {
        let mut connection = self.connection.borrow_mut();
        redis::cmd("FLUSHALL").exec(&mut *connection)?;
        let mut pair = Pair::<M>::new(store);
        let question = question::<M>();

        for (at, call) in calls.iter().enumerate() {
            let verdict = call.make(&mut pair).and_then(|()| {
                let answers = connection.req_packed_commands(&question, 0, ANSWERS)?;
                compare(&mut pair, answers)
            });
            verdict.map_err(|why| TestCaseError::fail(format!("call {at}, {call:?}: {why}")))?;
        }
        Ok(())
    }
}

/// How many commands a question has.
const ANSWERS: usize = 5;

/// The commands that read all that there may be, and count what there is.
fn question<M: Model>() -> Vec<u8> {
    let mut question = Vec::new();
    for name in ["a", "b"] {
        M::read(name).write_packed_command(&mut question);
        redis::cmd("PTTL").arg(name).write_packed_command(&mut question);
    }
    redis::cmd("DBSIZE").write_packed_command(&mut question);
    question
}

fn compare<M: Model>(pair: &mut Pair<M>, answers: Vec<Value>) -> Verdict {
    let mut answers = answers.into_iter();
    let mut next = || answers.next().unwrap_or_default();
    let mut count = 0;
    for twin in [&mut pair.ours, &mut pair.theirs] {
        is_alike(twin, M::held(next()))?;
        stays_as_long(twin, number(next()))?;
        count += i64::from(!twin.is_missing());
    }
    let found = number(next());
    holds(found == count, || format!("expected {count} keys, found {found}"))
}

fn is_alike<M: Model>(twin: &Twin<M>, held: M::Std) -> Verdict {
    holds(M::is_as(&held, &twin.std), || {
        format!("expected {} to hold {:?}, found {held:?}", twin.name, twin.std)
    })
}

/// Whether a time to live is still there, and has not grown; what is empty has none.
fn stays_as_long<M: Model>(twin: &mut Twin<M>, found: i64) -> Verdict {
    if twin.is_missing() {
        twin.ttl = None;
    }
    let is_as_long = match twin.ttl {
        // A script keeps a time past 2^53 to a second or so: its numbers are doubles.
        Some(limit) => {
            found <= limit.saturating_add(limit >> 52) && found >= LONGEST.min(limit) - SLACK
        }
        None => found < 0,
    };
    let (name, ttl) = (twin.name, twin.ttl);
    twin.ttl = ttl.map(|_| found);
    holds(is_as_long, || format!("expected {name} to stay for {ttl:?} ms, found {found}"))
}

fn number(answer: Value) -> i64 {
    redis::from_redis_value(answer).unwrap()
}
