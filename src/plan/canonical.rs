//! The canonical form of a plan, and the hash that locks it.
//!
//! Compact JSON in UTF-8, keys sorted by code point at every level, lists in the plan's own order. The
//! samplesheet's line number is left out: moving a row decides nothing.

use serde_json::Value;

use crate::model::plan::Plan;

use super::error::Refusal;

/// The canonical form.
///
/// # Errors
/// When an input path is not valid Unicode, which JSON cannot hold.
pub fn canonical_json(plan: &Plan) -> Result<String, Refusal> {
    let mut value = serde_json::to_value(plan).map_err(|error| Refusal::NotWritable(error.to_string()))?;
    if let Some(referral) = value.get_mut("referral").and_then(Value::as_object_mut) {
        referral.shift_remove("line");
    }
    value.sort_all_objects();
    Ok(value.to_string())
}

/// BLAKE3 of a plan that was read as JSON, hexadecimal: with all that it holds, known or not.
pub(super) fn hash_of(mut value: Value) -> String {
    value.sort_all_objects();
    blake3::hash(value.to_string().as_bytes()).to_hex().to_string()
}

/// BLAKE3 of the canonical form, hexadecimal.
///
/// # Errors
/// As [`canonical_json`].
pub fn plan_hash(plan: &Plan) -> Result<String, Refusal> {
    Ok(blake3::hash(canonical_json(plan)?.as_bytes()).to_hex().to_string())
}
