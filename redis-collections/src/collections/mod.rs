//! The collections, one to a file.

mod value;
pub use value::Value;

mod number;
pub use number::{Number, Numeric};

mod dict;
pub use dict::Dict;

mod counter;
pub use counter::{Counter, Counts};
