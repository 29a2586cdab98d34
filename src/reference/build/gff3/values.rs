//! What the attributes of a row say, dialect by dialect.

use super::attributes::{Attributes, decode};
use crate::model::position::Interval;

/// Protein accession of a CDS row, with its version.
pub(super) fn protein(attributes: &Attributes<'_>) -> Option<String> {
    let id = attributes.get("protein_id").or_else(|| {
        let id = attributes.get("ID")?;
        // GENCODE names its CDS rows after the transcript.
        id.strip_prefix("CDS:").filter(|id| !id.starts_with("ENST")).or_else(|| id.strip_prefix("cds-"))
    })?;
    Some(with_version(&decode(id), attributes.get("version").or_else(|| attributes.get("protein_version"))))
}

pub(super) fn with_version(id: &str, version: Option<&str>) -> String {
    match version {
        Some(version) if !id.contains('.') => format!("{id}.{version}"),
        _ => id.to_owned(),
    }
}

/// The codons of `transl_except=(pos:10..12,aa:Sec)` entries (NCBI GFF3 specification; INSDC feature table,
/// /transl_except), 1-based there; `complement(…)` and `join(…)` may wrap the positions.
pub(super) fn selenocysteines(attributes: &Attributes<'_>) -> Result<Vec<Interval>, String> {
    let Some(text) = attributes.decoded("transl_except") else { return Ok(Vec::new()) };
    let mut codons = Vec::new();
    for entry in text.split("(pos:").skip(1) {
        let Some((positions, amino_acid)) = entry.split_once("aa:") else {
            return Err(format!("transl_except '{entry}' has no aa:"));
        };
        if !amino_acid.starts_with("Sec") {
            continue;
        }
        let numbers = positions.replace("complement", "").replace("join", "");
        let numbers = numbers.trim_matches(|c: char| !c.is_ascii_digit());
        for range in numbers.split(',') {
            let (first, last) = range.split_once("..").unwrap_or((range, range));
            match (first.parse::<u32>(), last.parse::<u32>()) {
                (Ok(first), Ok(last)) if first > 0 && first <= last => {
                    codons.push(Interval::new(first - 1, last));
                }
                _ => return Err(format!("transl_except has positions '{range}'; expected FIRST..LAST")),
            }
        }
    }
    Ok(codons)
}

/// RefSeq marks a CDS that goes on past its row: `start_range=.,N` at the low side, `end_range=N,.` at the
/// high one.
pub(super) fn incomplete_sides(attributes: &Attributes<'_>, _interval: Interval) -> Vec<bool> {
    let mut sides = Vec::new();
    if attributes.get("start_range").is_some_and(|r| r.starts_with('.')) {
        sides.push(true);
    }
    if attributes.get("end_range").is_some_and(|r| r.ends_with('.')) {
        sides.push(false);
    }
    sides
}

/// Ensembl gives the HGNC identifier at the end of a gene's description: `[Source:HGNC Symbol;Acc:HGNC:1100]`.
pub(super) fn hgnc_of_description(description: Option<&str>) -> Option<&str> {
    let (_, rest) = description?.split_once("Source:HGNC Symbol;Acc:")?;
    rest.split(']').next()
}
