//! The types in memory that std does not have, each the twin of a collection.

mod tally;
pub use tally::Tally;

mod default_map;
pub use default_map::DefaultMap;
