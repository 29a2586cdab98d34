//! From codons to amino acids.

use crate::model::base::complement;

/// A genetic code: 64 amino acids in the order T, C, A, G of each base.
///
/// Source: NCBI, "The Genetic Codes", tables 1 and 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneticCode {
    /// Table 1.
    Standard,
    /// Table 2, vertebrate mitochondrial.
    Mitochondrial,
}

/// Stands for a residue that cannot be known: a codon with an unknown base, or a part of a codon.
pub const UNKNOWN: u8 = b'X';

/// Stands for the end of translation.
pub const STOP: u8 = b'*';

/// Selenocysteine.
pub const SELENOCYSTEINE: u8 = b'U';

const STANDARD: &[u8; 64] = b"FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG";
const MITOCHONDRIAL: &[u8; 64] = b"FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG";

/// The place of each base in a table's order; 64 for anything else, which leads out of the table.
static DIGITS: [u8; 256] = {
    let mut digits = [64; 256];
    digits[b'T' as usize] = 0;
    digits[b'C' as usize] = 1;
    digits[b'A' as usize] = 2;
    digits[b'G' as usize] = 3;
    digits
};

impl GeneticCode {
    /// The amino acid of a codon; [`UNKNOWN`] unless it is three known bases.
    pub fn amino_acid(self, codon: &[u8]) -> u8 {
        let table = match self {
            Self::Standard => STANDARD,
            Self::Mitochondrial => MITOCHONDRIAL,
        };
        let &[first, second, third] = codon else { return UNKNOWN };
        let digit = |base: u8| usize::from(DIGITS[usize::from(base)]);
        let at = 16 * digit(first) + 4 * digit(second) + digit(third);
        table.get(at).copied().unwrap_or(UNKNOWN)
    }

    /// True for a codon at which translation may start: near-cognate codons of `ATG` as well, without `AAG` and
    /// `AGG`, at which hardly any does. A coding sequence that starts otherwise does not reach its start codon.
    ///
    /// Source: Kearse and Wilusz, Genes Dev 2017;31:1717.
    pub fn may_start(self, codon: &[u8]) -> bool {
        self.starts(codon) || matches!(codon, b"CTG" | b"GTG" | b"TTG" | b"ACG" | b"ATA" | b"ATC" | b"ATT")
    }

    /// True for a codon at which translation is known to start: `ATG`, and in mitochondria also
    /// `ATA`, `ATT`, `ATC` and `GTG` (starts of table 2).
    pub fn starts(self, codon: &[u8]) -> bool {
        match self {
            Self::Standard => codon == b"ATG",
            Self::Mitochondrial => matches!(codon, b"ATG" | b"ATA" | b"ATT" | b"ATC" | b"GTG"),
        }
    }
}

/// Turns a sequence into its reverse complement.
pub fn reverse_complement(bases: &mut [u8]) {
    bases.reverse();
    bases.iter_mut().for_each(|b| *b = complement(*b));
}

/// The three-letter name of a residue, `Ter` for a stop.
///
/// Source: HGVS nomenclature, "Standards", amino acid descriptions.
pub fn three_letters(residue: u8) -> &'static str {
    match residue {
        b'A' => "Ala",
        b'C' => "Cys",
        b'D' => "Asp",
        b'E' => "Glu",
        b'F' => "Phe",
        b'G' => "Gly",
        b'H' => "His",
        b'I' => "Ile",
        b'K' => "Lys",
        b'L' => "Leu",
        b'M' => "Met",
        b'N' => "Asn",
        b'P' => "Pro",
        b'Q' => "Gln",
        b'R' => "Arg",
        b'S' => "Ser",
        b'T' => "Thr",
        b'U' => "Sec",
        b'V' => "Val",
        b'W' => "Trp",
        b'Y' => "Tyr",
        STOP => "Ter",
        _ => "Xaa",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_codes_differ_in_four_codons() {
        let bases = b"TCAG";
        let mut differing = Vec::new();
        for x in bases {
            for y in bases {
                for z in bases {
                    let codon = [*x, *y, *z];
                    let standard = GeneticCode::Standard.amino_acid(&codon);
                    let mitochondrial = GeneticCode::Mitochondrial.amino_acid(&codon);
                    if standard != mitochondrial {
                        differing.push((String::from_utf8(codon.to_vec()).unwrap(), standard, mitochondrial));
                    }
                }
            }
        }
        let expected = [("TGA", b'*', b'W'), ("ATA", b'I', b'M'), ("AGA", b'R', b'*'), ("AGG", b'R', b'*')];
        assert_eq!(differing, expected.map(|(codon, s, m)| (codon.to_owned(), s, m)));
    }

    #[test]
    fn codons_read_as_the_table_says() {
        let amino_acid = |codon: &[u8]| GeneticCode::Standard.amino_acid(codon);
        assert_eq!(amino_acid(b"ATG"), b'M');
        assert_eq!(amino_acid(b"TGG"), b'W');
        assert_eq!(amino_acid(b"GGG"), b'G');
        assert_eq!(amino_acid(b"TAA"), STOP);
        assert_eq!(amino_acid(b"TAN"), UNKNOWN);
        assert_eq!(amino_acid(b"TA"), UNKNOWN);
        assert!(GeneticCode::Mitochondrial.starts(b"ATT") && !GeneticCode::Standard.starts(b"ATT"));
    }

    #[test]
    fn reverse_complement_turns_and_complements() {
        let mut bases = b"AACGN".to_vec();
        reverse_complement(&mut bases);
        assert_eq!(bases, b"NCGTT");
    }
}
