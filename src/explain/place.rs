//! What the input says of a place for each member: called, covered without a call, or not covered.
//!
//! A gVCF tells a reference genotype from a place without reads. A plain VCF does not, and says so; where the
//! member's alignments are given, their depth does.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::ExplainError;
use crate::interpret::family_inputs;
use crate::knowledge::Knowledge;
use crate::look_up::site_records::{SiteRecord, SiteRecords, read_sites};
use crate::measure;
use crate::model::allele::Allele;
use crate::model::genotype::{Call, Copy, MissingReason};
use crate::model::participant::Participant;
use crate::model::pipeline::CoveragePolicy;
use crate::model::plan::Plan;
use crate::model::position::Interval;
use crate::normalise::join::{CoverList, footprint};
use crate::quality::coverage::Target;

/// Writes a line a member; `wanted` says whom to write of.
pub(super) fn members(
    text: &mut String,
    plan: &Plan,
    knowledge: &Knowledge,
    allele: &Allele,
    resolve: &dyn Fn(&Path) -> PathBuf,
    wanted: impl Fn(usize) -> bool,
) -> Result<(), ExplainError> {
    let family = &plan.referral.family;
    let mut said: Vec<String> =
        vec!["not sequenced: no variant file was provided".to_owned(); family.members.len()];
    let (inputs, _) = family_inputs(&plan.referral, resolve)?;
    let bundle = &knowledge.bundle;
    let place = footprint(allele);
    for (number, input) in inputs.iter().enumerate() {
        let file = read_sites(input, number as u16, bundle, std::slice::from_ref(allele))?;
        for (column, (member, _)) in input.members.iter().enumerate() {
            said[*member] = from_records(&file, column, allele, place);
        }
    }
    for (index, member) in family.members.iter().enumerate().filter(|(index, _)| wanted(*index)) {
        let _ = write!(text, "  {:<16} {}", member.id, said[index]);
        if let Some(depth) = from_alignments(member, allele, place, knowledge, resolve) {
            let _ = write!(text, "; {depth}");
        }
        text.push('\n');
    }
    Ok(())
}

/// What a file's records say of one member's column.
fn from_records(file: &SiteRecords, column: usize, allele: &Allele, place: Interval) -> String {
    let here: Vec<&SiteRecord> = file.records.iter().filter(|site| site.speaks_of(allele, place)).collect();
    let mut covers = CoverList::default();
    covers.extend(here.iter().map(|site| site.cover()));
    covers.settle();
    let carries_another = here
        .iter()
        .filter_map(|site| site.record.calls.get(column))
        .any(|call| call.alleles.iter().flatten().any(|&number| number > 0));
    match covers.call(place, column) {
        Some(call) if call.missing.is_some() => "not called: the record here has no genotype".to_owned(),
        Some(call) if call.copies.contains(&Copy::Unknown) => {
            format!("partially called; the rest is unknown ({})", figures(&call))
        }
        Some(call) if carries_another => format!("called, with another allele here ({})", figures(&call)),
        Some(call) => format!("covered, and called without this allele ({})", figures(&call)),
        None if !here.is_empty() => {
            "not fully covered: the records span only part of the position".to_owned()
        }
        None if file.is_gvcf => "not covered: the gVCF has neither a block nor a record here".to_owned(),
        None => {
            "no record here: a plain VCF does not distinguish a reference genotype from a position without \
             reads, so the genotype is unknown"
                .to_owned()
        }
    }
}

fn figures(call: &Call) -> String {
    let number = |value: Option<u32>| value.map_or("not given".to_owned(), |n| n.to_string());
    format!("depth {}, genotype quality {}", number(call.depth), number(call.quality))
}

/// The depth of the member's reads, where they are given.
fn from_alignments(
    member: &Participant,
    allele: &Allele,
    place: Interval,
    knowledge: &Knowledge,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Option<String> {
    let written = member.alignments.as_ref()?;
    let policy = CoveragePolicy { exon_padding: 0, ..knowledge.pipeline.coverage.clone() };
    let target = Target {
        contig: allele.contig,
        interval: place,
        gene: String::new(),
        hgnc_id: None,
        transcript: String::new(),
        exon: 0,
    };
    let sample = member.vcf_sample.as_deref();
    Some(match measure::of_participant(&resolve(written), sample, &[target], &policy, &knowledge.bundle) {
        Ok(result) if result.overall.max == 0 => "the alignments have no reads here: not covered".to_owned(),
        Ok(result) => format!(
            "the alignments have depth {}{} (reads of mapping quality {} or more)",
            result.overall.min,
            if result.overall.max > result.overall.min {
                format!(" to {}", result.overall.max)
            } else {
                String::new()
            },
            policy.mapping_quality
        ),
        Err(fault) => format!("the alignments cannot be read: {fault}"),
    })
}

/// Why a call is missing, in words.
pub(super) fn missing_words(reason: MissingReason) -> &'static str {
    match reason {
        MissingReason::NotSequenced => "not sequenced",
        MissingReason::NoCall => "not called",
        MissingReason::NotCovered => "not in the member's own file",
        MissingReason::BelowQuality => "below the quality thresholds",
        MissingReason::Filtered => "filtered by the caller (FT)",
    }
}
