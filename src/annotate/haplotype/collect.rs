//! Collecting carried alleles by transcript, and judging a transcript's once its end is passed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::copies::Carriage;
use super::note::{Note, spelling};
use super::notes::{Notes, SampleColumns};
use super::{Haplotypes, Member, Sequences, trio};
use crate::annotate::haplotype;
use crate::model::allele::{Allele, Alternate};
use crate::model::contig::ContigId;
use crate::model::record::VariantRecord;
use crate::model::regions::Regions;
use crate::reference::bundle::Bundle;
use crate::reference::transcripts::Transcripts;

/// Bases behind a transcript's end up to which a record may still hold an allele that can be moved into it.
const MARGIN: u32 = 10_000;

/// Transcripts judged at a time.
const AT_ONCE: usize = 512;

/// Bases beside an exon from which an allele may still be moved into it.
const BESIDE: u32 = 200;

/// The exons of coding transcripts, the 5'UTR left out.
fn regions(transcripts: &Transcripts, wanted_gene: &dyn Fn(u32) -> bool) -> Regions {
    let mut intervals = Vec::new();
    for index in 0..transcripts.len() as u32 {
        let transcript = transcripts.get(index);
        let Some(coding) = transcript.coding.filter(|_| wanted_gene(transcript.gene)) else { continue };
        let read = transcript.exons.iter().filter(|e| e.cdna_start + e.len() > coding.cds.start);
        intervals.extend(read.map(|e| (transcript.contig, e.interval())));
    }
    Regions::new(intervals).widened(BESIDE)
}

/// An allele that some sample carries.
#[derive(Debug)]
pub struct Carried {
    allele: Allele,
    /// Number of its record in the file.
    record: u64,
    member: Member,
    transcripts: SmallVec<[u32; 4]>,
    /// Each sample's copies as its own genotype tells them, and as its parents' do.
    carriages: SmallVec<[(Carriage, Option<Carriage>); 2]>,
}

/// Transcripts not judged yet.
#[derive(Debug, Default)]
pub struct Open {
    at: BTreeMap<u32, Vec<Arc<Carried>>>,
    /// Transcripts whose end is passed.
    passed: Vec<(u32, Vec<Arc<Carried>>)>,
    /// Where the next of them ends; no need to look before.
    next_end: Option<(ContigId, u32)>,
    notes: FxHashMap<Allele, Vec<Note>>,
}

/// Collects what samples carry while somebody reads their file, and judges it.
#[derive(Debug)]
pub struct Collector<'a> {
    bundle: &'a Bundle,
    engine: Haplotypes<'a>,
    samples: Vec<SampleColumns>,
    regions: Regions,
}

impl<'a> Collector<'a> {
    /// Collects for the genes (by index in the bundle) that are wanted.
    pub fn new(bundle: &'a Bundle, samples: Vec<SampleColumns>, wanted_gene: &dyn Fn(u32) -> bool) -> Self {
        Self {
            bundle,
            engine: Haplotypes::new(bundle.genome(), bundle.transcripts()),
            samples,
            regions: regions(bundle.transcripts(), wanted_gene),
        }
    }

    /// Where records are of use: no other allele will have a note.
    pub fn regions(&self) -> &Regions {
        &self.regions
    }

    /// True where a record with these REF bases is of use.
    pub fn reaches(&self, contig: ContigId, start: u32, reference: &[u8]) -> bool {
        self.regions.overlap(contig, start, start.saturating_add(reference.len() as u32))
    }

