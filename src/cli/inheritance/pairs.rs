//! Rows of compound heterozygosity: one an allele and gene, written once the gene is behind us.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::groups::Groups;
use super::rows::{GroupAllele, clean};
use crate::family::{CompoundPairs, FamilyPolicy, Site};
use crate::model::family::Family;
use crate::model::pair::{PairRelation, PairVerdict};
use crate::model::remark::FamilyRemark;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};

/// Genes whose end has not been passed yet.
pub(super) struct OpenGroups<'a> {
    family: &'a Family,
    groups: &'a Groups,
    policy: &'a FamilyPolicy,
    open: BTreeMap<usize, Vec<Arc<GroupAllele>>>,
}

impl<'a> OpenGroups<'a> {
    pub fn new(family: &'a Family, groups: &'a Groups, policy: &'a FamilyPolicy) -> Self {
        Self { family, groups, policy, open: BTreeMap::new() }
    }

    /// Adds alleles in file order; returns the rows of genes that they have left behind.
    pub fn add(&mut self, alleles: Vec<GroupAllele>) -> String {
        let mut rows = String::new();
        for allele in alleles {
            let passed: Vec<usize> = self
                .open
                .iter()
                .filter(|(group, held)| {
                    held.last().is_some_and(|last| {
                        last.canonical_contig != allele.canonical_contig
                            || self.groups.end(**group, &allele.canonical_contig) <= allele.interval.start
                    })
                })
                .map(|(group, _)| *group)
                .collect();
            for group in passed {
                self.close(group, &mut rows);
            }
            let allele = Arc::new(allele);
            for &group in &allele.groups {
                self.open.entry(group).or_default().push(allele.clone());
            }
        }
        rows
    }

    /// The rows of every gene still open.
    pub fn finish(mut self) -> String {
        let mut rows = String::new();
        while let Some(&group) = self.open.keys().next() {
            self.close(group, &mut rows);
        }
        rows
    }

    fn close(&mut self, group: usize, rows: &mut String) {
        let Some(alleles) = self.open.remove(&group) else { return };
        let name = &self.groups.names[group];
        // A gene across the edge of a pseudoautosomal region is tested on each side of it.
        let mut by_region: BTreeMap<CopyRegion, Vec<&GroupAllele>> = BTreeMap::new();
        for allele in &alleles {
            by_region.entry(allele.region).or_default().push(allele);
        }
        for alleles in by_region.values() {
            let sites: Vec<Site> =
                alleles.iter().map(|a| Site { region: a.region, calls: &a.calls }).collect();
            let mut pairs = CompoundPairs::new(self.family, &sites, self.policy);
            for (index, allele) in alleles.iter().enumerate() {
                let best = Best::of(index, alleles, &mut pairs);
                best.write(rows, allele, name, alleles);
            }
        }
    }
}

/// How two alleles of a gene stand to each other on one chromosome.
fn relation(first: &GroupAllele, second: &GroupAllele) -> PairRelation {
    let inside = |outer: &GroupAllele, inner: &GroupAllele| {
        outer.deleted.is_some_and(|gone| gone.start <= inner.interval.start && inner.interval.end <= gone.end)
    };
    if first.record == second.record
        || (first.interval == second.interval && first.reference == second.reference)
    {
        PairRelation::SameRecord
    } else if inside(second, first) {
        PairRelation::SecondDeletesFirst
    } else if inside(first, second) {
        PairRelation::FirstDeletesSecond
    } else {
        PairRelation::Independent
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
    fn of(index: usize, alleles: &[&GroupAllele], pairs: &mut CompoundPairs) -> Self {
        let mut best =
            Self { verdict: Verdict::No, pair: None, partners: Vec::new(), unlisted: 0, lesser: 0 };
        for other in (0..alleles.len()).filter(|&other| other != index) {
            let (first, second) = (index.min(other), index.max(other));
            let pair = pairs.verdict(first, second, relation(alleles[first], alleles[second]));
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

    fn write(&self, rows: &mut String, allele: &GroupAllele, group: &str, alleles: &[&GroupAllele]) {
        let reason = match &self.pair {
            None => {
                "no allele of this gene lies opposite it in every affected member and in no unaffected one"
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
