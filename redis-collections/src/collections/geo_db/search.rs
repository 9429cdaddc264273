//! The searches of a [`GeoDb`].

use redis::Value;

use super::{GeoDb, positions::coordinates};
use crate::{
    codec::{KeyCodec, Lookup},
    command::{Request, reply},
    error::{Error, Result},
    local::Coordinates,
    store::Executor,
};

/// A place that a search found, from [`GeoDb::within`] and [`GeoDb::around`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Near<T> {
    /// The place.
    pub place: T,
    /// The distance from the centre, in metres.
    pub distance: f64,
    /// The coordinates of the place.
    pub coordinates: Coordinates,
}

/// The area of a search, around a centre. A number of metres is a circle of that radius.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Area {
    /// A circle.
    Circle {
        /// The distance from the centre to the edge, in metres.
        radius: f64,
    },
    /// A rectangle whose sides are parallel to the axes.
    Rectangle {
        /// The distance from west to east, in metres.
        width: f64,
        /// The distance from south to north, in metres.
        height: f64,
    },
}

/// The number and the order of the places that a search returns; by default all, the nearest first.
///
/// ```
/// # use redis_collections::{Coordinates, GeoDb, Order, SearchOptions, Store};
/// # let store = Store::temporary()?;
/// let cities: GeoDb<String> = GeoDb::open(&store, "cities");
/// let berlin = Coordinates::new(52.52, 13.405);
/// cities.set("berlin", berlin)?; //                          GEOADD cities 13.405 52.52 "berlin"
///
/// let options = SearchOptions::default().count(3).order(Order::FarthestFirst);
/// let far = cities.within_with(berlin, 50_000.0, options)?; // GEOSEARCH … DESC COUNT 3
/// assert_eq!(far[0].place, "berlin");
/// # Ok::<_, redis_collections::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct SearchOptions {
    count: Option<usize>,
    order: Order,
}

impl SearchOptions {
    /// Limits the search to `count` places: the first ones in its order.
    pub fn count(self, count: usize) -> Self {
        SearchOptions { count: Some(count), ..self }
    }

    /// Sets the order of the places.
    pub fn order(self, order: Order) -> Self {
        SearchOptions { order, ..self }
    }
}

/// The order of the places that a search returns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// By ascending distance.
    #[default]
    NearestFirst,
    /// By descending distance.
    FarthestFirst,
}

