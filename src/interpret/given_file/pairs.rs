//! Rows of compound heterozygosity: one an allele and gene, written once the gene is behind us.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::groups::Groups;
use super::rows::{GroupEvent, clean};
use crate::family::{CompoundPairs, FamilyPolicy, Site};
use crate::interpret::second_hit::relation;
use crate::model::family::Family;
use crate::model::pair::PairVerdict;
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// Genes whose end has not been passed yet.
pub(super) struct OpenGroups<'a> {
    family: &'a Family,
    groups: &'a Groups,
    policy: &'a FamilyPolicy,
    open: BTreeMap<usize, Vec<Arc<GroupEvent>>>,
}

impl<'a> OpenGroups<'a> {
    pub fn new(family: &'a Family, groups: &'a Groups, policy: &'a FamilyPolicy) -> Self {
        Self { family, groups, policy, open: BTreeMap::new() }
    }

    /// Adds an event; appends the rows of genes that it has left behind.
    pub fn add(&mut self, event: GroupEvent, rows: &mut String) {
        let is_passed = |group: usize, held: &[Arc<GroupEvent>]| {
            held.last().is_some_and(|last| {
                last.canonical_contig != event.canonical_contig
                    || self.groups.end(group, &event.canonical_contig) <= event.interval.start
            })
        };
        let passed: Vec<usize> = self
            .open
            .iter()
            .filter(|(group, held)| is_passed(**group, held))
            .map(|(group, _)| *group)
            .collect();
        for group in passed {
            self.close(group, rows);
        }
        let event = Arc::new(event);
        for &group in &event.groups {
            self.open.entry(group).or_default().push(event.clone());
        }
    }

    /// Appends the rows of every gene still open.
    pub fn finish(mut self, rows: &mut String) {
        while let Some(&group) = self.open.keys().next() {
            self.close(group, rows);
        }
    }

    fn close(&mut self, group: usize, rows: &mut String) {
        let Some(mut alleles) = self.open.remove(&group) else { return };
        // Structural variants are read ahead of the small ones.
        alleles
            .sort_by_key(|a| (a.interval.start, a.entry.spelling.record, a.entry.spelling.alternate_number));
        let name = &self.groups.names[group];
        // A gene across the edge of a pseudoautosomal region is tested on each side of it.
        let mut by_region: BTreeMap<CopyRegion, Vec<&GroupEvent>> = BTreeMap::new();
        for allele in &alleles {
            by_region.entry(allele.region).or_default().push(allele);
        }
        for alleles in by_region.values() {
            let sites: Vec<Site> =
                alleles.iter().map(|a| Site { region: a.region, calls: &a.entry.calls }).collect();
            let mut pairs = CompoundPairs::new(self.family, &sites, self.policy);
            for (index, allele) in alleles.iter().enumerate() {
                let best = Best::of(index, alleles, &mut pairs);
                best.write(rows, allele, name, alleles);
            }
        }
    }
}

/// Most partners that one row lists; a row that leaves some out says how many.
const MOST_PARTNERS: usize = 200;

/// The best verdict of one allele among its partners, and who shares it.
struct Best {
    verdict: Verdict,
    pair: Option<Arc<PairVerdict>>,
    partners: Vec<usize>,
    /// Partners with the same verdict that are not listed.
    unlisted: usize,
    /// Partners with a lesser verdict that is not `no`.
    lesser: usize,
}

impl Best {
    fn of(index: usize, alleles: &[&GroupEvent], pairs: &mut CompoundPairs) -> Self {
        let mut best =
            Self { verdict: Verdict::No, pair: None, partners: Vec::new(), unlisted: 0, lesser: 0 };
        for other in (0..alleles.len()).filter(|&other| other != index) {
            let (first, second) = (index.min(other), index.max(other));
            let pair = pairs.verdict(first, second, relation(&alleles[first].entry, &alleles[second].entry));
            if pair.verdict == Verdict::No {
                continue;
            }
            match pair.verdict.cmp(&best.verdict) {
                Ordering::Greater => {
                    let before = best.partners.len() + best.unlisted + best.lesser;
                    best = Self {
                        verdict: pair.verdict,
                        pair: Some(pair),
                        partners: vec![other],
                        unlisted: 0,
                        lesser: before,
                    };
                }
                Ordering::Equal if best.partners.len() < MOST_PARTNERS => best.partners.push(other),
                Ordering::Equal => best.unlisted += 1,
                Ordering::Less => best.lesser += 1,
            }
        }
        best
    }

    fn write(&self, rows: &mut String, allele: &GroupEvent, group: &str, alleles: &[&GroupEvent]) {
        let reason = match &self.pair {
            None => {
                "no allele in this gene is in trans with it in every affected member and in no unaffected one"
                    .to_owned()
            }
            Some(pair) => {
                let mut reason = format!("{} ({})", clean(&pair.reason), pair.grade.name());
                if self.unlisted > 0 {
                    let _ = write!(reason, "; {} more partners are not listed", self.unlisted);
                }
                if self.lesser > 0 {
                    let _ = write!(reason, "; possible with {} more", self.lesser);
                }
                if !pair.flags.is_empty() {
                    let _ = write!(reason, " [{}]", FamilyRemark::names(&pair.flags));
                }
                reason
            }
        };
        let keys: Vec<&str> = self.partners.iter().map(|&index| alleles[index].key.as_str()).collect();
        let _ = writeln!(
            rows,
            "{}\t{group}\t{}\t{}\t{}\t{reason}",
            allele.columns,
            SegregationMode::CompoundHeterozygous.name(),
            self.verdict.name(),
            keys.join(";")
        );
    }
}
