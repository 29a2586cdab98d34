//! What is measured, arranged by contig: targets, the union of each gene's, and the union of all.

use std::collections::BTreeMap;

use crate::model::alignment::{ReadWindow, ReadWindows};
use crate::model::contig::{Contig, ContigId};
use crate::model::gene::HgncId;
use crate::model::pipeline::CoveragePolicy;
use crate::model::position::Interval;

use super::meter::Meter;
use super::{Target, TargetError};

/// Regions closer than this are fetched as one: an index points no finer than 16 kb.
const JOIN: u32 = 16_384;

/// An interval whose bases count towards one summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) interval: Interval,
    /// Which summary: a target's, then the genes', then the one over all.
    pub(super) slot: usize,
}

/// A stretch of a contig that is read in one go, and the spans inside it, sorted.
#[derive(Clone, Debug)]
pub struct Window {
    pub(super) place: ReadWindow,
    pub(super) spans: Vec<Span>,
}

impl AsRef<ReadWindow> for Window {
    fn as_ref(&self) -> &ReadWindow {
        &self.place
    }
}

/// Identity of a gene's row: symbol, identifier, transcript.
pub(super) type GeneKey = (String, Option<HgncId>, String);

/// The whole arrangement.
#[derive(Debug)]
pub struct Layout {
    /// Targets in order of contig and position, with their padded intervals.
    pub(super) targets: Vec<(Target, Interval)>,
    /// Genes in order, with their number of targets.
    pub(super) genes: Vec<(GeneKey, usize)>,
    /// Per contig, in order, one window over everything.
    contigs: Vec<Window>,
    /// Depth below which a base belongs to a gap.
    limit: u32,
}

impl Layout {
    /// Pads, checks and arranges the targets, each widened by the policy's padding.
    ///
    /// # Errors
    /// A target outside its contig, or on none of `contigs`.
    pub fn new(targets: &[Target], contigs: &[Contig], policy: &CoveragePolicy) -> Result<Self, TargetError> {
        let mut measured = Vec::with_capacity(targets.len());
        for target in targets {
            measured.push((target.clone(), padded(target, contigs, policy.exon_padding)?));
        }
        measured.sort_by(|(a, x), (b, y)| {
            (a.contig, *x, &a.gene, a.hgnc_id, &a.transcript, a.exon).cmp(&(
                b.contig,
                *y,
                &b.gene,
                b.hgnc_id,
                &b.transcript,
                b.exon,
            ))
        });

        let mut by_gene: BTreeMap<GeneKey, Vec<usize>> = BTreeMap::new();
        for (index, (target, _)) in measured.iter().enumerate() {
            let key = (target.gene.clone(), target.hgnc_id, target.transcript.clone());
            by_gene.entry(key).or_default().push(index);
        }
        let mut spans: BTreeMap<ContigId, Vec<Span>> = BTreeMap::new();
        for (slot, (target, interval)) in measured.iter().enumerate() {
            spans.entry(target.contig).or_default().push(Span { interval: *interval, slot });
        }
        let unions = by_gene.values().cloned().chain([(0..measured.len()).collect()]);
        for (union, members) in unions.enumerate() {
            for (contig, interval) in merged(members.iter().map(|i| (measured[*i].0.contig, measured[*i].1)))
            {
                spans.entry(contig).or_default().push(Span { interval, slot: measured.len() + union });
            }
        }
        let contigs = spans.into_iter().filter_map(|(contig, spans)| Window::over(contig, spans)).collect();
        let genes = by_gene.into_iter().map(|(key, members)| (key, members.len())).collect();
        Ok(Self { targets: measured, genes, contigs, limit: policy.depth })
    }

    /// Number of summaries.
    pub(super) fn slots(&self) -> usize {
        self.targets.len() + self.genes.len() + 1
    }

    /// What is to be read. No window cuts a span.
    pub fn windows(&self) -> ReadWindows<Window> {
        ReadWindows {
            contigs: self.contigs.clone(),
            regions: self.contigs.iter().flat_map(Window::split).collect(),
        }
    }

    /// The meter of a window.
    pub fn meter<'w>(&self, window: &'w Window) -> Meter<'w> {
        Meter::new(window, self.limit, self.targets.len())
    }
}

impl Window {
    fn over(contig: ContigId, mut spans: Vec<Span>) -> Option<Self> {
        spans.retain(|span| !span.interval.is_empty());
        spans.sort_unstable();
        let start = spans.first()?.interval.start;
        let end = spans.iter().map(|span| span.interval.end).max()?;
        Some(Self { place: ReadWindow { contig, interval: Interval::new(start, end) }, spans })
    }

