//! Sequence Ontology consequence terms, their ranks and impact classes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// How much a consequence is expected to matter.
///
/// Source: Ensembl Variation, "Calculated consequences", release 115.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Impact {
    /// No prediction, or no evidence of an effect.
    Modifier,
    /// Unlikely to change the protein's behaviour.
    Low,
    /// May change the protein without disrupting it.
    Moderate,
    /// Probably disrupts the protein.
    High,
}

impl Impact {
    /// The class in capitals, as annotation columns print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Modifier => "MODIFIER",
            Self::Low => "LOW",
            Self::Moderate => "MODERATE",
            Self::High => "HIGH",
        }
    }
}

macro_rules! terms {
    ($($variant:ident $name:literal $so:literal $impact:ident;)*) => {
        /// A consequence term of the Sequence Ontology; declared from most to least severe.
        ///
        /// Source: Ensembl Variation, "Calculated consequences", release 115 (order, accession, impact).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Term {
            $(#[doc = concat!("`", $name, "`, SO:", stringify!($so))] $variant,)*
        }

        impl Term {
            /// All terms, most severe first.
            pub const ALL: &'static [Term] = &[$(Term::$variant),*];

            /// The Sequence Ontology name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The number of the Sequence Ontology accession.
            pub fn accession(self) -> u32 {
                match self { $(Self::$variant => $so,)* }
            }

            /// The impact class.
            pub fn impact(self) -> Impact {
                match self { $(Self::$variant => Impact::$impact,)* }
            }
        }
    };
}

terms! {
    TranscriptAblation "transcript_ablation" 1893 High;
    SpliceAcceptor "splice_acceptor_variant" 1574 High;
    SpliceDonor "splice_donor_variant" 1575 High;
    StopGained "stop_gained" 1587 High;
    Frameshift "frameshift_variant" 1589 High;
    StopLost "stop_lost" 1578 High;
    StartLost "start_lost" 2012 High;
    TranscriptAmplification "transcript_amplification" 1889 High;
    FeatureElongation "feature_elongation" 1907 High;
    FeatureTruncation "feature_truncation" 1906 High;
    InframeInsertion "inframe_insertion" 1821 Moderate;
    InframeDeletion "inframe_deletion" 1822 Moderate;
    Missense "missense_variant" 1583 Moderate;
    ProteinAltering "protein_altering_variant" 1818 Moderate;
    SpliceDonor5thBase "splice_donor_5th_base_variant" 1787 Low;
    SpliceRegion "splice_region_variant" 1630 Low;
    SpliceDonorRegion "splice_donor_region_variant" 2170 Low;
    SplicePolypyrimidineTract "splice_polypyrimidine_tract_variant" 2169 Low;
    IncompleteTerminalCodon "incomplete_terminal_codon_variant" 1626 Low;
    StartRetained "start_retained_variant" 2019 Low;
    StopRetained "stop_retained_variant" 1567 Low;
    Synonymous "synonymous_variant" 1819 Low;
    CodingSequence "coding_sequence_variant" 1580 Modifier;
    MatureMirna "mature_miRNA_variant" 1620 Modifier;
    FivePrimeUtr "5_prime_UTR_variant" 1623 Modifier;
    ThreePrimeUtr "3_prime_UTR_variant" 1624 Modifier;
    NonCodingTranscriptExon "non_coding_transcript_exon_variant" 1792 Modifier;
    Intron "intron_variant" 1627 Modifier;
    NmdTranscript "NMD_transcript_variant" 1621 Modifier;
    NonCodingTranscript "non_coding_transcript_variant" 1619 Modifier;
    CodingTranscript "coding_transcript_variant" 1968 Modifier;
    UpstreamGene "upstream_gene_variant" 1631 Modifier;
    DownstreamGene "downstream_gene_variant" 1632 Modifier;
    TfbsAblation "TFBS_ablation" 1895 Moderate;
    TfbsAmplification "TFBS_amplification" 1892 Modifier;
    TfBindingSite "TF_binding_site_variant" 1782 Modifier;
    RegulatoryRegionAblation "regulatory_region_ablation" 1894 Modifier;
    RegulatoryRegionAmplification "regulatory_region_amplification" 1891 Modifier;
    RegulatoryRegion "regulatory_region_variant" 1566 Modifier;
    Intergenic "intergenic_variant" 1628 Modifier;
    Sequence "sequence_variant" 1060 Modifier;
}

