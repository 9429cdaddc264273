//! [`play`]: lets random calls be made on a collection and on std's own type, and compares both.

mod arguments;
pub(crate) use arguments::{Change, Other, few, keys, values};

mod call;
pub(crate) use call::{Call, Calls, call};

mod key;
pub(crate) use key::calls_of_any_key;

mod pair;
pub(crate) use pair::{Pair, Twin};

mod scalar;
pub(crate) use scalar::{FIELD, Scalar, calls_of_any_scalar};

mod sequence;
use sequence::Sequence;

mod slice;
pub(crate) use slice::{Slice, place};

mod verdict;
pub(crate) use verdict::{
    Verdict, any_of, holds, is_out_of_range, is_overflow, refused, same, sorted,
};

mod witness;
use witness::Witness;

use std::{env, fmt::Debug};

use proptest::test_runner::{Config, RngSeed, TestRunner};
use redis_collections::Store;

/// How often a collection is played with, unless `MODEL_CASES` says so.
const CASES: u64 = 60;

/// How many calls are made each time.
const CALLS: usize = 200;

/// A collection that std has a type for.
pub(crate) trait Model: Sized + 'static {
    /// What std has for it.
    type Std: Clone + Debug + Default + PartialEq;

    /// The collection called `name`.
    fn open(store: &Store, name: &str) -> Self;

    /// The command that reads all of it, as any client would.
    fn read(name: &str) -> redis::Cmd;

    /// What the answer to that command says that there is.
    fn held(answer: redis::Value) -> Self::Std;

    /// Whether this is what there must be.
    fn is_as(held: &Self::Std, wanted: &Self::Std) -> bool {
        held == wanted
    }

    /// The calls, each with all the arguments that it may be given.
    fn calls() -> Calls<Self>;
}

/// Plays with a collection as often as `MODEL_CASES` says.
pub(crate) fn play<M: Model>() {
    let cases = setting("MODEL_CASES").unwrap_or(CASES);
    let first = setting("MODEL_SEED").unwrap_or_else(|| fastrand::u64(..u64::MAX / 2));
    let (store, witness) = Witness::alone();
    let calls = Sequence::new(M::calls(), CALLS);
    let rules = Config {
        cases: 1,
        failure_persistence: None,
        max_shrink_iters: 10_000,
        ..Config::default()
    };

    for seed in first..first + cases {
        let rules = Config { rng_seed: RngSeed::Fixed(seed), ..rules.clone() };
        let outcome =
            TestRunner::new(rules).run(&calls, |calls| witness.watch::<M>(&store, &calls));
        if let Err(failure) = outcome {
            panic!("MODEL_SEED={seed} MODEL_CASES=1 makes these calls:\n{failure}");
        }
    }
}

fn setting(name: &str) -> Option<u64> {
    env::var(name).ok().map(|setting| setting.parse().unwrap())
}
