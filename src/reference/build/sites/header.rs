//! The header of a sites file: which fields there are, and how a record's INFO gives a value per allele.

use std::collections::BTreeMap;

use crate::reference::sites::{SiteField, SiteFieldKind};

/// How a field's values are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueType {
    Integer,
    Float,
    Text,
    Flag,
}

/// Which of a field's values belongs to an ALT allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    /// The one of the allele among those of all ALT alleles.
    Alternate,
    /// The one of the allele among those of all alleles, REF first.
    Allele,
    /// All of it.
    Whole,
}

/// A field declared in the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub name: String,
    pub value_type: ValueType,
    pick: Pick,
    column: Source,
    number: String,
    description: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Info,
    Id,
    Quality,
    Filter,
}

impl Field {
    /// The field as the table describes it.
    pub(super) fn described(&self, kind: SiteFieldKind) -> SiteField {
        SiteField {
            name: self.name.clone(),
            kind,
            number: self.number.clone(),
            description: self.description.clone(),
        }
    }
}

/// The parts of a header that matter here.
#[derive(Debug, Default)]
pub(super) struct Header {
    info: Vec<Field>,
    /// Names and lengths of the contig lines that give a length.
    pub contigs: Vec<(String, u32)>,
}

impl Header {
    /// Takes one `##` line.
    pub(super) fn add(&mut self, line: &str) -> Result<(), String> {
        if let Some(inner) = line.strip_prefix("##contig=<") {
            let entries = entries(inner);
            let length = entries.get("length").and_then(|l| l.parse().ok());
            if let (Some(id), Some(length)) = (entries.get("ID"), length) {
                self.contigs.push((id.clone(), length));
            }
        } else if let Some(inner) = line.strip_prefix("##INFO=<") {
            let entries = entries(inner);
            let (Some(id), Some(number), Some(kind)) =
                (entries.get("ID"), entries.get("Number"), entries.get("Type"))
            else {
                return Err("an INFO line without ID, Number or Type".to_owned());
            };
            if self.info.iter().any(|f| f.name == *id) {
                return Ok(());
            }
            let description = entries.get("Description").cloned().unwrap_or_default();
            self.info.push(field(id, number, kind, description));
        }
        Ok(())
    }

    /// The fields wanted, in the order asked for; all INFO fields where none is named.
    pub(super) fn wanted(&self, names: &[String]) -> Result<Vec<Field>, String> {
        if names.is_empty() {
            return Ok(self.info.clone());
        }
        let mut fields: Vec<Field> = Vec::with_capacity(names.len());
        for name in names {
            if fields.iter().any(|f| f.name == *name) {
                continue;
            }
            let column = match name.as_str() {
                "ID" => Some((Source::Id, ValueType::Text, "identifier of the record")),
                "QUAL" => Some((Source::Quality, ValueType::Float, "quality of the record")),
                "FILTER" => Some((Source::Filter, ValueType::Text, "filters of the record")),
                _ => None,
            };
            match (self.info.iter().find(|f| f.name == *name), column) {
                (Some(field), _) => fields.push(field.clone()),
                (None, Some((column, value_type, description))) => fields.push(Field {
                    name: name.clone(),
                    value_type,
                    pick: Pick::Whole,
                    column,
                    number: "1".to_owned(),
                    description: description.to_owned(),
                }),
                (None, None) => {
                    let known: Vec<&str> = self.info.iter().take(40).map(|f| f.name.as_str()).collect();
                    return Err(format!(
                        "field '{name}' is not declared in the header; it has {}",
                        known.join(", ")
                    ));
                }
            }
        }
        Ok(fields)
    }
}

fn field(id: &str, number: &str, kind: &str, description: String) -> Field {
    let pick = match number {
        "A" => Pick::Alternate,
        "R" => Pick::Allele,
        _ => Pick::Whole,
    };
    // A list that is not one value per allele is kept whole, as text.
    let single = pick != Pick::Whole || number == "1";
    let value_type = match kind {
        _ if number == "0" => ValueType::Flag,
        "Flag" => ValueType::Flag,
        "Integer" if single => ValueType::Integer,
        "Float" if single => ValueType::Float,
        _ => ValueType::Text,
    };
    Field {
        name: id.to_owned(),
        value_type,
        pick,
        column: Source::Info,
        number: number.to_owned(),
        description,
    }
}

/// `ID=AC,Number=A,Description="with, commas">` as pairs.
fn entries(inner: &str) -> BTreeMap<String, String> {
    let mut pairs = BTreeMap::new();
    let mut rest = inner.trim_end().trim_end_matches('>');
    while let Some((key, after)) = rest.split_once('=') {
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => {
                let end = closing_quote(quoted);
                let next = quoted.get(end + 1..).unwrap_or_default();
                (quoted[..end].replace("\\\"", "\""), next.strip_prefix(',').unwrap_or(next))
            }
            None => match after.split_once(',') {
                Some((value, next)) => (value.to_owned(), next),
                None => (after.to_owned(), ""),
            },
        };
        pairs.entry(key.trim().to_owned()).or_insert(value);
        rest = next;
    }
    pairs
}

fn closing_quote(text: &str) -> usize {
    let bytes = text.as_bytes();
    (0..bytes.len())
        .find(|&at| bytes[at] == b'"' && (at == 0 || bytes[at - 1] != b'\\'))
        .unwrap_or(bytes.len())
}

/// What a column is given for one allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given<'a> {
    /// Nothing, or `.`.
    Missing,
    /// Text as written; empty for a flag.
    Text(&'a str),
    /// A list of another length than the record's alleles.
    WrongCount,
}

/// The wanted values of one record.
pub(super) struct Values<'a> {
    fields: &'a [Field],
    given: Vec<Given<'a>>,
    alternates: usize,
    others: Vec<&'a str>,
}

impl<'a> Values<'a> {
    pub(super) fn new(
        fields: &'a [Field],
        id: &'a str,
        quality: &'a str,
        filter: &'a str,
        info: &'a str,
        alternates: usize,
    ) -> Self {
        let mut given: Vec<Given<'a>> = fields
            .iter()
            .map(|f| match f.column {
                Source::Info => Given::Missing,
                Source::Id => present(id),
                Source::Quality => present(quality),
                Source::Filter => present(filter),
            })
            .collect();
        let mut others = Vec::new();
        for entry in info.split(';') {
            let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
            let at = fields.iter().position(|f| f.column == Source::Info && f.name == key);
            match at {
                Some(at) => {
                    given[at] = match fields[at].value_type {
                        ValueType::Flag => Given::Text(""),
                        _ => present(value),
                    };
                }
                None if key.is_empty() || key == "." => {}
                None => others.push(key),
            }
        }
        Self { fields, given, alternates, others }
    }

    /// The value of a field for the ALT allele with this number, counted from 0.
    pub(super) fn of(&self, field: usize, alternate: usize) -> Given<'a> {
        let (place, expected) = match self.fields[field].pick {
            Pick::Whole => return self.given[field],
            Pick::Alternate => (alternate, self.alternates),
            Pick::Allele => (alternate + 1, self.alternates + 1),
        };
        let Given::Text(text) = self.given[field] else { return self.given[field] };
        if text.split(',').count() != expected {
            return Given::WrongCount;
        }
        text.split(',').nth(place).map_or(Given::WrongCount, present)
    }

    /// INFO keys that are none of the fields.
    pub(super) fn others(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.others.iter().copied()
    }
}

fn present(value: &str) -> Given<'_> {
    if value.is_empty() || value == "." { Given::Missing } else { Given::Text(value) }
}
