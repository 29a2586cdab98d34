//! The explanation in words: heading, calls, rules, and what would have kept the variant.

use std::fmt::Write;

use super::place::missing_words;
use crate::interpret::small::examine::Trace;
use crate::knowledge::Knowledge;
use crate::model::allele::Allele;
use crate::model::frequency::Frequencies;
use crate::model::funnel::FunnelStep;
use crate::model::panel::Penetrance;
use crate::model::plan::Plan;
use crate::model::record::NormalisedAllele;
use crate::normalise::variant_name;
use crate::plan::plan_hash;

pub(super) fn heading(plan: &Plan, knowledge: &Knowledge, wanted: &Allele) -> String {
    let hash = plan_hash(plan).unwrap_or_default();
    format!(
        "{} in referral {} (plan {}, {}, {})\n",
        variant_name::write(wanted, knowledge.bundle.genome()),
        plan.referral.id,
        &hash[..hash.len().min(16)],
        plan.pipeline,
        plan.rule_set
    )
}

/// The frequency held against the limits of each kind of inheritance: the rule above asks whether any is kept.
pub(super) fn frequency_by_kind(text: &mut String, frequencies: &Frequencies) {
    let _ = writeln!(text, "\nFrequency, by kind of inheritance");
    for outcome in &frequencies.0 {
        let answer = crate::filter::frequency::outcome(outcome);
        let mark = if answer.kept { "allowed" } else { "ruled out" };
        let _ = write!(
            text,
            "  {mark:<9} {:<13} {} [{}; required: {}]",
            outcome.mode.words(),
            answer.reason,
            answer.value,
            answer.threshold
        );
        let _ = match &answer.would_keep {
            Some(would) => writeln!(text, "; allowed with: {would}"),
            None => writeln!(text),
        };
    }
}

pub(super) fn not_in_input(text: &mut String, entries: &[NormalisedAllele], wanted: &Allele) {
    let here = entries.iter().filter(|e| e.allele.interval().overlaps(wanted.interval())).count();
    let _ = writeln!(
        text,
        "\nNot in the report: the allele is not in the input. {}",
        match here {
            0 => "No allele was called at this position.".to_owned(),
            1 => "1 other allele was called at this position.".to_owned(),
            _ => format!("{here} other alleles were called at this position."),
        }
    );
    let _ = writeln!(text, "\nAt this position");
}

/// What was called of each member. A file read by its index does not tell the number of a record.
pub(super) fn calls(text: &mut String, plan: &Plan, entry: &NormalisedAllele, by_index: bool) {
    let _ = match by_index {
        true => writeln!(text, "\nCalls"),
        false => writeln!(text, "\nCalls (record {} of the input)", entry.spelling.record),
    };
    for (member, call) in plan.referral.family.members.iter().zip(&entry.calls) {
        let what = match call.missing {
            Some(reason) => format!("unknown ({})", missing_words(reason)),
            None => format!("{} of {} copies", call.alternate_copies(), call.copies.len()),
        };
        let number = |value: Option<u32>| value.map_or("not given".to_owned(), |n| n.to_string());
        let depths = call.allele_depths.map_or("not given".to_owned(), |(r, a)| format!("{r}+{a}"));
        let _ = writeln!(
            text,
            "  {:<16} {what}; depth {}, reads {depths}, genotype quality {}{}",
            member.id,
            number(call.depth),
            number(call.quality),
            if call.from_reference_block {
                " (the file covers the position but does not list the allele)"
            } else {
                ""
            }
        );
    }
}

pub(super) fn rules(text: &mut String, trace: &Trace) {
    let _ = writeln!(text, "\nRules, in order");
    for (_, answer) in &trace.answers {
        let mark = if answer.kept { "kept   " } else { "dropped" };
        let _ = writeln!(
            text,
            "  {mark}  {}: {} [{}; required: {}]",
            answer.rule.words(),
            answer.reason,
            answer.value,
            answer.threshold
        );
    }
}

/// Which penetrance was ordered, since both passes are shown.
pub(super) fn penetrance(text: &mut String, plan: &Plan) {
    let words = match plan.referral.penetrance {
        Penetrance::Complete => {
            "complete penetrance was requested: the result under incomplete penetrance is shown but not \
             used for tiering"
        }
        Penetrance::Incomplete => {
            "incomplete penetrance was requested: an unaffected carrier does not exclude a dominant mode"
        }
        Penetrance::Unknown => {
            "penetrance is not known: complete penetrance is tested; the result under incomplete penetrance \
             is shown but not used for tiering"
        }
    };
    let _ = writeln!(text, "  {words}");
}

/// The threshold of the first rule that would have let the allele pass, and the rules that would then drop it.
pub(super) fn nearest(text: &mut String, trace: &Trace, step: FunnelStep) {
    let answer = trace.answers.iter().find(|(at, answer)| *at == step && !answer.kept);
    let Some(would) = answer.and_then(|(_, answer)| answer.would_keep.as_deref()) else { return };
    let next: Vec<&str> = trace
        .answers
        .iter()
        .filter(|(at, answer)| *at != step && !answer.kept)
        .map(|(_, answer)| answer.rule.words())
        .collect();
    let _ = if next.is_empty() {
        writeln!(text, "This rule would have kept it with: {would}.")
    } else {
        writeln!(
            text,
            "This rule would have kept it with: {would}; it would then be dropped by {}.",
            next.join(", ")
        )
    };
}
