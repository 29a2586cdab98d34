//! Records of BCF, split by bytes: only what is wanted is looked at (VCF 4.5, section 6.3).

use std::io::Write;

use crate::reference::sites::SiteFieldKind;

use super::called;
use super::given::{Given, picked, present};
use super::header::{Field, Header, Pick, Source};
use super::parse::{Parser, Site, Values};

/// What of a header each record needs.
pub(super) struct Names {
    contigs: Vec<String>,
    strings: Vec<String>,
    /// Of every string, the field whose INFO key it is.
    wanted: Vec<Option<usize>>,
    end: Option<usize>,
    /// Of every string, whether it is the INFO key of a depth.
    depths: Vec<bool>,
    /// Of every string, whether it is a FORMAT key of what may not be 0.
    not_zero: Vec<bool>,
    genotype: Option<usize>,
}

impl Names {
    pub(super) fn new(header: &Header, fields: &[Field]) -> Self {
        let field = |key: &String| fields.iter().position(|f| f.source == Source::Info && f.key == *key);
        Self {
            contigs: header.contig_names.clone(),
            strings: header.strings.clone(),
            wanted: header.strings.iter().map(field).collect(),
            end: header.strings.iter().position(|key| key == "END"),
            depths: header.strings.iter().map(|key| called::DEPTHS.contains(&key.as_str())).collect(),
            not_zero: header.strings.iter().map(|key| called::NOT_ZERO.contains(&key.as_str())).collect(),
            genotype: header.strings.iter().position(|key| key == "GT"),
        }
    }
}

/// The length of the text of the header and where it begins; `None` where there are too few bytes yet.
pub(super) fn header_text(bytes: &[u8]) -> Result<Option<&[u8]>, String> {
    let Some(head) = bytes.get(..9) else { return Ok(None) };
    if head[..4] != *b"BCF\x02" {
        return Err("is BCF of another version than 2".to_owned());
    }
    let length = u32::from_le_bytes([head[5], head[6], head[7], head[8]]) as usize;
    Ok(bytes[9..].get(..length))
}

/// A value with its type: so many elements, and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Typed<'a> {
    kind: u8,
    count: usize,
    bytes: &'a [u8],
}

const CHARACTERS: u8 = 7;
const SINGLE: u8 = 5;
/// Single-precision patterns of a missing value and of the end of a list.
const SINGLE_MISSING: u32 = 0x7f80_0001;
const SINGLE_END: u32 = 0x7f80_0002;

/// One element of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Element {
    Integer(i64),
    Single(f32),
    Missing,
    /// The list is shorter than its vector.
    End,
}

impl<'a> Typed<'a> {
    fn take(bytes: &mut &'a [u8]) -> Option<Self> {
        Self::take_all(bytes, 1)
    }

    /// The values of so many samples, one after the other; the number of elements is that of all.
    fn take_all(bytes: &mut &'a [u8], samples: usize) -> Option<Self> {
        let (&head, mut rest) = bytes.split_first()?;
        let mut count = usize::from(head >> 4);
        if count == 15 {
            let length = Self::take(&mut rest)?;
            count = usize::try_from(length.integer()?).ok()?;
        }
        let count = count.checked_mul(samples)?;
        let kind = head & 15;
        let width = match kind {
            0 => 0,
            1 | CHARACTERS => 1,
            2 => 2,
            3 | SINGLE => 4,
            _ => return None,
        };
        let (own, after) = rest.split_at_checked(count.checked_mul(width)?)?;
        *bytes = after;
        Some(Self { kind, count: if kind == 0 { 0 } else { count }, bytes: own })
    }

    fn element(&self, at: usize) -> Option<Element> {
        let integer = |value: i32, least: i32| match value.wrapping_sub(least) {
            0 => Element::Missing,
            1 => Element::End,
            _ => Element::Integer(i64::from(value)),
        };
        Some(match self.kind {
            1 => integer(i32::from(*self.bytes.get(at)? as i8), i32::from(i8::MIN)),
            2 => {
                let bytes = self.bytes.get(2 * at..2 * at + 2)?;
                integer(i32::from(i16::from_le_bytes(bytes.try_into().ok()?)), i32::from(i16::MIN))
            }
            3 => {
                let bytes = self.bytes.get(4 * at..4 * at + 4)?;
                integer(i32::from_le_bytes(bytes.try_into().ok()?), i32::MIN)
            }
            SINGLE => {
                let bytes = self.bytes.get(4 * at..4 * at + 4)?;
                match u32::from_le_bytes(bytes.try_into().ok()?) {
                    SINGLE_MISSING => Element::Missing,
                    SINGLE_END => Element::End,
                    bits => Element::Single(f32::from_bits(bits)),
                }
            }
            _ => return None,
        })
    }

