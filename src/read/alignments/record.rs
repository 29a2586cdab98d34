//! The five fields of a BAM record that are needed, read where they are.
//!
//! Layout: SAM/BAM format specification, section 4.2. A CIGAR of more than 65,535 operations is kept in
//! the `CG` tag (section 4.2.2).

use std::io;

use super::source::Effect;

/// Fixed part of a record, after its size.
const FIXED: usize = 32;

/// A BAM record, checked for consistent lengths.
#[derive(Clone, Copy, Debug)]
pub(super) struct BamRecord<'a>(&'a [u8]);

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl<'a> BamRecord<'a> {
    /// Takes the bytes of a record without its size.
    pub(super) fn new(bytes: &'a [u8]) -> io::Result<Self> {
        if bytes.len() < FIXED {
            return Err(invalid("a record is shorter than its fixed part"));
        }
        let record = Self(bytes);
        let needed = record.data_start().ok_or_else(|| invalid("a record's lengths overflow"))?;
        if record.name_length() == 0 || needed > bytes.len() {
            return Err(invalid("a record's fields are longer than the record"));
        }
        Ok(record)
    }

    fn u16_at(self, at: usize) -> u16 {
        u16::from_le_bytes([self.0[at], self.0[at + 1]])
    }

    fn i32_at(self, at: usize) -> i32 {
        i32::from_le_bytes([self.0[at], self.0[at + 1], self.0[at + 2], self.0[at + 3]])
    }

    /// Place of the contig in the file's list; none when unplaced.
    pub(super) fn contig(self) -> Option<usize> {
        usize::try_from(self.i32_at(0)).ok()
    }

    /// First aligned base, 0-based; none when unplaced.
    pub(super) fn start(self) -> Option<u32> {
        u32::try_from(self.i32_at(4)).ok()
    }

    fn name_length(self) -> usize {
        usize::from(self.0[8])
    }

    pub(super) fn mapping_quality(self) -> u8 {
        self.0[9]
    }

    fn cigar_count(self) -> usize {
        usize::from(self.u16_at(12))
    }

    pub(super) fn flags(self) -> u16 {
        self.u16_at(14)
    }

    fn bases(self) -> usize {
        usize::try_from(self.i32_at(16)).unwrap_or(usize::MAX)
    }

    /// The name without its closing NUL.
    pub(super) fn name(self) -> &'a [u8] {
        let name = &self.0[FIXED..FIXED + self.name_length()];
        name.strip_suffix(&[0]).unwrap_or(name)
    }

    fn cigar_start(self) -> usize {
        FIXED + self.name_length()
    }

    fn data_start(self) -> Option<usize> {
        let bases = self.bases();
        (self.cigar_start() + self.cigar_count() * 4).checked_add(bases.div_ceil(2))?.checked_add(bases)
    }

    /// The CIGAR's effects; an error names an operation that does not exist.
    pub(super) fn operations(self) -> io::Result<impl Iterator<Item = (Effect, u64)> + 'a> {
        let start = self.cigar_start();
        let mut words = &self.0[start..start + self.cigar_count() * 4];
        if self.is_placeholder(words) {
            words = self.long_cigar().unwrap_or(words);
        }
        if words.chunks_exact(4).any(|word| word[0] & 0xf > 8) {
            return Err(invalid("a CIGAR has an operation that does not exist"));
        }
        Ok(words.chunks_exact(4).map(|word| {
            let word = u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
            let effect = match word & 0xf {
                0 | 7 | 8 => Effect::Covers,
                2 | 3 => Effect::Skips,
                _ => Effect::Nothing,
            };
            (effect, u64::from(word >> 4))
        }))
    }

    /// A CIGAR of `<read length>S<span>N` stands for one in the `CG` tag.
    fn is_placeholder(self, words: &[u8]) -> bool {
        let &[a, b, c, d, e, ..] = words else { return false };
        let first = u32::from_le_bytes([a, b, c, d]);
        words.len() == 8 && first & 0xf == 4 && (first >> 4) as usize == self.bases() && e & 0xf == 3
    }

    /// The operations of the `CG:B,I` tag.
    fn long_cigar(self) -> Option<&'a [u8]> {
        let mut data = self.0.get(self.data_start()?..)?;
        while let [a, b, kind, rest @ ..] = data {
            let size = field_size(*kind, rest)?;
            let value = rest.get(..size)?;
            if (a, b, kind, value.first()) == (&b'C', &b'G', &b'B', Some(&b'I')) {
                return value.get(5..);
            }
            data = rest.get(size..)?;
        }
        None
    }
}

