//! Two bits a base, four bases a byte, lowest bits first; runs of unknown bases as intervals beside them.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use crate::model::contig::Contig;

use super::super::sections::{self, FileKind, Sections};
use super::checked::{self, Checked};

/// Number of arrays in the file.
pub(super) const ARRAYS: usize = 7;
const NAMES: usize = 0;
const LENGTHS: usize = 1;
const OFFSETS: usize = 2;
const PACKED: usize = 3;
const RUN_INDEX: usize = 4;
const RUNS: usize = 5;
/// Checksums (see [`super::checked`]).
const SUMS: usize = 6;

/// A stretch of unknown bases, 0-based half-open.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub(super) struct Run {
    pub start: u32,
    pub end: u32,
}

/// Takes the bases of a FASTA in order.
#[derive(Debug, Default)]
pub(crate) struct GenomeBuilder {
    names: Vec<String>,
    lengths: Vec<u32>,
    offsets: Vec<u64>,
    packed: Vec<u8>,
    run_index: Vec<u32>,
    runs: Vec<Run>,
    /// IUPAC ambiguity codes other than N, which become unknown bases.
    pub(crate) ambiguous: u64,
    /// N.
    pub(crate) unknown: u64,
}

impl GenomeBuilder {
    /// Begins a contig.
    pub(crate) fn start(&mut self, name: &str) {
        self.names.push(name.to_owned());
        self.lengths.push(0);
        self.offsets.push(self.packed.len() as u64);
        self.run_index.push(self.runs.len() as u32);
    }

    /// The contigs so far.
    pub(crate) fn contigs(&self) -> Vec<Contig> {
        let pairs = self.names.iter().zip(&self.lengths);
        pairs.map(|(name, &length)| Contig { name: name.clone(), length }).collect()
    }

    /// Appends bases to the contig begun last. Anything but ACGT, in either case, is unknown.
    pub(crate) fn extend(&mut self, bases: &[u8]) {
        let (Some(length), Some(&first_run)) = (self.lengths.last_mut(), self.run_index.last()) else {
            return;
        };
        let mut rest = bases;
        while let Some((&base, after)) = rest.split_first() {
            let code = match base {
                b'A' | b'a' => 0,
                b'C' | b'c' => 1,
                b'G' | b'g' => 2,
                b'T' | b't' => 3,
                _ => {
                    // Runs of N are long: take the run at once.
                    let count = rest.iter().position(|b| *b != base).unwrap_or(rest.len());
                    let tally =
                        if matches!(base, b'N' | b'n') { &mut self.unknown } else { &mut self.ambiguous };
                    *tally += count as u64;
                    let own = self.runs.len() > first_run as usize;
                    let end = *length + count as u32;
                    match self.runs.last_mut().filter(|r| own && r.end == *length) {
                        Some(run) => run.end = end,
                        None => self.runs.push(Run { start: *length, end }),
                    }
                    let before = length.div_ceil(4) as usize;
                    self.packed.resize(self.packed.len() + end.div_ceil(4) as usize - before, 0);
                    *length = end;
                    rest = &rest[count..];
                    continue;
                }
            };
            match (*length % 4, self.packed.last_mut()) {
                (0, _) | (_, None) => self.packed.push(code),
                (place, Some(byte)) => *byte |= code << (2 * place),
            }
            *length += 1;
            rest = after;
        }
    }

    /// True where the contig begun last is longer than VCF and BAM can address (BAM: 2^31 - 1).
    pub(crate) fn contigs_too_long(&self) -> bool {
        self.lengths.last().is_some_and(|&l| l > i32::MAX as u32)
    }

    /// The bytes of the genome's file.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut run_index = self.run_index.clone();
        run_index.push(self.runs.len() as u32);
        let names = self.names.join("\n");
        let (lengths, offsets): (&[u8], &[u8]) =
            (bytemuck::cast_slice(&self.lengths), bytemuck::cast_slice(&self.offsets));
        let (run_index, runs): (&[u8], &[u8]) =
            (bytemuck::cast_slice(&run_index), bytemuck::cast_slice(&self.runs));
        let sums = checked::sums(&self.packed, &[names.as_bytes(), lengths, offsets, run_index, runs]);
        let arrays =
            [names.as_bytes(), lengths, offsets, &self.packed, run_index, runs, bytemuck::cast_slice(&sums)];
        sections::encode(FileKind::Genome, &arrays)
    }
}

