//! Variants that a request names, in the one spelling by which they are looked up.

use crate::model::plan::PlannedVariant;
use crate::normalise::variant_name;

use super::context::PlanContext;
use super::error::Refusal;

/// The variants of a request, in its order, each once.
///
/// # Errors
/// The first that is not of the form, or cannot exist on the bundle's genome: looking it up would find nobody who
/// carries it, which would read as an answer.
pub(super) fn of(written: &[String], context: &PlanContext<'_>) -> Result<Vec<PlannedVariant>, Refusal> {
    let mut planned: Vec<PlannedVariant> = Vec::with_capacity(written.len());
    for text in written {
        let refused = |problem: String| Refusal::Variant { text: text.clone(), problem };
        let genome =
            context.genome.ok_or_else(|| refused("no genome is open to check it against".to_owned()))?;
        let allele = variant_name::read(text, genome).map_err(refused)?;
        let name = variant_name::write(&allele, genome);
        if !planned.iter().any(|known| known.name == name) {
            planned.push(PlannedVariant { written: text.clone(), name });
        }
    }
    Ok(planned)
}
