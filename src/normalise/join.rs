//! The calls of a family whose members are in several files: one entry per allele, one call per member.
//!
//! A member whose file does not list the allele is looked up in what that file says of the place: a reference
//! block, or a record there with other alleles, gives a call without the allele; where the file says nothing the
//! call is missing, and never taken for reference by itself.

use smallvec::SmallVec;

use crate::model::allele::{Allele, Alternate};
use crate::model::contig::ContigId;
use crate::model::genotype::{Call, Copy, MissingReason};
use crate::model::position::Interval;
use crate::model::record::{NormalisedAllele, VariantRecord};

/// What an allele's absence from a plain VCF means where no record stands at the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AbsentMeans {
    /// Nothing is known: the caller may have had no reads there.
    #[default]
    NotCovered,
    /// The caller would have listed it: reference, with nothing known of its quality.
    Reference,
}

/// What a file says of a stretch of bases through one record: for each of its members a call in which no
/// copy is the allele under test.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The stretch: REF, up to END for a reference block, and wherever the record's alleles could be written.
    pub interval: Interval,
    /// The calls, in the order of the file's members.
    pub calls: SmallVec<[CoverCall; 1]>,
}

/// One member's call in a [`Cover`].
#[derive(Clone, Debug, PartialEq)]
pub struct CoverCall {
    copies: SmallVec<[Copy; 2]>,
    depth: Option<u32>,
    quality: Option<u32>,
}

impl Cover {
    /// What a record says of its place; `alleles` are its own in their normalised spelling.
    pub fn of(record: &VariantRecord, alleles: &[NormalisedAllele]) -> Self {
        let reference_end = record.start + record.reference.len() as u32;
        let is_block = record.alternates.iter().all(|a| *a == Alternate::NonReference);
        let end = record.end.filter(|_| is_block).unwrap_or(0).max(reference_end);
        let mut interval = Interval::new(record.start, end);
        for entry in alleles {
            let footprint = footprint(&entry.allele);
            interval.start = interval.start.min(footprint.start);
            interval.end = interval.end.max(footprint.end);
        }
        let calls = record.calls.iter().map(|call| {
            let seen = call.seen_from(&record.alternates, None);
            CoverCall { copies: seen.copies, depth: seen.depth, quality: seen.quality }
        });
        Self { interval, calls: calls.collect() }
    }
}

/// The bases that must have been looked at for an allele to be absent: those it replaces, and for an insertion
/// the base before it, where VCF writes it.
pub fn footprint(allele: &Allele) -> Interval {
    match allele.interval() {
        empty if empty.is_empty() => {
            let start = empty.start.saturating_sub(1);
            Interval::new(start, start + 1)
        }
        interval => interval,
    }
}

/// What one file says of one contig's places, sorted by start.
#[derive(Debug, Default)]
pub struct CoverList {
    covers: Vec<Cover>,
    /// Highest end among the covers up to each place.
    reach: Vec<u32>,
}

impl CoverList {
    /// Adds covers; call [`Self::settle`] before looking up.
    pub fn extend(&mut self, covers: impl IntoIterator<Item = Cover>) {
        self.covers.extend(covers);
    }

    /// Makes the list ready for look-ups.
    pub fn settle(&mut self) {
        self.covers.sort_by_key(|cover| cover.interval.start);
        self.reach.clear();
        let mut reach = 0;
        self.reach.extend(self.covers.iter().map(|cover| {
            reach = reach.max(cover.interval.end);
            reach
        }));
    }

    /// Forgets what ends before `offset`.
    pub fn forget_before(&mut self, offset: u32) {
        self.covers.retain(|cover| cover.interval.end >= offset);
        self.settle();
    }

    /// The call of the file's member `member` where the allele is not listed: all covers of the footprint taken
    /// together, each value at its worst. Nothing when they leave a gap.
    pub fn call(&self, footprint: Interval, member: usize) -> Option<Call> {
        let first = self.reach.partition_point(|reach| *reach <= footprint.start);
        let mut reached = footprint.start;
        let mut call: Option<Call> = None;
        for cover in self.covers.get(first..)?.iter().take_while(|c| c.interval.start < footprint.end) {
            if cover.interval.end <= footprint.start {
                continue;
            }
            if cover.interval.start > reached {
                return None;
            }
            reached = reached.max(cover.interval.end);
            let piece = cover.calls.get(member)?;
            match &mut call {
                None => call = Some(first_piece(piece)),
                Some(call) => add_piece(call, piece),
            }
        }
        let mut call = call.filter(|_| reached >= footprint.end)?;
        if call.copies.iter().all(|copy| *copy == Copy::Unknown) {
            call.missing = Some(MissingReason::NoCall);
        }
        Some(call)
    }
}

fn first_piece(piece: &CoverCall) -> Call {
    Call { depth: piece.depth, quality: piece.quality, from_reference_block: true, ..Call::of(&piece.copies) }
}

