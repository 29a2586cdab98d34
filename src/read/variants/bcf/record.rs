//! One BCF record becomes the same record as its VCF line would.

use std::collections::BTreeMap;

use super::value::{Cursor, DAMAGED, Element, Kind, elements};
use crate::model::allele::Alternate;
use crate::model::contig::ContigId;
use crate::model::record::VariantRecord;
use crate::read::variants::vcf::alternate;
use crate::read::variants::vcf::finding::{Finding, Findings};
use crate::read::variants::vcf::genotype::{Key, SampleValues, fails_filter, in_range, rounded_down};
use crate::read::variants::vcf::header::Header;
use crate::read::variants::vcf::record::{
    LAST_POSITION, Layout, MOST_ALTERNATES, Memory, Outcome, Place, RecordFault, is_reference_only,
};

/// What the numbers of a BCF stand for.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// Contig names and identifiers by number.
    contigs: BTreeMap<usize, (String, Option<ContigId>)>,
    filters: BTreeMap<usize, String>,
    keys: BTreeMap<usize, Key>,
    end: Option<usize>,
}

impl Dictionary {
    /// From the header, with the file's contigs mapped.
    pub fn new(header: &Header, layout: &Layout) -> Self {
        let contigs = header
            .contig_numbers
            .iter()
            .map(|(&number, name)| (number, (name.clone(), layout.contigs.id(name.as_bytes()))));
        Self {
            contigs: contigs.collect(),
            filters: header.strings.clone(),
            keys: header
                .strings
                .iter()
                .filter_map(|(&n, name)| Some((n, Key::of(name.as_bytes())?)))
                .collect(),
            end: header.strings.iter().find(|(_, name)| *name == "END").map(|(&n, _)| n),
        }
    }
}

impl Dictionary {
    /// The contig of a number's four bytes, where the reference has it.
    pub fn contig(&self, number: &[u8]) -> Option<ContigId> {
        let number = u32::from_le_bytes(number.try_into().ok()?) as usize;
        self.contigs.get(&number)?.1
    }
}

/// One FORMAT field: its elements for every sample.
struct Field<'a> {
    key: Key,
    kind: Kind,
    width: usize,
    data: &'a [u8],
}

impl<'a> Field<'a> {
    fn of(&self, sample: usize) -> &'a [u8] {
        &self.data[sample * self.width..(sample + 1) * self.width]
    }
}

