//! A line of VCF becomes a BCF record.

use rustc_hash::FxHashMap;

use super::value::{
    END_FLOAT, FLOAT, LOWEST, MISSING_FLOAT, TEXT, Whole, Width, push_descriptor, push_number, push_numbers,
    push_text,
};
use crate::write::header::Numbers;

/// How the values of a key are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stored {
    Whole,
    Float,
    Text,
}

impl Stored {
    fn of(declared: &str) -> Self {
        match declared {
            "Integer" => Self::Whole,
            "Float" => Self::Float,
            _ => Self::Text,
        }
    }
}

/// What is asked for every record of a file.
#[derive(Debug)]
pub struct Encoder {
    contigs: FxHashMap<Vec<u8>, i32>,
    strings: FxHashMap<Vec<u8>, i32>,
    info: FxHashMap<Vec<u8>, Stored>,
    format: FxHashMap<Vec<u8>, Stored>,
    samples: usize,
}

/// What one worker keeps from record to record.
#[derive(Debug, Default)]
pub struct Workspace {
    wholes: Vec<Whole>,
    floats: Vec<u32>,
}

impl Encoder {
    /// For a header with these numbers and this many samples.
    pub fn new(numbers: &Numbers, samples: usize) -> Self {
        let by_name = |names: &std::collections::BTreeMap<String, usize>| {
            names.iter().map(|(name, number)| (name.clone().into_bytes(), *number as i32)).collect()
        };
        let types = |types: &std::collections::BTreeMap<String, String>| {
            types.iter().map(|(name, kind)| (name.clone().into_bytes(), Stored::of(kind))).collect()
        };
        Self {
            contigs: by_name(&numbers.contigs),
            strings: by_name(&numbers.strings),
            info: types(&numbers.info_types),
            format: types(&numbers.format_types),
            samples,
        }
    }

    /// Appends the record of a line without its line end.
    ///
    /// # Errors
    /// What cannot be held in BCF, and what to do; `out` is then as it was.
    pub fn push(&self, out: &mut Vec<u8>, line: &[u8], work: &mut Workspace) -> Result<(), String> {
        let before = out.len();
        let pushed = self.push_parts(out, line, work);
        if pushed.is_err() {
            out.truncate(before);
        }
        pushed
    }

    fn push_parts(&self, out: &mut Vec<u8>, line: &[u8], work: &mut Workspace) -> Result<(), String> {
        let start = out.len();
        out.extend_from_slice(&[0; 8]);
        let mut columns = line.split(|&b| b == b'\t');
        let mut next = || columns.next().ok_or("the line has fewer than eight columns");
        let (chrom, position, id, reference) = (next()?, next()?, next()?, next()?);
        let (alternates, quality, filter, info) = (next()?, next()?, next()?, next()?);
        let contig = self.contigs.get(chrom).ok_or_else(|| undeclared("contig", chrom))?;
        let position = whole(position).ok_or("POS is not a position")?;
        out.extend_from_slice(&contig.to_le_bytes());
        out.extend_from_slice(&(position - 1).to_le_bytes());
        out.extend_from_slice(&span(info, position, reference).to_le_bytes());
        let quality = float(quality).unwrap_or(MISSING_FLOAT);
        out.extend_from_slice(&quality.to_le_bytes());
        let counts = out.len();
        out.extend_from_slice(&[0; 8]);
        push_text(out, if id == b"." { b"" } else { id });
        push_text(out, reference);
        let mut alleles = 1_u32;
        if alternates != b"." {
            for alternate in alternates.split(|&b| b == b',') {
                push_text(out, alternate);
                alleles += 1;
            }
        }
        self.push_filters(out, filter, work)?;
        let fields = self.push_info(out, info, work)?;
        if fields > 0xFFFF || alleles > 0xFFFF {
            return Err("the record has more INFO fields or alleles than BCF can hold".to_owned());
        }
        out[counts..counts + 4].copy_from_slice(&(alleles << 16 | fields).to_le_bytes());
        let shared = (out.len() - start - 8) as u32;
        let mut keys = 0;
        if self.samples > 0 {
            let format = columns.next().unwrap_or(b".");
            let samples: Vec<&[u8]> = columns.collect();
            keys = self.push_samples(out, format, &samples, work)?;
        }
        out[counts + 4..counts + 8].copy_from_slice(&(keys << 24 | self.samples as u32).to_le_bytes());
        let individual = (out.len() - start - 8) as u32 - shared;
        out[start..start + 4].copy_from_slice(&shared.to_le_bytes());
        out[start + 4..start + 8].copy_from_slice(&individual.to_le_bytes());
        Ok(())
    }

