//! What is known of a site table besides its rows.

use serde::{Deserialize, Serialize};

/// What a field's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteFieldKind {
    /// Whole numbers.
    Integer,
    /// Numbers, kept exactly: as decimals where they were written as such, else bit by bit.
    Float,
    /// Text by way of a dictionary.
    Text,
    /// Set or not.
    Flag,
}

/// The two fields whose quotient a frequency is, by their place in [`SiteTableMeta::fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotient {
    /// Allele count.
    pub count: usize,
    /// Allele number.
    pub number: usize,
}

/// One field of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteField {
    /// Its name: the key in the source, or what the manifest calls it.
    pub name: String,
    /// What its values are.
    pub kind: SiteFieldKind,
    /// `Number` of the source's header: `A`, `R`, `1`, `.`.
    pub number: String,
    /// Description of the source's header.
    pub description: String,
    /// For a frequency whose exact counts are in the table too: the counts it is derived from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotient: Option<Quotient>,
}

/// What is known of a table besides its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteTableMeta {
    /// The table's name.
    pub name: String,
    /// The source's file name.
    pub source: String,
    /// BLAKE3 hash of the source; empty for a table that was built outside a bundle.
    pub source_blake3: String,
    /// The source's version.
    pub version: String,
    /// The source's licence.
    pub licence: String,
    /// Number of rows.
    pub rows: u64,
    /// A superblock holds two to this power of rows.
    pub superblock_bits: u32,
    /// BLAKE3 hash of names and lengths of the contigs the rows lie on.
    pub contigs: String,
    /// The fields.
    pub fields: Vec<SiteField>,
}

impl SiteTableMeta {
    /// What the checksum of every block begins with, so that a block of another table never fits.
    pub(crate) fn salt(&self) -> u64 {
        let mut hasher = blake3::Hasher::new();
        for text in [&self.name, &self.source, &self.source_blake3, &self.version, &self.contigs] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        for field in &self.fields {
            hasher.update(field.name.as_bytes());
            hasher.update(&[0, field.kind as u8]);
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        u64::from_le_bytes(first)
    }
}

/// The name of a field in outputs: the table's and its own, as INFO keys may be: letters, digits, `_` and `.`, not
/// beginning with a digit.
///
/// Source: VCF 4.3 specification, section 1.6.1, field 8.
pub fn output_key(table: &str, field: &str) -> String {
    let first = table.chars().next();
    let mut out = if first.is_some_and(|c| c.is_ascii_digit()) { "_".to_owned() } else { String::new() };
    let all = table.chars().chain(['_']).chain(field.chars());
    out.extend(all.map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' }));
    out
}

/// Of the fields of some tables, each the table's name and its own, two that have one name in outputs; in words.
pub(crate) fn one_output_key<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let mut known = std::collections::BTreeMap::new();
    for (table, field) in fields {
        let key = output_key(table, field);
        if let Some((other_table, other)) = known.insert(key.clone(), (table, field)) {
            return Some(format!(
                "'{other}' of site table {other_table} and '{field}' of {table} would both be called {key} \
                 in outputs; give one of them another name (in the manifest, names = {{ KEY = \"name\" }} \
                 or the table's name)"
            ));
        }
    }
    None
}

/// The fingerprint of a genome's contigs, by which a table of another genome is refused.
pub(crate) fn contigs_hash(contigs: &[crate::model::contig::Contig]) -> String {
    let mut hasher = blake3::Hasher::new();
    for contig in contigs {
        hasher.update(contig.name.as_bytes());
        hasher.update(&[0]);
        hasher.update(&contig.length.to_le_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
