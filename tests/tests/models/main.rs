//! Each collection beside std's own type: random calls, all of them compared, on a server of their own.
//!
//! `MODEL_CASES` says how many times each collection is played with; a failure names the
//! `MODEL_SEED` that plays the same calls again.

#![allow(clippy::needless_pass_by_value, reason = "a call says what is wanted as a value")]

mod engine;

mod counter;
mod deque;
mod dict;
mod geo_db;
mod list;
mod number;
mod set;
mod sorted_set_counter;
mod value;
