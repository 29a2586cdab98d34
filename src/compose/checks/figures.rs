//! Calls without the figures that the floors of quality are held against. A figure that a caller does not write is not
//! held against its calls, so a weak call passes where a reader believes it was filtered.

use super::{Asked, Check, Raised, entry};
use crate::model::guideline::Guideline;
use crate::model::pipeline::QualityPolicy;
use crate::quality::identity::member::FigureCounts;
use crate::report::model::Severity;

/// The row.
pub(super) const FIGURES: Check = Check {
    id: "genotypes_without_figures",
    source: Guideline::new(
        "GA4GH, Variant Call Format Specification",
        "1.6.2, genotype fields GQ, DP and AD",
        "v4.5",
    ),
    severity: Severity::Warning,
    words: "Whether the calls of each member give the figures that the quality floors are held against",
    of_look_ups: false,
    raise,
};

fn raise(asked: &Asked) -> Raised {
    let policy = &asked.knowledge.pipeline.quality;
    let members = asked.plan.referral.family.members.iter().zip(&asked.found.identity.members);
    let mut raised = Raised::default();
    for (member, counts) in members {
        let missing = missing(&counts.figures, policy);
        if missing.is_empty() {
            continue;
        }
        raised.notices.push(notice(&member.id, &missing));
        let calls = counts.figures.calls;
        let each = missing.iter().map(|figure| format!("{} in {}", figure.field, figure.without));
        let message = format!(
            "of {calls} calls in which {} carries an allele, figures are missing: {}",
            member.id,
            each.collect::<Vec<_>>().join(", ")
        );
        let mut check = entry(Severity::Warning, &member.id, message);
        check.remedy = Some(REMEDY.to_owned());
        raised.checks.push(check);
    }
    raised
}

const REMEDY: &str =
    "ask for these fields from the variant caller, or confirm what is reported by another method";

/// A figure that most calls do not give.
struct Missing {
    /// The VCF field.
    field: &'static str,
    /// The floors that need it, with their values.
    floors: String,
    /// Calls without it.
    without: u64,
}

/// The figures that more than half of the calls lack, among those that a floor in force needs.
fn missing(figures: &FigureCounts, policy: &QualityPolicy) -> Vec<Missing> {
    let calls = figures.calls;
    let quality = match policy.genotype_quality == policy.genotype_quality_hemizygous {
        true => format!("genotype quality {}", policy.genotype_quality),
        false => {
            let hemizygous = policy.genotype_quality_hemizygous;
            format!("genotype quality {}, or {hemizygous} where hemizygous", policy.genotype_quality)
        }
    };
    let balance = format!(
        "allele balance {} if heterozygous, {} if homozygous",
        policy.heterozygous_balance, policy.homozygous_balance
    );
    let asks_for_balance = policy.heterozygous_balance > 0.0 || policy.homozygous_balance > 0.0;
    let asks_for_quality = policy.genotype_quality.max(policy.genotype_quality_hemizygous) > 0;
    [
        ("GQ", asks_for_quality, quality, figures.quality),
        ("DP", policy.depth > 0, format!("depth {}", policy.depth), figures.depth),
        ("AD", asks_for_balance, balance, figures.allele_depths),
    ]
    .into_iter()
    .filter(|(_, in_force, _, given)| *in_force && calls - given > calls / 2)
    .map(|(field, _, floors, given)| Missing { field, floors, without: calls - given })
    .collect()
}

fn notice(member: &str, missing: &[Missing]) -> String {
    let fields: Vec<&str> = missing.iter().map(|figure| figure.field).collect();
    let floors: Vec<&str> = missing.iter().map(|figure| figure.floors.as_str()).collect();
    let fields = match fields.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => fields.concat(),
    };
    format!(
        "Weak calls of {member} may be reported: most calls give no {fields}, so the quality floors on these were not \
         applied ({}); {REMEDY}.",
        floors.join("; ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy() -> QualityPolicy {
        toml::from_str(
            "accept_unfiltered = true\naccept_filters = []\ngenotype_quality = 20\ngenotype_quality_hemizygous = 10\n\
             depth = 8\nheterozygous_balance = 0.2\nhomozygous_balance = 0.8\nmitochondrial_fraction = 0.03\n\
             [de_novo]\nparent_depth = 10\nparent_quality = 20\nparent_alternate_reads = 1\n\
             proband_alternate_reads = 5\nproband_balance = 0.25\n",
        )
        .unwrap()
    }

    fn fields(figures: FigureCounts, policy: &QualityPolicy) -> Vec<&'static str> {
        missing(&figures, policy).into_iter().map(|figure| figure.field).collect()
    }

    #[test]
    fn a_figure_that_more_than_half_of_the_calls_lack_is_missing() {
        let counts =
            |quality, depth, allele_depths| FigureCounts { calls: 10, quality, depth, allele_depths };
        assert!(fields(FigureCounts::default(), &policy()).is_empty(), "nothing was carried");
        assert!(fields(counts(10, 5, 10), &policy()).is_empty());
        assert_eq!(fields(counts(0, 4, 10), &policy()), ["GQ", "DP"]);
        let without = QualityPolicy { genotype_quality: 0, genotype_quality_hemizygous: 0, ..policy() };
        assert_eq!(fields(counts(0, 10, 0), &without), ["AD"], "no floor needs GQ");
    }

    #[test]
    fn the_notice_names_the_member_the_figures_and_the_floors() {
        let figures = FigureCounts { calls: 4, quality: 0, depth: 0, allele_depths: 4 };
        assert_eq!(
            notice("P1", &missing(&figures, &policy())),
            "Weak calls of P1 may be reported: most calls give no GQ or DP, so the quality floors on these were not \
             applied (genotype quality 20, or 10 where hemizygous; depth 8); ask for these fields from the variant \
             caller, or confirm what is reported by another method."
        );
    }
}
