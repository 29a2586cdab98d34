//! Opening a variant file: format, header, contigs, samples, index.

use std::collections::BTreeSet;
use std::path::Path;

use super::bcf;
use super::bcf::record::Dictionary;
use super::chunk::Cutter;
use super::index;
use super::order::Order;
use super::vcf::finding::Findings;
use super::vcf::genotype::Numbers;
use super::vcf::header;
use super::vcf::header::Header;
use super::vcf::record::Layout;
use super::{ReadOptions, ReadSummary, SampleWanted, VariantReader};
use crate::read::contigs::{ContigMap, ContigSource};
use crate::read::error::ReadError;
use crate::read::extents;
use crate::read::source::{Compression, Source};

/// Longest header that is read.
const LONGEST_HEADER: usize = 1 << 29;

/// How many names a message lists.
const NAMES_SHOWN: usize = 8;

impl VariantReader {
    /// Opens a VCF (plain, BGZF or gzip) or BCF and checks its header, samples, contigs and end.
    ///
    /// # Errors
    /// Everything that can be refused without reading the records; see [`ReadError`].
    pub fn open(
        path: &Path,
        contigs: &ContigSource,
        samples: &[SampleWanted],
        options: ReadOptions,
    ) -> Result<Self, ReadError> {
        let mut source = Source::open(path)?;
        let (header, header_text, is_bcf, rest) = read_header(&mut source, path)?;
        let mut map = ContigMap::new(path, &header.contigs, contigs)?;
        if matches!(contigs, ContigSource::File) && header.contigs.is_empty() {
            add_contigs_of_records(path, &mut map)?;
        }
        let mut warnings = header.warnings.clone();
        warnings.extend(map.warnings());
        if source.compression() == Compression::Gzip {
            warnings.push(
                "compressed with gzip, not bgzip: it is read by a single thread and cannot be indexed (recompress \
                 with bgzip)"
                    .to_owned(),
            );
        }
        let layout = Layout {
            samples: header.samples.len(),
            wanted: columns(path, &header.samples, samples)?,
            numbers: Numbers::of(&header),
            contigs: map,
            regions: options.regions,
            skip_uncarried: options.skip_uncarried,
            accept_past_end: options.accept_past_end,
        };
        let dictionary = is_bcf.then(|| Dictionary::new(&header, &layout));
        let mut reader = Self {
            path: path.to_path_buf(),
            dictionary,
            source,
            cutter: Cutter::new(is_bcf),
            warnings,
            raw: Vec::new(),
            ready: Vec::new(),
            order: Order::default(),
            last_line: None,
            accept_unsorted: options.accept_unsorted,
            summary: ReadSummary::default(),
            findings: Findings::default(),
            failure: None,
            exhausted: false,
            header,
            header_text,
            layout,
        };
        let reorder = options.reference_order && !reader.declares_reference_order();
        let restricted = reader.use_index(reorder) || (reorder && reader.find_contigs()?);
        if !restricted {
            reader.cut(vec![(false, Ok(rest))]);
        }
        Ok(reader)
    }

    /// True when the header lists the reference's contigs in the reference's order, as the records then do.
    fn declares_reference_order(&self) -> bool {
        let ids = self.header.contigs.iter().filter_map(|(name, _)| self.layout.contigs.id(name.as_bytes()));
        !self.header.contigs.is_empty() && ids.is_sorted()
    }

    /// Restricts reading to the stretches that hold the regions, where an index serves.
    fn use_index(&mut self, by_contig: bool) -> bool {
        let Some(regions) = &self.layout.regions else { return false };
        if self.source.compression() != Compression::Bgzf {
            let remark =
                "the file is not compressed with bgzip, so no index is used and the whole file is read";
            self.warnings.push(remark.to_owned());
            return false;
        }
        let numbers = &self.header.contig_numbers;
        let count = numbers.last_key_value().map_or(0, |(last, _)| last + 1);
        let names: Vec<Option<String>> = match self.dictionary {
            Some(_) => (0..count).map(|n| numbers.get(&n).cloned()).collect(),
            None => self.header.contigs.iter().map(|(name, _)| Some(name.clone())).collect(),
        };
        match index::stretches(&self.path, &names, &self.layout.contigs, regions, by_contig) {
            Ok(stretches) => {
                self.source.restrict_to(stretches);
                self.summary.indexed = true;
                true
            }
            Err(reason) => {
                self.warnings.push(reason);
                false
            }
        }
    }

