//! What does not fit, in words for the report.

use super::{Asked, Check, Raised};
use crate::model::contig::{Contig, ContigId};
use crate::model::family::Family;
use crate::model::guideline::Guideline;
use crate::model::pipeline::IdentityPolicy;
use crate::quality::identity::disomy::{Disomy, Fit, fit};
use crate::quality::identity::exchange::{explain, sex_conflicts};
use crate::quality::identity::mendel::MendelCounts;
use crate::quality::identity::sex::XCopies;
use crate::quality::identity::{Identity, Trio};
use crate::quality::percent::percent_text;
use crate::report::model::{InputCheck, Severity};

/// The row.
pub(super) const IDENTITY: Check = Check {
    id: "identity",
    source: Guideline::own("docs/results.md"),
    severity: Severity::Warning,
    words: "Whether the genotypes fit the sexes and relationships of the people they are given as",
    of_look_ups: false,
    raise,
};

fn raise(asked: &Asked) -> Raised {
    let contigs = asked.knowledge.bundle.genome().contigs();
    let policy = &asked.knowledge.pipeline.input.identity;
    let checks = asked.found.identity.checks(&asked.plan.referral.family, contigs, policy);
    let notices = identity_notice(&checks).into_iter().collect();
    Raised { checks, notices }
}

/// The notice where genotypes do not fit the people they are given as: a swapped sample's findings are somebody
/// else's, and must not stand below a plain sentence as if nothing were wrong.
fn identity_notice(checks: &[InputCheck]) -> Option<String> {
    let failed: Vec<&InputCheck> =
        checks.iter().filter(|check| check.severity == Severity::Warning).collect();
    let first = failed.first()?;
    let others = match failed.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    Some(format!(
        "Genotypes are not consistent with the stated family; this must be resolved before anything is \
         reported: {}{others}.",
        first.message
    ))
}

impl Identity {
    /// What does not fit, whose row it is, and what could not be told; for the report.
    pub fn checks(&self, family: &Family, contigs: &[Contig], policy: &IdentityPolicy) -> Vec<InputCheck> {
        let words = Words { family, contigs, policy };
        let mut checks = Vec::new();
        let mut disomic: Vec<(usize, ContigId)> = Vec::new();
        for (child, parent, relation) in relations(family) {
            let Some(pair) = self.pair(child, parent) else { continue };
            match fit(pair, contigs, policy) {
                Fit::Fits => {}
                Fit::NotEvaluable => checks.extend(words.not_evaluable(child, parent, pair)),
                Fit::Conflict => {
                    let counts = pair.parentage_without(&[]);
                    checks.push(words.conflict(child, parent, counts.opposite, counts.sites));
                }
                Fit::ButOn(chromosomes) => {
                    for contig in chromosomes {
                        disomic.push((child, contig));
                        let counts = pair.parentage.0[contig.index()];
                        let kind = self.disomy(child, contig, policy);
                        checks.push(words.disomy(
                            (child, parent, relation),
                            contig,
                            (counts.opposite, counts.sites),
                            kind,
                        ));
                    }
                }
            }
        }
        for (member, counts) in self.members.iter().map(|counts| counts.x).enumerate() {
            let seen = counts.copies(policy);
            if let Some(seen) = seen.filter(|_| sex_conflicts(family, member, seen)) {
                checks.push(words.sex(member, seen, counts.heterozygous, counts.sites()));
            }
        }
        for trio in &self.trios {
            let left_out: Vec<ContigId> =
                disomic.iter().filter(|(child, _)| *child == trio.child).map(|(_, contig)| *contig).collect();
            checks.extend(words.mendel(trio, &left_out));
        }
        for pair in &self.pairs {
            if pair.likeness.identical(policy) == Some(true) {
                checks.push(words.identical(pair.one, pair.other, pair.likeness.same, pair.likeness.sites));
            }
        }
        checks.extend(words.explanation(&explain(self, family, contigs, policy)));
        checks
    }
}

/// Child, parent, and the parent's word.
fn relations(family: &Family) -> impl Iterator<Item = (usize, usize, &'static str)> + '_ {
    family.members.iter().enumerate().flat_map(|(child, member)| {
        [(member.mother, "mother"), (member.father, "father")]
            .into_iter()
            .filter_map(move |(parent, word)| Some((child, parent?, word)))
    })
}

struct Words<'a> {
    family: &'a Family,
    contigs: &'a [Contig],
    policy: &'a IdentityPolicy,
}

