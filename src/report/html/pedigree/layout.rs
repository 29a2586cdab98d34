//! Where each person of a pedigree stands: a row a generation, partners side by side, parents above the
//! middle of their children.

use super::{COLUMN, MARGIN, ROW};
use crate::model::participant::Sex;
use crate::report::model::FamilyMember;

/// A member's parents, by index, where they are in the family.
pub(super) fn parents(members: &[FamilyMember]) -> Vec<(Option<usize>, Option<usize>)> {
    let find = |id: &Option<String>| {
        let id = id.as_ref()?;
        members.iter().position(|member| member.participant == *id)
    };
    members.iter().map(|member| (find(&member.mother), find(&member.father))).collect()
}

/// Couples with a child in the family, in the order of their first child.
pub(super) fn couples(parents: &[(Option<usize>, Option<usize>)]) -> Vec<(usize, usize)> {
    let mut couples = Vec::new();
    for pair in parents {
        if let (Some(mother), Some(father)) = *pair
            && !couples.contains(&(mother, father))
        {
            couples.push((mother, father));
        }
    }
    couples
}

/// The centre of each member's symbol, in pixels, in the order of the members.
pub(super) fn places(members: &[FamilyMember]) -> Vec<(i64, i64)> {
    let parents = parents(members);
    let couples = couples(&parents);
    let generations = generations(&parents, &couples);
    let rows = rows(members, &parents, &couples, &generations);
    let columns = columns(&rows, &parents, members.len());
    let left = columns.iter().min().copied().unwrap_or(0);
    columns
        .iter()
        .zip(&generations)
        .map(|(x, generation)| (MARGIN + x - left, MARGIN / 2 + ROW * *generation as i64))
        .collect()
}

/// A child stands below both parents, partners stand level. A pedigree that contradicts itself (a person
/// among the own ancestors) ends after as many rounds as there are members.
fn generations(parents: &[(Option<usize>, Option<usize>)], couples: &[(usize, usize)]) -> Vec<usize> {
    let count = parents.len();
    let mut generations = vec![0; count];
    for _ in 0..=count {
        let before = generations.clone();
        for (child, (mother, father)) in parents.iter().enumerate() {
            for parent in [mother, father].into_iter().flatten() {
                generations[child] = generations[child].max(generations[*parent] + 1).min(count);
            }
        }
        for &(mother, father) in couples {
            let level = generations[mother].max(generations[father]);
            generations[mother] = level;
            generations[father] = level;
        }
        if generations == before {
            break;
        }
    }
    // No empty rows, whatever the rounds above did.
    let mut used: Vec<usize> = generations.clone();
    used.sort_unstable();
    used.dedup();
    generations.iter().map(|level| used.iter().position(|u| u == level).unwrap_or(0)).collect()
}

/// Who stands in each row, from left to right: children in the order of their parents, and each partner
/// who comes from outside the family beside the one who does not, men on the left.
fn rows(
    members: &[FamilyMember],
    parents: &[(Option<usize>, Option<usize>)],
    couples: &[(usize, usize)],
    generations: &[usize],
) -> Vec<Vec<usize>> {
    let depth = generations.iter().max().map_or(0, |deepest| deepest + 1);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); depth];
    for level in 0..depth {
        let above: Vec<usize> = level.checked_sub(1).map_or_else(Vec::new, |up| rows[up].clone());
        let order = |person: usize| {
            let (mother, father) = parents[person];
            [mother, father].into_iter().flatten().filter_map(|p| above.iter().position(|&a| a == p)).min()
        };
        let mut born: Vec<usize> =
            (0..members.len()).filter(|&m| generations[m] == level && order(m).is_some()).collect();
        let partners = |person: usize| {
            couples.iter().filter_map(move |&(mother, father)| match person {
                p if p == mother => Some(father),
                p if p == father => Some(mother),
                _ => None,
            })
        };
        // Who has a partner from another sibship of this row stands at the edge that faces it.
        let edge = |person: usize| {
            let level_partner = partners(person).find(|&p| generations[p] == level && order(p).is_some());
            level_partner
                .map_or(std::cmp::Ordering::Equal, |partner| order(person).cmp(&order(partner)).reverse())
        };
        born.sort_by_key(|&person| (order(person), edge(person), person));
        let mut row = born;
        // Founders of this level: beside a partner who already stands, else at the end.
        let mut waiting: Vec<usize> =
            (0..members.len()).filter(|&m| generations[m] == level && !row.contains(&m)).collect();
        while !waiting.is_empty() {
            let beside = waiting.iter().enumerate().find_map(|(at, &person)| {
                let place = partners(person).find_map(|p| row.iter().position(|&r| r == p))?;
                Some((at, place))
            });
            match beside {
                Some((at, place)) => {
                    let person = waiting.remove(at);
                    let left = members[person].sex == Sex::Male;
                    row.insert(if left { place } else { place + 1 }, person);
                }
                None => row.push(waiting.remove(0)),
            }
        }
        rows[level] = row;
    }
    rows
}

