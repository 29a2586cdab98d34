//! Targets from a BED file: `chrom start end gene transcript exon`, the last three optional.

use crate::model::contig::{Contig, ContigId, canonical_name};
use crate::model::gene::HgncId;
use crate::model::position::Interval;

use super::{RegionError, Target};

/// The targets in the bytes of a BED file, 0-based half-open as BED is. Comments, `track` and `browser` lines and
/// empty lines are passed over; a missing gene, transcript or exon is empty (exon 0), as is `.`.
///
/// # Errors
/// Bytes that are not text or have no region, and, with its line, a row with too few columns, with a
/// contig that `contigs` lacks, with positions that are not numbers, or with no bases.
pub fn regions(bed: &[u8], contigs: &[Contig]) -> Result<Vec<Target>, RegionError> {
    let refuse = |line: u64, problem: String| RegionError { line, problem };
    let text = std::str::from_utf8(bed)
        .map_err(|_| refuse(1, "not a text file; expected BED with tab-separated columns".to_owned()))?;
    let mut targets = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.trim().is_empty() || ["#", "track", "browser"].iter().any(|start| line.starts_with(start)) {
            continue;
        }
        targets.push(row(line, contigs).map_err(|problem| refuse(number, problem))?);
    }
    if targets.is_empty() {
        return Err(refuse(1, "no region in the file".to_owned()));
    }
    Ok(targets)
}

fn row(line: &str, contigs: &[Contig]) -> Result<Target, String> {
    let columns: Vec<&str> = if line.contains('\t') {
        line.split('\t').map(str::trim).collect()
    } else {
        line.split_whitespace().collect()
    };
    let &[chrom, start, end, ref rest @ ..] = columns.as_slice() else {
        return Err("fewer than three columns; expected chrom, start and end".to_owned());
    };
    let name = canonical_name(chrom);
    let contig = contigs
        .iter()
        .position(|contig| canonical_name(&contig.name) == name)
        .and_then(|index| u16::try_from(index).ok())
        .ok_or_else(|| format!("contig '{chrom}' is not in the reference"))?;
    let number = |text: &str, what: &str| {
        text.parse::<u32>().map_err(|_| format!("{what} '{text}' is not a position; expected a whole number"))
    };
    let (start, end) = (number(start, "start")?, number(end, "end")?);
    if start >= end {
        return Err(format!("start {start} is not before end {end}"));
    }
    let length = contigs[usize::from(contig)].length;
    if end > length {
        return Err(format!("end {end} is past the end of {chrom} ({length} bases); check the build"));
    }
    let field = |at: usize| rest.get(at).copied().filter(|text| *text != ".").unwrap_or_default();
    let exon = match field(2) {
        "" => 0,
        text => text.parse().map_err(|_| format!("exon '{text}' is not a number"))?,
    };
    Ok(Target {
        contig: ContigId(contig),
        interval: Interval::new(start, end),
        gene: field(0).to_owned(),
        hgnc_id: field(0).strip_prefix("HGNC:").and_then(|number| number.parse::<HgncId>().ok()),
        transcript: field(1).to_owned(),
        exon,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Target>, RegionError> {
        regions(text.as_bytes(), &[Contig { name: "chr1".to_owned(), length: 1_000 }])
    }

    #[test]
    fn rows_with_and_without_names() {
        let targets =
            read("track x\n# note\n1\t10\t20\tBRCA1\tNM_1.2\t3\r\n\nchr1\t30\t40\nchr1 50 60 HGNC:5 . .\n");
        let targets = targets.unwrap();
        assert_eq!(targets.len(), 3);
        assert_eq!(
            (targets[0].gene.as_str(), targets[0].transcript.as_str(), targets[0].exon),
            ("BRCA1", "NM_1.2", 3)
        );
        assert_eq!(targets[0].interval, Interval::new(10, 20));
        assert_eq!((targets[1].gene.as_str(), targets[1].exon), ("", 0));
        assert_eq!(targets[2].hgnc_id, Some(HgncId(5)));
        assert_eq!(targets[2].transcript, "");
    }

    #[test]
    fn a_bad_row_is_named_with_its_line() {
        for (row, part) in [
            ("chr1\t10", "fewer than three"),
            ("chr9\t10\t20", "'chr9' is not in the reference"),
            ("chr1\tten\t20", "start 'ten'"),
            ("chr1\t-1\t20", "start '-1'"),
            ("chr1\t20\t20", "not before"),
            ("chr1\t990\t1001", "past the end"),
            ("chr1\t1\t2\tG\tT\tfirst", "exon 'first'"),
        ] {
            let message = read(&format!("chr1\t1\t2\n{row}\n")).unwrap_err().to_string();
            assert!(message.contains("line 2") && message.contains(part), "{message}");
        }
        assert!(read("# nothing\n").unwrap_err().to_string().contains("no region"));
    }
}
