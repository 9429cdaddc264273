//! [`Places`]: places with coordinates, in memory.

use std::{
    borrow::Borrow,
    collections::{HashMap, hash_map},
    fmt,
    hash::Hash,
};

use serde::{Deserialize, Serialize};

use super::Coordinates;

/// Places with coordinates, in no order: the local type of a [`GeoDb`](crate::GeoDb).
///
/// ```
/// use redis_collections::{Coordinates, Places};
///
/// let mut cities = Places::from_iter([("berlin", Coordinates::new(52.52, 13.405))]);
/// cities.insert("sydney", Coordinates::new(-33.8562, 151.2153));
///
/// assert_eq!(cities.distance("berlin", "sydney").unwrap().round(), 16_098_443.0);
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent, bound(deserialize = "T: Deserialize<'de> + Eq + Hash"))]
pub struct Places<T> {
    places: HashMap<T, Coordinates>,
}

impl<T> Places<T> {
    /// Creates an empty collection.
    pub fn new() -> Self {
        Places { places: HashMap::new() }
    }

    /// Returns the number of places.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns whether there are no places.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns an iterator over the places and their coordinates.
    pub fn iter(&self) -> hash_map::Iter<'_, T, Coordinates> {
        self.places.iter()
    }

    /// Removes every place.
    pub fn clear(&mut self) {
        self.places.clear();
    }

    /// Returns a reference to the underlying map.
    pub fn as_map(&self) -> &HashMap<T, Coordinates> {
        &self.places
    }

    /// Returns the underlying map.
    pub fn into_map(self) -> HashMap<T, Coordinates> {
        self.places
    }
}

impl<T: Eq + Hash> Places<T> {
    /// Returns whether `place` has coordinates.
    pub fn contains<Q: Eq + Hash + ?Sized>(&self, place: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.places.contains_key(place)
    }

    /// Returns the coordinates of `place`.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, place: &Q) -> Option<Coordinates>
    where
        T: Borrow<Q>,
    {
        self.places.get(place).copied()
    }

    /// Returns the distance between two places in metres, or `None` if one has no coordinates.
    pub fn distance<Q: Eq + Hash + ?Sized>(&self, one: &Q, other: &Q) -> Option<f64>
    where
        T: Borrow<Q>,
    {
        Some(self.get(one)?.distance(self.get(other)?))
    }

    /// Sets the coordinates of `place`, and returns the old ones.
    pub fn insert(&mut self, place: T, coordinates: Coordinates) -> Option<Coordinates> {
        self.places.insert(place, coordinates)
    }

    /// Removes `place`, and returns its coordinates.
    pub fn remove<Q: Eq + Hash + ?Sized>(&mut self, place: &Q) -> Option<Coordinates>
    where
        T: Borrow<Q>,
    {
        self.places.remove(place)
    }
}

impl<T> Default for Places<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Eq + Hash> PartialEq for Places<T> {
    fn eq(&self, other: &Self) -> bool {
        self.places == other.places
    }
}

impl<T: fmt::Debug> fmt::Debug for Places<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.places.fmt(f)
    }
}

impl<T: Eq + Hash> FromIterator<(T, Coordinates)> for Places<T> {
    fn from_iter<I: IntoIterator<Item = (T, Coordinates)>>(places: I) -> Self {
        Places { places: places.into_iter().collect() }
    }
}

impl<T: Eq + Hash> Extend<(T, Coordinates)> for Places<T> {
    fn extend<I: IntoIterator<Item = (T, Coordinates)>>(&mut self, places: I) {
        self.places.extend(places);
    }
}

impl<T> IntoIterator for Places<T> {
    type Item = (T, Coordinates);
    type IntoIter = hash_map::IntoIter<T, Coordinates>;

    fn into_iter(self) -> Self::IntoIter {
        self.places.into_iter()
    }
}

impl<'p, T> IntoIterator for &'p Places<T> {
    type Item = (&'p T, &'p Coordinates);
    type IntoIter = hash_map::Iter<'p, T, Coordinates>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
