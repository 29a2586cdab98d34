//! The header of a sites file: which fields there are, and which of a record's values belongs to an allele.

use std::collections::BTreeMap;

use crate::reference::sites::{Quotient, SiteField, SiteFieldKind};

/// Which of a field's values belongs to an ALT allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// The one of the allele among those of all ALT alleles.
    Alternate,
    /// The one of the allele among those of all alleles, REF first.
    Allele,
    /// All of it.
    Whole,
}

/// Where in a record a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A key of INFO.
    Info,
    /// The column ID.
    Id,
    /// The column QUAL.
    Quality,
    /// The column FILTER.
    Filter,
    /// The column of a table with this number.
    Column(usize),
}

/// A field declared in the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Key in the source.
    pub key: String,
    /// Name in the table.
    pub name: String,
    pub kind: SiteFieldKind,
    pub pick: Pick,
    pub source: Source,
    number: String,
    description: String,
}

impl Field {
    /// A column of a table of text.
    pub(super) fn column(key: &str, column: usize, kind: SiteFieldKind) -> Self {
        Self {
            key: key.to_owned(),
            name: key.to_owned(),
            kind,
            pick: Pick::Whole,
            source: Source::Column(column),
            number: "1".to_owned(),
            description: format!("column {key}"),
        }
    }

    /// The field as the table describes it.
    pub(super) fn described(&self, quotient: Option<Quotient>) -> SiteField {
        SiteField {
            name: self.name.clone(),
            kind: self.kind,
            number: self.number.clone(),
            description: self.description.clone(),
            quotient,
        }
    }
}

/// The parts of a header that matter here.
#[derive(Debug, Default)]
pub(super) struct Header {
    info: Vec<Field>,
    /// INFO keys declared twice, differently.
    disputed: Vec<String>,
    /// Names and lengths of the contig lines that give a length.
    pub contigs: Vec<(String, u32)>,
    /// Every contig line, by its number in BCF.
    pub contig_names: Vec<String>,
    /// FILTER, INFO and FORMAT identifiers, by their number in BCF.
    pub strings: Vec<String>,
}

impl Header {
    /// Takes one `##` line.
    pub(super) fn add(&mut self, line: &str) -> Result<(), String> {
        let Some((kind, inner)) = line.strip_prefix("##").and_then(|rest| rest.split_once("=<")) else {
            return Ok(());
        };
        if !matches!(kind, "contig" | "INFO" | "FILTER" | "FORMAT") {
            return Ok(());
        }
        let entries = entries(inner);
        let Some(id) = entries.get("ID") else {
            let named = kind == "INFO";
            return if named { Err("an INFO line without ID".to_owned()) } else { Ok(()) };
        };
        let place = entries.get("IDX").and_then(|place| place.parse::<usize>().ok());
        if kind == "contig" {
            number(&mut self.contig_names, id, place)?;
            if let Some(length) = entries.get("length").and_then(|l| l.parse().ok()) {
                if self.contigs.iter().any(|(name, other)| name == id && *other != length) {
                    return Err(format!("contig {id} is declared twice, with two lengths"));
                }
                self.contigs.push((id.clone(), length));
            }
            return Ok(());
        }
        if self.strings.is_empty() {
            // VCF 4.5, section 6.3.1: PASS is the first entry, whether it is declared or not.
            self.strings.push("PASS".to_owned());
        }
        number(&mut self.strings, id, place)?;
        if kind == "INFO" { self.add_info(id, &entries) } else { Ok(()) }
    }

    fn add_info(&mut self, id: &str, entries: &BTreeMap<String, String>) -> Result<(), String> {
        let (Some(number), Some(kind)) = (entries.get("Number"), entries.get("Type")) else {
            return Err(format!("the INFO line of {id} is without Number or Type"));
        };
        let description = entries.get("Description").cloned().unwrap_or_default();
        let new = info_field(id, number, kind, description);
        match self.info.iter().find(|f| f.key == *id) {
            None => self.info.push(new),
            Some(old) if (old.kind, old.pick) == (new.kind, new.pick) => {}
            Some(_) => self.disputed.push(id.to_owned()),
        }
        Ok(())
    }

