//! Structural variants: deletions opposite a small variant, which they leave on one copy.
//!
//! A deletion is a partner where it removes the place of a small variant that passed the filters, in one of the genes
//! of that variant: the person then has nothing but the variant there. It must have passed the caller's filters and be
//! carried by an affected member, in a call that meets the floors of quality. Population frequencies of structural
//! variants are not read, so that none is held against it. Deletions are not reported by themselves.

use super::kinds::{Handling, KindRow};
use super::second_hit::removes;
use super::small::examine::Examiner;
use crate::family::{Site, segregate};
use crate::filter::quality::site_filter;
use crate::genotype::{apply_floors_to_family, is_carried};
use crate::model::annotation::Annotation;
use crate::model::candidate::{Candidate, GeneEffect};
use crate::model::consequence::{Term, Terms};
use crate::model::event::{CarriedEvent, EventKind};
use crate::model::frequency::{Frequencies, FrequencyMode, FrequencyOutcome};

/// What is done with events of this kind.
pub const KIND: KindRow = KindRow { kind: EventKind::Structural, handling: Handling::SecondHit };

/// The deletions among `events` that may be the second hit of one of the candidates.
pub fn partners(events: Vec<CarriedEvent>, candidates: &[Candidate], examiner: &Examiner) -> Vec<Candidate> {
    let mut partners: Vec<Candidate> = Vec::new();
    for entry in events {
        // A deletion that several records list is one partner.
        if partners.iter().all(|known| known.entry.event != entry.event) {
            partners.extend(partner(entry, candidates, examiner));
        }
    }
    partners
}

fn partner(mut entry: CarriedEvent, candidates: &[Candidate], examiner: &Examiner) -> Option<Candidate> {
    let opposite = |c: &&Candidate| {
        c.entry.event.contig() == entry.event.contig()
            && (removes(&entry.event, &c.entry.event)
                || (entry.event.removes().is_some()
                    && c.entry.spelling.record == entry.spelling.record
                    && c.entry.spelling.file == entry.spelling.file))
    };
    let mut genes: Vec<GeneEffect> = Vec::new();
    for effect in candidates.iter().filter(opposite).flat_map(|c| &c.genes) {
        if genes.iter().all(|known| known.gene != effect.gene) {
            genes.push(GeneEffect {
                terms: Terms::of(Term::FeatureTruncation),
                reported: None,
                partners: Vec::new(),
                ..effect.clone()
            });
        }
    }
    if genes.is_empty() || !site_filter(entry.filters.as_deref(), examiner.quality()).kept {
        return None;
    }
    let region = examiner.region(entry.event.contig(), entry.event.interval().start);
    apply_floors_to_family(&mut entry.calls, examiner.family(), region, examiner.quality());
    if !is_carried(examiner.family(), &entry.calls) {
        return None;
    }
    let site = segregate(examiner.family(), &Site { region, calls: &entry.calls }, examiner.family_policy());
    Some(Candidate {
        entry,
        region,
        annotation: Annotation::default(),
        known_pathogenic: None,
        inclusion: None,
        frequency: Frequencies(vec![not_known()]),
        site,
        de_novo: None,
        genes,
    })
}

/// No table of structural variants is read: nothing is known, and nothing is held against the deletion.
fn not_known() -> FrequencyOutcome {
    FrequencyOutcome { mode: FrequencyMode::Recessive, kept: true, populations: Vec::new() }
}
