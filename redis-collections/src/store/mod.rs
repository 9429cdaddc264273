//! The executors, which send requests, and the local server.

mod executor;
pub use executor::Executor;

mod shared_load;
pub(crate) use shared_load::SharedLoad;

mod paging;
pub(crate) use paging::{ElementHash, Paging};
pub use paging::{Page, Pages};

mod update;
pub(crate) use update::Update;

mod wait_timeout;
pub(crate) use wait_timeout::WaitTimeout;

mod connected;
pub use connected::Connected;

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

mod idle;
pub(crate) use idle::IdleConnections;

mod blocking;
pub use blocking::{Iter, Store};

#[cfg(feature = "aio")]
pub mod aio;
