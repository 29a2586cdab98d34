//! Phase told from the parents' genotypes.

use super::copies::{Carriage, PhaseSet};
use crate::model::record::RecordCall;

/// The child's heterozygous allele put on the parent's copy it must come from, where the parents' genotypes leave
/// only one way; absent where they leave two, or none (a new mutation, or a wrong genotype).
///
/// A parent with two copies of the allele gives it, one with none does not, one with one copy may do either; a
/// parent whose genotype is missing, in part or in whole, may do either. Both parents are needed: one that is not
/// in the file tells nothing, since the allele may be new.
pub fn origin(
    child: &RecordCall,
    mother: Option<&RecordCall>,
    father: Option<&RecordCall>,
    alternate: u8,
) -> Option<Carriage> {
    let heterozygous = child.alleles.len() == 2
        && child.alleles.iter().all(Option::is_some)
        && child.alleles.iter().filter(|a| **a == Some(alternate)).count() == 1;
    if !heterozygous {
        return None;
    }
    let other = child.alleles.iter().flatten().copied().find(|a| *a != alternate)?;
    let (mother, father) = (mother?, father?);
    let complete = |call: &RecordCall| call.alleles.len() == 2 && call.alleles.iter().all(Option::is_some);
    if !complete(mother) || !complete(father) {
        return None;
    }
    let gives = |parent: &RecordCall, allele: u8| parent.alleles.contains(&Some(allele));
    let maternal = gives(mother, alternate) && gives(father, other);
    let paternal = gives(father, alternate) && gives(mother, other);
    match (maternal, paternal) {
        (true, false) => Some(Carriage::Phased(PhaseSet::Parents, 1)),
        (false, true) => Some(Carriage::Phased(PhaseSet::Parents, 2)),
        _ => None,
    }
}

/// Puts alleles of a phase set on the parents' copies when another allele of the set is there: `carriages` as the
/// genotypes tell them, `origins` as the parents do, in the same order. A set whose alleles contradict each other
/// keeps its own phase, and so does each origin.
pub fn join(carriages: &mut [Carriage], origins: &[Option<Carriage>]) {
    let mut sets: Vec<(PhaseSet, Option<bool>)> = Vec::new();
    for (carriage, origin) in carriages.iter().zip(origins) {
        let (Carriage::Phased(set, bits), Some(Carriage::Phased(_, parent))) = (*carriage, *origin) else {
            continue;
        };
        let same = bits == parent;
        match sets.iter_mut().find(|(known, _)| *known == set) {
            Some((_, orientation)) if *orientation != Some(same) => *orientation = None,
            Some(_) => {}
            None => sets.push((set, Some(same))),
        }
    }
    for (carriage, origin) in carriages.iter_mut().zip(origins) {
        match *carriage {
            Carriage::Phased(set, bits) if bits == 1 || bits == 2 => {
                if let Some(&(_, Some(same))) = sets.iter().find(|(known, _)| *known == set) {
                    *carriage = Carriage::Phased(PhaseSet::Parents, if same { bits } else { 3 - bits });
                }
            }
            Carriage::Unphased => *carriage = origin.unwrap_or(Carriage::Unphased),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(text: &str) -> RecordCall {
        let alleles = text.split(['/', '|']).map(|a| a.parse().ok()).collect();
        RecordCall { alleles, phased: text.contains('|'), ..RecordCall::default() }
    }

    fn told(child: &str, mother: &str, father: &str) -> Option<Carriage> {
        origin(&call(child), Some(&call(mother)), Some(&call(father)), 1)
    }

    const MATERNAL: Option<Carriage> = Some(Carriage::Phased(PhaseSet::Parents, 1));
    const PATERNAL: Option<Carriage> = Some(Carriage::Phased(PhaseSet::Parents, 2));

    #[test]
    fn only_one_way_tells() {
        assert_eq!(told("0/1", "0/1", "0/0"), MATERNAL);
        assert_eq!(told("0/1", "0/0", "1/1"), PATERNAL);
        assert_eq!(told("0/1", "0/1", "1/1"), PATERNAL);
        assert_eq!(told("1/2", "0/1", "0/2"), MATERNAL);
        assert_eq!(told("0/1", "0/1", "0/1"), None);
        assert_eq!(told("0/1", "0/0", "0/0"), None);
        assert_eq!(told("0/1", "1/1", "1/1"), None);
        assert_eq!(told("0/1", "./.", "0/0"), None);
        assert_eq!(told("0/1", "0/1", "0"), None);
        assert_eq!(told("1/1", "0/1", "0/1"), None);
        assert_eq!(origin(&call("0/1"), Some(&call("0/1")), None, 1), None);
    }

    #[test]
    fn a_set_follows_the_allele_whose_origin_is_told() {
        let set = |n, bits| Carriage::Phased(PhaseSet::Numbered(n), bits);
        let mut carriages = [set(7, 2), set(7, 1), set(8, 1), Carriage::Unphased, Carriage::All];
        join(&mut carriages, &[MATERNAL, None, None, PATERNAL, None]);
        assert_eq!(
            carriages,
            [MATERNAL.unwrap(), PATERNAL.unwrap(), set(8, 1), PATERNAL.unwrap(), Carriage::All]
        );
    }

    #[test]
    fn a_set_that_contradicts_its_origins_keeps_its_own_phase() {
        let set = |bits| Carriage::Phased(PhaseSet::Numbered(7), bits);
        let mut carriages = [set(1), set(1)];
        join(&mut carriages, &[MATERNAL, PATERNAL]);
        assert_eq!(carriages, [set(1), set(1)]);
    }
}