impl Layout {
    /// Reads a whole record, lengths included.
    ///
    /// # Errors
    /// [`RecordFault`] for a record whose meaning is in doubt.
    pub fn parse_bcf<'a>(
        &self,
        bytes: &[u8],
        number: u64,
        dictionary: &'a Dictionary,
        memory: &mut Memory,
    ) -> Result<(Place<'a>, Outcome), RecordFault> {
        let mut place = ("", 0);
        self.decode(bytes, number, dictionary, memory, &mut place)
            .map(|outcome| ((place.0.as_bytes(), place.1), outcome))
            .map_err(|reason| RecordFault { place: format!("{}:{}", place.0, place.1), reason })
    }

    fn decode<'a>(
        &self,
        bytes: &[u8],
        number: u64,
        dictionary: &'a Dictionary,
        memory: &mut Memory,
        place: &mut (&'a str, u32),
    ) -> Result<Outcome, String> {
        let mut cursor = Cursor::new(bytes);
        let shared = cursor.word()? as usize;
        let per_sample = cursor.word()? as usize;
        let mut samples = Cursor::new({
            let shared_bytes = cursor.bytes(shared)?;
            let rest = cursor.bytes(per_sample)?;
            cursor = Cursor::new(shared_bytes);
            rest
        });
        let contig_number = cursor.word()? as usize;
        let (name, contig) = dictionary.contigs.get(&contig_number).ok_or_else(|| {
            format!("contig number {contig_number} is not in the header; the file is damaged")
        })?;
        place.0 = name;
        let offset = cursor.word()? as i32;
        place.1 =
            u32::try_from(offset.wrapping_add(1)).map_err(|_| "POS is not a position; correct the record")?;
        let _span = cursor.word()?;
        let quality_bits = cursor.word()?;
        let counts = cursor.word()?;
        let (allele_count, info_count) = ((counts >> 16) as usize, counts & 0xFFFF);
        let counts = cursor.word()?;
        let (field_count, sample_count) = ((counts >> 24) as usize, (counts & 0xFF_FFFF) as usize);
        if sample_count != self.samples && !(sample_count == 0 && field_count == 0) {
            return Err(format!("the record has {sample_count} samples and the header {}", self.samples));
        }
        let Some(contig) = *contig else { return Ok(Outcome::UnknownContig) };
        let Ok(start) = u32::try_from(offset) else {
            memory.findings.add(Finding::BeforeFirstBase);
            return Ok(Outcome::Unplaced);
        };
        cursor.value()?; // ID
        if allele_count == 0 {
            return Err("REF is empty; correct the record".to_owned());
        }
        let reference = text(&mut cursor)?;
        self.check_reference(contig, start, reference, memory)?;
        if allele_count - 1 > MOST_ALTERNATES {
            return Err(format!("{} ALT alleles; at most {MOST_ALTERNATES} can be read", allele_count - 1));
        }
        let mut alternates: Vec<Alternate> = Vec::with_capacity(allele_count - 1);
        for _ in 1..allele_count {
            // A lone `.` would be read as "no ALT".
            alternates.extend(alternate::parse(text(&mut cursor)?)?);
        }
        let has_symbol = alternates.is_empty()
            || alternates.iter().any(|a| !matches!(a, Alternate::Bases(_) | Alternate::Ambiguous(_)));
        let filters = filters(&mut cursor, dictionary)?;
        let mut end = None;
        if has_symbol {
            for _ in 0..info_count {
                let key = cursor.whole()?;
                let (kind, value) = cursor.value()?;
                if usize::try_from(key).ok() == dictionary.end {
                    end = end_of(kind, value, start, memory);
                }
            }
        }
        let reference_end = start + reference.len() as u32;
        let fields = fields(&mut samples, field_count, sample_count, dictionary)?;
        let genotype = fields.iter().find(|f| f.key == Key::Genotype);
        if end.is_none()
            && has_symbol
            && let Some(lengths) = fields.iter().find(|f| f.key == Key::Length)
        {
            let longest = self.wanted.iter().filter_map(|&(s, _)| match first(lengths, s)? {
                Element::Whole(length) => u32::try_from(length).ok(),
                _ => None,
            });
            end = longest.max().map(|l| start.saturating_add(l)).filter(|e| *e > reference_end);
        }
        if self.is_outside(contig, start, end.unwrap_or(0).max(reference_end)) {
            return Ok(Outcome::Outside);
        }
        if self.skip_uncarried
            && let Some(genotype) = genotype
        {
            let carried = |sample| {
                elements(genotype.kind, genotype.of(sample))
                    .any(|e| !matches!(e, Element::Whole(v) if v >> 1 == 1))
            };
            if !self.wanted.iter().any(|&(sample, _)| carried(sample)) {
                return Ok(Outcome::Uncarried);
            }
        }
        let mut record = VariantRecord {
            contig,
            start,
            reference: reference.to_ascii_uppercase(),
            alternates,
            quality: (quality_bits != 0x7F80_0001)
                .then(|| f32::from_bits(quality_bits))
                .filter(|q| q.is_finite() && *q >= 0.0),
            filters,
            end,
            calls: vec![Default::default(); self.wanted.len()],
            number,
        };
        let is_block = is_reference_only(&record.alternates);
        for &(sample, slot) in &self.wanted {
            let values = self.sample(&fields, sample, allele_count, &mut memory.findings)?;
            record.calls[slot] = values.call;
            if is_block {
                record.calls[slot].depth = values.minimum_depth.or(record.calls[slot].depth);
            }
        }
        Ok(Outcome::Kept(record))
    }

    fn sample(
        &self,
        fields: &[Field<'_>],
        sample: usize,
        alleles: usize,
        findings: &mut Findings,
    ) -> Result<SampleValues, String> {
        let mut values = SampleValues::default();
        for field in fields {
            let whole = |findings: &mut Findings| match first(field, sample) {
                Some(Element::Whole(value)) => u32::try_from(value).ok(),
                Some(Element::Float(value)) => rounded_down(f64::from(value), findings),
                _ => None,
            };
            match field.key {
                Key::Depth => values.call.depth = whole(findings),
                Key::MinimumDepth => values.minimum_depth = whole(findings),
                Key::Quality => values.call.quality = whole(findings),
                Key::ReferenceQuality => values.reference_quality = whole(findings),
                Key::Length => values.length = whole(findings),
                Key::Genotype => {
                    genotype(field, sample, alleles, &mut values)?;
                    values.without_alternate(alleles, findings);
                }
                Key::AlleleDepths => self.depths(field, sample, alleles, &mut values, findings)?,
                Key::PhaseSet => phase_set(field, sample, &mut values, findings),
                Key::Fraction => fractions(field, sample, alleles, &mut values, findings),
                Key::PhysicalGenotype => values.physical_phase.set_genotype(characters(field, sample)),
                Key::PhysicalGroup => values.physical_phase.set_group(characters(field, sample)),
                Key::Filter => values.call.filtered = fails_filter(characters(field, sample)),
            }
        }
        values.finish(findings);
        Ok(values)
    }

    fn depths(
        &self,
        field: &Field<'_>,
        sample: usize,
        alleles: usize,
        values: &mut SampleValues,
        findings: &mut Findings,
    ) -> Result<(), String> {
        let all: Vec<Element> = elements(field.kind, field.of(sample)).collect();
        if all.iter().all(|e| *e == Element::Missing) {
            return Ok(());
        }
        if all.len() != alleles {
            if self.numbers.depths_per_allele {
                return Err(format!("AD has {} values for {alleles} alleles; correct the record", all.len()));
            }
            findings.add(Finding::Cardinality);
            return Ok(());
        }
        let depths = all.iter().map(|e| match e {
            Element::Whole(depth) => u32::try_from(*depth).ok(),
            _ => None,
        });
        values.call.allele_depths = depths.collect::<Option<_>>().unwrap_or_default();
        Ok(())
    }
}

