//! The collections, one to a file.

mod dict;
pub use dict::Dict;

mod default_dict;
pub use default_dict::DefaultDict;

mod counter;
pub use counter::Counter;

mod set;
pub use set::Set;

mod sorted_set_counter;
pub use sorted_set_counter::{Score, SortedSetCounter};

mod geo_db;
pub use geo_db::{Area, GeoDb, Near, Order, SearchOptions};

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