    /// Without an index: finds where each contig stands by a reading of its own, where the file can be read so.
    fn find_contigs(&mut self) -> Result<bool, ReadError> {
        if self.source.compression() != Compression::Bgzf {
            return Ok(false);
        }
        let runs = extents::of_contigs(&self.path, self.dictionary.is_some())?;
        let id = |name: &[u8]| match &self.dictionary {
            Some(dictionary) => dictionary.contig(name),
            None => self.layout.contigs.id(name),
        };
        let mut placed: Vec<_> = runs.iter().map(|(name, stretch)| (id(name), *stretch)).collect();
        let distinct: BTreeSet<&[u8]> = runs.iter().map(|(name, _)| name.as_slice()).collect();
        // A contig that comes back is for the check of the order to refuse.
        if distinct.len() < runs.len() {
            return Ok(false);
        }
        // Records on unknown contigs come last, to be counted.
        if placed.is_sorted_by_key(|(id, _)| (id.is_none(), *id)) {
            return Ok(false);
        }
        placed.sort_by_key(|(id, _)| (id.is_none(), *id));
        self.warnings.push(
            "contigs are not in the order of the reference and there is no index: the file was read twice"
                .to_owned(),
        );
        self.source.restrict_to(placed.into_iter().map(|(_, stretch)| stretch).collect());
        Ok(true)
    }
}

/// Reads the header; returns it, its text, whether the file is BCF, and what was inflated beyond it.
fn read_header(source: &mut Source, path: &Path) -> Result<(Header, Vec<u8>, bool, Vec<u8>), ReadError> {
    let fail =
        |line, reason: &str| ReadError::Header { file: path.to_path_buf(), line, reason: reason.to_owned() };
    let mut data = Vec::new();
    loop {
        let batch = source.next_batch()?;
        let at_end = batch.is_none();
        if let Some(batch) = batch {
            data.extend(batch.inflate(path, source.buffers())?);
        }
        if at_end && data.is_empty() {
            return Err(ReadError::Empty { file: path.to_path_buf() });
        }
        if bcf::is_bcf(&data) {
            if let Some((text, start)) = bcf::header_text(&data, path)? {
                let header = Header::parse(text, path)?;
                return Ok((header, text.to_vec(), true, data.split_off(start)));
            }
        } else {
            let length = header::length(&data, at_end).map_err(|line| {
                fail(
                    Some(line),
                    "a #CHROM line was expected; the file is not a VCF, or its header is missing",
                )
            })?;
            if let Some(length) = length {
                let rest = data.split_off(length);
                return Ok((Header::parse(&data, path)?, data, false, rest));
            }
        }
        if at_end {
            return Err(fail(None, "the header is cut off; copy the file again"));
        }
        if data.len() > LONGEST_HEADER {
            return Err(fail(None, "the header is longer than 512 MiB; check that the file is a VCF"));
        }
    }
}

/// Column and call place of each wanted sample, by column.
fn columns(
    path: &Path,
    present: &[String],
    wanted: &[SampleWanted],
) -> Result<Vec<(usize, usize)>, ReadError> {
    let file = || path.to_path_buf();
    let available = || match present {
        [] => "no sample columns".to_owned(),
        names => {
            let shown: Vec<&str> = names.iter().take(NAMES_SHOWN).map(String::as_str).collect();
            let more = if names.len() > NAMES_SHOWN { ", …" } else { "" };
            format!("{} samples ({}{more})", names.len(), shown.join(", "))
        }
    };
    let mut columns = Vec::with_capacity(wanted.len());
    for (slot, sample) in wanted.iter().enumerate() {
        let column = sample.column_in(present).ok_or_else(|| match sample {
            SampleWanted::Named(name) => {
                ReadError::NoSuchSample { file: file(), sample: name.clone(), available: available() }
            }
            SampleWanted::OnlyOr(_) => ReadError::WhichSample { file: file(), available: available() },
        })?;
        if columns.iter().any(|(taken, _)| *taken == column) {
            return Err(ReadError::SharedColumn { file: file(), sample: present[column].clone() });
        }
        columns.push((column, slot));
    }
    columns.sort_unstable();
    Ok(columns)
}

/// Without declared contigs and without a bundle, the records themselves say which contigs there are; that
/// takes a reading of the file before the reading.
fn add_contigs_of_records(path: &Path, map: &mut ContigMap) -> Result<(), ReadError> {
    let mut source = Source::open(path)?;
    let mut seen = BTreeSet::new();
    let mut carry: Vec<u8> = Vec::new();
    let mut see = |line: &[u8]| {
        let name = line.split(|&b| b == b'\t').next().unwrap_or_default();
        if !name.is_empty()
            && !name.starts_with(b"#")
            && seen.len() < usize::from(u16::MAX)
            && seen.insert(name.to_vec())
        {
            map.add(&String::from_utf8_lossy(name), 0);
        }
    };
    while let Some(batch) = source.next_batch()? {
        carry.extend(batch.inflate(path, source.buffers())?);
        let end = memchr::memrchr(b'\n', &carry).map_or(0, |at| at + 1);
        carry[..end].split(|&b| b == b'\n').for_each(&mut see);
        carry.drain(..end);
    }
    see(&carry);
    Ok(())
}
