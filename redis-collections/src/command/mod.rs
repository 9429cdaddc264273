//! What to ask of Redis, and how to read the answer.

mod key;
pub use key::Key;

mod schema;
pub use schema::{FieldSchema, Schema};

mod kind;
pub use kind::Kind;

mod fate;
pub(crate) use fate::Fate;

mod script;
pub use script::Script;

mod request;
pub use request::Request;
pub(crate) use request::{Body, Words};

pub mod reply;

mod answers;
pub use answers::Answers;
