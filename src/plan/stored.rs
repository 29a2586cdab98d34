//! Plans that were made before and are run as they stand, if nothing they lock has changed.
//!
//! A stored plan is a folder with `plan.json` and, beside it, the record of its hash and of the variant files'
//! digests: `LOCK.json` where `ithaca plan` wrote it, `DONE.json` where it is a folder of results. Directory and
//! panels may have moved on, which is what a lock is for: that is said, and the stored plan stands.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::canonical::hash_of;
use super::diff::{PlanDifference, plan_diff};
use super::{PlanContext, SCHEMA, make_plan};
use crate::model::done::{DONE, FileDigest};
use crate::model::plan::{Plan, Referral};
use crate::model::remedy::{Remedy, then};
use crate::read::digest::digest_file;

/// Name of the plan's file.
pub const PLAN: &str = "plan.json";
/// Name of the file that locks a plan without results.
pub const LOCK: &str = "LOCK.json";

/// What locks a plan: its own hash, and the digests of the variant files it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// BLAKE3 of the plan's canonical form.
    pub plan_hash: String,
    /// Variant files by name as the samplesheet writes it. Alignments are not digested: they are read for
    /// coverage only, and reading each whole would cost more than the run.
    pub inputs: BTreeMap<String, FileDigest>,
}

impl Lock {
    /// The lock of a plan, with the digests of its variant files.
    ///
    /// # Errors
    /// The variant file that cannot be read, and what the system said.
    pub fn of(
        plan: &Plan,
        plan_hash: String,
        resolve: &dyn Fn(&Path) -> PathBuf,
    ) -> Result<Self, (PathBuf, io::Error)> {
        let mut inputs = BTreeMap::new();
        for written in plan.referral.family.members.iter().filter_map(|member| member.vcf.as_ref()) {
            let path = resolve(written);
            let digest = digest_file(&path).map_err(|fault| (path, fault))?;
            inputs.insert(written.to_string_lossy().into_owned(), digest);
        }
        Ok(Self { plan_hash, inputs })
    }
}

/// A stored plan that holds, and how one made today would differ.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPlan {
    /// The plan.
    pub plan: Plan,
    /// What has moved on since, in words.
    pub notices: Vec<String>,
}

/// The stored plans of a batch, by referral.
pub type StoredPlans = BTreeMap<String, Result<StoredPlan, StoredPlanError>>;

/// Which kind of thing no longer matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredPlanFault {
    /// The samplesheet's rows or the files, or there is no such plan.
    Input,
    /// The pipeline definition or what it names.
    Configuration,
    /// The plan's own hash, or the bundle.
    Resource,
}

/// Why a stored plan is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoredPlanError {
    /// There is no plan, or it cannot be read.
    #[error("{}: {problem}{}", path.display(), then(self))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// The plan is not what was locked.
    #[error(
        "{}: the plan's hash is {found}, but {recorded} was recorded with it: the plan has been altered{}",
        path.display(), then(self)
    )]
    Altered {
        /// The plan.
        path: PathBuf,
        /// The hash recorded.
        recorded: String,
        /// The hash of what is there.
        found: String,
    },
    /// What the plan locks has changed.
    #[error(
        "{}: the stored plan no longer matches: {}{}",
        path.display(), parts(differences), then(self)
    )]
    Changed {
        /// The plan.
        path: PathBuf,
        /// The kind of the gravest difference.
        fault: StoredPlanFault,
        /// Each part that differs: `before` in the plan, `after` now.
        differences: Vec<PlanDifference>,
    },
}

impl StoredPlanError {
    /// Which kind of thing no longer matches.
    pub fn fault(&self) -> StoredPlanFault {
        match self {
            Self::Unreadable { .. } => StoredPlanFault::Input,
            Self::Altered { .. } => StoredPlanFault::Resource,
            Self::Changed { fault, .. } => *fault,
        }
    }

    /// True when what differs holds for every referral of the batch.
    pub fn concerns_batch(&self) -> bool {
        matches!(self, Self::Changed { fault, .. } if *fault != StoredPlanFault::Input)
    }
}

impl Remedy for StoredPlanError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        let remedy = match self {
            Self::Unreadable { .. } => "make the plan with `ithaca plan --output`",
            Self::Altered { .. } => "make it again",
            Self::Changed { .. } => "use the versions it was made with, or make the plan again",
        };
        Some(remedy.into())
    }
}

fn parts(differences: &[PlanDifference]) -> String {
    const MOST: usize = 160;
    let short = |text: &str| match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None if text.is_empty() => "nothing".to_owned(),
        None => text.to_owned(),
    };
    let part = |d: &PlanDifference| {
        format!("{} (planned: {}, now: {})", d.ingredient, short(&d.before), short(&d.after))
    };
    differences.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// Reads a plan and holds it against its recorded hash.
