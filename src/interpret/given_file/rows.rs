//! Rows of the single-site modes, and the events that pairs are made of.

use std::fmt::Write;

use super::GivenFile;
use super::places::Places;
use crate::family::{Site, segregate};
use crate::genotype::apply_floors_to_family;
use crate::model::contig::{Contig, ContigId, canonical_name};
use crate::model::event::CarriedEvent;
use crate::model::position::{Interval, Position1};
use crate::model::record::NormalisedAllele;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::CopyRegion;

/// What a worker makes of a batch of alleles.
pub(super) struct Batch {
    /// Rows of the single-site modes.
    pub rows: String,
    /// The alleles, in order.
    pub alleles: Vec<Judged>,
}

/// One allele of a batch.
pub(super) struct Judged {
    pub contig: ContigId,
    /// Where it starts.
    pub start: u32,
    /// Where its rows end in the batch's.
    pub end: usize,
    /// Set where pairs may be made of it.
    pub grouped: Option<GroupEvent>,
}

/// An event of a gene.
pub(super) struct GroupEvent {
    /// Columns `chrom pos ref alt`.
    pub columns: String,
    /// `CHROM-POS-REF-ALT`, as the file writes it.
    pub key: String,
    pub canonical_contig: String,
    /// REF bases, as written in the file; up to END for a structural variant.
    pub interval: Interval,
    pub region: CopyRegion,
    pub entry: CarriedEvent,
    pub groups: Vec<usize>,
}

/// What the workers share.
pub(super) struct Worker<'a> {
    pub given: &'a GivenFile<'a>,
    pub contigs: &'a [Contig],
    pub places: &'a Places,
}

impl Worker<'_> {
    pub fn batch(&self, alleles: Vec<NormalisedAllele>) -> Batch {
        let mut batch = Batch { rows: String::new(), alleles: Vec::with_capacity(alleles.len()) };
        for allele in alleles {
            let (contig, start) = (allele.allele.contig, allele.allele.start);
            let grouped = self.event(allele.into(), &mut batch.rows);
            batch.alleles.push(Judged { contig, start, end: batch.rows.len(), grouped });
        }
        batch
    }

    /// Writes the rows of one event; gives it back where it lies in a gene whose pairs are tested.
    pub fn event(&self, mut entry: CarriedEvent, rows: &mut String) -> Option<GroupEvent> {
        let contig = self.contigs.get(entry.event.contig().index())?;
        let canonical = canonical_name(&contig.name);
        let place = entry.event.interval();
        let region = self.places.region(entry.event.contig(), place.start);
        self.apply_floors(&mut entry, region);
        let interval = written_interval(&entry);
        let groups = self.given.groups.at(canonical, interval);
        let names: Vec<&str> = groups.iter().map(|&g| self.given.groups.names[g].as_str()).collect();
        let spelling = &entry.spelling;
        let reference = String::from_utf8_lossy(&spelling.reference);
        let alternate = String::from_utf8_lossy(&spelling.alternate);
        let position = Position1::from_offset(spelling.start);
        let columns = format!("{}\t{position}\t{reference}\t{alternate}", contig.name);
        let site = Site { region, calls: &entry.calls };
        for verdict in segregate(self.given.family, &site, &self.given.policy) {
            let mut reason = clean(&verdict.reason);
            if !verdict.flags.is_empty() {
                let _ = write!(reason, " [{}]", FamilyRemark::names(&verdict.flags));
            }
            let _ = writeln!(
                rows,
                "{columns}\t{}\t{}\t{}\t\t{reason}",
                names.join(";"),
                verdict.mode.name(),
                verdict.verdict.name()
            );
        }
        if groups.is_empty() || !matches!(region, CopyRegion::Autosomal | CopyRegion::X) {
            return None;
        }
        Some(GroupEvent {
            key: format!("{}-{position}-{reference}-{alternate}", contig.name),
            columns,
            canonical_contig: canonical.to_owned(),
            interval,
            region,
            entry,
            groups,
        })
    }

    /// Turns calls below the floors into unknown ones, where floors are given.
    fn apply_floors(&self, entry: &mut CarriedEvent, region: CopyRegion) {
        if let Some(quality) = self.given.quality {
            apply_floors_to_family(&mut entry.calls, self.given.family, region, quality);
        }
    }
}

/// REF as the file writes it, up to the end of a structural variant.
fn written_interval(entry: &CarriedEvent) -> Interval {
    let start = entry.spelling.start;
    let end = start + entry.spelling.reference.len() as u32;
    match entry.event.small() {
        Some(_) => Interval::new(start, end),
        None => Interval::new(start, end.max(entry.event.interval().end)),
    }
}

/// A text that keeps to its cell.
pub(super) fn clean(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
