//! [`Ticket`]: the promise of one answer, and [`Redeem`], which makes answers of tickets.

use std::{fmt, mem, ops::Range};

use redis::Value;

use crate::{
    command::{Command, Request, reply},
    error::{Error, Outcome, Result},
};

/// The promise of one answer.
#[must_use = "return the ticket from the closure to get its answer"]
pub struct Ticket<'a, T> {
    pub(super) answer: Promise<'a, T>,
}

/// Tickets, and tuples, arrays, vectors and options of them, that a batch turns into answers.
pub trait Redeem {
    /// The answers, in the shape of the tickets.
    type Output;

    #[doc(hidden)]
    fn redeem(self, answers: &mut BatchReplies) -> Result<Self::Output>;
}

/// The replies to a batch, each beside the command that asked for it.
#[doc(hidden)]
pub struct BatchReplies {
    batch: u64,
    request: Request,
    values: Vec<Value>,
}

/// Where the answer comes from.
pub(super) enum Promise<'a, T> {
    Ready(Result<T>),
    Recorded { batch: u64, range: Range<usize>, alone: bool, read: Reader<'a, T> },
}

pub(super) type Reader<'a, T> = Box<dyn FnOnce(Value) -> Result<T> + Send + 'a>;

impl BatchReplies {
    /// The replies that `answer` holds to the commands of `request`.
    pub(crate) fn new(batch: u64, request: Request, answer: Value) -> Result<Self> {
        Ok(BatchReplies { batch, request, values: reply::items(answer)? })
    }

    fn command(&self, at: usize) -> Option<&Command> {
        self.request.commands().get(at)
    }
}

impl<T> fmt::Debug for Ticket<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").finish_non_exhaustive()
    }
}

impl<T> Redeem for Ticket<'_, T> {
    type Output = T;

    fn redeem(self, answers: &mut BatchReplies) -> Result<T> {
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
            let error = match answers.command(first) {
                Some(command) => error.with_location(|| command.location()),
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

impl fmt::Debug for BatchReplies {
    /// Without the replies, which hold what is stored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchReplies").field("left", &self.values.len()).finish_non_exhaustive()
    }
}

impl<R: Redeem> Redeem for Vec<R> {
    type Output = Vec<R::Output>;

    fn redeem(self, answers: &mut BatchReplies) -> Result<Self::Output> {
        self.into_iter().map(|ticket| ticket.redeem(answers)).collect()
    }
}

impl<R: Redeem, const N: usize> Redeem for [R; N] {
    type Output = [R::Output; N];

    fn redeem(self, answers: &mut BatchReplies) -> Result<Self::Output> {
        let answers = Vec::from(self).redeem(answers)?;
        let differ = |_| reply::unexpected("as many answers as tickets", &Value::Nil);
        answers.try_into().map_err(differ)
    }
}

impl<R: Redeem> Redeem for Option<R> {
    type Output = Option<R::Output>;

    fn redeem(self, answers: &mut BatchReplies) -> Result<Self::Output> {
        self.map(|ticket| ticket.redeem(answers)).transpose()
    }
}

impl Redeem for () {
    type Output = ();

    fn redeem(self, _: &mut BatchReplies) -> Result<()> {
        Ok(())
    }
}

macro_rules! redeem_tuple {
    ($($ticket:ident)+) => {
        impl<$($ticket: Redeem),+> Redeem for ($($ticket,)+) {
            type Output = ($($ticket::Output,)+);

            #[allow(non_snake_case, reason = "one name serves the type and its value")]
            fn redeem(self, answers: &mut BatchReplies) -> Result<Self::Output> {
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
