//! [`Absent`]: what stands for a scalar that is not there.

use std::marker::PhantomData;

use crate::{error::Result, memory::field::FieldSite};

/// A scalar of type `T` that is not there.
///
/// Generated code calls [`fill`](Absent::fill) without knowing whether `T` has a default. If it
/// has, the inherent method is found first; else the one of [`OrMissing`] is.
#[derive(Debug, Default)]
pub struct Absent<T>(PhantomData<fn() -> T>);

impl<T> Absent<T> {
    /// One that is to be filled.
    pub fn new() -> Self {
        Absent(PhantomData)
    }
}

impl<T: Default> Absent<T> {
    /// The default.
    pub fn fill(&self, _: &FieldSite) -> Result<T> {
        Ok(T::default())
    }
}

/// What is left for a type without a default.
pub trait OrMissing<T> {
    /// The error that names the field.
    fn fill(&self, site: &FieldSite) -> Result<T>;
}

impl<T> OrMissing<T> for Absent<T> {
    fn fill(&self, site: &FieldSite) -> Result<T> {
        Err(site.missing())
    }
}
