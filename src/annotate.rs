//! What an allele does: Sequence Ontology terms, HGVS names and the effect on each transcript's protein.
//!
//! One edit model serves all: the allele in its shortest form ([`edit`]) is laid on each transcript
//! ([`layout`]) at the placement that the transcript's name must use, the spliced sequence is edited and
//! translated through its 3'UTR ([`edit::change`]), the two proteins are compared
//! ([`edit::protein_effect`]), and both the terms ([`consequence`]) and the names ([`hgvs`]) are read off that
//! comparison.

pub mod columns;
pub mod consequence;
pub mod edit;
pub mod haplotype;
pub mod hgvs;
pub mod layout;
pub mod nmd;
pub mod on_transcript;
pub mod placement;
pub mod prepared;
pub mod sequence;
pub mod translate;
pub mod upstream_start;

use crate::model::allele::Allele;
use crate::model::annotation::{Annotation, NotEvaluable, TranscriptConsequence};
use crate::model::assembly::Assembly;
use crate::model::consequence::{Impact, Term, Terms};
use crate::model::position::Interval;
use crate::model::remark::TranscriptRemarks;
use crate::reference::genome::Genome;
use crate::reference::transcripts::Transcripts;
use consequence::touch::{Touch, changed_runs};
use consequence::{Outcome, upstream_downstream};
use edit::Edit;
use edit::oriented::Oriented;
use layout::Layout;
use on_transcript::{Elsewhere, Evaluated, OnTranscript};
use placement::Placement;
use prepared::Prepared;
pub use prepared::Scratch;

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
///
/// ```
/// use ithaca::annotate::{Annotator, Options, Scratch};
/// use ithaca::model::allele::Allele;
/// use ithaca::model::assembly::Assembly;
/// use ithaca::model::contig::ContigId;
/// use ithaca::model::gene::Gene;
/// use ithaca::model::position::Interval;
/// use ithaca::model::transcript::{Coding, Exon, Strand, Transcript};
/// use ithaca::reference::genome::Genome;
/// use ithaca::reference::transcripts::Transcripts;
///
/// // One exon: 5'UTR, then ATG TGG TGC TAA (Met Trp Cys stop), then 3'UTR.
/// let genome = Genome::from_sequences(vec![("1".to_owned(), b"CCCCCCATGTGGTGCTAAGGGGGG".to_vec())]);
/// let transcript = Transcript {
///     accession: "T.1".to_owned(),
///     gene: 0,
///     biotype: "protein_coding".to_owned(),
///     contig: ContigId(0),
///     strand: Strand::Forward,
///     exons: vec![Exon { start: 0, end: 24, cdna_start: 0 }],
///     coding: Some(Coding {
///         cds: Interval::new(6, 18),
///         phase: 0,
///         start_incomplete: false,
///         end_incomplete: false,
///         selenocysteines: Vec::new(),
///         slippage: Vec::new(),
///         skipped: Vec::new(),
///         protein: Some("P.1".to_owned()),
///     }),
///     own_bases: Vec::new(),
///     differs_somewhere: false,
///     mane: None,
///     canonical: true,
/// };
/// let gene = Gene { hgnc_id: None, symbol: "G".to_owned(), source_id: "G1".to_owned() };
/// let transcripts = Transcripts::from_records(vec![gene], vec![transcript]);
///
/// let annotator = Annotator::new(&genome, &transcripts, Options::new(Assembly::GRCh38));
/// // The third base of the second codon, TGG, becomes A.
/// let allele =
///     Allele { contig: ContigId(0), start: 11, reference: b"G".to_vec(), alternate: b"A".to_vec() };
/// let annotation = annotator.annotate(&allele, &mut Scratch::default());
/// let consequence = &annotation.consequences[0];
/// assert_eq!(consequence.terms.joined(), "stop_gained");
/// assert_eq!(consequence.hgvsc.as_deref(), Some("T.1:c.6G>A"));
/// assert_eq!(consequence.hgvsp.as_deref(), Some("P.1:p.(Trp2Ter)"));
/// ```
#[derive(Debug)]
pub struct Annotator<'a> {
    genome: &'a Genome,
    transcripts: &'a Transcripts,
    options: Options,
    /// What `g.` names on each contig begin with.
    prefixes: Vec<String>,
}

impl<'a> Annotator<'a> {
    /// An engine over a genome and its transcripts.
    pub fn new(genome: &'a Genome, transcripts: &'a Transcripts, options: Options) -> Self {
        let prefixes = hgvs::genomic::prefixes(genome, &options.assembly);
        Self { genome, transcripts, options, prefixes }
    }

    /// Annotates one allele, as spelt in the input record, trimmed or not.
    pub fn annotate(&self, allele: &Allele, scratch: &mut Scratch) -> Annotation {
        self.in_words(allele, scratch, true)
    }

    /// As [`Annotator::annotate`], but no HGVS name is made.
    pub fn annotate_without_names(&self, allele: &Allele, scratch: &mut Scratch) -> Annotation {
        self.in_words(allele, scratch, false)
    }

