//! Collections in memory: what they write, what they leave alone, and when they refuse.

mod checked;
mod entries;
mod losses;
mod peers;
mod scopes;
mod staged;
mod whole;
