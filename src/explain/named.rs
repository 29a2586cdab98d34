//! A variant that the request names: the answers of the look-up, made again.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::ExplainError;
use crate::compose::look_up::looked_up as in_words;
use crate::knowledge::Knowledge;
use crate::look_up::look_up_some;
use crate::model::allele::Allele;
use crate::model::plan::{Plan, PlannedVariant};
use crate::normalise::variant_name;

/// The answers as text; nothing where the request does not name the variant.
///
/// # Errors
/// When a variant file is refused.
pub(super) fn answers(
    plan: &Plan,
    knowledge: &Knowledge,
    wanted: &Allele,
    resolve: &dyn Fn(&Path) -> PathBuf,
) -> Result<Option<String>, ExplainError> {
    let name = variant_name::write(wanted, knowledge.bundle.genome());
    let named: Vec<&PlannedVariant> =
        plan.named_variants.iter().filter(|variant| variant.name == name).collect();
    let looked_up = look_up_some(&named, plan, knowledge, resolve)?;
    let files = &looked_up.summary.files;
    let variants = in_words(&looked_up.variants, &looked_up.files, files, knowledge, plan);
    Ok(variants.first().map(|variant| {
        let mut text =
            "\nLooked up by name, as requested: in the report regardless of the rules\n".to_owned();
        for answer in &variant.answers {
            let _ = write!(text, "  {:<16} {}: {}", answer.participant, answer.state.words(), answer.words);
            let number = |value: Option<u32>| value.map_or("not given".to_owned(), |n| n.to_string());
            let _ = writeln!(
                text,
                " (genotype {}, depth {}, genotype quality {})",
                answer.genotype.as_deref().unwrap_or("none"),
                number(answer.depth),
                number(answer.quality)
            );
        }
        text
    }))
}

/// The whole explanation of a referral that looks variants up and does nothing else. Of any other variant nothing
/// is told: it was not asked about, and its genotypes are nobody's business here.
pub(super) fn alone(answers: Option<String>) -> String {
    answers.unwrap_or_else(|| {
        "\nNot in the report: the request is for other named variants only, so this one was not examined. \
         Carrier status is not disclosed.\n"
            .to_owned()
    })
}
