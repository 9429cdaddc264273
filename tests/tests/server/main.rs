//! `Server`: real processes that come, go, and are killed.

#![cfg(unix)]

mod persistent;
mod refusals;
mod temporary;
mod user;
