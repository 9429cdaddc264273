//! [`Call`]: one call with its arguments, that can be made on both sides.

use std::{
    fmt::{self, Debug},
    rc::Rc,
};

use proptest::prelude::*;

use super::{Model, Pair, Verdict};

/// The calls of a collection.
pub(crate) type Calls<M> = Vec<BoxedStrategy<Call<M>>>;

/// A call on one of the two collections.
pub(crate) struct Call<M> {
    /// Whether it is made on the second one.
    turned: bool,
    call: Rc<dyn Make<M>>,
}

/// The call `name` with what `arguments` gives; `make` makes it on both sides.
pub(crate) fn call<M: Model, A: Clone + Debug + 'static>(
    name: &'static str,
    arguments: impl Strategy<Value = A> + 'static,
    make: fn(&mut Pair<M>, A) -> Verdict,
) -> BoxedStrategy<Call<M>> {
    let call = move |(turned, arguments)| {
        let call = Rc::new(Named { name, arguments, make });
        Call { turned, call }
    };
    (any::<bool>(), arguments).prop_map(call).boxed()
}

impl<M: Model> Call<M> {
    /// Makes the call on both sides, and says whether they answer alike.
    pub(crate) fn make(&self, pair: &mut Pair<M>) -> Verdict {
        if self.turned {
            pair.turn();
        }
        let verdict = self.call.make(pair);
        if self.turned {
            pair.turn();
        }
        verdict
    }
}

/// As it would stand in a program, but for the arguments of closures.
impl<M> Debug for Call<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.turned { "b." } else { "a." })?;
        self.call.fmt(f)
    }
}

trait Make<M: Model>: Debug {
    fn make(&self, pair: &mut Pair<M>) -> Verdict;
}

struct Named<M: Model, A> {
    name: &'static str,
    arguments: A,
    make: fn(&mut Pair<M>, A) -> Verdict,
}

impl<M: Model, A: Clone + Debug> Make<M> for Named<M, A> {
    fn make(&self, pair: &mut Pair<M>) -> Verdict {
        (self.make)(pair, self.arguments.clone())
    }
}

impl<M: Model, A: Debug> Debug for Named<M, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments = format!("{:?}", self.arguments);
        if arguments.starts_with('(') {
            write!(f, "{}{arguments}", self.name)
        } else {
            write!(f, "{}({arguments})", self.name)
        }
    }
}