fn text<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], String> {
    match cursor.value()? {
        (Kind::Text, bytes) => Ok(bytes),
        _ => Err(DAMAGED.to_owned()),
    }
}

fn filters(cursor: &mut Cursor<'_>, dictionary: &Dictionary) -> Result<Option<Vec<String>>, String> {
    let (kind, bytes) = cursor.value()?;
    let mut names = Vec::new();
    let mut any = false;
    for element in elements(kind, bytes) {
        any = true;
        let Element::Whole(number) = element else { continue };
        let name = usize::try_from(number).ok().and_then(|n| dictionary.filters.get(&n)).ok_or(DAMAGED)?;
        if name != "PASS" {
            names.push(name.clone());
        }
    }
    Ok(any.then_some(names))
}

fn end_of(kind: Kind, value: &[u8], start: u32, memory: &mut Memory) -> Option<u32> {
    let end = match elements(kind, value).next()? {
        Element::Whole(end) => u32::try_from(end).ok().filter(|end| *end > start && *end <= LAST_POSITION),
        _ => None,
    };
    if end.is_none() {
        memory.findings.add(Finding::End);
    }
    end
}

/// The FORMAT fields that are used.
fn fields<'a>(
    cursor: &mut Cursor<'a>,
    count: usize,
    samples: usize,
    dictionary: &Dictionary,
) -> Result<Vec<Field<'a>>, String> {
    let mut fields = Vec::new();
    for _ in 0..count {
        let key = usize::try_from(cursor.whole()?).map_err(|_| DAMAGED)?;
        let (kind, length) = cursor.descriptor()?;
        let width = kind.size().checked_mul(length).ok_or(DAMAGED)?;
        let data = cursor.bytes(width.checked_mul(samples).ok_or(DAMAGED)?)?;
        if let Some(&key) = dictionary.keys.get(&key) {
            fields.push(Field { key, kind, width, data });
        }
    }
    Ok(fields)
}

/// The characters of a text field; nothing of a field of another kind.
fn characters<'a>(field: &Field<'a>, sample: usize) -> &'a [u8] {
    if field.kind != Kind::Text {
        return &[];
    }
    field.of(sample).split(|b| *b == 0).next().unwrap_or_default()
}

fn first(field: &Field<'_>, sample: usize) -> Option<Element> {
    elements(field.kind, field.of(sample)).next()
}

/// GT: each element is (allele number + 1) × 2, plus 1 when phased with the one before; 0 and 1 are missing.
fn genotype(
    field: &Field<'_>,
    sample: usize,
    alleles: usize,
    values: &mut SampleValues,
) -> Result<(), String> {
    let (mut phased, mut count) = (true, 0);
    for element in elements(field.kind, field.of(sample)) {
        let value = match element {
            Element::Whole(value) => u32::try_from(value).map_err(|_| DAMAGED)?,
            Element::Missing => 0,
            Element::Float(_) => return Err(DAMAGED.to_owned()),
        };
        phased &= count == 0 || value & 1 == 1;
        count += 1;
        let number = (value >> 1).checked_sub(1);
        if let Some(number) = number {
            in_range(number, alleles)?;
        }
        values.call.alleles.push(number.map(|n| n.min(255) as u8));
    }
    values.call.phased = phased && count > 1;
    Ok(())
}

fn phase_set(field: &Field<'_>, sample: usize, values: &mut SampleValues, findings: &mut Findings) {
    match first(field, sample) {
        Some(Element::Whole(set)) if set >= 0 => values.call.phase_set = Some(set as u32),
        None if field.kind == Kind::Text && matches!(characters(field, sample), b"" | b".") => {}
        Some(Element::Missing) => {}
        None if field.kind == Kind::Missing => {}
        _ => {
            findings.add(Finding::PhaseSet);
            values.phase_unknown = true;
        }
    }
}

fn fractions(
    field: &Field<'_>,
    sample: usize,
    alleles: usize,
    values: &mut SampleValues,
    findings: &mut Findings,
) {
    let all: Vec<Element> = elements(field.kind, field.of(sample)).collect();
    if all.iter().all(|e| *e == Element::Missing) {
        return;
    }
    if all.len() + 1 != alleles {
        findings.add(Finding::Cardinality);
        return;
    }
    let value = |e: &Element| match e {
        Element::Float(value) => *value,
        Element::Whole(value) => *value as f32,
        Element::Missing => f32::NAN,
    };
    let in_range = |v: f32| if (0.0..=1.0).contains(&v) { v } else { f32::NAN };
    values.call.fractions = all.iter().map(value).map(in_range).collect();
}
