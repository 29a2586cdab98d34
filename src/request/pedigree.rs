//! Pedigree (PED) files: family, individual, father, mother, sex, affection; 0 is missing.
//!
//! Source: the PLINK 1.07 documentation, "PED files": sex 1 male, 2 female, other unknown; affection 1
//! unaffected, 2 affected, 0 and -9 missing.

use std::path::{Path, PathBuf};

use crate::model::family::Family;
use crate::model::participant::{Affection, Participant, Role, Sex};

/// Why a pedigree cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PedError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {source}; check the path and its permissions", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line, or the whole, makes no sense.
    #[error("{} line {line}: {reason}", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// 1-based line.
        line: u64,
        /// What is wrong and what to do.
        reason: String,
    },
}

/// Reads every family of a PED file, in file order.
///
/// The proband of a family is its first affected member who has parents, else its first affected member, else
/// its first member. A parent who has no line of their own becomes a member without data.
///
/// # Errors
/// See [`PedError`].
pub fn read(path: &Path) -> Result<Vec<Family>, PedError> {
    let bytes = std::fs::read(path).map_err(|source| PedError::Io { file: path.to_path_buf(), source })?;
    parse(&bytes).map_err(|(line, reason)| PedError::Line { file: path.to_path_buf(), line, reason })
}

struct Line {
    number: u64,
    father: String,
    mother: String,
}

/// Reads PED text; an error is a 1-based line and a reason.
fn parse(bytes: &[u8]) -> Result<Vec<Family>, (u64, String)> {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let mut families: Vec<(Family, Vec<Line>)> = Vec::new();
    for (index, raw) in bytes.split(|&b| b == b'\n').enumerate() {
        let number = index as u64 + 1;
        let text = std::str::from_utf8(raw)
            .map_err(|_| (number, "is not UTF-8; save the file as plain text".to_owned()))?
            .trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = match text.contains('\t') {
            true => text.split('\t').map(str::trim).collect(),
            false => text.split_whitespace().collect(),
        };
        let [family, id, father, mother, sex, affection, ..] = cells.as_slice() else {
            let reason = format!(
                "has {} columns; a pedigree line has family, individual, father, mother, sex, affection",
                cells.len()
            );
            return Err((number, reason));
        };
        if families.is_empty() && is_heading(sex) {
            continue;
        }
        let place = match families.iter().position(|(f, _)| f.id == *family) {
            Some(place) => place,
            None => {
                let empty =
                    Family { id: (*family).to_owned(), members: vec![], proband: 0, consanguineous: false };
                families.push((empty, Vec::new()));
                families.len() - 1
            }
        };
        let (Family { members, .. }, lines) = &mut families[place];
        if id.is_empty() || *id == "0" {
            return Err((number, "the individual has no identifier".to_owned()));
        }
        if members.iter().any(|m| m.id == *id) {
            return Err((number, format!("{} has two lines in family {}; keep one", id, family)));
        }
        let mut member = relative(id);
        member.sex = read_sex(sex);
        member.affection = read_affection(affection).map_err(|reason| (number, reason))?;
        members.push(member);
        lines.push(Line { number, father: (*father).to_owned(), mother: (*mother).to_owned() });
    }
    if families.is_empty() {
        return Err((1, "the pedigree has no members".to_owned()));
    }
    families.into_iter().map(|(family, lines)| connect(family, &lines)).collect()
}

fn is_heading(sex: &str) -> bool {
    ["sex", "gender"].contains(&sex.to_ascii_lowercase().as_str())
}

fn relative(id: &str) -> Participant {
    Participant {
        id: id.to_owned(),
        role: Role::Relative("relative".to_owned()),
        sex: Sex::Unknown,
        sex_chromosomes: None,
        affection: Affection::Unknown,
        mother: None,
        father: None,
        vcf: None,
        vcf_sample: None,
        alignments: None,
    }
}

fn read_sex(text: &str) -> Sex {
    match text.to_ascii_lowercase().as_str() {
        "1" | "male" | "m" => Sex::Male,
        "2" | "female" | "f" => Sex::Female,
        _ => Sex::Unknown,
    }
}

fn read_affection(text: &str) -> Result<Affection, String> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "unaffected" => Ok(Affection::Unaffected),
        "2" | "affected" => Ok(Affection::Affected),
        "0" | "-9" | "" | "." | "na" | "unknown" => Ok(Affection::Unknown),
        _ => Err(format!("affection is {text:?}; use 1 unaffected, 2 affected, 0 unknown")),
    }
}

/// Links parents, and decides the proband and the roles.
fn connect(mut family: Family, lines: &[Line]) -> Result<Family, (u64, String)> {
    for (index, line) in lines.iter().enumerate() {
        family.members[index].father =
            parent(&mut family, &line.father, Sex::Male).map_err(|reason| (line.number, reason))?;
        family.members[index].mother =
            parent(&mut family, &line.mother, Sex::Female).map_err(|reason| (line.number, reason))?;
    }
    for (index, line) in lines.iter().enumerate() {
        if super::samplesheet::is_own_ancestor(index, &family.members) {
            let id = &family.members[index].id;
            return Err((
                line.number,
                format!("{id} would be an ancestor of their own; correct the parents"),
            ));
        }
    }
    let affected_with_parents =
        family.affected().find(|&i| family.members[i].mother.is_some() || family.members[i].father.is_some());
    family.proband = affected_with_parents.or_else(|| family.affected().next()).unwrap_or(0);
    let (mother, father) = (family.proband().mother, family.proband().father);
    for (index, member) in family.members.iter_mut().enumerate() {
        if index == family.proband {
            member.role = Role::Proband;
        } else if Some(index) == mother {
            member.role = Role::Mother;
        } else if Some(index) == father {
            member.role = Role::Father;
        } else if (member.mother.is_some() && member.mother == mother)
            || (member.father.is_some() && member.father == father)
        {
            member.role = Role::Sibling;
        }
    }
    Ok(family)
}