    fn in_words(&self, allele: &Allele, scratch: &mut Scratch, names: bool) -> Annotation {
        let mut consequences = Vec::new();
        let visited = self.visit(allele, scratch, |on| {
            consequences.push(if names { on.consequence() } else { on.consequence_without_names() });
        });
        let edit = match visited {
            Ok(edit) => edit,
            Err(reason) => {
                return Annotation { hgvsg: None, consequences: Vec::new(), not_evaluable: Some(reason) };
            }
        };
        let hgvsg = names.then(|| {
            let mut name = String::new();
            self.push_hgvsg(&mut name, &edit);
            name
        });
        if consequences.is_empty() {
            consequences.push(intergenic());
        }
        Annotation { hgvsg, consequences, not_evaluable: None }
    }

    /// Calls `visit` with each transcript that the allele touches or lies near, in the order of the bundle; not at
    /// all for an intergenic allele. No text is built unless `visit` asks for it.
    ///
    /// # Errors
    /// [`NotEvaluable`] where the allele cannot be judged; see [`Edit::new`].
    pub fn visit(
        &self,
        allele: &Allele,
        scratch: &mut Scratch,
        mut visit: impl FnMut(&OnTranscript<'_>),
    ) -> Result<Edit, NotEvaluable> {
        let edit = Edit::new(self.genome, allele)?;
        let indices = self.near(&edit, scratch);
        for &index in &indices {
            let layout = Layout { transcript: self.transcripts.get(index) };
            let prepared = scratch.prepared(&layout, self.transcripts);
            let placement = Placement::three_prime(&edit, &layout);
            let evaluated = self.evaluate(&layout, &edit, placement, &prepared);
            if !evaluated.outcome.terms.is_empty() {
                let elsewhere = self.elsewhere(&layout, &edit, placement, evaluated.outcome.terms, &prepared);
                let (genome, edit, prepared) = (self.genome, &edit, &*prepared);
                visit(&OnTranscript { genome, edit, layout, prepared, evaluated, elsewhere });
            }
        }
        scratch.indices = indices;
        Ok(edit)
    }

    /// Appends the `g.` or `m.` name of an edit.
    pub fn push_hgvsg(&self, out: &mut String, edit: &Edit) {
        out.push_str(&self.prefixes[edit.contig.index()]);
        hgvs::genomic::write(out, self.genome, edit);
    }

    /// Calls `visit` with each transcript near the allele and its terms, without building any text. Calls it
    /// not at all for an allele that is intergenic or not evaluable.
    pub fn terms(&self, allele: &Allele, scratch: &mut Scratch, mut visit: impl FnMut(u32, Terms)) {
        let Ok(edit) = Edit::new(self.genome, allele) else { return };
        let indices = self.near(&edit, scratch);
        for &index in &indices {
            let layout = Layout { transcript: self.transcripts.get(index) };
            let placement = Placement::three_prime(&edit, &layout);
            let prepared = scratch.prepared(&layout, self.transcripts);
            let terms = self.evaluate(&layout, &edit, placement, &prepared).outcome.terms;
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
            let prepared = scratch.prepared(&layout, self.transcripts);
            let terms = self.evaluate(&layout, &edit, placement, &prepared).outcome.terms;
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
        prepared: &Prepared,
    ) -> Evaluated {
        let oriented = Oriented::at(edit, layout, placement.shift);
        let terms = upstream_downstream::terms(layout, &oriented, self.options.distance);
        if !terms.is_empty() {
            let outcome = Outcome { terms, ..Outcome::default() };
            return Evaluated { oriented, touch: Touch::default(), outcome };
        }
        let changed = changed_runs(&oriented, |pre| layout.base(self.genome, pre));
        let touch = Touch::new(layout, &oriented, &changed, placement.upstream_room > 0);
        if !touch.overlaps {
            return Evaluated { oriented, touch, outcome: Outcome::default() };
        }
        let sequence = touch.needs_sequence().then(|| prepared.sequence(layout, self.genome));
        let outcome = consequence::evaluate(layout, &touch, &oriented, placement.upstream_room, sequence);
        Evaluated { oriented, touch, outcome }
    }

    /// The terms, other than `terms`, that other placements of the edit would give: each set once, the most severe
    /// first, and of two as severe the one further 5'. They are the same for every spelling.
    fn elsewhere(
        &self,
        layout: &Layout<'_>,
        edit: &Edit,
        placement: Placement,
        terms: Terms,
        prepared: &Prepared,
    ) -> Elsewhere {
        let mut others = Elsewhere::new();
        for other in placement.others(edit, layout) {
            let there = self.evaluate(layout, edit, other, prepared).outcome.terms;
            if there != terms && !there.is_empty() && !others.contains(&there) {
                others.push(there);
            }
        }
        others.sort_by_key(|terms| terms.most_severe());
        others
    }
}

/// The entry of an allele that is near no transcript.
pub fn intergenic() -> TranscriptConsequence {
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
        flags: TranscriptRemarks::new(),
    }
}
