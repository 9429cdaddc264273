//! [`Numeric`]: a number that Redis can keep, and the requests that compute with it.

use crate::{
    collections::HashField,
    command::{Request, Script},
    error::{Error, Result},
    store::Executor,
};

static ADD: Script = Script::once(
    "HINCRBY",
    concat!(include_str!("../scripts/decimal.lua"), include_str!("../scripts/number_add.lua")),
);
static REPLACE_IF: Script = Script::once("HSET", include_str!("../scripts/number_replace_if.lua"));
static ADD_FLOAT: Script = Script::once("HINCRBYFLOAT", include_str!("../scripts/float_add.lua"));
static REPLACE_FLOAT_IF: Script =
    Script::once("HSET", include_str!("../scripts/float_replace_if.lua"));

/// The type of a [`Number`](crate::Number): an integer of up to 64 bits, or a float.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a native Redis number",
    label = "not a number of Redis",
    note = "integers of up to 64 bits, `f32` and `f64` are; 128 bits fit into a `Value`"
)]
pub trait Numeric: sealed::Sealed + Copy + Default + Send + 'static {
    /// Parses the text that Redis keeps.
    #[doc(hidden)]
    fn parse(text: &str) -> Result<Self>;

    /// Returns the text that Redis keeps.
    #[doc(hidden)]
    fn text(self) -> Result<String>;

    /// Adds the number to `request`, or an error if Redis cannot keep it.
    #[doc(hidden)]
    fn write(self, request: Request) -> Request {
        match self.text() {
            Ok(text) => request.arg(text),
            Err(error) => request.with_error(error),
        }
    }

    /// Returns the request that adds this number to the one at `field`.
    #[doc(hidden)]
    fn add_to<E: Executor>(self, field: &HashField<E>) -> Request;

    /// Returns the request that subtracts this number from the one at `field`.
    #[doc(hidden)]
    fn subtract_from<E: Executor>(self, field: &HashField<E>) -> Request;

    /// Returns the request that sets the number at `field` to `new` if it is this one.
    #[doc(hidden)]
    fn replace_by<E: Executor>(self, new: Self, field: &HashField<E>) -> Request;
}

mod sealed {
    pub trait Sealed {}
}

/// Returns the request that adds `amount` to an integer of a type with these bounds.
///
/// The script gets the bounds of the stored number instead of those of the sum, so that it compares
/// before it writes, and computes nothing: Lua's numbers lose digits past 2^53.
fn add_integer<E: Executor>(
    field: &HashField<E>,
    amount: i128,
    least: i128,
    greatest: i128,
) -> Request {
    let Ok(step) = i64::try_from(amount) else { return field.script(&ADD).with_error(overflow()) };
    if (least, greatest) == (i64::MIN.into(), i64::MAX.into()) {
        return field.once("HINCRBY").arg(step);
    }
    let greatest = greatest.min(i64::MAX.into());
    let bounds = [least - amount, greatest - amount].map(|bound| bound.to_string());
    field.script(&ADD).arg(step).arg(&bounds)
}

/// Converts any of the integers below, all of which fit.
fn wide(number: impl TryInto<i128>) -> i128 {
    number.try_into().unwrap_or(i128::MAX)
}

/// Returns the error for NaN or an infinity, to which nothing can be added.
fn not_finite(found: String) -> Error {
    Error::OutOfRange { key: String::new(), expected: "a finite number".into(), found }
}

fn overflow() -> Error {
    Error::Overflow { key: String::new() }
}

fn not_a_number() -> Error {
    Error::NotANumber { key: String::new() }
}

macro_rules! integers {
    ($($integer:ident)+) => {$(
        impl sealed::Sealed for $integer {}

        impl Numeric for $integer {
            fn parse(text: &str) -> Result<Self> {
                let number: i64 = text.parse().map_err(|_| not_a_number())?;
                wide(number).try_into().map_err(|_| overflow())
            }

            fn text(self) -> Result<String> {
                i64::try_from(wide(self)).map(|number| number.to_string()).map_err(|_| overflow())
            }

            fn add_to<E: Executor>(self, field: &HashField<E>) -> Request {
                add_integer(field, wide(self), wide(Self::MIN), wide(Self::MAX))
            }

            fn subtract_from<E: Executor>(self, field: &HashField<E>) -> Request {
                add_integer(field, -wide(self), wide(Self::MIN), wide(Self::MAX))
            }

            fn replace_by<E: Executor>(self, new: Self, field: &HashField<E>) -> Request {
                new.write(self.write(field.script(&REPLACE_IF)))
            }
        }
    )+};
}

integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

macro_rules! floats {
    ($($float:ident: $format:literal;)+) => {$(
        impl sealed::Sealed for $float {}

        impl Numeric for $float {
            fn parse(text: &str) -> Result<Self> {
                let number: $float = text.parse().map_err(|_| not_a_number())?;
                if number.is_finite() { Ok(number) } else { Err(overflow()) }
            }

            fn text(self) -> Result<String> {
                if self.is_finite() { Ok(self.to_string()) } else { Err(not_finite(self.to_string())) }
            }

            fn add_to<E: Executor>(self, field: &HashField<E>) -> Request {
                self.write(field.script(&ADD_FLOAT).arg($format))
            }

            fn subtract_from<E: Executor>(self, field: &HashField<E>) -> Request {
                (-self).add_to(field)
            }

            fn replace_by<E: Executor>(self, new: Self, field: &HashField<E>) -> Request {
                new.write(self.write(field.script(&REPLACE_FLOAT_IF).arg($format)))
            }
        }
    )+};
}

floats! {
    f32: "<f";
    f64: "<d";
}
