//! The values of one field while a table is built.

use rustc_hash::FxHashMap;

use crate::reference::sites::SiteFieldKind;
use crate::reference::sites::layout::NO_TEXT;

use super::header::{Field, Given, ValueType};

/// The values of one field, row by row.
#[derive(Debug)]
pub(super) enum Column {
    Integer(Vec<i64>),
    Float(Vec<f64>),
    Text { entries: Vec<u32>, known: FxHashMap<String, u32>, words: Vec<String> },
    Flag(Vec<u8>),
}

impl Column {
    pub(super) fn new(field: &Field) -> Self {
        match field.value_type {
            ValueType::Integer => Self::Integer(Vec::new()),
            ValueType::Float => Self::Float(Vec::new()),
            ValueType::Text => {
                Self::Text { entries: Vec::new(), known: FxHashMap::default(), words: Vec::new() }
            }
            ValueType::Flag => Self::Flag(Vec::new()),
        }
    }

    /// Appends a row; false where the value is not of the field's type, and was taken as missing.
    pub(super) fn push(&mut self, given: Given<'_>) -> bool {
        let text = match given {
            Given::Text(text) => Some(text),
            Given::Missing | Given::WrongCount => None,
        };
        let mut good = given != Given::WrongCount;
        match self {
            Self::Integer(values) => {
                let value = text.map(|t| t.parse::<i64>().ok().filter(|&v| v != i64::MIN));
                good &= value != Some(None);
                values.push(value.flatten().unwrap_or(i64::MIN));
            }
            Self::Float(values) => {
                let value = text.map(|t| t.parse::<f64>().ok());
                good &= value != Some(None);
                values.push(value.flatten().unwrap_or(f64::NAN));
            }
            Self::Text { entries, known, words } => entries.push(match text {
                None => NO_TEXT,
                Some(text) => match known.get(text) {
                    Some(&entry) => entry,
                    None => {
                        let entry = words.len() as u32;
                        words.push(text.to_owned());
                        known.insert(text.to_owned(), entry);
                        entry
                    }
                },
            }),
            Self::Flag(values) => values.push(u8::from(text.is_some())),
        }
        good
    }

    /// True where two rows have the same value.
    pub(super) fn same(&self, a: u32, b: u32) -> bool {
        let (a, b) = (a as usize, b as usize);
        match self {
            Self::Integer(values) => values[a] == values[b],
            Self::Float(values) => values[a] == values[b] || values[a].is_nan() && values[b].is_nan(),
            Self::Text { entries, .. } => entries[a] == entries[b],
            Self::Flag(values) => values[a] == values[b],
        }
    }

    /// The arrays of the kept rows: values, dictionary offsets, dictionary text.
    pub(super) fn encode(&self, kept: &[u32]) -> (SiteFieldKind, [Vec<u8>; 3]) {
        let none = Vec::new;
        match self {
            Self::Integer(values) => {
                let fits = |v: i64| v == i64::MIN || i32::try_from(v).is_ok_and(|v| v != i32::MIN);
                if kept.iter().all(|&row| fits(values[row as usize])) {
                    let small: Vec<i32> =
                        kept.iter().map(|&r| i32::try_from(values[r as usize]).unwrap_or(i32::MIN)).collect();
                    return (
                        SiteFieldKind::Integer32,
                        [bytemuck::cast_slice(&small).to_vec(), none(), none()],
                    );
                }
                let all: Vec<i64> = kept.iter().map(|&r| values[r as usize]).collect();
                (SiteFieldKind::Integer64, [bytemuck::cast_slice(&all).to_vec(), none(), none()])
            }
            Self::Float(values) => {
                let all: Vec<f64> = kept.iter().map(|&r| values[r as usize]).collect();
                (SiteFieldKind::Float, [bytemuck::cast_slice(&all).to_vec(), none(), none()])
            }
            Self::Text { entries, words, .. } => {
                let (mut new, mut offsets, mut text) = (vec![NO_TEXT; words.len()], vec![0u64], Vec::new());
                let mut all: Vec<u32> = Vec::with_capacity(kept.len());
                for &row in kept {
                    let old = entries[row as usize];
                    let Some(word) = words.get(old as usize) else {
                        all.push(NO_TEXT);
                        continue;
                    };
                    if new[old as usize] == NO_TEXT {
                        new[old as usize] = (offsets.len() - 1) as u32;
                        text.extend(word.as_bytes());
                        offsets.push(text.len() as u64);
                    }
                    all.push(new[old as usize]);
                }
                let arrays =
                    [bytemuck::cast_slice(&all).to_vec(), bytemuck::cast_slice(&offsets).to_vec(), text];
                (SiteFieldKind::Text, arrays)
            }
            Self::Flag(values) => {
                let all: Vec<u8> = kept.iter().map(|&r| values[r as usize]).collect();
                (SiteFieldKind::Flag, [all, none(), none()])
            }
        }
    }
}
