//! X-linked recessive (X outside the pseudoautosomal regions).
//!
//! Affected: every X copy carries the allele, the one of a man or both of a woman. Unaffected: not every
//! X copy does. The rule is the autosomal one for any number of copies; an affected heterozygous woman
//! contradicts it at a single site and may still be compound heterozygous.

use super::clause::Rule;
use super::predicates::Predicate;

pub(super) const RULE: Rule = Rule {
    affected: Predicate::ALL,
    affected_words: "carry the allele on every X copy",
    unaffected: Some(Predicate::NOT_ALL),
    unaffected_words: "have an X copy without the allele",
};
