//! Genes by interval, from a BED file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::model::contig::canonical_name;
use crate::model::position::Interval;

/// Why a BED file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BedError {
    /// It cannot be read.
    #[error("{}: cannot be read: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line makes no sense.
    #[error("{} line {line}: {reason}", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// 1-based line.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// One line of a BED file.
pub(super) struct BedLine {
    pub number: usize,
    pub contig: String,
    pub interval: Interval,
    pub name: Option<String>,
}

/// The lines of a BED file, 0-based half-open as the format is; headings and comments left out.
pub(super) fn bed_lines(path: &Path) -> Result<Vec<BedLine>, BedError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| BedError::Io { file: path.to_path_buf(), source })?;
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.is_empty() || ["#", "track", "browser"].iter().any(|p| line.starts_with(p)) {
            continue;
        }
        let number = index + 1;
        let fault = |reason: &str| BedError::Line {
            file: path.to_path_buf(),
            line: number,
            reason: reason.to_owned(),
        };
        let cells: Vec<&str> = match line.contains('\t') {
            true => line.split('\t').collect(),
            false => line.split_whitespace().collect(),
        };
        let (Some(contig), Some(start), Some(end)) = (cells.first(), cells.get(1), cells.get(2)) else {
            return Err(fault("a BED line has contig, start and end"));
        };
        let number_of =
            |text: &str| text.trim().parse::<u32>().map_err(|_| fault("start and end must be whole numbers"));
        let (start, end) = (number_of(start)?, number_of(end)?);
        if start > end {
            return Err(fault("the interval ends before it starts"));
        }
        let name = cells.get(3).map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
        lines.push(BedLine {
            number,
            contig: (*contig).to_owned(),
            interval: Interval::new(start, end),
            name,
        });
    }
    Ok(lines)
}

/// Intervals with the index of their gene, by start, and the greatest length among them.
#[derive(Default)]
struct OnContig {
    intervals: Vec<(Interval, usize)>,
    longest: u32,
}

/// Genes by place. A gene of several lines is one group.
#[derive(Default)]
pub struct Groups {
    /// Names in order of first appearance.
    pub names: Vec<String>,
    /// Per gene and contig, the end of its last interval.
    ends: Vec<BTreeMap<String, u32>>,
    contigs: BTreeMap<String, OnContig>,
}

impl Groups {
    /// Reads a BED file whose fourth column names the gene.
    ///
    /// # Errors
    /// When the file cannot be read, or a line of it makes no sense.
    pub fn read(path: &Path) -> Result<Self, BedError> {
        let mut groups = Self::default();
        let mut indices: BTreeMap<String, usize> = BTreeMap::new();
        for line in bed_lines(path)? {
            let Some(name) = line.name else {
                return Err(BedError::Line {
                    file: path.to_path_buf(),
                    line: line.number,
                    reason: "has no name in the fourth column; it names the gene".to_owned(),
                });
            };
            let index = *indices.entry(name.clone()).or_insert_with(|| {
                groups.names.push(name);
                groups.ends.push(BTreeMap::new());
                groups.names.len() - 1
            });
            let contig = canonical_name(&line.contig).to_owned();
            let end = groups.ends[index].entry(contig.clone()).or_default();
            *end = (*end).max(line.interval.end);
            let on = groups.contigs.entry(contig).or_default();
            on.longest = on.longest.max(line.interval.len());
            on.intervals.push((line.interval, index));
        }
        groups.contigs.values_mut().for_each(|on| on.intervals.sort_unstable());
        Ok(groups)
    }

    /// Genes that an interval touches, in order of first appearance. An empty interval touches where its base
    /// would be.
    pub fn at(&self, canonical_contig: &str, interval: Interval) -> Vec<usize> {
        let Some(on) = self.contigs.get(canonical_contig) else { return Vec::new() };
        let wanted = Interval::new(interval.start, interval.end.max(interval.start + 1));
        let from = on.intervals.partition_point(|(i, _)| i.start < wanted.start.saturating_sub(on.longest));
        let mut found: Vec<usize> = on.intervals[from..]
            .iter()
            .take_while(|(i, _)| i.start < wanted.end)
            .filter(|(i, _)| i.overlaps(wanted))
            .map(|(_, group)| *group)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// End of the gene's last interval on a contig.
    pub fn end(&self, group: usize, canonical_contig: &str) -> u32 {
        self.ends[group].get(canonical_contig).copied().unwrap_or(0)
    }
}
