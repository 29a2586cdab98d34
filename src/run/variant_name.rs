//! A variant as a person names it: `CHROM-POS-REF-ALT`, held against the reference.

use crate::model::allele::Allele;
use crate::model::position::Position1;
use crate::reference::genome::Genome;
use crate::reference::placement::{self, ReferenceMatch};

/// How a variant is to be written, for messages.
pub const FORM: &str = "give it as CHROM-POS-REF-ALT, such as 1-55039974-G-T";

/// Reads a variant; the answer is as written, not moved.
///
/// # Errors
/// What is wrong, in words: it is not of the form, or cannot exist on this reference. An answer about a variant
/// that cannot exist, "not carried", would be true of it and mislead.
pub fn read(text: &str, genome: &Genome) -> Result<Allele, String> {
    let mut parts = text.rsplitn(4, '-');
    let (alternate, reference, position, contig) = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(alternate), Some(reference), Some(position), Some(contig)) =
        (alternate, reference, position, contig)
    else {
        return Err("four parts are needed".to_owned());
    };
    let contig = genome.contig_id(contig).ok_or_else(|| format!("the reference has no contig '{contig}'"))?;
    let start = position
        .parse::<u32>()
        .ok()
        .and_then(|p| Position1(p).offset())
        .ok_or_else(|| format!("'{position}' is not a position"))?;
    let bases = |bases: &str| {
        let upper = bases.to_ascii_uppercase().into_bytes();
        (!upper.is_empty() && upper.iter().all(|b| b"ACGT".contains(b))).then_some(upper)
    };
    let (Some(reference), Some(alternate)) = (bases(reference), bases(alternate)) else {
        return Err("REF and ALT must be bases".to_owned());
    };
    let allele = Allele { contig, start, reference, alternate };
    check(&allele, genome).map(|()| allele)
}

fn check(allele: &Allele, genome: &Genome) -> Result<(), String> {
    if allele.reference == allele.alternate {
        return Err("REF and ALT are the same".to_owned());
    }
    if placement::compare_reference(genome, allele) != ReferenceMatch::Differs {
        return Ok(());
    }
    let contig = genome.contig(allele.contig);
    let there = genome.bases(allele.contig, allele.interval());
    Err(if u64::from(allele.start) + allele.reference.len() as u64 > u64::from(contig.length) {
        format!("{} has {} bases", contig.name, contig.length)
    } else {
        format!("the reference has {} there", String::from_utf8_lossy(&there))
    })
}

/// The one spelling of a variant: left-aligned, as VCF writes it, under the reference's own contig name.
pub fn write(allele: &Allele, genome: &Genome) -> String {
    let spelt = placement::vcf_spelling(genome, &placement::left_align(genome, allele));
    format!(
        "{}-{}-{}-{}",
        genome.contig(spelt.contig).name,
        spelt.position(),
        String::from_utf8_lossy(&spelt.reference),
        String::from_utf8_lossy(&spelt.alternate)
    )
}
