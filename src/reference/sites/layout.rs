//! The arrays of a site table's file.

use serde::{Deserialize, Serialize};

use super::super::sections::Sections;
use super::SiteValue;
use super::key::{LongAllele, long_index};

/// First row of each contig, and the total.
pub(crate) const CONTIG_INDEX: usize = 0;
/// 0-based starts.
pub(crate) const POSITIONS: usize = 1;
/// Alleles (see [`super::key`]).
pub(crate) const KEYS: usize = 2;
/// Alleles that do not fit into a key.
pub(crate) const LONG_ALLELES: usize = 3;
/// Their bases.
pub(crate) const LONG_BASES: usize = 4;
/// From here three arrays a field: values, dictionary offsets, dictionary text.
pub(crate) const FIELDS: usize = 5;

/// The mark of a missing dictionary text.
pub(crate) const NO_TEXT: u32 = u32::MAX;

/// How a field's values are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteFieldKind {
    /// Whole numbers that fit 32 bits; the least of them marks a missing value.
    Integer32,
    /// Whole numbers; the least of them marks a missing value.
    Integer64,
    /// Numbers; a NaN marks a missing value.
    Float,
    /// Text by way of a dictionary.
    Text,
    /// Set or not.
    Flag,
}

/// One field of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteField {
    /// Its key in the source.
    pub name: String,
    /// How its values are kept.
    pub kind: SiteFieldKind,
    /// `Number` of the source's header: `A`, `R`, `1`, `.`.
    pub number: String,
    /// Description of the source's header.
    pub description: String,
}

/// What is known of a table besides its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteTableMeta {
    /// The table's name.
    pub name: String,
    /// The source's version.
    pub version: String,
    /// The source's licence.
    pub licence: String,
    /// Number of rows.
    pub rows: u64,
    /// The fields.
    pub fields: Vec<SiteField>,
}

/// Number of arrays in the file of a table with so many fields.
pub(crate) fn arrays(fields: usize) -> usize {
    FIELDS + 3 * fields
}

/// Checks lengths and the index; keys and values are not read.
pub(crate) fn check(sections: &Sections, meta: &SiteTableMeta) -> Result<(), String> {
    let rows = usize::try_from(meta.rows).unwrap_or(usize::MAX);
    if rows > u32::MAX as usize {
        return Err("more rows than a table can have".to_owned());
    }
    sections.check::<u32>(CONTIG_INDEX, None)?;
    sections.check::<u32>(POSITIONS, Some(rows))?;
    sections.check::<u64>(KEYS, Some(rows))?;
    sections.check::<LongAllele>(LONG_ALLELES, None)?;
    let index = sections.array::<u32>(CONTIG_INDEX);
    if index.windows(2).any(|pair| pair[0] > pair[1]) || index.last().is_none_or(|&l| l as usize != rows) {
        return Err("the index of contigs does not fit; the file is damaged".to_owned());
    }
    for (at, field) in meta.fields.iter().enumerate() {
        let values = FIELDS + 3 * at;
        match field.kind {
            SiteFieldKind::Integer32 => sections.check::<i32>(values, Some(rows))?,
            SiteFieldKind::Integer64 => sections.check::<i64>(values, Some(rows))?,
            SiteFieldKind::Float => sections.check::<f64>(values, Some(rows))?,
            SiteFieldKind::Text => {
                sections.check::<u32>(values, Some(rows))?;
                sections.check::<u64>(values + 1, None)?;
            }
            SiteFieldKind::Flag => sections.check::<u8>(values, Some(rows))?,
        }
    }
    Ok(())
}

/// One value.
pub(crate) fn value<'a>(
    sections: &'a Sections,
    field: &SiteField,
    at: usize,
    row: usize,
) -> Option<SiteValue<'a>> {
    let values = FIELDS + 3 * at;
    match field.kind {
        SiteFieldKind::Integer32 => {
            let value = *sections.array::<i32>(values).get(row)?;
            (value != i32::MIN).then_some(SiteValue::Integer(i64::from(value)))
        }
        SiteFieldKind::Integer64 => {
            let value = *sections.array::<i64>(values).get(row)?;
            (value != i64::MIN).then_some(SiteValue::Integer(value))
        }
        SiteFieldKind::Float => {
            let value = *sections.array::<f64>(values).get(row)?;
            (!value.is_nan()).then_some(SiteValue::Float(value))
        }
        SiteFieldKind::Text => {
            let entry = *sections.array::<u32>(values).get(row)? as usize;
            let offsets = sections.array::<u64>(values + 1);
            let (start, end) = (*offsets.get(entry)?, *offsets.get(entry + 1)?);
            let bytes = sections.array::<u8>(values + 2).get(start as usize..end as usize)?;
            std::str::from_utf8(bytes).ok().map(SiteValue::Text)
        }
        SiteFieldKind::Flag => {
            let set = *sections.array::<u8>(values).get(row)?;
            (set != 0).then_some(SiteValue::Flag)
        }
    }
}

/// For the full check of a bundle: every key of a long allele leads to bases, and every row is in order.
pub(crate) fn check_rows(sections: &Sections) -> Result<(), String> {
    let index = sections.array::<u32>(CONTIG_INDEX);
    let positions = sections.array::<u32>(POSITIONS);
    for pair in index.windows(2) {
        let own = positions.get(pair[0] as usize..pair[1] as usize).unwrap_or_default();
        if own.windows(2).any(|p| p[0] > p[1]) {
            return Err("rows are out of order; the file is damaged".to_owned());
        }
    }
    let bases = sections.array::<u8>(LONG_BASES).len() as u64;
    let long = sections.array::<LongAllele>(LONG_ALLELES);
    let inside = |l: &LongAllele| {
        let length = u64::from(l.reference) + u64::from(l.alternate);
        l.offset.checked_add(length).is_some_and(|end| end <= bases)
    };
    let keys = sections.array::<u64>(KEYS);
    if keys.iter().filter_map(|&k| long_index(k)).any(|at| !long.get(at).is_some_and(inside)) {
        return Err("a long allele has no bases; the file is damaged".to_owned());
    }
    Ok(())
}
