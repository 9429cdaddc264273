//! [`Ticket`]: a recorded call, and [`Redeem`], which turns tickets into results.

use std::{fmt, mem, ops::Range};

use redis::Value;

use crate::{
    command::{Command, Request, reply},
    error::{Error, Outcome, Result},
};

/// A call that was recorded on a [`Batch`](crate::Batch).
///
/// Return it from the closure of [`pipeline`](crate::Store::pipeline) or [`atomic`](crate::Store::atomic)
/// to get the result of the call.
#[must_use = "return the ticket from the closure to get its result"]
pub struct Ticket<'a, T> {
    pub(super) state: TicketState<'a, T>,
}

/// A value that the closure of [`pipeline`](crate::Store::pipeline) or [`atomic`](crate::Store::atomic) can
/// return: a [`Ticket`], or a tuple, array, vector or option of tickets.
pub trait Redeem {
    /// The results, in the shape of the tickets.
    type Output;

    #[doc(hidden)]
    fn redeem(self, replies: &mut BatchReplies) -> Result<Self::Output>;
}

/// The replies to a batch, with its commands.
#[doc(hidden)]
pub struct BatchReplies {
    batch: u64,
    request: Request,
    values: Vec<Value>,
}

/// Where the result of a ticket comes from.
pub(super) enum TicketState<'a, T> {
    /// The call needed no request.
    Ready(Result<T>),
    /// From the batch's replies in `range`. If the request `is_one` command, `read` gets its reply, else
    /// an array.
    Recorded { batch: u64, range: Range<usize>, is_one: bool, read: Reader<'a, T> },
}

pub(super) type Reader<'a, T> = Box<dyn FnOnce(Value) -> Result<T> + Send + 'a>;

impl BatchReplies {
    /// The replies to the commands of `request`, which are the elements of `reply`.
    pub(crate) fn new(batch: u64, request: Request, reply: Value) -> Result<Self> {
        Ok(BatchReplies { batch, request, values: reply::items(reply)? })
    }

    fn command(&self, index: usize) -> Option<&Command> {
        self.request.commands().get(index)
    }
}

impl<T> fmt::Debug for Ticket<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").finish_non_exhaustive()
    }
}

impl<T> Redeem for Ticket<'_, T> {
    type Output = T;

    fn redeem(self, replies: &mut BatchReplies) -> Result<T> {
        let (batch, range, is_one, read) = match self.state {
            TicketState::Ready(result) => return result,
            TicketState::Recorded { batch, range, is_one, read } => (batch, range, is_one, read),
        };
        if batch != replies.batch {
            return Err(of_another_batch());
        }
        let (first, count) = (range.start, range.len());
        let is_part = replies.values.len() > count;
        let Some(own) = replies.values.get_mut(range) else {
            return Err(reply::unexpected("a reply to each call", &Value::Nil));
        };
        let mut own = own.iter_mut().map(mem::take);
        let reply =
            if is_one { own.next().unwrap_or_default() } else { Value::Array(own.collect()) };
        read(reply).map_err(|error| {
            let error = match replies.command(first) {
                Some(command) => error.with_location(|| command.location()),
                None => error,
            };
            // A script that failed changed nothing, but the other calls were carried out.
            match error.outcome() {
                Outcome::NotApplied if is_part => Error::Partly { failed: vec![(first, error)] },
                _ => error,
            }
        })
    }
}

/// The error for a ticket that is returned from the closure of another batch.
fn of_another_batch() -> Error {
    let call = "the closure of a batch".into();
    Error::Protocol { call, expected: "tickets of that batch", found: "a ticket of another batch" }
}

impl fmt::Debug for BatchReplies {
    /// Omits the replies, which contain stored values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchReplies").field("left", &self.values.len()).finish_non_exhaustive()
    }
}

impl<R: Redeem> Redeem for Vec<R> {
    type Output = Vec<R::Output>;

    fn redeem(self, replies: &mut BatchReplies) -> Result<Self::Output> {
        self.into_iter().map(|ticket| ticket.redeem(replies)).collect()
    }
}

impl<R: Redeem, const N: usize> Redeem for [R; N] {
    type Output = [R::Output; N];

    fn redeem(self, replies: &mut BatchReplies) -> Result<Self::Output> {
        let results = Vec::from(self).redeem(replies)?;
        let differ = |_| reply::unexpected("as many results as tickets", &Value::Nil);
        results.try_into().map_err(differ)
    }
}

impl<R: Redeem> Redeem for Option<R> {
    type Output = Option<R::Output>;

    fn redeem(self, replies: &mut BatchReplies) -> Result<Self::Output> {
        self.map(|ticket| ticket.redeem(replies)).transpose()
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

            #[allow(non_snake_case, reason = "one name for a type and its value")]
            fn redeem(self, replies: &mut BatchReplies) -> Result<Self::Output> {
                let ($($ticket,)+) = self;
                Ok(($($ticket.redeem(replies)?,)+))
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
