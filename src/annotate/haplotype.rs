//! What the variants of one chromosome copy do together.
//!
//! The members of a copy are placed on the transcript (`place`), sorted into groups that share a codon or a
//! shifted frame (`group`), and each group goes through the same edit model as a single variant: mutated
//! sequence, proteins compared, terms and names read off (`describe`). Which members share a copy is told by
//! the genotypes ([`copies`], [`trio`]); [`sample`] puts both together for one person.

pub mod collect;
pub mod copies;
mod describe;
mod group;
pub mod note;
pub mod notes;
mod place;
pub mod sample;
pub mod trio;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::consequence::{self, Outcome};
use super::edit::Edit;
use super::edit::protein_effect::ProteinEffect;
use super::layout::Layout;
use super::sequence::Sequence;
use crate::model::allele::Allele;
use crate::model::annotation::NotEvaluable;
use crate::model::consequence::{Term, Terms};
use crate::model::position::Interval;
use crate::reference::genome::Genome;
use crate::reference::transcripts::Transcripts;
use place::{Part, Placed};

/// A variant of a copy, at the place where the record puts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The change in its shortest form.
    pub edit: Edit,
    /// Bases from [`Edit::start`] to where the record's own spelling has it. A repeat that another variant
    /// interrupts is no longer the same everywhere, so the spelling counts.
    pub shift: i64,
}

impl Member {
    /// A member from an allele as spelt in the record.
    ///
    /// # Errors
    /// As [`Edit::new`].
    pub fn new(genome: &Genome, allele: &Allele) -> Result<Self, NotEvaluable> {
        let edit = Edit::new(genome, allele)?;
        // Cut at the front first, so that an anchored indel stays where its anchor puts it.
        let common = allele.reference.iter().zip(&allele.alternate).take_while(|(r, a)| r == a).count();
        let common = common.min(allele.reference.len().min(allele.alternate.len()));
        let spelt = i64::from(allele.start) + common as i64 - i64::from(edit.start);
        let shift = if edit.is_movable() { spelt } else { 0 };
        Ok(Self { edit, shift })
    }

    /// Forward-strand bases removed where the record has them, as 0-based half-open offsets.
    fn span(&self) -> (i64, i64) {
        let start = i64::from(self.edit.start) + self.shift;
        (start, start + i64::from(self.edit.removed_length()))
    }
}

/// Why a member has no effect of its own on the reading of this copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Behind {
    /// A stop codon made by the group comes first.
    Stop(usize),
    /// The group takes the start codon away.
    LostStart(usize),
    /// A member removes exon and intron bases before it; what is spliced cannot be told.
    Unreadable(usize),
}

/// Members whose effect on the protein is one effect: one alone, or several in one codon or one frame.
#[derive(Clone, Debug)]
pub struct Group {
    /// Indices of the members, in the direction of transcription.
    pub members: Vec<usize>,
    /// What they do together.
    pub outcome: Outcome,
    /// `NM_…:c.…`; several changes in cis as `c.[…;…]`, or as one `delins` where the nomenclature asks for it.
    pub hgvsc: Option<String>,
    /// `NP_…:p.(…)`.
    pub hgvsp: Option<String>,
    /// What makes the group's own effect moot, by index of the group, or of the member for
    /// [`Behind::Unreadable`].
    pub behind: Option<Behind>,
    /// Some member shifts the frame and the group as a whole does not.
    pub restores_frame: bool,
}

/// One copy of one transcript as it is read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The groups in the direction of transcription; members outside the coding sequence are in none.
    pub groups: Vec<Group>,
    /// Pairs of members that cannot both be on one copy as they are spelt; the second was left out.
    pub overlapping: Vec<(usize, usize)>,
}

impl Reading {
    /// The group of a member.
    pub fn group_of(&self, member: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.members.contains(&member))
    }
}

/// Transcript sequences kept between copies.
#[derive(Debug, Default)]
pub struct Sequences(FxHashMap<u32, Arc<Sequence>>);

/// Sequences kept at most.
const KEPT: usize = 64;

impl Sequences {
    fn get(&mut self, layout: &Layout<'_>, genome: &Genome) -> Arc<Sequence> {
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        let build = || Arc::new(Sequence::build(layout, genome));
        Arc::clone(self.0.entry(layout.transcript.index).or_insert_with(build))
    }
}

