//! One line of VCF becomes a record, wanted samples only.

use super::alternate;
use super::finding::{Finding, Findings};
use super::genotype::{FormatKeys, Numbers, number};
use crate::model::allele::Alternate;
use crate::model::contig::ContigId;
use crate::model::record::{RecordCall, VariantRecord};
use crate::model::regions::Regions;
use crate::read::contigs::ContigMap;

/// Highest position that VCF and BCF can hold (2³¹ − 1).
pub(crate) const LAST_POSITION: u32 = i32::MAX as u32;

/// Most ALT alleles a record may have: allele numbers are held in a byte.
pub(crate) const MOST_ALTERNATES: usize = 254;

/// Why a record is refused, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct RecordFault {
    /// `CHROM:POS` as far as known.
    pub place: String,
    /// What is wrong.
    pub reason: String,
}

/// What became of a record.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// It is handed on.
    Kept(VariantRecord),
    /// Its contig is not in the reference.
    UnknownContig,
    /// It lies outside the regions.
    Outside,
    /// No wanted sample carries an ALT.
    Uncarried,
    /// It cannot be placed; a finding was counted.
    Unplaced,
}

/// What holds for every record of a file.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Number of sample columns.
    pub samples: usize,
    /// Column of each wanted sample (0 is the first) and its place among the calls, by column.
    pub wanted: Vec<(usize, usize)>,
    /// Declared numbers of FORMAT keys.
    pub numbers: Numbers,
    /// Contig names.
    pub contigs: ContigMap,
    /// Where records are wanted.
    pub regions: Option<Regions>,
    /// See [`crate::read::variants::ReadOptions::skip_uncarried`].
    pub skip_uncarried: bool,
    /// See [`crate::read::variants::ReadOptions::accept_past_end`].
    pub accept_past_end: bool,
}

/// What is remembered from line to line.
#[derive(Debug, Default)]
pub struct Memory {
    contig_name: Vec<u8>,
    contig: Option<ContigId>,
    format: FormatKeys,
    /// What was accepted with a remark.
    pub findings: Findings,
}

/// CHROM as written, and POS.
pub type Place<'a> = (&'a [u8], u32);

