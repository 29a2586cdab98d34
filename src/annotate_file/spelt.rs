//! REF and ALT as the record spells them, where reading changed their letters: lower case, and `<*>` for `<NON_REF>`.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::model::allele::Alternate;
use crate::model::record::VariantRecord;
use crate::read::variants::bcf::value::Cursor;

/// The alleles of one record in its own letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelt {
    /// REF.
    pub reference: String,
    /// ALTs in their order.
    pub alternates: Vec<String>,
}

/// The record's own spelling, where it is not that of the record as it was read. `bytes` is the record as it stands in
/// the file.
pub(super) fn otherwise(bytes: &[u8], bcf: bool, record: &VariantRecord) -> Option<Spelt> {
    let (reference, alternates) = if bcf { of_bcf(bytes)? } else { of_line(bytes)? };
    if alternates.len() != record.alternates.len() {
        return None;
    }
    let same = |(text, alternate): (&&[u8], &Alternate)| written(alternate).as_bytes() == *text;
    if reference == record.reference && alternates.iter().zip(&record.alternates).all(same) {
        return None;
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Some(Spelt {
        reference: text(reference),
        alternates: alternates.iter().map(|alternate| text(alternate)).collect(),
    })
}

type Alleles<'a> = (&'a [u8], SmallVec<[&'a [u8]; 4]>);

fn of_line(line: &[u8]) -> Option<Alleles<'_>> {
    let mut columns = line.splitn(6, |&b| b == b'\t').skip(3);
    let (reference, alternates) = (columns.next()?, columns.next()?);
    let each = || alternates.split(|&b| b == b',').collect();
    Some((reference, if alternates == b"." { SmallVec::new() } else { each() }))
}

/// Source: "The Variant Call Format Specification", BCF2 (fixed part of a record of 32 bytes with its two lengths, the
/// number of alleles in the upper half of the seventh word, then ID and the alleles).
fn of_bcf(record: &[u8]) -> Option<Alleles<'_>> {
    let mut cursor = Cursor::new(record);
    cursor.bytes(24).ok()?;
    let count = cursor.word().ok()? >> 16;
    cursor.word().ok()?;
    let mut text = || cursor.value().ok().map(|(_, bytes)| bytes);
    text()?;
    let reference = text()?;
    let alternates = (1..count).map(|_| text()).collect::<Option<SmallVec<_>>>()?;
    Some((reference, alternates))
}

/// ALT as it was read.
pub(super) fn written(alternate: &Alternate) -> Cow<'_, str> {
    match alternate {
        Alternate::Bases(bases) | Alternate::Ambiguous(bases) => String::from_utf8_lossy(bases),
        Alternate::SpanningDeletion => "*".into(),
        Alternate::NonReference => "<NON_REF>".into(),
        Alternate::Symbolic(name) => format!("<{name}>").into(),
        Alternate::Breakend(text) => text.into(),
    }
}