    /// The fields wanted, in the order asked for; all INFO fields where none is named. `names` gives fields
    /// other names.
    pub(super) fn wanted(
        &self,
        keys: &[String],
        names: &BTreeMap<String, String>,
    ) -> Result<Vec<Field>, String> {
        let mut fields: Vec<Field> = Vec::with_capacity(keys.len());
        for key in keys {
            if fields.iter().all(|f| f.key != *key) {
                fields.push(self.field(key)?);
            }
        }
        if keys.is_empty() {
            fields.clone_from(&self.info);
        }
        if let Some(field) = fields.iter().find(|f| self.disputed.contains(&f.key)) {
            return Err(format!(
                "the header declares INFO {} twice, differently: correct it (bcftools reheader) first",
                field.key
            ));
        }
        renamed(&mut fields, names)?;
        Ok(fields)
    }

    fn field(&self, key: &str) -> Result<Field, String> {
        if let Some(field) = self.info.iter().find(|f| f.key == key) {
            return Ok(field.clone());
        }
        let (source, kind, description) = match key {
            "ID" => (Source::Id, SiteFieldKind::Text, "identifier of the record"),
            "QUAL" => (Source::Quality, SiteFieldKind::Float, "quality of the record"),
            "FILTER" => (Source::Filter, SiteFieldKind::Text, "filters of the record"),
            _ => {
                let known: Vec<&str> = self.info.iter().take(40).map(|f| f.key.as_str()).collect();
                return Err(format!(
                    "field '{key}' is not declared in the header; it has {}",
                    known.join(", ")
                ));
            }
        };
        Ok(Field {
            key: key.to_owned(),
            name: key.to_owned(),
            kind,
            pick: Pick::Whole,
            source,
            number: "1".to_owned(),
            description: description.to_owned(),
        })
    }
}

/// Gives fields the names the manifest has for them.
pub(super) fn renamed(fields: &mut [Field], names: &BTreeMap<String, String>) -> Result<(), String> {
    if let Some(key) = names.keys().find(|key| fields.iter().all(|f| f.key != **key)) {
        return Err(format!("names field '{key}', which is not among the table's fields"));
    }
    for field in fields.iter_mut() {
        if let Some(name) = names.get(&field.key) {
            field.name.clone_from(name);
        }
    }
    for (at, field) in fields.iter().enumerate() {
        if fields[..at].iter().any(|other| other.name == field.name) {
            return Err(format!("two fields are called '{}'", field.name));
        }
    }
    Ok(())
}

/// For every field, the count and number it is the quotient of: `AF_nfe` is that of `AC_nfe` and `AN_nfe`. And
/// every such pair of count and number.
pub(super) fn quotients(fields: &[Field]) -> (Vec<Option<Quotient>>, Vec<Quotient>) {
    let of = |field: &Field, part: &str, kind: SiteFieldKind| {
        let parts: Vec<&str> = field.key.split('_').collect();
        let at = parts.iter().position(|p| *p == part)?;
        if field.kind != kind || field.source != Source::Info || parts[at + 1..].contains(&part) {
            return None;
        }
        let named = |other: &str| {
            let mut parts = parts.clone();
            parts[at] = other;
            let key = parts.join("_");
            fields.iter().position(|f| f.key == key && f.kind == SiteFieldKind::Integer)
        };
        Some(Quotient { count: named("AC")?, number: named("AN")? })
    };
    let derived = fields.iter().map(|field| of(field, "AF", SiteFieldKind::Float)).collect();
    let pairs = fields.iter().filter_map(|field| of(field, "AC", SiteFieldKind::Integer)).collect();
    (derived, pairs)
}

fn number(list: &mut Vec<String>, id: &str, place: Option<usize>) -> Result<(), String> {
    if list.iter().any(|known| known == id) {
        return Ok(());
    }
    let place = place.unwrap_or(list.len());
    if place > 1 << 20 {
        return Err(format!("{id} has number {place} in the header: damaged"));
    }
    if list.len() <= place {
        list.resize(place + 1, String::new());
    }
    list[place] = id.to_owned();
    Ok(())
}

fn info_field(id: &str, number: &str, kind: &str, description: String) -> Field {
    let pick = match number {
        "A" => Pick::Alternate,
        "R" => Pick::Allele,
        _ => Pick::Whole,
    };
    // A list that is not one value per allele is kept whole, as text.
    let single = pick != Pick::Whole || number == "1";
    let kind = match kind {
        _ if number == "0" => SiteFieldKind::Flag,
        "Flag" => SiteFieldKind::Flag,
        "Integer" if single => SiteFieldKind::Integer,
        "Float" if single => SiteFieldKind::Float,
        _ => SiteFieldKind::Text,
    };
    let (key, name, source) = (id.to_owned(), id.to_owned(), Source::Info);
    Field { key, name, kind, pick, source, number: number.to_owned(), description }
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
