//! One clause a member: the shape of every rule that asks each member about that member's own copies.

use smallvec::SmallVec;

use super::copies::{self, Genotypes};
use super::policy::FamilyPolicy;
use super::predicates::Predicate;
use super::segregate::Site;
use crate::model::family::Family;
use crate::model::genotype::{Call, Copy, MissingReason};
use crate::model::participant::Affection;
use crate::model::segregation::{CopyRegion, Verdict};

/// What a mode asks of affected and of unaffected members. A member of unknown affection is one or the
/// other, and every rule allows each genotype to one of the two, so such a member never constrains.
pub(super) struct Rule {
    /// Must hold for each affected member.
    pub affected: Predicate,
    /// The same in words, after "an affected member must".
    pub affected_words: &'static str,
    /// Must hold for each unaffected member; absent where unaffected carriers are no contradiction.
    pub unaffected: Option<Predicate>,
    /// The same in words, after "an unaffected member must".
    pub unaffected_words: &'static str,
}

/// A site as the rules see it: what each member may carry.
pub(super) struct Context<'a> {
    pub family: &'a Family,
    pub region: CopyRegion,
    pub calls: &'a [Call],
    pub policy: &'a FamilyPolicy,
    pub genotypes: SmallVec<[Genotypes; 8]>,
}

impl<'a> Context<'a> {
    pub fn new(family: &'a Family, site: &Site<'a>, policy: &'a FamilyPolicy) -> Self {
        let genotypes = (0..family.members.len())
            .map(|i| copies::genotypes(family, i, site.region, site.calls.get(i), policy))
            .collect();
        Self { family, region: site.region, calls: site.calls, policy, genotypes }
    }

    pub fn id(&self, member: usize) -> &str {
        &self.family.members[member].id
    }

    pub fn affection(&self, member: usize) -> Affection {
        self.family.members[member].affection
    }

    /// True when something was called for the member.
    pub fn is_called(&self, member: usize) -> bool {
        self.calls.get(member).is_some_and(copies::says_something)
    }

    /// The member's genotype in words: `carries it on 1 of 2 copies`.
    pub fn finding(&self, member: usize) -> String {
        let Some(call) = self.calls.get(member) else { return "was not sequenced".to_owned() };
        match call.missing {
            Some(MissingReason::NotSequenced) => return "was not sequenced".to_owned(),
            Some(MissingReason::NoCall) => return "has no genotype call".to_owned(),
            Some(MissingReason::NotCovered) => return "has no data at this position".to_owned(),
            Some(MissingReason::BelowQuality) => {
                return "has a genotype below the quality threshold".to_owned();
            }
            Some(MissingReason::Filtered) => {
                return "has a genotype that the caller filtered (FT)".to_owned();
            }
            None if call.copies.iter().all(|&c| c == Copy::Unknown) => {
                return "has no genotype call".to_owned();
            }
            None => {}
        }
        let set = self.genotypes[member];
        let mut each: SmallVec<[String; 4]> = set
            .iter()
            .map(|g| match (g.copies, g.carrying) {
                (0, _) => "no copy of this region".to_owned(),
                (copies, 0) => format!("does not carry it ({copies} {})", copy_word(copies)),
                (copies, carrying) => format!("carries it on {carrying} of {copies} {}", copy_word(copies)),
            })
            .collect();
        each.dedup();
        let text = each.join(" or ");
        match (each.len(), call.copies.contains(&Copy::Unknown)) {
            (1, _) if set.iter().all(|g| g.copies == 0) => format!("has {text}"),
            (1, _) => text,
            (_, true) => format!("is partially called ({text})"),
            (_, false) => format!("is uncertain ({text})"),
        }
    }

    /// `P1 (affected) carries it on 1 of 2 copies`.
    pub fn member_finding(&self, member: usize) -> String {
        let affection = match self.affection(member) {
            Affection::Affected => "affected",
            Affection::Unaffected => "unaffected",
            Affection::Unknown => "affection unknown",
        };
        format!("{} ({affection}) {}", self.id(member), self.finding(member))
    }

    /// Indices of affected members.
    pub fn affected(&self) -> impl Iterator<Item = usize> + '_ {
        self.family.affected()
    }
}

fn copy_word(copies: u8) -> &'static str {
    if copies == 1 { "copy" } else { "copies" }
}

impl Rule {
    /// The clause of one member.
    pub fn clause(&self, affection: Affection, genotypes: Genotypes) -> Verdict {
        match affection {
            Affection::Affected => self.affected.of(genotypes),
            Affection::Unaffected => self.unaffected.map_or(Verdict::Yes, |p| p.of(genotypes)),
            Affection::Unknown => Verdict::Yes,
        }
    }

    /// AND over the members; a family without an affected member shows nothing.
    pub fn verdict(&self, context: &Context) -> Verdict {
        let mut verdict = Verdict::Yes;
        let mut anyone_affected = false;
        for (member, &genotypes) in context.family.members.iter().zip(&context.genotypes) {
            anyone_affected |= member.affection == Affection::Affected;
            verdict = verdict.min(self.clause(member.affection, genotypes));
        }
        if anyone_affected { verdict } else { verdict.min(Verdict::Possible) }
    }

    /// The verdict in words, naming the members it rests on.
    pub fn reason(&self, context: &Context) -> String {
        let clause = |i: &usize| self.clause(context.affection(*i), context.genotypes[*i]);
        let members = 0..context.family.members.len();
        let with = |verdict| -> Vec<usize> { members.clone().filter(|i| clause(i) == verdict).collect() };
        let contradicting = with(Verdict::No);
        if !contradicting.is_empty() {
            return format!(
                "Inconsistent: {}",
                contradicting
                    .iter()
                    .map(|&i| format!("{}, but {}", context.member_finding(i), self.demand(context, i)))
                    .collect::<Vec<_>>()
                    .join("; ")
            );
        }
        let open = with(Verdict::Possible);
        if !open.is_empty() {
            return format!(
                "Undetermined: {}",
                open.iter()
                    .map(|&i| format!("{}, and {}", context.member_finding(i), self.demand(context, i)))
                    .collect::<Vec<_>>()
                    .join("; ")
            );
        }
        if context.affected().next().is_none() {
            return "Not evaluable: no member of the family is affected".to_owned();
        }
        let fitting: Vec<String> = members
            .clone()
            .filter(|&i| match context.affection(i) {
                Affection::Affected => true,
                Affection::Unaffected => self.unaffected.is_some(),
                Affection::Unknown => false,
            })
            .map(|i| context.member_finding(i))
            .collect();
        format!("Consistent: {}", fitting.join("; "))
    }

    fn demand(&self, context: &Context, member: usize) -> String {
        match context.affection(member) {
            Affection::Affected => format!("an affected member must {}", self.affected_words),
            _ => format!("an unaffected member must {}", self.unaffected_words),
        }
    }

    /// True when the members with a call fit and only members without one leave it open.
    pub fn fits_called_members(&self, context: &Context) -> bool {
        let mut anyone_affected = false;
        let fits = (0..context.family.members.len()).filter(|&i| context.is_called(i)).all(|i| {
            anyone_affected |= context.affection(i) == Affection::Affected;
            self.clause(context.affection(i), context.genotypes[i]) == Verdict::Yes
        });
        fits && anyone_affected
    }
}