    fn string(&self, kind: &str, name: &[u8]) -> Result<i32, String> {
        self.strings.get(name).copied().ok_or_else(|| undeclared(kind, name))
    }

    fn push_filters(&self, out: &mut Vec<u8>, filter: &[u8], work: &mut Workspace) -> Result<(), String> {
        if filter == b"." {
            out.push(0);
            return Ok(());
        }
        work.wholes.clear();
        for name in filter.split(|&b| b == b';').filter(|name| !name.is_empty()) {
            work.wholes.push(Whole::Value(self.string("FILTER", name)?));
        }
        push_numbers(out, &work.wholes);
        Ok(())
    }

    /// Appends the INFO fields; returns their number.
    fn push_info(&self, out: &mut Vec<u8>, info: &[u8], work: &mut Workspace) -> Result<u32, String> {
        if info == b"." {
            return Ok(0);
        }
        let mut count = 0;
        for field in info.split(|&b| b == b';').filter(|field| !field.is_empty()) {
            let (key, value) = match memchr::memchr(b'=', field) {
                Some(at) => (&field[..at], Some(&field[at + 1..])),
                None => (field, None),
            };
            push_number(out, self.string("INFO", key)?);
            count += 1;
            let Some(value) = value else {
                out.push(0);
                continue;
            };
            let misfit = || misfit("INFO", key, value);
            match self.info.get(key).copied().unwrap_or(Stored::Text) {
                Stored::Text => push_text(out, value),
                Stored::Whole => {
                    work.wholes.clear();
                    wholes(value, &mut work.wholes).ok_or_else(misfit)?;
                    push_numbers(out, &work.wholes);
                }
                Stored::Float => {
                    work.floats.clear();
                    floats(value, &mut work.floats).ok_or_else(misfit)?;
                    push_descriptor(out, work.floats.len(), FLOAT);
                    work.floats.iter().for_each(|bits| out.extend_from_slice(&bits.to_le_bytes()));
                }
            }
        }
        Ok(count)
    }

    /// Appends the sample columns key by key; returns the number of keys.
    fn push_samples(
        &self,
        out: &mut Vec<u8>,
        format: &[u8],
        samples: &[&[u8]],
        work: &mut Workspace,
    ) -> Result<u32, String> {
        if format == b"." || format.is_empty() {
            return Ok(0);
        }
        let mut rest: Vec<Option<&[u8]>> = samples.iter().map(|s| Some(*s)).collect();
        let mut values: Vec<&[u8]> = Vec::with_capacity(samples.len());
        let mut count = 0_u32;
        for key in format.split(|&b| b == b':') {
            values.clear();
            for left in &mut rest {
                let (value, after) = match left.and_then(|text| Some((text, memchr::memchr(b':', text)?))) {
                    Some((text, at)) => (&text[..at], Some(&text[at + 1..])),
                    // Fields left out at the end of a column are missing.
                    None => (left.unwrap_or(b"."), None),
                };
                values.push(if value.is_empty() { b"." } else { value });
                *left = after;
            }
            push_number(out, self.string("FORMAT", key)?);
            count += 1;
            if key == b"GT" {
                push_genotypes(out, &values, work)?;
                continue;
            }
            match self.format.get(key).copied().unwrap_or(Stored::Text) {
                Stored::Text => push_texts(out, &values),
                Stored::Whole => push_wholes(out, key, &values, work)?,
                Stored::Float => push_floats(out, key, &values, work)?,
            }
        }
        if count > 0xFF {
            return Err("the record has more FORMAT keys than BCF can hold".to_owned());
        }
        Ok(count)
    }
}

fn undeclared(kind: &str, name: &[u8]) -> String {
    format!("{kind} {} is not declared in the header", String::from_utf8_lossy(name).escape_debug())
}

fn misfit(kind: &str, key: &[u8], value: &[u8]) -> String {
    let shown = String::from_utf8_lossy(&value[..value.len().min(40)]).escape_debug().to_string();
    format!(
        "{kind} {} has the value '{shown}', which is not of the type that the header declares, and BCF cannot hold \
         it; correct the header, or write VCF",
        String::from_utf8_lossy(key).escape_debug()
    )
}

/// Bases of the reference that the record stands for: to `END` where there is one.
fn span(info: &[u8], position: i32, reference: &[u8]) -> i32 {
    let end = info.split(|&b| b == b';').find_map(|field| whole(field.strip_prefix(b"END=")?));
    end.filter(|end| *end >= position && position > 0)
        .map_or(reference.len() as i32, |end| end - position + 1)
}

