//! Which part of the genome a plan looks at.

use rustc_hash::FxHashMap;

use crate::filter::known_pathogenic::known_pathogenic;
use crate::model::annotation::SiteValue;
use crate::model::contig::{ContigId, ContigKind};
use crate::model::pipeline::{AssertionPolicy, GeneScope, Scope as ScopePolicy};
use crate::model::plan::Plan;
use crate::model::position::Interval;
use crate::model::regions::Regions;
use crate::model::segregation::CopyRegion;
use crate::reference::bundle::Bundle;

/// Bases either side of a transcript in which an allele is named upstream or downstream of it; promoter
/// variants with a clinical assertion lie there.
const NEIGHBOURHOOD: u32 = 5_000;

/// The scope of one plan over one bundle.
#[derive(Debug)]
pub struct Scope {
    /// Index into `Plan::genes` by index of the bundle's gene.
    planned: FxHashMap<u32, usize>,
    /// Exons of the plan's genes with their padding; absent when every gene is looked at.
    regions: Option<Regions>,
    /// Every gene with its neighbourhood, where every gene is looked at.
    genes: Regions,
}

impl Scope {
    /// The scope of `plan`. A gene-agnostic plan looks at every gene whatever the pipeline's scope.
    pub fn new(plan: &Plan, policy: &ScopePolicy, assertions: &AssertionPolicy, bundle: &Bundle) -> Self {
        let transcripts = bundle.transcripts();
        let by_identity: FxHashMap<_, _> =
            plan.genes.iter().enumerate().map(|(i, gene)| (gene.hgnc_id, i)).collect();
        let planned: FxHashMap<u32, usize> = (0..transcripts.gene_count() as u32)
            .filter_map(|index| {
                let id = transcripts.gene(index).hgnc_id?;
                Some((index, *by_identity.get(&id)?))
            })
            .collect();
        let known_places = (policy.genes == GeneScope::Panel && !plan.gene_agnostic)
            .then(|| known_places(&planned, assertions, bundle));
        let regions = (policy.genes == GeneScope::Panel && !plan.gene_agnostic).then(|| {
            let mut intervals: Vec<(ContigId, Interval)> = Vec::new();
            for index in 0..transcripts.len() as u32 {
                let transcript = transcripts.get(index);
                if planned.contains_key(&transcript.gene) {
                    intervals.extend(transcript.exons.iter().map(|e| (transcript.contig, e.interval())));
                }
            }
            let exons = Regions::new(intervals).widened(policy.exon_padding);
            known_places.map_or(exons.clone(), |known| exons.joined(&known))
        });
        let genes = match regions {
            Some(_) => Regions::default(),
            None => Regions::new((0..transcripts.len() as u32).map(|index| {
                let transcript = transcripts.get(index);
                (transcript.contig, neighbourhood(transcript.interval))
            })),
        };
        Self { planned, regions, genes }
    }

    /// Where records are wanted; absent when everywhere.
    pub fn regions(&self) -> Option<&Regions> {
        self.regions.as_ref()
    }

    /// Index of the plan's gene that the bundle's gene is.
    pub fn planned(&self, gene: u32) -> Option<usize> {
        self.planned.get(&gene).copied()
    }

    /// True when the interval touches what is looked at: an exon of the plan with its padding, or, when
    /// every gene is looked at, any transcript with the neighbourhood in which a known variant may lie.
    pub fn holds(&self, contig: ContigId, interval: Interval) -> bool {
        self.regions.as_ref().unwrap_or(&self.genes).overlap(contig, interval.start, interval.end)
    }

    /// True when findings in this gene may be reported.
    pub fn holds_gene(&self, gene: u32) -> bool {
        self.regions.is_none() || self.planned.contains_key(&gene)
    }
}

/// The interval with the bases either side in which a gene may be named.
pub fn neighbourhood(interval: Interval) -> Interval {
    Interval::new(interval.start.saturating_sub(NEIGHBOURHOOD), interval.end.saturating_add(NEIGHBOURHOOD))
}

/// Where alleles known to be pathogenic lie between the exons of the plan's genes: a variant deep in an intron
/// that is known to cause disease must be seen by a panel too.
fn known_places(planned: &FxHashMap<u32, usize>, assertions: &AssertionPolicy, bundle: &Bundle) -> Regions {
    let transcripts = bundle.transcripts();
    let Some(table) = bundle.sites(&assertions.table) else { return Regions::default() };
    let Some(field) = table.field_index(&assertions.field) else { return Regions::default() };
    let genes = Regions::new((0..transcripts.len() as u32).filter_map(|index| {
        let transcript = transcripts.get(index);
        planned.contains_key(&transcript.gene).then_some((transcript.contig, transcript.interval))
    }));
    let mut places = Vec::new();
    for contig in genes.contigs() {
        for gene in genes.on(contig) {
            for row in table.rows_within(contig, gene.start, gene.end) {
                let known = table.value(row, field).is_some_and(|value| {
                    matches!(value.into(), SiteValue::Text(text) if known_pathogenic(&text, &assertions.pathogenic))
                });
                if let Some(allele) = table.allele(row).filter(|_| known) {
                    let interval = allele.interval();
                    // The base in front is where VCF anchors an insertion.
                    places.push((contig, Interval::new(interval.start.saturating_sub(1), interval.end + 1)));
                }
            }
        }
    }
    Regions::new(places)
}

/// How copies are counted at a place: a pseudoautosomal region is autosomal whatever its contig.
pub fn copy_region(bundle: &Bundle, contig: ContigId, start: u32) -> CopyRegion {
    let within = |regions: &[Interval]| regions.iter().any(|r| r.contains(start));
    match bundle.genome().contig(contig).kind() {
        ContigKind::Autosome => CopyRegion::Autosomal,
        ContigKind::Mitochondrion => CopyRegion::Mitochondrial,
        ContigKind::X if within(&bundle.pseudoautosomal().x) => CopyRegion::Autosomal,
        ContigKind::X => CopyRegion::X,
        ContigKind::Y if within(&bundle.pseudoautosomal().y) => CopyRegion::Autosomal,
        ContigKind::Y => CopyRegion::Y,
    }
}
