//! The index next to an alignment file: found, dated and held against the header.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use noodles::bgzf;
use noodles::cram::crai;

use super::AlignmentWarning;
use crate::read::binning_index::BinningIndex;

/// Largest index accepted, uncompressed; that of a deep whole genome takes about a fiftieth.
const LARGEST_INDEX: u64 = 1 << 30;

/// The index of a BAM file, or why there is none to use.
pub(super) fn bam_index(path: &Path, contigs: usize) -> Result<BinningIndex, AlignmentWarning> {
    let place = find(path, &["csi", "bai"])?;
    let unusable = |error: std::io::Error| AlignmentWarning::IndexUnusable(error.to_string());
    let file = File::open(&place).map_err(unusable)?;
    let mut bytes = Vec::new();
    let index = if place.extension() == Some(OsStr::new("csi")) {
        bgzf::io::Reader::new(file).take(LARGEST_INDEX).read_to_end(&mut bytes).map_err(unusable)?;
        BinningIndex::from_csi(&bytes)
    } else {
        file.take(LARGEST_INDEX).read_to_end(&mut bytes).map_err(unusable)?;
        BinningIndex::from_bai(&bytes)
    };
    let Some(index) = index else {
        return Err(AlignmentWarning::IndexUnusable("it is damaged".to_owned()));
    };
    // An index may stop at the last contig that has reads, but cannot know more contigs than there are.
    if index.contigs() > contigs {
        let why = format!("it has {} contigs, the alignments {contigs}", index.contigs());
        return Err(AlignmentWarning::IndexUnusable(why));
    }
    Ok(index)
}

/// The index of a CRAM file, or why there is none to use.
pub(super) fn cram_index(path: &Path) -> Result<crai::Index, AlignmentWarning> {
    let place = find(path, &["crai"])?;
    crai::fs::read(place).map_err(|error| AlignmentWarning::IndexUnusable(error.to_string()))
}

/// Looks for `x.bam.bai`, then `x.bai`, for each extension; an index older than its data is not used,
/// because it may point anywhere.
fn find(path: &Path, extensions: &[&str]) -> Result<PathBuf, AlignmentWarning> {
    let mut older = false;
    for extension in extensions {
        let mut added = path.as_os_str().to_owned();
        added.push(".");
        added.push(extension);
        for place in [PathBuf::from(added), path.with_extension(extension)] {
            let Ok(index) = std::fs::metadata(&place) else { continue };
            let dates = (std::fs::metadata(path).and_then(|data| data.modified()), index.modified());
            match dates {
                (Ok(data), Ok(index)) if index < data => older = true,
                (Ok(_), Ok(_)) => return Ok(place),
                _ => return Err(AlignmentWarning::IndexUnusable("its age could not be read".to_owned())),
            }
        }
    }
    Err(if older { AlignmentWarning::IndexOlderThanData } else { AlignmentWarning::NoIndex })
}
