//! Header lines: kept as they are, with lines taken out and put in.
//!
//! Source: VCF 4.3 specification, sections 1.4 (meta-information lines) and 6.2.1 (the dictionaries of BCF).

use std::collections::BTreeMap;

/// What a structured header line (`##INFO=<ID=…,…>`) declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// `INFO`, `FORMAT`, `FILTER`, `contig` or another.
    pub kind: String,
    /// `ID`.
    pub id: String,
    /// `Type`; empty where there is none.
    pub value_type: String,
    /// `IDX`, the number in BCF, where written.
    pub number: Option<usize>,
}

/// The header of a file, line by line, without line feeds.
#[derive(Clone, Debug)]
pub struct HeaderLines {
    lines: Vec<Vec<u8>>,
    columns: Vec<u8>,
}

impl HeaderLines {
    /// Takes header text apart, the `#CHROM` line last.
    pub fn new(text: &[u8]) -> Self {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let mut lines: Vec<Vec<u8>> = text.split(|&b| b == b'\n').map(<[u8]>::to_vec).collect();
        let columns = lines.pop().unwrap_or_default();
        Self { lines, columns }
    }

    /// All of it, each line with a line feed.
    pub fn text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for line in self.lines.iter().chain([&self.columns]) {
            text.extend_from_slice(line);
            text.push(b'\n');
        }
        text
    }

    /// Number of sample columns.
    pub fn samples(&self) -> usize {
        self.columns.split(|&b| b == b'\t').count().saturating_sub(9)
    }

    /// What the structured lines declare, in order.
    pub fn declared(&self) -> impl Iterator<Item = Declared> + '_ {
        self.lines.iter().filter_map(|line| declared(line))
    }

    /// True where a line of this kind declares `id`.
    pub fn declares(&self, kind: &str, id: &str) -> bool {
        self.declared().any(|d| d.kind == kind && d.id == id)
    }

    /// Takes out the lines of this kind that declare `id`; true when there was one.
    pub fn remove(&mut self, kind: &str, id: &str) -> bool {
        let before = self.lines.len();
        self.lines.retain(|line| declared(line).is_none_or(|d| d.kind != kind || d.id != id));
        self.lines.len() < before
    }

    /// Takes out the lines that begin so.
    pub fn remove_starting(&mut self, start: &str) {
        self.lines.retain(|line| !line.starts_with(start.as_bytes()));
    }

    /// Puts a line in front of the `#CHROM` line, with the line ending of the others.
    pub fn push(&mut self, line: &str) {
        let mut line = line.as_bytes().to_vec();
        if self.columns.ends_with(b"\r") {
            line.push(b'\r');
        }
        self.lines.push(line);
    }

    /// Takes out the numbers of BCF, which mean nothing in a VCF.
    pub fn strip_numbers(&mut self) {
        for line in &mut self.lines {
            if let Some((from, to)) = number_field(line) {
                line.drain(from..to);
            }
        }
    }

    /// Makes it the header of a BCF: every key and contig gets the number that it stands under, written as `IDX`.
    /// Lines that have one keep it. `PASS` is declared first, as number 0. Carriage returns are taken out.
    pub fn number(&mut self) -> Numbers {
        for line in self.lines.iter_mut().chain([&mut self.columns]) {
            if line.ends_with(b"\r") {
                line.pop();
            }
        }
        if !self.declares("FILTER", "PASS") {
            let at = usize::from(self.lines.first().is_some_and(|l| l.starts_with(b"##fileformat")));
            self.lines.insert(at, br#"##FILTER=<ID=PASS,Description="All filters passed">"#.to_vec());
        }
        let all: Vec<Declared> = self.declared().collect();
        let mut numbers = Numbers::default();
        numbers.strings.insert("PASS".to_owned(), 0);
        for known in &all {
            if let (Some(number), Some(names)) = (known.number, numbers.names(&known.kind)) {
                names.insert(known.id.clone(), number);
            }
        }
        let mut next_contig = numbers.contigs.values().max().map_or(0, |last| last + 1);
        let mut next_string = numbers.strings.values().max().map_or(0, |last| last + 1);
        for known in &all {
            let next = if known.kind == "contig" { &mut next_contig } else { &mut next_string };
            let Some(names) = numbers.names(&known.kind) else { continue };
            names.entry(known.id.clone()).or_insert_with(|| {
                *next += 1;
                *next - 1
            });
        }
        for known in all {
            if known.kind == "INFO" {
                numbers.info_types.entry(known.id).or_insert(known.value_type);
            } else if known.kind == "FORMAT" {
                numbers.format_types.entry(known.id).or_insert(known.value_type);
            }
        }
        for line in &mut self.lines {
            let Some(known) = declared(line).filter(|d| d.number.is_none()) else { continue };
            let number = numbers.names(&known.kind).and_then(|names| names.get(&known.id).copied());
            if let (Some(number), Some(b'>')) = (number, line.last()) {
                line.pop();
                line.extend_from_slice(format!(",IDX={number}>").as_bytes());
            }
        }
        numbers
    }
}

