//! The common calls of the local types. They note the entries that they touch, so that a sync
//! compares only these.

mod counts;
mod maps;
mod sequences;
mod sets;
