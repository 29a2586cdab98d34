//! The header: contigs, declared fields, sample columns.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::read::error::ReadError;

/// Most contigs a header may declare (the largest assemblies have some thousands).
const MOST_CONTIGS: usize = 60_000;

/// How many values a FORMAT or INFO key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// One per ALT.
    A,
    /// One per allele, reference first.
    R,
    /// Any (`.`), per genotype (`G`), or whatever else is written.
    Other,
    /// A fixed number.
    Fixed(u32),
}

/// What a header says.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Sample columns in order.
    pub samples: Vec<String>,
    /// Contigs in order, with length where given.
    pub contigs: Vec<(String, Option<u32>)>,
    /// Number of each FORMAT key.
    pub formats: BTreeMap<String, Number>,
    /// True when it declares `<NON_REF>` or `<*>`, or reference blocks.
    pub is_gvcf: bool,
    /// BCF: names of FILTER, INFO and FORMAT keys by number.
    pub strings: BTreeMap<usize, String>,
    /// BCF: contig names by number.
    pub contig_numbers: BTreeMap<usize, String>,
    /// What was accepted with a remark.
    pub warnings: Vec<String>,
    declared: BTreeSet<String>,
}

/// The columns that a VCF must have.
const FIXED: [&[u8]; 8] = [b"#CHROM", b"POS", b"ID", b"REF", b"ALT", b"QUAL", b"FILTER", b"INFO"];

/// Length of the header at the start of `data`, including the line feed of the `#CHROM` line; absent when
/// it does not end within.
///
/// # Errors
/// The 1-based number of the first line that cannot belong to a header.
pub fn length(data: &[u8], at_end: bool) -> Result<Option<usize>, u64> {
    let (mut at, mut line) = (0, 1);
    loop {
        let rest = &data[at..];
        let end = memchr::memchr(b'\n', rest);
        let is_meta = rest.starts_with(b"##") || (line == 1 && rest.starts_with(b"\xEF\xBB\xBF##"));
        if !is_meta && rest.len() >= 5 {
            let blank = rest.starts_with(b"\n") || rest.starts_with(b"\r\n");
            if !rest.starts_with(b"#") && !blank {
                return Err(line);
            }
            if rest.starts_with(b"#") {
                return Ok(end.map(|e| at + e + 1).or(at_end.then_some(data.len())));
            }
        }
        match end {
            Some(end) => at += end + 1,
            None if at_end => return Err(line),
            None => return Ok(None),
        }
        line += 1;
    }
}

impl Header {
    /// Reads header text that ends with the `#CHROM` line.
    ///
    /// # Errors
    /// [`ReadError::Header`] without a proper `#CHROM` line, and [`ReadError::DuplicateSample`].
    pub fn parse(text: &[u8], file: &Path) -> Result<Self, ReadError> {
        let mut header = Self::default();
        header.strings.insert(0, "PASS".to_owned());
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let mut columns = None;
        for (index, raw) in text.split(|&b| b == b'\n').enumerate() {
            let line = raw.strip_suffix(b"\r").unwrap_or(raw);
            if index == 0 && !line.starts_with(b"##fileformat=VCFv4") {
                header.warnings.push("the first line is not ##fileformat=VCFv4.x".to_owned());
            }
            if let Some(meta) = line.strip_prefix(b"##") {
                header.meta(&String::from_utf8_lossy(meta));
            } else if line.starts_with(b"#") {
                columns = Some((index as u64 + 1, line));
            }
        }
        let fail = |line, reason: &str| ReadError::Header {
            file: file.to_path_buf(),
            line,
            reason: reason.to_owned(),
        };
        if header.contigs.len() > MOST_CONTIGS {
            return Err(fail(None, "declares more than 60,000 contigs; check that the file is a VCF"));
        }
        let (number, line) = columns.ok_or_else(|| {
            fail(None, "there is no #CHROM line; the file is not a VCF, or its header is missing")
        })?;
        let cells: Vec<&[u8]> = line.split(|&b| b == b'\t').collect();
        if cells.len() < FIXED.len() || cells.iter().zip(FIXED).any(|(cell, fixed)| *cell != fixed) {
            let reason = "the #CHROM line must have #CHROM POS ID REF ALT QUAL FILTER INFO, separated by tabs; \
                          restore the header (bcftools reheader)";
            return Err(fail(Some(number), reason));
        }
        if cells.get(8).is_some_and(|c| *c != b"FORMAT") {
            return Err(fail(
                Some(number),
                "the ninth column must be FORMAT; restore the header (bcftools reheader)",
            ));
        }
        let mut seen = BTreeSet::new();
        for cell in cells.iter().skip(9) {
            let sample = String::from_utf8_lossy(cell).into_owned();
            if sample.is_empty() {
                return Err(fail(Some(number), "a sample column has no name; restore the header"));
            }
            if !seen.insert(sample.clone()) {
                return Err(ReadError::DuplicateSample { file: file.to_path_buf(), sample });
            }
            header.samples.push(sample);
        }
        Ok(header)
    }

