//! Names by the HGVS nomenclature.

pub mod accession;
pub mod coding;
pub mod genomic;
pub mod protein;

use crate::model::base::complement;

/// The kind of change that a DNA description names, in the order of priority of the nomenclature.
///
/// Source: HGVS nomenclature, "General recommendations", prioritisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `A>G`
    Substitution,
    /// `del`
    Deletion,
    /// `inv`
    Inversion,
    /// `dup` of the bases directly before the insertion point.
    Duplication,
    /// `ins`
    Insertion,
    /// `delins`
    Delins,
}

/// Sorts a change at its 3' placement; `before(i)` gives the `i`-th base before the change, counted from 1.
pub fn kind(removed: &[u8], inserted: &[u8], before: impl Fn(usize) -> u8) -> Kind {
    match (removed.len(), inserted.len()) {
        (1, 1) => Kind::Substitution,
        (_, 0) => Kind::Deletion,
        (0, n) => {
            if (1..=n).all(|i| before(i) == inserted[n - i]) {
                Kind::Duplication
            } else {
                Kind::Insertion
            }
        }
        (n, m) if n == m && is_inverted(removed, inserted) => Kind::Inversion,
        _ => Kind::Delins,
    }
}

fn is_inverted(removed: &[u8], inserted: &[u8]) -> bool {
    removed.iter().rev().zip(inserted).all(|(&r, &i)| complement(r) == i)
}

/// A transcript name with the genomic reference that intron positions need: `NC_000017.11(NM_007294.4):c.80+5G>A`
/// from the allele's `g.` name and the short `NM_007294.4:c.80+5G>A`. Names without intron positions, which are
/// complete as they are, come back unchanged.
///
/// Source: HGVS nomenclature, "Reference sequences": intronic positions need a genomic reference sequence.
pub fn full_form(hgvsg: &str, hgvsc: &str) -> String {
    let (Some((contig, _)), Some((transcript, description))) = (hgvsg.split_once(':'), hgvsc.split_once(':'))
    else {
        return hgvsc.to_owned();
    };
    let positions = description.split(['d', 'i', 'A', 'C', 'G', 'T']).next().unwrap_or_default();
    let intronic =
        positions.as_bytes().windows(2).any(|w| w[0].is_ascii_digit() && matches!(w[1], b'+' | b'-'));
    if intronic { format!("{contig}({transcript}):{description}") } else { hgvsc.to_owned() }
}

/// Appends what happens to a range, which is already written.
fn push_change(out: &mut String, kind: &Kind, removed: &[u8], inserted: &[u8]) {
    match kind {
        Kind::Substitution => {
            push_bases(out, removed);
            out.push('>');
            push_bases(out, inserted);
        }
        Kind::Deletion => out.push_str("del"),
        Kind::Inversion => out.push_str("inv"),
        Kind::Duplication => out.push_str("dup"),
        Kind::Insertion => {
            out.push_str("ins");
            push_bases(out, inserted);
        }
        Kind::Delins => {
            out.push_str("delins");
            push_bases(out, inserted);
        }
    }
}

fn push_bases(out: &mut String, bases: &[u8]) {
    out.extend(bases.iter().map(|&base| base as char));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_intron_positions_need_the_genomic_reference() {
        let full = |c: &str| full_form("NC_000017.11:g.43115720C>T", c);
        assert_eq!(full("NM_007294.4:c.80+5G>A"), "NC_000017.11(NM_007294.4):c.80+5G>A");
        assert_eq!(full("NM_007294.4:c.-20-1_-19del"), "NC_000017.11(NM_007294.4):c.-20-1_-19del");
        assert_eq!(full("NM_007294.4:c.-20_-19del"), "NM_007294.4:c.-20_-19del");
        assert_eq!(full("NM_007294.4:c.5266dup"), "NM_007294.4:c.5266dup");
    }

    #[test]
    fn priority_of_kinds() {
        let before = |i: usize| b"GCA"[i - 1];
        assert_eq!(kind(b"A", b"G", before), Kind::Substitution);
        assert_eq!(kind(b"AC", b"", before), Kind::Deletion);
        assert_eq!(kind(b"AC", b"GT", before), Kind::Inversion);
        assert_eq!(kind(b"", b"CG", before), Kind::Duplication);
        assert_eq!(kind(b"", b"GC", before), Kind::Insertion);
        assert_eq!(kind(b"AC", b"TTT", before), Kind::Delins);
    }
}
