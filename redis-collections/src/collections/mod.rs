//! The collections, one file or folder each, after the parts that they share.

mod collection;
pub use collection::{Collection, KeyHandle};
pub(crate) use collection::{KeySite, Options, millis};

mod operand;
pub use operand::Operand;

mod hash_field;
pub use hash_field::HashField;

mod scan;
pub(crate) use scan::{Element, Scan};

pub(crate) mod modify;

mod value;
pub use value::Value;

pub(crate) mod number;
pub use number::{Number, Numeric};

mod dict;
pub use dict::Dict;

mod default_dict;
pub use default_dict::DefaultDict;

pub(crate) mod counter;
pub use counter::Counter;

mod set;
pub use set::Set;

pub(crate) mod sorted_set_counter;
pub use sorted_set_counter::{Score, SortedSetCounter};

pub(crate) mod geo_db;
pub use geo_db::{Area, GeoDb, Near, Order, SearchOptions};

mod sequence;
pub use sequence::Sequence;

mod list;
pub use list::List;

mod deque;
pub use deque::Deque;
