//! Which gene plays which part: each is taken once, so that no two referrals lean on the same one.

use std::collections::{BTreeMap, BTreeSet};

use super::SimulateError;
use super::genes::Gene;
use super::genome::Genome;
use super::lesions::{Lesion, Target};

/// PanelApp's modes of inheritance, as it spells them.
pub mod moi {
    /// Dominant.
    pub const DOMINANT: &str = "MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted";
    /// Dominant, the mother's copy silent.
    pub const MATERNALLY_IMPRINTED: &str =
        "MONOALLELIC, autosomal or pseudoautosomal, maternally imprinted (paternal allele expressed)";
    /// Dominant, the father's copy silent.
    pub const PATERNALLY_IMPRINTED: &str =
        "MONOALLELIC, autosomal or pseudoautosomal, paternally imprinted (maternal allele expressed)";
    /// Dominant, imprinting unknown.
    pub const DOMINANT_UNKNOWN: &str = "MONOALLELIC, autosomal or pseudoautosomal, imprinted status unknown";
    /// Recessive.
    pub const RECESSIVE: &str = "BIALLELIC, autosomal or pseudoautosomal";
    /// Both.
    pub const BOTH: &str = "BOTH monoallelic and biallelic, autosomal or pseudoautosomal";
    /// Both, worse when biallelic.
    pub const BOTH_SEVERE: &str = "BOTH monoallelic and biallelic (but BIALLELIC mutations cause a more SEVERE disease form), autosomal or pseudoautosomal";
    /// X-linked recessive.
    pub const X_RECESSIVE: &str = "X-LINKED: hemizygous mutation in males, biallelic mutations in females";
    /// X-linked dominant.
    pub const X_DOMINANT: &str = "X-LINKED: hemizygous mutation in males, monoallelic mutations in females may cause disease (may be less severe, later onset than males)";
    /// Mitochondrial.
    pub const MITOCHONDRIAL: &str = "MITOCHONDRIAL";
    /// Unknown.
    pub const UNKNOWN: &str = "Unknown";
    /// Other, with the misspelling in use.
    pub const OTHER: &str = "Other - please specifiy in evaluation comments";
    /// Other, spelled right.
    pub const OTHER_PLAIN: &str = "Other - please specify in evaluation comments";
}

/// Mode of pathogenicity that rules loss of function out, as it is spelled in practice.
pub const NOT_LOSS_OF_FUNCTION: &str = "Loss-of-function variants (as defined in pop up message) DO NOT cause this phenotype - please provide details in the comments";

/// A gene's place on a panel.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Index of the gene.
    pub gene: usize,
    /// `3` green … `0` grey.
    pub confidence: &'static str,
    /// Mode of inheritance.
    pub moi: &'static str,
    /// Mode of pathogenicity.
    pub mop: Option<&'static str>,
    /// Penetrance.
    pub penetrance: Option<&'static str>,
}

/// The genome, the genes, who is taken, and the panels as they fill.
pub struct Cast<'a> {
    /// The genome.
    pub genome: &'a Genome,
    /// All genes.
    pub genes: &'a [Gene],
    taken: BTreeSet<usize>,
    /// Entries by panel id.
    pub panels: BTreeMap<u32, Vec<Entry>>,
}

impl<'a> Cast<'a> {
    /// Nobody is taken yet.
    pub fn new(genome: &'a Genome, genes: &'a [Gene]) -> Self {
        Self { genome, genes, taken: BTreeSet::new(), panels: BTreeMap::new() }
    }

    /// A gene as something to break.
    pub fn target(&self, index: usize) -> Target<'_> {
        Target { genome: self.genome, gene: &self.genes[index], index }
    }

    /// Breaks the first free gene that fits and can be broken so.
    ///
    /// # Errors
    /// Fails where no gene is left that can be.
    pub fn break_one<T>(
        &mut self,
        what: &str,
        fits: impl Fn(&Gene) -> bool,
        lesion: impl Fn(&Target<'_>) -> Option<T>,
    ) -> Result<(usize, T), SimulateError> {
        for index in 0..self.genes.len() {
            let gene = &self.genes[index];
            if self.taken.contains(&index)
                || !gene.is_coding()
                || gene.y_copy
                || !fits(gene)
                || self.overlaps(index)
            {
                continue;
            }
            if let Some(lesion) = lesion(&self.target(index)) {
                self.taken.insert(index);
                return Ok((index, lesion));
            }
        }
        Err(SimulateError::not_possible(what))
    }

    /// A break that is one lesion.
    ///
    /// # Errors
    /// Fails where no gene is left that can be broken so.
    pub fn one(
        &mut self,
        contigs: &[usize],
        strand: Option<bool>,
        lesion: impl Fn(&Target<'_>) -> Option<Lesion>,
    ) -> Result<Lesion, SimulateError> {
        let fits = |g: &Gene| {
            let many = g.transcripts[0].exons.len() >= 4 || contigs == [super::genome::M];
            let shared = g.contig == super::genome::X && g.interval().0 < super::genome::PSEUDOAUTOSOMAL;
            contigs.contains(&g.contig) && strand.is_none_or(|s| s == g.forward) && many && !shared
        };
        Ok(self.break_one("a planted allele", fits, lesion)?.1)
    }

    /// True where another gene lies over or within 300 bases of it.
    fn overlaps(&self, index: usize) -> bool {
        let gene = &self.genes[index];
        let (start, end) = gene.interval();
        gene.contig != super::genome::M
            && self.genes.iter().enumerate().any(|(other, g)| {
                let (a, b) = g.interval();
                other != index && g.contig == gene.contig && a < end + 300 && start < b + 300
            })
    }

    /// Puts a gene on a panel as green.
    pub fn green(&mut self, panel: u32, gene: usize, moi: &'static str) {
        self.entry(panel, Entry { gene, confidence: "3", moi, mop: None, penetrance: None });
    }

    /// Puts a gene on a panel.
    pub fn entry(&mut self, panel: u32, entry: Entry) {
        self.panels.entry(panel).or_default().push(entry);
    }

    /// The next free coding gene of a contig, for filling panels.
    pub fn spare(&mut self, contigs: &[usize]) -> Option<usize> {
        let index = (0..self.genes.len()).find(|i| {
            let gene = &self.genes[*i];
            !self.taken.contains(i) && gene.is_coding() && !gene.y_copy && contigs.contains(&gene.contig)
        })?;
        self.taken.insert(index);
        Some(index)
    }
}
