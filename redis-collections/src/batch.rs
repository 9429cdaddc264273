//! [`Batch`]: calls are recorded, sent together, and answered together.

use std::{
    fmt,
    marker::PhantomData,
    mem,
    ops::Range,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use redis::Value;

use crate::{Error, Executor, Key, Outcome, Request, Result, reply, request::Words};

/// A recording of calls: what [`pipeline`](crate::Store::pipeline) and
/// [`atomic`](crate::Store::atomic) hand to their closure.
///
/// ```
/// # use redis_collections::{Counter, Dict, Store};
/// # let store = Store::temporary()?;
/// let ages: Dict<String, u32> = Dict::open(&store, "ages");
/// let visits: Counter<String> = Counter::open(&store, "visits");
///
/// let (old, count) =
///     store.atomic(|tx| (ages.on(tx).get("ada"), visits.on(tx).add("home", 2)))?;
/// assert_eq!((old, count), (None, 2)); //       MULTI, HGET ages "ada", HINCRBY visits "home" 2, EXEC
/// # Ok::<_, redis_collections::Error>(())
/// ```
pub struct Batch<C> {
    recorded: Arc<Mutex<Recorded>>,
    namespace: Option<Arc<str>>,
    server: Arc<str>,
    codec: PhantomData<fn() -> C>,
}

/// The promise of one answer.
#[must_use = "return the ticket from the closure to get its answer"]
pub struct Ticket<'a, T> {
    answer: Promise<'a, T>,
}

/// Tickets, and tuples, arrays, vectors and options of them, that a batch turns into answers.
pub trait Redeem {
    /// The answers, in the shape of the tickets.
    type Output;

    #[doc(hidden)]
    fn redeem(self, answers: &mut Replies) -> Result<Self::Output>;
}

/// The replies to a batch, each beside the command that asked for it.
#[doc(hidden)]
pub struct Replies {
    batch: u64,
    request: Request,
    values: Vec<Value>,
}

#[derive(Default)]
struct Recorded {
    /// What tells this batch from all others.
    number: u64,
    requests: Vec<Request>,
    commands: usize,
}

enum Promise<'a, T> {
    Ready(Result<T>),
    Recorded { batch: u64, range: Range<usize>, alone: bool, read: Reader<'a, T> },
}

type Reader<'a, T> = Box<dyn FnOnce(Value) -> Result<T> + Send + 'a>;

impl<C: 'static> Batch<C> {
    /// Lets `calls` record, and gives back what it returned beside what it recorded, and what tells
    /// this batch from all others.
    pub(crate) fn record<R>(
        namespace: Option<Arc<str>>,
        server: Arc<str>,
        calls: impl FnOnce(&Self) -> R,
    ) -> (R, Vec<Request>, u64) {
        static NEXT: AtomicU64 = AtomicU64::new(0);

        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let recorded = Arc::new(Mutex::new(Recorded { number, ..Recorded::default() }));
        let batch = Batch { recorded, namespace, server, codec: PhantomData };
        let tickets = calls(&batch);
        let requests = mem::take(&mut batch.recorded().requests);
        (tickets, requests, number)
    }
}

impl<C> Batch<C> {
    /// What was recorded; a call that panicked while it recorded has left it whole.
    fn recorded(&self) -> MutexGuard<'_, Recorded> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Replies {
    /// The replies that `answer` holds to the commands of `request`.
    pub(crate) fn new(batch: u64, request: Request, answer: Value) -> Result<Self> {
        Ok(Replies { batch, request, values: reply::items(answer)? })
    }

    fn words(&self, at: usize) -> Option<&Words> {
        self.request.all().get(at)
    }
}

impl<C: 'static> Executor for Batch<C> {
    type Codec = C;
    type With<D: 'static> = Batch<D>;
    type Reply<'a, T: Send + 'a> = Ticket<'a, T>;

    fn with<D: 'static>(&self) -> Batch<D> {
        Batch {
            recorded: self.recorded.clone(),
            namespace: self.namespace.clone(),
            server: self.server.clone(),
            codec: PhantomData,
        }
    }

    fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    fn server(&self) -> &str {
        &self.server
    }

    fn run<'a, T: Send + 'a>(
        &self,
        request: Request,
        read: impl FnOnce(Value) -> Result<T> + Send + 'a,
    ) -> Ticket<'a, T> {
        let request = request.in_batch();
        let mut recorded = self.recorded();
        let start = recorded.commands;
        let alone = request.is_one();
        recorded.commands += request.all().len();
        recorded.requests.push(request);
        let (batch, range) = (recorded.number, start..recorded.commands);
        Ticket { answer: Promise::Recorded { batch, range, alone, read: Box::new(read) } }
    }

    /// A batch has no answers yet: what has to be asked first is refused, and with it the batch.
    fn gather<'a, T: Send + 'a>(
        &self,
        key: &Key,
        asks: Vec<(Self, Request)>,
        then: impl FnOnce(Vec<Value>) -> Ticket<'a, T> + Send + 'a,
    ) -> Ticket<'a, T> {
        let Some((_, ask)) = asks.first() else { return then(Vec::new()) };
        let error = Error::CrossServer { key: key.to_string(), other: ask.place().0 };
        self.run(Request::read("EXISTS", key).fail(error), reply::nothing)
    }

    fn ready<'a, T: Send + 'a>(&self, answer: Result<T>) -> Ticket<'a, T> {
        Ticket { answer: Promise::Ready(answer) }
    }
}

