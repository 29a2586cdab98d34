//! One record after the other: annotated and written in the form of the output.

use super::additions::Additions;
use super::site_fields;
use crate::annotate::Scratch;
use crate::annotate_file::error::RecordFault;
use crate::annotate_file::outcome::{Class, Outcomes};
use crate::annotate_file::setting::{Content, Setting};
use crate::read::variants::bcf::line;
use crate::read::variants::bcf::line::Names;
use crate::read::variants::{Outcome, RawRecord};
use crate::reference::sites::SiteCursor;
use crate::write::bcf::append::{Added, push_record};
use crate::write::bcf::encode::{Encoder, Workspace};
use crate::write::bgzf::Sheet;
use crate::write::info;
use crate::write::info_value::InfoValue;

/// What becomes of a record's bytes.
#[derive(Debug)]
pub(super) enum Form {
    /// VCF to VCF: the line with another INFO.
    Line,
    /// BCF to VCF.
    Decoded(Names),
    /// VCF to BCF.
    Encoded(Box<Encoder>),
    /// BCF to BCF: the record with fields cut out of INFO and put behind.
    Patched {
        /// The keys' numbers in the output.
        keys: Vec<usize>,
        /// Their numbers in the input, as far as it has them.
        old_keys: Vec<usize>,
    },
}

/// What every record of the file is annotated with.
#[derive(Debug)]
pub(super) struct Records<'a> {
    setting: &'a Setting<'a>,
    /// The keys that are added.
    keys: Vec<String>,
    /// Values of their kinds, empty.
    empty: Vec<InfoValue>,
    form: Form,
    compressed: bool,
}

/// A batch in the making.
#[derive(Debug, Default)]
pub(super) struct Batch<'a> {
    sheet: Option<Sheet>,
    scratch: Scratch,
    additions: Additions<'a>,
    /// Places in the site tables.
    cursors: Vec<SiteCursor<'a>>,
    /// What the record gets, by key.
    values: Vec<InfoValue>,
    /// `CSQ=…`, as it goes into a line.
    added: String,
    /// A line that was decoded, and one with the new INFO.
    lines: [Vec<u8>; 2],
    work: Workspace,
    records: u64,
    replaced: u64,
    outcomes: Outcomes,
    fault: Option<RecordFault>,
    failure: Option<std::io::Error>,
}

/// A batch done.
#[derive(Debug)]
pub(super) struct Done {
    /// Its part of the output.
    pub bytes: Vec<u8>,
    /// Records written.
    pub records: u64,
    /// Of those, records that had CSQ.
    pub replaced: u64,
    /// What became of its alleles.
    pub outcomes: Outcomes,
    /// The first record that could not be written; nothing after it was.
    pub fault: Option<RecordFault>,
}

impl<'a> Records<'a> {
    pub fn new(setting: &'a Setting<'a>, keys: Vec<String>, form: Form, compressed: bool) -> Self {
        let empty = match setting.content {
            Content::Consequences => vec![InfoValue::Text(String::new()); keys.len()],
            Content::SiteFields => site_fields::empty(setting.bundle),
        };
        Self { setting, keys, empty, form, compressed }
    }

    /// Takes one record in.
    pub fn annotate(&self, batch: &mut Batch<'a>, raw: RawRecord<'_>, outcome: &Outcome) {
        if batch.fault.is_some() || batch.failure.is_some() {
            return;
        }
        if batch.values.is_empty() {
            batch.values.clone_from(&self.empty);
        }
        let written = match self.setting.content {
            Content::Consequences => {
                self.consequences(batch, raw, outcome);
                Ok(())
            }
            Content::SiteFields => self.site_fields(batch, outcome),
        };
        match written.and_then(|()| self.write(batch, raw)) {
            Ok(()) => batch.records += 1,
            Err(reason) => {
                let place = format!("{}:{}", String::from_utf8_lossy(raw.chrom).escape_debug(), raw.position);
                batch.fault = Some(RecordFault { number: raw.number, place, reason });
            }
        }
        if let Some(Err(error)) = batch.sheet.as_mut().map(Sheet::settle) {
            batch.failure = Some(error);
        }
    }

