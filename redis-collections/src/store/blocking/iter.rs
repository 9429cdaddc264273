//! [`Iter`]: a cursor that blocks.

use std::fmt;

use super::Store;
use crate::{
    error::Result,
    store::{Pages, Paging},
};

/// An iterator over the elements of a collection, from `iter` on a blocking store.
///
/// It holds one page at a time, and a mark of 20 to 40 bytes for each element that it has given, if
/// there is more than one page: a server repeats elements when it makes its table smaller, and they
/// are given once. An element that is there from the first to the last page is given; one that
/// comes or goes meanwhile may be. (A list has no marks: its pages go by index.)
///
/// One that cannot be read is one `Err`, and the others follow. After a page that did not come, the
/// next call asks for the same page again, so that nothing is skipped; the third time in a row is
/// the end, as is at once any other error. A cursor belongs to one run of a server: after a restart
/// in the middle, begin anew.
pub struct Iter<P: Pages<Store<C>>, C: 'static> {
    pages: P,
    paging: Paging<P::Item>,
}

impl<P: Pages<Store<C>>, C: 'static> Iter<P, C> {
    /// Starts before the first element of `pages`. Sends nothing.
    pub(super) fn new(pages: P) -> Self {
        Iter { pages, paging: Paging::new() }
    }
}

impl<P: Pages<Store<C>>, C: 'static> Iterator for Iter<P, C> {
    type Item = Result<P::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.paging.item() {
                return Some(item);
            }
            let cursor = self.paging.next()?;
            if let Err(error) = self.paging.turn(cursor, self.pages.page(cursor)) {
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
