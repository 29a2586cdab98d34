//! Where a source looked: the difference between an allele it did not see and a place it cannot speak of.

use std::path::Path;

use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::reference::build::report::Tally;
use crate::reference::build::text::{self, Lines};
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;

/// Regions on contigs.
pub(super) type Regions = Vec<(ContigId, Interval)>;

/// Where a gVCF has blocks without variants, and where it has records.
#[derive(Debug, Default)]
pub(super) struct Places {
    blocks: Regions,
    records: Regions,
    /// There are many records and no block among them: the source is no gVCF.
    given_up: bool,
}

/// Places that are held before they are joined.
const MOST: usize = 1 << 20;

impl Places {
    /// Takes the places of a part of the source.
    pub(super) fn add(&mut self, blocks: Regions, records: Regions) {
        self.blocks.extend(blocks);
        if !self.given_up {
            self.records.extend(records);
        }
        if self.records.len() > MOST && self.blocks.is_empty() {
            // Without its records, a source whose blocks come this late speaks of less than it could: safe.
            self.given_up = true;
            self.records = Regions::new();
        }
        if self.records.len() + self.blocks.len() > MOST {
            self.blocks.append(&mut self.records);
            self.blocks = joined(std::mem::take(&mut self.blocks));
        }
    }

    /// The covered regions; `None` where the source has no blocks, called or not, and so does not say.
    pub(super) fn finish(mut self, has_uncalled: bool) -> Option<Regions> {
        if self.blocks.is_empty() && !has_uncalled {
            return None;
        }
        self.blocks.append(&mut self.records);
        Some(joined(self.blocks))
    }
}

/// In order, those that overlap or touch joined.
pub(super) fn joined(mut regions: Regions) -> Regions {
    regions.sort_by_key(|(contig, region)| (*contig, region.start, region.end));
    let mut out: Regions = Vec::new();
    for (contig, region) in regions.into_iter().filter(|(_, region)| !region.is_empty()) {
        match out.last_mut() {
            Some((last, interval)) if *last == contig && region.start <= interval.end => {
                interval.end = interval.end.max(region.end);
            }
            _ => out.push((contig, region)),
        }
    }
    out
}

/// Reads a BED file; rows on contigs that the genome lacks are counted in `unknown`.
///
/// # Errors
/// When the file cannot be read or may have been cut off, a row is no BED row, or one reaches past its contig's end.
pub(super) fn read_bed(path: &Path, genome: &Genome, unknown: &mut Tally) -> Result<Regions, ReferenceError> {
    text::check_last_line(path)?;
    let mut lines = Lines::open(path)?;
    let mut regions = Regions::new();
    while let Some(line) = lines.next_line()? {
        let is_comment = ["#", "track", "browser"].iter().any(|word| line.starts_with(word));
        if line.trim().is_empty() || is_comment {
            continue;
        }
        let columns: Vec<&str> = line.split(['\t', ' ']).take(3).collect();
        let number = |at: usize| columns.get(at).and_then(|text| text.parse::<u32>().ok());
        let (Some(start), Some(end)) = (number(1), number(2)) else {
            return Err(lines.error("expected contig, start and end of a BED row"));
        };
        let Some(contig) = genome.contig_id(columns[0]) else {
            unknown.add(|| columns[0].to_owned());
            continue;
        };
        let length = genome.contig(contig).length;
        if start > end || end > length {
            let name = &genome.contig(contig).name;
            return Err(lines.error(format!("{start}-{end} is not on {name}, which has {length} bases")));
        }
        regions.push((contig, Interval::new(start, end)));
    }
    Ok(joined(regions))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Regions, u64), String> {
        let genome =
            Genome::from_sequences(vec![("chr1".into(), vec![b'A'; 100]), ("2".into(), vec![b'A'; 9])]);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mut unknown = Tally::default();
        let regions = read_bed(file.path(), &genome, &mut unknown).map_err(|e| e.to_string())?;
        Ok((regions, unknown.count))
    }

    #[test]
    fn regions_are_joined_and_in_order() {
        let (regions, unknown) =
            read("# c\ntrack x\n2\t0\t9\n1\t50\t60\tname\n1\t10\t20\n1\t20\t30\n7\t1\t2\n1\t55\t58\n")
                .unwrap();
        let expected = [(0, 10, 30), (0, 50, 60), (1, 0, 9)];
        let expected = expected.map(|(c, s, e)| (ContigId(c), Interval::new(s, e)));
        assert_eq!((regions.as_slice(), unknown), (expected.as_slice(), 1));
        for (text, words) in
            [("1\tx\t5\n", "line 1"), ("1\t1\t2\n1\t9\t5\n", "line 2"), ("2\t0\t10\n", "9 bases")]
        {
            assert!(read(text).unwrap_err().contains(words), "{text}");
        }
    }
}
