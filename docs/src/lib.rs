// Each page is a module, so that every program in it is compiled and run. `links.md` comes before each
// page, because rustdoc uses the first definition of a link. So here a name leads to its
// documentation. On a repository page, without `links.md`, it leads to the guide. Doc tests leave
// `links.md` out, so that their line numbers are those of the page.
#![cfg_attr(not(doctest), doc = include_str!("links.md"))]
#![doc = include_str!("../guide/README.md")]

#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[doc = include_str!("../../README.md")]
pub mod readme {}

#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[doc = include_str!("../guide/getting-started.md")]
pub mod getting_started {}

#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[doc = include_str!("../guide/structs.md")]
pub mod structs {}

#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[doc = include_str!("../guide/collections.md")]
pub mod collections {}

#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[doc = include_str!("../guide/sync-and-lru.md")]
pub mod sync_and_lru {}

#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[doc = include_str!("../guide/async-and-transactions.md")]
pub mod async_and_transactions {}

#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[doc = include_str!("../guide/errors.md")]
pub mod errors {}

#[cfg_attr(not(doctest), doc = include_str!("links.md"))]
#[doc = include_str!("../guide/running-a-server.md")]
pub mod running_a_server {}

#[doc = include_str!("../python.md")]
pub mod from_python {}
