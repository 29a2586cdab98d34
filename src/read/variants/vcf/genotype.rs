//! Sample columns: FORMAT keys and one sample's values.

use smallvec::SmallVec;

use super::finding::{Finding, Findings};
use super::header::{Header, Number};
use super::physical_phase::PhysicalPhase;
use crate::model::record::RecordCall;

/// Where the keys we use stand in FORMAT.
#[derive(Clone, Debug, Default)]
pub struct FormatKeys {
    text: Vec<u8>,
    /// What each subfield is, up to the last one that is used.
    keys: Vec<Option<Key>>,
    /// Number of keys in all.
    count: usize,
    /// A used key that stands there twice.
    repeated: bool,
    /// True when GT is among the keys.
    pub has_genotype: bool,
    genotype_first: bool,
}

/// The keys that are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Genotype,
    AlleleDepths,
    Depth,
    MinimumDepth,
    Quality,
    ReferenceQuality,
    PhaseSet,
    Fraction,
    Length,
    PhysicalGenotype,
    PhysicalGroup,
    Filter,
}

impl Key {
    pub(crate) fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"GT" => Self::Genotype,
            b"AD" => Self::AlleleDepths,
            b"DP" => Self::Depth,
            b"MIN_DP" => Self::MinimumDepth,
            b"GQ" => Self::Quality,
            b"RGQ" => Self::ReferenceQuality,
            b"PS" => Self::PhaseSet,
            b"AF" | b"VAF" | b"HF" => Self::Fraction,
            b"LEN" => Self::Length,
            b"PGT" => Self::PhysicalGenotype,
            b"PID" => Self::PhysicalGroup,
            b"FT" => Self::Filter,
            _ => return None,
        })
    }
}

impl FormatKeys {
    /// Reads FORMAT unless it is the same as last time.
    pub fn update(&mut self, text: &[u8]) {
        if text == self.text && !text.is_empty() {
            return;
        }
        self.text = text.to_vec();
        self.keys = text.split(|&b| b == b':').map(Key::of).collect();
        self.count = self.keys.len();
        let used: Vec<Key> =
            self.keys.iter().flatten().copied().filter(|key| *key != Key::Fraction).collect();
        self.repeated = used.iter().enumerate().any(|(place, key)| used[..place].contains(key));
        while self.keys.last() == Some(&None) {
            self.keys.pop();
        }
        self.has_genotype = self.keys.contains(&Some(Key::Genotype));
        self.genotype_first = self.keys.first() == Some(&Some(Key::Genotype));
    }

    /// Counts what is odd about it.
    pub fn note(&self, findings: &mut Findings) {
        if self.has_genotype && !self.genotype_first {
            findings.add(Finding::GenotypeNotFirst);
        }
    }

    /// The text of the genotype in a sample column, without reading the rest of it.
    pub fn genotype<'a>(&self, column: &'a [u8]) -> Option<&'a [u8]> {
        let place = self.keys.iter().position(|k| *k == Some(Key::Genotype))?;
        column.split(|&b| b == b':').nth(place)
    }

    /// Reads one sample's column. `alleles` counts the reference.
    ///
    /// # Errors
    /// What is wrong with it, for values whose meaning is in doubt.
    pub fn read(
        &self,
        column: &[u8],
        alleles: usize,
        numbers: &Numbers,
        findings: &mut Findings,
    ) -> Result<SampleValues, String> {
        if self.repeated {
            return Err("FORMAT names a key twice; correct the record".to_owned());
        }
        // Values dropped at the end are allowed; more values than keys mean that something has shifted.
        // A column is short: a plain loop is done before a search is set up.
        if column.iter().filter(|&&b| b == b':').count() >= self.count {
            return Err("a sample has more values than FORMAT has keys; correct the record".to_owned());
        }
        let mut values = SampleValues::default();
        for (key, text) in self.keys.iter().zip(column.split(|&b| b == b':')) {
            let Some(key) = key else { continue };
            if text == b"." && *key != Key::Genotype {
                continue;
            }
            let call = &mut values.call;
            match key {
                Key::Genotype => {
                    call.phased = genotype(text, alleles, &mut call.alleles)?;
                    values.without_alternate(alleles, findings);
                }
                Key::AlleleDepths => {
                    allele_depths(text, alleles, numbers, &mut call.allele_depths, findings)?
                }
                Key::Depth => call.depth = whole(text, "DP", findings)?,
                Key::MinimumDepth => values.minimum_depth = whole(text, "MIN_DP", findings)?,
                Key::Quality => call.quality = whole(text, "GQ", findings)?,
                Key::ReferenceQuality => values.reference_quality = whole(text, "RGQ", findings)?,
                Key::Length => values.length = whole(text, "LEN", findings)?,
                Key::PhaseSet => match number(text) {
                    Some(set) => call.phase_set = Some(set),
                    None => {
                        findings.add(Finding::PhaseSet);
                        values.phase_unknown = true;
                    }
                },
                Key::Fraction => fractions(text, alleles, &mut call.fractions, findings),
                Key::PhysicalGenotype => values.physical_phase.set_genotype(text),
                Key::PhysicalGroup => values.physical_phase.set_group(text),
                Key::Filter => call.filtered = fails_filter(text),
            }
        }
        values.finish(findings);
        Ok(values)
    }
}

