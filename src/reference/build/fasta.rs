//! Reading a FASTA, plain, gzipped or bgzipped.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::contig::canonical_name;
use crate::reference::error::ReferenceError;
use crate::reference::genome::GenomeBuilder;

use super::text::Lines;

/// Reads every sequence. Lower case (soft masking) is the same as upper case; IUPAC codes other than A, C, G
/// and T are unknown bases.
///
/// # Errors
/// When the file cannot be read, holds letters that are no bases, or names one contig twice in any of its
/// spellings.
pub(crate) fn read(path: &Path) -> Result<GenomeBuilder, ReferenceError> {
    let mut lines = Lines::open(path)?;
    let mut builder = GenomeBuilder::default();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    while lines.advance()? {
        let line = lines.last_line()?;
        if let Some(heading) = line.strip_prefix('>') {
            let name = heading.split_ascii_whitespace().next().unwrap_or_default().to_owned();
            if name.is_empty() {
                return Err(lines.error("a sequence without a name"));
            }
            if let Some(before) = names.insert(canonical_name(&name).to_owned(), name.clone()) {
                return Err(lines.error(format!("contig {name} is repeated, first as {before}")));
            }
            if names.len() >= usize::from(u16::MAX) {
                return Err(lines.error("more contigs than a bundle can hold; remove the unplaced ones"));
            }
            builder.start(&name);
            continue;
        }
        let bases = line.trim_end();
        if bases.is_empty() {
            continue;
        }
        if names.is_empty() {
            return Err(lines.error("expected a FASTA heading ('>name')"));
        }
        if let Some(other) = bases.bytes().find(|&b| b != b'N' && !is_base(b)) {
            return Err(lines.error(format!("'{}' is not a base", char::from(other).escape_default())));
        }
        builder.extend(bases.as_bytes());
        if builder.contigs_too_long() {
            return Err(lines.error("a contig of more than 2,147,483,647 bases"));
        }
    }
    if names.is_empty() {
        return Err(ReferenceError::source_file(path, "holds no sequence"));
    }
    Ok(builder)
}

/// IUPAC nucleotide codes in either case.
fn is_base(byte: u8) -> bool {
    matches!(byte.to_ascii_uppercase(), b'A' | b'C' | b'G' | b'T' | b'U' | b'N' | b'R' | b'Y' | b'K' | b'M')
        || matches!(byte.to_ascii_uppercase(), b'S' | b'W' | b'B' | b'D' | b'H' | b'V')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::contig::ContigId;
    use crate::model::position::Interval;
    use crate::reference::genome::Genome;

    fn read_text(text: &str) -> Result<Genome, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read(file.path()).map(|b| Genome::from_builder(&b)).map_err(|e| e.to_string())
    }

    #[test]
    fn sequences_are_read_whatever_their_case_and_line_length() {
        let genome = read_text(">chr1 description\nacGT\r\nRN\n\n>2\nA").unwrap();
        assert_eq!(genome.bases(ContigId(0), Interval::new(0, 6)), b"ACGTNN");
        assert_eq!(
            (genome.contig(ContigId(0)).name.as_str(), genome.contig(ContigId(1)).length),
            ("chr1", 1)
        );
    }

    #[test]
    fn what_is_no_fasta_is_refused_with_its_line() {
        for (text, words) in [
            ("", "no sequence"),
            ("ACGT\n", "line 1: expected a FASTA heading"),
            (">\nACGT", "without a name"),
            (">1\nAC-T\n", "line 2: '-'"),
            (">1\nA\n>chr1\nA\n", "line 3: contig chr1 is repeated, first as 1"),
        ] {
            let message = read_text(text).unwrap_err();
            assert!(message.contains(words), "{message}");
        }
    }
}
