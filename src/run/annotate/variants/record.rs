//! One record after the other: annotated and written in the form of the output.

use super::additions::Additions;
use crate::annotate::Scratch;
use crate::read::bcf::line::{self, Names};
use crate::read::variants::{Outcome, RawRecord};
use crate::run::annotate::csq::{KEY, NOT_EVALUABLE_KEY};
use crate::run::annotate::error::RecordFault;
use crate::run::annotate::outcome::{Class, Outcomes};
use crate::run::annotate::setting::Setting;
use crate::write::bcf::append::{Added, push_record};
use crate::write::bcf::encode::{Encoder, Workspace};
use crate::write::bgzf::Sheet;
use crate::write::info;

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
        keys: [usize; 2],
        /// Their numbers in the input, as far as it has them.
        old_keys: Vec<usize>,
    },
}

/// What every record of the file is annotated with.
#[derive(Debug)]
pub(super) struct Records<'a> {
    setting: &'a Setting<'a>,
    form: Form,
    compressed: bool,
}

/// A batch in the making.
#[derive(Debug, Default)]
pub(super) struct Batch<'a> {
    sheet: Option<Sheet>,
    scratch: Scratch,
    additions: Additions<'a>,
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
    pub fn new(setting: &'a Setting<'a>, form: Form, compressed: bool) -> Self {
        Self { setting, form, compressed }
    }

    /// Takes one record in.
    pub fn annotate(&self, batch: &mut Batch<'a>, raw: RawRecord<'_>, outcome: &Outcome) {
        if batch.fault.is_some() || batch.failure.is_some() {
            return;
        }
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
        match self.write(batch, raw) {
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
        let Batch { sheet, additions, added, lines: [decoded, annotated], work, replaced, .. } = batch;
        let out = sheet.get_or_insert_with(|| Sheet::new(self.compressed)).open();
        let fields = [(KEY, &additions.csq), (NOT_EVALUABLE_KEY, &additions.not_evaluable)];
        if let Form::Patched { keys, old_keys } = &self.form {
            let cut = if old_keys.is_empty() { Vec::new() } else { line::info_fields(raw.bytes, old_keys)? };
            *replaced += u64::from(!cut.is_empty());
            let new = fields.iter().zip(keys).filter(|((_, text), _)| !text.is_empty());
            let new: smallvec::SmallVec<[Added<'_>; 2]> =
                new.map(|((_, text), key)| Added { key: *key, text }).collect();
            return push_record(out, raw.bytes, &cut, &new);
        }
        added.clear();
        for (key, text) in fields.iter().filter(|(_, text)| !text.is_empty()) {
            if !added.is_empty() {
                added.push(';');
            }
            added.push_str(key);
            added.push('=');
            added.push_str(text);
        }
        let ours = [KEY, NOT_EVALUABLE_KEY];
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
            *replaced += u64::from(info::write_line(annotated, bare, &ours, added));
            return encoder.push(out, annotated, work);
        }
        *replaced += u64::from(info::write_line(out, bytes, &ours, added));
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
