//! [`Verdict`]: whether both sides did the same.

use std::fmt::Debug;

use proptest::test_runner::TestCaseError;
use redis_collections::Error;

/// Nothing, or what is not the same.
pub(crate) type Verdict = Result<(), TestCaseError>;

/// Whether a call answers what std does.
pub(crate) fn same<T: Debug + PartialEq>(found: Result<T, Error>, wanted: T) -> Verdict {
    match found {
        Ok(found) => holds(found == wanted, || format!("expected {wanted:?}, found {found:?}")),
        Err(error) => holds(false, || format!("expected {wanted:?}, found {error}")),
    }
}

/// Whether a call is refused with the error that it must be refused with.
pub(crate) fn refused<T: Debug>(found: Result<T, Error>, is_right: fn(&Error) -> bool) -> Verdict {
    match found {
        Err(error) => holds(is_right(&error), || format!("expected another error, found {error}")),
        Ok(found) => holds(false, || format!("expected an error, found {found:?}")),
    }
}

/// Whether an error says that something is out of range.
pub(crate) fn is_out_of_range(error: &Error) -> bool {
    matches!(error, Error::OutOfRange { .. })
}

/// Whether an error says that a number would be.
pub(crate) fn is_overflow(error: &Error) -> bool {
    matches!(error, Error::Overflow { .. })
}

/// Whether a call that may give any of `all` gives one of them, or nothing if there is none.
pub(crate) fn any_of<T: Debug + PartialEq>(
    found: Option<&T>,
    all: impl IntoIterator<Item = T>,
) -> Verdict {
    let mut all = all.into_iter();
    let is_one = match found {
        Some(found) => all.any(|one| one == *found),
        None => all.next().is_none(),
    };
    holds(is_one, || format!("found {found:?}, which was not there"))
}

/// What comes in no order, in one that can be compared.
pub(crate) fn sorted<T: Ord>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.into_iter().collect();
    all.sort_unstable();
    all
}

/// Whether something is true that `otherwise` says the opposite of.
pub(crate) fn holds(is_true: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if is_true { Ok(()) } else { Err(TestCaseError::fail(otherwise())) }
}