/// One sample's values, some of which are needed only to complete the call.
#[derive(Debug, Default)]
pub struct SampleValues {
    /// The call.
    pub call: RecordCall,
    /// `MIN_DP`.
    pub minimum_depth: Option<u32>,
    pub(crate) reference_quality: Option<u32>,
    /// `LEN`: bases that a reference block covers (VCF 4.5).
    pub length: Option<u32>,
    pub(crate) phase_unknown: bool,
    pub(crate) physical_phase: PhysicalPhase,
}

impl SampleValues {
    /// Where the record has no ALT at all (removed after calling), an allele that is named is some allele, not
    /// known which: the copy becomes unknown, never reference.
    pub(crate) fn without_alternate(&mut self, alleles: usize, findings: &mut Findings) {
        if alleles == 1 && self.call.alleles.iter().flatten().any(|number| *number > 0) {
            findings.add(Finding::AlleleWithoutAlternate);
            self.call.alleles.iter_mut().filter(|a| a.is_some_and(|n| n > 0)).for_each(|a| *a = None);
        }
    }

    pub(crate) fn finish(&mut self, findings: &mut Findings) {
        let counted = || self.call.allele_depths.iter().copied().reduce(u32::saturating_add);
        self.call.depth = self.call.depth.or_else(counted);
        // What the caller itself does not stand for is no genotype, and no reference either.
        if self.call.filtered {
            self.call.alleles.iter_mut().for_each(|allele| *allele = None);
        }
        self.call.quality = self.call.quality.or(self.reference_quality);
        // Without its set, a phased genotype would be read as phased with everything else on the contig.
        self.call.phased &= !self.phase_unknown;
        self.physical_phase.apply(&mut self.call, findings);
    }
}

/// True where a genotype's own filter says that it did not pass.
///
/// Source: VCF 4.5, section 1.6.2, FT: `PASS`, or the filters that fail; `.` where none was applied.
pub(crate) fn fails_filter(text: &[u8]) -> bool {
    !matches!(text, b"" | b"." | b"PASS")
}

/// Declared numbers of the keys whose number of values is checked.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// True when AD is declared `Number=R`.
    pub depths_per_allele: bool,
}

impl Numbers {
    /// As a header declares them.
    pub fn of(header: &Header) -> Self {
        Self { depths_per_allele: header.formats.get("AD") == Some(&Number::R) }
    }
}