///
/// # Errors
/// When the plan or its lock is missing, not understood, or the two do not agree.
pub fn read_plan(folder: &Path) -> Result<(Plan, Lock), StoredPlanError> {
    let path = folder.join(PLAN);
    let unreadable = |path: &Path, problem: &dyn std::fmt::Display| StoredPlanError::Unreadable {
        path: path.to_path_buf(),
        problem: problem.to_string(),
    };
    let text = std::fs::read_to_string(&path).map_err(|fault| unreadable(&path, &fault))?;
    let value: Value = serde_json::from_str(&text).map_err(|fault| unreadable(&path, &fault))?;
    let (locked, lock) = [LOCK, DONE]
        .iter()
        .find_map(|name| {
            let path = folder.join(name);
            std::fs::read_to_string(&path).ok().map(|text| (path, text))
        })
        .ok_or_else(|| unreadable(&path, &format!("its hash is in neither {LOCK} nor {DONE}")))?;
    let lock: Lock = serde_json::from_str(&lock).map_err(|fault| unreadable(&locked, &fault))?;
    let found = hash_of(value.clone());
    if found != lock.plan_hash {
        return Err(StoredPlanError::Altered { path, recorded: lock.plan_hash, found });
    }
    let schema = value.get("schema").and_then(Value::as_u64);
    if schema != Some(u64::from(SCHEMA)) {
        let problem = format!("the plan's layout is {schema:?}, this program reads {SCHEMA}");
        return Err(unreadable(&path, &problem));
    }
    let plan = serde_json::from_value(value).map_err(|fault| unreadable(&path, &fault))?;
    Ok((plan, lock))
}

/// Opens the plan of a referral below `plans` and holds it against everything it locks: the referral as the
/// samplesheet states it now, the variant files, the pipeline definition, rule set and lists, and the bundle.
///
/// # Errors
/// When there is no such plan, it has been altered, or a part no longer matches; the message names each.
pub fn open(
    plans: &Path,
    referral: &Referral,
    context: &PlanContext<'_>,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<StoredPlan, StoredPlanError> {
    let folder = plans.join(&referral.id);
    let path = folder.join(PLAN);
    let (plan, lock) = read_plan(&folder)?;
    let refuse = |fault, differences: Vec<PlanDifference>| match differences.is_empty() {
        true => Ok(()),
        false => Err(StoredPlanError::Changed { path: path.clone(), fault, differences }),
    };
    refuse(StoredPlanFault::Resource, bundle_differences(&plan, context))?;
    refuse(StoredPlanFault::Configuration, definition_differences(&plan, context))?;
    refuse(StoredPlanFault::Input, referral_differences(&plan, referral))?;
    refuse(StoredPlanFault::Input, file_differences(&plan, &lock, resolve))?;
    let notices = moved_on(&plan, referral, context);
    Ok(StoredPlan { plan, notices })
}

fn bundle_differences(plan: &Plan, context: &PlanContext<'_>) -> Vec<PlanDifference> {
    let mut now = plan.clone();
    now.bundle_hash = context.bundle_hash.to_owned();
    now.assembly = context.assembly.name().to_owned();
    plan_diff(plan, &now)
}

fn definition_differences(plan: &Plan, context: &PlanContext<'_>) -> Vec<PlanDifference> {
    let mut now = plan.clone();
    now.pipeline = super::pipeline_words(context.pipeline);
    now.pipeline_hash = context.pipeline_hash.to_owned();
    now.rule_set = context.rule_set.to_owned();
    now.rule_set_hash = context.rule_set_hash.to_owned();
    now.lists = context.lists.to_vec();
    for gene in &mut now.genes {
        gene.transcript = context.transcripts.get(gene.hgnc_id).map(|choice| choice.accession.clone());
    }
    plan_diff(plan, &now)
}

fn referral_differences(plan: &Plan, referral: &Referral) -> Vec<PlanDifference> {
    let mut now = plan.clone();
    now.referral = referral.clone();
    now.referral.line = plan.referral.line;
    now.inputs = super::inputs_of(referral);
    plan_diff(plan, &now)
}

/// Variant files whose content is not what was planned, or that the lock does not know.
fn file_differences(plan: &Plan, lock: &Lock, resolve: &dyn Fn(&Path) -> PathBuf) -> Vec<PlanDifference> {
    let mut differences = Vec::new();
    for written in plan.referral.family.members.iter().filter_map(|member| member.vcf.as_ref()) {
        let name = written.to_string_lossy().into_owned();
        let before = lock
            .inputs
            .get(&name)
            .map_or("no digest".to_owned(), |digest| format!("BLAKE3 {}", digest.blake3));
        let after = match digest_file(&resolve(written)) {
            Ok(digest) => format!("BLAKE3 {}", digest.blake3),
            Err(fault) => fault.to_string(),
        };
        if before != after {
            let difference = PlanDifference { ingredient: format!("input {name}"), before, after };
            if !differences.contains(&difference) {
                differences.push(difference);
            }
        }
    }
    differences
}

/// How a plan made today would differ: the Directory and the panels, which the stored plan stands in for.
fn moved_on(plan: &Plan, referral: &Referral, context: &PlanContext<'_>) -> Vec<String> {
    match make_plan(referral, context) {
        Err(fault) => vec![format!("The stored plan is used; a new one could not be made: {fault}")],
        Ok(today) => plan_diff(plan, &today)
            .into_iter()
            .map(|d| {
                let part = parts(std::slice::from_ref(&d));
                format!("The stored plan is used; a new one would differ in {part}")
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
