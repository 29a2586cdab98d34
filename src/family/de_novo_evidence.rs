//! How well the reads bear out a de novo call.
//!
//! The genotypes alone ([`super::segregate`]) say `yes` whenever both parents are called reference. Most such
//! calls in real data are errors, so the reads are asked as well: enough depth and quality in each required
//! parent, no more than a stray read of the allele in the parents together, enough reads and balance in the
//! proband. A figure that is not given cannot make a call confident.

use super::clause::Context;
use super::copies;
use super::de_novo::{self, required_parents};
use super::policy::FamilyPolicy;
use super::segregate::Site;
use crate::model::de_novo::DeNovoEvidence;
use crate::model::family::Family;
use crate::model::pipeline::DeNovoPolicy;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, DeNovoGrade, Verdict};

/// Grades the de novo call of the proband.
pub fn de_novo_evidence(
    family: &Family,
    site: &Site,
    policy: &FamilyPolicy,
    limits: &DeNovoPolicy,
) -> DeNovoEvidence {
    let context = Context::new(family, site, policy);
    let verdict = de_novo::verdict(&context);
    let flags = de_novo::flags(&context);
    let genotype_reason = de_novo::reason(&context);
    if flags.contains(&FamilyRemark::DoubleDeNovo) || flags.contains(&FamilyRemark::TransmissionConflict) {
        let reasons = vec![format!("not explained by a single new mutation: {genotype_reason}")];
        return DeNovoEvidence { grade: DeNovoGrade::MendelianError, verdict, reasons };
    }
    if verdict != Verdict::Yes {
        return DeNovoEvidence { grade: DeNovoGrade::NotDeNovo, verdict, reasons: vec![genotype_reason] };
    }
    let mut missed = parents(&context, limits);
    missed.extend(proband(&context, limits));
    if missed.is_empty() {
        let reasons = vec![format!(
            "each parent has a depth of at least {} and a genotype quality of at least {}, and together \
             they have at most {} read(s) supporting the allele; the proband has at least {}",
            limits.parent_depth,
            limits.parent_quality,
            limits.parent_alternate_reads,
            limits.proband_alternate_reads
        )];
        DeNovoEvidence { grade: DeNovoGrade::Confident, verdict, reasons }
    } else {
        DeNovoEvidence { grade: DeNovoGrade::Weak, verdict, reasons: missed }
    }
}

/// The limits that the required parents miss.
fn parents(context: &Context, limits: &DeNovoPolicy) -> Vec<String> {
    let mut missed = Vec::new();
    let mut alternate_reads = 0;
    let karyotypes = copies::karyotypes(context.family, context.family.proband);
    let needed = |mother: bool| {
        karyotypes.iter().any(|&k| {
            let required = required_parents(context.region, k);
            if mother { required.mother } else { required.father }
        })
    };
    let proband = context.family.proband();
    for (wanted, parent) in [(needed(true), proband.mother), (needed(false), proband.father)] {
        let Some((id, call)) =
            parent.filter(|_| wanted).and_then(|i| Some((context.id(i), context.calls.get(i)?)))
        else {
            continue;
        };
        at_least(&mut missed, id, "depth", call.depth, limits.parent_depth);
        at_least(&mut missed, id, "genotype quality", call.quality, limits.parent_quality);
        if call.from_reference_block {
            continue;
        }
        match call.allele_depths {
            Some((reference, alternate)) => {
                alternate_reads += alternate;
                missed.extend(reference_fraction(id, reference, call.depth, limits));
            }
            None => missed.push(format!("{id}: reads supporting the allele are not given")),
        }
    }
    if alternate_reads > limits.parent_alternate_reads {
        missed.push(format!(
            "the parents together have {alternate_reads} reads supporting the allele, and at most {} are \
             allowed (possible parental mosaicism or artefact)",
            limits.parent_alternate_reads
        ));
    }
    missed
}

/// What speaks against a parent's being homozygous reference: reads that show neither allele. A parent with
/// another allele of the same repeat is a `0` for the allele under test, and no evidence that it is new.
fn reference_fraction(id: &str, reference: u32, depth: Option<u32>, limits: &DeNovoPolicy) -> Option<String> {
    let least = limits.parent_reference_fraction?;
    let fraction = f64::from(reference) / f64::from(depth.filter(|&depth| depth > 0)?);
    (fraction < least).then(|| {
        format!(
            "{id}: {:.1}% of reads support the reference, and at least {:.1}% is required (another allele, \
             or reads that match neither)",
            fraction * 100.0,
            least * 100.0
        )
    })
}

/// The limits that the proband misses. On the mitochondrial genome the balance is the fraction's business.
fn proband(context: &Context, limits: &DeNovoPolicy) -> Vec<String> {
    let mut missed = Vec::new();
    let id = context.id(context.family.proband);
    let Some(call) = context.calls.get(context.family.proband) else { return missed };
    let alternate = call.allele_depths.map(|(_, alternate)| alternate);
    at_least(&mut missed, id, "reads supporting the allele", alternate, limits.proband_alternate_reads);
    if context.region == CopyRegion::Mitochondrial {
        return missed;
    }
    at_least(&mut missed, id, "genotype quality", call.quality, limits.proband_quality);
    if let Some(balance) = call.allele_balance()
        && balance < limits.proband_balance
    {
        missed.push(format!(
            "{id}: {:.1}% of reads support the allele, and at least {:.1}% is required",
            balance * 100.0,
            limits.proband_balance * 100.0
        ));
    }
    let heterozygous = call.copies.len() == 2 && call.alternate_copies() == 1;
    if let (Some(balance), Some(most)) = (call.allele_balance(), limits.proband_balance_highest)
        && heterozygous
        && balance > most
    {
        missed.push(format!(
            "{id}: {:.1}% of reads support the allele, and at most {:.1}% is consistent with a heterozygote",
            balance * 100.0,
            most * 100.0
        ));
    }
    missed
}

fn at_least(missed: &mut Vec<String>, id: &str, what: &str, value: Option<u32>, least: u32) {
    match value {
        Some(value) if value >= least => {}
        Some(value) => missed.push(format!("{id}: {what} {value}, and at least {least} is required")),
        None if least == 0 => {}
        None => missed.push(format!("{id}: {what} not given, and at least {least} is required")),
    }
}
