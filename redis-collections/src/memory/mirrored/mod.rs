//! What each collection is in memory: a file for each local type.

mod maps;

mod default_map;

mod tally;

mod sets;

mod scores;

mod places;

mod sequences;
