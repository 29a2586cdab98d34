//! Notices that stand beside the headline where hardly anything of the input could be looked at: "nothing was
//! found" must not be read as a result when nothing was there to find.

use super::{Check, Raised};
use crate::model::funnel::{Funnel, FunnelStep};
use crate::model::guideline::Guideline;
use crate::report::model::Severity;

/// The row: files without an allele.
pub(super) const NO_ALLELES: Check = Check {
    id: "no_alleles",
    source: Guideline::own("docs/results.md"),
    severity: Severity::Warning,
    words: "Whether the variant files hold any allele",
    of_look_ups: false,
    raise: |asked| Raised::notices(no_alleles(&asked.found.funnel)),
};

/// The row: alleles lost to the state of the files.
pub(super) const LOST_ALLELES: Check = Check {
    id: "lost_alleles",
    source: Guideline::own("docs/results.md"),
    severity: Severity::Warning,
    words: "Whether more than half of the alleles were lost to the state of the files at one step",
    of_look_ups: false,
    raise: |asked| Raised::notices(lost_alleles(&asked.found.funnel)),
};

/// The row: nobody affected carries anything.
pub(super) const NOBODY_CARRIES: Check = Check {
    id: "nobody_carries",
    source: Guideline::own("docs/results.md"),
    severity: Severity::Warning,
    words: "Whether any affected member carries any allele",
    of_look_ups: false,
    raise: |asked| Raised::notices(nobody_carries(&asked.found.funnel)),
};

/// Steps at which an allele is lost for the state of the files, not for what it is.
const TECHNICAL: [FunnelStep; 5] = [
    FunnelStep::NotASequence,
    FunnelStep::UnknownContig,
    FunnelStep::Filter,
    FunnelStep::CallQuality,
    FunnelStep::NotEvaluable,
];

fn no_alleles(funnel: &Funnel) -> Option<String> {
    (funnel.input == 0).then(|| {
        "The variant files contain no allele to analyse, so this is not a negative result; check that \
         they are the correct files and complete."
            .to_owned()
    })
}

/// Every variant of a gVCF brings a `<NON_REF>`, so ALTs that are no sequence are reported where there is nothing else.
fn lost_alleles(funnel: &Funnel) -> Vec<String> {
    let lost = |step: &FunnelStep| match step {
        _ if funnel.input == 0 => false,
        FunnelStep::NotASequence => funnel.at(*step) == funnel.input,
        _ => funnel.at(*step) > funnel.input / 2,
    };
    let words = |step: FunnelStep| {
        format!(
            "{} of {} alleles were not analysed ({}), so a negative result is unreliable; check the \
             files and the pipeline's settings for them.",
            funnel.at(step),
            funnel.input,
            step.words()
        )
    };
    TECHNICAL.into_iter().filter(lost).map(words).collect()
}

fn nobody_carries(funnel: &Funnel) -> Option<String> {
    let before: u64 = [FunnelStep::NotASequence, FunnelStep::UnknownContig, FunnelStep::Filter]
        .iter()
        .map(|step| funnel.at(*step))
        .sum();
    let asked = funnel.input - before;
    let nobody = funnel.at(FunnelStep::NotCarried) + funnel.at(FunnelStep::GenotypeUnknown) == asked;
    (asked > 0 && nobody).then(|| {
        "No affected member carries any allele in the variant files, so this is not a negative result; \
         check that the sample columns are correct and contain genotypes (GT)."
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input_notices(funnel: &Funnel) -> Vec<String> {
        no_alleles(funnel).into_iter().chain(lost_alleles(funnel)).chain(nobody_carries(funnel)).collect()
    }

    #[test]
    fn an_empty_input_and_one_that_is_lost_are_told() {
        let mut funnel = Funnel::default();
        assert!(input_notices(&funnel)[0].contains("no allele"));
        funnel.count_many(FunnelStep::Filter, 6);
        funnel.count_many(FunnelStep::Frequency, 4);
        let notices = input_notices(&funnel);
        assert!(notices.len() == 1 && notices[0].starts_with("6 of 10 alleles"), "{notices:?}");
    }

    #[test]
    fn files_in_which_no_affected_member_carries_anything_are_told() {
        let mut funnel = Funnel::default();
        funnel.count_many(FunnelStep::Filter, 2);
        funnel.count_many(FunnelStep::NotCarried, 8);
        assert!(input_notices(&funnel).iter().any(|notice| notice.contains("genotypes (GT)")));
    }

    #[test]
    fn an_ordinary_funnel_needs_no_notice() {
        let mut funnel = Funnel::default();
        funnel.count_many(FunnelStep::Filter, 5);
        funnel.count_many(FunnelStep::NotCarried, 4);
        funnel.count(FunnelStep::Frequency);
        assert!(input_notices(&funnel).is_empty());
    }
}