fn parent(family: &mut Family, name: &str, sex: Sex) -> Result<Option<usize>, String> {
    if matches!(name, "" | "0" | "." | "-9") || name.eq_ignore_ascii_case("na") {
        return Ok(None);
    }
    let index = match family.members.iter().position(|m| m.id == name) {
        Some(index) => index,
        None => {
            family.members.push(relative(name));
            family.members.len() - 1
        }
    };
    let member = &mut family.members[index];
    match member.sex {
        Sex::Unknown => member.sex = sex,
        stated if stated != sex => {
            let word = if sex == Sex::Male { "father" } else { "mother" };
            return Err(format!("{name} is named as {word} and is of the other sex; correct one"));
        }
        _ => {}
    }
    Ok(Some(index))
}

/// Completes a family from a pedigree: sexes, affections and parents that the family does not state, and the
/// relatives it lacks. `affection_open` says for each member whether the pedigree may set the affection.
///
/// # Errors
/// Where both speak and differ.
pub fn complete(family: &mut Family, pedigree: &Family, affection_open: &[bool]) -> Result<(), String> {
    let before = family.members.len();
    let mut place = Vec::with_capacity(pedigree.members.len());
    for member in &pedigree.members {
        place.push(match family.members.iter().position(|m| m.id == member.id) {
            Some(index) => index,
            None => {
                family.members.push(Participant { mother: None, father: None, ..member.clone() });
                let added = family.members.len() - 1;
                if family.members[added].role == Role::Proband {
                    family.members[added].role = Role::Relative("relative".to_owned());
                }
                added
            }
        });
    }
    for (member, &index) in pedigree.members.iter().zip(&place) {
        let (mother, father) = (member.mother.map(|i| place[i]), member.father.map(|i| place[i]));
        let ours = &mut family.members[index];
        if ours.sex == Sex::Unknown {
            ours.sex = member.sex;
        } else if member.sex != Sex::Unknown && member.sex != ours.sex {
            return Err(format!("the sex of {} here differs from the pedigree's; correct one", ours.id));
        }
        if index < before && affection_open.get(index).copied().unwrap_or(true) {
            ours.affection = member.affection;
        } else if member.affection != Affection::Unknown && member.affection != ours.affection {
            return Err(format!(
                "the affection of {} here differs from the pedigree's; correct one",
                ours.id
            ));
        }
        for (mine, theirs, word) in
            [(&mut ours.mother, mother, "mother"), (&mut ours.father, father, "father")]
        {
            match (*mine, theirs) {
                (None, theirs) => *mine = theirs,
                (Some(a), Some(b)) if a != b => {
                    return Err(format!("the {word} of {} here is not the pedigree's; correct one", ours.id));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trio_and_a_second_family() {
        let text = b"\xEF\xBB\xBF#FAM\tID\tFATHER\tMOTHER\tSEX\tPHENO\r\nF1\tkid\tdad\tmum\t2\t2\r\nF1\tdad\t0\t0\t1\t1\r\nF1\tmum\t0\t0\t2\t1\r\nF2\tlone\t0\t0\t0\t-9";
        let families = parse(text).unwrap();
        assert_eq!(families.len(), 2);
        let trio = &families[0];
        assert_eq!((trio.proband, trio.members[0].mother, trio.members[0].father), (0, Some(2), Some(1)));
        assert_eq!((&trio.members[1].role, trio.members[1].sex), (&Role::Father, Sex::Male));
        assert_eq!(trio.members[2].affection, Affection::Unaffected);
        assert_eq!(families[1].members[0].affection, Affection::Unknown);
    }

    #[test]
    fn spaces_separate_too_and_an_absent_parent_is_a_member_without_data() {
        let families = parse(b"F a b 0 1 2\n").unwrap();
        assert_eq!(families[0].members[1].id, "b");
        assert_eq!(families[0].members[1].sex, Sex::Male);
    }

    #[test]
    fn faults_name_their_line() {
        for (text, line, word) in [
            ("F a b 0 1\n", 1, "columns"),
            ("F a 0 0 1 1\nF a 0 0 1 1\n", 2, "two lines"),
            ("F a b 0 1 1\nF b 0 0 2 1\n", 1, "other sex"),
            ("F a 0 b 2 1\nF b 0 a 2 1\n", 1, "ancestor"),
            ("F a 0 0 1 7\n", 1, "affection"),
            ("# nothing\n", 1, "no members"),
        ] {
            let (at, reason) = parse(text.as_bytes()).unwrap_err();
            assert!(at == line && reason.contains(word), "{text:?}: {at} {reason}");
        }
    }
}
