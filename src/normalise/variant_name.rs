//! A variant as a person names it: `CHROM-POS-REF-ALT`, held against the reference.

use crate::model::allele::Allele;
use crate::model::event::Event;
use crate::model::position::Position1;
use crate::reference::genome::Genome;
use crate::reference::placement;
use crate::reference::placement::ReferenceMatch;

/// How a variant is to be written, for messages.
pub const FORM: &str = "write it as CHROM-POS-REF-ALT, such as 1-55039974-G-T";

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

/// The name of an event: a small variant as [`write()`] gives it, another by its kind and the bases it concerns.
pub fn write_event(event: &Event, genome: &Genome) -> String {
    let words = match event {
        Event::Small(allele) => return write(allele, genome),
        Event::Structural(variant) => variant.kind.words(),
        other => other.kind().words(),
    };
    let interval = event.interval();
    let first = Position1::from_offset(interval.start);
    format!("{}:{first}-{} {words}", genome.contig(event.contig()).name, interval.end.max(first.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn genome() -> Genome {
        Genome::from_sequences(vec![("chr1".to_owned(), b"GATTTTCA".to_vec())])
    }

    #[test]
    fn every_spelling_has_one_name() {
        let genome = genome();
        for text in ["chr1-2-AT-A", "1-2-AT-A", "chr1-5-TT-T", "chr1-2-ATT-AT", "chr1-6-TC-C", "chr1-2-at-a"]
        {
            let allele = read(text, &genome).unwrap();
            assert_eq!(write(&allele, &genome), "chr1-2-AT-A", "{text}");
        }
        let name = write(&read("1-3-T-G", &genome).unwrap(), &genome);
        assert_eq!(name, "chr1-3-T-G");
        assert_eq!(write(&read(&name, &genome).unwrap(), &genome), name);
    }

    #[test]
    fn what_cannot_exist_is_refused_with_the_reason() {
        for (text, words) in [
            ("chr1-2-C-A", "the reference has A there"),
            ("chr1-8-AT-A", "chr1 has 8 bases"),
            ("chr1-9-A-T", "chr1 has 8 bases"),
            ("chr1-4294967296-A-T", "is not a position"),
            ("chr1--A-T", "is not a position"),
            ("chr1-2-A-A", "are the same"),
            ("chr1-2-A-", "must be bases"),
            ("chr1-2-A-N", "must be bases"),
            ("chr2-2-A-T", "no contig 'chr2'"),
            ("c.5A>T", "four parts"),
            ("", "four parts"),
        ] {
            let problem = read(text, &genome()).unwrap_err();
            assert!(problem.contains(words), "{text}: {problem}");
        }
    }
}
