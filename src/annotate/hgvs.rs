//! Names by the HGVS nomenclature.

pub mod accession;
pub mod coding;
pub mod genomic;
pub mod protein;

use super::edit::Bases;
use super::translate::complement;

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

fn text(bases: &[u8]) -> String {
    String::from_utf8_lossy(bases).into_owned()
}

/// A description from its two ends, already printed; `to` is given where the range holds more than one base.
fn description(kind: &Kind, from: &str, to: Option<&str>, removed: &[u8], inserted: &Bases) -> String {
    let range = match to {
        Some(to) => format!("{from}_{to}"),
        None => from.to_owned(),
    };
    match kind {
        Kind::Substitution => format!("{range}{}>{}", text(removed), text(inserted)),
        Kind::Deletion => format!("{range}del"),
        Kind::Inversion => format!("{range}inv"),
        Kind::Duplication => format!("{range}dup"),
        Kind::Insertion => format!("{range}ins{}", text(inserted)),
        Kind::Delins => format!("{range}delins{}", text(inserted)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
