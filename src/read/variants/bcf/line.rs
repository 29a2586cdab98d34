//! One BCF record becomes the line of VCF that says the same.
//!
//! Numbers are written as other tools of the field write them: floating point with six significant digits.
//! Source: VCF 4.3 specification, section 6, "BCF specification".

use std::collections::BTreeMap;
use std::ops::Range;

use super::value::{Cursor, DAMAGED, Element, Kind, elements};

/// What the numbers of a BCF stand for, for writing its records as text.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// FILTER, INFO and FORMAT keys.
    pub strings: BTreeMap<usize, String>,
    /// Sample columns.
    pub samples: usize,
}

/// Where the INFO fields with one of the keys `wanted` stand, in bytes from the start of the record.
///
/// # Errors
/// When the record is damaged.
pub fn info_fields(record: &[u8], wanted: &[usize]) -> Result<Vec<Range<usize>>, String> {
    let mut shared = Shared::new(record)?;
    let end = 8 + shared.length;
    for _ in 0..shared.alleles + 1 {
        shared.cursor.value()?; // ID and alleles
    }
    shared.cursor.value()?; // FILTER
    let mut found = Vec::new();
    for _ in 0..shared.info {
        let from = end - shared.cursor.left();
        let key = shared.cursor.whole()?;
        shared.cursor.value()?;
        if usize::try_from(key).is_ok_and(|key| wanted.contains(&key)) {
            found.push(from..end - shared.cursor.left());
        }
    }
    Ok(found)
}

/// The fixed part of a record, and what follows in its shared half.
struct Shared<'a> {
    position: i32,
    quality: u32,
    alleles: usize,
    info: usize,
    format: usize,
    samples: usize,
    length: usize,
    cursor: Cursor<'a>,
    individual: Cursor<'a>,
}

impl<'a> Shared<'a> {
    fn new(record: &'a [u8]) -> Result<Self, String> {
        let mut whole = Cursor::new(record);
        let (length, rest) = (whole.word()? as usize, whole.word()? as usize);
        let mut cursor = Cursor::new(whole.bytes(length)?);
        let individual = Cursor::new(whole.bytes(rest)?);
        cursor.word()?; // CHROM
        let position = cursor.word()? as i32;
        cursor.word()?; // length on the reference
        let quality = cursor.word()?;
        let (counts, sizes) = (cursor.word()?, cursor.word()?);
        Ok(Self {
            position,
            quality,
            alleles: (counts >> 16) as usize,
            info: (counts & 0xFFFF) as usize,
            format: (sizes >> 24) as usize,
            samples: (sizes & 0xFF_FFFF) as usize,
            length,
            cursor,
            individual,
        })
    }
}

impl Names {
    /// Appends the line of a whole record, lengths included, without line feed.
    ///
    /// # Errors
    /// When the record is damaged or names a key that the header does not have.
    pub fn push_line(&self, out: &mut Vec<u8>, record: &[u8], chrom: &[u8]) -> Result<(), String> {
        let mut shared = Shared::new(record)?;
        out.extend_from_slice(chrom);
        out.push(b'\t');
        push_whole(out, i64::from(shared.position) + 1);
        out.push(b'\t');
        push_column(out, text(&mut shared.cursor)?);
        for allele in 0..shared.alleles {
            out.push(if allele < 2 { b'\t' } else { b',' });
            push_column(out, text(&mut shared.cursor)?);
        }
        if shared.alleles == 0 {
            out.extend_from_slice(b"\t.");
        }
        if shared.alleles < 2 {
            out.extend_from_slice(b"\t.");
        }
        out.push(b'\t');
        push_float_bits(out, shared.quality);
        out.push(b'\t');
        self.push_filters(out, &mut shared.cursor)?;
        out.push(b'\t');
        self.push_info(out, &mut shared)?;
        if self.samples > 0 {
            self.push_samples(out, &mut shared)?;
        }
        Ok(())
    }

    fn name(&self, number: i32) -> Result<&[u8], String> {
        let name = usize::try_from(number).ok().and_then(|number| self.strings.get(&number));
        name.map(String::as_bytes)
            .ok_or_else(|| format!("key number {number} is not in the header; the file is damaged"))
    }

    fn push_filters(&self, out: &mut Vec<u8>, cursor: &mut Cursor<'_>) -> Result<(), String> {
        let (kind, bytes) = cursor.value()?;
        let before = out.len();
        for filter in elements(kind, bytes) {
            let Element::Whole(number) = filter else { continue };
            if out.len() > before {
                out.push(b';');
            }
            out.extend_from_slice(self.name(number)?);
        }
        if out.len() == before {
            out.push(b'.');
        }
        Ok(())
    }

    fn push_info(&self, out: &mut Vec<u8>, shared: &mut Shared<'_>) -> Result<(), String> {
        if shared.info == 0 {
            out.push(b'.');
        }
        for field in 0..shared.info {
            if field > 0 {
                out.push(b';');
            }
            let key = shared.cursor.whole()?;
            out.extend_from_slice(self.name(key)?);
            let (kind, bytes) = shared.cursor.value()?;
            if kind != Kind::Missing && !(bytes.is_empty() && kind != Kind::Text) {
                out.push(b'=');
                push_value(out, kind, bytes);
            }
        }
        Ok(())
    }

