//! [`Iter`]: the cursor of a blocking store.

use std::fmt;

use super::Store;
use crate::{
    error::Result,
    store::{Pages, Paging},
};

/// An iterator over the elements of a collection, from `iter` on a blocking store.
///
/// An element present throughout is returned exactly once. One that is added or removed during the iteration
/// may or may not appear. An element that cannot be read is one `Err`, and the others follow.
///
/// The iterator keeps one page in memory. If there are several pages, it also keeps a hash of 20 to 40
/// bytes for each element, because a server repeats elements when it shrinks a hash table. (A list needs
/// no hashes: its pages go by index.)
///
/// If a page fails because the server is unreachable, slow or not ready, the next call reads the same page
/// again, so that no element is skipped. After three such failures in a row, or any other error, the
/// iterator ends. A cursor is valid for one run of a server: after a restart, begin anew.
pub struct Iter<P: Pages<Store<C>>, C: 'static> {
    pages: P,
    paging: Paging<P::Item>,
}

impl<P: Pages<Store<C>>, C: 'static> Iter<P, C> {
    /// Creates an iterator before the first element of `pages`. Sends nothing.
    pub(super) fn new(pages: P) -> Self {
        Iter { pages, paging: Paging::new() }
    }
}

impl<P: Pages<Store<C>>, C: 'static> Iterator for Iter<P, C> {
    type Item = Result<P::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.paging.take_element() {
                return Some(item);
            }
            let cursor = self.paging.take_cursor()?;
            if let Err(error) = self.paging.receive(cursor, self.pages.page(cursor)) {
                return Some(Err(error));
            }
        }
    }
}

impl<P: Pages<Store<C>>, C: 'static> fmt::Debug for Iter<P, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").field("key", self.pages.key()).finish_non_exhaustive()
    }
}
