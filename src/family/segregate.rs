//! The verdict on each mode that applies to a region.

use smallvec::SmallVec;

use super::clause::Context;
use super::copies;
use super::modes::{Mode, modes_at};
use super::policy::FamilyPolicy;
use crate::model::family::Family;
use crate::model::genotype::Call;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, SegregationVerdict, Verdict};

/// One allele at one place in one family.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// How copies are counted here.
    pub region: CopyRegion,
    /// One call per member of the family, in member order; members beyond its end have no call.
    pub calls: &'a [Call],
}

/// Verdicts without reasons.
pub type ModeVerdicts = SmallVec<[(SegregationMode, Verdict); 8]>;

/// The verdict on every mode that applies, without reasons and, in families of up to eight, without
/// allocation.
pub fn verdicts(family: &Family, site: &Site, policy: &FamilyPolicy) -> ModeVerdicts {
    let context = Context::new(family, site, policy);
    modes_at(site.region).map(|row| (row.mode, row.verdict(&context))).collect()
}

/// The verdict on every mode that applies, with reasons and flags.
///
/// ```
/// use ithaca::family::{FamilyPolicy, Site, segregate};
/// use ithaca::model::genotype::{Call, Copy};
/// use ithaca::model::segregation::{CopyRegion, SegregationMode, Verdict};
/// # use ithaca::model::family::Family;
/// # use ithaca::model::participant::{Affection, Participant, Role, Sex};
/// # let person = |id: &str, role, sex, affection, parents: Option<(usize, usize)>| Participant {
/// #     id: id.to_owned(), role, sex, sex_chromosomes: None, affection,
/// #     mother: parents.map(|(mother, _)| mother),
/// #     father: parents.map(|(_, father)| father),
/// #     vcf: None, vcf_sample: None, alignments: None,
/// # };
/// // An affected child, first in the list, and two unaffected parents.
/// let family = Family {
///     id: "F1".to_owned(),
///     members: vec![
///         person("child", Role::Proband, Sex::Female, Affection::Affected, Some((1, 2))),
///         person("mother", Role::Mother, Sex::Female, Affection::Unaffected, None),
///         person("father", Role::Father, Sex::Male, Affection::Unaffected, None),
///     ],
///     proband: 0,
///     consanguineous: false,
/// };
///
/// let (none, one) = (Call::of(&[Copy::Other; 2]), Call::of(&[Copy::Other, Copy::Alternate]));
/// let calls = [one, none.clone(), none];
/// let site = Site { region: CopyRegion::Autosomal, calls: &calls };
/// let verdicts = segregate(&family, &site, &FamilyPolicy::default());
/// let of = |mode| verdicts.iter().find(|v| v.mode == mode).unwrap();
/// assert_eq!(of(SegregationMode::DeNovo).verdict, Verdict::Yes);
/// assert_eq!(of(SegregationMode::AutosomalRecessive).verdict, Verdict::No);
/// assert!(of(SegregationMode::AutosomalRecessive).reason.contains("child"));
/// ```
pub fn segregate(family: &Family, site: &Site, policy: &FamilyPolicy) -> Vec<SegregationVerdict> {
    let context = Context::new(family, site, policy);
    modes_at(site.region)
        .map(|row| SegregationVerdict {
            mode: row.mode,
            verdict: row.verdict(&context),
            reason: row.reason(&context),
            flags: flags(row, &context),
        })
        .collect()
}

/// Flags of the mode, then those of the place, without repeats.
fn flags(row: &Mode, context: &Context) -> Vec<FamilyRemark> {
    let mut flags = (row.flags)(context);
    let rule = row.rule(context);
    if rule.is_some_and(|r| r.verdict(context) == Verdict::Possible && r.fits_called_members(context)) {
        flags.push(FamilyRemark::CalledMembersFit);
    }
    if context.affected().next().is_none() {
        flags.push(FamilyRemark::NotEvaluable);
    }
    flags.extend(place_flags(context));
    flags
}

/// Remarks on the calls themselves, whatever the mode.
fn place_flags(context: &Context) -> Vec<FamilyRemark> {
    let mut flags = Vec::new();
    if !matches!(context.region, CopyRegion::X | CopyRegion::Y) {
        return flags;
    }
    for (member, call) in context.calls.iter().enumerate().take(context.family.members.len()) {
        let karyotypes = copies::karyotypes(context.family, member);
        let expected = |k| copies::copies_of(context.region, k);
        if karyotypes.iter().all(|&k| copies::is_het_in_haploid(call, expected(k))) {
            flags.push(FamilyRemark::HetInHaploid);
        }
        if karyotypes.len() > 1 && copies::says_something(call) {
            flags.push(FamilyRemark::SexUnknown);
        }
    }
    flags.sort_unstable();
    flags.dedup();
    flags
}
