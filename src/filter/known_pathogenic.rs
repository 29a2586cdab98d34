//! Whether a clinical assertion makes an allele known as pathogenic.

use super::rules::{Known, Waiver};
use crate::model::guideline::Guideline;

/// The row.
pub const KNOWN_PATHOGENIC: Waiver = Waiver {
    id: "known_pathogenic",
    source: Guideline::new(
        "Genomics England, Rare Disease Genome Analysis Guide",
        "variant tiering, criterion 6 (since Izar, 2023-03)",
        "Mira, 2024-04",
    ),
    words: "an assertion of pathogenic or likely pathogenic waives frequency and consequence",
    why: |known: &Known| known.assertion.map(|value| format!("the clinical assertion is '{value}'")),
};

/// True when an assertion such as `Pathogenic/Likely_pathogenic` or `Pathogenic|drug_response` names a class
/// of `pathogenic` and none that speaks against it.
///
/// ClinVar joins several classes of one record by `/`, `|` or `,`. Descriptors beside the class (drug
/// response, risk factor, low penetrance) do not count; a benign, uncertain or conflicting class beside a
/// pathogenic one means that the assertion is not agreed on, and the answer is no.
///
/// Source: NCBI ClinVar, "Representation of classifications", CLNSIG values of the VCF release notes.
pub fn known_pathogenic(assertion: &str, pathogenic: &[String]) -> bool {
    let classes: Vec<String> = assertion.split(['/', '|', ',', ';']).map(plain).collect();
    let contested =
        classes.iter().any(|c| c.contains("benign") || c.contains("uncertain") || c.contains("conflict"));
    !contested && classes.iter().any(|c| pathogenic.iter().any(|p| plain(p) == *c))
}

fn plain(text: &str) -> String {
    text.replace('_', " ").trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreed_assertions_count_and_contested_ones_do_not() {
        let list = ["Pathogenic".to_owned(), "Likely_pathogenic".to_owned()];
        for yes in [
            "Pathogenic",
            "Likely_pathogenic",
            "Pathogenic/Likely_pathogenic",
            "Pathogenic|drug_response",
            "Pathogenic/Likely_pathogenic|risk_factor",
            "Pathogenic/Pathogenic,_low_penetrance",
        ] {
            assert!(known_pathogenic(yes, &list), "{yes}");
        }
        for no in [
            "",
            "Benign",
            "Likely_benign|Likely_pathogenic",
            "Pathogenic|Benign",
            "Conflicting_interpretations_of_pathogenicity",
            "Conflicting_classifications_of_pathogenicity",
            "Uncertain_significance",
            "not_provided",
            "drug_response",
        ] {
            assert!(!known_pathogenic(no, &list), "{no}");
        }
    }
}