impl<C> Clone for Batch<C> {
    fn clone(&self) -> Self {
        Batch {
            recorded: self.recorded.clone(),
            namespace: self.namespace.clone(),
            server: self.server.clone(),
            codec: PhantomData,
        }
    }
}

impl<C> fmt::Debug for Batch<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("commands", &self.recorded().commands).finish()
    }
}

impl<T> fmt::Debug for Ticket<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").finish_non_exhaustive()
    }
}

impl<T> Redeem for Ticket<'_, T> {
    type Output = T;

    fn redeem(self, answers: &mut Replies) -> Result<T> {
        let (batch, range, alone, read) = match self.answer {
            Promise::Ready(answer) => return answer,
            Promise::Recorded { batch, range, alone, read } => (batch, range, alone, read),
        };
        if batch != answers.batch {
            return Err(foreign());
        }
        let (first, count) = (range.start, range.len());
        let is_part = answers.values.len() > count;
        let Some(replies) = answers.values.get_mut(range) else {
            return Err(reply::unexpected("a reply to each call", &Value::Nil));
        };
        let mut replies = replies.iter_mut().map(mem::take);
        let reply = if alone {
            replies.next().unwrap_or_default()
        } else {
            Value::Array(replies.collect())
        };
        read(reply).map_err(|error| {
            let error = match answers.words(first) {
                Some(words) => error.at(|| words.place()),
                None => error,
            };
            // A script that refused has changed nothing, but the calls beside it were carried out.
            match error.outcome() {
                Outcome::NotApplied if is_part => Error::Partly { failed: vec![(first, error)] },
                _ => error,
            }
        })
    }
}

/// The error for a ticket that was kept, and returned from the closure of another batch.
fn foreign() -> Error {
    let call = "a batch".into();
    Error::Protocol { call, expected: "tickets of its own", found: "one of another batch" }
}

impl fmt::Debug for Replies {
    /// Without the replies, which hold what is stored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replies").field("left", &self.values.len()).finish_non_exhaustive()
    }
}

impl<R: Redeem> Redeem for Vec<R> {
    type Output = Vec<R::Output>;

    fn redeem(self, answers: &mut Replies) -> Result<Self::Output> {
        self.into_iter().map(|ticket| ticket.redeem(answers)).collect()
    }
}

impl<R: Redeem, const N: usize> Redeem for [R; N] {
    type Output = [R::Output; N];

    fn redeem(self, answers: &mut Replies) -> Result<Self::Output> {
        let answers = Vec::from(self).redeem(answers)?;
        let differ = |_| reply::unexpected("as many answers as tickets", &Value::Nil);
        answers.try_into().map_err(differ)
    }
}

impl<R: Redeem> Redeem for Option<R> {
    type Output = Option<R::Output>;

    fn redeem(self, answers: &mut Replies) -> Result<Self::Output> {
        self.map(|ticket| ticket.redeem(answers)).transpose()
    }
}

impl Redeem for () {
    type Output = ();

    fn redeem(self, _: &mut Replies) -> Result<()> {
        Ok(())
    }
}

macro_rules! redeem_tuple {
    ($($ticket:ident)+) => {
        impl<$($ticket: Redeem),+> Redeem for ($($ticket,)+) {
            type Output = ($($ticket::Output,)+);

            #[allow(non_snake_case, reason = "one name serves the type and its value")]
            fn redeem(self, answers: &mut Replies) -> Result<Self::Output> {
                let ($($ticket,)+) = self;
                Ok(($($ticket.redeem(answers)?,)+))
            }
        }
    };
}

redeem_tuple!(A);
redeem_tuple!(A B);
redeem_tuple!(A B C);
redeem_tuple!(A B C D);
redeem_tuple!(A B C D E);
redeem_tuple!(A B C D E F);
redeem_tuple!(A B C D E F G);
redeem_tuple!(A B C D E F G H);
redeem_tuple!(A B C D E F G H I);
redeem_tuple!(A B C D E F G H I J);
redeem_tuple!(A B C D E F G H I J K);
redeem_tuple!(A B C D E F G H I J K L);
