//! What an allele does: Sequence Ontology terms, HGVS names and the effect on each transcript's protein.
//!
//! One edit model serves all: the allele in its shortest form ([`edit`]) is laid on each transcript
//! ([`layout`]) at the placement that the transcript's name must use, the spliced sequence is edited and
//! translated through its 3'UTR ([`edit::change`]), the two proteins are compared
//! ([`edit::protein_effect`]), and both the terms ([`consequence`]) and the names ([`hgvs`]) are read off that
//! comparison.

pub mod choose;
pub mod columns;
pub mod consequence;
pub mod edit;
pub mod haplotype;
pub mod hgvs;
pub mod layout;
pub mod nmd;
pub mod placement;
pub mod sequence;
pub mod translate;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::allele::Allele;
use crate::model::annotation::{Annotation, TranscriptConsequence};
use crate::model::assembly::Assembly;
use crate::model::consequence::{Impact, Term, Terms};
use crate::model::position::Interval;
use crate::reference::genome::Genome;
use crate::reference::transcripts::{TranscriptView, Transcripts};
use consequence::touch::{Touch, changed_runs};
use consequence::{Outcome, upstream_downstream};
use edit::Edit;
use edit::oriented::Oriented;
use layout::Layout;
use placement::Placement;
use sequence::Sequence;

/// Settings of the engine.
#[derive(Clone, Debug)]
pub struct Options {
    /// Bases on either side of a transcript within which an allele is named upstream or downstream of it.
    pub distance: u32,
    /// The genome build, for the accessions of `g.` names.
    pub assembly: Assembly,
}

impl Options {
    /// The usual settings: 5,000 bases.
    pub fn new(assembly: Assembly) -> Self {
        Self { distance: 5_000, assembly }
    }
}

/// The annotation engine over one reference bundle; shared by all threads.
#[derive(Debug)]
pub struct Annotator<'a> {
    genome: &'a Genome,
    transcripts: &'a Transcripts,
    options: Options,
}

/// Transcript sequences kept between alleles, and buffers; one for each thread, and for one [`Annotator`] only.
#[derive(Debug, Default)]
pub struct Scratch {
    sequences: FxHashMap<u32, Arc<Sequence>>,
    indices: Vec<u32>,
}

/// Sequences kept at most; alleles arrive in order, so those of the last few genes are enough.
const KEPT_SEQUENCES: usize = 256;

impl Scratch {
    /// Empty; fills itself.
    pub fn new() -> Self {
        Self::default()
    }

    fn sequence(&mut self, layout: &Layout<'_>, genome: &Genome) -> Arc<Sequence> {
        let index = layout.transcript.index;
        if let Some(sequence) = self.sequences.get(&index) {
            return Arc::clone(sequence);
        }
        if self.sequences.len() >= KEPT_SEQUENCES {
            self.sequences.clear();
        }
        let sequence = Arc::new(Sequence::build(layout, genome));
        self.sequences.insert(index, Arc::clone(&sequence));
        sequence
    }
}

impl<'a> Annotator<'a> {
    /// An engine over a genome and its transcripts.
    pub fn new(genome: &'a Genome, transcripts: &'a Transcripts, options: Options) -> Self {
        Self { genome, transcripts, options }
    }

    /// Annotates one allele, as spelt in the input record, trimmed or not.
    pub fn annotate(&self, allele: &Allele, scratch: &mut Scratch) -> Annotation {
        let edit = match Edit::new(self.genome, allele) {
            Ok(edit) => edit,
            Err(reason) => {
                return Annotation { hgvsg: None, consequences: Vec::new(), not_evaluable: Some(reason) };
            }
        };
        let hgvsg = Some(hgvs::genomic::describe(self.genome, &self.options.assembly, &edit));
        let mut consequences = Vec::new();
        let indices = self.near(&edit, scratch);
        for &index in &indices {
            let layout = Layout { transcript: self.transcripts.get(index) };
            if let Some(consequence) = self.on_transcript(&layout, &edit, scratch) {
                consequences.push(consequence);
            }
        }
        scratch.indices = indices;
        if consequences.is_empty() {
            consequences.push(intergenic());
        }
        Annotation { hgvsg, consequences, not_evaluable: None }
    }

    /// Calls `visit` with each transcript near the allele and its terms, without building any text. Calls it
    /// not at all for an allele that is intergenic or not evaluable.
    pub fn terms(&self, allele: &Allele, scratch: &mut Scratch, mut visit: impl FnMut(u32, Terms)) {
        let Ok(edit) = Edit::new(self.genome, allele) else { return };
        let indices = self.near(&edit, scratch);
        for &index in &indices {
            let layout = Layout { transcript: self.transcripts.get(index) };
            let placement = Placement::three_prime(&edit, &layout);
            let terms = self.evaluate(&layout, &edit, placement, scratch).outcome.terms;
            if !terms.is_empty() {
                visit(index, terms);
            }
        }
        scratch.indices = indices;
    }

    /// As [`Annotator::terms`], but for the placement of the record's own spelling: what tools report that do
    /// not move alleles before judging them.
    pub fn terms_as_spelt(&self, allele: &Allele, scratch: &mut Scratch, mut visit: impl FnMut(u32, Terms)) {
        let Ok(edit) = Edit::new(self.genome, allele) else { return };
        // Cut at the front first, so that an anchored indel stays where its anchor puts it.
        let common = allele.reference.iter().zip(&allele.alternate).take_while(|(r, a)| r == a).count();
        let spelt = if edit.is_movable() {
            let shortest = allele.reference.len().min(allele.alternate.len());
            i64::from(allele.start) + common.min(shortest) as i64 - i64::from(edit.start)
        } else {
            0
        };
        let indices = self.near(&edit, scratch);
        for &index in &indices {
            let layout = Layout { transcript: self.transcripts.get(index) };
            let placement = Placement::at(&edit, &layout, spelt);
            let terms = self.evaluate(&layout, &edit, placement, scratch).outcome.terms;
            if !terms.is_empty() {
                visit(index, terms);
            }
        }
        scratch.indices = indices;
    }

