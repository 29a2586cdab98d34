//! One entry per ALT of a record, each seen against the original genotypes.
//!
//! The genotype is never rewritten: `1/2` seen from ALT 1 is one copy that carries it and one that carries
//! something else, not `0/1`, which would invent a reference copy.

use crate::model::allele::{Allele, Alternate};
use crate::model::record::{InputSpelling, NormalisedAllele, VariantRecord};

/// Why an ALT offers no allele of known sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotSequence {
    /// `*`, an upstream deletion.
    SpanningDeletion,
    /// `<NON_REF>` or `<*>`.
    NonReference,
    /// A symbolic allele: deletion, duplication, copy number, repeat.
    Symbolic,
    /// A breakend.
    Breakend,
    /// Bases that name no one sequence.
    Ambiguous,
    /// The same bases as REF.
    SameAsReference,
}

impl NotSequence {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::SpanningDeletion,
        Self::NonReference,
        Self::Symbolic,
        Self::Breakend,
        Self::Ambiguous,
        Self::SameAsReference,
    ];

    /// The kind in words.
    pub fn text(self) -> &'static str {
        match self {
            Self::SpanningDeletion => "spanning deletions (*)",
            Self::NonReference => "any other allele (<NON_REF>)",
            Self::Symbolic => "symbolic alleles",
            Self::Breakend => "breakends",
            Self::Ambiguous => "ambiguous bases",
            Self::SameAsReference => "ALT equal to REF",
        }
    }

    /// True for structural variants, which another analysis must look at; the others stand beside an allele
    /// that is looked at, or say nothing.
    pub fn is_structural(self) -> bool {
        matches!(self, Self::Symbolic | Self::Breakend)
    }
}

/// Splits a record. Alleles are spelt as in the record (upper case); `skip` is told of every ALT that offers
/// none.
pub fn split(
    record: &VariantRecord,
    file: u16,
    mut skip: impl FnMut(NotSequence),
) -> impl Iterator<Item = NormalisedAllele> {
    let mut numbered = Vec::with_capacity(record.alternates.len());
    for (index, alternate) in record.alternates.iter().enumerate() {
        match sequence(alternate) {
            Ok(bases) if *bases == *record.reference => skip(NotSequence::SameAsReference),
            Ok(bases) => numbered.push((index as u8 + 1, bases)),
            Err(reason) => skip(reason),
        }
    }
    numbered.into_iter().map(move |(number, bases)| NormalisedAllele {
        allele: Allele {
            contig: record.contig,
            start: record.start,
            reference: record.reference.clone(),
            alternate: bases.to_vec(),
        },
        spelling: InputSpelling {
            file,
            record: record.number,
            alternate_number: number,
            start: record.start,
            reference: record.reference.clone(),
            alternate: bases.to_vec(),
        },
        filters: record.filters.clone(),
        quality: record.quality,
        calls: record.calls.iter().map(|call| call.seen_from(&record.alternates, Some(number))).collect(),
    })
}

fn sequence(alternate: &Alternate) -> Result<&[u8], NotSequence> {
    match alternate {
        Alternate::Bases(bases) => Ok(bases),
        Alternate::SpanningDeletion => Err(NotSequence::SpanningDeletion),
        Alternate::NonReference => Err(NotSequence::NonReference),
        Alternate::Symbolic(_) => Err(NotSequence::Symbolic),
        Alternate::Breakend(_) => Err(NotSequence::Breakend),
        Alternate::Ambiguous(_) => Err(NotSequence::Ambiguous),
    }
}

#[cfg(test)]
mod tests {
    use smallvec::smallvec;

    use super::*;
    use crate::model::contig::ContigId;
    use crate::model::genotype::{Copy, MissingReason};
    use crate::model::record::RecordCall;

    fn bases(text: &str) -> Alternate {
        Alternate::Bases(text.as_bytes().to_vec())
    }

    fn record(alternates: Vec<Alternate>, genotypes: &[&[Option<u8>]]) -> VariantRecord {
        let call = |alleles: &&[Option<u8>]| RecordCall {
            alleles: alleles.iter().copied().collect(),
            allele_depths: smallvec![5, 6, 7],
            fractions: smallvec![0.25, f32::NAN],
            ..RecordCall::default()
        };
        VariantRecord {
            contig: ContigId(0),
            start: 9,
            reference: b"A".to_vec(),
            alternates,
            quality: None,
            filters: None,
            end: None,
            calls: genotypes.iter().map(call).collect(),
            number: 3,
        }
    }

    #[test]
    fn each_allele_sees_the_original_genotype() {
        let record =
            record(vec![bases("C"), bases("AT")], &[&[Some(1), Some(2)], &[None, Some(2)], &[Some(0)], &[]]);
        let split: Vec<_> = split(&record, 1, |_| panic!()).collect();
        use crate::model::genotype::Copy::{Alternate, Other, Unknown};
        let copies =
            |entry: &NormalisedAllele| entry.calls.iter().map(|c| c.copies.to_vec()).collect::<Vec<_>>();
        assert_eq!(copies(&split[0]), [vec![Alternate, Other], vec![Unknown, Other], vec![Other], vec![]]);
        assert_eq!(
            copies(&split[1]),
            [vec![Other, Alternate], vec![Unknown, Alternate], vec![Other], vec![]]
        );
        assert_eq!(
            (split[0].calls[0].allele_depths, split[1].calls[0].allele_depths),
            (Some((5, 6)), Some((5, 7)))
        );
        assert_eq!((split[0].calls[0].fraction, split[1].calls[0].fraction), (Some(0.25), None));
        assert_eq!(split[0].calls[3].missing, Some(MissingReason::NoCall));
        assert_eq!(
            (split[1].spelling.alternate_number, split[1].spelling.record, split[1].spelling.file),
            (2, 3, 1)
        );
    }

    #[test]
    fn what_is_no_sequence_is_counted_and_still_seen_in_the_genotype() {
        let alternates = vec![
            bases("C"),
            Alternate::SpanningDeletion,
            Alternate::NonReference,
            Alternate::Symbolic("DEL:ME".into()),
            Alternate::Symbolic("DUP".into()),
            bases("A"),
        ];
        let genotype = |other| vec![Some(1), Some(other)];
        let genotypes: Vec<Vec<_>> = (2..=5).map(genotype).collect();
        let genotypes: Vec<&[_]> = genotypes.iter().map(Vec::as_slice).collect();
        let record = record(alternates, &genotypes);
        let mut skipped = Vec::new();
        let split: Vec<_> = split(&record, 0, |reason| skipped.push(reason)).collect();
        use NotSequence::*;
        assert_eq!(skipped, [SpanningDeletion, NonReference, Symbolic, Symbolic, SameAsReference]);
        let second: Vec<_> = split[0].calls.iter().map(|c| c.copies[1]).collect();
        assert_eq!(second, [Copy::Deleted, Copy::Unknown, Copy::Deleted, Copy::Other]);
    }
}
