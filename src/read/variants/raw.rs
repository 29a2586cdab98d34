//! A record before it is parsed.

/// A record as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct RawRecord<'a> {
    /// VCF: the line without its line feed. BCF: the whole record, its two lengths included.
    pub bytes: &'a [u8],
    /// CHROM as the file writes it.
    pub chrom: &'a [u8],
    /// POS, 1-based; 0 before the first base.
    pub position: u32,
    /// 1-based number in the file.
    pub number: u64,
}
