//! From a sites VCF or BCF to a site table.

mod columns;
mod header;
mod records;
mod report;

use std::path::Path;

use crate::model::allele::Allele;
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;
use crate::reference::placement::{self, ReferenceMatch};
use crate::reference::sections::{self, FileKind, Sections};
use crate::reference::sites::key::{self, LongAllele};
use crate::reference::sites::{SiteTable, SiteTableMeta, layout};

use super::assembly;
use columns::Column;
use header::Field;
use records::Records;
pub use report::SiteReport;

/// Where a table comes from and what is wanted of it.
#[derive(Clone, Debug, Default)]
pub struct SiteSource<'a> {
    /// The table's name.
    pub name: &'a str,
    /// The fields wanted: keys of INFO, or `ID`, `QUAL`, `FILTER`; empty for every INFO key the header
    /// declares.
    pub fields: &'a [String],
    /// The source's version, for the report.
    pub version: &'a str,
    /// The source's licence, for the report.
    pub licence: &'a str,
}

/// A table as the bytes of its file.
#[derive(Debug)]
pub struct BuiltTable {
    /// Name, version, licence and fields.
    pub meta: SiteTableMeta,
    /// What was taken and what was not.
    pub report: SiteReport,
    pub(crate) bytes: Vec<u8>,
}

impl BuiltTable {
    /// The table, in memory.
    ///
    /// # Errors
    /// Never for a table built by this version.
    pub fn table(&self) -> Result<SiteTable, String> {
        let arrays = layout::arrays(self.meta.fields.len());
        SiteTable::from_sections(
            Sections::from_bytes(&self.bytes, FileKind::Sites, arrays)?,
            self.meta.clone(),
        )
    }
}

/// Reads a sites VCF (plain, gzipped, bgzipped) or BCF. Alleles are split, trimmed and left-aligned on the
/// genome; the rows are sorted by contig, position, reference and alternate bases.
///
/// # Errors
/// When the file cannot be read, a record is malformed, a wanted field is not declared, or REF bases or
/// contig lengths show that the file belongs to another genome build.
pub fn build_site_table(
    path: &Path,
    source: &SiteSource<'_>,
    genome: &Genome,
) -> Result<BuiltTable, ReferenceError> {
    let mut records = Records::open(path)?;
    assembly::check_lengths(path, &records.header().contigs, genome)?;
    let fields = records.header().wanted(source.fields).map_err(|m| ReferenceError::source_file(path, m))?;
    let mut encoder = Encoder {
        genome,
        columns: fields.iter().map(Column::new).collect(),
        rows: Vec::new(),
        report: SiteReport { name: source.name.to_owned(), ..SiteReport::default() },
        every_field: source.fields.is_empty(),
    };
    while let Some(record) = records.next_record()? {
        if let Err(message) = encoder.record(record, &fields) {
            return Err(records.error(message));
        }
    }
    encoder.report.refuse_wrong_build(path, genome)?;
    Ok(encoder.finish(source, &fields))
}

struct Encoder<'a> {
    genome: &'a Genome,
    columns: Vec<Column>,
    rows: Vec<Allele>,
    report: SiteReport,
    /// No field was named: an INFO key without a column is then one that the header does not declare.
    every_field: bool,
}