    /// Transcripts within reach of any placement of the edit.
    fn near(&self, edit: &Edit, scratch: &mut Scratch) -> Vec<u32> {
        let mut indices = std::mem::take(&mut scratch.indices);
        indices.clear();
        let from = edit.start.saturating_sub(edit.left).saturating_sub(self.options.distance);
        let to = edit
            .start
            .saturating_add(edit.removed_length())
            .saturating_add(edit.right)
            .saturating_add(self.options.distance)
            .max(from + 1);
        self.transcripts.overlapping(edit.contig, Interval::new(from, to), |index| indices.push(index));
        indices
    }

    /// The edit at one placement on a transcript, and its outcome there.
    fn evaluate(
        &self,
        layout: &Layout<'_>,
        edit: &Edit,
        placement: Placement,
        scratch: &mut Scratch,
    ) -> Evaluated {
        let oriented = Oriented::at(edit, layout, placement.shift);
        let terms = upstream_downstream::terms(layout, &oriented, self.options.distance);
        if !terms.is_empty() {
            let outcome = Outcome { terms, ..Outcome::default() };
            return Evaluated { oriented, touch: Touch::default(), outcome };
        }
        let changed = changed_runs(&oriented, |pre| layout.base(self.genome, pre));
        let touch = Touch::new(layout, &oriented, &changed);
        if !touch.overlaps {
            return Evaluated { oriented, touch, outcome: Outcome::default() };
        }
        let sequence = touch.needs_sequence().then(|| scratch.sequence(layout, self.genome));
        let outcome =
            consequence::evaluate(layout, &touch, &oriented, placement.upstream_room, sequence.as_deref());
        Evaluated { oriented, touch, outcome }
    }

    fn on_transcript(
        &self,
        layout: &Layout<'_>,
        edit: &Edit,
        scratch: &mut Scratch,
    ) -> Option<TranscriptConsequence> {
        let placement = Placement::three_prime(edit, layout);
        let Evaluated { oriented, touch, outcome } = self.evaluate(layout, edit, placement, scratch);
        if outcome.terms.is_empty() {
            return None;
        }
        let mut consequence = self.named(&layout.transcript, outcome.terms);
        let other = placement.others(edit, layout).fold(Terms::NONE, |worst, other| {
            let there = self.evaluate(layout, edit, other, scratch).outcome.terms;
            let differs = there != outcome.terms && !there.is_empty();
            if differs && (worst.is_empty() || there.most_severe() < worst.most_severe()) {
                there
            } else {
                worst
            }
        });
        if !other.is_empty() {
            consequence.flags.push(format!("placement_dependent={}", other.joined()));
        }
        if outcome.terms.contains(Term::UpstreamGene) || outcome.terms.contains(Term::DownstreamGene) {
            return Some(consequence);
        }
        consequence.hgvsc = hgvs::coding::describe(layout, self.genome, &oriented)
            .map(|description| format!("{}:{description}", layout.transcript.accession));
        if layout.has_alignment_gap() {
            consequence.flags.push("transcript_differs_from_genome".to_owned());
        }
        columns::fill(&mut consequence, layout, &oriented, &touch, &outcome);
        if let Some(effect) = &outcome.protein {
            let sequence = scratch.sequence(layout, self.genome);
            let name = layout.coding().and_then(|c| c.protein).unwrap_or(layout.transcript.accession);
            consequence.hgvsp =
                Some(format!("{name}:{}", hgvs::protein::describe(&sequence.protein, effect)));
            if let Some(change) = &outcome.change {
                consequence.nmd = nmd::predict(layout, &sequence, change, effect);
            }
        }
        Some(consequence)
    }

    fn named(&self, transcript: &TranscriptView<'_>, terms: Terms) -> TranscriptConsequence {
        let gene = self.transcripts.gene(transcript.gene);
        TranscriptConsequence {
            gene: gene.symbol,
            gene_index: Some(transcript.gene),
            hgnc_id: gene.hgnc_id,
            transcript: transcript.accession.to_owned(),
            transcript_index: Some(transcript.index),
            biotype: transcript.biotype.to_owned(),
            strand: Some(transcript.strand),
            terms,
            impact: terms.impact(),
            mane: transcript.mane,
            canonical: transcript.canonical,
            ..intergenic()
        }
    }
}

/// An edit laid on a transcript at one placement.
struct Evaluated {
    oriented: Oriented,
    touch: Touch,
    outcome: Outcome,
}

/// The entry of an allele that is near no transcript.
fn intergenic() -> TranscriptConsequence {
    TranscriptConsequence {
        gene: String::new(),
        gene_index: None,
        hgnc_id: None,
        transcript: String::new(),
        transcript_index: None,
        biotype: String::new(),
        strand: None,
        terms: Terms::of(Term::Intergenic),
        impact: Impact::Modifier,
        exon: None,
        intron: None,
        cdna_position: None,
        cds_position: None,
        protein_position: None,
        amino_acids: None,
        codons: None,
        hgvsc: None,
        hgvsp: None,
        mane: None,
        canonical: false,
        nmd: None,
        flags: Vec::new(),
    }
}
