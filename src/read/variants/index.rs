//! Index use (TBI, CSI): which stretches of a BGZF file hold the regions. An index that cannot be trusted is
//! never used: the whole file is read instead, and the reason reported.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::model::regions::Regions;
use crate::read::bgzf;
use crate::read::binning_index::BinningIndex;
use crate::read::contigs::ContigMap;
use crate::read::source::{Stretch, VirtualOffset};

/// Stretches nearer to each other than this are read as one: a seek costs more than inflating a block.
const NEAR: u64 = 1 << 16;

/// Largest block of a BGZF file.
const LARGEST_BLOCK: u64 = 1 << 16;

/// The stretches that hold every record overlapping `regions`, in file order, or `by_contig` in the order of the
/// reference's contigs.
///
/// `names` are the contigs by the number that the index uses, for an index without names of its own (BCF).
///
/// # Errors
/// Why there is no index to be trusted, for a warning.
pub fn stretches(
    file: &Path,
    names: &[Option<String>],
    contigs: &ContigMap,
    regions: &Regions,
    by_contig: bool,
) -> Result<Vec<Stretch>, String> {
    let path = ["csi", "tbi"]
        .iter()
        .map(|extension| with_extension(file, extension))
        .find(|path| path.is_file())
        .ok_or("there is no index; the whole file is read (make one with bcftools index)")?;
    let shown = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let modified = |path: &Path| fs::metadata(path).and_then(|m| m.modified());
    match (modified(file), modified(&path)) {
        (Ok(data), Ok(index)) if index >= data => {}
        _ => {
            return Err(format!(
                "the index {shown} is older than the file; it is not used and the whole file is read"
            ));
        }
    }
    let length = fs::metadata(file).map_err(|e| e.to_string())?.len();
    let found = read(&path).and_then(|index| plan(&index, names, contigs, regions, length, by_contig));
    found
        .and_then(|stretches| {
            check_blocks(file, &stretches)?;
            Ok(stretches)
        })
        .map_err(|reason| format!("the index {shown} is not used, the whole file is read: {reason}"))
}

fn with_extension(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn read(path: &Path) -> Result<BinningIndex, String> {
    let blocks = fs::read(path).map_err(|e| e.to_string())?;
    let (bytes, _) = bgzf::inflate(&blocks, Vec::new()).map_err(|(_, problem)| problem)?;
    BinningIndex::from_tbi(&bytes)
        .or_else(|| BinningIndex::from_csi(&bytes))
        .ok_or_else(|| "it is damaged".to_owned())
}

fn plan(
    index: &BinningIndex,
    names: &[Option<String>],
    contigs: &ContigMap,
    regions: &Regions,
    length: u64,
    by_contig: bool,
) -> Result<Vec<Stretch>, String> {
    check_extent(index, length)?;
    let own: Vec<Option<String>> = index.names().iter().cloned().map(Some).collect();
    let names = if own.is_empty() { names } else { &own };
    if names.len() < index.contigs() {
        return Err("it has more contigs than the file's header".to_owned());
    }
    let mut stretches: BTreeMap<ContigId, Vec<Stretch>> = BTreeMap::new();
    for (number, name) in names.iter().enumerate().take(index.contigs()) {
        let Some(id) = name.as_ref().and_then(|name| contigs.id(name.as_bytes())) else { continue };
        let into = stretches.entry(id).or_default();
        for region in regions.on(id) {
            // One base wider on the left: an insertion is written at the base before it.
            let wider = Interval::new(region.start.saturating_sub(1), region.end);
            let chunks = index.chunks(number, wider).into_iter();
            into.extend(chunks.map(|(start, end)| (VirtualOffset::from(start), VirtualOffset::from(end))));
        }
    }
    Ok(match by_contig {
        true => stretches.into_values().flat_map(merged).collect(),
        false => merged(stretches.into_values().flatten().collect()),
    })
}

/// An index of this very file ends where its data end.
fn check_extent(index: &BinningIndex, length: u64) -> Result<(), String> {
    let last = VirtualOffset::from(index.end()).block;
    let least = length.saturating_sub(LARGEST_BLOCK + bgzf::END_OF_FILE.len() as u64);
    if last > length || last < least {
        return Err("it does not end where the file ends, so it belongs to another file".to_owned());
    }
    Ok(())
}

/// Sorted, with near neighbours joined.
fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.retain(|(start, end)| start < end);
    stretches.sort_unstable();
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for (start, end) in stretches {
        match out.last_mut() {
            Some((_, last)) if start.block <= last.block + NEAR => *last = (*last).max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

/// Every stretch must start at a block.
fn check_blocks(file: &Path, stretches: &[Stretch]) -> Result<(), String> {
    let mut data = File::open(file).map_err(|e| e.to_string())?;
    for (start, _) in stretches {
        let mut header = [0; bgzf::HEADER];
        data.seek(SeekFrom::Start(start.block)).map_err(|e| e.to_string())?;
        let read = data.read_exact(&mut header);
        if read.is_err() || bgzf::block_size(&header).is_none() {
            return Err("it points into the middle of a block, so it belongs to another file".to_owned());
        }
    }
    Ok(())
}
