//! What a record lists beside alleles of known sequence: structural variants, each seen against the original
//! genotypes.

use crate::model::allele::Alternate;
use crate::model::event::{CarriedEvent, Event, Structural, StructuralKind};
use crate::model::position::Interval;
use crate::model::record::{InputSpelling, VariantRecord};

/// Appends the structural variants that a record lists. POS is the base before the first one concerned (VCF 4.5,
/// section 5.2), END the last one; without END no base is known to be concerned.
pub fn structural(record: &VariantRecord, file: u16, out: &mut Vec<CarriedEvent>) {
    for (index, alternate) in record.alternates.iter().enumerate() {
        let (kind, written) = match alternate {
            Alternate::Symbolic(name) => (StructuralKind::of_symbol(name), format!("<{name}>").into_bytes()),
            Alternate::Breakend(text) => (StructuralKind::Breakend, text.clone().into_bytes()),
            Alternate::Ambiguous(bases) => (StructuralKind::Unknown, bases.clone()),
            Alternate::Bases(_) | Alternate::SpanningDeletion | Alternate::NonReference => continue,
        };
        let start = record.start + 1;
        let reference_end = record.start + record.reference.len() as u32;
        let end = record.end.unwrap_or(reference_end).max(start);
        let number = index as u8 + 1;
        out.push(CarriedEvent {
            event: Event::Structural(Structural::exact(kind, record.contig, Interval::new(start, end))),
            spelling: InputSpelling {
                file,
                record: record.number,
                alternate_number: number,
                start: record.start,
                reference: record.reference.clone(),
                alternate: written,
            },
            filters: record.filters.clone(),
            quality: record.quality,
            calls: record.calls.iter().map(|call| call.seen_from(&record.alternates, Some(number))).collect(),
        });
    }
}