impl<T, E> GeoDb<T, E>
where
    T: Send + 'static,
    E: Executor,
    E::Codec: KeyCodec<T>,
{
    /// Returns the places in an area around `centre`, the nearest first.
    ///
    /// `GEOSEARCH`, O(log n + places in the area).
    /// Returning 1,000,000 places blocks the server for about 1.9 s
    /// ([measured](crate::Collection#stalls)).
    ///
    /// ```
    /// # use redis_collections::{Area, Coordinates, GeoDb, Store};
    /// # let store = Store::temporary()?;
    /// let cities: GeoDb<String> = GeoDb::open(&store, "cities");
    /// let berlin = Coordinates::new(52.52, 13.405);
    /// cities.set("berlin", berlin)?; //                       GEOADD cities 13.405 52.52 "berlin"
    ///
    /// assert_eq!(cities.within(berlin, 100.0)?.len(), 1); //  GEOSEARCH cities FROMLONLAT … BYRADIUS …
    /// let area = Area::Rectangle { width: 5_000.0, height: 100.0 };
    /// assert_eq!(cities.within(berlin, area)?.len(), 1); //   GEOSEARCH cities FROMLONLAT … BYBOX …
    /// # Ok::<_, redis_collections::Error>(())
    /// ```
    pub fn within(
        &self,
        centre: Coordinates,
        area: impl Into<Area>,
    ) -> E::Reply<'static, Vec<Near<T>>> {
        self.within_with(centre, area, SearchOptions::default())
    }

    /// Returns the places in an area around `centre`, limited and ordered by `options`.
    ///
    /// `GEOSEARCH`, O(log n + places in the area).
    /// Returning 1,000,000 places blocks the server for about 1.9 s
    /// ([measured](crate::Collection#stalls)).
    pub fn within_with(
        &self,
        centre: Coordinates,
        area: impl Into<Area>,
        options: SearchOptions,
    ) -> E::Reply<'static, Vec<Near<T>>> {
        let request = self.handle.read("GEOSEARCH").arg("FROMLONLAT").coordinates(centre);
        let request = request.area(area.into()).options(options);
        self.handle.run(request, move |answer| found::<E::Codec, T>(answer, options))
    }

    /// Returns the places in an area around `place`, itself included, the nearest first; `None` if
    /// `place` has no coordinates.
    ///
    /// `ZSCORE` + `GEOSEARCH` in one transaction, O(log n + places in the area).
    /// Returning 1,000,000 places blocks the server for about 1.8 s
    /// ([measured](crate::Collection#stalls)).
    pub fn around(
        &self,
        place: &(impl Lookup<T, E::Codec> + ?Sized),
        area: impl Into<Area>,
    ) -> E::Reply<'static, Option<Vec<Near<T>>>> {
        self.around_with(place, area, SearchOptions::default())
    }

    /// Returns the places in an area around `place`, limited and ordered by `options`; `None` if
    /// `place` has no coordinates.
    ///
    /// `ZSCORE` + `GEOSEARCH` in one transaction, O(log n + places in the area).
    /// Returning 1,000,000 places blocks the server for about 1.8 s
    /// ([measured](crate::Collection#stalls)).
    pub fn around_with(
        &self,
        place: &(impl Lookup<T, E::Codec> + ?Sized),
        area: impl Into<Area>,
        options: SearchOptions,
    ) -> E::Reply<'static, Option<Vec<Near<T>>>> {
        let centre = self.handle.read("ZSCORE").value::<E::Codec, T>(place);
        let search = self.handle.read("GEOSEARCH").arg("FROMMEMBER").value::<E::Codec, T>(place);
        let search = search.area(area.into()).options(options);
        // Servers word the error for a missing centre differently.
        self.handle.run(Request::atomic([centre, search.accept_error()]), move |answer| {
            let mut replies = reply::items(answer)?.into_iter();
            let (centre, near) = (replies.next().unwrap_or_default(), replies.next());
            let near = near.filter(|_| centre != Value::Nil);
            near.map(|near| found::<E::Codec, T>(near, options)).transpose()
        })
    }
}

impl From<f64> for Area {
    fn from(radius: f64) -> Self {
        Area::Circle { radius }
    }
}

impl Request {
    fn area(self, area: Area) -> Self {
        match area {
            Area::Circle { radius } => self.arg("BYRADIUS").length(radius),
            Area::Rectangle { width, height } => self.arg("BYBOX").length(width).length(height),
        }
        .arg("m")
    }

    /// Adds a length, or an error if the number cannot be one.
    fn length(self, metres: f64) -> Self {
        if metres.is_finite() && metres >= 0.0 {
            return self.arg(metres);
        }
        self.with_error(Error::OutOfRange {
            key: String::new(),
            expected: "a finite length of at least 0 m".into(),
            found: format!("{metres} m"),
        })
    }

    fn options(self, options: SearchOptions) -> Self {
        let request = self.arg(match options.order {
            Order::NearestFirst => "ASC",
            Order::FarthestFirst => "DESC",
        });
        let request = match options.count {
            // Redis refuses a count of 0, so the command asks for one place, and the reader drops
            // it.
            Some(count) => request.arg("COUNT").arg(count.max(1)),
            None => request,
        };
        request.arg("WITHDIST").arg("WITHCOORD")
    }
}

fn found<C: KeyCodec<T>, T>(answer: Value, options: SearchOptions) -> Result<Vec<Near<T>>> {
    let found = reply::items(answer)?.into_iter();
    found.take(options.count.unwrap_or(usize::MAX)).map(near::<C, T>).collect()
}

fn near<C: KeyCodec<T>, T>(item: Value) -> Result<Near<T>> {
    let mut parts = reply::items(item)?.into_iter();
    let (Some(place), Some(distance), Some(point)) = (parts.next(), parts.next(), parts.next())
    else {
        return Err(reply::unexpected("a place, a distance and coordinates", &Value::Nil));
    };
    Ok(Near {
        place: reply::key::<C, T>(place)?,
        distance: reply::float(distance)?,
        coordinates: coordinates(point)?,
    })
}
