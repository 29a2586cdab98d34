//! Rows of one allele become one row.
//!
//! Rows with the same values are taken once. Where they differ, no value may make a common variant look rare
//! or a damaging one harmless, and none may be dropped in silence:
//! - a count, its number and their frequency come together from the row with the larger frequency;
//! - any other number is the larger of the two;
//! - different texts are kept side by side, joined by `|`;
//! - a flag is set where any row sets it.

use crate::reference::sites::{Quotient, SiteFieldKind, cell};

use super::rows::{Rows, Texts};

/// How the fields of a table are merged.
#[derive(Clone, Debug)]
pub(super) struct MergeRule {
    kinds: Vec<SiteFieldKind>,
    /// Each count with its number, and the frequencies of the two.
    groups: Vec<(Quotient, Vec<usize>)>,
    /// Fields that belong to a group.
    grouped: Vec<bool>,
}

impl MergeRule {
    /// For fields of these kinds, of which some are counts and their numbers (`pairs`), and some frequencies
    /// that follow from such (`derived`).
    pub(super) fn new(kinds: Vec<SiteFieldKind>, pairs: &[Quotient], derived: &[Option<Quotient>]) -> Self {
        let frequencies = |pair: &Quotient| {
            let of = |at: &usize| derived[*at].as_ref() == Some(pair);
            (0..derived.len()).filter(of).collect::<Vec<usize>>()
        };
        let groups: Vec<(Quotient, Vec<usize>)> =
            pairs.iter().map(|pair| (*pair, frequencies(pair))).collect();
        let mut grouped = vec![false; kinds.len()];
        for (pair, frequencies) in &groups {
            for &field in frequencies.iter().chain([&pair.count, &pair.number]) {
                grouped[field] = true;
            }
        }
        Self { kinds, groups, grouped }
    }

    /// Merges row `other` into `row`; true where they were the same.
    pub(super) fn merge(&self, rows: &mut Rows, row: usize, other: usize) -> bool {
        if rows.columns.iter().all(|column| column[row] == column[other]) {
            return true;
        }
        for (pair, frequencies) in &self.groups {
            if self.is_larger(rows, *pair, frequencies, row, other) {
                for &field in frequencies.iter().chain([&pair.count, &pair.number]) {
                    rows.columns[field][row] = rows.columns[field][other];
                }
            }
        }
        for (field, &kind) in self.kinds.iter().enumerate().filter(|(field, _)| !self.grouped[*field]) {
            let (a, b) = (rows.columns[field][row], rows.columns[field][other]);
            rows.columns[field][row] = match &mut rows.texts[field] {
                _ if !cell::is_value(a) => b,
                _ if !cell::is_value(b) || a == b => a,
                Some(texts) => joined(texts, a, b),
                None => larger(kind, a, b),
            };
        }
        false
    }

    /// True where the other row has the larger frequency, or the only one.
    fn is_larger(
        &self,
        rows: &Rows,
        pair: Quotient,
        frequencies: &[usize],
        row: usize,
        other: usize,
    ) -> bool {
        let of = |row: usize| {
            let value = |field: usize| Some(rows.columns[field][row]).filter(|&c| cell::is_value(c));
            let number = value(pair.number).map_or(0, |n| n as i64);
            let counted = value(pair.count).filter(|_| number > 0).map(|c| c as i64 as f64 / number as f64);
            let stated = || frequencies.iter().find_map(|&f| value(f)).map(f64::from_bits);
            (counted.or_else(stated).unwrap_or(-1.0), number)
        };
        let ((a, a_number), (b, b_number)) = (of(row), of(other));
        b > a || b == a && b_number > a_number
    }
}

fn larger(kind: SiteFieldKind, a: u64, b: u64) -> u64 {
    let b_is_larger = match kind {
        SiteFieldKind::Float => f64::from_bits(b) > f64::from_bits(a),
        _ => (b as i64) > a as i64,
    };
    if b_is_larger { b } else { a }
}

/// Both texts; a part that the first has is not added again.
fn joined(texts: &mut Texts, a: u64, b: u64) -> u64 {
    let mut both = texts.get(a).to_vec();
    for part in texts.get(b).split(|&c| c == b'|') {
        if both.split(|&c| c == b'|').all(|known| known != part) {
            both.push(b'|');
            both.extend(part);
        }
    }
    texts.number(&both)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::sites::cell::MISSING;

    fn rows() -> Rows {
        use SiteFieldKind as Kind;
        let kinds = [Kind::Integer, Kind::Integer, Kind::Float, Kind::Float, Kind::Text, Kind::Flag];
        let mut rows = Rows::new(&kinds.map(|k| k == Kind::Text));
        let float = |v: f64| v.to_bits();
        let mut push = |cells: [u64; 5], text: &[u8]| {
            rows.push(5, b"A", b"C");
            let number = if text.is_empty() { MISSING } else { rows.texts[4].as_mut().unwrap().number(text) };
            for (column, cell) in
                rows.columns.iter_mut().zip([cells[0], cells[1], cells[2], cells[3], number, cells[4]])
            {
                column.push(cell);
            }
        };
        push([5, 10_000, cell::DERIVED, float(0.5), 0], b"Benign");
        push([4, 100, cell::DERIVED, float(0.75), 1], b"Pathogenic");
        push([9, 0, MISSING, MISSING, MISSING], b"");
        rows
    }

    fn rule() -> MergeRule {
        use SiteFieldKind as Kind;
        let pair = Quotient { count: 0, number: 1 };
        let kinds = vec![Kind::Integer, Kind::Integer, Kind::Float, Kind::Float, Kind::Text, Kind::Flag];
        MergeRule::new(kinds, &[pair], &[None, None, Some(pair), None, None, None])
    }

    #[test]
    fn the_larger_frequency_and_every_text_are_kept() {
        for order in [[0usize, 1, 2], [1, 0, 2], [2, 1, 0], [2, 0, 1]] {
            let mut rows = rows();
            assert!(!rule().merge(&mut rows, order[0], order[1]));
            assert!(!rule().merge(&mut rows, order[0], order[2]));
            let at = |field: usize| rows.columns[field][order[0]];
            assert_eq!((at(0), at(1), at(2)), (4, 100, cell::DERIVED), "{order:?}");
            assert_eq!((f64::from_bits(at(3)), at(5)), (0.75, 1));
            let mut words: Vec<&[u8]> =
                rows.texts[4].as_ref().unwrap().get(at(4)).split(|&c| c == b'|').collect();
            words.sort();
            assert_eq!(words, [b"Benign".as_slice(), b"Pathogenic"]);
        }
    }

    #[test]
    fn the_same_row_given_again_changes_nothing() {
        let mut rows = rows();
        rows.append(&self::rows(), [0usize].into_iter(), |place| place);
        assert!(rule().merge(&mut rows, 0, 3));
        assert_eq!(rows.columns[0][0], 5);
    }
}
