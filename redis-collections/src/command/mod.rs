//! Requests to Redis, and readers of their replies.

mod key;
pub use key::Key;

mod schema;
pub use schema::{FieldSchema, Schema};

mod retry;
pub(crate) use retry::Retry;

mod in_doubt;
pub(crate) use in_doubt::InDoubt;

mod script;
pub use script::Script;

mod request;
pub use request::Request;
pub(crate) use request::{Body, Command};

pub mod reply;

mod replies;
pub use replies::Replies;
