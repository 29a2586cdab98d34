//! Rows of the single-site modes, and the alleles that pairs are made of.

use std::fmt::Write;

use smallvec::SmallVec;

use super::groups::Groups;
use super::place::Places;
use crate::family::{FamilyPolicy, Site, segregate};
use crate::model::allele::Alternate;
use crate::model::contig::{Contig, canonical_name};
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy, MissingReason};
use crate::model::position::{Interval, Position1};
use crate::model::record::{RecordCall, VariantRecord};
use crate::model::remark::FamilyRemark;
use crate::model::segregation::CopyRegion;

/// What a worker makes of a batch of records.
pub(super) struct Batch {
    /// Rows of the single-site modes.
    pub rows: String,
    /// Alleles that lie in a gene and that an affected member may carry.
    pub alleles: Vec<GroupAllele>,
}

/// An allele of a gene.
pub(super) struct GroupAllele {
    /// Columns `chrom pos ref alt`.
    pub columns: String,
    /// `CHROM-POS-REF-ALT`.
    pub key: String,
    /// Number of the record: two ALTs of one record share it.
    pub record: u64,
    pub canonical_contig: String,
    /// REF bases, as spelled in the file.
    pub interval: Interval,
    /// Bases that a deletion removes.
    pub deleted: Option<Interval>,
    pub reference: Vec<u8>,
    pub region: CopyRegion,
    pub calls: Vec<Call>,
    pub groups: Vec<usize>,
}

/// What the workers share.
pub(super) struct Worker<'a> {
    pub family: &'a Family,
    /// Members in the order of the file's wanted samples.
    pub members: &'a [usize],
    pub contigs: &'a [Contig],
    pub places: &'a Places,
    pub groups: &'a Groups,
    pub policy: &'a FamilyPolicy,
}

impl Worker<'_> {
    pub fn batch(&self, records: Vec<VariantRecord>) -> Batch {
        let mut batch = Batch { rows: String::new(), alleles: Vec::new() };
        for record in &records {
            for (index, alternate) in record.alternates.iter().enumerate() {
                if !matches!(alternate, Alternate::SpanningDeletion | Alternate::NonReference) {
                    self.allele(record, index, alternate, &mut batch);
                }
            }
        }
        batch
    }

    /// One ALT, tested against the record's original genotypes.
    fn allele(&self, record: &VariantRecord, index: usize, alternate: &Alternate, batch: &mut Batch) {
        let Some(contig) = self.contigs.get(record.contig.index()) else { return };
        let canonical = canonical_name(&contig.name);
        let end = record.end.unwrap_or(record.start + record.reference.len() as u32).max(record.start);
        let interval = Interval::new(record.start, end);
        let region = self.places.region(record.contig, record.start);
        let calls = self.calls(record, index);
        let site = Site { region, calls: &calls };
        let groups = self.groups.at(canonical, interval);
        let names: Vec<&str> = groups.iter().map(|&g| self.groups.names[g].as_str()).collect();
        let reference = String::from_utf8_lossy(&record.reference).into_owned();
        let alt = written(alternate);
        let position = Position1::from_offset(record.start);
        let columns = format!("{}\t{position}\t{reference}\t{alt}", contig.name);
        for verdict in segregate(self.family, &site, self.policy) {
            let mut reason = clean(&verdict.reason);
            if !verdict.flags.is_empty() {
                let _ = write!(reason, " [{}]", FamilyRemark::names(&verdict.flags));
            }
            let _ = writeln!(
                batch.rows,
                "{columns}\t{}\t{}\t{}\t\t{reason}",
                names.join(";"),
                verdict.mode.name(),
                verdict.verdict.name()
            );
        }
        if groups.is_empty() || !matches!(region, CopyRegion::Autosomal | CopyRegion::X) {
            return;
        }
        batch.alleles.push(GroupAllele {
            key: format!("{}-{position}-{reference}-{alt}", contig.name),
            columns,
            record: record.number,
            canonical_contig: canonical.to_owned(),
            interval,
            deleted: deleted(record, alternate, interval),
            reference: record.reference.clone(),
            region,
            calls,
            groups,
        });
    }

    fn calls(&self, record: &VariantRecord, index: usize) -> Vec<Call> {
        let mut calls = vec![Call::missing(MissingReason::NotSequenced); self.family.members.len()];
        for (&member, call) in self.members.iter().zip(&record.calls) {
            calls[member] = call_of(call, index, &record.alternates);
        }
        calls
    }
}

/// A record's call as seen from its ALT number `index` (0-based).
fn call_of(call: &RecordCall, index: usize, alternates: &[Alternate]) -> Call {
    let copies: SmallVec<[Copy; 2]> = call
        .alleles
        .iter()
        .map(|allele| match allele.map(usize::from) {
            None => Copy::Unknown,
            Some(0) => Copy::Other,
            Some(number) if number == index + 1 => Copy::Alternate,
            Some(number) => match alternates.get(number - 1) {
                Some(Alternate::SpanningDeletion) => Copy::Deleted,
                Some(Alternate::NonReference) | None => Copy::Unknown,
                Some(_) => Copy::Other,
            },
        })
        .collect();
    let missing = copies.iter().all(|&c| c == Copy::Unknown).then_some(MissingReason::NoCall);
    let depths = (call.allele_depths.first(), call.allele_depths.get(index + 1));
    Call {
        copies,
        phased: call.phased,
        phase_set: call.phase_set,
        depth: call.depth,
        allele_depths: depths.0.copied().zip(depths.1.copied()),
        quality: call.quality,
        fraction: call.fractions.get(index).copied(),
        from_reference_block: false,
        missing,
    }
}

/// The bases that an allele removes whole, where it is a deletion.
fn deleted(record: &VariantRecord, alternate: &Alternate, interval: Interval) -> Option<Interval> {
    match alternate {
        Alternate::Bases(bases)
            if bases.len() < record.reference.len() && record.reference.starts_with(bases) =>
        {
            Some(Interval::new(record.start + bases.len() as u32, interval.end))
        }
        Alternate::Symbolic(kind) if kind == "DEL" || kind.starts_with("DEL:") => {
            Some(Interval::new((record.start + 1).min(interval.end), interval.end))
        }
        _ => None,
    }
}

/// The ALT as written in the file.
fn written(alternate: &Alternate) -> String {
    match alternate {
        Alternate::Bases(bases) | Alternate::Ambiguous(bases) => String::from_utf8_lossy(bases).into_owned(),
        Alternate::SpanningDeletion => "*".to_owned(),
        Alternate::NonReference => "<NON_REF>".to_owned(),
        Alternate::Symbolic(name) => format!("<{name}>"),
        Alternate::Breakend(text) => text.clone(),
    }
}

/// A text that keeps to its cell.
pub(super) fn clean(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
