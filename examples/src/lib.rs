//! The programs are in `examples/`: five short ones, and the tour. Run each by its name.