/// Horizontal places: each row is pulled towards its relatives above and below in turn, without changing
/// its order or coming closer than one column.
fn columns(rows: &[Vec<usize>], parents: &[(Option<usize>, Option<usize>)], count: usize) -> Vec<i64> {
    let mut columns = vec![0_i64; count];
    for row in rows {
        for (at, &person) in row.iter().enumerate() {
            columns[person] = at as i64 * COLUMN;
        }
    }
    let mean =
        |places: Vec<i64>| (!places.is_empty()).then(|| places.iter().sum::<i64>() / places.len() as i64);
    for _ in 0..8 {
        for row in rows.iter().rev() {
            let wanted: Vec<i64> = row
                .iter()
                .map(|&person| {
                    let children: Vec<usize> = (0..count)
                        .filter(|&c| parents[c].0 == Some(person) || parents[c].1 == Some(person))
                        .collect();
                    let middle = mean(children.iter().map(|&c| columns[c]).collect());
                    // A partner stands half a column to the side on which it stands already.
                    let partner = children.first().and_then(|&c| {
                        [parents[c].0, parents[c].1].into_iter().flatten().find(|&p| p != person)
                    });
                    let side = match partner.map(|p| columns[p].cmp(&columns[person])) {
                        Some(std::cmp::Ordering::Less) => COLUMN / 2,
                        Some(_) => -COLUMN / 2,
                        None => 0,
                    };
                    middle.map_or(columns[person], |middle| middle + side)
                })
                .collect();
            settle(row, &wanted, &mut columns);
        }
        for row in rows {
            let wanted: Vec<i64> = row
                .iter()
                .map(|&person| {
                    let (mother, father) = parents[person];
                    let Some(above) =
                        mean([mother, father].into_iter().flatten().map(|p| columns[p]).collect())
                    else {
                        return columns[person];
                    };
                    // Brothers and sisters keep their distances around the middle of their parents.
                    let siblings: Vec<i64> =
                        (0..count).filter(|&s| parents[s] == parents[person]).map(|s| columns[s]).collect();
                    above + columns[person] - mean(siblings).unwrap_or(columns[person])
                })
                .collect();
            settle(row, &wanted, &mut columns);
        }
    }
    columns
}

/// Puts a row as near to the wanted places as its order and the least distance allow.
fn settle(row: &[usize], wanted: &[i64], columns: &mut [i64]) {
    let mut placed: Vec<i64> = Vec::with_capacity(row.len());
    for &want in wanted {
        let least = placed.last().map_or(want, |last| last + COLUMN);
        placed.push(want.max(least));
    }
    // The pass above only pushes to the right: shift back by the mean of what it pushed.
    let pushed: i64 = placed.iter().zip(wanted).map(|(p, w)| p - w).sum();
    let shift = pushed / (row.len().max(1) as i64);
    for (&person, place) in row.iter().zip(placed) {
        columns[person] = place - shift;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::participant::{Affection, Role};
    use crate::report::model::MemberFiles;
    use proptest::prelude::*;

    fn member(id: usize, sex: Sex, mother: Option<usize>, father: Option<usize>) -> FamilyMember {
        FamilyMember {
            participant: id.to_string(),
            role: Role::Sibling,
            sex,
            sex_chromosomes: None,
            affection: Affection::Unknown,
            mother: mother.map(|m| m.to_string()),
            father: father.map(|f| f.to_string()),
            files: MemberFiles::default(),
        }
    }

    #[test]
    fn a_trio_stands_as_drawn_in_textbooks() {
        let trio = [
            member(0, Sex::Male, Some(1), Some(2)),
            member(1, Sex::Female, None, None),
            member(2, Sex::Male, None, None),
        ];
        let places = places(&trio);
        assert!(places[2].0 < places[1].0, "father on the left");
        assert_eq!(places[1].1, places[2].1);
        assert!(places[0].1 > places[1].1);
        assert_eq!(places[0].0, (places[1].0 + places[2].0) / 2);
    }

    #[test]
    fn a_partner_from_outside_stands_level_with_the_one_from_the_family() {
        // 3 and 4 are the mother's parents.
        let family = [
            member(0, Sex::Female, Some(1), Some(2)),
            member(1, Sex::Female, Some(3), Some(4)),
            member(2, Sex::Male, None, None),
            member(3, Sex::Female, None, None),
            member(4, Sex::Male, None, None),
        ];
        let places = places(&family);
        assert_eq!(places[1].1, places[2].1);
        assert!(places[3].1 < places[1].1 && places[1].1 < places[0].1);
    }

    #[test]
    fn cousins_who_have_children_stand_at_the_facing_edges_of_their_sibships() {
        // 0 and 1 are the grandparents' children, 5 and 6 their children; 5 and 7 have a child, 8.
        let family = [
            member(0, Sex::Female, Some(2), Some(3)),
            member(1, Sex::Male, Some(2), Some(3)),
            member(2, Sex::Female, None, None),
            member(3, Sex::Male, None, None),
            member(4, Sex::Male, None, None),
            member(5, Sex::Female, Some(0), Some(4)),
            member(6, Sex::Female, Some(0), Some(4)),
            member(7, Sex::Male, Some(9), Some(1)),
            member(8, Sex::Male, Some(5), Some(7)),
            member(9, Sex::Female, None, None),
        ];
        let places = places(&family);
        assert_eq!(places[5].1, places[7].1);
        let between = |p: &(i64, i64)| {
            p.1 == places[5].1 && p.0 > places[5].0.min(places[7].0) && p.0 < places[5].0.max(places[7].0)
        };
        assert!(!places.iter().any(between));
    }

    proptest! {
        #[test]
        fn nobody_stands_on_anybody_whatever_the_pedigree(
            links in prop::collection::vec((any::<bool>(), prop::option::of(0usize..12), prop::option::of(0usize..12)), 1..12)
        ) {
            let family: Vec<FamilyMember> = links
                .iter()
                .enumerate()
                .map(|(id, &(male, mother, father))| member(id, if male { Sex::Male } else { Sex::Female }, mother, father))
                .collect();
            let places = places(&family);
            for (at, one) in places.iter().enumerate() {
                for other in &places[..at] {
                    prop_assert!(one.1 != other.1 || (one.0 - other.0).abs() >= COLUMN);
                }
                prop_assert!(one.0 >= 0 && one.1 >= 0);
            }
        }
    }
}
