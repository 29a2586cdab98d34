//! What a pedigree must not say: refused with the row that is wrong.

use crate::model::family::Family;
use crate::model::participant::{Affection, Role, Sex};

/// A fault of a pedigree. Rows are numbered from 1 in the order of the members.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PedigreeError {
    /// No members, or the proband is not one of them.
    #[error("family {family}: no proband; mark one member as the proband")]
    NoProband {
        /// The family.
        family: String,
    },
    /// Two rows with one identifier: a repeated line, or a child given two fathers or two mothers.
    #[error(
        "family {family}: {id} is on rows {first} and {second}; each person has one row, with one father and one mother"
    )]
    DuplicateMember {
        /// The family.
        family: String,
        /// The identifier.
        id: String,
        /// First row.
        first: usize,
        /// Second row.
        second: usize,
    },
    /// A parent who is not among the members.
    #[error("family {family}, row {row}: the {parent} of {id} is not a member of the family")]
    UnknownParent {
        /// The family.
        family: String,
        /// The row.
        row: usize,
        /// The child.
        id: String,
        /// `mother` or `father`.
        parent: &'static str,
    },
    /// A person named as their own parent.
    #[error("family {family}, row {row}: {id} is given as their own {parent}")]
    OwnParent {
        /// The family.
        family: String,
        /// The row.
        row: usize,
        /// The person.
        id: String,
        /// `mother` or `father`.
        parent: &'static str,
    },
    /// One person as both parents of a child.
    #[error("family {family}, row {row}: {parent} is given as both mother and father of {id}")]
    SameParentTwice {
        /// The family.
        family: String,
        /// The row.
        row: usize,
        /// The child.
        id: String,
        /// The parent.
        parent: String,
    },
    /// A mother registered male, or a father registered female.
    #[error(
        "family {family}, row {row}: {parent}, the {relation} of {id}, is registered as {sex}; correct the sex or the parent"
    )]
    ParentOfWrongSex {
        /// The family.
        family: String,
        /// The child's row.
        row: usize,
        /// The child.
        id: String,
        /// The parent.
        parent: String,
        /// `mother` or `father`.
        relation: &'static str,
        /// `male` or `female`.
        sex: &'static str,
    },
    /// A person of unknown sex who is a mother in one row and a father in another.
    #[error("family {family}: {id} is the mother of {child} and the father of {other}")]
    MotherAndFather {
        /// The family.
        family: String,
        /// The person.
        id: String,
        /// A child who names the person as mother.
        child: String,
        /// A child who names the person as father.
        other: String,
    },
    /// A person who is their own ancestor.
    #[error("family {family}, row {row}: {id} is their own ancestor ({path})")]
    Cycle {
        /// The family.
        family: String,
        /// The row.
        row: usize,
        /// The person.
        id: String,
        /// The line of descent: `A, child of B, child of A`.
        path: String,
    },
    /// More than one member in a role that one person has.
    #[error("family {family}: {first} and {second} are both given as {role}")]
    RoleTwice {
        /// The family.
        family: String,
        /// The role.
        role: &'static str,
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// A member whose role and the proband's parents disagree.
    #[error("family {family}, row {row}: {id} has the role {role}, and the proband's {role} is {named}")]
    RoleDisagrees {
        /// The family.
        family: String,
        /// The row.
        row: usize,
        /// The member.
        id: String,
        /// `mother` or `father`.
        role: &'static str,
        /// Whom the proband's row names.
        named: String,
    },
    /// The proband does not have the disease.
    #[error(
        "family {family}, row {row}: the proband {id} is not affected; no mode of inheritance can be tested"
    )]
    ProbandNotAffected {
        /// The family.
        family: String,
        /// The row.
        row: usize,
        /// The proband.
        id: String,
    },
}