fn whole(text: &[u8]) -> Option<i32> {
    std::str::from_utf8(text).ok()?.parse::<i32>().ok().filter(|value| *value >= LOWEST)
}

fn float(text: &[u8]) -> Option<u32> {
    if text == b"." {
        return Some(MISSING_FLOAT);
    }
    let value = std::str::from_utf8(text).ok()?.parse::<f32>().ok()?;
    // One bit pattern for all that is not a number: two of the others are reserved.
    Some(if value.is_nan() { f32::NAN.to_bits() } else { value.to_bits() })
}

fn wholes(text: &[u8], into: &mut Vec<Whole>) -> Option<()> {
    for part in text.split(|&b| b == b',') {
        into.push(if part == b"." { Whole::Missing } else { Whole::Value(whole(part)?) });
    }
    Some(())
}

fn floats(text: &[u8], into: &mut Vec<u32>) -> Option<()> {
    for part in text.split(|&b| b == b',') {
        into.push(float(part)?);
    }
    Some(())
}

/// Most values of a column.
fn longest(values: &[&[u8]], is_between: impl Fn(u8) -> bool) -> usize {
    values.iter().map(|v| v.iter().filter(|b| is_between(**b)).count() + 1).max().unwrap_or(0)
}

fn push_texts(out: &mut Vec<u8>, values: &[&[u8]]) {
    let length = values.iter().map(|v| v.len()).max().unwrap_or(0);
    push_descriptor(out, length, TEXT);
    for value in values {
        out.extend_from_slice(value);
        out.resize(out.len() + length - value.len(), 0);
    }
}

fn push_wholes(out: &mut Vec<u8>, key: &[u8], values: &[&[u8]], work: &mut Workspace) -> Result<(), String> {
    let length = longest(values, |b| b == b',');
    work.wholes.clear();
    for (sample, value) in (1..).zip(values) {
        wholes(value, &mut work.wholes).ok_or_else(|| misfit("FORMAT", key, value))?;
        work.wholes.resize(sample * length, Whole::End);
    }
    push_matrix(out, length, &work.wholes);
    Ok(())
}

fn push_matrix(out: &mut Vec<u8>, length: usize, numbers: &[Whole]) {
    let width = Width::of(numbers);
    push_descriptor(out, length, width.code());
    numbers.iter().for_each(|number| width.push(out, *number));
}

fn push_floats(out: &mut Vec<u8>, key: &[u8], values: &[&[u8]], work: &mut Workspace) -> Result<(), String> {
    let length = longest(values, |b| b == b',');
    work.floats.clear();
    for (sample, value) in (1..).zip(values) {
        floats(value, &mut work.floats).ok_or_else(|| misfit("FORMAT", key, value))?;
        work.floats.resize(sample * length, END_FLOAT);
    }
    push_descriptor(out, length, FLOAT);
    work.floats.iter().for_each(|bits| out.extend_from_slice(&bits.to_le_bytes()));
    Ok(())
}

/// Genotypes: per copy, twice the allele number plus two (0 for `.`), and 1 more where `|` stands before it.
///
/// Source: VCF 4.3 specification, section 6.3.3, "Type encoding", genotypes.
fn push_genotypes(out: &mut Vec<u8>, values: &[&[u8]], work: &mut Workspace) -> Result<(), String> {
    let is_separator = |b: u8| b == b'/' || b == b'|';
    // A separator in front of the first allele (VCF 4.4) says whether that one is phased.
    let bare = |value: &[u8]| usize::from(value.first().is_some_and(|b| is_separator(*b)));
    let length = values.iter().map(|v| longest(&[&v[bare(v)..]], is_separator)).max().unwrap_or(0);
    work.wholes.clear();
    for (sample, value) in (1..).zip(values) {
        let mut phased = value.first() == Some(&b'|');
        let mut rest = &value[bare(value)..];
        loop {
            let end = rest.iter().position(|b| is_separator(*b)).unwrap_or(rest.len());
            let allele = match &rest[..end] {
                b"." => 0,
                number => {
                    let number = whole(number).filter(|n| (0..=0xFFFF).contains(n));
                    number.ok_or_else(|| misfit("FORMAT", b"GT", value))? + 1
                }
            };
            work.wholes.push(Whole::Value(allele << 1 | i32::from(phased)));
            let Some(separator) = rest.get(end) else { break };
            phased = *separator == b'|';
            rest = &rest[end + 1..];
        }
        work.wholes.resize(sample * length, Whole::End);
    }
    push_matrix(out, length, &work.wholes);
    Ok(())
}

#[cfg(test)]
mod tests;
