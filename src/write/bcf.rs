//! BCF 2.2: a line of VCF becomes a record, or a record gets one more INFO field.
//!
//! Source: VCF 4.3 specification, section 6, "BCF specification".

pub mod append;
pub mod encode;
pub mod value;

/// The start of a file: magic, version, and the header text with its closing NUL.
pub fn header(text: &[u8]) -> Vec<u8> {
    let mut out = b"BCF\x02\x02".to_vec();
    out.extend_from_slice(&(text.len() as u32 + 1).to_le_bytes());
    out.extend_from_slice(text);
    out.push(0);
    out
}
