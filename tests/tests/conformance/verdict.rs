//! Whether two values are the same, as cases compare them.

use serde_json::Value;

/// Whether `found` is `wanted`: numbers by their value, `approx` apart at the most, and the parts of
/// an array in any order if it is `unordered`.
pub(crate) fn is_same(wanted: &Value, found: &Value, approx: f64, unordered: bool) -> bool {
    match (wanted, found) {
        (Value::Number(wanted), Value::Number(found)) => {
            let (wanted, found) = (wanted.as_f64(), found.as_f64());
            let distance = wanted.zip(found).map(|(wanted, found)| (wanted - found).abs());
            wanted == found || distance.is_some_and(|distance| distance <= approx)
        }
        (Value::Array(wanted), Value::Array(found)) if unordered => {
            let mut rest: Vec<&Value> = found.iter().collect();
            wanted.len() == found.len()
                && wanted.iter().all(|wanted| {
                    let at = rest.iter().position(|found| is_same(wanted, found, approx, false));
                    at.map(|at| rest.swap_remove(at)).is_some()
                })
        }
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len()
                && wanted.iter().zip(found).all(|(one, other)| is_same(one, other, approx, false))
        }
        (Value::Object(wanted), Value::Object(found)) => {
            wanted.len() == found.len()
                && wanted.iter().all(|(key, one)| {
                    found.get(key).is_some_and(|other| is_same(one, other, approx, false))
                })
        }
        _ => wanted == found,
    }
}

/// Whether both are the same to the last digit.
pub(crate) fn alike(wanted: &Value, found: &Value) -> bool {
    is_same(wanted, found, 0.0, false)
}
