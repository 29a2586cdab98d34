//! Genome builds and their pseudoautosomal regions.

use serde::{Deserialize, Serialize};

use super::position::Interval;

/// A genome build.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Assembly {
    /// GRCh37 (hg19, b37).
    GRCh37,
    /// GRCh38 (hg38).
    GRCh38,
    /// Any other genome, such as the simulated one; its pseudoautosomal regions come from its manifest.
    Other(String),
}

/// The pseudoautosomal regions of a build: the intervals of X and of Y that pair and recombine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pseudoautosomal {
    /// On X, 0-based half-open.
    pub x: Vec<Interval>,
    /// On Y, 0-based half-open, in the order of their counterparts on X.
    pub y: Vec<Interval>,
}

impl Assembly {
    /// The build's name as written in files.
    pub fn name(&self) -> &str {
        match self {
            Self::GRCh37 => "GRCh37",
            Self::GRCh38 => "GRCh38",
            Self::Other(name) => name,
        }
    }

    /// The pseudoautosomal regions of a known build; empty for another genome.
    ///
    /// Source: Genome Reference Consortium assembly reports of GRCh37 and GRCh38
    /// (PAR#1 and PAR#2), 1-based inclusive there, turned to half-open here.
    pub fn pseudoautosomal(&self) -> Pseudoautosomal {
        match self {
            Self::GRCh37 => Pseudoautosomal {
                x: vec![Interval::new(60_000, 2_699_520), Interval::new(154_931_043, 155_260_560)],
                y: vec![Interval::new(10_000, 2_649_520), Interval::new(59_034_049, 59_363_566)],
            },
            Self::GRCh38 => Pseudoautosomal {
                x: vec![Interval::new(10_000, 2_781_479), Interval::new(155_701_382, 156_030_895)],
                y: vec![Interval::new(10_000, 2_781_479), Interval::new(56_887_902, 57_217_415)],
            },
            Self::Other(_) => Pseudoautosomal::default(),
        }
    }
}

impl From<String> for Assembly {
    fn from(name: String) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "grch37" | "hg19" | "b37" | "hs37d5" => Self::GRCh37,
            "grch38" | "hg38" => Self::GRCh38,
            _ => Self::Other(name),
        }
    }
}

impl From<Assembly> for String {
    fn from(assembly: Assembly) -> Self {
        assembly.name().to_owned()
    }
}

impl std::fmt::Display for Assembly {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_build_agree() {
        assert_eq!(Assembly::from("hg19".to_owned()), Assembly::GRCh37);
        assert_eq!(Assembly::from("GRCH38".to_owned()), Assembly::GRCh38);
        assert_eq!(Assembly::from("Penelope1".to_owned()).name(), "Penelope1");
    }

    #[test]
    fn paired_regions_have_equal_length() {
        for build in [Assembly::GRCh37, Assembly::GRCh38] {
            let regions = build.pseudoautosomal();
            for (x, y) in regions.x.iter().zip(&regions.y) {
                assert_eq!(x.len(), y.len(), "{build}");
            }
        }
    }
}
