//! One pass through INFO for the keys that are wanted.

use rustc_hash::FxHashMap;

use super::header::{Field, Source};

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// The value of a field.
    Wanted(usize),
    /// Of no interest.
    Other,
}

/// Finds wanted keys. Records of one file name their keys in much the same order: the key that came next in
/// the last record is tried first, so that most keys cost one comparison.
pub(super) struct InfoScan {
    wanted: FxHashMap<Vec<u8>, usize>,
    expected: Vec<(Vec<u8>, Target)>,
    /// Keys that are not wanted, with the number of records; none where they are not to be counted.
    others: Option<FxHashMap<Vec<u8>, u64>>,
    /// Fields that the last record gave twice, with different values.
    twice: Vec<usize>,
}

/// A hostile file could name millions of keys.
const MOST_OTHERS: usize = 1000;

impl InfoScan {
    /// For the fields of a table; `count` asks for the keys that are none of them.
    pub(super) fn new(fields: &[Field], count: bool) -> Self {
        let info = fields.iter().enumerate().filter(|(_, field)| field.source == Source::Info);
        Self {
            wanted: info.map(|(at, field)| (field.key.clone().into_bytes(), at)).collect(),
            expected: Vec::new(),
            others: count.then(FxHashMap::default),
            twice: Vec::new(),
        }
    }

    /// Puts the values of wanted keys into `given`, one place a field; a flag's value is empty. A key may stand
    /// only once in a record (VCF 4.5, section 1.6.1): of one given twice with different values, which of them is
    /// true is not known, so that it is as if it were not given; [`InfoScan::twice`] names it.
    pub(super) fn scan<'a>(&mut self, info: &'a [u8], given: &mut [Option<&'a [u8]>]) {
        self.twice.clear();
        if self.wanted.is_empty() && self.others.is_none() {
            return;
        }
        let mut rest = info;
        let mut step = 0;
        while !rest.is_empty() {
            let (key, target) = match self.expected.get(step) {
                Some((key, target)) if begins_with_key(rest, key) => (key.len(), *target),
                _ => self.look_up(rest, step),
            };
            if target == Target::Other
                && let Some(others) = &mut self.others
            {
                count(others, &rest[..key]);
            }
            step += 1;
            let after = &rest[key..];
            let end = memchr::memchr(b';', after).unwrap_or(after.len());
            if let Target::Wanted(field) = target {
                let value = after[..end].strip_prefix(b"=").unwrap_or_default();
                if given[field].replace(value).is_some_and(|before| before != value) {
                    self.twice.push(field);
                }
            }
            rest = after.get(end + 1..).unwrap_or_default();
        }
        self.twice.iter().for_each(|&field| given[field] = None);
    }

    /// The fields that the last record gave twice.
    pub(super) fn twice(&self) -> &[usize] {
        &self.twice
    }

    fn look_up(&mut self, rest: &[u8], step: usize) -> (usize, Target) {
        let end = memchr::memchr2(b'=', b';', rest).unwrap_or(rest.len());
        let key = &rest[..end];
        let target = self.wanted.get(key).map_or(Target::Other, |&field| Target::Wanted(field));
        let entry = (key.to_vec(), target);
        match self.expected.get_mut(step) {
            Some(old) => *old = entry,
            None if step < MOST_OTHERS => self.expected.push(entry),
            None => {}
        }
        (end, target)
    }

    /// Keys that are none of the fields, with the number of records that have them.
    pub(super) fn others(&self) -> impl Iterator<Item = (&[u8], u64)> {
        self.others.iter().flatten().map(|(key, count)| (key.as_slice(), *count))
    }
}

fn begins_with_key(rest: &[u8], key: &[u8]) -> bool {
    rest.starts_with(key) && matches!(rest.get(key.len()), None | Some(b'=' | b';'))
}

fn count(others: &mut FxHashMap<Vec<u8>, u64>, key: &[u8]) {
    if key.is_empty() || key == b"." {
        return;
    }
    if let Some(count) = others.get_mut(key) {
        *count += 1;
    } else if others.len() < MOST_OTHERS {
        others.insert(key.to_vec(), 1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reference::sites::SiteFieldKind;

    fn fields(keys: &[&str]) -> Vec<Field> {
        let field = |key: &&str| {
            let mut field = Field::column(key, 0, SiteFieldKind::Text);
            field.source = Source::Info;
            field
        };
        keys.iter().map(field).collect()
    }

    fn plainly<'a>(info: &'a str, keys: &[&str]) -> Vec<Option<&'a [u8]>> {
        let value = |key: &&str| {
            let of = |entry: &'a str| match entry.split_once('=') {
                Some((k, value)) => (k == *key).then_some(value),
                None => (entry == *key).then_some(""),
            };
            let mut values = info.split(';').filter_map(of);
            let first = values.next()?;
            // A key that is empty, as between two semicolons, is none.
            values.all(|value| value == first).then_some(first.as_bytes())
        };
        keys.iter().map(value).collect()
    }

    proptest! {
        #[test]
        fn one_pass_finds_what_splitting_finds(
            infos in prop::collection::vec(
                prop::collection::vec(
                    prop::sample::select(vec![
                        "AC=1", "AN", "AN=2", "A=", "AC_x=3", "DB", ".", "", "=4", "AC=5,6", "A=7=8", "B",
                    ]),
                    0..7,
                ),
                1..6,
            )
        ) {
            let keys = ["AN", "AC", "DB", "A"];
            let mut scan = InfoScan::new(&fields(&keys), true);
            for info in infos.iter().map(|entries| entries.join(";")) {
                let mut given = vec![None; keys.len()];
                scan.scan(info.as_bytes(), &mut given);
                prop_assert_eq!(given, plainly(&info, &keys));
            }
        }
    }
}