    fn transcripts(&self) -> &'a Transcripts {
        self.bundle.transcripts()
    }

    /// Adds the alleles of a record that some sample carries and that a reading may hold.
    pub fn gather(&self, record: &VariantRecord, out: &mut Vec<Carried>) {
        if !self.reaches(record.contig, record.start, &record.reference) {
            return;
        }
        for (i, alternate) in record.alternates.iter().enumerate() {
            let Alternate::Bases(bases) = alternate else { continue };
            let number = i as u8 + 1;
            let carriage = |sample: &SampleColumns| {
                let call = record.calls.get(sample.own)?;
                let told = sample.parents.and_then(|(mother, father)| {
                    trio::origin(call, record.calls.get(mother), record.calls.get(father), number)
                });
                Some((Carriage::of(call, number), told))
            };
            let Some(carriages) = self.samples.iter().map(carriage).collect::<Option<SmallVec<[_; 2]>>>()
            else {
                continue;
            };
            if !carriages.iter().any(|(own, _)| own.is_carried()) {
                continue;
            }
            let allele = Allele {
                contig: record.contig,
                start: record.start,
                reference: record.reference.clone(),
                alternate: bases.clone(),
            };
            // An allele that cannot be judged is told so in its row.
            let Ok(member) = Member::new(self.bundle.genome(), &allele) else { continue };
            let transcripts: SmallVec<[u32; 4]> = self.engine.reaching(&member);
            if !transcripts.is_empty() {
                out.push(Carried { allele, record: record.number, member, transcripts, carriages });
            }
        }
    }

    /// Takes in a batch, in the order of the file.
    pub fn take(&self, open: &mut Open, carried: Vec<Carried>) {
        for one in carried {
            let at = (one.allele.contig, one.allele.start);
            if open.next_end.is_some_and(|(contig, end)| contig != at.0 || end < at.1) {
                self.pass(open, at);
            }
            let one = Arc::new(one);
            for &transcript in &one.transcripts {
                open.at.entry(transcript).or_default().push(Arc::clone(&one));
                let end = self.end(transcript);
                if open.next_end.is_none_or(|(_, next)| end.1 < next) {
                    open.next_end = Some(end);
                }
            }
        }
        if open.passed.len() >= AT_ONCE {
            self.judge(open);
        }
    }

    /// Where a transcript is passed.
    fn end(&self, transcript: u32) -> (ContigId, u32) {
        let view = self.transcripts().get(transcript);
        (view.contig, view.interval.end.saturating_add(MARGIN))
    }

    fn pass(&self, open: &mut Open, at: (ContigId, u32)) {
        let passed = |transcript: u32| {
            let (contig, end) = self.end(transcript);
            contig != at.0 || end < at.1
        };
        let done: Vec<u32> = open.at.keys().copied().filter(|&t| passed(t)).collect();
        for transcript in done {
            let carried = open.at.remove(&transcript).unwrap_or_default();
            if carried.len() > 1 {
                open.passed.push((transcript, carried));
            }
        }
        open.next_end = open.at.keys().map(|&t| self.end(t)).min_by_key(|&(_, end)| end);
    }

    /// Judges what is left.
    pub fn finish(&self, mut open: Open) -> Notes {
        open.passed.extend(std::mem::take(&mut open.at).into_iter().filter(|(_, carried)| carried.len() > 1));
        self.judge(&mut open);
        Notes(open.notes)
    }

    fn judge(&self, open: &mut Open) {
        let passed = std::mem::take(&mut open.passed);
        let judged: Vec<Vec<(Allele, Note)>> =
            passed.par_iter().map(|(transcript, carried)| self.notes(*transcript, carried)).collect();
        for (allele, note) in judged.into_iter().flatten() {
            let notes = open.notes.entry(allele).or_default();
            match notes.iter_mut().find(|known| known.says_the_same(&note)) {
                // One record given twice says nothing new.
                Some(known) => {
                    let samples = &mut known.in_cis.samples;
                    let new = note.in_cis.samples.into_iter().filter(|s| !samples.contains(s));
                    let new = new.collect::<Vec<_>>();
                    samples.extend(new);
                }
                None => notes.push(note),
            }
        }
    }

    /// The notes on one transcript, sample by sample.
    fn notes(&self, transcript: u32, carried: &[Arc<Carried>]) -> Vec<(Allele, Note)> {
        let accession = self.transcripts().get(transcript).accession;
        let mut sequences = Sequences::default();
        let mut out = Vec::new();
        for (s, sample) in self.samples.iter().enumerate() {
            let own: Vec<&Carried> =
                carried.iter().map(Arc::as_ref).filter(|c| c.carriages[s].0.is_carried()).collect();
            if own.len() < 2 {
                continue;
            }
            let members: Vec<Member> = own.iter().map(|c| c.member.clone()).collect();
            let (mut carriages, origins): (Vec<Carriage>, Vec<Option<Carriage>>) =
                own.iter().map(|c| c.carriages[s]).unzip();
            trio::join(&mut carriages, &origins);
            let records: Vec<u64> = own.iter().map(|c| c.record).collect();
            for remark in haplotype::sample::remarks(
                &self.engine,
                transcript,
                &members,
                &carriages,
                &records,
                &mut sequences,
            ) {
                let partners = remark.partners.iter().map(|&p| spelling(&own[p].allele)).collect();
                let note = Note::new((transcript, accession), remark.kind, &sample.name, partners);
                out.push((own[remark.allele].allele.clone(), note));
            }
        }
        out
    }
}
