//! The values of the site tables as INFO fields of their own: `table_field`, one value an ALT.

use crate::annotate::edit::Edit;
use crate::annotate_file::csq::escape_from;
use crate::annotate_file::outcome::{Class, Outcomes};
use crate::annotate_file::setting::{Setting, allele};
use crate::model::allele::Alternate;
use crate::model::annotation::NotEvaluable;
use crate::model::record::VariantRecord;
use crate::reference::bundle::Bundle;
use crate::reference::placement;
use crate::reference::sites::{SiteCursor, SiteFieldKind, SiteTable, SiteValue, output_key};
use crate::write::bcf::value::Whole;
use crate::write::info_value::{InfoValue, whole};

/// The keys, in the order of the tables and their fields.
pub(super) fn keys(bundle: &Bundle) -> Vec<String> {
    let of = |table: &SiteTable| {
        table.fields().iter().map(|field| output_key(table.name(), &field.name)).collect::<Vec<_>>()
    };
    bundle.site_tables().iter().flat_map(of).collect()
}

/// The header lines of the fields.
pub(super) fn header_lines(bundle: &Bundle) -> Vec<String> {
    let fields = bundle.site_tables().iter().flat_map(|table| {
        table.fields().iter().map(move |field| {
            let kind = match field.kind {
                SiteFieldKind::Integer | SiteFieldKind::Flag => "Integer",
                SiteFieldKind::Float => "Float",
                SiteFieldKind::Text => "String",
            };
            let clean = |text: &str| text.replace(['"', '\\'], "_").replace(char::is_control, "_");
            let version = clean(&table.meta().version);
            let release = if version.is_empty() { String::new() } else { format!(" {version}") };
            format!(
                "Number=A,Type={kind},Description=\"{} of {}{release}: {}\">",
                clean(&field.name),
                clean(table.name()),
                clean(&field.description)
            )
        })
    });
    keys(bundle).iter().zip(fields).map(|(key, rest)| format!("##INFO=<ID={key},{rest}")).collect()
}

/// Empty values of the right kinds.
pub(super) fn empty(bundle: &Bundle) -> Vec<InfoValue> {
    let kinds = bundle.site_tables().iter().flat_map(SiteTable::fields).map(|field| field.kind);
    kinds
        .map(|kind| match kind {
            SiteFieldKind::Integer | SiteFieldKind::Flag => InfoValue::Whole(Vec::new()),
            SiteFieldKind::Float => InfoValue::Decimal(Vec::new()),
            SiteFieldKind::Text => InfoValue::Text(String::new()),
        })
        .collect()
}

/// Fills in the values of a record's ALTs; `values` are as [`empty`] made them.
///
/// # Errors
/// A number that takes more than 32 bits, which no VCF can hold.
pub(super) fn fill<'a>(
    values: &mut [InfoValue],
    setting: &Setting<'a>,
    record: &VariantRecord,
    cursors: &mut Vec<SiteCursor<'a>>,
    outcomes: &mut Outcomes,
) -> Result<(), String> {
    values.iter_mut().for_each(InfoValue::clear);
    if cursors.is_empty() {
        cursors.extend(setting.bundle.site_tables().iter().map(SiteTable::cursor));
    }
    if record.alternates.is_empty() {
        outcomes.add(Class::NoAlternate);
    }
    let mut any = false;
    for (number, alternate) in record.alternates.iter().enumerate() {
        let rows = rows(setting, record, alternate, cursors);
        let class = match &rows {
            Err(reason) => Class::of(alternate, *reason),
            Ok(rows) if rows.iter().any(Option::is_some) => Class::InSiteTable,
            Ok(_) => Class::InNoSiteTable,
        };
        any |= class == Class::InSiteTable;
        outcomes.add(class);
        let mut slots = values.iter_mut();
        for (at, cursor) in cursors.iter().enumerate() {
            let row = rows.as_ref().ok().and_then(|rows| rows[at]);
            for (field, slot) in (0..cursor.table().fields().len()).zip(&mut slots) {
                let value = row.and_then(|row| cursor.table().value(row, field));
                push(slot, number, value).ok_or_else(|| {
                    let name = &cursor.table().fields()[field].name;
                    format!("{name} of {} needs more than 32 bits", cursor.table().name())
                })?;
            }
        }
    }
    if !any {
        values.iter_mut().for_each(InfoValue::clear);
    }
    Ok(())
}

type Rows = smallvec::SmallVec<[Option<u32>; 8]>;

/// The allele's row in each table.
fn rows(
    setting: &Setting<'_>,
    record: &VariantRecord,
    alternate: &Alternate,
    cursors: &mut [SiteCursor<'_>],
) -> Result<Rows, NotEvaluable> {
    let allele = allele(record, alternate)?;
    let genome = setting.bundle.genome();
    Edit::new(genome, &allele)?;
    let normalised = placement::left_align(genome, &allele);
    Ok(cursors.iter_mut().map(|cursor| cursor.find(&normalised)).collect())
}

/// Appends the value of ALT `number`, from 0; absent where it does not fit.
fn push(slot: &mut InfoValue, number: usize, value: Option<SiteValue<'_>>) -> Option<()> {
    match slot {
        InfoValue::Whole(numbers) => numbers.push(match value {
            Some(SiteValue::Integer(value)) => whole(value)?,
            Some(SiteValue::Flag) => Whole::Value(1),
            _ => Whole::Missing,
        }),
        InfoValue::Decimal(numbers) => numbers.push(match value {
            // VCF 4.5, section 1.3: a number with a point has single precision; beyond its range it would be infinite.
            Some(SiteValue::Float(value)) if value.abs() > f64::from(f32::MAX) => return None,
            Some(SiteValue::Float(value)) => Some(value),
            _ => None,
        }),
        InfoValue::Text(text) => {
            if number > 0 {
                text.push(',');
            }
            let from = text.len();
            match value {
                Some(SiteValue::Text(value)) if !value.is_empty() => text.push_str(value),
                _ => text.push('.'),
            }
            escape_from(text, from);
        }
    }
    Some(())
}
