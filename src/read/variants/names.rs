//! Whose genotypes a file has.

use std::path::Path;

use super::{ReadOptions, VariantReader};
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;

/// The sample names of a variant file, in column order.
///
/// # Errors
/// When the file cannot be read, or is no VCF or BCF.
pub fn sample_names(file: &Path) -> Result<Vec<String>, ReadError> {
    let reader = VariantReader::open(file, &ContigSource::File, &[], ReadOptions::default())?;
    Ok(reader.sample_names().to_vec())
}