    /// Windows around neighbouring regions.
    fn split(&self) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for span in &self.spans {
            match parts.last_mut() {
                Some(last) if span.interval.start <= last.place.interval.end.saturating_add(JOIN) => {
                    let whole = &mut last.place.interval;
                    whole.end = whole.end.max(span.interval.end);
                    last.spans.push(*span);
                }
                _ => {
                    let place = ReadWindow { contig: self.place.contig, interval: span.interval };
                    parts.push(Self { place, spans: vec![*span] });
                }
            }
        }
        parts
    }
}

fn padded(target: &Target, contigs: &[Contig], padding: u32) -> Result<Interval, TargetError> {
    let Some(contig) = contigs.get(target.contig.index()) else {
        return Err(TargetError::UnknownContig { gene: target.gene.clone(), contig: target.contig.0 });
    };
    let Interval { start, end } = target.interval;
    if end > contig.length || start > end {
        return Err(TargetError::OutsideContig {
            target: format!("{}:{}-{} ({})", contig.name, u64::from(start) + 1, end, target.gene),
            length: contig.length,
        });
    }
    if start == end {
        return Ok(target.interval);
    }
    Ok(Interval::new(start.saturating_sub(padding), end.saturating_add(padding).min(contig.length)))
}

/// Joins intervals (sorted by contig and start) that touch or overlap.
fn merged(intervals: impl Iterator<Item = (ContigId, Interval)>) -> Vec<(ContigId, Interval)> {
    let mut out: Vec<(ContigId, Interval)> = Vec::new();
    for (contig, interval) in intervals {
        match out.last_mut() {
            Some((last_contig, last)) if *last_contig == contig && interval.start <= last.end => {
                last.end = last.end.max(interval.end);
            }
            _ => out.push((contig, interval)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(exon_padding: u32) -> CoveragePolicy {
        CoveragePolicy {
            depth: 20,
            mapping_quality: 10,
            count_supplementary: false,
            exon_padding,
            report_below_percent: 95.0,
        }
    }

    fn target(contig: u16, start: u32, end: u32, gene: &str) -> Target {
        Target {
            contig: ContigId(contig),
            interval: Interval { start, end },
            gene: gene.to_owned(),
            hgnc_id: None,
            transcript: "T".to_owned(),
            exon: 1,
        }
    }

    fn contigs() -> Vec<Contig> {
        ["chr1", "chr2"].map(|name| Contig { name: name.to_owned(), length: 100_000 }).to_vec()
    }

    #[test]
    fn padding_stops_at_the_ends_of_the_contig() {
        let targets = [target(0, 3, 10, "A"), target(0, 99_990, 100_000, "A")];
        let layout = Layout::new(&targets, &contigs(), &policy(5)).unwrap();
        let measured: Vec<_> = layout.targets.iter().map(|(_, interval)| *interval).collect();
        assert_eq!(measured, [Interval::new(0, 15), Interval::new(99_985, 100_000)]);
        assert_eq!(layout.windows().regions.len(), 2);
        assert_eq!(layout.windows().contigs.len(), 1);
    }

    #[test]
    fn shared_bases_belong_once_to_gene_and_total() {
        let targets = [target(0, 10, 20, "A"), target(0, 15, 30, "A"), target(0, 25, 40, "B")];
        let layout = Layout::new(&targets, &contigs(), &policy(0)).unwrap();
        let windows = layout.windows();
        let bases = |slot: usize| -> u32 {
            let spans = windows.contigs[0].spans.iter();
            spans.filter(|span| span.slot == slot).map(|span| span.interval.len()).sum()
        };
        assert_eq!((bases(3), bases(4), bases(5)), (20, 15, 30));
    }

    #[test]
    fn targets_off_the_contig_are_refused() {
        for bad in [target(0, 10, 100_001, "A"), target(0, 20, 10, "A")] {
            let error = Layout::new(&[bad], &contigs(), &policy(0)).unwrap_err();
            assert!(matches!(error, TargetError::OutsideContig { .. }), "{error}");
        }
        let error = Layout::new(&[target(7, 1, 2, "A")], &contigs(), &policy(0)).unwrap_err();
        assert!(matches!(error, TargetError::UnknownContig { .. }), "{error}");
    }

    #[test]
    fn an_empty_target_has_no_bases() {
        let layout = Layout::new(&[target(0, 10, 10, "A")], &contigs(), &policy(5)).unwrap();
        assert!(layout.windows().contigs.is_empty());
        assert_eq!(layout.slots(), 3);
    }
}
