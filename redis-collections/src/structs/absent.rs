//! [`Absent`]: the value of a scalar field without a stored value.

use std::marker::PhantomData;

use crate::{error::Result, memory::field::FieldSite};

/// A scalar field of type `T` without a stored value.
///
/// Generated code calls [`fill`](Absent::fill), and does not know whether `T` implements [`Default`]. If it
/// does, the compiler finds the inherent method first, else the method of [`OrMissing`].
#[derive(Debug, Default)]
pub struct Absent<T>(PhantomData<fn() -> T>);

impl<T> Absent<T> {
    /// Creates the absent value.
    pub fn new() -> Self {
        Absent(PhantomData)
    }
}

impl<T: Default> Absent<T> {
    /// Returns the default of the type.
    pub fn fill(&self, _: &FieldSite) -> Result<T> {
        Ok(T::default())
    }
}

/// The fallback for a type without a default.
pub trait OrMissing<T> {
    /// Returns the error [`Missing`](crate::Error::Missing).
    fn fill(&self, site: &FieldSite) -> Result<T>;
}

impl<T> OrMissing<T> for Absent<T> {
    fn fill(&self, site: &FieldSite) -> Result<T> {
        Err(site.missing())
    }
}