impl Words<'_> {
    fn id(&self, member: usize) -> &str {
        &self.family.members[member].id
    }

    /// `P00303 (row 3 of the referral)`.
    fn row(&self, member: usize) -> String {
        format!("{} (row {} of the referral)", self.id(member), member + 1)
    }

    fn contig(&self, contig: ContigId) -> &str {
        self.contigs.get(contig.index()).map_or("one chromosome", |c| c.name.as_str())
    }

    fn check(&self, severity: Severity, member: usize, message: String, remedy: Option<&str>) -> InputCheck {
        InputCheck {
            severity,
            subject: self.id(member).to_owned(),
            message,
            remedy: remedy.map(str::to_owned),
        }
    }

    /// Said of sequenced members only: nobody expects genotypes of the others.
    fn not_evaluable(
        &self,
        child: usize,
        parent: usize,
        pair: &crate::quality::identity::Pair,
    ) -> Option<InputCheck> {
        if [child, parent].iter().any(|&i| self.family.members[i].vcf.is_none()) {
            return None;
        }
        let counts = pair.parentage_without(&[]);
        let message = format!(
            "parentage of {} and {} is not evaluable: {} autosomal sites where neither is heterozygous, {} \
             without a shared allele; {} sites are required",
            self.id(child),
            self.id(parent),
            counts.sites,
            counts.opposite,
            self.policy.parent_sites
        );
        Some(self.check(Severity::Information, child, message, None))
    }

    fn conflict(&self, child: usize, parent: usize, opposite: u64, sites: u64) -> InputCheck {
        let message = format!(
            "genotypes of {} and {} are not consistent with parent and child: no shared allele at \
             {opposite} of {sites} autosomal sites where neither is heterozygous (limit {}%)",
            self.id(child),
            self.id(parent),
            self.policy.opposite_percent
        );
        let remedy = "check for a sample swap and confirm the family relationships before relying on \
                      inheritance";
        self.check(Severity::Warning, child, message, Some(remedy))
    }

    fn disomy(
        &self,
        (child, parent, relation): (usize, usize, &str),
        contig: ContigId,
        (opposite, sites): (u64, u64),
        kind: Disomy,
    ) -> InputCheck {
        let other = if relation == "father" { "mother" } else { "father" };
        let kind = match kind {
            Disomy::Isodisomy => "isodisomy, no heterozygous alleles",
            Disomy::Heterodisomy => "heterodisomy, heterozygous alleles present",
            Disomy::Undetermined => "isodisomy or heterodisomy is not evaluable",
        };
        let message = format!(
            "genotypes of {} and {} are inconsistent on {contig} ({opposite} of {sites} sites share no \
             allele) and consistent elsewhere: both copies of {contig} appear to come from the {other} \
             (uniparental disomy; {kind}), or the {relation}'s copy is deleted; a swapped sample would be \
             inconsistent throughout",
            self.id(child),
            self.id(parent),
            contig = self.contig(contig),
        );
        let remedy = "confirm with a test for uniparental disomy or copy number; recessive and imprinted \
                      genes on the chromosome should be reviewed";
        self.check(Severity::Warning, child, message, Some(remedy))
    }

    fn sex(&self, member: usize, seen: XCopies, heterozygous: u64, sites: u64) -> InputCheck {
        let words = match seen {
            XCopies::TwoOrMore => "two copies of X, but one is registered",
            XCopies::One => "one copy of X, but two are registered",
        };
        let message = format!(
            "genotypes of {} suggest {words}: {heterozygous} of {sites} alleles on X outside the pseudoautosomal \
             regions are heterozygous",
            self.id(member)
        );
        let remedy = "check for a sample swap, and check the registered sex and karyotype";
        self.check(Severity::Warning, member, message, Some(remedy))
    }

    fn mendel(&self, trio: &Trio, left_out: &[ContigId]) -> Option<InputCheck> {
        let sequenced = |i: usize| self.family.members[i].vcf.is_some();
        if ![trio.child, trio.mother, trio.father].into_iter().all(sequenced) {
            return None;
        }
        let mut counts = MendelCounts::default();
        for (index, part) in trio.counts.0.iter().enumerate() {
            if !left_out.iter().any(|contig| contig.index() == index) {
                counts.add(*part);
            }
        }
        let named: Vec<&str> = left_out.iter().map(|&contig| self.contig(contig)).collect();
        let without = match named.is_empty() {
            true => String::new(),
            false => format!(", {} excluded", named.join(" and ")),
        };
        let MendelCounts { sites, errors } = counts;
        let id = self.id(trio.child);
        let found =
            format!("{errors} of {sites} autosomal sites ({}%){without}", percent_text(errors, sites));
        Some(match counts.conflict(self.policy) {
            None => {
                let needed = self.policy.sites;
                let message = format!(
                    "Mendelian errors of {id} are not evaluable: {sites} sites, {needed} \
                             required{without}"
                );
                self.check(Severity::Information, trio.child, message, None)
            }
            Some(false) => self.check(
                Severity::Information,
                trio.child,
                format!("{id} and both parents show Mendelian errors at {found}"),
                None,
            ),
            Some(true) => self.check(
                Severity::Warning,
                trio.child,
                format!(
                    "{id} and both parents show Mendelian errors at {found}; at most {}% is consistent with \
                     a child and both parents",
                    self.policy.mendelian_percent
                ),
                Some("check for swapped or contaminated samples, and confirm the family relationships"),
            ),
        })
    }

    fn identical(&self, one: usize, other: usize, same: u64, sites: u64) -> InputCheck {
        let message = format!(
            "{} and {} have the same genotype at {same} of {sites} autosomal sites where either has a \
             variant: the same person's sample twice, or monozygotic twins",
            self.row(one),
            self.row(other)
        );
        let remedy = "unless they are monozygotic twins, check vcf and vcf_sample of both rows";
        self.check(Severity::Warning, other, message, Some(remedy))
    }

    fn explanation(&self, found: &crate::quality::identity::exchange::Explanation) -> Vec<InputCheck> {
        let exchanges = found.exchanges.iter().map(|&(one, other)| {
            let message = format!(
                "all relationships are consistent if the samples of {} and {} are exchanged",
                self.row(one),
                self.row(other)
            );
            self.check(Severity::Warning, one, message, Some("check vcf and vcf_sample of both rows"))
        });
        let strangers = found.strangers.iter().map(|&member| {
            let message = format!(
                "the sample of {} is not consistent with any relative, while the relatives are consistent \
                 with each other: it may belong to someone else",
                self.row(member)
            );
            let remedy = "check vcf and vcf_sample of the row, and the relationship";
            self.check(Severity::Warning, member, message, Some(remedy))
        });
        exchanges.chain(strangers).collect()
    }
}
