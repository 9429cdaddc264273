//! [`Coordinates`]: a point on Earth.

use serde::{Deserialize, Serialize};

/// The greatest latitude, north or south, that Redis can store: that of web maps.
const LATITUDE: f64 = 85.051_128_78;

const LONGITUDE: f64 = 180.0;

/// The radius of the Earth in metres that Redis uses.
const RADIUS: f64 = 6_372_797.560_856;

/// The number of steps into which Redis divides the range of latitudes, and that of longitudes.
const STEPS: f64 = 67_108_864.0;

/// A point on Earth, in degrees.
///
/// Redis stores latitudes from -85.05112878 to 85.05112878 and longitudes from -180 to 180, with an error of
/// about half a metre. A call with coordinates outside this range fails with
/// [`OutOfRange`](crate::Error::OutOfRange), and sends nothing.
///
/// ```
/// use redis_collections::{Coordinates, Unit};
///
/// let berlin = Coordinates::new(52.52, 13.405);
/// let sydney = Coordinates::new(-33.8562, 151.2153);
///
/// assert_eq!(Unit::Kilometre.from_metres(berlin.distance(sydney)).round(), 16098.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coordinates {
    /// Degrees north of the equator.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
}

impl Coordinates {
    /// Returns the point at `latitude` and `longitude`.
    pub const fn new(latitude: f64, longitude: f64) -> Self {
        Coordinates { latitude, longitude }
    }

    /// Returns the distance to `other` in metres, on the sphere that Redis uses.
    pub fn distance(self, other: Self) -> f64 {
        let (here, there) = (self.latitude.to_radians(), other.latitude.to_radians());
        let north = ((there - here) / 2.0).sin();
        let east = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let square = north * north + here.cos() * there.cos() * east * east;
        2.0 * RADIUS * square.sqrt().min(1.0).asin()
    }

    /// Whether Redis can store the point.
    pub(crate) fn is_valid(self) -> bool {
        self.latitude.abs() <= LATITUDE && self.longitude.abs() <= LONGITUDE
    }

    /// The point of a score in the sorted set: the middle of its cell.
    ///
    /// The bits of latitude and longitude alternate in the score. Bit 0 belongs to the latitude.
    pub(crate) fn from_score(score: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a score of Redis has 52 bits; any other score still becomes some point"
        )]
        let bits = score as u64;
        Coordinates {
            latitude: middle(even_bits(bits), LATITUDE),
            longitude: middle(even_bits(bits >> 1), LONGITUDE),
        }
    }
}

/// A unit of length, for conversions. All lengths of this crate are in metres.
///
/// ```
/// use redis_collections::Unit;
///
/// assert_eq!(Unit::Kilometre.metres(1.5), 1500.0);
/// assert_eq!(Unit::Foot.from_metres(0.3048), 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// 1 m.
    Metre,
    /// 1,000 m.
    Kilometre,
    /// 1,609.34 m, as in Redis.
    Mile,
    /// 0.3048 m.
    Foot,
}

impl Unit {
    /// Converts `length` from this unit to metres.
    pub fn metres(self, length: f64) -> f64 {
        length * self.length()
    }

    /// Converts `metres` to this unit.
    pub fn from_metres(self, metres: f64) -> f64 {
        metres / self.length()
    }

    fn length(self) -> f64 {
        match self {
            Unit::Metre => 1.0,
            Unit::Kilometre => 1000.0,
            Unit::Mile => 1609.34,
            Unit::Foot => 0.3048,
        }
    }
}

/// Bits 0, 2, 4 … of `bits`, as adjacent bits.
fn even_bits(bits: u64) -> u32 {
    (0..26).fold(0, |even, index| even | (u32::from(bits >> (2 * index) & 1 == 1) << index))
}

/// The middle of step `step` between `-limit` and `limit`.
fn middle(step: u32, limit: f64) -> f64 {
    let edge = |step: f64| -limit + step / STEPS * (2.0 * limit);
    f64::midpoint(edge(step.into()), edge(f64::from(step) + 1.0))
}
