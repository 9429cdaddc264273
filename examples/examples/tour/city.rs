//! [`City`]: a place on the map, with the openings that come from it.

use redis_collections::Coordinates;

use crate::{Result, sheet};

/// One city, from a line of `data/cities.tsv`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct City {
    /// Such as `Vienna, AT`, because several countries can have a city of that name.
    pub(crate) name: String,
    pub(crate) at: Coordinates,
    /// The words in the names of openings that refer to the city, such as `Vienna` and `Austrian`.
    pub(crate) openings: Vec<String>,
}

impl City {
    /// Reads all cities of the table, the largest first.
    pub(crate) fn all() -> Result<Vec<Self>> {
        let columns = ["id", "name", "country", "latitude", "longitude", "population", "openings"];
        sheet::rows(include_str!("../../data/cities.tsv"), columns, Self::read)
    }

    fn read([_, name, country, latitude, longitude, _, openings]: [&str; 7]) -> Option<Self> {
        Some(City {
            name: format!("{name}, {country}"),
            at: Coordinates {
                latitude: latitude.parse().ok()?,
                longitude: longitude.parse().ok()?,
            },
            openings: openings.split(',').filter(|word| !word.is_empty()).map(Into::into).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_city() {
        let cities = City::all().unwrap();
        let vienna = cities.iter().find(|city| city.name == "Vienna, AT").unwrap();

        assert_eq!(cities.len(), 612);
        assert_eq!(vienna.openings, ["Austrian", "Vienna"]);
    }
}
