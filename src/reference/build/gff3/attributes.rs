//! Column nine of GFF3, and which dialect its keys belong to.

use std::borrow::Cow;

/// Whose manner of writing GFF3 a file follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `ID=gene:…`, `biotype=`, versions in an attribute of their own.
    Ensembl,
    /// `gene_type=`, `transcript_type=`, versions within the identifiers.
    Gencode,
    /// `gbkey=`, `Dbxref=GeneID:…`.
    RefSeq,
    /// `ID` and `Parent` alone.
    Plain,
}

impl Dialect {
    /// For the report.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ensembl => "Ensembl",
            Self::Gencode => "GENCODE",
            Self::RefSeq => "RefSeq",
            Self::Plain => "plain",
        }
    }
}

/// The attributes of one row.
pub(crate) struct Attributes<'a> {
    pairs: Vec<(&'a str, &'a str)>,
}

impl<'a> Attributes<'a> {
    /// Splits `key=value;key=value`.
    pub(crate) fn parse(text: &'a str) -> Result<Self, String> {
        let mut pairs = Vec::with_capacity(12);
        for field in text.split(';') {
            let field = field.trim();
            if field.is_empty() || field == "." {
                continue;
            }
            match field.split_once('=') {
                Some(pair) => pairs.push(pair),
                None if field.contains(" \"") => {
                    return Err(
                        "the attributes are in GTF format; use the GFF3 file of the same release".to_owned()
                    );
                }
                None => return Err(format!("attribute '{field}' is not KEY=VALUE")),
            }
        }
        Ok(Self { pairs })
    }

    /// A value as written.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.pairs.iter().find(|(k, _)| *k == key).map(|(_, v)| *v).filter(|v| !v.is_empty())
    }

    /// A value with its percent escapes undone.
    pub(crate) fn decoded(&self, key: &str) -> Option<Cow<'a, str>> {
        self.get(key).map(decode)
    }

    /// What to call the row in a message.
    pub(crate) fn name(&self) -> &'a str {
        ["transcript_id", "ID", "Name", "Parent"]
            .iter()
            .find_map(|k| self.get(k))
            .unwrap_or("a row without ID")
    }

    /// The dialect whose keys the row has; none where it has neither `ID` nor `Parent`.
    pub(crate) fn dialect(&self) -> Option<Dialect> {
        if self.get("gbkey").is_some() {
            return Some(Dialect::RefSeq);
        }
        if self.get("gene_type").is_some() || self.get("transcript_type").is_some() {
            return Some(Dialect::Gencode);
        }
        let ensembl = ["ID", "Parent"]
            .iter()
            .filter_map(|k| self.get(k))
            .any(|v| v.starts_with("gene:") || v.starts_with("transcript:"));
        if ensembl {
            return Some(Dialect::Ensembl);
        }
        (self.get("ID").is_some() || self.get("Parent").is_some()).then_some(Dialect::Plain)
    }
}

/// Undoes `%2C` and the like (GFF3 specification 1.26, "Description of the format").
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        match escaped {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    match String::from_utf8(out) {
        Ok(text) => Cow::Owned(text),
        Err(_) => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_and_unescaped() {
        let row = Attributes::parse("ID=rna-NM_1.2;Dbxref=GeneID:5,HGNC:HGNC:7; note=a%2Cb%zz;").unwrap();
        assert_eq!(row.get("Dbxref"), Some("GeneID:5,HGNC:HGNC:7"));
        assert_eq!(row.decoded("note").unwrap(), "a,b%zz");
        assert_eq!(row.get("Name"), None);
    }

    #[test]
    fn gtf_is_named_as_such() {
        let message = Attributes::parse("gene_id \"ENSG1\"; transcript_id \"ENST1\";").err().unwrap();
        assert!(message.contains("GTF"), "{message}");
    }

    #[test]
    fn dialects_are_told_apart() {
        let dialect = |text: &'static str| Attributes::parse(text).unwrap().dialect();
        assert_eq!(dialect("ID=transcript:ENST1;biotype=x"), Some(Dialect::Ensembl));
        assert_eq!(dialect("ID=ENSG1.1;gene_type=x"), Some(Dialect::Gencode));
        assert_eq!(dialect("ID=gene-A;gbkey=Gene"), Some(Dialect::RefSeq));
        assert_eq!(dialect("ID=a;Parent=b"), Some(Dialect::Plain));
        assert_eq!(dialect("Name=a"), None);
    }
}
