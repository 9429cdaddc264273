//! Derived structs on a real server: what their keys are, and what their calls do.

mod calls;
mod player;
mod stored;