/// Bytes a tag's value takes.
fn field_size(kind: u8, value: &[u8]) -> Option<usize> {
    match kind {
        b'A' | b'c' | b'C' => Some(1),
        b's' | b'S' => Some(2),
        b'i' | b'I' | b'f' => Some(4),
        b'Z' | b'H' => memchr::memchr(0, value).map(|at| at + 1),
        b'B' => {
            let &[element, a, b, c, d, ..] = value else { return None };
            let count = u32::from_le_bytes([a, b, c, d]) as usize;
            5_usize.checked_add(count.checked_mul(field_size(element, &[]).filter(|size| *size <= 4)?)?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(cigar: &[u32], bases: i32, data: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; FIXED];
        bytes[4..8].copy_from_slice(&7_i32.to_le_bytes());
        bytes[8] = 3;
        bytes[9] = 60;
        bytes[12..14].copy_from_slice(&(cigar.len() as u16).to_le_bytes());
        bytes[14..16].copy_from_slice(&0x63_u16.to_le_bytes());
        bytes[16..20].copy_from_slice(&bases.to_le_bytes());
        bytes.extend(b"r1\0");
        cigar.iter().for_each(|word| bytes.extend(word.to_le_bytes()));
        bytes.extend(vec![0; (bases as usize).div_ceil(2) + bases as usize]);
        bytes.extend(data);
        bytes
    }

    fn operations(bytes: &[u8]) -> Vec<(Effect, u64)> {
        BamRecord::new(bytes).unwrap().operations().unwrap().collect()
    }

    #[test]
    fn fields_are_where_the_format_puts_them() {
        let bytes = record(&[10 << 4, 2 << 4 | 2, 5 << 4 | 4], 15, &[]);
        let record = BamRecord::new(&bytes).unwrap();
        assert_eq!((record.contig(), record.start(), record.flags()), (Some(0), Some(7), 0x63));
        assert_eq!((record.mapping_quality(), record.name()), (60, &b"r1"[..]));
        assert_eq!(operations(&bytes), [(Effect::Covers, 10), (Effect::Skips, 2), (Effect::Nothing, 5)]);
    }

    #[test]
    fn a_long_cigar_is_found_in_its_tag() {
        let mut data = b"NMC\x05XZZtext\0".to_vec();
        data.extend(b"CGBI\x02\0\0\0");
        data.extend((4_u32 << 4).to_le_bytes());
        data.extend((3_u32 << 4 | 2).to_le_bytes());
        let bytes = record(&[4 << 4 | 4, 7 << 4 | 3], 4, &data);
        assert_eq!(operations(&bytes), [(Effect::Covers, 4), (Effect::Skips, 3)]);
    }

    #[test]
    fn inconsistent_records_are_refused() {
        assert!(BamRecord::new(&[0; 31]).is_err());
        assert!(BamRecord::new(&[0; 32]).is_err(), "a name has at least its NUL");
        let bytes = record(&[10 << 4], 10, &[]);
        assert!(BamRecord::new(&bytes[..bytes.len() - 1]).is_err());
        let mut negative = bytes.clone();
        negative[16..20].copy_from_slice(&(-1_i32).to_le_bytes());
        assert!(BamRecord::new(&negative).is_err());
        let unknown = record(&[10 << 4 | 9], 10, &[]);
        assert!(BamRecord::new(&unknown).unwrap().operations().is_err());
    }
}
