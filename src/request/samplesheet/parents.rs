//! Who is the proband, and who is whose parent.

use super::referral::fault;
use super::table::{Column, Row};
use super::{Fault, cell};
use crate::model::participant::{Participant, Role, Sex};

/// Parents by index, mother first, as the columns name them.
pub(super) type Named = Vec<(Option<usize>, Option<usize>)>;

/// Resolves the columns `mother` and `father`.
pub(super) fn named(rows: &[&Row], members: &[Participant]) -> Result<Named, Fault> {
    let find = |row: &Row, column: Column| -> Result<Option<usize>, Fault> {
        let Some(name) = cell::given(row.get(column)) else { return Ok(None) };
        members.iter().position(|m| m.id == name).map(Some).ok_or_else(|| {
            let reason = format!(
                "{} is not a participant of the referral; add a row or clear the cell",
                name.escape_debug()
            );
            fault(row, column, reason)
        })
    };
    rows.iter().map(|row| Ok((find(row, Column::Mother)?, find(row, Column::Father)?))).collect()
}

/// Gives each member parents and a role, and returns the proband's index.
pub(super) fn assign(rows: &[&Row], members: &mut [Participant], named: &Named) -> Result<usize, Fault> {
    let proband = proband(rows, members, named)?;
    members[proband].role = Role::Proband;
    let mother = only(rows, members, &Role::Mother)?;
    let father = only(rows, members, &Role::Father)?;
    let any_named = named.iter().any(|n| *n != (None, None));
    for index in 0..members.len() {
        (members[index].mother, members[index].father) = if any_named {
            named[index]
        } else if matches!(members[index].role, Role::Proband | Role::Sibling) {
            (mother, father)
        } else {
            (None, None)
        };
    }
    let (mother, father) = (members[proband].mother, members[proband].father);
    for (role, place, parent) in [(Role::Mother, mother, "mother"), (Role::Father, father, "father")] {
        let Some(index) = only(rows, members, &role)? else { continue };
        if place.is_some_and(|p| p != index) {
            let column = if role == Role::Mother { Column::Mother } else { Column::Father };
            let reason =
                format!("names another {parent} than line {}, which has that role", rows[index].line);
            return Err(fault(rows[proband], column, reason));
        }
        // A role is a statement about the proband, also where the columns name only other parents.
        match role {
            Role::Mother => members[proband].mother = Some(index),
            _ => members[proband].father = Some(index),
        }
    }
    for (parent, role, sex) in [(mother, Role::Mother, Sex::Female), (father, Role::Father, Sex::Male)] {
        if let Some(index) = parent
            && members[index].role == Role::Relative(String::new())
        {
            members[index].role = role;
            if members[index].sex == Sex::Unknown {
                members[index].sex = sex;
            }
        }
    }
    for member in members.iter_mut().filter(|m| m.role == Role::Relative(String::new())) {
        member.role = Role::Relative("relative".to_owned());
    }
    Ok(proband)
}

fn only(rows: &[&Row], members: &[Participant], role: &Role) -> Result<Option<usize>, Fault> {
    let mut with = members.iter().enumerate().filter(|(_, m)| m.role == *role).map(|(i, _)| i);
    let first = with.next();
    match with.next() {
        Some(second) => {
            let reason =
                format!("two participants have the role {}; correct one", rows[second].get(Column::Role));
            Err(fault(rows[second], Column::Role, reason))
        }
        None => Ok(first),
    }
}

fn proband(rows: &[&Row], members: &[Participant], named: &Named) -> Result<usize, Fault> {
    if let Some(index) = only(rows, members, &Role::Proband)? {
        return Ok(index);
    }
    if let [member] = members
        && member.role == Role::Relative(String::new())
    {
        return Ok(0);
    }
    // Without a role, the one participant who has parents here is the one the test is for.
    let mut children = (0..members.len())
        .filter(|&i| named[i] != (None, None) && members[i].role == Role::Relative(String::new()));
    match (children.next(), children.next()) {
        (Some(index), None) => Ok(index),
        _ => Err(fault(rows[0], Column::Role, "no participant has the role proband; mark one")),
    }
}

/// Parents must be of the right sex and older than their children, and nobody an ancestor of their own.
pub(super) fn check(rows: &[&Row], members: &[Participant]) -> Result<(), Fault> {
    ages(rows, members)?;
    for (index, member) in members.iter().enumerate() {
        let row = rows.get(index).unwrap_or(&rows[0]);
        for (parent, wrong, column) in
            [(member.mother, Sex::Male, Column::Mother), (member.father, Sex::Female, Column::Father)]
        {
            if let Some(parent) = parent
                && members[parent].sex == wrong
            {
                let word = if wrong == Sex::Male { "male" } else { "female" };
                let reason = format!("{} is {word} and cannot be the {}", members[parent].id, column.name());
                return Err(fault(row, column, reason));
            }
        }
        if is_own_ancestor(index, members) {
            let column = if member.mother.is_some() { Column::Mother } else { Column::Father };
            return Err(fault(row, column, format!("{} would be an ancestor of their own", member.id)));
        }
    }
    Ok(())
}

/// A child is born after both parents, where the years are given. They serve for nothing else, and are not kept.
fn ages(rows: &[&Row], members: &[Participant]) -> Result<(), Fault> {
    let year = |row: &Row| {
        cell::year(row.get(Column::YearOfBirth)).map_err(|reason| fault(row, Column::YearOfBirth, reason))
    };
    let years = rows.iter().map(|row| year(row)).collect::<Result<Vec<_>, _>>()?;
    for ((row, member), born) in rows.iter().zip(members).zip(&years) {
        for (parent, word) in [(member.mother, "mother"), (member.father, "father")] {
            let Some(parent) = parent.filter(|&p| p < rows.len()) else { continue };
            if let (Some(born), Some(parent_born)) = (born, years[parent])
                && *born <= parent_born
            {
                let reason = format!(
                    "{} is not younger than the {word}, {} (line {}); correct a year or the parent",
                    member.id, members[parent].id, rows[parent].line
                );
                return Err(fault(row, Column::YearOfBirth, reason));
            }
        }
    }
    Ok(())
}

pub(crate) fn is_own_ancestor(index: usize, members: &[Participant]) -> bool {
    let mut seen = vec![false; members.len()];
    let mut open = vec![index];
    while let Some(current) = open.pop() {
        for parent in [members[current].mother, members[current].father].into_iter().flatten() {
            if parent == index {
                return true;
            }
            if !std::mem::replace(&mut seen[parent], true) {
                open.push(parent);
            }
        }
    }
    false
}
