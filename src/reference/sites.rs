//! Site tables: what a public resource says about exact alleles (frequencies, assertions, scores).
//!
//! Every allele is trimmed and left-aligned when the table is built (see [`super::placement`]), so that one
//! change of the genome is one row whatever its spelling in the source. Keys lie apart from values, and each
//! field apart from the others: a look-up touches the keys and the columns asked for, nothing else.

pub(crate) mod key;
pub(crate) mod layout;

use std::ops::Range;

use crate::model::allele::Allele;
use crate::model::contig::ContigId;

use super::placement;
use super::sections::Sections;
pub use layout::{SiteField, SiteFieldKind, SiteTableMeta};

/// A value of one field for one allele.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SiteValue<'a> {
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// Text, as in the source; several values stay joined by commas.
    Text(&'a str),
    /// A flag that is set.
    Flag,
}

impl From<SiteValue<'_>> for crate::model::annotation::SiteValue {
    fn from(value: SiteValue<'_>) -> Self {
        match value {
            SiteValue::Integer(number) => Self::Integer(number),
            SiteValue::Float(number) => Self::Float(number),
            SiteValue::Text(text) => Self::Text(text.to_owned()),
            SiteValue::Flag => Self::Flag(true),
        }
    }
}

impl std::fmt::Display for SiteValue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
            Self::Flag => f.write_str("1"),
        }
    }
}

/// One resource.
#[derive(Debug)]
pub struct SiteTable {
    meta: SiteTableMeta,
    sections: Sections,
}

impl SiteTable {
    /// Checks the arrays of a table against each other; values are not read.
    pub(crate) fn from_sections(sections: Sections, meta: SiteTableMeta) -> Result<Self, String> {
        layout::check(&sections, &meta)?;
        Ok(Self { meta, sections })
    }

    /// The name given in the manifest: `gnomad_genomes`, `clinvar`.
    pub fn name(&self) -> &str {
        &self.meta.name
    }

    /// The fields, in the order of the table.
    pub fn fields(&self) -> &[SiteField] {
        &self.meta.fields
    }

    /// The place of a field in [`SiteTable::fields`].
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.meta.fields.iter().position(|f| f.name == name)
    }

    /// Number of alleles.
    pub fn len(&self) -> usize {
        self.positions().len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.positions().is_empty()
    }

    /// True when the table has any allele on the contig. An allele that is not found on a contig the table
    /// does not cover is not known to be absent from the resource.
    pub fn covers(&self, contig: ContigId) -> bool {
        !self.contig_rows(contig).is_empty()
    }

    /// The regions in which absence of an allele means that it was looked for and not seen; `None`: the
    /// resource does not say.
    pub fn covered_regions(&self) -> Option<&[(ContigId, crate::model::position::Interval)]> {
        None
    }

    /// The row of an allele. It must be left-aligned; it may carry an anchor base, which is trimmed here.
    pub fn find(&self, allele: &Allele) -> Option<u32> {
        let trimmed;
        let allele = if needs_trimming(allele) {
            trimmed = placement::trim(allele);
            &trimmed
        } else {
            allele
        };
        let keys = self.sections.array::<u64>(layout::KEYS);
        let inline = key::inline(&allele.reference, &allele.alternate);
        self.rows_at(allele.contig, allele.start).find(|&row| {
            let stored = keys[row as usize];
            match inline {
                Some(key) => stored == key,
                None => self.long(stored) == Some((&allele.reference, &allele.alternate)),
            }
        })
    }

    /// The rows of all alleles that start at a 0-based offset once trimmed and left-aligned.
    pub fn rows_at(&self, contig: ContigId, start: u32) -> Range<u32> {
        let rows = self.contig_rows(contig);
        let positions = &self.positions()[rows.start as usize..rows.end as usize];
        let from = positions.partition_point(|&p| p < start) as u32;
        let count = positions[from as usize..].iter().take_while(|&&p| p == start).count() as u32;
        rows.start + from..rows.start + from + count
    }

    /// The rows of all alleles that start within a 0-based half-open interval.
    pub fn rows_within(&self, contig: ContigId, start: u32, end: u32) -> Range<u32> {
        let rows = self.contig_rows(contig);
        let positions = &self.positions()[rows.start as usize..rows.end as usize];
        let from = positions.partition_point(|&p| p < start) as u32;
        let to = positions.partition_point(|&p| p < end) as u32;
        rows.start + from..rows.start + to.max(from)
    }

    /// The allele of a row, trimmed and left-aligned; `None` past the last row.
    pub fn allele(&self, row: u32) -> Option<Allele> {
        let start = *self.positions().get(row as usize)?;
        let index = self.sections.array::<u32>(layout::CONTIG_INDEX);
        let contig = ContigId(index.partition_point(|&first| first <= row).checked_sub(1)? as u16);
        let stored = *self.sections.array::<u64>(layout::KEYS).get(row as usize)?;
        let (reference, alternate) = match self.long(stored) {
            Some((reference, alternate)) => (reference.to_vec(), alternate.to_vec()),
            None => key::spelled(stored),
        };
        Some(Allele { contig, start, reference, alternate })
    }

    /// The value of a field; `None` where the source gives none for the allele.
    pub fn value(&self, row: u32, field: usize) -> Option<SiteValue<'_>> {
        layout::value(&self.sections, self.meta.fields.get(field)?, field, row as usize)
    }

    /// For the full check of a bundle.
    pub(crate) fn check_rows(&self) -> Result<(), String> {
        layout::check_rows(&self.sections)
    }

    fn positions(&self) -> &[u32] {
        self.sections.array(layout::POSITIONS)
    }

    fn contig_rows(&self, contig: ContigId) -> Range<u32> {
        let index = self.sections.array::<u32>(layout::CONTIG_INDEX);
        match (index.get(contig.index()), index.get(contig.index() + 1)) {
            (Some(&first), Some(&last)) => first..last,
            _ => 0..0,
        }
    }

    fn long(&self, stored: u64) -> Option<(&[u8], &[u8])> {
        let row =
            self.sections.array::<key::LongAllele>(layout::LONG_ALLELES).get(key::long_index(stored)?)?;
        let bases = self.sections.array::<u8>(layout::LONG_BASES);
        let middle = row.offset.checked_add(u64::from(row.reference))?;
        let end = middle.checked_add(u64::from(row.alternate))?;
        Some((bases.get(row.offset as usize..middle as usize)?, bases.get(middle as usize..end as usize)?))
    }
}

fn needs_trimming(allele: &Allele) -> bool {
    match (allele.reference.as_slice(), allele.alternate.as_slice()) {
        ([a, ..], [b, ..]) => a == b || allele.reference.last() == allele.alternate.last(),
        _ => false,
    }
}