/// The engine for copies, over one reference bundle; shared by all threads.
#[derive(Clone, Copy, Debug)]
pub struct Haplotypes<'a> {
    genome: &'a Genome,
    transcripts: &'a Transcripts,
}

impl<'a> Haplotypes<'a> {
    /// An engine over a genome and its transcripts.
    pub fn new(genome: &'a Genome, transcripts: &'a Transcripts) -> Self {
        Self { genome, transcripts }
    }

    /// The coding transcripts whose reading the member may change: those with an exon, from the coding sequence on,
    /// that one of its placements touches.
    pub fn reaching(&self, member: &Member) -> SmallVec<[u32; 4]> {
        let edit = &member.edit;
        let from = edit.start.saturating_sub(edit.left).saturating_sub(1);
        let to =
            edit.start.saturating_add(edit.removed_length()).saturating_add(edit.right).saturating_add(1);
        let mut out = SmallVec::new();
        self.transcripts.overlapping(edit.contig, Interval::new(from, to), |index| {
            let transcript = self.transcripts.get(index);
            let Some(coding) = transcript.coding else { return };
            let touched = transcript.exons.iter().any(|exon| {
                let interval = exon.interval();
                interval.start < to && from < interval.end && exon.cdna_start + exon.len() > coding.cds.start
            });
            if touched {
                out.push(index);
            }
        });
        out
    }

    /// Reads one copy of a transcript with all its members; their order does not matter, and those on another contig
    /// do not either.
    pub fn read(&self, transcript: u32, members: &[&Member], sequences: &mut Sequences) -> Reading {
        let layout = Layout { transcript: self.transcripts.get(transcript) };
        let (placed, overlapping) = place::place(self.genome, &layout, members);
        let mut reading = Reading { overlapping, ..Reading::default() };
        if layout.coding().is_none() || placed.iter().all(|p| p.part == Part::Outside) {
            return reading;
        }
        let sequence = sequences.get(&layout, self.genome);
        for cut in group::cut(&layout, &sequence, &placed) {
            let (outcome, name) = match cut.placed[..] {
                [only] => self.single(&layout, &placed[only], &sequence),
                _ => self.several(&layout, &placed, &cut.placed, &sequence),
            };
            let hgvsp =
                outcome.protein.as_ref().map(|effect| describe::protein(&layout, &sequence.protein, effect));
            let restores_frame = cut.placed.iter().any(|&p| placed[p].shifts_frame())
                && outcome.change.as_ref().is_some_and(|change| !change.shifts_frame())
                // Where the changes take the stop codon away, what is named is another end.
                && !matches!(outcome.protein, Some(ProteinEffect::Frameshift { .. }));
            reading.groups.push(Group {
                members: cut.placed.iter().map(|&p| placed[p].member).collect(),
                outcome,
                hgvsc: name,
                hgvsp,
                behind: cut.behind,
                restores_frame,
            });
        }
        group::mark_lost_starts(&mut reading.groups);
        reading
    }

    fn single(&self, layout: &Layout<'_>, placed: &Placed, sequence: &Sequence) -> (Outcome, Option<String>) {
        let outcome = consequence::evaluate(
            layout,
            &placed.touch,
            &placed.oriented,
            placed.upstream_room,
            Some(sequence),
        );
        (outcome, describe::alone(layout, self.genome, &placed.oriented))
    }

    fn several(
        &self,
        layout: &Layout<'_>,
        placed: &[Placed],
        group: &[usize],
        sequence: &Sequence,
    ) -> (Outcome, Option<String>) {
        let edits = group::spliced(placed, group);
        let mut outcome = group::outcome(sequence, &edits);
        if layout.transcript.biotype == consequence::NMD_BIOTYPE {
            outcome.terms.insert(Term::NmdTranscript);
        }
        let splice: Terms = group
            .iter()
            .map(|&p| placed[p].touch.splice.terms(placed[p].touch.touches_exon_base))
            .fold(Terms::NONE, Terms::union);
        outcome.terms = outcome.terms.union(splice);
        (outcome, describe::together(layout, self.genome, placed, group))
    }
}