impl std::str::FromStr for Term {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|t| t.name() == name)
            .ok_or_else(|| format!("'{name}' is not a consequence term of the Sequence Ontology known here"))
    }
}

impl Serialize for Term {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A set of terms, one bit each; iterates from most to least severe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Terms(u64);

impl Terms {
    /// No term.
    pub const NONE: Self = Self(0);

    /// The set of one term.
    pub fn of(term: Term) -> Self {
        Self(1 << term as u8)
    }

    /// Adds a term.
    pub fn insert(&mut self, term: Term) {
        self.0 |= 1 << term as u8;
    }

    /// Takes a term out.
    pub fn remove(&mut self, term: Term) {
        self.0 &= !(1 << term as u8);
    }

    /// True when the term is in the set.
    pub fn contains(self, term: Term) -> bool {
        self.0 >> term as u8 & 1 == 1
    }

    /// True when there is no term.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The terms of either.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The terms, most severe first.
    pub fn iter(self) -> impl Iterator<Item = Term> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let term = Term::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*term)
        })
    }

    /// The most severe term.
    pub fn most_severe(self) -> Option<Term> {
        self.iter().next()
    }

    /// The highest impact class among the terms; `MODIFIER` when there is none.
    pub fn impact(self) -> Impact {
        self.iter().map(Term::impact).max().unwrap_or(Impact::Modifier)
    }

    /// The names in alphabetical order joined by `&`, as annotation columns print them.
    pub fn joined(self) -> String {
        let mut text = String::new();
        self.write_joined(&mut text);
        text
    }

    /// The names in alphabetical order as a sentence has them: without underscores, joined by `and`.
    pub fn listed(self) -> String {
        let mut names: SmallVec<[&str; 8]> = self.iter().map(Term::name).collect();
        names.sort_unstable();
        names.join(" and ").replace('_', " ")
    }

    /// Appends the names in alphabetical order joined by `&`.
    pub fn write_joined(self, out: &mut String) {
        if self.0.is_power_of_two() {
            // Nearly every allele has one term.
            out.push_str(Term::ALL[self.0.trailing_zeros() as usize].name());
            return;
        }
        let mut names: SmallVec<[&str; 8]> = self.iter().map(Term::name).collect();
        names.sort_unstable();
        for (i, name) in names.iter().enumerate() {
            if i > 0 {
                out.push('&');
            }
            out.push_str(name);
        }
    }
}

impl FromIterator<Term> for Terms {
    fn from_iter<I: IntoIterator<Item = Term>>(terms: I) -> Self {
        let mut set = Self::NONE;
        terms.into_iter().for_each(|t| set.insert(t));
        set
    }
}

impl Serialize for Terms {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Terms {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Term>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_has_its_own_bit_and_name() {
        assert_eq!(Term::ALL.len(), 41);
        for &term in Term::ALL {
            assert_eq!(term.name().parse::<Term>().unwrap(), term);
        }
    }

    #[test]
    fn sets_order_by_severity_and_print_by_name() {
        let set: Terms = [Term::SpliceRegion, Term::Frameshift, Term::FivePrimeUtr].into_iter().collect();
        assert_eq!(set.most_severe(), Some(Term::Frameshift));
        assert_eq!(set.joined(), "5_prime_UTR_variant&frameshift_variant&splice_region_variant");
        assert_eq!(set.listed(), "5 prime UTR variant and frameshift variant and splice region variant");
        assert_eq!(set.impact(), Impact::High);
    }
}
