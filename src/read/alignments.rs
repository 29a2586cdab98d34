//! Reads from BAM or CRAM, handed window by window to whatever counts them.
//!
//! With an index at least as new as its data only the neighbourhood of the windows is read; otherwise
//! the whole file is, and a warning says so. Memory follows the depth and the number of windows, not
//! the length of contigs (for CRAM, the decoder holds one contig of the reference at a time).
//!
//! No variant is called here, and nothing is counted: a window's reads go, in file order, to a
//! [`TakesReads`] of the caller's.

mod bam;
mod choice;
mod cram;
mod error;
mod extent;
mod header;
mod index;
mod open;
mod order;
mod record;
mod source;
mod windows;

use std::path::Path;

use crate::model::alignment::{ReadWindow, ReadWindows, TakesReads};
use crate::model::contig::Contig;
use crate::reference::genome::Genome;

use open::Source;
use windows::Reading;

pub use error::{AlignmentError, AlignmentWarning};
pub use open::contigs_of;
pub use source::ReadFilter;

/// The reads, and what they are held against.
#[derive(Clone, Copy, Debug)]
pub struct Alignments<'a> {
    /// BAM or CRAM file; its index is looked for next to it.
    pub path: &'a Path,
    /// The reference's contigs; [`ReadWindow::contig`] counts in this list.
    pub contigs: &'a [Contig],
    /// The reference's bases, needed for CRAM only.
    pub genome: Option<&'a Genome>,
    /// The sample the reads should belong to, held against the read groups.
    pub sample: Option<&'a str>,
}

/// What the takers made of the reads.
#[derive(Clone, Debug)]
pub struct ReadCounts<C> {
    /// A count for each window, in order: of one kind of [`ReadWindows`] or the other, as the file could be read.
    pub counts: Vec<C>,
    /// What else the reader of the result should know, sorted.
    pub warnings: Vec<AlignmentWarning>,
}

/// Reads the windows of a file: `taker` makes for each of them what takes its reads. A window on a contig that
/// the file does not have gets no read.
///
/// # Errors
/// A file that is truncated, damaged, unsorted or of another build, and a CRAM without its reference, are
/// refused; see [`AlignmentError`].
pub fn read_windows<'a, W, T>(
    alignments: &'a Alignments<'a>,
    filter: ReadFilter,
    windows: &'a ReadWindows<W>,
    taker: impl Fn(&'a W) -> T + Sync,
) -> Result<ReadCounts<T::Count>, AlignmentError>
where
    W: AsRef<ReadWindow> + Sync,
    T: TakesReads,
{
    let source = Source::open(alignments)?;
    let header = source.header();
    let path = alignments.path;
    if header.sort_order.as_deref() == Some("queryname") {
        let place = "the header says queryname".to_owned();
        return Err(AlignmentError::Unsorted { path: path.to_owned(), place });
    }
    let needed = windows.contigs.iter().map(|window| window.as_ref().contig).collect();
    let (places, mut warnings) = header.map(path, alignments.contigs, &needed)?;
    warnings.extend(header.check_sample(alignments.sample));

    let (pass, warning) = Reading { alignments, filter, windows, taker, places }.read(source)?;
    warnings.extend(warning);
    if pass.seen.past_end > 0 {
        warnings.push(AlignmentWarning::ReadsPastContigEnd(pass.seen.past_end));
    }
    warnings.sort();
    Ok(ReadCounts { counts: pass.counts, warnings })
}
