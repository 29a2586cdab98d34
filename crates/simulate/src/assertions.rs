//! The clinical-assertion table, in the columns and words of NCBI's ClinVar VCF.

use std::path::Path;

use super::accession;
use super::compressed;
use super::genes::Gene;
use super::genome::Genome;
use super::lesions::Lesion;
use super::random::Random;
use super::sequence::Spelling;
use super::sites::Site;
use super::{Settings, SimulateError};

/// What somebody has said about an allele.
pub struct Assertion {
    /// Contig index.
    pub contig: usize,
    /// Left-aligned spelling.
    pub spelling: Spelling,
    /// CLNSIG.
    pub significance: &'static str,
    /// CLNREVSTAT.
    pub review: &'static str,
    /// Index of the gene.
    pub gene: Option<usize>,
    /// Molecular consequence term.
    pub consequence: &'static str,
}

/// Two stars.
pub const AGREED: &str = "criteria_provided,_multiple_submitters,_no_conflicts";
/// One star.
pub const ONE_SUBMITTER: &str = "criteria_provided,_single_submitter";
/// No star.
pub const NO_CRITERIA: &str = "no_assertion_criteria_provided";
/// Submitters disagree.
pub const CONFLICTING: &str = "criteria_provided,_conflicting_classifications";

impl Assertion {
    /// About a planted allele.
    pub fn of(lesion: &Lesion, significance: &'static str, review: &'static str) -> Self {
        Self {
            contig: lesion.contig,
            spelling: lesion.spelling.clone(),
            significance,
            review,
            gene: Some(lesion.gene),
            consequence: lesion.consequence,
        }
    }
}

/// Adds assertions about background variants: common ones are benign, some are of uncertain significance.
pub fn background(sites: &[Vec<Site>], settings: &Settings) -> Vec<Assertion> {
    let mut out = Vec::new();
    for (contig, sites) in sites.iter().enumerate() {
        let mut random = Random::new(settings.seed, &format!("assertions {contig}"));
        for site in sites {
            if !random.chance(0.1) {
                continue;
            }
            let (significance, review) = if site.frequencies[0] > 0.05 {
                *random.pick(&[
                    ("Benign", AGREED),
                    ("Benign/Likely_benign", AGREED),
                    ("Likely_benign", ONE_SUBMITTER),
                ])
            } else {
                *random.pick(&[
                    ("Uncertain_significance", ONE_SUBMITTER),
                    ("Likely_benign", ONE_SUBMITTER),
                    ("Conflicting_classifications_of_pathogenicity", CONFLICTING),
                    ("not_provided", NO_CRITERIA),
                ])
            };
            let spelling = Spelling {
                position: site.position,
                reference: site.reference.clone(),
                alternate: site.alternates[0].clone(),
            };
            out.push(Assertion { contig, spelling, significance, review, gene: None, consequence: "" });
        }
    }
    out
}

/// Writes the block-gzipped VCF with its index. NCBI writes contigs without `chr`.
///
/// # Errors
/// Fails where a file can't be written.
pub fn write(
    path: &Path,
    genome: &Genome,
    genes: &[Gene],
    mut assertions: Vec<Assertion>,
) -> Result<(), SimulateError> {
    assertions.sort_by(|a, b| (a.contig, &a.spelling).cmp(&(b.contig, &b.spelling)));
    assertions.dedup_by(|b, a| a.contig == b.contig && a.spelling == b.spelling);
    let mut out = String::from(HEADER);
    for (number, assertion) in assertions.iter().enumerate() {
        let contig = &genome.contigs[assertion.contig];
        let spelling = if number % 7 == 3 && !assertion.spelling.is_substitution() {
            assertion.spelling.shifted_right(&contig.bases)
        } else {
            assertion.spelling.clone()
        };
        let (reference, alternate) =
            (String::from_utf8_lossy(&spelling.reference), String::from_utf8_lossy(&spelling.alternate));
        let gene = assertion.gene.map(|g| &genes[g]).map_or_else(String::new, |g| {
            format!(
                "GENEINFO={}:{};MC={}|{};",
                g.symbol,
                accession::entrez(g),
                so(assertion.consequence),
                assertion.consequence
            )
        });
        let (kind, term) = if spelling.is_substitution() {
            ("single_nucleotide_variant", "SO:0001483")
        } else if reference.len() > alternate.len() {
            ("Deletion", "SO:0000159")
        } else {
            ("Insertion", "SO:0000667")
        };
        let hgvs = if spelling.is_substitution() {
            format!(
                "CLNHGVS={}:g.{}{reference}>{alternate};",
                accession::refseq_contig(contig.name),
                spelling.position + 1
            )
        } else {
            String::new()
        };
        out.push_str(&format!(
            "{}\t{}\t{}\t{reference}\t{alternate}\t.\t.\tALLELEID={};CLNDISDB=MedGen:CN99{number:05};CLNDN=Invented_disease_{number};{hgvs}CLNREVSTAT={};CLNSIG={};CLNVC={kind};CLNVCSO={term};{gene}ORIGIN=1\n",
            accession::ensembl_contig(contig.name),
            spelling.position + 1,
            9_900_000 + number,
            9_800_000 + number,
            assertion.review,
            assertion.significance,
        ));
    }
    compressed::write(path, out.as_bytes())?;
    compressed::index_vcf(path)
}

fn so(term: &str) -> &'static str {
    match term {
        "stop_gained" => "SO:0001587",
        "frameshift_variant" => "SO:0001589",
        "splice_donor_variant" => "SO:0001575",
        "splice_acceptor_variant" => "SO:0001574",
        "missense_variant" => "SO:0001583",
        "synonymous_variant" => "SO:0001819",
        "intron_variant" => "SO:0001627",
        _ => "SO:0001060",
    }
}

const HEADER: &str = "##fileformat=VCFv4.1
##fileDate=2026-01-01
##source=ClinVar (layout of; content invented)
##reference=Penelope1
##INFO=<ID=ALLELEID,Number=1,Type=Integer,Description=\"the ClinVar Allele ID\">
##INFO=<ID=CLNDISDB,Number=.,Type=String,Description=\"Tag-value pairs of disease database name and identifier\">
##INFO=<ID=CLNDN,Number=.,Type=String,Description=\"preferred disease name\">
##INFO=<ID=CLNHGVS,Number=.,Type=String,Description=\"Top-level HGVS expression\">
##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description=\"review status for the Variation ID\">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description=\"Aggregate germline classification for this single variant\">
##INFO=<ID=CLNVC,Number=1,Type=String,Description=\"Variant type\">
##INFO=<ID=CLNVCSO,Number=1,Type=String,Description=\"Sequence Ontology id for variant type\">
##INFO=<ID=GENEINFO,Number=1,Type=String,Description=\"Gene symbol:gene id, pairs delimited by a vertical bar\">
##INFO=<ID=MC,Number=.,Type=String,Description=\"Sequence Ontology ID|molecular_consequence\">
##INFO=<ID=ORIGIN,Number=.,Type=String,Description=\"Allele origin\">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
";
