//! What one allele does to one transcript: found once, put into words only as far as they are wanted.

use super::columns;
use super::consequence::Outcome;
use super::consequence::touch::Touch;
use super::edit::Edit;
use super::edit::oriented::Oriented;
use super::layout::Layout;
use super::sequence::Sequence;
use super::{Prepared, hgvs, nmd, upstream_start};
use crate::model::annotation::{NonsenseMediatedDecay, TranscriptConsequence};
use crate::model::consequence::{Term, Terms};
use crate::model::gene::Gene;
use crate::model::numbering::{Ends, Numbers};
use crate::model::remark::{TranscriptRemark, TranscriptRemarks};
use crate::reference::genome::Genome;

/// Sets of terms of other placements; most alleles have none.
pub(super) type Elsewhere = smallvec::SmallVec<[Terms; 2]>;

/// The edit laid on a transcript at one placement.
#[derive(Debug)]
pub(super) struct Evaluated {
    pub oriented: Oriented,
    pub touch: Touch,
    pub outcome: Outcome,
}

/// One allele on one transcript, at the placement of its HGVS name. The `push_` functions append a column's text to
/// a buffer and nothing where the column is empty.
#[derive(Debug)]
pub struct OnTranscript<'a> {
    pub(super) genome: &'a Genome,
    pub(super) edit: &'a Edit,
    pub(super) layout: Layout<'a>,
    pub(super) prepared: &'a Prepared,
    pub(super) evaluated: Evaluated,
    /// The other terms that equivalent placements give, the most severe first; none where all agree.
    pub(super) elsewhere: Elsewhere,
}

impl<'a> OnTranscript<'a> {
    /// The change of the genome.
    pub fn edit(&self) -> &Edit {
        self.edit
    }

