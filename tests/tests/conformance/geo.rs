//! What is asked of a [`GeoDb`].

use redis_collections::{Collection, Coordinates, Error, GeoDb, Near, Order, SearchOptions, Unit};
use serde_json::{Value, json};

use super::{
    item::Item,
    op::{Answer, Answered, Op, all, failed, nothing, value, was_there},
    world::{Handle, World, coordinates},
};

/// `places` with the places of `data` in it: an array of names, latitudes and longitudes.
pub(crate) fn open(places: GeoDb<Item>, data: Option<&Value>) -> Result<GeoDb<Item>, String> {
    if let Some(data) = data {
        places.extend(given(data)?).map_err(failed)?;
    }
    Ok(places)
}

pub(crate) fn call(places: &GeoDb<Item>, op: &Op<'_>, world: &World) -> Answered {
    match op.name() {
        "len" => value(places.len().map_err(failed)?),
        "clear" => nothing(places.clear().map(drop)),
        "contains" => value(places.contains(&place(op)?).map_err(failed)?),
        "eq" => match world.referred(op.arg("other")?)? {
            Some(Handle::Geo(other)) => value(places.equals(other).map_err(failed)?),
            _ => Err("`other` is no geo".into()),
        },
        "set_location" => {
            let at = point(op)?.ok_or("no coordinates")?;
            match places.set(&place(op)?, at) {
                Err(Error::OutOfRange { .. }) => Ok(Answer::Error("invalid_argument")),
                done => nothing(done),
            }
        }
        "location" => value(places.get(&place(op)?).map_err(failed)?.map(object)),
        "at" => match places.get(&place(op)?).map_err(failed)? {
            Some(at) => value(object(at)),
            None => Ok(Answer::Error("key_missing")),
        },
        "distance" => {
            let (one, other) = (op.item("place_1")?, op.item("place_2")?);
            let Some(unit) = unit(op) else { return Ok(Answer::Error("invalid_argument")) };
            let metres = places.distance(&one, &other).map_err(failed)?;
            value(metres.map(|metres| unit.from_metres(metres)))
        }
        "geohash" => value(places.geohash(&place(op)?).map_err(failed)?),
        "within" => within(places, op),
        "places" => {
            let all_of_them: Result<Vec<_>, _> = places.iter().collect();
            all(all_of_them.map_err(failed)?.into_iter().map(|(place, _)| place))
        }
        "discard" => nothing(places.discard(&place(op)?).map(drop)),
        "delete" => was_there(places.discard(&place(op)?).map_err(failed)?, "key_missing"),
        "update" => match op.optional("pairs").or_else(|| op.optional("data")) {
            Some(data) => nothing(places.extend(given(data)?)),
            None => match world.referred(op.arg("other")?)? {
                Some(Handle::Geo(other)) => nothing(places.extend_from(other)),
                _ => nothing(places.extend(given(op.arg("other")?)?)),
            },
        },
        _ => op.unknown(),
    }
}

/// The names of what is within a circle.
fn within(places: &GeoDb<Item>, op: &Op<'_>) -> Answered {
    let (centre, around) = (point(op)?, op.optional("place"));
    let radius = op.float("radius")?.unwrap_or(0.0);
    let Some(unit) = unit(op) else { return Ok(Answer::Error("invalid_argument")) };
    let order = match op.optional("sort").and_then(Value::as_str) {
        Some("DESC") => Order::FarthestFirst,
        _ => Order::NearestFirst,
    };
    let count = op.int("count")?.map(|count| usize::try_from(count).unwrap_or(0));
    let options = SearchOptions::default().order(order);
    let options = count.map_or(options, |count| options.count(count));
    let radius = unit.metres(radius);
    let found = match (around, centre) {
        (Some(place), _) => places.around_with(&Item::of(place)?, radius, options),
        (None, Some(centre)) => places.within_with(centre, radius, options).map(Some),
        (None, None) => return Ok(Answer::Error("invalid_argument")),
    };
    match found {
        Ok(Some(found)) => all(found.into_iter().map(|Near { place, .. }| place)),
        // Python finds nothing around a place in a collection that is missing.
        Ok(None) if places.is_empty().map_err(failed)? => all([]),
        Ok(None) | Err(Error::OutOfRange { .. }) => Ok(Answer::Error("invalid_argument")),
        Err(error) => Err(failed(error)),
    }
}

fn place(op: &Op<'_>) -> Result<Item, String> {
    Item::of(op.any(&["place", "key", "value", "member"])?)
}

fn point(op: &Op<'_>) -> Result<Option<Coordinates>, String> {
    let (latitude, longitude) = (op.float("latitude")?, op.float("longitude")?);
    Ok(latitude.zip(longitude).map(|(latitude, longitude)| coordinates(latitude, longitude)))
}

/// The unit of lengths, kilometres if none is given; none for one that is unknown.
fn unit(op: &Op<'_>) -> Option<Unit> {
    match op.optional("unit").and_then(Value::as_str).unwrap_or("km") {
        "m" => Some(Unit::Metre),
        "km" => Some(Unit::Kilometre),
        "mi" => Some(Unit::Mile),
        "ft" => Some(Unit::Foot),
        _ => None,
    }
}

fn object(at: Coordinates) -> Value {
    json!({"latitude": at.latitude, "longitude": at.longitude})
}

fn given(data: &Value) -> Result<Vec<(Item, Coordinates)>, String> {
    if let Some(object) = data.as_object() {
        return object
            .iter()
            .map(|(name, at)| {
                let number =
                    |part: &str| at.get(part).and_then(Value::as_f64).ok_or("no coordinates");
                Ok((
                    Item::Text(name.clone()),
                    coordinates(number("latitude")?, number("longitude")?),
                ))
            })
            .collect();
    }
    let rows = data.as_array().ok_or("no places")?;
    rows.iter()
        .map(|row| match row.as_array().map(Vec::as_slice) {
            Some([name, latitude, longitude]) => {
                let number = |value: &Value| value.as_f64().ok_or("no coordinates");
                Ok((Item::of(name)?, coordinates(number(latitude)?, number(longitude)?)))
            }
            _ => Err(format!("{row} is no place")),
        })
        .collect()
}