impl Encoder<'_> {
    /// One line; the error is a message without its place.
    fn record(&mut self, line: &str, fields: &[Field]) -> Result<(), String> {
        let mut columns = line.split('\t');
        let mut column = |name: &str| columns.next().ok_or_else(|| format!("column {name} is missing"));
        let (chrom, pos, id) = (column("CHROM")?, column("POS")?, column("ID")?);
        let (reference, alternates) = (column("REF")?, column("ALT")?);
        let (quality, filter, info) = (column("QUAL")?, column("FILTER")?, column("INFO")?);
        self.report.records += 1;
        let pos: u32 = pos.parse().map_err(|_| format!("POS is '{pos}'; expected a whole number"))?;
        let name = || format!("{chrom}:{pos} {reference}>{alternates}");
        let Some(contig) = self.genome.contig_id(chrom) else {
            self.report.unknown_contig.add(name);
            return Ok(());
        };
        let Some(start) = pos.checked_sub(1) else {
            self.report.symbolic.add(name);
            return Ok(());
        };
        if reference.is_empty() || !reference.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(format!("REF is '{reference}'; expected bases"));
        }
        let reference_bases = reference.to_ascii_uppercase().into_bytes();
        let probe = Allele { contig, start, reference: reference_bases.clone(), alternate: Vec::new() };
        match placement::compare_reference(self.genome, &probe) {
            ReferenceMatch::Same => self.report.reference_same += 1,
            ReferenceMatch::Unknown => self.report.reference_unknown += 1,
            ReferenceMatch::Differs => {
                self.report.reference_differs.add(name);
                return Ok(());
            }
        }
        let count = alternates.split(',').count();
        let values = header::Values::new(fields, id, quality, filter, info, count);
        for (number, alternate) in alternates.split(',').enumerate() {
            if alternate.is_empty() || !alternate.bytes().all(|b| b.is_ascii_alphabetic()) {
                self.report.symbolic.add(name);
                continue;
            }
            let alternate = alternate.to_ascii_uppercase().into_bytes();
            if !alternate.iter().all(|b| matches!(b, b'A' | b'C' | b'G' | b'T')) {
                self.report.ambiguous.add(name);
                continue;
            }
            let written = Allele { contig, start, reference: reference_bases.clone(), alternate };
            if written.reference == written.alternate {
                self.report.no_change.add(name);
                continue;
            }
            let placed = placement::left_align(self.genome, &written);
            if vcf_start(&placed) < written.start {
                self.report.moved.add(name);
            }
            self.rows.push(placed);
            for (at, column) in self.columns.iter_mut().enumerate() {
                if !column.push(values.of(at, number)) {
                    self.report.unreadable.add(|| format!("{} of {}", fields[at].name, name()));
                }
            }
        }
        if self.every_field {
            self.report.count_undeclared(values.others());
        }
        Ok(())
    }

    /// Sorts, merges and writes the rows.
    fn finish(mut self, source: &SiteSource<'_>, fields: &[Field]) -> BuiltTable {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_by(|&a, &b| {
            // Among equal alleles the first of the file stays first.
            self.rows[a as usize].cmp(&self.rows[b as usize]).then(a.cmp(&b))
        });
        let mut kept: Vec<u32> = Vec::with_capacity(order.len());
        for row in order {
            match kept.last().filter(|&&last| self.rows[last as usize] == self.rows[row as usize]) {
                Some(&last) if self.columns.iter().all(|c| c.same(last, row)) => self.report.repeated += 1,
                Some(_) => {
                    let allele = &self.rows[row as usize];
                    let contig = &self.genome.contig(allele.contig).name;
                    self.report.conflicting.add(|| described(contig, allele));
                }
                None => kept.push(row),
            }
        }
        self.report.rows = kept.len() as u64;
        let arrays = self.key_arrays(&kept);
        let mut meta_fields = Vec::with_capacity(fields.len());
        let mut value_arrays: Vec<[Vec<u8>; 3]> = Vec::with_capacity(fields.len());
        for (field, column) in fields.iter().zip(&self.columns) {
            let (kind, arrays) = column.encode(&kept);
            meta_fields.push(field.described(kind));
            value_arrays.push(arrays);
        }
        let mut all: Vec<&[u8]> = arrays.iter().map(Vec::as_slice).collect();
        all.extend(value_arrays.iter().flatten().map(Vec::as_slice));
        let bytes = sections::encode(FileKind::Sites, &all);
        let meta = SiteTableMeta {
            name: source.name.to_owned(),
            version: source.version.to_owned(),
            licence: source.licence.to_owned(),
            rows: kept.len() as u64,
            fields: meta_fields,
        };
        BuiltTable { meta, report: self.report, bytes }
    }

    fn key_arrays(&self, kept: &[u32]) -> [Vec<u8>; layout::FIELDS] {
        let mut index: Vec<u32> = Vec::with_capacity(self.genome.contigs().len() + 1);
        let mut positions: Vec<u32> = Vec::with_capacity(kept.len());
        let mut keys: Vec<u64> = Vec::with_capacity(kept.len());
        let mut long: Vec<LongAllele> = Vec::new();
        let mut bases: Vec<u8> = Vec::new();
        for &row in kept {
            let allele = &self.rows[row as usize];
            while index.len() <= allele.contig.index() {
                index.push(positions.len() as u32);
            }
            positions.push(allele.start);
            let key = key::inline(&allele.reference, &allele.alternate).unwrap_or_else(|| {
                long.push(LongAllele {
                    offset: bases.len() as u64,
                    reference: allele.reference.len() as u32,
                    alternate: allele.alternate.len() as u32,
                });
                bases.extend(&allele.reference);
                bases.extend(&allele.alternate);
                key::long(long.len() - 1)
            });
            keys.push(key);
        }
        index.resize(self.genome.contigs().len() + 1, positions.len() as u32);
        [
            bytemuck::cast_slice(&index).to_vec(),
            bytemuck::cast_slice(&positions).to_vec(),
            bytemuck::cast_slice(&keys).to_vec(),
            bytemuck::cast_slice(&long).to_vec(),
            bases,
        ]
    }
}

/// The 0-based POS VCF gives a trimmed allele: an allele without bases on one side takes the base before it.
fn vcf_start(allele: &Allele) -> u32 {
    let anchored = allele.reference.is_empty() || allele.alternate.is_empty();
    if anchored { allele.start.saturating_sub(1) } else { allele.start }
}

/// `1:100 A>C`, with `-` for no bases.
fn described(contig: &str, allele: &Allele) -> String {
    let side = |bases: &[u8]| {
        if bases.is_empty() { "-".to_owned() } else { String::from_utf8_lossy(bases).into_owned() }
    };
    format!("{contig}:{} {}>{}", allele.position(), side(&allele.reference), side(&allele.alternate))
}

#[cfg(test)]
mod tests;