/// Reads GT into `into` and tells whether it is phased throughout.
///
/// Grammar: VCF 4.5 section 1.6.2, GT: allele numbers or `.`, separated by `/` or `|`, and since 4.4 with an
/// optional separator in front that gives the phasing of the first allele.
pub(crate) fn genotype(
    text: &[u8],
    alleles: usize,
    into: &mut SmallVec<[Option<u8>; 2]>,
) -> Result<bool, String> {
    // By far the most frequent shape: one digit a side.
    if let [a, separator @ (b'/' | b'|'), b] = text
        && a.is_ascii_digit()
        && b.is_ascii_digit()
    {
        for digit in [a - b'0', b - b'0'] {
            in_range(u32::from(digit), alleles)?;
            into.push(Some(digit));
        }
        return Ok(*separator == b'|');
    }
    let fault = || format!("GT {:?} is not a genotype; correct the record", String::from_utf8_lossy(text));
    let (mut phased, mut separators) = (true, 0);
    let mut rest = text;
    if let Some((first @ (b'/' | b'|'), after)) = rest.split_first() {
        (phased, separators, rest) = (*first == b'|', 1, after);
    }
    loop {
        let end = rest.iter().position(|b| matches!(b, b'/' | b'|')).unwrap_or(rest.len());
        into.push(match &rest[..end] {
            b"." => None,
            digits => {
                let number = number(digits).ok_or_else(fault)?;
                in_range(number, alleles)?;
                Some(u8::try_from(number).map_err(|_| fault())?)
            }
        });
        let Some(separator) = rest.get(end) else { break };
        phased &= *separator == b'|';
        separators += 1;
        rest = &rest[end + 1..];
    }
    Ok(phased && separators > 0)
}

pub(crate) fn in_range(number: u32, alleles: usize) -> Result<(), String> {
    // A record without ALT is a special case: see `without_alternate`.
    if (number as usize) < alleles || alleles == 1 {
        return Ok(());
    }
    Err(format!("GT names allele {number} and the record has {} ALT; correct the record", alleles - 1))
}

/// A whole number without sign.
pub(crate) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 10 {
        return None;
    }
    digits.iter().try_fold(0u32, |sum, b| {
        let digit = b.is_ascii_digit().then(|| u32::from(b - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

/// A count that callers also write with a fraction, a sign, or out of range.
fn whole(text: &[u8], key: &str, findings: &mut Findings) -> Result<Option<u32>, String> {
    if let Some(number) = number(text) {
        return Ok(Some(number));
    }
    let value = std::str::from_utf8(text).ok().and_then(|t| t.parse::<f64>().ok());
    let Some(value) = value else {
        let shown = String::from_utf8_lossy(text);
        return Err(format!("{key} {shown:?} is not one number; correct the record"));
    };
    Ok(rounded_down(value, findings))
}

/// The whole part of a number that should be whole; nothing for what cannot be a count.
pub(crate) fn rounded_down(value: f64, findings: &mut Findings) -> Option<u32> {
    let possible = value.is_finite() && value >= 0.0 && value <= f64::from(u32::MAX);
    if !possible || value.fract() != 0.0 {
        findings.add(Finding::NotWhole);
    }
    possible.then_some(value as u32)
}

fn allele_depths(
    text: &[u8],
    alleles: usize,
    numbers: &Numbers,
    into: &mut SmallVec<[u32; 4]>,
    findings: &mut Findings,
) -> Result<(), String> {
    let (mut count, mut unknown) = (0, false);
    for part in text.split(|&b| b == b',') {
        count += 1;
        match number(part) {
            Some(depth) => into.push(depth),
            None if part == b"." => unknown = true,
            None => {
                let shown = String::from_utf8_lossy(text);
                return Err(format!("AD {shown:?} is not a list of depths; correct the record"));
            }
        }
    }
    if count != alleles {
        into.clear();
        if numbers.depths_per_allele {
            return Err(format!("AD has {count} values for {alleles} alleles; correct the record"));
        }
        findings.add(Finding::Cardinality);
    } else if unknown {
        into.clear();
    }
    Ok(())
}

fn fractions(text: &[u8], alleles: usize, into: &mut SmallVec<[f32; 2]>, findings: &mut Findings) {
    into.clear();
    let mut count = 0;
    for part in text.split(|&b| b == b',') {
        count += 1;
        let value = std::str::from_utf8(part).ok().and_then(|t| t.parse::<f32>().ok());
        into.push(value.filter(|v| (0.0..=1.0).contains(v)).unwrap_or(f32::NAN));
    }
    if count + 1 != alleles {
        into.clear();
        findings.add(Finding::Cardinality);
    }
}

#[cfg(test)]
mod tests;
