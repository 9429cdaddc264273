//! The common calls of the local types, which note what they touch and so cost no comparison of all.

mod counts;
mod maps;
mod sequences;
mod sets;
