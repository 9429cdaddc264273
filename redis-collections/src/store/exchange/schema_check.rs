//! [`CheckedSchemas`]: the schemas that were checked, and the request that checks one.

use std::{collections::HashSet, sync::RwLock};

use crate::command::{Request, Schema, Script};

/// Returns an empty array if the stored schema agrees, else the first field that differs and its
/// stored description.
static CHECK_SCHEMA: Script = Script::idempotent("HGETALL", include_str!("check_schema.lua"));

/// The schemas that were compared with the stored ones of a server, and agreed.
#[derive(Debug, Default)]
pub(crate) struct CheckedSchemas(RwLock<HashSet<u64>>);

impl CheckedSchemas {
    fn contains(&self, schema: &Schema) -> bool {
        self.0.read().is_ok_and(|checked| checked.contains(&schema.fingerprint))
    }

    pub(super) fn insert(&self, schema: &Schema) {
        if let Ok(mut checked) = self.0.write() {
            checked.insert(schema.fingerprint);
        }
    }
}

/// The next schema to check, and the request that checks it.
pub(super) fn next_schema_check(
    request: &Request,
    checked: &CheckedSchemas,
) -> Option<(&'static Schema, Request)> {
    let schema = request.schemas.iter().find(|schema| !checked.contains(schema))?;
    Some((schema, schema_check_request(schema)))
}

fn schema_check_request(schema: &'static Schema) -> Request {
    schema.fields.iter().fold(Request::script(&CHECK_SCHEMA, [&schema.key()]), |request, field| {
        request.arg(field.name).arg(field.text())
    })
}