    fn integer(&self) -> Option<i64> {
        match self.element(0)? {
            Element::Integer(value) => Some(value),
            _ => None,
        }
    }

    /// Elements before the end of the list.
    fn length(&self) -> usize {
        (0..self.count).take_while(|&at| self.element(at) != Some(Element::End)).count()
    }

    fn text(&self) -> &'a [u8] {
        match (self.kind, memchr::memchr(0, self.bytes)) {
            (CHARACTERS, Some(end)) => &self.bytes[..end],
            (CHARACTERS, None) => self.bytes,
            _ => b"",
        }
    }
}

/// The values of a record.
struct Record<'r, 'a> {
    names: &'r Names,
    id: &'a [u8],
    quality: u32,
    filters: Typed<'a>,
    given: &'r [Option<Typed<'a>>],
    written: Vec<u8>,
    /// INFO gives a depth of 0.
    no_depth: bool,
    /// Numbers of FORMAT keys and of samples, and their bytes.
    samples: (usize, usize, &'a [u8]),
}

impl Values for Record<'_, '_> {
    fn of(&mut self, at: usize, field: &Field, alternate: usize, count: usize) -> Given<'_> {
        match field.source {
            Source::Id => return present(self.id),
            Source::Quality if self.quality == SINGLE_MISSING => return Given::Missing,
            Source::Quality => return Given::Single(f32::from_bits(self.quality)),
            Source::Filter => return self.filters(),
            _ => {}
        }
        let Some(value) = self.given[at] else { return Given::Missing };
        if field.kind == SiteFieldKind::Flag {
            return Given::Text(b"");
        }
        if value.kind == CHARACTERS {
            return picked(value.text(), field.pick, alternate, count);
        }
        let length = value.length();
        if length == 0 || length == 1 && value.element(0) == Some(Element::Missing) {
            return Given::Missing;
        }
        let place = match field.pick {
            Pick::Whole if field.kind == SiteFieldKind::Text => return self.list(value, length),
            Pick::Listed if length != count || count == 1 => return self.list(value, length),
            Pick::Shared if length == 1 => 0,
            Pick::Whole if length != 1 => return Given::Unfit,
            Pick::Whole => 0,
            Pick::Alternate | Pick::Shared if length != count => return Given::Unfit,
            Pick::Allele if length != count + 1 => return Given::Unfit,
            Pick::Alternate | Pick::Shared | Pick::Listed => alternate,
            Pick::Allele => alternate + 1,
        };
        match value.element(place) {
            Some(Element::Missing) => Given::Missing,
            Some(Element::Integer(_) | Element::Single(_)) if field.kind == SiteFieldKind::Text => {
                let one = Typed {
                    count: 1,
                    bytes: &value.bytes[place * value.bytes.len() / value.count..],
                    ..value
                };
                self.list(one, 1)
            }
            Some(Element::Integer(number)) => Given::Integer(number),
            Some(Element::Single(number)) => Given::Single(number),
            _ => Given::Unfit,
        }
    }

    fn is_called(&self) -> bool {
        let passes =
            self.filters.count == 0 || (self.filters.count == 1 && self.filters.integer() == Some(0));
        passes && (self.samples.1 == 0 || !self.no_depth && self.samples_called() == Some(true))
    }
}

impl Record<'_, '_> {
    /// As [`called::samples`]; `None` where the bytes are damaged.
    fn samples_called(&self) -> Option<bool> {
        let (keys, samples, mut bytes) = self.samples;
        let mut genotypes = false;
        for _ in 0..keys {
            let key = usize::try_from(Typed::take(&mut bytes)?.integer()?).ok()?;
            let values = Typed::take_all(&mut bytes, samples)?;
            let each = values.count / samples.max(1);
            let of = |sample: usize| (0..each).map_while(move |at| values.element(sample * each + at));
            if self.names.genotype == Some(key) {
                // An allele is its number, from 1, doubled, plus its phase; 0 is one that is missing.
                let is_missing = |allele: Element| !matches!(allele, Element::Integer(n) if n > 1);
                let is_called = |sample: usize| {
                    let mut alleles = of(sample).take_while(|&e| e != Element::End).peekable();
                    alleles.peek().is_some() && !alleles.any(is_missing)
                };
                genotypes = (0..samples).all(is_called);
            } else if *self.names.not_zero.get(key)?
                && (0..samples).any(|sample| of(sample).next() == Some(Element::Integer(0)))
            {
                return Some(false);
            }
        }
        Some(genotypes)
    }

