//! What is asked and what the results rest on, checked before anything is explained.

use std::path::{Path, PathBuf};

use super::ExplainError;
use crate::model::allele::Allele;
use crate::model::plan::{Plan, PlannedList};
use crate::model::position::Position1;
use crate::reference::genome::Genome;
use crate::reference::placement::{self, ReferenceMatch};
use crate::run::knowledge::Knowledge;
use crate::run::publish::{DONE, Done, digest_file};

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
        lists.iter().map(|list| format!("{} {}", list.role, list.hash)).collect::<Vec<_>>().join(", ")
    };
    let (then, now) = (hashes(&plan.lists), hashes(&knowledge.lists.planned));
    if then != now {
        return Err(ExplainError::Changed { what: "a list of alleles".to_owned(), then, now });
    }
    Ok(())
}

pub(super) fn parse(text: &str, genome: &Genome) -> Result<Allele, ExplainError> {
    let fault = |problem: String| ExplainError::Variant { text: text.to_owned(), problem };
    let mut parts = text.rsplitn(4, '-');
    let (alternate, reference, position, contig) = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(alternate), Some(reference), Some(position), Some(contig)) =
        (alternate, reference, position, contig)
    else {
        return Err(fault("four parts are needed".to_owned()));
    };
    let id =
        genome.contig_id(contig).ok_or_else(|| fault(format!("the reference has no contig '{contig}'")))?;
    let start = position
        .parse::<u32>()
        .ok()
        .and_then(|p| Position1(p).offset())
        .ok_or_else(|| fault(format!("'{position}' is not a position")))?;
    let bases = |bases: &str| {
        let upper = bases.to_ascii_uppercase().into_bytes();
        (!upper.is_empty() && upper.iter().all(|b| b"ACGT".contains(b))).then_some(upper)
    };
    match (bases(reference), bases(alternate)) {
        (Some(reference), Some(alternate)) => Ok(Allele { contig: id, start, reference, alternate }),
        _ => Err(fault("REF and ALT must be bases".to_owned())),
    }
}

/// Refuses a variant that cannot exist: "not in the input" would be true of it and mislead.
pub(super) fn check_reference(text: &str, allele: &Allele, genome: &Genome) -> Result<(), ExplainError> {
    let fault = |problem: String| Err(ExplainError::Variant { text: text.to_owned(), problem });
    if allele.reference == allele.alternate {
        return fault("REF and ALT are the same".to_owned());
    }
    if placement::compare_reference(genome, allele) != ReferenceMatch::Differs {
        return Ok(());
    }
    let contig = genome.contig(allele.contig);
    let there = genome.bases(allele.contig, allele.interval());
    fault(if u64::from(allele.start) + allele.reference.len() as u64 > u64::from(contig.length) {
        format!("{} has {} bases", contig.name, contig.length)
    } else {
        format!("the reference has {} there", String::from_utf8_lossy(&there))
    })
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
