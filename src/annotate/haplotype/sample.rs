//! One person's alleles on one transcript: what is to be said of each beside its effect alone.

use super::copies::{Carriage, PhaseSet, Relation, copies};
use super::{Behind, Group, Haplotypes, Member, Reading, Sequences};
use crate::annotate::edit::change::Tail;
use crate::model::remark::{Compound, InCisEffect};

/// Something to be said of one allele on one transcript, because of others on the same copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Index of the allele.
    pub allele: usize,
    /// What it is.
    pub kind: InCisEffect,
    /// Indices of the other alleles, in the direction of transcription.
    pub partners: Vec<usize>,
    /// The copies it holds for; empty where it does not depend on phase.
    pub copies: Vec<(PhaseSet, u8)>,
}

/// Goes through the copies that a person's alleles make on a transcript. `members`, `carriages` and the numbers of
/// their `records` are in one order; the remarks come in the order of the alleles.
pub fn remarks(
    engine: &Haplotypes<'_>,
    transcript: u32,
    members: &[Member],
    carriages: &[Carriage],
    records: &[u64],
    sequences: &mut Sequences,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for copy in copies(carriages).into_iter().filter(|copy| copy.alleles.len() > 1) {
        let on: Vec<&Member> = copy.alleles.iter().map(|&i| &members[i]).collect();
        let reading = engine.read(transcript, &on, sequences);
        for (kind, member, partners) in said(&reading) {
            let partners = partners.into_iter().map(|p| copy.alleles[p]).collect();
            add(&mut remarks, copy.alleles[member], kind, partners, copy.number);
        }
    }
    possible(engine, transcript, members, (carriages, records), sequences, &mut remarks);
    remarks.sort_by_key(|remark| remark.allele);
    remarks
}

/// Adds a remark, or the copy to one that says the same of another copy.
fn add(
    remarks: &mut Vec<Remark>,
    allele: usize,
    kind: InCisEffect,
    partners: Vec<usize>,
    copy: Option<(PhaseSet, u8)>,
) {
    let same = |r: &&mut Remark| r.allele == allele && r.kind == kind && r.partners == partners;
    match remarks.iter_mut().find(same) {
        Some(remark) => remark.copies.extend(copy),
        None => remarks.push(Remark { allele, kind, partners, copies: copy.into_iter().collect() }),
    }
}

/// What a reading says of its members: kind, member, partners.
fn said(reading: &Reading) -> Vec<(InCisEffect, usize, Vec<usize>)> {
    let mut out = Vec::new();
    for group in &reading.groups {
        for &member in &group.members {
            let others = |of: &Group| of.members.iter().copied().filter(|&m| m != member).collect::<Vec<_>>();
            if group.members.len() > 1 {
                out.push((compound(group), member, others(group)));
            }
            match group.behind {
                Some(Behind::Stop(at)) => {
                    out.push((InCisEffect::BehindStop, member, reading.groups[at].members.clone()));
                }
                Some(Behind::LostStart(at)) => {
                    out.push((InCisEffect::BehindLostStart, member, reading.groups[at].members.clone()));
                }
                Some(Behind::Unreadable(by)) => out.push((InCisEffect::BehindUnreadable, member, vec![by])),
                None => {}
            }
        }
    }
    for &(one, other) in &reading.overlapping {
        out.push((InCisEffect::Overlap, one, vec![other]));
        out.push((InCisEffect::Overlap, other, vec![one]));
    }
    out
}

/// Pairs of unknown phase that would have one effect, or of which one would be moot, on one copy.
fn possible(
    engine: &Haplotypes<'_>,
    transcript: u32,
    members: &[Member],
    (carriages, records): (&[Carriage], &[u64]),
    sequences: &mut Sequences,
    remarks: &mut Vec<Remark>,
) {
    let unknown: Vec<(usize, usize)> = (0..members.len())
        .flat_map(|i| (i + 1..members.len()).map(move |j| (i, j)))
        // Two ALTs of one genotype are on different copies.
        .filter(|&(i, j)| records[i] != records[j])
        .filter(|&(i, j)| carriages[i].relation(carriages[j]) == Relation::Unknown)
        .collect();
    if unknown.is_empty() {
        return;
    }
    // Alone, an allele that neither shifts the frame nor makes a stop reaches no further than its codon.
    let reach: Vec<Reach> =
        members.iter().map(|member| Reach::of(&engine.read(transcript, &[member], sequences))).collect();
    for (i, j) in unknown {
        if !reach[i].meets(&reach[j]) {
            continue;
        }
        let reading = engine.read(transcript, &[&members[i], &members[j]], sequences);
        for (_, member, _) in said(&reading).into_iter().filter(|(kind, ..)| *kind != InCisEffect::Overlap) {
            let (allele, partner) = if member == 0 { (i, j) } else { (j, i) };
            let known =
                remarks.iter_mut().find(|r| r.allele == allele && r.kind == InCisEffect::PossibleCompound);
            match known {
                Some(remark) if remark.partners.contains(&partner) => {}
                Some(remark) => remark.partners.push(partner),
                None => add(remarks, allele, InCisEffect::PossibleCompound, vec![partner], None),
            }
        }
    }
}

/// How far an allele's effect reaches along the transcript.
enum Reach {
    Nowhere,
    /// Coding bases of the codons touched.
    Codons(u32, u32),
    Everywhere,
}

impl Reach {
    fn of(alone: &Reading) -> Self {
        let Some(group) = alone.groups.first() else { return Self::Nowhere };
        match &group.outcome.change {
            Some(change) if change.protein.tail == Tail::Same => {
                Self::Codons(change.start / 3 * 3, change.end.div_ceil(3) * 3)
            }
            _ => Self::Everywhere,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nowhere, Self::Codons(..) | Self::Nowhere) | (Self::Codons(..), Self::Nowhere) => false,
            (Self::Codons(a, b), Self::Codons(c, d)) => a < d && c < b,
            _ => true,
        }
    }
}

fn compound(group: &Group) -> InCisEffect {
    InCisEffect::Compound(Compound {
        terms: group.outcome.terms,
        hgvsc: group.hgvsc.clone(),
        hgvsp: group.hgvsp.clone(),
        restores_frame: group.restores_frame,
    })
}
