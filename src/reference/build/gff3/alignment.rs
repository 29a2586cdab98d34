//! `cDNA_match` rows: how a RefSeq transcript that differs from the genome is aligned to it.
//!
//! The `Gap` attribute lists operations along the transcript: `M` aligned bases, `I` bases of the
//! transcript that the genome lacks, `D` bases of the genome that the transcript lacks (GFF3 specification
//! 1.26, "The Gap attribute").

use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::model::transcript::{Exon, Strand};

use super::attributes::Attributes;

/// One aligned stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AlignmentRow {
    pub contig: ContigId,
    pub strand: Strand,
    /// On the genome, 0-based half-open.
    pub interval: Interval,
    /// On the transcript, 0-based half-open.
    pub target: Interval,
    /// Gap operations in transcript order.
    pub gap: Option<Vec<(u8, u32)>>,
}

/// Reads a row; `None` where it aligns against the direction of the transcript, which is no transcript.
pub(crate) fn row(
    contig: ContigId,
    interval: Interval,
    strand: Option<Strand>,
    attributes: &Attributes<'_>,
) -> Result<Option<(String, AlignmentRow)>, String> {
    let target = attributes.decoded("Target").ok_or("a cDNA_match row without Target")?;
    let mut words = target.split(' ');
    let name = words.next().unwrap_or_default().to_owned();
    let numbers =
        (words.next().and_then(|w| w.parse::<u32>().ok()), words.next().and_then(|w| w.parse::<u32>().ok()));
    let (Some(first), Some(last)) = numbers else {
        return Err(format!("Target is '{target}'; expected ID FIRST LAST STRAND"));
    };
    if first == 0 || last < first {
        return Err(format!("Target positions {first} to {last} are not a 1-based interval"));
    }
    let forward_target = words.next().is_none_or(|w| w == "+");
    let strand = match (strand, forward_target) {
        (Some(strand), true) => strand,
        (Some(Strand::Forward), false) => Strand::Reverse,
        _ => return Ok(None),
    };
    let gap = attributes.decoded("Gap").map(|g| operations(&g)).transpose()?;
    Ok(Some((name, AlignmentRow { contig, strand, interval, target: Interval::new(first - 1, last), gap })))
}

fn operations(text: &str) -> Result<Vec<(u8, u32)>, String> {
    text.split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let length = word.get(1..).and_then(|n| n.parse::<u32>().ok());
            match (word.as_bytes().first(), length) {
                (Some(&kind @ (b'M' | b'I' | b'D')), Some(length)) => Ok((kind, length)),
                _ => Err(format!("Gap operation '{word}'; expected M, I or D and a number")),
            }
        })
        .collect()
}

/// The gapless blocks of all rows in transcript order, and the transcript offsets of those before which the genome holds
/// bases of the same row that the transcript lacks; `None` where the rows do not add up.
pub(crate) fn blocks(rows: &[AlignmentRow], strand: Strand) -> Option<(Vec<Exon>, Vec<u32>)> {
    let mut rows: Vec<&AlignmentRow> = rows.iter().collect();
    rows.sort_by_key(|r| r.target);
    let (mut blocks, mut lacking): (Vec<Exon>, Vec<u32>) = (Vec::new(), Vec::new());
    for row in rows {
        if blocks.last().is_some_and(|b| b.cdna_start + b.len() > row.target.start) {
            return None;
        }
        let whole = [(b'M', row.interval.len())];
        let (mut used, mut cdna) = (0u32, row.target.start);
        let mut aligned_to = None;
        for &(kind, length) in row.gap.as_deref().unwrap_or(&whole) {
            match kind {
                b'M' if length > 0 => {
                    let end = used.checked_add(length).filter(|&e| e <= row.interval.len())?;
                    let (start, end) = match strand {
                        Strand::Forward => (row.interval.start + used, row.interval.start + end),
                        Strand::Reverse => (row.interval.end - end, row.interval.end - used),
                    };
                    blocks.push(Exon { start, end, cdna_start: cdna });
                    if aligned_to.is_some_and(|to| to < used) {
                        lacking.push(cdna);
                    }
                    used += length;
                    aligned_to = Some(used);
                    cdna = cdna.checked_add(length)?;
                }
                b'I' => cdna = cdna.checked_add(length)?,
                _ => used = used.checked_add(length)?,
            }
        }
        if used != row.interval.len() || cdna != row.target.end {
            return None;
        }
    }
    Some((blocks, lacking))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(interval: Interval, strand: Strand, text: &str) -> AlignmentRow {
        let attributes = Attributes::parse(text).unwrap();
        row(ContigId(0), interval, Some(strand), &attributes).unwrap().unwrap().1
    }

    fn exon(start: u32, end: u32, cdna_start: u32) -> Exon {
        Exon { start, end, cdna_start }
    }

    #[test]
    fn gaps_cut_an_exon_into_blocks_on_both_strands() {
        let text = "ID=x;Target=NM_1.2 1 12 +;Gap=M4 I2 M3 D5 M3";
        let row = parsed(Interval::new(100, 115), Strand::Forward, text);
        let forward = blocks(&[row], Strand::Forward).unwrap();
        assert_eq!(forward.0, [exon(100, 104, 0), exon(104, 107, 6), exon(112, 115, 9)]);
        assert_eq!(forward.1, [9], "five bases of the genome that the transcript lacks");
        let row = parsed(Interval::new(100, 115), Strand::Reverse, text);
        let reverse = blocks(&[row], Strand::Reverse).unwrap();
        assert_eq!(reverse.0, [exon(111, 115, 0), exon(108, 111, 6), exon(100, 103, 9)]);
        assert_eq!(reverse.1, [9]);
    }

    #[test]
    fn rows_that_do_not_add_up_are_not_used() {
        for text in
            ["Target=NM_1.2 1 12 +;Gap=M4 I2 M3 D5 M2", "Target=NM_1.2 1 12 +;Gap=M40", "Target=NM_1.2 1 9 +"]
        {
            let row = parsed(Interval::new(100, 115), Strand::Forward, text);
            assert_eq!(blocks(&[row], Strand::Forward), None, "{text}");
        }
        for text in ["Target=NM_1.2 0 12 +", "Target=NM_1.2 x", "ID=x", "Target=NM_1.2 1 5 +;Gap=M2 Q3"] {
            let attributes = Attributes::parse(text).unwrap();
            assert!(
                row(ContigId(0), Interval::new(0, 5), Some(Strand::Forward), &attributes).is_err(),
                "{text}"
            );
        }
    }
}
