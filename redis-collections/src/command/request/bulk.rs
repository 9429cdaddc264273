//! Many values in one request, or in as many requests as they need.

use redis::RedisWrite;

use super::Request;
use crate::codec::{Codec, Lookup, encode_checked};

impl Request {
    /// The most items in one command of a bulk write. More are not faster, and stall the server.
    pub(crate) const ITEMS: usize = 500;

    /// Requests for all `items`: `start` makes each request, and `add` adds up to `most` items to it.
    pub(crate) fn bulk<I>(
        items: impl IntoIterator<Item = I>,
        most: usize,
        start: impl Fn() -> Request,
        mut add: impl FnMut(&mut Request, I),
    ) -> Vec<Request> {
        let mut items = items.into_iter().peekable();
        let mut requests = Vec::new();
        while items.peek().is_some() {
            let mut request = start();
            items.by_ref().take(most).for_each(|item| add(&mut request, item));
            requests.push(request);
        }
        requests
    }

    /// Adds values, each encoded by the codec `C` as a `T`.
    pub(crate) fn values<'v, C, T, Q>(mut self, values: impl IntoIterator<Item = &'v Q>) -> Self
    where
        C: Codec<T>,
        T: 'static,
        Q: Lookup<T, C> + ?Sized + 'v,
    {
        values.into_iter().for_each(|value| self.push_value::<C, T>(value));
        self
    }

    /// Adds a value, encoded by the codec `C` as a `T`.
    ///
    /// For loops, where moving the request for each value would cost as much as encoding a number.
    pub(crate) fn push_value<C: Codec<T>, T: 'static>(
        &mut self,
        value: &(impl Lookup<T, C> + ?Sized),
    ) {
        let Some(command) = self.command_mut() else { return };
        let added = encode_checked::<C, T>(value, |bytes| command.words.write_arg(bytes));
        if let Err(error) = added {
            self.fail(error);
        }
    }
}
