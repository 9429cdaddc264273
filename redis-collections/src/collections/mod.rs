//! The collections, one to a file.

mod dict;
pub use dict::Dict;

mod value;
pub use value::Value;

mod number;
pub use number::{Number, Numeric};

mod sequence;
pub use sequence::Sequence;

mod list;
pub use list::List;

mod deque;
pub use deque::Deque;