impl Layout {
    /// Reads a line without its line feed.
    ///
    /// # Errors
    /// [`RecordFault`] for a record whose meaning is in doubt.
    pub fn parse<'a>(
        &self,
        line: &'a [u8],
        number: u64,
        memory: &mut Memory,
    ) -> Result<(Place<'a>, Outcome), RecordFault> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut columns = Columns { line, at: 0 };
        let chrom = columns.next().unwrap_or_default();
        let position = columns.next().unwrap_or_default();
        self.parse_rest(chrom, position, columns, number, memory)
            .map_err(|reason| RecordFault { place: format!("{}:{}", show(chrom), show(position)), reason })
    }

    fn parse_rest<'a>(
        &self,
        chrom: &'a [u8],
        position: &[u8],
        mut columns: Columns<'a>,
        record: u64,
        memory: &mut Memory,
    ) -> Result<(Place<'a>, Outcome), String> {
        let mut fixed = [b"".as_slice(); 6];
        for (index, column) in fixed.iter_mut().enumerate() {
            *column = columns.next().ok_or_else(|| self.wrong_count(index + 2))?;
        }
        let [_, reference, alternates, quality, filter, info] = fixed;
        if chrom.is_empty() {
            return Err("CHROM is empty; correct the record".to_owned());
        }
        let position = number(position)
            .filter(|p| *p <= LAST_POSITION)
            .ok_or("POS is not a position; correct the record")?;
        let place = (chrom, position);
        self.check_columns(&columns)?;
        if chrom != memory.contig_name {
            memory.contig_name = chrom.to_vec();
            memory.contig = self.contigs.id(chrom);
        }
        let Some(contig) = memory.contig else { return Ok((place, Outcome::UnknownContig)) };
        let Some(start) = position.checked_sub(1) else {
            memory.findings.add(Finding::BeforeFirstBase);
            return Ok((place, Outcome::Unplaced));
        };
        self.check_reference(contig, start, reference, memory)?;
        let alternates_text = alternates;
        let end = if has_symbol(alternates_text) { end_of(info, start, memory) } else { None };
        let reference_end = start + reference.len() as u32;
        let last = end.unwrap_or(0).max(reference_end);
        // A block's length may stand in the sample columns (LEN, VCF 4.5): then the gate waits for them.
        let late_gate = end.is_none() && has_symbol(alternates_text);
        if !late_gate && self.is_outside(contig, start, last) {
            return Ok((place, Outcome::Outside));
        }
        let format = columns.next().filter(|_| self.samples > 0).unwrap_or_default();
        memory.format.update(format);
        let sample_text = columns.rest();
        if self.skip_uncarried && memory.format.has_genotype && !self.is_carried(sample_text, &memory.format)
        {
            return Ok((place, Outcome::Uncarried));
        }
        let alternates = alternate::parse(alternates_text)?;
        if alternates.len() > MOST_ALTERNATES {
            return Err(format!("{} ALT alleles; at most {MOST_ALTERNATES} can be read", alternates.len()));
        }
        let mut read = VariantRecord {
            contig,
            start,
            reference: reference.to_ascii_uppercase(),
            quality: quality_of(quality, memory),
            filters: filters_of(filter),
            end,
            calls: vec![RecordCall::default(); self.wanted.len()],
            number: record,
            alternates,
        };
        memory.format.note(&mut memory.findings);
        let length = self.read_samples(sample_text, &mut read, memory)?;
        if let Some(length) = length.filter(|_| late_gate) {
            read.end = Some(start.saturating_add(length)).filter(|e| *e > reference_end);
        }
        if late_gate && self.is_outside(contig, start, read.end.unwrap_or(0).max(reference_end)) {
            return Ok((place, Outcome::Outside));
        }
        Ok((place, Outcome::Kept(read)))
    }

    fn wrong_count(&self, found: usize) -> String {
        let expected = if self.samples > 0 { 9 + self.samples } else { 8 };
        format!("the line has {found} columns and the header has {expected}; correct or remove the line")
    }

    /// The number of columns must be the header's: a missing or extra tab would shift genotypes to another
    /// person.
    fn check_columns(&self, columns: &Columns<'_>) -> Result<(), String> {
        let left = columns.left();
        let expected = if self.samples > 0 { 1 + self.samples } else { 0 };
        // Without samples a FORMAT column may still stand there.
        if left == expected || (self.samples == 0 && left == 1) {
            Ok(())
        } else {
            Err(self.wrong_count(8 + left))
        }
    }

    /// Refuses a REF that is not bases or runs past the contig's end.
    pub(crate) fn check_reference(
        &self,
        contig: ContigId,
        start: u32,
        reference: &[u8],
        memory: &mut Memory,
    ) -> Result<(), String> {
        if reference.is_empty() || reference == b"." {
            return Err("REF is empty; correct the record".to_owned());
        }
        if !reference.iter().all(|b| matches!(b, b'A' | b'C' | b'G' | b'T')) {
            if !alternate::is_bases(reference) {
                return Err(format!("REF {:?} is not bases; correct the record", show(reference)));
            }
            memory.findings.add(Finding::ReferenceBases);
        }
        let length = self.contigs.contigs().get(contig.index()).map_or(0, |c| c.length);
        let end = u64::from(start) + reference.len() as u64;
        let past_end = length > 0 && end > u64::from(length) + 1 && !self.accept_past_end;
        if end > u64::from(LAST_POSITION) || past_end {
            return Err(format!(
                "REF ends at {end}, after the contig's last base {length}; the file may be of another build"
            ));
        }
        Ok(())
    }

    pub(crate) fn is_outside(&self, contig: ContigId, start: u32, end: u32) -> bool {
        self.regions.as_ref().is_some_and(|r| !r.overlap(contig, start, end))
    }

    /// True unless every wanted sample has a genotype of reference copies only: one that is missing, in whole or
    /// in part, may hold the ALT. A malformed genotype is kept, and refused later.
    fn is_carried(&self, samples: &[u8], format: &FormatKeys) -> bool {
        self.columns_of(samples).any(|(_, column)| {
            format.genotype(column).is_none_or(|gt| gt.iter().any(|b| !matches!(b, b'0' | b'/' | b'|')))
        })
    }

    fn columns_of<'a>(&'a self, samples: &'a [u8]) -> impl Iterator<Item = (usize, &'a [u8])> {
        let mut columns = Columns { line: samples, at: 0 };
        let mut next = 0;
        self.wanted.iter().map_while(move |&(column, slot)| {
            columns.skip(column - next);
            next = column + 1;
            Some((slot, columns.next()?))
        })
    }

    /// Fills the calls; returns the longest `LEN`.
    fn read_samples(
        &self,
        samples: &[u8],
        record: &mut VariantRecord,
        memory: &mut Memory,
    ) -> Result<Option<u32>, String> {
        let alleles = record.alternates.len() + 1;
        let is_block = is_reference_only(&record.alternates);
        let mut length = None;
        for (slot, column) in self.columns_of(samples) {
            let values = memory.format.read(column, alleles, &self.numbers, &mut memory.findings)?;
            length = length.max(values.length);
            record.calls[slot] = values.call;
            if is_block {
                record.calls[slot].depth = values.minimum_depth.or(record.calls[slot].depth);
            }
        }
        Ok(length)
    }
}