/// Every fault of the pedigree, in the order of its rows.
///
/// # Errors
/// All faults found; never an empty list.
pub fn validate(family: &Family) -> Result<(), Vec<PedigreeError>> {
    let Some(proband) = family.members.get(family.proband) else {
        return Err(vec![PedigreeError::NoProband { family: family.id.clone() }]);
    };
    let mut faults = duplicates(family);
    for child in 0..family.members.len() {
        faults.extend(parents(family, child));
    }
    faults.extend(mother_and_father(family));
    faults.extend(cycles(family));
    faults.extend(roles(family));
    if proband.affection != Affection::Affected {
        faults.push(PedigreeError::ProbandNotAffected {
            family: family.id.clone(),
            row: family.proband + 1,
            id: proband.id.clone(),
        });
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn duplicates(family: &Family) -> Vec<PedigreeError> {
    let mut faults = Vec::new();
    for (second, member) in family.members.iter().enumerate() {
        if let Some(first) = family.members[..second].iter().position(|m| m.id == member.id) {
            faults.push(PedigreeError::DuplicateMember {
                family: family.id.clone(),
                id: member.id.clone(),
                first: first + 1,
                second: second + 1,
            });
        }
    }
    faults
}

fn parents(family: &Family, child: usize) -> Vec<PedigreeError> {
    let member = &family.members[child];
    let (id, row) = (&member.id, child + 1);
    let mut faults = Vec::new();
    for (parent, relation, wrong, sex) in
        [(member.mother, "mother", Sex::Male, "male"), (member.father, "father", Sex::Female, "female")]
    {
        let Some(index) = parent else { continue };
        if index == child {
            faults.push(PedigreeError::OwnParent {
                family: family.id.clone(),
                row,
                id: id.clone(),
                parent: relation,
            });
            continue;
        }
        match family.members.get(index) {
            None => faults.push(PedigreeError::UnknownParent {
                family: family.id.clone(),
                row,
                id: id.clone(),
                parent: relation,
            }),
            Some(person) if person.sex == wrong => faults.push(PedigreeError::ParentOfWrongSex {
                family: family.id.clone(),
                row,
                id: id.clone(),
                parent: person.id.clone(),
                relation,
                sex,
            }),
            Some(_) => {}
        }
    }
    if let (Some(mother), Some(father)) = (member.mother, member.father)
        && mother == father
        && mother != child
        && let Some(person) = family.members.get(mother)
    {
        faults.push(PedigreeError::SameParentTwice {
            family: family.id.clone(),
            row,
            id: id.clone(),
            parent: person.id.clone(),
        });
    }
    faults
}

fn mother_and_father(family: &Family) -> Vec<PedigreeError> {
    let mut faults = Vec::new();
    for (index, person) in family.members.iter().enumerate() {
        let child = family.members.iter().find(|m| m.mother == Some(index));
        let other = family.members.iter().find(|m| m.father == Some(index));
        if let (Some(child), Some(other)) = (child, other)
            && child.id != other.id
            && person.sex == Sex::Unknown
        {
            faults.push(PedigreeError::MotherAndFather {
                family: family.id.clone(),
                id: person.id.clone(),
                child: child.id.clone(),
                other: other.id.clone(),
            });
        }
    }
    faults
}

/// One fault per person who can be reached from themselves by going from child to parent.
fn cycles(family: &Family) -> Vec<PedigreeError> {
    let mut faults = Vec::new();
    let mut reported = vec![false; family.members.len()];
    for start in 0..family.members.len() {
        if reported[start] {
            continue;
        }
        if let Some(path) = path_to_self(family, start) {
            path.iter().for_each(|&i| reported[i] = true);
            let names: Vec<&str> =
                path.iter().chain([&start]).map(|&i| family.members[i].id.as_str()).collect();
            faults.push(PedigreeError::Cycle {
                family: family.id.clone(),
                row: start + 1,
                id: family.members[start].id.clone(),
                path: names.join(", child of "),
            });
        }
    }
    faults
}

/// The shortest line from a person through parents (two steps or more) back to the person.
fn path_to_self(family: &Family, start: usize) -> Option<Vec<usize>> {
    let parents = |i: usize| {
        let member = &family.members[i];
        [member.mother, member.father]
            .into_iter()
            .flatten()
            .filter(move |&p| p < family.members.len() && p != i)
    };
    let mut paths = vec![vec![start]];
    let mut seen = vec![false; family.members.len()];
    while !paths.is_empty() {
        let mut longer = Vec::new();
        for path in paths {
            for parent in path.last().into_iter().flat_map(|&last| parents(last)) {
                if parent == start {
                    return Some(path);
                }
                if !seen[parent] {
                    seen[parent] = true;
                    let mut next = path.clone();
                    next.push(parent);
                    longer.push(next);
                }
            }
        }
        paths = longer;
    }
    None
}

fn roles(family: &Family) -> Vec<PedigreeError> {
    let mut faults = Vec::new();
    let proband = &family.members[family.proband];
    for (role, word, named) in [
        (Role::Proband, "proband", Some(family.proband)),
        (Role::Mother, "mother", proband.mother),
        (Role::Father, "father", proband.father),
    ] {
        let holders: Vec<usize> =
            (0..family.members.len()).filter(|&i| family.members[i].role == role).collect();
        if let [first, second, ..] = holders[..] {
            faults.push(PedigreeError::RoleTwice {
                family: family.id.clone(),
                role: word,
                first: family.members[first].id.clone(),
                second: family.members[second].id.clone(),
            });
        } else if let ([holder], Some(named)) = (&holders[..], named)
            && *holder != named
            && let Some(person) = family.members.get(named)
        {
            faults.push(PedigreeError::RoleDisagrees {
                family: family.id.clone(),
                row: holder + 1,
                id: family.members[*holder].id.clone(),
                role: word,
                named: person.id.clone(),
            });
        }
    }
    faults
}
