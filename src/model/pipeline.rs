//! A pipeline definition: every threshold of a run, read from one TOML file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A pipeline definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// Name, for the report.
    pub name: String,
    /// Date of the definition (ISO).
    pub date: String,
    /// Path of the tier rule set, relative to this file.
    pub rule_set: String,
    /// Which part of the input is looked at.
    pub scope: Scope,
    /// Quality floors.
    pub quality: QualityPolicy,
    /// Frequency sources and limits.
    pub frequency: FrequencyPolicy,
    /// Clinical assertions.
    pub assertions: AssertionPolicy,
    /// The laboratory's own lists of alleles.
    #[serde(default)]
    pub lists: ListPolicy,
    /// Which panel versions are used.
    #[serde(default)]
    pub panels: PanelPolicy,
    /// Which transcripts findings are reported on.
    #[serde(default)]
    pub transcripts: TranscriptPolicy,
    /// Coverage.
    pub coverage: CoveragePolicy,
    /// Sanity checks on the input.
    pub input: InputPolicy,
}

/// Which part of the input is looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// `panel`: only genes of the plan. `genome`: all genes; those off the panel can reach Tier 3 at most.
    pub genes: GeneScope,
    /// Bases either side of an exon that are looked at in panel scope.
    pub exon_padding: u32,
}

/// See [`Scope::genes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GeneScope {
    /// Genes of the plan only.
    Panel,
    /// Every gene.
    Genome,
}

/// Quality floors. A genotype below them becomes unknown; it is never read as reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityPolicy {
    /// Accept records whose FILTER is `.` (no filter applied).
    pub accept_unfiltered: bool,
    /// FILTER names that are let through besides PASS.
    pub accept_filters: Vec<String>,
    /// Least genotype quality.
    pub genotype_quality: u32,
    /// Least genotype quality of a hemizygous call on X or Y.
    pub genotype_quality_hemizygous: u32,
    /// Least depth.
    pub depth: u32,
    /// Least fraction of alternate reads in a heterozygote.
    pub heterozygous_balance: f64,
    /// Least fraction of alternate reads in a homozygote or hemizygote.
    pub homozygous_balance: f64,
    /// Least mitochondrial fraction that counts as present.
    pub mitochondrial_fraction: f64,
    /// Limits for a confident de novo call.
    pub de_novo: DeNovoPolicy,
}

impl QualityPolicy {
    /// Least depth at which a mitochondrial allele that was not seen counts as absent.
    pub fn mitochondrial_absence_depth(&self) -> u32 {
        mitochondrial_absence_depth(self.mitochondrial_fraction)
    }
}

/// The depth at which a mitochondrial allele of this fraction would show at least one read with 95 % probability:
/// `(1 − f)^depth ≤ 0.05`. An allele that was not seen at a lower depth may be there.
pub fn mitochondrial_absence_depth(fraction: f64) -> u32 {
    if fraction > 0.0 && fraction < 1.0 { (0.05_f64.ln() / (1.0 - fraction).ln()).ceil() as u32 } else { 0 }
}

/// Limits for a confident de novo call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeNovoPolicy {
    /// Least depth in each required parent.
    pub parent_depth: u32,
    /// Least genotype quality in each required parent.
    pub parent_quality: u32,
    /// Most alternate reads in the parents together.
    pub parent_alternate_reads: u32,
    /// Least alternate reads in the proband.
    pub proband_alternate_reads: u32,
    /// Least fraction of alternate reads in the proband.
    pub proband_balance: f64,
    /// Most: in a heterozygote, a fraction above this does not look like one allele of two.
    #[serde(default)]
    pub proband_balance_highest: Option<f64>,
    /// Least genotype quality in the proband.
    #[serde(default)]
    pub proband_quality: u32,
    /// Least fraction of a parent's depth that reads the reference; reads of a third allele, or that fit no
    /// allele, mean that the parent's genotype is not homozygous reference beyond doubt.
    #[serde(default)]
    pub parent_reference_fraction: Option<f64>,
}

/// Frequency sources and their limits by kind of inheritance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrequencyPolicy {
    /// One entry per population and source. A source the bundle lacks is reported, not fatal.
    pub populations: Vec<PopulationLimit>,
}

/// The limits of one population of one site table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PopulationLimit {
    /// Name of the site table in the bundle.
    pub table: String,
    /// Label, for the report: `NFE`.
    pub population: String,
    /// Field with the allele count.
    pub allele_count: Option<String>,
    /// Field with the allele number.
    pub allele_number: Option<String>,
    /// Field with a ready frequency, where the source gives no counts.
    pub frequency: Option<String>,
    /// Field with the filtering allele frequency (gnomAD's `faf95`: the lower bound of the 95 % confidence interval of
    /// the frequency; Whiffin et al. 2017, Genetics in Medicine 19:1151). Where it is named and given, it is held
    /// against the limit in place of the quotient of the counts, which are still shown.
    #[serde(default)]
    pub filtering_frequency: Option<String>,
    /// Highest frequency under a dominant mode.
    pub dominant: f64,
    /// Highest frequency under a recessive mode.
    pub recessive: f64,
    /// Highest frequency on the mitochondrial genome, where one applies.
    pub mitochondrial: Option<f64>,
    /// Fewest allele numbers for the frequency to count.
    #[serde(default)]
    pub least_allele_number: u64,
}

