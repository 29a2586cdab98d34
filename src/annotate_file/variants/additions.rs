//! What is added to the INFO of one record.

use crate::annotate::Scratch;
use crate::annotate_file::csq;
use crate::annotate_file::csq::{AlleleNaming, AlleleParts};
use crate::annotate_file::outcome::{Class, Outcomes};
use crate::annotate_file::setting::{Setting, allele};
use crate::model::allele::Alternate;
use crate::model::annotation::NotEvaluable;
use crate::model::record::VariantRecord;
use crate::reference::sites::SiteCursor;
use crate::write::info_value::InfoValue;

/// The consequences of a record's alleles, and the buffers they are made with.
#[derive(Debug, Default)]
pub(super) struct Additions<'a> {
    /// The value of CSQ; empty where no allele has a consequence.
    csq: String,
    /// The value of the field that says why an ALT has none; empty where each has one.
    not_evaluable: String,
    parts: AlleleParts,
    reasons: Vec<Option<NotEvaluable>>,
    /// Places in the site tables.
    cursors: Vec<SiteCursor<'a>>,
}

impl<'a> Additions<'a> {
    /// Empties both fields.
    pub fn clear(&mut self) {
        self.csq.clear();
        self.not_evaluable.clear();
    }

    /// Gives every ALT of a record the same reason.
    pub fn all(&mut self, reason: &str, alternates: usize) {
        self.clear();
        for i in 0..alternates {
            if i > 0 {
                self.not_evaluable.push(',');
            }
            self.not_evaluable.push_str(reason);
        }
    }

    /// Annotates the ALTs of a record.
    pub fn fill(
        &mut self,
        setting: &Setting<'a>,
        record: &VariantRecord,
        scratch: &mut Scratch,
        outcomes: &mut Outcomes,
    ) {
        self.clear();
        self.reasons.clear();
        if record.alternates.is_empty() {
            outcomes.add(Class::NoAlternate);
        }
        let naming = AlleleNaming::new(&record.reference, &record.alternates);
        for (number, alternate) in (1..).zip(&record.alternates) {
            let reason = self.one(setting, record, (number, alternate), naming, scratch);
            let class = match reason {
                Err(reason) => Class::of(alternate, reason),
                Ok(true) => Class::Annotated,
                Ok(false) => Class::Intergenic,
            };
            outcomes.add(class);
            self.reasons.push(reason.err());
        }
        // `<NON_REF>` stands for alleles that were not seen: it says nothing that could be judged.
        let told = |(reason, alternate): (&Option<NotEvaluable>, &Alternate)| {
            reason.is_some() && *alternate != Alternate::NonReference
        };
        if self.reasons.iter().zip(&record.alternates).any(told) {
            for (i, reason) in self.reasons.iter().enumerate() {
                if i > 0 {
                    self.not_evaluable.push(',');
                }
                self.not_evaluable.push_str(reason.map_or(".", NotEvaluable::name));
            }
        }
    }

    /// Hands what was made over as the record's values of CSQ and of the field beside it.
    pub fn hand_over(&mut self, values: &mut [InfoValue]) {
        for (value, made) in values.iter_mut().zip([&mut self.csq, &mut self.not_evaluable]) {
            if let InfoValue::Text(text) = value {
                std::mem::swap(text, made);
            }
        }
    }

    /// Appends the entries of one ALT; true where there is a transcript near it.
    fn one(
        &mut self,
        setting: &Setting<'a>,
        record: &VariantRecord,
        (number, alternate): (usize, &Alternate),
        naming: AlleleNaming,
        scratch: &mut Scratch,
    ) -> Result<bool, NotEvaluable> {
        let allele = allele(record, alternate)?;
        let Self { csq, parts, cursors, .. } = self;
        parts.number = number;
        parts.allele.clear();
        naming.push(&mut parts.allele, &allele.alternate);
        parts.hgvsg.clear();
        parts.sites.clear();
        let values = setting.sites.values(&allele, cursors);
        for at in 0..setting.sites.len() {
            csq::push_site(&mut parts.sites, values.get(at).and_then(Option::as_ref));
        }
        parts.in_cis.clear();
        parts
            .in_cis
            .extend(setting.notes.of(&allele).iter().map(|note| (note.transcript_index, note.flag())));
        let before = csq.len();
        let edit = setting.annotator.visit(&allele, scratch, |on| {
            if setting.hgvs && parts.hgvsg.is_empty() {
                setting.annotator.push_hgvsg(&mut parts.hgvsg, on.edit());
                csq::escape_from(&mut parts.hgvsg, 0);
            }
            csq::push_entry(csq, parts, on, setting.hgvs);
        })?;
        if csq.len() > before {
            return Ok(true);
        }
        if setting.hgvs {
            setting.annotator.push_hgvsg(&mut parts.hgvsg, &edit);
            csq::escape_from(&mut parts.hgvsg, 0);
        }
        csq::push_intergenic(csq, parts, setting.hgvs);
        Ok(false)
    }
}
