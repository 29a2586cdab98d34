//! How a pair of alleles may run through a whole pedigree.
//!
//! Every member is given a haplotype pair that the calls allow, every child one haplotype from each parent,
//! and each such assignment either fits the mode (affected members trans, unaffected members not) or does
//! not. `yes` is "all fit", `no` is "none fits". Every relative takes part: a child of the proband who got
//! one allele without the other tells the phase as well as a parent does.

use super::copies::karyotypes;
use super::phase::{ABSENT, Haplotype, HaplotypePairs, NEITHER, is_trans};
use crate::model::family::Family;
use crate::model::participant::Affection;
use crate::model::segregation::{CopyRegion, Verdict};

/// Steps after which the search of a large pedigree with many missing genotypes is given up.
const MOST_STEPS: u32 = 100_000;

/// What was met among the assignments that the genotypes and the transmissions allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// An assignment in which every clause holds.
    pub fits: bool,
    /// An assignment in which some clause fails.
    pub fails: bool,
    /// An assignment with the proband in trans.
    pub trans: bool,
    /// An assignment with the proband not in trans.
    pub cis: bool,
    /// True when the search was given up.
    pub given_up: bool,
}

impl Outcome {
    /// True when no assignment obeys the transmissions.
    pub fn is_impossible(self) -> bool {
        !self.given_up && !self.fits && !self.fails
    }

    /// The verdict on the pair.
    pub fn verdict(self) -> Verdict {
        match (self.fits, self.fails) {
            _ if self.given_up => Verdict::Possible,
            (true, false) => Verdict::Yes,
            (false, true) => Verdict::No,
            _ => Verdict::Possible,
        }
    }

    /// Whether the proband is in trans.
    pub fn proband(self) -> Verdict {
        match (self.trans, self.cis) {
            _ if self.given_up => Verdict::Possible,
            (true, false) => Verdict::Yes,
            (false, true) => Verdict::No,
            _ => Verdict::Possible,
        }
    }
}

type Pair = (Haplotype, Haplotype);

/// A pedigree with what each member's chromosomes may carry.
pub(super) struct Haplotypes<'a> {
    pub family: &'a Family,
    pub region: CopyRegion,
    pub sets: Vec<HaplotypePairs>,
    /// Children whose link to their parents is used.
    pub linked: Vec<bool>,
}

impl Haplotypes<'_> {
    /// Goes through the assignments of all members.
    pub fn search(&self) -> Outcome {
        self.search_among(&(0..self.sets.len()).collect::<Vec<_>>())
    }

    /// Goes through the assignments of some members; parents who are not among them may have given anything.
    pub fn search_among(&self, members: &[usize]) -> Outcome {
        let mut order = members.to_vec();
        order.sort_by_key(|&i| (self.sets[i].len(), i));
        let mut state =
            State { assigned: vec![None; self.sets.len()], outcome: Outcome::default(), steps: 0 };
        self.assign(&order, true, &mut state);
        state.outcome
    }

    /// AND over the members of each one's own clause, given the parents alone: never wrong, but weaker.
    pub fn each_with_parents(&self) -> Verdict {
        (0..self.sets.len())
            .filter(|&i| self.family.members[i].affection != Affection::Unknown)
            .map(|i| {
                let person = &self.family.members[i];
                let mut members = vec![i];
                members.extend([person.mother, person.father].into_iter().flatten().filter(|&p| p != i));
                let mut alone = Self {
                    family: self.family,
                    region: self.region,
                    sets: self.sets.clone(),
                    linked: vec![false; self.sets.len()],
                };
                alone.linked[i] = self.linked[i];
                alone.search_clause(&members, i)
            })
            .fold(Verdict::Yes, Verdict::min)
    }

    fn search_clause(&self, members: &[usize], of: usize) -> Verdict {
        let mut found = (false, false);
        let rest: Vec<usize> = members.iter().copied().filter(|&m| m != of).collect();
        for pair in self.sets[of].iter() {
            let mut state =
                State { assigned: vec![None; self.sets.len()], outcome: Outcome::default(), steps: 0 };
            state.assigned[of] = Some(pair);
            self.assign(&rest, true, &mut state);
            if !state.outcome.is_impossible() {
                if self.clause(of, pair) { found.0 = true } else { found.1 = true }
            }
        }
        match found {
            (true, false) => Verdict::Yes,
            (false, true) => Verdict::No,
            _ => Verdict::Possible,
        }
    }

    /// False when nothing more can be learnt.
    fn assign(&self, order: &[usize], fits: bool, state: &mut State) -> bool {
        let Some((&member, rest)) = order.split_first() else {
            let trans = state.assigned[self.family.proband].is_some_and(|(one, other)| is_trans(one, other));
            let outcome = &mut state.outcome;
            outcome.fits |= fits;
            outcome.fails |= !fits;
            outcome.trans |= trans;
            outcome.cis |= !trans;
            return !(outcome.fits && outcome.fails && outcome.trans && outcome.cis);
        };
        for pair in self.sets[member].iter() {
            state.steps += 1;
            if state.steps > MOST_STEPS {
                state.outcome.given_up = true;
                return false;
            }
            state.assigned[member] = Some(pair);
            if self.links_hold(member, &state.assigned)
                && !self.assign(rest, fits && self.clause(member, pair), state)
            {
                return false;
            }
        }
        state.assigned[member] = None;
        true
    }

    /// The clause of one member: one chromosome needs either allele, two need one on each.
    fn clause(&self, member: usize, (one, other): Pair) -> bool {
        let shows = if other == ABSENT { one != ABSENT && one != NEITHER } else { is_trans(one, other) };
        match self.family.members[member].affection {
            Affection::Affected => shows,
            Affection::Unaffected => !shows,
            Affection::Unknown => true,
        }
    }

    /// True when the member fits the parents and children assigned so far.
    fn links_hold(&self, member: usize, assigned: &[Option<Pair>]) -> bool {
        self.family.members.iter().enumerate().all(|(child, person)| {
            let involved = child == member || person.mother == Some(member) || person.father == Some(member);
            !involved || !self.linked[child] || self.link_holds(child, assigned)
        })
    }

    /// True when the child can have one haplotype from each parent. A parent not assigned yet, or outside the
    /// pedigree, may have given anything.
    pub fn link_holds(&self, child: usize, assigned: &[Option<Pair>]) -> bool {
        let Some((one, other)) = assigned[child] else { return true };
        let person = &self.family.members[child];
        let gives = |parent: Option<usize>, haplotype: Haplotype| {
            parent
                .and_then(|i| assigned.get(i).copied().flatten())
                .is_none_or(|(x, y)| x == haplotype || y == haplotype)
        };
        match (one, other) {
            (ABSENT, _) => true,
            (_, ABSENT) if self.single_x_is_maternal(child) => gives(person.mother, one),
            (_, ABSENT) => gives(person.mother, one) || gives(person.father, one),
            _ => {
                (gives(person.mother, one) && gives(person.father, other))
                    || (gives(person.mother, other) && gives(person.father, one))
            }
        }
    }

    fn single_x_is_maternal(&self, child: usize) -> bool {
        karyotypes(self.family, child).iter().any(|k| k.x == 1 && k.y >= 1)
    }

    /// True when some choice for child and parents alone obeys the transmission.
    pub fn link_is_possible(&self, child: usize) -> bool {
        let person = &self.family.members[child];
        let mut members = vec![child];
        members.extend([person.mother, person.father].into_iter().flatten());
        members.dedup();
        !self.search_among(&members).is_impossible()
    }
}

struct State {
    assigned: Vec<Option<Pair>>,
    outcome: Outcome,
    steps: u32,
}
