//! [`Paging`]: how far a cursor has come; what an iterator and a stream have in common.

mod page;
pub(crate) use page::ElementHash;
pub use page::{Page, Pages};

use std::{collections::HashSet, vec};

use crate::error::{Error, Result};

/// How often in a row a page may fail to come before the course ends.
const FAILURES: usize = 3;

/// Where a cursor stands, and which elements it has given.
pub(crate) struct Paging<T> {
    page: vec::IntoIter<Result<T>>,
    next: Option<u64>,
    seen: HashSet<ElementHash>,
    failures: usize,
}

impl<T> Paging<T> {
    /// One that stands before the first element.
    pub(crate) fn new() -> Self {
        Paging { page: Vec::new().into_iter(), next: Some(0), seen: HashSet::new(), failures: 0 }
    }

    /// The next element of the page that is here.
    pub(crate) fn item(&mut self) -> Option<Result<T>> {
        self.page.next()
    }

    /// The cursor of the page to ask for, if there is another one.
    pub(crate) fn next(&mut self) -> Option<u64> {
        self.next.take()
    }

    /// Takes the answer for the page at `cursor`.
    ///
    /// A page that did not come is still the next one, so that who goes on after the error skips
    /// nothing; but not for ever, since not everybody looks at errors.
    pub(crate) fn turn(&mut self, cursor: u64, answer: Result<Page<T>>) -> Result<()> {
        match answer {
            Ok(page) => {
                self.failures = 0;
                self.next = (page.next != 0).then_some(page.next);
                self.page = self.new_of(cursor, page).into_iter();
                Ok(())
            }
            Err(error) => {
                self.failures += 1;
                if may_come(&error) && self.failures < FAILURES {
                    self.next = Some(cursor);
                }
                Err(error)
            }
        }
    }

    /// The elements of `page` that no page before it had.
    fn new_of(&mut self, cursor: u64, page: Page<T>) -> Vec<Result<T>> {
        let is_only = cursor == 0 && page.next == 0;
        let mut is_new = |element_hash| is_only || self.seen.insert(element_hash);
        let items = page.items.into_iter();
        items
            .filter_map(|(element_hash, item)| element_hash.is_none_or(&mut is_new).then_some(item))
            .collect()
    }
}

/// Whether the same page may come when it is asked for again.
fn may_come(error: &Error) -> bool {
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
        std::iter::from_fn(|| paging.item()).flatten().collect()
    }

    #[test]
    fn what_an_earlier_page_had_is_not_given_again() {
        let mut paging = Paging::new();

        assert!(paging.turn(0, Ok(page(7, &["a", "b"]))).is_ok());
        assert_eq!((items(&mut paging), paging.next()), (vec!["a".into(), "b".into()], Some(7)));
        assert!(paging.turn(7, Ok(page(0, &["b", "c", "a"]))).is_ok());
        assert_eq!((items(&mut paging), paging.next()), (vec!["c".into()], None));
    }

    #[test]
    fn the_only_page_leaves_no_marks() {
        let mut paging = Paging::new();

        assert!(paging.turn(0, Ok(page(0, &["a", "b"]))).is_ok());

        assert_eq!((items(&mut paging).len(), paging.seen.capacity()), (2, 0));
    }
}
