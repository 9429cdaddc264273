//! What adds many values to a request, or to as many requests as it takes.

use redis::RedisWrite;

use super::Request;
use crate::codec::{Codec, Lookup, encode_checked};

impl Request {
    /// How many items one command of a bulk write has at the most. More are not faster, and hold up
    /// the server.
    pub(crate) const ITEMS: usize = 500;

    /// The requests that `start` gives, each with `most` of `items`, as `add` adds one.
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

    /// Adds values that stand for a `T` each, encoded by `C`.
    pub(crate) fn values<'v, C, T, Q>(mut self, values: impl IntoIterator<Item = &'v Q>) -> Self
    where
        C: Codec<T>,
        T: 'static,
        Q: Lookup<T, C> + ?Sized + 'v,
    {
        values.into_iter().for_each(|value| self.push_value::<C, T>(value));
        self
    }

    /// Adds a value that stands for a `T`, encoded by `C`.
    ///
    /// For many of them: to hand the request on with each takes as long as to encode a number.
    pub(crate) fn push_value<C: Codec<T>, T: 'static>(
        &mut self,
        value: &(impl Lookup<T, C> + ?Sized),
    ) {
        let Some(command) = self.command_mut() else { return };
        let added = encode_checked::<C, T>(value, |bytes| command.words.write_arg(bytes));
        if let Err(error) = added {
            self.refuse(error);
        }
    }
}
