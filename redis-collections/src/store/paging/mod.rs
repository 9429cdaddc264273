//! [`Paging`]: the course of a cursor, which `Iter` and `Stream` share.

mod page;
pub(crate) use page::ElementHash;
pub use page::{Page, Pages};

use std::{collections::HashSet, vec};

use crate::error::{Error, Result};

/// How many times in a row a page may fail before the cursor ends.
const MAX_FAILURES: usize = 3;

/// The position of a cursor, and the elements that it has returned.
pub(crate) struct Paging<T> {
    /// The rest of the current page.
    page: vec::IntoIter<Result<T>>,
    /// The cursor of the page to read next.
    next: Option<u64>,
    seen: HashSet<ElementHash>,
    failures: usize,
}

impl<T> Paging<T> {
    /// A cursor before the first element.
    pub(crate) fn new() -> Self {
        Paging { page: Vec::new().into_iter(), next: Some(0), seen: HashSet::new(), failures: 0 }
    }

    /// Takes the next element of the current page.
    pub(crate) fn take_element(&mut self) -> Option<Result<T>> {
        self.page.next()
    }

    /// Takes the cursor of the page to read next, if there is one.
    pub(crate) fn take_cursor(&mut self) -> Option<u64> {
        self.next.take()
    }

    /// Receives the page at `cursor`.
    ///
    /// A page that failed is read again by the next call, so that no element is skipped. The number of
    /// failures is limited, since a loop that ignores errors would never end.
    pub(crate) fn receive(&mut self, cursor: u64, page: Result<Page<T>>) -> Result<()> {
        match page {
            Ok(page) => {
                self.failures = 0;
                self.next = (page.next != 0).then_some(page.next);
                self.page = self.unseen_elements(cursor, page).into_iter();
                Ok(())
            }
            Err(error) => {
                self.failures += 1;
                if is_temporary(&error) && self.failures < MAX_FAILURES {
                    self.next = Some(cursor);
                }
                Err(error)
            }
        }
    }

    /// The elements of `page` that no earlier page had.
    fn unseen_elements(&mut self, cursor: u64, page: Page<T>) -> Vec<Result<T>> {
        let is_only = cursor == 0 && page.next == 0;
        let mut is_new = |element_hash| is_only || self.seen.insert(element_hash);
        let items = page.items.into_iter();
        items
            .filter_map(|(element_hash, item)| element_hash.is_none_or(&mut is_new).then_some(item))
            .collect()
    }
}

/// Whether the same page can succeed when it is read again.
fn is_temporary(error: &Error) -> bool {
    matches!(error, Error::Unavailable { .. } | Error::Timeout { .. } | Error::NotReady { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(next: u64, items: &[&str]) -> Page<String> {
        let item = |item: &&str| (Some(ElementHash::of(item.as_bytes())), Ok((*item).to_string()));
        Page { next, items: items.iter().map(item).collect() }
    }

    fn items(paging: &mut Paging<String>) -> Vec<String> {
        std::iter::from_fn(|| paging.take_element()).flatten().collect()
    }

    #[test]
    fn an_element_of_an_earlier_page_is_not_returned_again() {
        let mut paging = Paging::new();

        assert!(paging.receive(0, Ok(page(7, &["a", "b"]))).is_ok());
        assert_eq!(
            (items(&mut paging), paging.take_cursor()),
            (vec!["a".into(), "b".into()], Some(7))
        );
        assert!(paging.receive(7, Ok(page(0, &["b", "c", "a"]))).is_ok());
        assert_eq!((items(&mut paging), paging.take_cursor()), (vec!["c".into()], None));
    }

    #[test]
    fn a_single_page_stores_no_hashes() {
        let mut paging = Paging::new();

        assert!(paging.receive(0, Ok(page(0, &["a", "b"]))).is_ok());

        assert_eq!((items(&mut paging).len(), paging.seen.capacity()), (2, 0));
    }
}
