//! What the derive and a batch refuse, and in which words.

/// The words of types are those of the compiler that `rust-toolchain.toml` pins.
#[test]
fn each_mistake_is_an_error_that_says_what_to_write() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