    /// The transcript, its exons and its coding part.
    pub fn layout(&self) -> &Layout<'a> {
        &self.layout
    }

    /// The transcript's gene.
    pub fn gene(&self) -> &Gene {
        &self.prepared.gene
    }

    /// The terms.
    pub fn terms(&self) -> Terms {
        self.evaluated.outcome.terms
    }

    /// What it does to the reading and to the protein.
    pub fn outcome(&self) -> &Outcome {
        &self.evaluated.outcome
    }

    /// The other terms that equivalent placements would give, the most severe first; none where all agree.
    pub fn terms_elsewhere(&self) -> &[Terms] {
        &self.elsewhere
    }

    /// True where the allele lies beside the transcript: nothing in it has a position or a name.
    pub fn is_beside(&self) -> bool {
        self.terms().contains(Term::UpstreamGene) || self.terms().contains(Term::DownstreamGene)
    }

    /// The exons, and the introns, touched.
    pub fn numbers(&self) -> [Option<Numbers>; 2] {
        if self.is_beside() {
            return [None; 2];
        }
        let (oriented, touch) = (&self.evaluated.oriented, &self.evaluated.touch);
        let exons = (self.exon_count() as u32, self.prepared.blocks_touch);
        columns::numbers(&self.layout, oriented, touch, exons)
    }

    /// Number of exons of the transcript.
    pub fn exon_count(&self) -> usize {
        self.prepared.exons
    }

    /// Positions in the spliced transcript, the coding sequence and the protein, 1-based.
    pub fn positions(&self) -> [Ends; 3] {
        let (oriented, touch) = (&self.evaluated.oriented, &self.evaluated.touch);
        let Some(ends) = columns::spliced_ends(&self.layout, oriented, touch) else {
            return [Ends::default(); 3];
        };
        let cds = columns::cds(&self.layout, ends);
        [columns::cdna(ends), cds, columns::protein(&self.layout, cds)]
    }

    /// `K/N`.
    pub fn push_amino_acids(&self, out: &mut String) {
        if let Some(change) = self.change_shown() {
            columns::push_amino_acids(out, change);
        }
    }

    /// `aaG/aaC`.
    pub fn push_codons(&self, out: &mut String) {
        if let Some(change) = self.change_shown() {
            columns::push_codons(out, change);
        }
    }

    fn change_shown(&self) -> Option<&super::edit::change::CodingChange> {
        let terms = self.terms();
        let beside_coding = terms.contains(Term::FivePrimeUtr) || terms.contains(Term::ThreePrimeUtr);
        self.evaluated.outcome.change.as_ref().filter(|_| !beside_coding)
    }

    /// `NM_…:c.…` or `NR_…:n.…`.
    pub fn push_hgvsc(&self, out: &mut String) {
        if self.is_beside() {
            return;
        }
        let before = out.len();
        out.push_str(self.layout.transcript.accession);
        out.push(':');
        if !hgvs::coding::write(out, &self.layout, self.genome, &self.evaluated.oriented) {
            out.truncate(before);
        }
    }

    /// `NP_…:p.(…)`.
    pub fn push_hgvsp(&self, out: &mut String) {
        let Some(effect) = &self.evaluated.outcome.protein else { return };
        let transcript = &self.layout.transcript;
        out.push_str(transcript.coding.and_then(|c| c.protein).unwrap_or(transcript.accession));
        out.push(':');
        hgvs::protein::write(out, &self.sequence().protein, effect);
    }

    /// Whether a new stop is expected to trigger nonsense-mediated decay.
    pub fn nmd(&self) -> Option<NonsenseMediatedDecay> {
        let outcome = &self.evaluated.outcome;
        let (change, effect) = (outcome.change.as_ref()?, outcome.protein.as_ref()?);
        nmd::predict(&self.layout, self.sequence(), change, effect)
    }

    fn sequence(&self) -> &Sequence {
        self.prepared.sequence(&self.layout, self.genome)
    }

    /// True where the transcript's own bases are known to differ from the genome's in the bases replaced, or where
    /// the change can be moved to.
    fn differs_here(&self) -> bool {
        let oriented = &self.evaluated.oriented;
        let room = i64::from(self.edit.left) + i64::from(self.edit.right) + oriented.inserted.len() as i64;
        self.layout.differs_in(oriented.start - room, oriented.end + 1)
    }

    /// Remarks. Of [`OnTranscript::terms_elsewhere`] the most severe is what the consequence depends on.
    pub fn remarks(&self) -> TranscriptRemarks {
        let mut remarks: TranscriptRemarks = self
            .elsewhere
            .iter()
            .enumerate()
            .map(|(rank, &terms)| match rank {
                0 => TranscriptRemark::PlacementDependent(terms),
                _ => TranscriptRemark::PlacementAlso(terms),
            })
            .collect();
        if !self.is_beside() && (self.prepared.differs_somewhere || self.differs_here()) {
            remarks.push(TranscriptRemark::DiffersFromGenome);
        }
        let touch = &self.evaluated.touch;
        if let Some(spliced) = touch.edit.as_ref().filter(|_| touch.five_prime && !touch.needs_sequence()) {
            remarks.extend(upstream_start::remarks(self.sequence(), spliced));
        }
        remarks
    }

    /// All of it in words.
    pub fn consequence(&self) -> TranscriptConsequence {
        self.in_words(true)
    }

    /// All of it in words but the HGVS names, which are not made.
    pub fn consequence_without_names(&self) -> TranscriptConsequence {
        self.in_words(false)
    }

    fn in_words(&self, names: bool) -> TranscriptConsequence {
        let text = |push: &dyn Fn(&mut String)| {
            let mut out = String::new();
            push(&mut out);
            (!out.is_empty()).then_some(out)
        };
        let transcript = &self.layout.transcript;
        let terms = self.terms();
        let [exon, intron] = self.numbers();
        let [cdna, cds, protein] = self.positions();
        TranscriptConsequence {
            gene: self.gene().symbol.clone(),
            gene_index: Some(transcript.gene),
            hgnc_id: self.gene().hgnc_id,
            transcript: transcript.accession.to_owned(),
            transcript_index: Some(transcript.index),
            biotype: transcript.biotype.to_owned(),
            strand: Some(transcript.strand),
            terms,
            impact: terms.impact(),
            exon,
            intron,
            cdna_position: cdna.known(),
            cds_position: cds.known(),
            protein_position: protein.known(),
            amino_acids: text(&|out| self.push_amino_acids(out)),
            codons: text(&|out| self.push_codons(out)),
            hgvsc: names.then(|| text(&|out| self.push_hgvsc(out))).flatten(),
            hgvsp: names.then(|| text(&|out| self.push_hgvsp(out))).flatten(),
            mane: transcript.mane,
            canonical: transcript.canonical,
            nmd: self.nmd(),
            flags: self.remarks(),
        }
    }
}
