//! What the analysis cannot see, what it could not evaluate, and the words it uses.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something the analysis cannot see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limitation {
    /// What.
    pub what: String,
    /// The statement.
    pub statement: String,
}

/// What a run looked at besides small variants; the limitations are made from it, so that a class of
/// variant is either assessed or named as not assessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assessed {
    /// Structural variants.
    pub structural_variants: bool,
    /// Copy number.
    pub copy_number: bool,
    /// Short tandem repeats.
    pub short_tandem_repeats: bool,
    /// Uniparental disomy.
    pub uniparental_disomy: bool,
    /// Mosaicism.
    pub mosaicism: bool,
    /// Introns away from the splice sites, and intergenic sequence.
    pub deep_intronic: bool,
    /// The mitochondrial genome.
    pub mitochondrial: bool,
    /// Coverage in the proband.
    pub coverage: bool,
    /// Every gene, not only those of the panels.
    pub all_genes: bool,
}

/// Alleles about which nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotEvaluableCount {
    /// Why, in words.
    pub reason: String,
    /// How many alleles.
    pub count: u64,
}

/// A filter or tier rule in words, made from the policy that ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyStatement {
    /// Name of the rule.
    pub rule: String,
    /// The rule, in words.
    pub words: String,
}

/// A term and its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlossaryEntry {
    /// The term.
    pub term: String,
    /// Its meaning.
    pub meaning: String,
}

impl Assessed {
    /// One statement for each class of variant that was not assessed.
    pub fn limitations(self) -> Vec<Limitation> {
        let rows = [
            (
                self.structural_variants,
                "Structural variants",
                "Inversions, translocations and large insertions were not assessed.",
            ),
            (
                self.copy_number,
                "Copy number variants",
                "Deletions and duplications beyond the size range of the small-variant caller, including \
                 exon deletions, were not assessed.",
            ),
            (self.short_tandem_repeats, "Short tandem repeats", "Repeat expansions were not assessed."),
            (self.uniparental_disomy, "Uniparental disomy", "Uniparental disomy was not assessed."),
            (
                self.mosaicism,
                "Mosaicism",
                "Low-level mosaic variants may be missed: genotypes below the quality and balance limits are treated as unknown.",
            ),
            (
                self.deep_intronic,
                "Non-coding variants",
                "Deep intronic, regulatory and intergenic variants were not assessed.",
            ),
            (
                self.mitochondrial,
                "Mitochondrial genome",
                "The mitochondrial genome was not part of this test.",
            ),
            (
                self.coverage,
                "Coverage",
                "Coverage was not evaluable in the proband: no alignments were provided, so a variant may \
                 have been missed because its position was not sequenced.",
            ),
            (
                self.all_genes,
                "Genes outside the panels",
                "Only the genes listed under ‘What was tested’ were analysed.",
            ),
        ];
        let mut limitations: Vec<Limitation> = rows
            .into_iter()
            .filter(|(assessed, ..)| !assessed)
            .map(|(_, what, statement)| Limitation { what: what.to_owned(), statement: statement.to_owned() })
            .collect();
        limitations.push(Limitation {
            what: "Absence of a finding".to_owned(),
            statement:
                "A variant that was not found is not excluded. The result applies only to the genes, panel \
                 versions and sequencing depth stated in this report."
                    .to_owned(),
        });
        limitations
    }
}

/// What a look-up of named variants cannot say.
pub fn look_up_limitations() -> Vec<Limitation> {
    [
        (
            "Other variants",
            "Only the named variants were looked up. No gene was analysed, and no other variant in these \
             individuals was examined, whatever its significance.",
        ),
        (
            "Not evaluable",
            "A variant that is not evaluable in a person is neither confirmed nor excluded: another test, \
             or a gVCF with reference blocks, may resolve it.",
        ),
        (
            "Absence from a variant file",
            "A plain VCF lists variants only. Where it has no record, the position may not have been \
             sequenced, so the variant is not evaluable.",
        ),
        (
            "Mosaicism",
            "A variant present in a small proportion of cells may not be called; ‘not carried’ reflects the \
             caller's genotype.",
        ),
        ("Sample identity", "It was not checked that the samples belong to the people named."),
    ]
    .map(|(what, statement)| Limitation { what: what.to_owned(), statement: statement.to_owned() })
    .into()
}

/// The terms every report explains.
pub fn glossary() -> Vec<GlossaryEntry> {
    [
        ("Allele balance", "Fraction of informative reads that support the variant; about 0.5 in a heterozygote."),
        ("Compound heterozygous", "Two different variants in one gene, one on each copy (in trans)."),
        ("De novo", "Present in the child and in neither parent."),
        ("Funnel", "The number of variants dropped by each rule, in the order in which the rules were applied."),
        ("Genotype quality (GQ)", "The caller's confidence in the genotype, on the Phred scale: 20 is 1 error in 100."),
        ("Green gene", "A gene with diagnostic-grade evidence on a PanelApp panel."),
        ("Hemizygous", "Carried on the only copy a person has, as on X in most males."),
        ("MANE Select", "The transcript on which NCBI and EMBL-EBI agree as the default for a gene."),
        ("Nonsense-mediated decay", "Degradation by the cell of a transcript with a premature stop codon."),
        ("Possible", "Neither established nor excluded, for example because a parent was not tested."),
        ("Tier", "Priority of a variant as an explanation of the disease, by a fixed rule set. A tier is not a classification of pathogenicity."),
    ]
    .map(|(term, meaning)| GlossaryEntry { term: term.to_owned(), meaning: meaning.to_owned() })
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_assessed_is_not_a_limitation() {
        let none = Assessed::default().limitations();
        let repeats = Assessed { short_tandem_repeats: true, ..Assessed::default() }.limitations();
        assert_eq!(none.len(), repeats.len() + 1);
        assert!(none.iter().any(|l| l.what == "Short tandem repeats"));
        assert!(!repeats.iter().any(|l| l.what == "Short tandem repeats"));
    }

    #[test]
    fn not_found_is_never_excluded() {
        let everything = Assessed {
            structural_variants: true,
            copy_number: true,
            short_tandem_repeats: true,
            uniparental_disomy: true,
            mosaicism: true,
            deep_intronic: true,
            mitochondrial: true,
            coverage: true,
            all_genes: true,
        };
        let rest = everything.limitations();
        assert_eq!(rest.len(), 1);
        assert!(rest[0].statement.contains("not excluded"));
    }
}