/// The contigs, once every array has been found to fit the others.
pub(super) fn contigs(sections: &Sections) -> Result<Vec<Contig>, String> {
    let lengths = sections.array::<u32>(LENGTHS);
    let count = lengths.len();
    sections.check::<u32>(LENGTHS, None)?;
    sections.check::<u64>(OFFSETS, Some(count))?;
    sections.check::<u32>(RUN_INDEX, Some(count + 1))?;
    sections.check::<Run>(RUNS, None)?;
    let damaged = || "the arrays of the genome are inconsistent; the file is damaged".to_owned();
    let names: Vec<&str> = match sections.text(NAMES)? {
        "" if count == 0 => Vec::new(),
        text => text.split('\n').collect(),
    };
    if names.len() != count || count > usize::from(u16::MAX) {
        return Err(damaged());
    }
    let packed = sections.array::<u8>(PACKED).len() as u64;
    let runs = sections.array::<Run>(RUNS);
    let index = sections.array::<u32>(RUN_INDEX);
    for at in 0..count {
        let end = sections.array::<u64>(OFFSETS)[at].checked_add(u64::from(lengths[at].div_ceil(4)));
        let own = runs.get(index[at] as usize..index[at + 1] as usize).ok_or_else(damaged)?;
        let ordered = own.windows(2).all(|pair| pair[0].end <= pair[1].start);
        let inside = own.iter().all(|r| r.start < r.end && r.end <= lengths[at]);
        if end.is_none_or(|end| end > packed) || !ordered || !inside {
            return Err(damaged());
        }
    }
    let pairs = names.iter().zip(lengths);
    Ok(pairs.map(|(name, &length)| Contig { name: (*name).to_owned(), length }).collect())
}

/// Where the bases of one contig lie.
#[derive(Debug)]
pub(super) struct Place {
    /// Bytes of the packed bases.
    packed: Range<usize>,
    /// The unknown stretches, in order.
    pub unknown: Vec<Run>,
}

/// The places of all contigs, which [`contigs`] has checked.
pub(super) fn places(sections: &Sections, contigs: &[Contig]) -> Vec<Place> {
    let (offsets, index) = (sections.array::<u64>(OFFSETS), sections.array::<u32>(RUN_INDEX));
    let runs = sections.array::<Run>(RUNS);
    let place = |(at, contig): (usize, &Contig)| {
        let offset = offsets[at] as usize;
        Place {
            packed: offset..offset + contig.length.div_ceil(4) as usize,
            unknown: runs[index[at] as usize..index[at + 1] as usize].to_vec(),
        }
    };
    contigs.iter().enumerate().map(place).collect()
}

/// The checksums, held against each other and against all arrays but the bases.
pub(super) fn checked(sections: &Sections) -> Result<Checked, String> {
    let others = [NAMES, LENGTHS, OFFSETS, RUN_INDEX, RUNS].map(|array| sections.array::<u8>(array));
    Checked::new(sections.array(SUMS), sections.array::<u8>(PACKED).len(), &others)
}

/// The packed bytes of a contig, of which those from base `start` to base `end` are as built; `None` where they
/// are not.
#[inline]
pub(super) fn sequence<'a>(
    sections: &'a Sections,
    checked: &Checked,
    place: &Place,
    start: u32,
    end: u32,
) -> Option<&'a [u8]> {
    let (packed, from) = (sections.array::<u8>(PACKED), place.packed.start);
    let bytes = from + (start / 4) as usize..from + end.div_ceil(4) as usize;
    checked.sound(sections.array(SUMS), packed, bytes).then(|| &packed[place.packed.clone()])
}

/// One base of a packed contig.
#[inline]
pub(super) fn base(packed: &[u8], offset: u32) -> u8 {
    let code = packed.get((offset / 4) as usize).map_or(0, |byte| byte >> (2 * (offset % 4)));
    b"ACGT"[usize::from(code & 3)]
}

/// Appends the bases of `start..end`, which must lie within the contig; nothing where `end` is before `start`.
pub(super) fn bases_into(packed: &[u8], start: u32, end: u32, out: &mut Vec<u8>) {
    let mut offset = start;
    while offset < end && !offset.is_multiple_of(4) {
        out.push(base(packed, offset));
        offset += 1;
    }
    while offset + 4 <= end {
        let byte = packed.get((offset / 4) as usize).copied().unwrap_or(0);
        out.extend([0, 2, 4, 6].map(|shift| b"ACGT"[usize::from(byte >> shift & 3)]));
        offset += 4;
    }
    while offset < end {
        out.push(base(packed, offset));
        offset += 1;
    }
}