    /// The consequences of a record's alleles.
    fn consequences(&self, batch: &mut Batch<'a>, raw: RawRecord<'_>, outcome: &Outcome) {
        let additions = &mut batch.additions;
        match outcome {
            Outcome::Kept(record) => {
                let (scratch, outcomes) = (&mut batch.scratch, &mut batch.outcomes);
                additions.fill(self.setting, record, scratch, outcomes);
            }
            Outcome::Unplaced => {
                batch.outcomes.add(Class::Unplaced);
                additions.all("before_first_base", self.alternates(raw.bytes));
            }
            Outcome::UnknownContig => {
                batch.outcomes.add(Class::UnknownContig);
                additions.all("unknown_contig", self.alternates(raw.bytes));
            }
            // Nothing restricts the reading; were it so, the record would still be written.
            Outcome::Outside | Outcome::Uncarried => additions.clear(),
        }
        additions.hand_over(&mut batch.values);
    }

    /// The site tables' values of a record's alleles.
    fn site_fields(&self, batch: &mut Batch<'a>, outcome: &Outcome) -> Result<(), String> {
        let Batch { values, cursors, outcomes, .. } = batch;
        match outcome {
            Outcome::Kept(record) => {
                return site_fields::fill(values, self.setting, record, cursors, outcomes);
            }
            Outcome::Unplaced => outcomes.add(Class::Unplaced),
            Outcome::UnknownContig => outcomes.add(Class::UnknownContig),
            Outcome::Outside | Outcome::Uncarried => {}
        }
        values.iter_mut().for_each(InfoValue::clear);
        Ok(())
    }

    /// Number of ALTs of a record that was not taken apart.
    fn alternates(&self, bytes: &[u8]) -> usize {
        match self.form {
            Form::Line | Form::Encoded(_) => match bytes.split(|&b| b == b'\t').nth(4) {
                None | Some(b".") => 0,
                Some(alternates) => alternates.split(|&b| b == b',').count(),
            },
            // The upper half of the word behind QUAL counts the alleles, REF among them.
            Form::Decoded(_) | Form::Patched { .. } => {
                let count = bytes.get(26..28).and_then(|b| <[u8; 2]>::try_from(b).ok());
                count.map_or(0, |count| usize::from(u16::from_le_bytes(count)).saturating_sub(1))
            }
        }
    }

    fn write(&self, batch: &mut Batch<'a>, raw: RawRecord<'_>) -> Result<(), String> {
        let Batch { sheet, values, added, lines: [decoded, annotated], work, replaced, .. } = batch;
        let out = sheet.get_or_insert_with(|| Sheet::new(self.compressed)).open();
        let said = |value: &&InfoValue| !value.is_empty();
        if let Form::Patched { keys, old_keys } = &self.form {
            let cut = if old_keys.is_empty() { Vec::new() } else { line::info_fields(raw.bytes, old_keys)? };
            *replaced += u64::from(!cut.is_empty());
            let new = values.iter().zip(keys).filter(|(value, _)| said(value));
            let new: smallvec::SmallVec<[Added<'_>; 16]> =
                new.map(|(value, key)| Added { key: *key, value }).collect();
            return push_record(out, raw.bytes, &cut, &new);
        }
        added.clear();
        for (key, value) in self.keys.iter().zip(values.iter()).filter(|(_, value)| said(value)) {
            if !added.is_empty() {
                added.push(';');
            }
            added.push_str(key);
            added.push('=');
            value.push_text(added);
        }
        let bytes = match &self.form {
            Form::Decoded(names) => {
                decoded.clear();
                names.push_line(decoded, raw.bytes, raw.chrom)?;
                decoded.as_slice()
            }
            _ => raw.bytes,
        };
        if let Form::Encoded(encoder) = &self.form {
            annotated.clear();
            let bare = bytes.strip_suffix(b"\r").unwrap_or(bytes);
            *replaced += u64::from(info::write_line(annotated, bare, &self.keys, added));
            return encoder.push(out, annotated, work);
        }
        *replaced += u64::from(info::write_line(out, bytes, &self.keys, added));
        out.push(b'\n');
        Ok(())
    }

    /// What was written.
    ///
    /// # Errors
    /// When the compressor failed.
    pub fn finish(&self, batch: Batch<'a>) -> std::io::Result<Done> {
        if let Some(error) = batch.failure {
            return Err(error);
        }
        Ok(Done {
            bytes: batch.sheet.map_or(Ok(Vec::new()), Sheet::finish)?,
            records: batch.records,
            replaced: batch.replaced,
            outcomes: batch.outcomes,
            fault: batch.fault,
        })
    }
}
