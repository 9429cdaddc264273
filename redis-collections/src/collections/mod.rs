//! The collections, one to a file.

mod value;
pub use value::Value;

mod number;
pub use number::{Number, Numeric};

mod dict;
pub use dict::Dict;

mod default_dict;
pub use default_dict::DefaultDict;

mod counter;
pub use counter::{Counter, Counts};
