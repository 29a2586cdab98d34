//! Rows of a table while it is built: columns of plain numbers, in the order in which they were read.

use rustc_hash::FxHashMap;

use crate::reference::sites::cell;
use crate::reference::sites::key;

/// Distinct texts of one column.
#[derive(Debug, Default)]
pub(super) struct Texts {
    known: FxHashMap<Box<[u8]>, u32>,
    words: Vec<Box<[u8]>>,
    /// The number given last: a column often says the same for long.
    last: u32,
}

impl Texts {
    /// The number of a text, which is new or known.
    pub(super) fn number(&mut self, text: &[u8]) -> u64 {
        self.known(text).unwrap_or_else(|| {
            let number = self.words.len() as u32;
            self.words.push(text.into());
            self.known.insert(text.into(), number);
            u64::from(number)
        })
    }

    /// The number of a text that is known.
    pub(super) fn known(&mut self, text: &[u8]) -> Option<u64> {
        if self.words.get(self.last as usize).is_none_or(|last| **last != *text) {
            self.last = *self.known.get(text)?;
        }
        Some(u64::from(self.last))
    }

    /// A text by its number.
    pub(super) fn get(&self, number: u64) -> &[u8] {
        self.words.get(number as usize).map_or(b"", |word| word)
    }

    /// All texts, in the order of their numbers.
    pub(super) fn all(&self) -> &[Box<[u8]>] {
        &self.words
    }
}

/// Reference and alternate bases of an allele that fits no key.
type LongAllele = (Box<[u8]>, Box<[u8]>);

/// Rows, column by column.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Contig, or its rank, above 32 bits; start below.
    pub places: Vec<u64>,
    /// Alleles (see [`key`]).
    pub keys: Vec<u64>,
    /// Reference and alternate bases of the alleles that are no key.
    pub long: Vec<LongAllele>,
    /// The values (see [`cell`]), a column a field.
    pub columns: Vec<Vec<u64>>,
    /// The texts of each column; none where it is not text.
    pub texts: Vec<Option<Texts>>,
}

/// Where the start lies within a place.
pub(super) const START: u64 = u32::MAX as u64;

impl Rows {
    /// No rows yet; `text` says of each column whether it is text.
    pub(super) fn new(text: &[bool]) -> Self {
        Self {
            columns: text.iter().map(|_| Vec::new()).collect(),
            texts: text.iter().map(|&is| is.then(Texts::default)).collect(),
            ..Self::default()
        }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Appends the place and the allele of a row; its values follow, one a column.
    pub(super) fn push(&mut self, place: u64, reference: &[u8], alternate: &[u8]) {
        self.places.push(place);
        let key = key::inline(reference, alternate).unwrap_or_else(|| {
            self.long.push((reference.into(), alternate.into()));
            key::long(self.long.len() - 1)
        });
        self.keys.push(key);
    }

    /// Reference and alternate bases that do not fit a key.
    pub(super) fn long(&self, key: u64) -> Option<(&[u8], &[u8])> {
        let (reference, alternate) = self.long.get(key::long_index(key)?)?;
        Some((reference, alternate))
    }

    /// Appends rows of another with the same columns; `place` gives each its place here.
    pub(super) fn append(
        &mut self,
        other: &Self,
        rows: impl Iterator<Item = usize> + Clone,
        place: impl Fn(u64) -> u64,
    ) {
        self.places.extend(rows.clone().map(|row| place(other.places[row])));
        for row in rows.clone() {
            let key = match other.long(other.keys[row]) {
                Some((reference, alternate)) => {
                    self.long.push((reference.into(), alternate.into()));
                    key::long(self.long.len() - 1)
                }
                None => other.keys[row],
            };
            self.keys.push(key);
        }
        for (at, column) in self.columns.iter_mut().enumerate() {
            let from = &other.columns[at];
            match (&mut self.texts[at], &other.texts[at]) {
                (Some(mine), Some(theirs)) => {
                    let mut known: Vec<Option<u64>> = vec![None; theirs.words.len()];
                    column.extend(rows.clone().map(|row| match from[row] {
                        cell if !cell::is_value(cell) => cell,
                        cell => *known[cell as usize].get_or_insert_with(|| mine.number(theirs.get(cell))),
                    }));
                }
                _ => column.extend(rows.clone().map(|row| from[row])),
            }
        }
    }

    /// Compares two rows by place and allele.
    fn compare(&self, a: usize, b: usize) -> std::cmp::Ordering {
        self.places[a].cmp(&self.places[b]).then_with(|| {
            match (self.long(self.keys[a]), self.long(self.keys[b])) {
                (Some(x), Some(y)) => x.cmp(&y),
                _ => self.keys[a].cmp(&self.keys[b]),
            }
        })
    }

    /// True where two rows are of one allele.
    pub(super) fn same_allele(&self, a: usize, b: usize) -> bool {
        self.places[a] == self.places[b] && self.compare(a, b).is_eq()
    }

    /// The order of the rows by place and allele; among equal alleles, the order in which they came.
    pub(super) fn order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_by(|&a, &b| self.compare(a as usize, b as usize));
        order
    }

    /// Roughly the bytes that the rows take.
    pub(super) fn size(&self) -> usize {
        let texts: usize =
            self.texts.iter().flatten().flat_map(|texts| texts.all()).map(|word| 2 * word.len() + 64).sum();
        let long: usize = self.long.iter().map(|(r, a)| r.len() + a.len() + 32).sum();
        self.len() * 8 * (2 + self.columns.len()) + texts + long
    }
}
