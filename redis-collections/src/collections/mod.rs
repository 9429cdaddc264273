//! The collections, one to a file.

mod dict;
pub use dict::Dict;
