//! Files as the tools of the field expect them: block-gzipped text, and the indexes beside it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use noodles::csi::binning_index::index::reference_sequence::bin::Chunk;
use noodles::vcf::variant::Record as _;
use noodles::{bam, bcf, bgzf, csi, tabix, vcf};

use super::SimulateError;

/// A block-gzip writer on a file.
pub type Compressed = bgzf::io::Writer<BufWriter<File>>;

/// Opens `path` for block-gzipped writing, making its folder.
///
/// # Errors
/// Fails where the file or its folder can't be made.
pub fn create(path: &Path) -> Result<Compressed, SimulateError> {
    make_parent(path)?;
    let file = File::create(path).map_err(|source| SimulateError::write(path, source))?;
    let level = bgzf::io::writer::CompressionLevel::new(9).unwrap_or_default();
    Ok(bgzf::io::writer::Builder::default()
        .set_compression_level(level)
        .build_from_writer(BufWriter::new(file)))
}

/// Writes the last block and the end-of-file mark.
///
/// # Errors
/// Fails where the file can't be written.
pub fn close(path: &Path, writer: Compressed) -> Result<(), SimulateError> {
    writer.finish().and_then(|mut file| file.flush()).map_err(|source| SimulateError::write(path, source))
}

/// Writes `bytes` to `path`, block-gzipped where its name ends in `.gz`.
///
/// # Errors
/// Fails where the file can't be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), SimulateError> {
    if path.extension().is_some_and(|e| e == "gz") {
        let mut writer = create(path)?;
        writer.write_all(bytes).map_err(|source| SimulateError::write(path, source))?;
        return close(path, writer);
    }
    make_parent(path)?;
    fs::write(path, bytes).map_err(|source| SimulateError::write(path, source))
}

fn make_parent(path: &Path) -> Result<(), SimulateError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|source| SimulateError::write(folder, source))?;
    }
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Writes the `.tbi` of a block-gzipped VCF.
///
/// # Errors
/// Fails where the file can't be read back or the index can't be written.
pub fn index_vcf(path: &Path) -> Result<(), SimulateError> {
    let index = tabix_index(path).map_err(|source| SimulateError::write(path, source))?;
    let to = beside(path, ".tbi");
    tabix::fs::write(&to, &index).map_err(|source| SimulateError::write(&to, source))
}

fn tabix_index(path: &Path) -> io::Result<tabix::Index> {
    let invalid =
        |error: &dyn std::fmt::Display| io::Error::new(io::ErrorKind::InvalidData, error.to_string());
    let mut reader = vcf::io::Reader::new(bgzf::io::Reader::new(File::open(path)?));
    let header = reader.read_header()?;
    let mut indexer = vcf::index::Indexer::builder()
        .set_format(vcf::index::Format::Tabix)
        .build()
        .map_err(|error| invalid(&error))?;
    let mut record = vcf::Record::default();
    let mut begin = reader.get_ref().virtual_position();
    while reader.read_record(&mut record)? != 0 {
        let end = reader.get_ref().virtual_position();
        let start =
            record.variant_start().transpose()?.ok_or_else(|| invalid(&"a record has no position"))?;
        let stop = record.variant_end(&header)?;
        let chunk = Chunk::new(begin, end);
        indexer
            .add_record(record.reference_sequence_name(), start, stop, chunk)
            .map_err(|error| invalid(&error))?;
        begin = end;
    }
    match indexer.build() {
        vcf::Index::Tabix(index) => Ok(index),
        vcf::Index::Csi(_) => Err(invalid(&"a tabix index was asked for")),
    }
}

/// Writes the `.csi` of a BCF.
///
/// # Errors
/// Fails where the file can't be read back or the index can't be written.
pub fn index_bcf(path: &Path) -> Result<(), SimulateError> {
    let index = bcf::fs::index(path).map_err(|source| SimulateError::write(path, source))?;
    let to = beside(path, ".csi");
    csi::fs::write(&to, &index).map_err(|source| SimulateError::write(&to, source))
}

/// Writes the `.bai` of a sorted BAM.
///
/// # Errors
/// Fails where the file can't be read back or the index can't be written.
pub fn index_bam(path: &Path) -> Result<(), SimulateError> {
    let index = bam::fs::index(path).map_err(|source| SimulateError::write(path, source))?;
    let to = beside(path, ".bai");
    let bam::Index::Bai(index) = index else {
        let source = io::Error::new(io::ErrorKind::InvalidData, "a contig is too long for a .bai");
        return Err(SimulateError::write(path, source));
    };
    bam::bai::fs::write(&to, &index).map_err(|source| SimulateError::write(&to, source))
}

/// Writes the `.gzi` of a block-gzipped file: where each block after the first begins, compressed and
/// not (layout as written by `bgzip --index`).
///
/// # Errors
/// Fails where the file can't be read back or the index can't be written.
pub fn index_blocks(path: &Path) -> Result<(), SimulateError> {
    let bytes = fs::read(path).map_err(|source| SimulateError::write(path, source))?;
    let (mut at, mut plain) = (0_usize, 0_u64);
    let mut pairs: Vec<(u64, u64)> = Vec::new();
    while at + 18 <= bytes.len() {
        let size = usize::from(u16::from_le_bytes([bytes[at + 16], bytes[at + 17]])) + 1;
        let end = at + size;
        if end > bytes.len() || size < 26 {
            let source = io::Error::new(io::ErrorKind::InvalidData, "a block runs past the end of the file");
            return Err(SimulateError::write(path, source));
        }
        let tail = [bytes[end - 4], bytes[end - 3], bytes[end - 2], bytes[end - 1]];
        let length = u64::from(u32::from_le_bytes(tail));
        if at > 0 && length > 0 {
            pairs.push((at as u64, plain));
        }
        plain += length;
        at = end;
    }
    let mut index = (pairs.len() as u64).to_le_bytes().to_vec();
    for (compressed, plain) in pairs {
        index.extend(compressed.to_le_bytes());
        index.extend(plain.to_le_bytes());
    }
    write(&beside(path, ".gzi"), &index)
}
