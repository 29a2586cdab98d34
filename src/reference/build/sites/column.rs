//! What the columns of a table of text hold: whole numbers, numbers, or text.
//!
//! A column is of whole numbers, or of numbers, where every value of it is one that comes back as it was written;
//! else it is text. The first lines tell; where a later line says otherwise, the table is read again.

use std::collections::BTreeMap;

use crate::reference::sites::SiteFieldKind;

use super::given::Given;
use super::number;
use super::role::Role;
use super::tsv::{Layout, bare, no_number};

/// The kind that holds a value as it was written. Identifiers like `00123` are no numbers, nor are whole numbers
/// of more digits than a number keeps, nor what no VCF holds (VCF 4.5, section 1.3: 32 bits).
pub(super) fn kind_of(text: &[u8]) -> SiteFieldKind {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let padded = digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit();
    let plain = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    if padded || text == b"-0" {
        return SiteFieldKind::Text;
    }
    if plain {
        let fits = number::integer(text).is_some_and(|value| i32::try_from(value).is_ok_and(|v| v >= LOWEST));
        return if fits { SiteFieldKind::Integer } else { SiteFieldKind::Text };
    }
    match number::float(text) {
        Some((value, _)) if value.is_nan() || value.abs() <= f64::from(f32::MAX) => SiteFieldKind::Float,
        _ => SiteFieldKind::Text,
    }
}

/// The lowest whole number that BCF holds (VCF 4.5, section 6.3.3).
const LOWEST: i32 = i32::MIN + 8;

/// The kind that holds values of both.
pub(super) fn wider(a: SiteFieldKind, b: SiteFieldKind) -> SiteFieldKind {
    match (a, b) {
        (SiteFieldKind::Integer, other) | (other, SiteFieldKind::Integer) => other,
        (SiteFieldKind::Float, SiteFieldKind::Float) => SiteFieldKind::Float,
        _ => SiteFieldKind::Text,
    }
}

/// What a column holds, as far as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The kind of all its values.
    pub kind: SiteFieldKind,
    /// A number that would not come back as it was written, where all values are numbers.
    pub inexact: Option<String>,
}

/// Notes that a column of a field turned out to be wider than was thought.
pub(super) fn widen(columns: &mut BTreeMap<String, Column>, field: &str, found: Option<Column>) {
    let Some(found) = found else { return };
    match columns.get_mut(field) {
        None => _ = columns.insert(field.to_owned(), found),
        Some(known) => {
            known.kind = wider(known.kind, found.kind);
            known.inexact = known.inexact.take().or(found.inexact);
        }
    }
}

/// What a value says of its column, where it does not fit the kind that the column was thought to be of.
pub(super) fn found(given: Given<'_>) -> Column {
    let Given::Text(text) = given else { return Column { kind: SiteFieldKind::Text, inexact: None } };
    let kind = kind_of(text);
    let inexact = kind == SiteFieldKind::Text && number::float(text).is_some();
    Column { kind, inexact: inexact.then(|| String::from_utf8_lossy(text).into_owned()) }
}

/// The columns of a table from a sample of its lines; `roles` are those of their names. A column with the role of
/// a count or frequency is one of numbers as soon as it holds any: its other values are reported, one by one.
pub(super) fn columns(layout: &Layout, sample: &[u8], roles: &[Option<Role>]) -> Vec<Column> {
    let mut seen = vec![Seen::default(); layout.names.len()];
    let mut columns = Vec::new();
    for line in sample.split(|&c| c == b'\n').filter(|line| !line.is_empty()) {
        layout.columns(line.trim_ascii_end(), &mut columns);
        let alternates = columns.get(layout.site[3]).map_or(1, |text| commas(bare(text)) + 1);
        for (seen, text) in seen.iter_mut().zip(columns.iter().map(|text| bare(text))) {
            if alternates > 1 && commas(text) + 1 == alternates {
                text.split(|&c| c == b',').for_each(|part| seen.add(part));
            } else {
                seen.add(text);
            }
        }
    }
    seen.iter().enumerate().map(|(at, seen)| seen.column(roles.get(at).copied().flatten())).collect()
}

fn commas(text: &[u8]) -> usize {
    text.iter().filter(|&&c| c == b',').count()
}

/// What was seen of a column.
#[derive(Clone, Debug, Default)]
struct Seen {
    kind: Option<SiteFieldKind>,
    numbers: u64,
    words: u64,
    inexact: Option<String>,
}

impl Seen {
    fn add(&mut self, text: &[u8]) {
        if no_number(text) {
            return;
        }
        let kind = kind_of(text);
        if number::float(text).is_none() {
            self.words += 1;
        } else {
            self.numbers += 1;
            if kind == SiteFieldKind::Text && self.inexact.is_none() {
                self.inexact = Some(String::from_utf8_lossy(text).into_owned());
            }
        }
        self.kind = Some(self.kind.map_or(kind, |known| wider(known, kind)));
    }

    fn column(&self, role: Option<Role>) -> Column {
        let kind = match role {
            Some(_) if self.numbers == 0 && self.words > 0 => SiteFieldKind::Text,
            Some(Role::Frequency) => SiteFieldKind::Float,
            Some(_) => SiteFieldKind::Integer,
            // Nothing is known yet: a later line tells.
            None => self.kind.unwrap_or(SiteFieldKind::Integer),
        };
        let inexact = self.inexact.clone().filter(|_| kind == SiteFieldKind::Text && self.words == 0);
        Column { kind, inexact }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assembly::Assembly;

    #[test]
    fn a_number_is_one_only_where_it_comes_back_as_written() {
        use SiteFieldKind::{Float, Integer, Text};
        for (text, kind) in [
            ("0", Integer),
            ("-17", Integer),
            ("2147483647", Integer),
            ("2147483648", Text),
            ("12345678901234567", Text),
            ("00123", Text),
            ("-0", Text),
            ("007.5", Text),
            ("0.5", Float),
            ("1e5", Float),
            ("1e300", Text),
            ("1.0", Float),
            ("x", Text),
            ("", Text),
            ("-", Text),
        ] {
            assert_eq!(kind_of(text.as_bytes()), kind, "{text}");
        }
    }

    #[test]
    fn the_kind_is_that_of_all_values() {
        let layout = Layout::of("chr,pos,ref,alt,AC,AF,score,id,word,none", &Assembly::GRCh38).unwrap();
        let roles: Vec<_> = layout.names.iter().map(|name| Role::of(name)).collect();
        let sample = b"1,5,A,C,5,0,1,0012,x,NA\n1,6,A,\"C,G\",\"5,many\",\"0.5,.\",\"2,0.5\",13,.,.\n";
        let kinds: Vec<_> =
            columns(&layout, sample, &roles).into_iter().map(|c| (c.kind, c.inexact)).collect();
        use SiteFieldKind::{Float, Integer, Text};
        let expected = [
            (Integer, None),
            (Float, None),
            (Float, None),
            (Text, Some("0012".to_owned())),
            (Text, None),
            (Integer, None),
        ];
        assert_eq!(kinds[4..], expected);
    }
}
