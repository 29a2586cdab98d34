//! From a sites VCF, a BCF or a table of scores to a site table.
//!
//! A source is read in pieces of a megabyte; workers inflate them and make rows of them (`parse`), the rows
//! are put in order (`sorter`) and encoded in superblocks (`superblock`), again by the workers. What is in
//! memory does not grow with the source.

mod bcf;
mod called;
mod column;
mod compare;
mod covered;
mod frequency;
mod given;
mod header;
mod info;
mod input;
mod merge;
mod number;
mod open;
mod parse;
mod report;
mod role;
mod rows;
mod runs;
mod sorter;
mod superblock;
mod table;
mod tsv;
mod vcf;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use crate::model::assembly::Assembly;
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;
use crate::reference::sites::file::SUPERBLOCK_BITS;
use crate::reference::sites::meta::{contigs_hash, one_output_key};
use crate::reference::sites::{Quotient, SiteFieldKind, SiteTable, SiteTableMeta};

use super::assembly;
use column::Column;
use compare::Compared;
use covered::Places;
use header::Field;
use merge::MergeRule;
use open::{Format, Opened};
use parse::Parser;
pub use report::SiteReport;
use sorter::{Shape, Sorter};

/// Where a table comes from and what is wanted of it.
#[derive(Clone, Debug, Default)]
pub struct SiteSource<'a> {
    /// The table's name.
    pub name: &'a str,
    /// The fields wanted: keys of INFO, or `ID`, `QUAL`, `FILTER`, or columns of a table; empty for every INFO
    /// key the header declares, or every column.
    pub fields: &'a [String],
    /// Other names for fields, by key.
    pub names: Option<&'a BTreeMap<String, String>>,
    /// BED file of the regions in which the source looked.
    pub covered: Option<&'a Path>,
    /// The tables built before it, with which its fields may not share names in outputs.
    pub earlier: &'a [SiteTableMeta],
    /// The source's version, for the report.
    pub version: &'a str,
    /// The source's licence, for the report.
    pub licence: &'a str,
    /// BLAKE3 hash of the source.
    pub blake3: &'a str,
}

/// A table as it was built.
#[derive(Debug)]
pub struct BuiltTable {
    /// Name, version, licence and fields.
    pub meta: SiteTableMeta,
    /// What was taken and what was not.
    pub report: SiteReport,
}

impl BuiltTable {
    /// Opens the table in the file it was written to.
    ///
    /// # Errors
    /// When the file is damaged since.
    pub fn open(&self, file: &Path) -> Result<SiteTable, String> {
        table::open(file, &self.meta)
    }
}

/// Reads a sites VCF, a BCF or a table of text (plain, gzipped, bgzipped), and writes a site table into a file.
/// Alleles are split, trimmed and left-aligned on the genome.
///
/// # Errors
/// When a file cannot be read or written, a record is malformed, a wanted field is not declared, or REF bases
/// or contig lengths show that the file belongs to another genome build.
pub fn build_site_table(
    path: &Path,
    source: &SiteSource<'_>,
    genome: &Genome,
    assembly: &Assembly,
    output: &Path,
) -> Result<BuiltTable, ReferenceError> {
    let mut known = BTreeMap::new();
    loop {
        let build = Build { path, source, genome, assembly, output, known: &known };
        let (built, columns) = build.run()?;
        // What columns hold is told from a table's first lines; where later lines say otherwise, it is read again.
        if columns.is_empty() {
            return Ok(built);
        }
        known.extend(columns);
    }
}

struct Build<'a> {
    path: &'a Path,
    source: &'a SiteSource<'a>,
    genome: &'a Genome,
    assembly: &'a Assembly,
    output: &'a Path,
    /// Columns of a table that are not what their first lines say.
    known: &'a BTreeMap<String, Column>,
}

