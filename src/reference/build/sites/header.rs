//! The header of a sites file: which fields there are, and which of a record's values belongs to an allele.

use std::collections::BTreeMap;

use crate::reference::sites::{Quotient, SiteField, SiteFieldKind};

use super::role::{self, Role};

/// Which of a field's values belongs to an ALT allele.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// The one of the allele among those of all ALT alleles.
    Alternate,
    /// The one of the allele among those of all alleles, REF first.
    Allele,
    /// All of it.
    Whole,
    /// The one of the allele where there are as many as ALT alleles; a single one is that of every allele.
    Shared,
    /// The one of the allele where there are several ALT alleles, and as many values; else all of it.
    Listed,
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
    /// What it is by its name, in the source or in the table.
    pub role: Option<Role>,
    /// What its values are declared to be.
    declared: SiteFieldKind,
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
            pick: if kind == SiteFieldKind::Text { Pick::Whole } else { Pick::Shared },
            source: Source::Column(column),
            role: None,
            declared: kind,
            number: "1".to_owned(),
            description: format!("column {key}"),
        }
    }

    /// True where whole numbers may be written otherwise: `5000.0`, `1e+05`.
    pub(super) fn is_loosely_written(&self) -> bool {
        matches!(self.source, Source::Column(_)) || self.declared == SiteFieldKind::Float
    }

    /// True for numbers, whole or not.
    pub(super) fn is_numeric(&self) -> bool {
        matches!(self.kind, SiteFieldKind::Integer | SiteFieldKind::Float)
    }

    /// Gives the field the role of its name. A count, a number or a frequency in a list of any length is one
    /// value an ALT allele; where it is not, it is not readable, and reported.
    fn take_role(&mut self) {
        self.role = Role::of(&self.key).or_else(|| Role::of(&self.name));
        let Some(role) = self.role else { return };
        let is_list = self.number == "." && self.source == Source::Info;
        if is_list && matches!(self.declared, SiteFieldKind::Integer | SiteFieldKind::Float) {
            self.kind = self.declared;
        }
        if self.kind == SiteFieldKind::Float && self.source == Source::Info && role != Role::Frequency {
            // Whole numbers, also where they are declared otherwise: they merge, and divide, as counts.
            self.kind = SiteFieldKind::Integer;
        }
        if is_list && self.is_numeric() || matches!(self.source, Source::Column(_)) && self.is_numeric() {
            // The number of alleles looked at is often one for the site.
            self.pick = if role == Role::Number { Pick::Shared } else { Pick::Alternate };
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
    /// What is to be told of it.
    pub notes: Vec<String>,
    /// FILTER, INFO and FORMAT identifiers, by their number in BCF.
    pub strings: Vec<String>,
}

/// Notes that are told; a hostile header could give cause for millions.
const MOST_NOTES: usize = 10;

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
            let Some(length) = entries.get("length") else { return Ok(()) };
            let Ok(length) = length.parse() else {
                if self.notes.len() < MOST_NOTES {
                    self.notes.push(format!(
                        "the length of contig {id} is '{length}', which is not a number: not compared"
                    ));
                }
                return Ok(());
            };
            if self.contigs.iter().any(|(name, other)| name == id && *other != length) {
                return Err(format!("contig {id} is declared twice, with two lengths"));
            }
            self.contigs.push((id.clone(), length));
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
            role: None,
            declared: kind,
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
    if let Some(field) = fields.iter().find(|field| field.name.contains(char::is_control)) {
        return Err(format!("the name of field {:?} is not one line without tabs", field.name));
    }
    for (at, field) in fields.iter().enumerate() {
        if fields[..at].iter().any(|other| other.name == field.name) {
            return Err(format!("two fields are called '{}'", field.name));
        }
    }
    fields.iter_mut().for_each(Field::take_role);
    Ok(())
}

/// For every field, the count and number it is the quotient of: `AF_nfe` is that of `AC_nfe` and `AN_nfe`. And
/// every such pair of count and number.
pub(super) fn quotients(fields: &[Field]) -> (Vec<Option<Quotient>>, Vec<Quotient>) {
    let called = |name: &str, of: fn(&Field) -> &str| {
        let whole = |f: &&Field| f.kind == SiteFieldKind::Integer;
        let same = fields.iter().position(|f| of(f) == name && whole(&f));
        same.or_else(|| fields.iter().position(|f| of(f).eq_ignore_ascii_case(name) && whole(&f)))
    };
    let under = |field: &Field, role: Role, of: fn(&Field) -> &str| {
        let (count, number) = role::partners(of(field), role)?;
        Some(Quotient { count: called(&count, of)?, number: called(&number, of)? })
    };
    let of = |field: &Field, role: Role, kind: SiteFieldKind| {
        let fits = field.kind == kind && matches!(field.source, Source::Info | Source::Column(_));
        let role = Some(role).filter(|role| fits && field.role == Some(*role))?;
        under(field, role, |f| &f.key).or_else(|| under(field, role, |f| &f.name))
    };
    let derived = fields.iter().map(|field| of(field, Role::Frequency, SiteFieldKind::Float)).collect();
    let pairs = fields.iter().filter_map(|field| of(field, Role::Count, SiteFieldKind::Integer)).collect();
    (derived, pairs)
}

/// What is to be told of fields that are counts or frequencies by their names, and hold no numbers: the filter of
/// population frequency finds none in them.
pub(super) fn not_numeric(fields: &[Field]) -> Vec<String> {
    let is = |field: &&Field| !field.is_numeric() && matches!(field.source, Source::Info | Source::Column(_));
    fields
        .iter()
        .filter(|field| is(field) && !role::may_be_label(&field.key))
        .filter_map(|field| {
            let (name, role) = (&field.key, field.role?.words());
            Some(match field.source {
                Source::Info => format!(
                    "{name} is {role} by its name, but the header does not declare it as numbers an allele \
                     (Number=A, Type=Integer or Float): it is kept as written, and no frequency filter can \
                     use it; correct the header (bcftools reheader), or omit the field"
                ),
                _ => format!(
                    "{name} is {role} by its name, but its column contains values that are not numbers: it \
                     is kept as written, and no frequency filter can use it; correct the column, or omit it"
                ),
            })
        })
        .collect()
}

/// What is to be told of counts and frequencies whose values could not all be read: so many values, by field.
pub(super) fn unreadable(fields: &[Field], values: &BTreeMap<String, u64>) -> Vec<String> {
    let told = |field: &Field| {
        let (role, count) = (field.role?.words(), values.get(&field.key)?);
        Some(format!(
            "{} is {role}, and {count} of its values do not give one number per ALT allele: those alleles \
             have none",
            field.key
        ))
    };
    fields.iter().filter_map(told).take(MOST_NOTES).collect()
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
    let declared = match kind {
        _ if number == "0" => SiteFieldKind::Flag,
        "Flag" => SiteFieldKind::Flag,
        "Integer" => SiteFieldKind::Integer,
        "Float" => SiteFieldKind::Float,
        _ => SiteFieldKind::Text,
    };
    let is_number = matches!(declared, SiteFieldKind::Integer | SiteFieldKind::Float);
    let kind = if is_number && !single { SiteFieldKind::Text } else { declared };
    // Numbers whose count is not said are, where they are as many as the ALT alleles, one each.
    let pick = if is_number && number == "." { Pick::Listed } else { pick };
    let (key, name, source) = (id.to_owned(), id.to_owned(), Source::Info);
    Field { key, name, kind, pick, source, role: None, declared, number: number.to_owned(), description }
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
