//! What the bundle's site tables say of an allele, field by field.

use crate::model::allele::Allele;
use crate::model::annotation::SiteValue;
use crate::reference::bundle::Bundle;
use crate::reference::placement;
use crate::reference::sites::{SiteCursor, SiteTable};

/// The site tables of a bundle, each with its fields, in the order of the columns.
#[derive(Debug)]
pub struct SiteColumns<'a> {
    bundle: &'a Bundle,
    tables: Vec<(String, Vec<String>)>,
    count: usize,
}

impl<'a> SiteColumns<'a> {
    /// Those of a bundle.
    pub fn new(bundle: &'a Bundle) -> Self {
        let tables = bundle.site_tables().iter().map(|table| {
            let fields = table.fields().iter().map(|field| field.name.clone()).collect();
            (table.name().to_owned(), fields)
        });
        let tables: Vec<(String, Vec<String>)> = tables.collect();
        let count = tables.iter().map(|(_, fields)| fields.len()).sum();
        Self { bundle, tables, count }
    }

    /// The columns' names: `table_field`.
    pub fn names(&self) -> Vec<String> {
        let of = |(table, fields): &(String, Vec<String>)| {
            fields.iter().map(|field| format!("{table}_{field}")).collect::<Vec<_>>()
        };
        self.tables.iter().flat_map(of).collect()
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.count
    }

    /// The values of an allele, one a column. `cursors` are the places in the tables from allele to allele of a batch,
    /// which come in order; none at its start.
    pub fn values(&self, allele: &Allele, cursors: &mut Vec<SiteCursor<'a>>) -> Vec<Option<SiteValue>> {
        if self.tables.is_empty() {
            return Vec::new();
        }
        if cursors.is_empty() {
            cursors.extend(self.bundle.site_tables().iter().map(SiteTable::cursor));
        }
        let normalised = placement::left_align(self.bundle.genome(), allele);
        let mut values = Vec::with_capacity(self.len());
        for cursor in cursors {
            let (row, table) = (cursor.find(&normalised), cursor.table());
            for at in 0..table.fields().len() {
                values.push(row.and_then(|row| table.value(row, at)).map(SiteValue::from));
            }
        }
        values
    }
}