fn add_piece(call: &mut Call, piece: &CoverCall) {
    let least = |a: Option<u32>, b: Option<u32>| a.zip(b).map(|(a, b)| a.min(b));
    call.depth = least(call.depth, piece.depth);
    call.quality = least(call.quality, piece.quality);
    // Pieces may differ in ploidy (a deletion's edge): a copy that only one of them has is not known.
    let length = call.copies.len().max(piece.copies.len());
    call.copies = (0..length)
        .map(|place| match (call.copies.get(place), piece.copies.get(place)) {
            (Some(Copy::Other), Some(Copy::Other)) => Copy::Other,
            (Some(Copy::Deleted), Some(Copy::Deleted | Copy::Other))
            | (Some(Copy::Other), Some(Copy::Deleted)) => Copy::Deleted,
            _ => Copy::Unknown,
        })
        .collect();
}

/// One file's part of a window of the genome.
#[derive(Debug)]
pub struct FileWindow<'a> {
    /// Which family member each of the file's calls belongs to.
    pub members: &'a [usize],
    /// Its alleles in the window, in order.
    pub alleles: Vec<NormalisedAllele>,
    /// What it says of places, by contig; absent when it is the family's only file.
    pub covers: Option<&'a std::collections::BTreeMap<ContigId, CoverList>>,
    /// True when it has reference blocks, so that silence means no reads.
    pub is_gvcf: bool,
}

/// Joins a window: alleles in order (contig, start, ref, alt), each with a call for every one of `member_count`
/// family members. Returns them and the number of duplicates that were merged.
pub fn join(
    files: Vec<FileWindow<'_>>,
    member_count: usize,
    absent: AbsentMeans,
) -> (Vec<NormalisedAllele>, u64) {
    let mut duplicates = 0;
    let mut joined: Vec<NormalisedAllele> = Vec::new();
    let mut listed: Vec<Vec<bool>> = Vec::new();
    let mut entries: Vec<(usize, NormalisedAllele)> = Vec::new();
    let mut parts = Vec::with_capacity(files.len());
    for (file, window) in files.into_iter().enumerate() {
        entries.extend(window.alleles.into_iter().map(|entry| (file, entry)));
        parts.push((window.members, window.covers, window.is_gvcf));
    }
    // Stable: within one allele the order of files, and of records in a file, stays.
    entries.sort_by(|a, b| a.1.allele.cmp(&b.1.allele));
    for (file, entry) in entries {
        let members = parts[file].0;
        match joined.last_mut().zip(listed.last_mut()).filter(|(last, _)| last.allele == entry.allele) {
            Some((last, listed)) => {
                let again = members.iter().any(|&member| listed[member]);
                duplicates += u64::from(again);
                merge(last, listed, entry, members);
            }
            None => {
                let mut calls = vec![Call::missing(MissingReason::NotSequenced); member_count];
                let mut here = vec![false; member_count];
                for (&member, call) in members.iter().zip(entry.calls) {
                    calls[member] = call;
                    here[member] = true;
                }
                joined.push(NormalisedAllele { calls, ..entry });
                listed.push(here);
            }
        }
    }
    for (entry, listed) in joined.iter_mut().zip(&listed) {
        let footprint = footprint(&entry.allele);
        for (members, covers, is_gvcf) in &parts {
            for (column, &member) in members.iter().enumerate() {
                if listed[member] {
                    continue;
                }
                let list = covers.and_then(|covers| covers.get(&entry.allele.contig));
                let found = list.and_then(|list| list.call(footprint, column));
                entry.calls[member] = found.unwrap_or_else(|| silence(*is_gvcf, absent));
            }
        }
    }
    (joined, duplicates)
}

fn silence(is_gvcf: bool, absent: AbsentMeans) -> Call {
    match absent {
        AbsentMeans::Reference if !is_gvcf => {
            Call { from_reference_block: true, ..Call::of(&[Copy::Other, Copy::Other]) }
        }
        _ => Call::missing(MissingReason::NotCovered),
    }
}

/// Adds another record of the same allele. For a member that has a call already the better supported one is
/// kept: one that carries the allele, then more reads of it, then the higher quality, then the earlier record.
/// FILTER and QUAL are those of the record that passes, then of the higher QUAL, then of the earlier.
fn merge(into: &mut NormalisedAllele, listed: &mut [bool], entry: NormalisedAllele, members: &[usize]) {
    let support = |call: &Call| {
        (call.missing.is_none(), call.carries(), call.allele_depths.map_or(0, |d| d.1), call.quality)
    };
    for (&member, call) in members.iter().zip(entry.calls) {
        if !listed[member] || support(&call) > support(&into.calls[member]) {
            into.calls[member] = call;
        }
        listed[member] = true;
    }
    let passes = |filters: &Option<Vec<String>>| filters.as_ref().is_some_and(Vec::is_empty);
    let better = (passes(&entry.filters), entry.quality.unwrap_or(0.0));
    if better > (passes(&into.filters), into.quality.unwrap_or(0.0)) {
        (into.filters, into.quality, into.spelling) = (entry.filters, entry.quality, entry.spelling);
    }
}

#[cfg(test)]
mod tests;
