//! What the derive makes of a struct: names, types and bounds, proved on a real server.

mod attributes;
mod generics;
mod hygiene;
mod names;
