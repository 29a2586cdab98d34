//! One more INFO field for a BCF record, without decoding the rest.

use super::value::push_number;
use crate::write::info_value::InfoValue;

/// A field to append.
#[derive(Clone, Copy, Debug)]
pub struct Added<'a> {
    /// The key's number in the dictionary.
    pub key: usize,
    /// The value.
    pub value: &'a InfoValue,
}

/// Bytes from the start of the record to the number of INFO fields: two lengths, CHROM, POS, length, QUAL.
const INFO_COUNT: usize = 24;

/// Appends the whole `record` (lengths included) with the INFO fields at the byte ranges `cut` (ascending, counted from the
/// start of the record) taken out and `added` put behind the others.
///
/// # Errors
/// When the record is too short to be one.
pub fn push_record(
    out: &mut Vec<u8>,
    record: &[u8],
    cut: &[std::ops::Range<usize>],
    added: &[Added<'_>],
) -> Result<(), String> {
    let damaged = || "the BCF record is damaged; copy the file again".to_owned();
    let word = |at: usize| Some(u32::from_le_bytes(record.get(at..at + 4)?.try_into().ok()?));
    let shared_end = 8 + word(0).ok_or_else(damaged)? as usize;
    let counts = word(INFO_COUNT).ok_or_else(damaged)?;
    if shared_end < INFO_COUNT + 8 || shared_end > record.len() {
        return Err(damaged());
    }
    let before = out.len();
    let mut at = 0;
    for range in cut {
        out.extend_from_slice(record.get(at..range.start).ok_or_else(damaged)?);
        at = range.end;
    }
    out.extend_from_slice(record.get(at..shared_end).ok_or_else(damaged)?);
    for field in added {
        push_number(out, field.key as i32);
        field.value.push_bcf(out);
    }
    let shared = (out.len() - before - 8) as u32;
    let fields = (counts & 0xFFFF) as usize + added.len() - cut.len();
    let fields = u16::try_from(fields).map_err(|_| "the record has more INFO fields than BCF can hold")?;
    out[before..before + 4].copy_from_slice(&shared.to_le_bytes());
    out[before + INFO_COUNT..before + INFO_COUNT + 2].copy_from_slice(&fields.to_le_bytes());
    out.extend_from_slice(&record[shared_end..]);
    Ok(())
}
