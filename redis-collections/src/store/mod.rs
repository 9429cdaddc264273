//! Who carries out requests, and the server that they go to.

mod shared_load;
pub use shared_load::SharedLoad;

mod executor;
pub use executor::{Connected, Executor};

mod wait;
pub(crate) use wait::Idle;
pub use wait::{Wait, WaitTimeout};

mod exchange;

mod batch;
pub(crate) use batch::BatchReplies;
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