impl Build<'_> {
    /// Builds the table; gives the columns that turned out to hold something else than was thought, too.
    fn run(&self) -> Result<(BuiltTable, BTreeMap<String, Column>), ReferenceError> {
        let Opened { mut input, format, fields, contigs, first_record, notes } =
            open::open(self.path, self.source, self.assembly, self.known)?;
        let own = fields.iter().map(|field| (self.source.name, field.name.as_str()));
        let earlier = self.source.earlier.iter();
        let earlier = earlier
            .flat_map(|table| table.fields.iter().map(|field| (table.name.as_str(), field.name.as_str())));
        if let Some(message) = one_output_key(earlier.chain(own)) {
            return Err(ReferenceError::source_file(self.path, message));
        }
        let other_mitochondrion = assembly::check_lengths(self.path, &contigs, self.genome)?;
        let left_out = other_mitochondrion.map(|(contig, _)| contig);
        let (derived, pairs) = header::quotients(&fields);
        let shape = self.shape(&fields, &derived, &pairs);
        let mut report =
            SiteReport { name: self.source.name.to_owned(), warnings: notes, ..SiteReport::default() };
        let mut columns = BTreeMap::new();
        let mut regions = match self.source.covered {
            Some(bed) => Some(covered::read_bed(bed, self.genome, &mut report.unknown_regions)?),
            None => None,
        };
        if let Some(regions) = &mut regions {
            // What is left out was not looked at.
            regions.retain(|(contig, _)| left_out != Some(*contig));
        }
        let mut compared = Compared::default();
        let mut sorter = Sorter::create(self.output, &shape)?;
        let mut places = Places::default();
        let mut done = first_record;
        loop {
            let pieces = input.next()?;
            if pieces.is_empty() {
                break;
            }
            let parsed: Vec<Piece<'_>> = pieces
                .par_iter()
                .map(|piece| {
                    let mut parser = Parser::new(self.genome, &fields, &derived, &pairs);
                    parser.left_out = left_out;
                    let mut scan = format.scan(&fields, self.source.fields.is_empty());
                    let (records, fault) = format.piece(piece, &mut parser, scan.as_mut(), fields.len());
                    Piece { parser, scan, records, fault }
                })
                .collect();
            for piece in parsed {
                if let Some(message) = piece.fault {
                    return Err(format.error(self.path, done + piece.records, message));
                }
                done += piece.records;
                report.add(piece.parser.report);
                for (field, column) in fields.iter().zip(piece.parser.columns) {
                    column::widen(&mut columns, &field.key, column);
                }
                if let Some(scan) = piece.scan {
                    report.count_undeclared(scan.others());
                }
                compared.add(piece.parser.compared);
                sorter.push(&piece.parser.rows, &mut report)?;
                places.add(piece.parser.blocks, piece.parser.spans);
            }
            sorter.flush(false, &mut report)?;
        }
        compared.refuse_wrong_build(self.path, self.genome)?;
        if let Some((contig, given)) = other_mitochondrion {
            report.warnings.push(compare::other_mitochondrion(self.genome, contig, given));
        }
        regions = regions.or_else(|| places.finish(report.uncalled_blocks > 0));
        report.covered = regions.as_ref().map(|r| r.iter().map(|(_, r)| u64::from(r.len())).sum());
        let meta = sorter.finish(regions.as_deref(), &mut report)?;
        report.warnings.extend(header::unreadable(&fields, &report.unreadable_fields));
        if meta.rows == 0 {
            report
                .warnings
                .push("the table has no allele; check that it is the correct file and complete".to_owned());
        }
        if report.covered == Some(0) {
            report
                .warnings
                .push("the table covers no base; every allele is treated as not covered".to_owned());
        }
        Ok((BuiltTable { meta, report }, columns))
    }

    fn shape(&self, fields: &[Field], derived: &[Option<Quotient>], pairs: &[Quotient]) -> Shape {
        let source = self.source;
        let bits = SUPERBLOCK_BITS.rev().find(|bits| (fields.len() + 2) << (bits + 3) <= SUPERBLOCK_BYTES);
        let kinds: Vec<SiteFieldKind> = fields.iter().map(|f| f.kind).collect();
        let meta = SiteTableMeta {
            name: source.name.to_owned(),
            source: self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
            source_blake3: source.blake3.to_owned(),
            version: source.version.to_owned(),
            licence: source.licence.to_owned(),
            rows: 0,
            superblock_bits: bits.unwrap_or(*SUPERBLOCK_BITS.start()),
            contigs: contigs_hash(self.genome.contigs()),
            fields: fields.iter().zip(derived).map(|(field, quotient)| field.described(*quotient)).collect(),
        };
        Shape {
            meta,
            text: kinds.iter().map(|&kind| kind == SiteFieldKind::Text).collect(),
            merge: MergeRule::new(kinds, pairs, derived),
            contigs: self.genome.contigs().iter().map(|c| c.name.clone()).collect(),
        }
    }
}

/// Reads records held in memory, of VCF text or of BCF, whose header is given as text; nothing is built. For
/// trying out what a source does to the reader.
///
/// # Errors
/// What is wrong with the header, or with the first record at fault, and its number.
pub fn read_records(header: &str, records: &[u8], bcf: bool, genome: &Genome) -> Result<SiteReport, String> {
    let mut parsed = header::Header::default();
    header.lines().filter(|line| line.starts_with("##")).try_for_each(|line| parsed.add(line))?;
    let fields = parsed.wanted(&[], &BTreeMap::new())?;
    let (derived, pairs) = header::quotients(&fields);
    let format = if bcf { Format::Bcf(bcf::Names::new(&parsed, &fields)) } else { Format::Vcf };
    let mut parser = Parser::new(genome, &fields, &derived, &pairs);
    let mut scan = format.scan(&fields, true);
    match format.piece(records, &mut parser, scan.as_mut(), fields.len()) {
        (_, None) => Ok(parser.report),
        (number, Some(fault)) => Err(format!("record {number}: {fault}")),
    }
}

/// Bytes of the rows of a superblock, however many fields there are; few in tests, so that there are several.
const SUPERBLOCK_BYTES: usize = if cfg!(test) { 64 << 10 } else { 16 << 20 };

/// What a worker made of a piece of the source.
struct Piece<'a> {
    parser: Parser<'a>,
    scan: Option<info::InfoScan>,
    /// Records of the piece, up to the one at fault where there is one.
    records: u64,
    fault: Option<String>,
}

#[cfg(test)]
mod tests;