    fn meta(&mut self, meta: &str) {
        let Some((key, value)) = meta.split_once('=') else { return };
        if key.starts_with("GVCFBlock") {
            self.is_gvcf = true;
        }
        let Some(body) = value.trim().strip_prefix('<') else { return };
        let fields = fields(body.strip_suffix('>').unwrap_or(body));
        let get = |name: &str| fields.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str());
        let Some(id) = get("ID") else { return };
        let index = get("IDX").and_then(|v| v.parse::<usize>().ok()).filter(|i| *i < 10_000_000);
        match key {
            "contig" => {
                if !self.declared.insert(id.to_owned()) && index.is_none() {
                    self.warnings.push(format!("contig {} is declared twice", id.escape_debug()));
                    return;
                }
                self.contig_numbers.insert(index.unwrap_or(self.contigs.len()), id.to_owned());
                let length = get("length").and_then(|v| v.parse().ok()).filter(|l| *l > 0);
                self.contigs.push((id.to_owned(), length));
            }
            "ALT" => self.is_gvcf |= matches!(id, "NON_REF" | "*"),
            "FILTER" | "INFO" | "FORMAT" => {
                if key == "FORMAT" {
                    let number = match get("Number") {
                        Some("A") => Number::A,
                        Some("R") => Number::R,
                        Some(n) => n.parse().map_or(Number::Other, Number::Fixed),
                        None => Number::Other,
                    };
                    self.formats.insert(id.to_owned(), number);
                }
                match index {
                    Some(index) => {
                        self.strings.insert(index, id.to_owned());
                    }
                    None if self.strings.values().any(|known| known == id) => {}
                    None => {
                        let next = self.strings.last_key_value().map_or(0, |(last, _)| last + 1);
                        self.strings.insert(next, id.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
}

/// The `key=value` pairs of a structured line; a value may be quoted and then hold commas.
fn fields(body: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut key, mut value) = (String::new(), String::new());
    let (mut in_value, mut quoted, mut escaped) = (false, false, false);
    for c in body.chars() {
        match c {
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                found.push((std::mem::take(&mut key), std::mem::take(&mut value)));
                in_value = false;
            }
            '=' if !in_value => in_value = true,
            _ if in_value => value.push(c),
            _ => key.push(c),
        }
    }
    found.push((key, value));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Header, ReadError> {
        Header::parse(text.as_bytes(), Path::new("a.vcf"))
    }

    const COLUMNS: &str = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";

    #[test]
    fn contigs_samples_formats_and_dictionaries() {
        let header = parse(&format!(
            "##fileformat=VCFv4.2\r\n##FILTER=<ID=PASS,Description=\"All\">\n##FILTER=<ID=q10,Description=\"a, \\\"b\\\", ID=x\">\n\
             ##INFO=<ID=DP,Number=1>\n##FORMAT=<ID=AD,Number=R>\n##FORMAT=<ID=DP,Number=1>\n##contig=<ID=1,length=10>\n##contig=<ID=HLA:1>\n\
             ##ALT=<ID=NON_REF,Description=\"x\">\n{COLUMNS}\tFORMAT\ta\tb\r\n"
        ))
        .unwrap();
        assert_eq!(header.samples, ["a", "b"]);
        assert_eq!(header.contigs, [("1".to_owned(), Some(10)), ("HLA:1".to_owned(), None)]);
        assert_eq!(header.formats["AD"], Number::R);
        assert!(header.is_gvcf && header.warnings.is_empty());
        let strings: Vec<_> = header.strings.values().map(String::as_str).collect();
        assert_eq!(strings, ["PASS", "q10", "DP", "AD"]);
    }

    #[test]
    fn faults_are_refused() {
        let refused = |text: String, word: &str| {
            let error = parse(&text).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        };
        refused("##fileformat=VCFv4.2\n".to_owned(), "no #CHROM line");
        refused(format!("##fileformat=VCFv4.2\n{}\n", COLUMNS.replace('\t', " ")), "separated by tabs");
        refused(format!("##fileformat=VCFv4.2\n{COLUMNS}\tFORMAT\ta\ta\n"), "two sample columns");
        refused(format!("{COLUMNS}\tSAMPLE\ta\n"), "FORMAT");
    }

    #[test]
    fn the_end_of_the_header_is_found() {
        let text = format!("##a\n{COLUMNS}\n1\t2");
        let end = text.len() - 3;
        assert_eq!(length(text.as_bytes(), false), Ok(Some(end)));
        assert_eq!(length(&text.as_bytes()[..end - 1], false), Ok(None));
        assert_eq!(length(&text.as_bytes()[..end - 1], true), Ok(Some(end - 1)));
        assert_eq!(length(b"##a\nchr1\t5\n", false), Err(2));
        assert_eq!(length(b"##a\n", true), Err(2));
    }
}
