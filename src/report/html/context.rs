//! From a typed view to the values a template sees. All text passes here, and only here, so no control
//! character of any input reaches a page.

use std::collections::BTreeMap;

use minijinja::Value;
use serde::Serialize;

use super::text::visible;
use crate::report::ReportError;

/// The template values of a view.
pub(super) fn of<T: Serialize>(view: &T) -> Result<Value, ReportError> {
    serde_json::to_value(view).map(value).map_err(ReportError::Json)
}

fn value(json: serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(flag) => Value::from(flag),
        serde_json::Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(whole), _) => Value::from(whole),
            (_, Some(whole)) => Value::from(whole),
            _ => Value::from(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_json::Value::String(text) => Value::from(visible(&text).into_owned()),
        serde_json::Value::Array(items) => items.into_iter().map(value).collect(),
        serde_json::Value::Object(fields) => Value::from(
            fields.into_iter().map(|(key, field)| (key, value(field))).collect::<BTreeMap<_, _>>(),
        ),
    }
}
