//! The local types that std lacks. Each has the content of a collection.

mod default_map;
pub use default_map::DefaultMap;

mod tally;
pub use tally::Tally;

mod scores;
pub use scores::Scores;

mod coordinates;
pub use coordinates::{Coordinates, Unit};

mod places;
pub use places::Places;
