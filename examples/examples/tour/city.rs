//! [`City`]: a place on the map, and the openings that come from there.

use redis_collections::Coordinates;

use crate::{Result, sheet};

/// One city, as a line of `data/cities.tsv` tells it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct City {
    /// `Vienna, AT`: some names are found in several countries.
    pub(crate) name: String,
    pub(crate) at: Coordinates,
    /// The words in the names of openings that point to the city, as `Vienna` and `Austrian`.
    pub(crate) openings: Vec<String>,
}

impl City {
    /// Reads every city of the table, the largest first.
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
