//! [`bursts`]: short histories of any calls on one key, each of which must have a serial order.

use std::{
    env,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use fastrand::Rng;

use crate::{
    engine::{RACERS, Racer},
    history::{Event, Model, is_serial},
};

/// How many calls each racer makes in a burst.
const CALLS: usize = 4;

/// How many calls one client makes before, so that there is something to race for.
const BEFORE: usize = 4;

/// A [`Model`] with the collection that it is a model of.
pub(crate) trait Subject: Model + Default + Send {
    type Handle<E: Racer>: Clone + Send + Sync + 'static;

    /// The call that tells all that stands there.
    const WHOLE: Self::Call;

    /// Any call, with small arguments, so that calls collide.
    fn any(rng: &mut Rng) -> Self::Call;

    /// Opens the collection called `name`.
    fn open<E: Racer>(store: &E, name: &str) -> impl Future<Output = Self::Handle<E>> + Send;

    /// Makes `call`, and returns what it is told.
    fn send<E: Racer>(
        handle: &Self::Handle<E>,
        call: Self::Call,
    ) -> impl Future<Output = String> + Send;
}

/// Plays as many bursts as `RACE_ROUNDS` says, each on a key of its own.
pub(crate) async fn bursts<S: Subject, E: Racer>(store: E) {
    if let Some((round, history)) = first_without_order::<S, E>(store).await {
        panic!("no serial order, RACE_SEED={} in round {round}: {history:#?}", *SEED);
    }
}

async fn first_without_order<S: Subject, E: Racer>(store: E) -> Option<(u64, History<S>)> {
    for round in 0..rounds() {
        let mut rng = Rng::with_seed(SEED.wrapping_add(round));
        let handle = S::open(&store, &format!("burst{round}")).await;
        let history = burst::<S, E>(&handle, &mut rng).await;
        if !is_serial(&S::default(), &history) {
            return Some((round, history));
        }
    }
    None
}

async fn burst<S: Subject, E: Racer>(handle: &S::Handle<E>, rng: &mut Rng) -> History<S> {
    let clock = Arc::new(AtomicU64::new(0));
    let mut calls = |count| -> Vec<S::Call> { (0..count).map(|_| S::any(rng)).collect() };
    let before = calls(BEFORE);
    let each: Vec<_> = (0..RACERS).map(|_| calls(CALLS)).collect();

    let mut history = record::<S, E>(handle, &clock, before).await;
    let racers = (handle.clone(), clock.clone(), each);
    let raced = E::race(&racers, |(handle, clock, mut each), at| async move {
        record::<S, E>(&handle, &clock, each.swap_remove(at)).await
    });
    history.extend(raced.await.into_iter().flatten());
    history.extend(record::<S, E>(handle, &clock, vec![S::WHOLE]).await);
    history
}

type History<S> = Vec<Event<<S as Model>::Call>>;

async fn record<S: Subject, E: Racer>(
    handle: &S::Handle<E>,
    clock: &AtomicU64,
    calls: Vec<S::Call>,
) -> History<S> {
    let mut history = Vec::new();
    for call in calls {
        let began = clock.fetch_add(1, Ordering::SeqCst);
        let told = S::send(handle, call).await;
        history.push(Event { call, told, began, ended: clock.fetch_add(1, Ordering::SeqCst) });
    }
    history
}

/// `RACE_SEED`, or another each time.
static SEED: LazyLock<u64> = LazyLock::new(|| {
    let seed = env::var("RACE_SEED").map_or_else(|_| fastrand::u64(..), |it| it.parse().unwrap());
    println!("RACE_SEED={seed}");
    seed
});

fn rounds() -> u64 {
    env::var("RACE_ROUNDS").map_or(100, |rounds| rounds.parse().unwrap())
}

#[cfg(test)]
mod tests {
    use redis_collections::Number;

    use super::{Racer, Rng, Subject, first_without_order};
    use crate::{
        engine::on_threads_and_tasks,
        history::{Model, only},
    };

    on_threads_and_tasks! { a_call_that_is_two_calls_is_found_out }

    #[derive(Clone, Copy, Debug)]
    enum Call {
        Add,
        Whole,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
    struct Careless(i64);

    impl Model for Careless {
        type Call = Call;

        fn outcomes(&self, call: Call) -> Vec<(String, Self)> {
            only(self, |number| {
                number.0 += i64::from(matches!(call, Call::Add));
                number.0
            })
        }
    }

    impl Subject for Careless {
        type Handle<E: Racer> = Number<i64, E>;

        const WHOLE: Call = Call::Whole;

        fn any(_: &mut Rng) -> Call {
            Call::Add
        }

        async fn open<E: Racer>(store: &E, name: &str) -> Self::Handle<E> {
            Number::open(store, name, "number")
        }

        async fn send<E: Racer>(number: &Self::Handle<E>, call: Call) -> String {
            if let Call::Add = call {
                let old = E::ask(number.get()).await;
                E::ask(number.set(old + 1)).await;
                return format!("{:?}", old + 1);
            }
            E::told(number.get()).await
        }
    }

    async fn a_call_that_is_two_calls_is_found_out<E: Racer>(store: E) {
        assert!(first_without_order::<Careless, E>(store).await.is_some());
    }
}
