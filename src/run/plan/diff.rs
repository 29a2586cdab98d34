//! Which ingredients of two plans differ.

use serde::Serialize;

use crate::model::plan::Plan;

/// One ingredient that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanDifference {
    /// The ingredient: `panel 99001`, `gene HGNC:900001 (GENEA)`, `bundle`.
    pub ingredient: String,
    /// What the first plan says; empty where it lacks the ingredient.
    pub before: String,
    /// What the second plan says.
    pub after: String,
}

/// The ingredients in which two plans differ, in a fixed order; empty for plans of equal hash.
pub fn plan_diff(before: &Plan, after: &Plan) -> Vec<PlanDifference> {
    let mut differences = Vec::new();
    let mut compare = |ingredient: &str, before: &str, after: &str| {
        if before != after {
            differences.push(PlanDifference {
                ingredient: ingredient.to_owned(),
                before: before.to_owned(),
                after: after.to_owned(),
            });
        }
    };
    compare("layout", &before.schema.to_string(), &after.schema.to_string());
    differences
}