    /// A list as VCF writes it.
    fn list(&mut self, value: Typed<'_>, length: usize) -> Given<'_> {
        self.written.clear();
        for at in 0..length {
            if at > 0 {
                self.written.push(b',');
            }
            // Writing into memory does not fail.
            let _ = match value.element(at) {
                Some(Element::Integer(number)) => write!(self.written, "{number}"),
                Some(Element::Single(number)) => write!(self.written, "{number}"),
                _ => write!(self.written, "."),
            };
        }
        present(&self.written)
    }

    fn filters(&mut self) -> Given<'_> {
        self.written.clear();
        for at in 0..self.filters.length() {
            let Some(Element::Integer(number)) = self.filters.element(at) else { return Given::Missing };
            let name = usize::try_from(number).ok().and_then(|number| self.names.strings.get(number));
            let Some(name) = name else { return Given::Unfit };
            if at > 0 {
                self.written.push(b';');
            }
            self.written.extend(name.as_bytes());
        }
        present(&self.written)
    }
}

/// Takes one record with its two lengths; the error is a message without its place.
pub(super) fn record(
    parser: &mut Parser<'_>,
    names: &Names,
    fields: usize,
    bytes: &[u8],
) -> Result<(), String> {
    let damaged = || "the record is damaged".to_owned();
    let shared = u32::from_le_bytes(bytes.get(..4).and_then(|b| b.try_into().ok()).ok_or_else(damaged)?);
    let (shared, individual) =
        bytes.get(8..).and_then(|b| b.split_at_checked(shared as usize)).ok_or_else(damaged)?;
    let (fixed, mut rest) = shared.split_at_checked(24).ok_or_else(damaged)?;
    let word = |at: usize| u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
    let contig = names.contigs.get(word(0) as usize).filter(|name| !name.is_empty());
    let chrom = contig.ok_or_else(|| format!("contig number {} is not in the header", word(0)))?;
    // The 0-based position; -1 is the one before the first base.
    let pos = word(4).wrapping_add(1);
    let (alleles, infos) = ((word(16) >> 16) as usize, word(16) & 0xffff);
    let mut take = || Typed::take(&mut rest).ok_or_else(damaged);
    let id = take()?.text();
    let mut bases = Vec::with_capacity(alleles.min(16));
    for _ in 0..alleles {
        bases.push(take()?.text());
    }
    let filters = take()?;
    let mut given: Vec<Option<Typed<'_>>> = vec![None; fields];
    let mut twice = Vec::new();
    let (mut end, mut no_depth) = (None, false);
    for _ in 0..infos {
        let key = take()?.integer().and_then(|key| usize::try_from(key).ok());
        let key = key.filter(|&key| key < names.wanted.len());
        let key = key.ok_or_else(|| "an INFO key is not in the header".to_owned())?;
        let value = take()?;
        if names.end == Some(key) {
            end = value.integer().and_then(|end| u32::try_from(end).ok());
        }
        no_depth |= names.depths[key] && value.integer() == Some(0);
        if let Some(field) = names.wanted[key] {
            // Of a key given twice with different values, which is true is not known.
            if given[field].replace(value).is_some_and(|before| before != value) {
                twice.push(field);
            }
        }
    }
    twice.iter().for_each(|&field| given[field] = None);
    let (reference, alternates) = bases.split_first().ok_or_else(|| "has no REF".to_owned())?;
    let site = Site { chrom: chrom.as_bytes(), pos, reference };
    let quality = word(12);
    let samples = ((word(20) >> 24) as usize, (word(20) & 0xff_ffff) as usize, individual);
    let written = Vec::new();
    let mut values = Record { names, id, quality, filters, given: &given, written, no_depth, samples };
    let no_alternate = [b".".as_slice()];
    let alternates = if alternates.is_empty() { &no_alternate } else { alternates };
    parser.given_twice(&twice, site, alternates.iter().copied());
    parser.record(site, alternates.iter().copied(), || end, &mut values)
}