    fn push_samples(&self, out: &mut Vec<u8>, shared: &mut Shared<'_>) -> Result<(), String> {
        if shared.format == 0 || shared.samples == 0 {
            (0..=self.samples).for_each(|_| out.extend_from_slice(b"\t."));
            return Ok(());
        }
        if shared.samples != self.samples {
            return Err(DAMAGED.to_owned());
        }
        let mut fields = Vec::with_capacity(shared.format);
        for field in 0..shared.format {
            out.push(if field == 0 { b'\t' } else { b':' });
            let name = self.name(shared.individual.whole()?)?;
            out.extend_from_slice(name);
            let (kind, count) = shared.individual.descriptor()?;
            let width = kind.size().checked_mul(count).ok_or(DAMAGED)?;
            let bytes = shared.individual.bytes(width.checked_mul(self.samples).ok_or(DAMAGED)?)?;
            fields.push((name == b"GT", kind, width, bytes));
        }
        for sample in 0..self.samples {
            for (field, (is_genotype, kind, width, bytes)) in fields.iter().enumerate() {
                out.push(if field == 0 { b'\t' } else { b':' });
                let value = &bytes[sample * width..(sample + 1) * width];
                if *is_genotype && matches!(kind, Kind::Whole(_)) {
                    push_genotype(out, *kind, value);
                } else {
                    push_value(out, *kind, value);
                }
            }
        }
        Ok(())
    }
}

fn text<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], String> {
    let (kind, bytes) = cursor.value()?;
    match kind {
        Kind::Text => Ok(bytes.split(|b| *b == 0).next().unwrap_or_default()),
        Kind::Missing => Ok(b""),
        _ => Err(DAMAGED.to_owned()),
    }
}

fn push_column(out: &mut Vec<u8>, text: &[u8]) {
    out.extend_from_slice(if text.is_empty() { b"." } else { text });
}

fn push_whole(out: &mut Vec<u8>, number: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Appends a vector, its elements joined by commas; `.` for an empty one.
fn push_value(out: &mut Vec<u8>, kind: Kind, bytes: &[u8]) {
    let before = out.len();
    if kind == Kind::Text {
        let text = bytes.split(|b| *b == 0).next().unwrap_or_default();
        // 7 stands for a missing text.
        out.extend(text.iter().map(|b| if *b == 7 { b'.' } else { *b }));
    }
    for (i, element) in elements(kind, bytes).enumerate() {
        if i > 0 {
            out.push(b',');
        }
        match element {
            Element::Whole(value) => push_whole(out, i64::from(value)),
            Element::Float(value) => push_float(out, value),
            Element::Missing => out.push(b'.'),
        }
    }
    if out.len() == before {
        out.push(b'.');
    }
}

fn push_genotype(out: &mut Vec<u8>, kind: Kind, bytes: &[u8]) {
    let before = out.len();
    for (i, element) in elements(kind, bytes).enumerate() {
        let Element::Whole(value) = element else { continue };
        if i > 0 {
            out.push(if value & 1 == 1 { b'|' } else { b'/' });
        }
        match value >> 1 {
            0 => out.push(b'.'),
            number => push_whole(out, i64::from(number) - 1),
        }
    }
    if out.len() == before {
        out.push(b'.');
    }
}

fn push_float_bits(out: &mut Vec<u8>, bits: u32) {
    match bits {
        0x7F80_0001 => out.push(b'.'),
        bits => push_float(out, f32::from_bits(bits)),
    }
}

/// Appends a number with six significant digits, without trailing zeros, in powers of ten where it is below 0.0001 or has
/// more than six digits before the point (the `%g` of C).
fn push_float(out: &mut Vec<u8>, value: f32) {
    if value.is_nan() {
        out.extend_from_slice(b"nan");
        return;
    }
    if value.is_infinite() {
        out.extend_from_slice(if value < 0.0 { b"-inf" } else { b"inf" });
        return;
    }
    let scientific = format!("{:.5e}", f64::from(value));
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trimmed = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    let text = if (-4..6).contains(&exponent) {
        trimmed(&format!("{:.*}", (5 - exponent) as usize, f64::from(value)))
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{}e{sign}{:02}", trimmed(mantissa), exponent.abs())
    };
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_percent_g() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (0.5, "0.5"),
            (0.1, "0.1"),
            (30.0, "30"),
            (1234.567, "1234.57"),
            (123_456.7, "123457"),
            (999_999.6, "1e+06"),
            (1_234_567.0, "1.23457e+06"),
            (0.000_1, "0.0001"),
            (0.000_012_345, "1.2345e-05"),
            (-2.5e-30, "-2.5e-30"),
            (f32::INFINITY, "inf"),
            (f32::NAN, "nan"),
        ] {
            let mut out = Vec::new();
            push_float(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
    }

    #[test]
    fn a_damaged_record_is_an_error() {
        let names = Names { strings: BTreeMap::new(), samples: 1 };
        for length in 0..60 {
            let mut record = vec![0xFF_u8; length];
            assert!(names.push_line(&mut Vec::new(), &record, b"1").is_err());
            assert!(info_fields(&record, &[1]).is_err());
            record.iter_mut().take(8).for_each(|b| *b = 0);
            assert!(names.push_line(&mut Vec::new(), &record, b"1").is_err());
        }
    }
}
