//! [`Score`]: a number that can be a score.

use crate::{
    command::Request,
    error::{Error, Result},
};

/// The limit up to which a score can be any integer: 2^53.
const EXACT: u128 = 1 << 53;

/// A number that can be a score, which Redis keeps as an `f64`.
///
/// An integer beyond 2^53 could silently become another one. So it is refused before it is sent, as
/// is NaN. Infinities are valid scores.
pub trait Score: sealed::Sealed + Copy {
    #[doc(hidden)]
    fn exact(self) -> Result<f64, String>;
}

impl Score for f64 {
    fn exact(self) -> Result<f64, String> {
        if self.is_nan() { Err("NaN".into()) } else { Ok(self) }
    }
}

impl Score for f32 {
    fn exact(self) -> Result<f64, String> {
        f64::from(self).exact()
    }
}

macro_rules! integer_score {
    ($($integer:ident)+) => {$(
        impl Score for $integer {
            #[allow(
                clippy::cast_lossless,
                clippy::cast_precision_loss,
                reason = "a number that would lose precision is refused"
            )]
            fn exact(self) -> Result<f64, String> {
                if (self as i128).unsigned_abs() > EXACT { Err(self.to_string()) } else { Ok(self as f64) }
            }
        }

        impl sealed::Sealed for $integer {}
    )+};
}

integer_score!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

mod sealed {
    pub trait Sealed {}
    impl Sealed for f64 {}
    impl Sealed for f32 {}
}

impl Request {
    /// Adds a score, or an error if the number cannot be one.
    pub(super) fn score(mut self, score: impl Score) -> Self {
        self.push_score(score);
        self
    }

    /// Adds a score, or an error if the number cannot be one.
    pub(super) fn push_score(&mut self, score: impl Score) {
        match exact(score) {
            Ok(score) => self.push(score),
            Err(error) => self.fail(error),
        }
    }
}

/// Returns the score that Redis keeps, if it is exactly this number.
pub(crate) fn exact(score: impl Score) -> Result<f64> {
    score.exact().map_err(refusal)
}

/// Returns the error for a number that cannot be a score.
pub(super) fn refusal(found: String) -> Error {
    let expected = "a number, at most 2^53 if it is an integer".into();
    Error::OutOfRange { key: String::new(), expected, found }
}
