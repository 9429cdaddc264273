//! Who carries out requests, and the server that they go to.

mod flight;
pub use flight::Flight;

mod executor;
pub use executor::{Executor, Local};

mod wait;
pub(crate) use wait::Idle;
pub use wait::{Patience, Wait};

mod exchange;

mod batch;
pub(crate) use batch::Replies;
pub use batch::{Batch, Redeem, Ticket};

mod builder;
pub use builder::Builder;

#[cfg(all(feature = "server", unix))]
mod server;
#[cfg(all(feature = "server", unix))]
pub use server::Server;

mod blocking;
pub use blocking::Store;

#[cfg(feature = "aio")]
pub mod aio;
