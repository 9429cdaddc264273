//! The programs in `examples/` beside this file: five of one screen each, and the tour. Each runs by its name.