/// True when a record says only that the place is reference (no ALT, or nothing but `<NON_REF>`).
pub fn is_reference_only(alternates: &[Alternate]) -> bool {
    alternates.iter().all(|a| *a == Alternate::NonReference)
}

fn has_symbol(alternates: &[u8]) -> bool {
    alternates == b"." || memchr::memchr(b'<', alternates).is_some()
}

/// INFO/END as a half-open 0-based end.
fn end_of(info: &[u8], start: u32, memory: &mut Memory) -> Option<u32> {
    let value = info.split(|&b| b == b';').find_map(|field| field.strip_prefix(b"END="))?;
    let end = number(value).filter(|end| *end > start && *end <= LAST_POSITION);
    if end.is_none() {
        memory.findings.add(Finding::End);
    }
    end
}

fn quality_of(text: &[u8], memory: &mut Memory) -> Option<f32> {
    if text == b"." {
        return None;
    }
    let value = std::str::from_utf8(text)
        .ok()
        .and_then(|t| t.parse::<f32>().ok())
        .filter(|q| q.is_finite() && *q >= 0.0);
    if value.is_none() {
        memory.findings.add(Finding::Quality);
    }
    value
}

fn filters_of(text: &[u8]) -> Option<Vec<String>> {
    match text {
        b"." | b"" => None,
        b"PASS" => Some(Vec::new()),
        _ => Some(
            text.split(|&b| b == b';')
                .filter(|name| !name.is_empty() && *name != b"PASS")
                .map(|name| String::from_utf8_lossy(name).into_owned())
                .collect(),
        ),
    }
}

/// Text for a message: short, and without control characters.
pub(crate) fn show(text: &[u8]) -> String {
    String::from_utf8_lossy(&text[..text.len().min(40)]).escape_debug().to_string()
}

/// The tab-separated columns of a line.
#[derive(Clone)]
struct Columns<'a> {
    line: &'a [u8],
    /// One past the end when exhausted.
    at: usize,
}

impl<'a> Columns<'a> {
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.line.get(self.at..)?;
        let end = memchr::memchr(b'\t', rest).unwrap_or(rest.len());
        self.at += end + 1;
        Some(&rest[..end])
    }

    fn rest(&self) -> &'a [u8] {
        self.line.get(self.at..).unwrap_or_default()
    }

    /// Number of columns not yet taken.
    fn left(&self) -> usize {
        self.line.get(self.at..).map_or(0, |rest| memchr::memchr_iter(b'\t', rest).count() + 1)
    }

    /// Passes over `count` columns, counting tabs a stretch at a time.
    fn skip(&mut self, mut count: usize) {
        const STRETCH: usize = 256;
        while count > 0 {
            let Some(rest) = self.line.get(self.at..) else { return };
            let stretch = &rest[..rest.len().min(STRETCH)];
            let tabs = memchr::memchr_iter(b'\t', stretch).count();
            if tabs < count && stretch.len() < rest.len() {
                self.at += stretch.len();
                count -= tabs;
                // The cursor may now stand inside a column: its tab is still to be counted.
                continue;
            }
            match memchr::memchr_iter(b'\t', stretch).nth(count - 1) {
                Some(tab) => self.at += tab + 1,
                None => self.at = self.line.len() + 1,
            }
            return;
        }
    }
}

#[cfg(test)]
mod tests;
