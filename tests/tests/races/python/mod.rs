//! What goes wrong in the Python library when two use one key, each by the behaviour that is promised
//! here; the numbers are those of a list of its faults. There is no 8.

mod maps;
mod sequences;
mod sets;