/// The numbers that names stand under in a BCF, and the declared types.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// FILTER, INFO and FORMAT.
    pub strings: BTreeMap<String, usize>,
    /// Contigs.
    pub contigs: BTreeMap<String, usize>,
    /// `Type` of INFO keys.
    pub info_types: BTreeMap<String, String>,
    /// `Type` of FORMAT keys.
    pub format_types: BTreeMap<String, String>,
}

impl Numbers {
    fn names(&mut self, kind: &str) -> Option<&mut BTreeMap<String, usize>> {
        match kind {
            "INFO" | "FORMAT" | "FILTER" => Some(&mut self.strings),
            "contig" => Some(&mut self.contigs),
            _ => None,
        }
    }
}

/// Where the `,IDX=…` of a structured line stands.
fn number_field(line: &[u8]) -> Option<(usize, usize)> {
    let open = memchr::memchr(b'<', line)?;
    let mut quoted = false;
    let mut at = open;
    while at < line.len() {
        match line[at] {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b',' if !quoted && line[at..].starts_with(b",IDX=") => {
                let digits = line[at + 5..].iter().take_while(|b| b.is_ascii_digit()).count();
                return Some((at, at + 5 + digits));
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Reads a structured line.
fn declared(line: &[u8]) -> Option<Declared> {
    let text = String::from_utf8_lossy(line);
    let (kind, value) = text.strip_prefix("##")?.split_once('=')?;
    let body = value.trim_end().strip_prefix('<')?;
    let body = body.strip_suffix('>').unwrap_or(body);
    let mut found =
        Declared { kind: kind.to_owned(), id: String::new(), value_type: String::new(), number: None };
    for (key, value) in fields(body) {
        match key {
            "ID" if found.id.is_empty() => found.id = value.trim_matches('"').to_owned(),
            "Type" => found.value_type = value.to_owned(),
            "IDX" => found.number = value.parse().ok(),
            _ => {}
        }
    }
    (!found.id.is_empty()).then_some(found)
}

/// The `key=value` pairs of a structured line, split at commas outside quotes.
fn fields(body: &str) -> impl Iterator<Item = (&str, &str)> {
    let (mut quoted, mut escaped) = (false, false);
    body.split(move |c| {
        let ends = c == ',' && !quoted;
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        ends
    })
    .filter_map(|field| field.split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "##fileformat=VCFv4.2\n\
        ##FILTER=<ID=q10,Description=\"a, \\\"b\\\", IDX=9\">\n\
        ##INFO=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n\
        ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n\
        ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n\
        ##contig=<ID=chr1,length=10>\n##contig=<ID=chr2>\n\
        #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb\n";

    #[test]
    fn text_comes_back_as_it_was() {
        let header = HeaderLines::new(TEXT.as_bytes());
        assert_eq!(header.text(), TEXT.as_bytes());
        assert_eq!(header.samples(), 2);
        assert!(header.declares("INFO", "DP") && !header.declares("INFO", "GT"));
    }

    #[test]
    fn lines_go_in_before_the_columns_with_the_files_own_ending() {
        let mut header = HeaderLines::new(TEXT.replace('\n', "\r\n").as_bytes());
        header.push("##x=y");
        assert!(header.remove("INFO", "DP"));
        let text = String::from_utf8(header.text()).unwrap();
        assert!(text.contains("\r\n##x=y\r\n#CHROM") && !text.contains("INFO=<ID=DP"), "{text}");
    }

    #[test]
    fn numbers_are_given_in_order_and_shared_by_a_name() {
        let mut header = HeaderLines::new(TEXT.as_bytes());
        let numbers = header.number();
        let expected = [("PASS", 0), ("q10", 1), ("DP", 2), ("GT", 3)];
        assert_eq!(numbers.strings, expected.map(|(n, i)| (n.to_owned(), i)).into());
        assert_eq!(numbers.contigs["chr2"], 1);
        let text = String::from_utf8(header.text()).unwrap();
        assert!(text.starts_with("##fileformat=VCFv4.2\n##FILTER=<ID=PASS,"), "{text}");
        assert!(text.contains("##contig=<ID=chr2,IDX=1>") && text.contains("IDX=9\",IDX=1>"), "{text}");
        let once = header.text();
        header.number();
        assert_eq!(header.text(), once, "numbers are kept");
        header.strip_numbers();
        let pass = "##FILTER=<ID=PASS,Description=\"All filters passed\">\n";
        assert_eq!(String::from_utf8(header.text()).unwrap().replace(pass, ""), TEXT);
    }

    #[test]
    fn a_new_key_comes_after_those_that_have_numbers() {
        let mut header = HeaderLines::new(TEXT.as_bytes());
        header.number();
        header.push("##INFO=<ID=CSQ,Number=.,Type=String,Description=\"c\">");
        assert_eq!(header.number().strings["CSQ"], 4);
    }
}