/// Where clinical assertions come from and which of them waive other criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssertionPolicy {
    /// Name of the site table.
    pub table: String,
    /// Field with the clinical significance.
    pub field: String,
    /// Values that count as pathogenic or likely pathogenic, compared without case and with `_` as space.
    pub pathogenic: Vec<String>,
}

/// The laboratory's own lists of alleles, as paths relative to the pipeline definition: tab-separated values
/// with the heading `chrom pos ref alt reason`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListPolicy {
    /// Alleles for which frequency and consequence are waived (criterion 7).
    #[serde(default)]
    pub inclusion: Option<String>,
    /// Recurrent artefacts and benign alleles, which are dropped (criterion 8).
    #[serde(default)]
    pub artefact: Option<String>,
}

/// Which version of each panel is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelPolicy {
    /// The rule for every panel that `exact` does not name.
    #[serde(default)]
    pub versions: PanelVersions,
    /// With `signed_off`: only versions signed off on this day (ISO) or before it.
    #[serde(default)]
    pub signed_off_by: Option<String>,
    /// Versions by panel number: `9001 = "3.0"`.
    #[serde(default)]
    pub exact: BTreeMap<String, String>,
    /// List of approved links between tests and panel versions, relative to this file.
    #[serde(default)]
    pub links: Option<String>,
}

/// See [`PanelPolicy::versions`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelVersions {
    /// The version signed off last.
    #[default]
    SignedOff,
    /// The highest version, signed off or not.
    Latest,
}

/// Which transcript of a gene findings are reported on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptPolicy {
    /// The laboratory's own choices, which go before MANE, as a path relative to this file: tab-separated
    /// `HGNC:n`, transcript, and where a third column says `not_clinical_transcript` or `None` the row is
    /// not a choice.
    #[serde(default)]
    pub overrides: Option<String>,
}

/// What coverage is asked of the reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveragePolicy {
    /// Depth that counts as covered.
    pub depth: u32,
    /// Least mapping quality of a read.
    pub mapping_quality: u8,
    /// Count supplementary alignments (the further parts of a split read) as well as the primary one.
    #[serde(default)]
    pub count_supplementary: bool,
    /// Bases either side of a coding exon.
    pub exon_padding: u32,
    /// Percentage of a gene at that depth below which the report names the gene.
    pub report_below_percent: f64,
}

/// Sanity checks on the input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputPolicy {
    /// Most REF mismatches per 10,000 checked records before the file is refused as another build.
    pub reference_mismatches_per_10000: u32,
    /// Whether the genotypes fit the people they are given as.
    #[serde(default)]
    pub identity: IdentityPolicy,
}

/// Limits beyond which genotypes do not fit the people they are given as. What is found is flagged, never
/// fatal: sex, kinship and Mendelian discordance is a flag and not a stop in Genomics England's Rare Disease
/// Genome Analysis Guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentityPolicy {
    /// Fewest sites for a check to say anything. Our own choice.
    pub sites: u64,
    /// Fewest sites for a parent and a child to be compared, among those where neither is heterozygous and one carries
    /// the allele. Two unrelated people share no allele at more than half of these (2p²q² against p⁴, for an allele of
    /// frequency p up to one half), so that 20 sites without a conflict are no chance finding.
    pub parent_sites: u64,
    /// Least genotype quality of the genotypes that are compared. Our own choice, that of Mendelian checks in use.
    pub genotype_quality: u32,
    /// Highest percentage of sites, among those where parent and child are both without a heterozygous call, at
    /// which they share no allele. Near 0 for parent and child (KING, Manichaikul et al. 2010, Bioinformatics
    /// 26:2867: IBS0); the room above it for errors is our own choice.
    pub opposite_percent: f64,
    /// Percentage of sites, among those where child and both parents are called and one carries the allele, at or
    /// above which the three do not fit. Our own choice: trios of good quality have well below 1 %.
    pub mendelian_percent: f64,
    /// Percentage of sites with the same genotype, among those that either of two carries, at or above which two
    /// samples look like one person's. Our own choice: relatives of the first degree share about two in three.
    pub identical_percent: f64,
    /// Fraction of heterozygous sites among those carried on X outside the pseudoautosomal regions, at or above
    /// which two copies of X are seen. Our own choice.
    pub two_x_heterozygous: f64,
    /// The same fraction, at or below which one copy of X is seen. Our own choice.
    pub one_x_heterozygous: f64,
}

impl Default for IdentityPolicy {
    fn default() -> Self {
        Self {
            sites: 50,
            parent_sites: 20,
            genotype_quality: 30,
            opposite_percent: 5.0,
            mendelian_percent: 5.0,
            identical_percent: 95.0,
            two_x_heterozygous: 0.25,
            one_x_heterozygous: 0.05,
        }
    }
}
