//! The verdict on each mode that applies to a region.

use smallvec::SmallVec;

use super::clause::Context;
use super::copies;
use super::modes::{Mode, modes_at};
use super::policy::FamilyPolicy;
use crate::model::family::Family;
use crate::model::genotype::Call;
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
pub fn segregate(family: &Family, site: &Site, policy: &FamilyPolicy) -> Vec<SegregationVerdict> {
    let context = Context::new(family, site, policy);
    modes_at(site.region)
        .map(|row| SegregationVerdict {
            mode: row.mode,
            verdict: row.verdict(&context),
            reason: row.reason(&context),
            flags: flags(row, &context).into_iter().map(str::to_owned).collect(),
        })
        .collect()
}

/// Flags of the mode, then those of the place, without repeats.
fn flags(row: &Mode, context: &Context) -> Vec<&'static str> {
    let mut flags = (row.flags)(context);
    let rule = row.rule(context);
    if rule.is_some_and(|r| r.verdict(context) == Verdict::Possible && r.fits_called_members(context)) {
        flags.push("called_members_fit");
    }
    if context.affected().next().is_none() {
        flags.push("not_evaluable");
    }
    flags.extend(place_flags(context));
    flags
}

/// Remarks on the calls themselves, whatever the mode.
fn place_flags(context: &Context) -> Vec<&'static str> {
    let mut flags = Vec::new();
    if !matches!(context.region, CopyRegion::X | CopyRegion::Y) {
        return flags;
    }
    for (member, call) in context.calls.iter().enumerate().take(context.family.members.len()) {
        let karyotypes = copies::karyotypes(context.family, member);
        let expected = |k| copies::copies_of(context.region, k);
        if karyotypes.iter().all(|&k| copies::is_het_in_haploid(call, expected(k))) {
            flags.push("het_in_haploid");
        }
        if karyotypes.len() > 1 && copies::says_something(call) {
            flags.push("sex_unknown");
        }
    }
    flags.sort_unstable();
    flags.dedup();
    flags
}
