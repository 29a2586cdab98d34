//! The caller's FILTER column.

use super::outcome::Outcome;
use super::rules::{Ask, Filter};
use crate::model::funnel::FunnelStep;
use crate::model::guideline::Guideline;
use crate::model::pipeline::QualityPolicy;

/// The row.
pub const SITE_FILTER: Filter = Filter {
    id: "site_filter",
    source: Guideline::new(
        "Genomics England, Rare Disease Genome Analysis Guide",
        "variant tiering, criterion 1",
        "Mira, 2024-04",
    ),
    words: "caller's filter",
    steps: &[FunnelStep::Filter],
    ask: Ask::InPlace,
};

/// Keeps records that passed the caller's filters. `filters` is as in
/// [`crate::model::record::VariantRecord::filters`]: names other than PASS, `None` for `.`.
pub fn site_filter(filters: Option<&[String]>, policy: &QualityPolicy) -> Outcome {
    let threshold = if policy.accept_filters.is_empty() {
        "PASS".to_owned()
    } else {
        format!("PASS or {}", policy.accept_filters.join(", "))
    };
    let outcome = |kept, value: String, reason, would_keep| Outcome {
        rule: SITE_FILTER.rule(),
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

#[cfg(test)]
mod tests {
    use super::*;
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
}
