//! Two collections in one call, wherever the other one is.

mod elsewhere;
mod equality;
mod here;
mod local;
