//! Second hits: two events of one gene, whatever their kinds, that a person may carry on different copies.

use std::collections::BTreeMap;

use crate::family::{FamilyPolicy, Site, compound_partners};
use crate::model::candidate::Candidate;
use crate::model::event::{CarriedEvent, Event};
use crate::model::family::Family;
use crate::model::frequency::FrequencyMode;
use crate::model::pair::PairRelation;
use crate::model::segregation::CopyRegion;

/// Finds the partners of every candidate in each of its genes. Partners are events that passed the same filters, with
/// recessive frequency limits.
pub fn find_partners(candidates: &mut [Candidate], family: &Family, policy: &FamilyPolicy) {
    let mut by_gene: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        if !may_pair(candidate) {
            continue;
        }
        for (effect, gene) in candidate.genes.iter().enumerate() {
            by_gene.entry(gene.gene).or_default().push((index, effect));
        }
    }
    for members in by_gene.into_values().filter(|members| members.len() > 1) {
        let found = {
            let sites: Vec<Site> = members
                .iter()
                .map(|&(i, _)| Site { region: candidates[i].region, calls: &candidates[i].entry.calls })
                .collect();
            let relation = |a: usize, b: usize| {
                relation(&candidates[members[a].0].entry, &candidates[members[b].0].entry)
            };
            compound_partners(family, &sites, relation, policy)
        };
        for (&(index, effect), partners) in members.iter().zip(found) {
            candidates[index].genes[effect].partners =
                partners.into_iter().map(|(other, pair)| (members[other].0, pair)).collect();
        }
    }
}

fn may_pair(candidate: &Candidate) -> bool {
    matches!(candidate.region, CopyRegion::Autosomal | CopyRegion::X)
        && (candidate.is_waived() || candidate.frequency.allows(FrequencyMode::Recessive))
}

/// How two events of a gene stand to each other on one chromosome.
pub fn relation(first: &CarriedEvent, second: &CarriedEvent) -> PairRelation {
    if is_same_place(first, second) {
        PairRelation::SameRecord
    } else if removes(&second.event, &first.event) {
        PairRelation::SecondDeletesFirst
    } else if removes(&first.event, &second.event) {
        PairRelation::FirstDeletesSecond
    } else {
        PairRelation::Independent
    }
}

/// Two ALTs of one place exclude each other on one chromosome, also where a caller or a splitter wrote them as two
/// records.
fn is_same_place(first: &CarriedEvent, second: &CarriedEvent) -> bool {
    let record = |entry: &CarriedEvent| (entry.spelling.file, entry.spelling.record);
    record(first) == record(second)
        || matches!((&first.event, &second.event), (Event::Small(a), Event::Small(b))
            if a.start == b.start && a.reference == b.reference)
}

/// True where a copy with the one event has nothing left at the place of the other.
pub fn removes(deletion: &Event, other: &Event) -> bool {
    let to = other.interval();
    deletion.removes().is_some_and(|from| from.start <= to.start && to.end <= from.end && from != to)
}
