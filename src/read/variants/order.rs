//! Records must be sorted, and those of one contig must stand together.

use std::collections::BTreeSet;
use std::path::Path;

use super::vcf::record::{Place, show};
use crate::read::error::ReadError;

/// Consecutive records of one contig in non-descending order.
#[derive(Clone, Debug)]
pub(super) struct Run {
    contig: Vec<u8>,
    first: u32,
    last: u32,
    /// Number of the first record.
    number: u64,
}

/// Adds a record to the runs of its chunk.
pub(super) fn note(runs: &mut Vec<Run>, (contig, position): Place<'_>, number: u64) {
    match runs.last_mut() {
        Some(run) if run.contig == contig && run.last <= position => run.last = position,
        _ => runs.push(Run { contig: contig.to_vec(), first: position, last: position, number }),
    }
}

/// The order of the file so far.
#[derive(Debug, Default)]
pub(super) struct Order {
    last: Option<(Vec<u8>, u32)>,
    seen: BTreeSet<Vec<u8>>,
}

impl Order {
    /// The contigs met, by the file's names.
    pub(super) fn contigs(&self) -> impl Iterator<Item = &[u8]> {
        self.seen.iter().map(Vec::as_slice)
    }

    /// Contig and position of the last record.
    pub(super) fn last(&self) -> Option<(&[u8], u32)> {
        self.last.as_ref().map(|(contig, position)| (contig.as_slice(), *position))
    }

    /// Appends the runs of the next chunk.
    pub(super) fn follow(&mut self, runs: &[Run], file: &Path) -> Result<(), ReadError> {
        for run in runs {
            let fail = |reason: String| {
                Err(ReadError::Unsorted {
                    file: file.to_path_buf(),
                    record: run.number,
                    place: format!("{}:{}", show(&run.contig), run.first),
                    reason,
                })
            };
            match &mut self.last {
                Some((contig, last)) if *contig == run.contig => {
                    if run.first < *last {
                        return fail(format!("it follows position {last}, so the file is not sorted"));
                    }
                    *last = run.last;
                }
                _ => {
                    if !self.seen.insert(run.contig.clone()) {
                        return fail(
                            "the contig appears again after another, so the file is not sorted".to_owned(),
                        );
                    }
                    self.last = Some((run.contig.clone(), run.last));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chunks: &[&[(&str, u32)]]) -> Result<(), ReadError> {
        let mut order = Order::default();
        let mut number = 0;
        for chunk in chunks {
            let mut runs = Vec::new();
            for (contig, position) in *chunk {
                number += 1;
                note(&mut runs, (contig.as_bytes(), *position), number);
            }
            order.follow(&runs, Path::new("x.vcf"))?;
        }
        Ok(())
    }

    #[test]
    fn order_is_checked_within_and_between_chunks() {
        assert!(check(&[&[("2", 5), ("2", 5), ("1", 3)], &[("1", 3), ("1", 9)], &[("X", 0)]]).is_ok());
        let bad: [&[&[(&str, u32)]]; 4] = [
            &[&[("1", 5), ("1", 4)]],
            &[&[("1", 5)], &[("1", 4)]],
            &[&[("1", 5), ("2", 4)], &[("1", 6)]],
            &[&[("1", 5), ("2", 4), ("1", 9)]],
        ];
        for bad in bad {
            assert!(matches!(check(bad), Err(ReadError::Unsorted { .. })), "{bad:?}");
        }
        let error = check(&[&[("1", 5)], &[("1", 4)]]).unwrap_err().to_string();
        assert!(error.contains("record 2 (1:4)") && error.contains("bcftools sort"), "{error}");
    }
}
