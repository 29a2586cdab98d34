//! Bases and codons, and the one spelling of an allele. Kept apart from the annotation engine on purpose:
//! the truth must not lean on what it is used to judge.

/// The complement of a base.
pub fn complement(base: u8) -> u8 {
    match base {
        b'A' => b'T',
        b'C' => b'G',
        b'G' => b'C',
        b'T' => b'A',
        other => other,
    }
}

/// One letter per amino acid, `*` for stop, in TCAG order (NCBI translation table 1).
const STANDARD: &[u8; 64] = b"FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG";
/// NCBI translation table 2, vertebrate mitochondrial.
const MITOCHONDRIAL: &[u8; 64] = b"FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG";

/// A genetic code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// NCBI table 1.
    Standard,
    /// NCBI table 2.
    Mitochondrial,
}

impl Code {
    /// The amino acid of a codon, `X` where a base is unknown.
    pub fn amino_acid(self, codon: &[u8]) -> u8 {
        let mut index = 0;
        for base in codon {
            index = index * 4
                + match base {
                    b'T' => 0,
                    b'C' => 1,
                    b'A' => 2,
                    b'G' => 3,
                    _ => return b'X',
                };
        }
        match self {
            Self::Standard => STANDARD[index],
            Self::Mitochondrial => MITOCHONDRIAL[index],
        }
    }

    /// The protein of a coding sequence; an incomplete last codon is left out.
    pub fn translate(self, coding: &[u8]) -> Vec<u8> {
        coding.chunks_exact(3).map(|codon| self.amino_acid(codon)).collect()
    }
}

/// An allele: 0-based position of the first REF base, REF, ALT.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelling {
    /// 0-based position of the first base of `reference`.
    pub position: u32,
    /// REF.
    pub reference: Vec<u8>,
    /// ALT.
    pub alternate: Vec<u8>,
}

impl Spelling {
    /// The left-aligned and trimmed spelling (Tan, Abecasis and Kang 2015).
    pub fn normalised(&self, contig: &[u8]) -> Self {
        let mut new = self.clone();
        loop {
            let mut changed = false;
            if let (Some(a), Some(b)) = (new.reference.last(), new.alternate.last())
                && a == b
                && new.reference.len() + new.alternate.len() > 2
            {
                new.reference.pop();
                new.alternate.pop();
                changed = true;
            }
            if (new.reference.is_empty() || new.alternate.is_empty()) && new.position > 0 {
                new.position -= 1;
                let base = contig[new.position as usize];
                new.reference.insert(0, base);
                new.alternate.insert(0, base);
                changed = true;
            }
            if !changed {
                break;
            }
        }
        while new.reference.len() > 1 && new.alternate.len() > 1 && new.reference[0] == new.alternate[0] {
            new.reference.remove(0);
            new.alternate.remove(0);
            new.position += 1;
        }
        new
    }

    /// The same allele as far right as it goes: what a caller that does not left-align writes.
    pub fn shifted_right(&self, contig: &[u8]) -> Self {
        let mut new = self.clone();
        loop {
            let next = new.position as usize + new.reference.len();
            if next >= contig.len() || new.reference[0] != new.alternate[0] {
                return new;
            }
            let base = contig[next];
            let mut reference = new.reference.clone();
            let mut alternate = new.alternate.clone();
            reference.push(base);
            alternate.push(base);
            reference.remove(0);
            alternate.remove(0);
            if reference[0] != alternate[0] {
                return new;
            }
            new = Self { position: new.position + 1, reference, alternate };
        }
    }

    /// The same allele with `left` and `right` more bases of the genome on its sides.
    pub fn padded(&self, contig: &[u8], left: u32, right: u32) -> Self {
        let start = self.position.saturating_sub(left) as usize;
        let end = self.position as usize + self.reference.len();
        let stop = (end + right as usize).min(contig.len());
        let before = &contig[start..self.position as usize];
        let after = &contig[end..stop];
        Self {
            position: start as u32,
            reference: [before, &self.reference, after].concat(),
            alternate: [before, &self.alternate, after].concat(),
        }
    }

    /// True when both sides are one base.
    pub fn is_substitution(&self) -> bool {
        self.reference.len() == 1 && self.alternate.len() == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_where_they_should() {
        assert_eq!(Code::Standard.translate(b"ATGTGAAGA"), b"M*R");
        assert_eq!(Code::Mitochondrial.translate(b"ATATGAAGA"), b"MW*");
        assert_eq!(complement(b'G'), b'C');
    }

    #[test]
    fn shifting_and_padding_undo() {
        let contig = b"GATTTTTTCAGCAGCAGT";
        let plain = Spelling { position: 1, reference: b"AT".to_vec(), alternate: b"A".to_vec() };
        assert_eq!(plain.normalised(contig), plain);
        let shifted = plain.shifted_right(contig);
        assert_eq!(shifted.position, 6);
        assert_eq!(shifted.normalised(contig), plain);
        assert_eq!(shifted.padded(contig, 2, 3).normalised(contig), plain);
        let repeat = Spelling { position: 14, reference: b"C".to_vec(), alternate: b"CAGC".to_vec() };
        assert_eq!(repeat.normalised(contig).position, 7);
    }
}
