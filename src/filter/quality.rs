//! The caller's FILTER column, and the floors below which a genotype says nothing.

use super::outcome::{Outcome, Rule};
use crate::model::genotype::{Call, MissingReason};
use crate::model::pipeline::QualityPolicy;

/// Keeps records that passed the caller's filters. `filters` is as in
/// [`crate::model::record::VariantRecord::filters`]: names other than PASS, `None` for `.`.
pub fn site_filter(filters: Option<&[String]>, policy: &QualityPolicy) -> Outcome {
    let threshold = if policy.accept_filters.is_empty() {
        "PASS".to_owned()
    } else {
        format!("PASS or {}", policy.accept_filters.join(", "))
    };
    let outcome = |kept, value: String, reason, would_keep| Outcome {
        rule: Rule::SiteFilter,
        kept,
        value,
        threshold: threshold.clone(),
        reason,
        would_keep,
    };
    let Some(names) = filters else {
        return if policy.accept_unfiltered {
            outcome(true, ".".to_owned(), "the caller applied no filter, which is accepted".to_owned(), None)
        } else {
            let reason = "the caller applied no filter (FILTER is '.')".to_owned();
            outcome(false, ".".to_owned(), reason, Some("accept_unfiltered = true".to_owned()))
        };
    };
    let refused: Vec<&str> =
        names.iter().map(String::as_str).filter(|n| !policy.accept_filters.iter().any(|a| a == n)).collect();
    let value = if names.is_empty() { "PASS".to_owned() } else { names.join(";") };
    if refused.is_empty() {
        outcome(true, value.clone(), format!("FILTER is {value}"), None)
    } else {
        let list = refused.join(", ");
        let reason = format!("FILTER is {value}; {list} not accepted");
        outcome(false, value, reason, Some(format!("{list} in accept_filters")))
    }
}

/// Holds a call against the floors: `None` when it meets them, else the floor that it misses. A figure the
/// caller did not give is not held against the call. `hemizygous` is true where one copy of X or Y is
/// expected, which has its own quality floor.
pub fn missed_floor(call: &Call, hemizygous: bool, policy: &QualityPolicy) -> Option<Outcome> {
    if call.missing.is_some() {
        return None;
    }
    let dropped = |what: &str, value: String, least: String| {
        Some(Outcome {
            rule: Rule::GenotypeQuality,
            kept: false,
            reason: format!("{what} {value} is below {least}"),
            threshold: format!("{what} at least {least}"),
            would_keep: Some(format!("{what} threshold of {value}")),
            value,
        })
    };
    // Rounded down, so that a floor of what is shown would keep the call.
    let balance_text = |balance: f64| format!("{:.3}", (balance * 1_000.0).floor() / 1_000.0);
    let quality = if hemizygous { policy.genotype_quality_hemizygous } else { policy.genotype_quality };
    if let Some(value) = call.quality.filter(|&q| q < quality) {
        return dropped("genotype quality", value.to_string(), quality.to_string());
    }
    if let Some(value) = call.depth.filter(|&d| d < policy.depth) {
        return dropped("depth", value.to_string(), policy.depth.to_string());
    }
    if !call.carries() || call.from_reference_block {
        return None;
    }
    let heterozygous = call.alternate_copies() < call.copies.len();
    let (kind, least) = if heterozygous {
        ("heterozygous allele balance", policy.heterozygous_balance)
    } else {
        ("homozygous allele balance", policy.homozygous_balance)
    };
    match call.allele_balance() {
        Some(balance) if balance < least => dropped(kind, balance_text(balance), least.to_string()),
        _ => None,
    }
}

/// Turns a call below the floors into an unknown one, keeping its figures for the record. Returns the floor
/// it missed. On the mitochondrial genome the fraction decides and allele balance is no fault: do not call
/// this there.
pub fn apply_floors(call: &mut Call, hemizygous: bool, policy: &QualityPolicy) -> Option<Outcome> {
    let missed = missed_floor(call, hemizygous, policy)?;
    call.missing = Some(MissingReason::BelowQuality);
    Some(missed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::genotype::Copy::{Alternate as A, Other as O};
    use crate::model::pipeline::DeNovoPolicy;

    fn policy() -> QualityPolicy {
        QualityPolicy {
            accept_unfiltered: false,
            accept_filters: vec!["LowMap".to_owned()],
            genotype_quality: 20,
            genotype_quality_hemizygous: 10,
            depth: 8,
            heterozygous_balance: 0.2,
            homozygous_balance: 0.8,
            mitochondrial_fraction: 0.03,
            de_novo: DeNovoPolicy {
                proband_balance_highest: None,
                proband_quality: 0,
                parent_reference_fraction: None,
                parent_depth: 10,
                parent_quality: 20,
                parent_alternate_reads: 1,
                proband_alternate_reads: 5,
                proband_balance: 0.25,
            },
        }
    }

    #[test]
    fn filters_are_read_name_by_name() {
        let names = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert!(site_filter(Some(&[]), &policy()).kept);
        assert!(site_filter(Some(&names(&["LowMap"])), &policy()).kept);
        let dropped = site_filter(Some(&names(&["LowMap", "q10"])), &policy());
        assert!(!dropped.kept);
        assert_eq!(dropped.would_keep.as_deref(), Some("q10 in accept_filters"));
        assert!(!site_filter(None, &policy()).kept);
        assert!(site_filter(None, &QualityPolicy { accept_unfiltered: true, ..policy() }).kept);
    }

    #[test]
    fn a_call_at_the_floor_stands_and_one_below_becomes_unknown() {
        let mut call =
            Call { quality: Some(20), depth: Some(8), allele_depths: Some((4, 1)), ..Call::of(&[O, A]) };
        assert_eq!(apply_floors(&mut call, false, &policy()), None);
        call.quality = Some(19);
        assert!(missed_floor(&call, true, &policy()).is_none(), "the hemizygous floor is lower");
        let missed = apply_floors(&mut call, false, &policy()).unwrap();
        assert_eq!(missed.reason, "genotype quality 19 is below 20");
        assert_eq!(call.missing, Some(MissingReason::BelowQuality));
    }

    #[test]
    fn balance_is_asked_of_carriers_only() {
        let reference = Call { allele_depths: Some((20, 1)), ..Call::of(&[O, O]) };
        assert!(missed_floor(&reference, false, &policy()).is_none());
        let thin = Call { allele_depths: Some((20, 1)), ..Call::of(&[O, A]) };
        assert!(missed_floor(&thin, false, &policy()).is_some());
        let mixed = Call { allele_depths: Some((7, 20)), ..Call::of(&[A, A]) };
        assert!(missed_floor(&mixed, false, &policy()).is_some());
        let block = Call { from_reference_block: true, ..thin };
        assert!(missed_floor(&block, false, &policy()).is_none());
    }
}
