//! Notices that stand beside the headline where hardly anything of the input could be looked at: "nothing was
//! found" must not be read as a result when nothing was there to find.

use super::funnel::{Funnel, Step};

/// Steps at which an allele is lost for the state of the files, not for what it is.
const TECHNICAL: [Step; 5] =
    [Step::NotASequence, Step::UnknownContig, Step::Filter, Step::CallQuality, Step::NotEvaluable];

/// The notices for a funnel: no allele at all, or more than half of them lost at one technical step. Every
/// variant of a gVCF brings a `<NON_REF>`, so ALTs that are no sequence are told where there is nothing else.
pub fn input_notices(funnel: &Funnel) -> Vec<String> {
    if funnel.input == 0 {
        return vec![
            "The variant files hold no allele to look at, so this is not a negative result; check that they are \
             the right ones and complete."
                .to_owned(),
        ];
    }
    let lost = |step: &Step| match step {
        Step::NotASequence => funnel.at(*step) == funnel.input,
        _ => funnel.at(*step) > funnel.input / 2,
    };
    let before: u64 =
        [Step::NotASequence, Step::UnknownContig, Step::Filter].iter().map(|step| funnel.at(*step)).sum();
    let asked = funnel.input - before;
    let nobody = (asked > 0 && funnel.at(Step::NotCarried) + funnel.at(Step::GenotypeUnknown) == asked).then(|| {
        "No affected member carries any allele of the variant files, so this is not a negative result; check that \
         the sample columns are the right ones and hold genotypes (GT)."
            .to_owned()
    });
    TECHNICAL
        .into_iter()
        .filter(lost)
        .map(|step| {
            format!(
                "{} of {} alleles were not looked at ({}), so a negative result says little; check the files, and \
                 the pipeline's settings for them.",
                funnel.at(step),
                funnel.input,
                step.words()
            )
        })
        .chain(nobody)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_input_and_one_that_is_lost_are_told() {
        let mut funnel = Funnel::default();
        assert!(input_notices(&funnel)[0].contains("no allele"));
        funnel.count_many(Step::Filter, 6);
        funnel.count_many(Step::Frequency, 4);
        let notices = input_notices(&funnel);
        assert!(notices.len() == 1 && notices[0].starts_with("6 of 10 alleles"), "{notices:?}");
    }

    #[test]
    fn files_in_which_no_affected_member_carries_anything_are_told() {
        let mut funnel = Funnel::default();
        funnel.count_many(Step::Filter, 2);
        funnel.count_many(Step::NotCarried, 8);
        assert!(input_notices(&funnel).iter().any(|notice| notice.contains("genotypes (GT)")));
    }

    #[test]
    fn an_ordinary_funnel_needs_no_notice() {
        let mut funnel = Funnel::default();
        funnel.count_many(Step::Filter, 5);
        funnel.count_many(Step::NotCarried, 4);
        funnel.count(Step::Frequency);
        assert!(input_notices(&funnel).is_empty());
    }
}
