//! What is asked and what the results rest on, checked before anything is explained.

use std::path::{Path, PathBuf};

use super::ExplainError;
use crate::knowledge::Knowledge;
use crate::model::allele::Allele;
use crate::model::done::{DONE, Done};
use crate::model::plan::{Plan, PlannedList};
use crate::normalise::variant_name;
use crate::read::digest::digest_file;
use crate::reference::genome::Genome;

pub(super) fn stored_plan(results: &Path) -> Result<Plan, ExplainError> {
    let path = results.join("plan.json");
    let fault = |problem: String| ExplainError::Results(format!("{}: {problem}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|e| fault(e.to_string()))?;
    serde_json::from_str(&text).map_err(|e| fault(e.to_string()))
}

pub(super) fn unchanged(plan: &Plan, knowledge: &Knowledge) -> Result<(), ExplainError> {
    for (what, then, now) in [
        ("the knowledge bundle", plan.bundle_hash.as_str(), knowledge.bundle.hash()),
        ("the pipeline definition", plan.pipeline_hash.as_str(), knowledge.pipeline_hash.as_str()),
        ("the tier rule set", plan.rule_set_hash.as_str(), knowledge.rule_set_hash.as_str()),
    ] {
        if then != now {
            return Err(ExplainError::Changed {
                what: what.to_owned(),
                then: then.to_owned(),
                now: now.to_owned(),
            });
        }
    }
    let hashes = |lists: &[PlannedList]| -> String {
        lists.iter().map(|list| format!("{} {}", list.role.name(), list.hash)).collect::<Vec<_>>().join(", ")
    };
    let (then, now) = (hashes(&plan.lists), hashes(&knowledge.lists.planned));
    if then != now {
        return Err(ExplainError::Changed { what: "a list of alleles".to_owned(), then, now });
    }
    Ok(())
}

pub(super) fn parse(text: &str, genome: &Genome) -> Result<Allele, ExplainError> {
    variant_name::read(text, genome)
        .map_err(|problem| ExplainError::Variant { text: text.to_owned(), problem })
}

/// Holds the input files against the hashes that `DONE.json` has of them.
pub(super) fn same_inputs(results: &Path, resolve: &dyn Fn(&Path) -> PathBuf) -> Result<(), ExplainError> {
    let path = results.join(DONE);
    let fault = |problem: String| ExplainError::Results(format!("{}: {problem}", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|e| fault(e.to_string()))?;
    let done: Done = serde_json::from_str(&text).map_err(|e| fault(e.to_string()))?;
    for (name, then) in done.inputs {
        let file = resolve(Path::new(&name));
        let now = digest_file(&file)
            .map_err(|e| ExplainError::Results(format!("{}: cannot be read: {e}", file.display())))?;
        if now != then {
            return Err(ExplainError::Changed {
                what: file.display().to_string(),
                then: then.blake3,
                now: now.blake3,
            });
        }
    }
    Ok(())
}
