//! Contigs: identity, kind, and the several names one contig goes by.

use serde::{Deserialize, Serialize};

/// Index of a contig in the reference bundle's list, in FASTA order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContigId(pub u16);

impl ContigId {
    /// The index into a contig list.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// What kind of inheritance a contig has as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContigKind {
    /// A numbered chromosome, or any contig that is not one of the others.
    Autosome,
    /// The X chromosome.
    X,
    /// The Y chromosome.
    Y,
    /// The mitochondrial genome.
    Mitochondrion,
}

/// A contig of the reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contig {
    /// Its name in the reference FASTA.
    pub name: String,
    /// Its length in bases.
    pub length: u32,
}

impl Contig {
    /// The kind of inheritance, from the name.
    pub fn kind(&self) -> ContigKind {
        match canonical_name(&self.name) {
            "X" => ContigKind::X,
            "Y" => ContigKind::Y,
            "MT" => ContigKind::Mitochondrion,
            _ => ContigKind::Autosome,
        }
    }
}

/// One spelling for the many names of a contig: `chr1`, `1` and `NC_000001.11` give `1`; `M`, `chrM`,
/// `MT` and `NC_012920.1` give `MT`. Any other name is returned as it is.
///
/// Which build an accession belongs to is *not* decided here: lengths and bases decide that.
pub fn canonical_name(name: &str) -> &str {
    if let Some(number) = refseq_chromosome(name) {
        return number;
    }
    let stripped = ["chr", "Chr", "CHR"].iter().find_map(|p| name.strip_prefix(p)).unwrap_or(name);
    match stripped {
        "M" | "MT" | "m" | "mt" | "Mt" => "MT",
        "X" | "x" => "X",
        "Y" | "y" => "Y",
        number if is_chromosome_number(number) => number,
        _ => name,
    }
}

fn is_chromosome_number(text: &str) -> bool {
    !text.starts_with('0') && text.len() <= 2 && text.parse::<u8>().is_ok()
}

/// RefSeq chromosome accessions: NC_000001 to NC_000022, NC_000023 (X), NC_000024 (Y), NC_012920 (MT).
fn refseq_chromosome(name: &str) -> Option<&str> {
    let digits = name.strip_prefix("NC_")?.split('.').next()?;
    match digits.parse::<u32>().ok()? {
        1..=22 => Some(digits.trim_start_matches('0')),
        23 => Some("X"),
        24 => Some("Y"),
        12_920 => Some("MT"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_chromosome_is_one_contig() {
        for name in ["1", "chr1", "Chr1", "CHR1", "NC_000001.10", "NC_000001.11"] {
            assert_eq!(canonical_name(name), "1");
        }
        for name in ["M", "MT", "chrM", "chrMT", "NC_012920.1"] {
            assert_eq!(canonical_name(name), "MT");
        }
        assert_eq!(canonical_name("NC_000023.11"), "X");
    }

    #[test]
    fn other_contigs_keep_their_names() {
        for name in ["chrUn_KI270742v1", "GL000220.1", "HLA-A*01:01", "chr1_KI270706v1_random", "01"] {
            assert_eq!(canonical_name(name), name);
        }
    }
}
