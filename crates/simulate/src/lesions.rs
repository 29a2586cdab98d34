//! Breaking a gene at a chosen place. What it does is known because the gene was built: the codon, the
//! intron and the strand are read off the construction.

use super::genes::Gene;
use super::genes::Transcript;
use super::genome::Genome;
use super::proteins;
use super::sequence::{Code, Spelling, complement};

/// A break: what, where, and in words.
#[derive(Clone, Debug)]
pub struct Lesion {
    /// Index of the gene in the world's list.
    pub gene: usize,
    /// Contig index.
    pub contig: usize,
    /// Left-aligned and trimmed.
    pub spelling: Spelling,
    /// `c.` name on the first transcript, where certain.
    pub hgvsc: String,
    /// `p.` name of the protein of the first transcript, where certain.
    pub hgvsp: String,
    /// Sequence Ontology term on the first transcript.
    pub consequence: &'static str,
    /// The construction in words.
    pub words: String,
}

/// One gene to break.
pub struct Target<'a> {
    /// The genome.
    pub genome: &'a Genome,
    /// The gene.
    pub gene: &'a Gene,
    /// Its index.
    pub index: usize,
}

impl Target<'_> {
    fn first(&self) -> &Transcript {
        &self.gene.transcripts[0]
    }

    fn bounds(&self) -> Option<(usize, usize)> {
        self.first().coding.as_ref().map(|c| (c.start, c.end))
    }

    /// A transcript base at a genomic position.
    fn read(&self, position: u32) -> u8 {
        let base = self.genome.bases(self.gene.contig)[position as usize];
        if self.gene.forward { base } else { complement(base) }
    }

    fn lesion(
        &self,
        spelling: Spelling,
        hgvsc: String,
        consequence: &'static str,
        words: String,
    ) -> Option<Lesion> {
        let contig = self.genome.bases(self.gene.contig);
        let (gene, contig_index) = (self.index, self.gene.contig);
        let spelling = spelling.normalised(contig);
        let hgvsp = String::new();
        Some(Lesion { gene, contig: contig_index, spelling, hgvsc, hgvsp, consequence, words })
    }

    /// A substitution, given in transcript bases.
    fn substitution(
        &self,
        position: u32,
        to: u8,
        hgvsc: String,
        term: &'static str,
        words: String,
    ) -> Option<Lesion> {
        let reference = vec![self.genome.bases(self.gene.contig)[position as usize]];
        let alternate = vec![if self.gene.forward { to } else { complement(to) }];
        self.lesion(Spelling { position, reference, alternate }, hgvsc, term, words)
    }

    /// The first codon from `fraction` of the way in, away from exon ends, for which `wish` names a new
    /// base: place in the codon and base.
    fn codon_change(
        &self,
        fraction: f64,
        term: &'static str,
        wish: impl Fn(&[u8]) -> Option<(usize, u8)>,
    ) -> Option<Lesion> {
        let (start, end) = self.bounds()?;
        let transcript = self.first();
        let spliced = transcript.spliced(self.genome, self.gene.contig, self.gene.forward);
        let codons = (end - start) / 3;
        let offsets = transcript.exon_offsets();
        let edges: Vec<usize> = offsets.iter().copied().chain([transcript.length()]).collect();
        let begin = ((codons as f64 * fraction) as usize).max(4);
        for number in (begin..codons - 2).chain(4..begin) {
            let at = start + number * 3;
            if edges.iter().any(|edge| at + 8 > *edge && at < *edge + 6) {
                continue;
            }
            let codon = &spliced[at..at + 3];
            let Some((place, base)) = wish(codon) else { continue };
            let from = codon[place];
            let position = transcript.genomic(self.gene.forward, at + place);
            let c = number * 3 + place + 1;
            let (old, mut new) = (String::from_utf8_lossy(codon).into_owned(), codon.to_vec());
            new[place] = base;
            let code = self.gene.code();
            let protein = proteins::substitution(code.amino_acid(codon), number + 1, code.amino_acid(&new));
            let words = format!(
                "turns codon {} of {} from {old} to {}",
                number + 1,
                self.gene.symbol,
                String::from_utf8_lossy(&new)
            );
            let name = format!("c.{c}{}>{}", char::from(from), char::from(base));
            let lesion = self.substitution(position, base, name, term, words)?;
            return Some(Lesion { hgvsp: protein, ..lesion });
        }
        None
    }

    fn by_amino_acid(
        &self,
        fraction: f64,
        term: &'static str,
        fits: impl Fn(u8, u8) -> bool,
    ) -> Option<Lesion> {
        let code = self.gene.code();
        self.codon_change(fraction, term, |codon| {
            let old = code.amino_acid(codon);
            [1, 2, 0].into_iter().find_map(|place| {
                b"ACGT".iter().find_map(|base| {
                    let mut new = codon.to_vec();
                    new[place] = *base;
                    (*base != codon[place] && fits(old, code.amino_acid(&new))).then_some((place, *base))
                })
            })
        })
    }

    /// A premature stop.
    pub fn stop_gained(&self, fraction: f64) -> Option<Lesion> {
        self.by_amino_acid(fraction, "stop_gained", |old, new| old != b'*' && new == b'*')
    }

    /// Another amino acid.
    pub fn missense(&self, fraction: f64) -> Option<Lesion> {
        self.by_amino_acid(fraction, "missense_variant", |old, new| new != b'*' && old != b'*' && new != old)
    }

    /// The same amino acid.
    pub fn synonymous(&self, fraction: f64) -> Option<Lesion> {
        self.by_amino_acid(fraction, "synonymous_variant", |old, new| old == new && old != b'M')
    }

    /// One A fewer in the run of nine.
    pub fn homopolymer_deletion(&self) -> Option<Lesion> {
        let run = self.gene.homopolymer?;
        let (start, _) = self.bounds()?;
        let transcript = self.first();
        let last = transcript.genomic(self.gene.forward, run + 8);
        let first = transcript.genomic(self.gene.forward, run);
        if first.abs_diff(last) != 8 {
            return None;
        }
        let low = first.min(last);
        let bases = self.genome.bases(self.gene.contig);
        let spelling = Spelling {
            position: low - 1,
            reference: bases[low as usize - 1..=low as usize].to_vec(),
            alternate: vec![bases[low as usize - 1]],
        };
        let words = format!("takes one A from the run of nine in {}, shifting the frame", self.gene.symbol);
        let name = format!("c.{}del", run + 8 - start + 1);
        let lesion = self.lesion(spelling, name, "frameshift_variant", words)?;
        let hgvsp = self.shifted(|bases| {
            bases.remove(run);
        });
        Some(Lesion { hgvsp, ..lesion })
    }

    /// The `p.` name of a shifted frame: the transcript is changed and translated again.
    fn shifted(&self, change: impl Fn(&mut Vec<u8>)) -> String {
        let Some(coding) = self.first().coding.as_ref().filter(|c| c.selenocysteines.is_empty()) else {
            return String::new();
        };
        let before = self.first().spliced(self.genome, self.gene.contig, self.gene.forward);
        let mut after = before.clone();
        change(&mut after);
        let code = self.gene.code();
        proteins::frameshift(
            &code.translate(&before[coding.start..]),
            &code.translate(&after[coding.start..]),
        )
        .unwrap_or_default()
    }

    /// The place in the first transcript of a base of its coding sequence.
    fn offset(&self, position: u32) -> Option<usize> {
        let (start, end) = self.bounds()?;
        (start..end).find(|offset| self.first().genomic(self.gene.forward, *offset) == position)
    }

    /// The selenocysteine codon becomes a stop that no machinery reads through.
    pub fn selenocysteine_to_stop(&self) -> Option<Lesion> {
        let offset = *self.first().coding.as_ref()?.selenocysteines.first()?;
        let (start, _) = self.bounds()?;
        let position = self.first().genomic(self.gene.forward, offset + 1);
        let words = format!("turns the selenocysteine codon TGA of {} into TAA", self.gene.symbol);
        let hgvsp = proteins::substitution(b'U', (offset - start) / 3 + 1, b'*');
        let name = format!("c.{}G>A", offset + 2 - start);
        Some(Lesion { hgvsp, ..self.substitution(position, b'A', name, "stop_gained", words)? })
    }

    /// c. number of the last base before intron `intron`, when both sides are coding.
    fn before_intron(&self, intron: usize) -> Option<usize> {
        let (start, end) = self.bounds()?;
        let next = *self.first().exon_offsets().get(intron + 1)?;
        (next > start && next < end).then(|| next - start)
    }

    /// An intron between coding exons, not the first.
    fn coding_intron(&self, least: u32) -> Option<usize> {
        let exons = &self.first().exons;
        (1..exons.len().saturating_sub(1)).find(|i| {
            let (a, b) = (exons[*i], exons[i + 1]);
            let length = a.0.max(b.0) - a.1.min(b.1);
            length >= least && self.before_intron(*i).is_some()
        })
    }

    /// Takes the G of the donor.
    pub fn splice_donor(&self) -> Option<Lesion> {
        let intron = self.coding_intron(60)?;
        let c = self.before_intron(intron)?;
        let exon = self.first().exons[intron];
        let position = if self.gene.forward { exon.1 } else { exon.0 - 1 };
        let words = format!("removes the G of the donor GT of intron {} of {}", intron + 1, self.gene.symbol);
        self.substitution(position, b'A', format!("c.{c}+1G>A"), "splice_donor_variant", words)
    }

    /// Takes the G of the acceptor.
    pub fn splice_acceptor(&self) -> Option<Lesion> {
        let intron = self.coding_intron(60)?;
        let c = self.before_intron(intron)? + 1;
        let exon = self.first().exons[intron + 1];
        let position = if self.gene.forward { exon.0 - 1 } else { exon.1 };
        let words =
            format!("removes the G of the acceptor AG of intron {} of {}", intron + 1, self.gene.symbol);
        self.substitution(position, b'C', format!("c.{c}-1G>C"), "splice_acceptor_variant", words)
    }

    /// Deletes the acceptor AG and two exon bases; refused where the deletion could be placed elsewhere.
    pub fn boundary_deletion(&self) -> Option<Lesion> {
        let intron = self.coding_intron(60)?;
        let c = self.before_intron(intron)? + 1;
        let exon = self.first().exons[intron + 1];
        let low = if self.gene.forward { exon.0 - 2 } else { exon.1 - 2 };
        let bases = self.genome.bases(self.gene.contig);
        let spelling = Spelling {
            position: low - 1,
            reference: bases[low as usize - 1..low as usize + 4].to_vec(),
            alternate: vec![bases[low as usize - 1]],
        };
        if spelling.normalised(bases) != spelling || spelling.shifted_right(bases) != spelling {
            return None;
        }
        let words = format!(
            "deletes the acceptor AG of intron {} of {} with the first two exon bases",
            intron + 1,
            self.gene.symbol
        );
        self.lesion(spelling, format!("c.{c}-2_{}del", c + 1), "splice_acceptor_variant", words)
    }

    /// A substitution deep in an intron.
    pub fn deep_intronic(&self) -> Option<Lesion> {
        let intron = self.coding_intron(260)?;
        let c = self.before_intron(intron)?;
        let exon = self.first().exons[intron];
        let position = if self.gene.forward { exon.1 + 99 } else { exon.0 - 100 };
        let from = self.read(position);
        let to = if from == b'A' { b'G' } else { b'A' };
        let words = format!("changes base 100 of intron {} of {}", intron + 1, self.gene.symbol);
        let name = format!("c.{c}+100{}>{}", char::from(from), char::from(to));
        self.substitution(position, to, name, "intron_variant", words)
    }

    /// ATG becomes GTG.
    pub fn start_lost(&self) -> Option<Lesion> {
        let (start, _) = self.bounds()?;
        let position = self.first().genomic(self.gene.forward, start);
        let words = format!("turns the start codon of {} from ATG to GTG", self.gene.symbol);
        let lesion = self.substitution(position, b'G', "c.1A>G".to_owned(), "start_lost", words)?;
        Some(Lesion { hgvsp: "p.(Met1?)".to_owned(), ..lesion })
    }

    /// The T of the stop codon becomes C.
    pub fn stop_lost(&self) -> Option<Lesion> {
        let (start, end) = self.bounds()?;
        let position = self.first().genomic(self.gene.forward, end - 3);
        let words = format!("turns the first T of the stop codon of {} into C", self.gene.symbol);
        self.substitution(position, b'C', format!("c.{}T>C", end - start - 2), "stop_lost", words)
    }

    /// Two alleles at one place well inside an exon: a substitution, and an insertion that shifts the frame.
    pub fn two_alleles(&self) -> Option<(Lesion, Lesion)> {
        let common = self.missense(0.4)?;
        let bases = self.genome.bases(self.gene.contig);
        let at = common.spelling.position;
        let (here, next) = (bases[at as usize], bases[at as usize + 1]);
        let inserted = *b"ACGT".iter().find(|b| **b != here && **b != next)?;
        let spelling = Spelling { position: at, reference: vec![here], alternate: vec![here, inserted] };
        let words =
            format!("inserts one base into {}, shifting the frame; ALT 2 of its record", self.gene.symbol);
        // It differs from both of its neighbours, so it is neither a duplication nor can it move.
        let (start, _) = self.bounds()?;
        let offset = self.offset(at)?;
        let (before, base) =
            if self.gene.forward { (offset, inserted) } else { (offset - 1, complement(inserted)) };
        let name = format!("c.{}_{}ins{}", before + 1 - start, before + 2 - start, char::from(base));
        let insertion = self.lesion(spelling, name, "frameshift_variant", words)?;
        let hgvsp = self.shifted(|bases| bases.insert(before + 1, base));
        Some((common, Lesion { hgvsp, ..insertion }))
    }

    /// The early TGA (tryptophan) of a mitochondrial gene becomes TAA (stop) or TGG (still tryptophan).
    pub fn mitochondrial_tryptophan(&self, stop: bool) -> Option<Lesion> {
        if self.gene.code() != Code::Mitochondrial {
            return None;
        }
        let (place, base, name, term) =
            if stop { (7, b'A', "c.8G>A", "stop_gained") } else { (8, b'G', "c.9A>G", "synonymous_variant") };
        let position = self.first().genomic(self.gene.forward, place);
        let words = format!(
            "turns codon 3 of {} from TGA (tryptophan in translation table 2) to {}",
            self.gene.symbol,
            if stop { "TAA" } else { "TGG" }
        );
        let hgvsp = proteins::substitution(b'W', 3, if stop { b'*' } else { b'W' });
        Some(Lesion { hgvsp, ..self.substitution(position, base, name.to_owned(), term, words)? })
    }
}
