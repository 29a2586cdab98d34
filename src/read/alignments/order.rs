//! Coordinate order, which records are held to as they are read.

use std::io;
use std::path::Path;

use super::AlignmentError;
use super::bam::near;
use super::header::Header;
use super::source::PlacedRead;

/// Holds the records to coordinate order.
pub(super) struct Order<'h> {
    path: &'h Path,
    header: &'h Header,
    last: (usize, u32),
}

impl<'h> Order<'h> {
    /// Before the first record.
    pub(super) fn new(path: &'h Path, header: &'h Header) -> Self {
        Self { path, header, last: (0, 0) }
    }

    /// Refuses a record that comes after one it should come before.
    pub(super) fn check(&mut self, read: &PlacedRead<'_>) -> Result<(), AlignmentError> {
        let here = (read.contig, read.read.start);
        if here < self.last {
            let place = |(contig, start)| near(self.header, contig, start);
            let place = format!("{} come after {}", place(here), place(self.last));
            return Err(AlignmentError::Unsorted { path: self.path.to_owned(), place });
        }
        self.last = here;
        Ok(())
    }

    /// The index led to another contig.
    pub(super) fn elsewhere(&self, place: usize) -> AlignmentError {
        let source = io::Error::new(io::ErrorKind::InvalidData, "the index leads to another contig");
        AlignmentError::Damaged { path: self.path.to_owned(), place: near(self.header, place, 0), source }
    }
}
