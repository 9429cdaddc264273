//! Requests that are made of several requests.

use super::{Body, Command, Request};
use crate::command::Retry;

impl Request {
    /// Puts `requests` into one transaction.
    pub(crate) fn atomic(requests: impl IntoIterator<Item = Request>) -> Self {
        Self::group(requests, Body::Atomic)
    }

    /// Sends `requests` in one transaction, or in several if they are too large for one.
    pub(crate) fn chunks(requests: impl IntoIterator<Item = Request>) -> Self {
        Self::group(requests, Body::Chunks)
    }

    /// Sends `requests` as chunks that only prepare the effect of `last`.
    pub(crate) fn staged(requests: impl IntoIterator<Item = Request>, last: Request) -> Self {
        Self::group(requests.into_iter().chain([last]), Body::Staged)
    }

    /// Sends `requests` together, but not atomically.
    pub(crate) fn pipeline(requests: impl IntoIterator<Item = Request>) -> Self {
        Self::group(requests, Body::Pipeline)
    }

    fn group(requests: impl IntoIterator<Item = Request>, body: fn(Vec<Command>) -> Body) -> Self {
        let mut group = Self::new(body(Vec::new()), Retry::Read);
        let mut commands = Vec::new();
        for mut request in requests {
            group.retry = group.retry.max(request.retry);
            group.schemas.append(&mut request.schemas);
            if let Err(error) = request.check() {
                group.fail(error);
            }
            commands.extend(request.into_commands());
        }
        group.body = body(commands);
        group
    }

    fn into_commands(self) -> Vec<Command> {
        match self.body {
            Body::One(command) => vec![command],
            Body::Atomic(all) | Body::Pipeline(all) | Body::Chunks(all) | Body::Staged(all) => all,
        }
    }
}
