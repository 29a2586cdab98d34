//! The lines of a pedigree, as SVG path data: partners, descent, sibships.

use super::layout::{couples, parents};
use super::{COLUMN, RADIUS};
use crate::model::participant::Role;
use crate::report::model::FamilyMember;

/// From the centre of a child up to the line of its sibship.
const SIBSHIP: i64 = 34;

/// All lines. The line between the proband's parents is double where they are related by blood.
pub(super) fn of(members: &[FamilyMember], places: &[(i64, i64)], consanguineous: bool) -> Vec<String> {
    let parents = parents(members);
    let proband = members.iter().position(|m| m.role == Role::Proband);
    let mut lines = Vec::new();
    for (at, (mother, father)) in couples(&parents).into_iter().enumerate() {
        let related = consanguineous && proband.is_some_and(|p| parents[p] == (Some(mother), Some(father)));
        let from = partners(places, mother, father, related, &mut lines);
        let children = (0..members.len()).filter(|&c| parents[c] == (Some(mother), Some(father)));
        descent(from, children.map(|c| places[c]), at, &mut lines);
    }
    for parent in 0..members.len() {
        let alone = |c: &usize| matches!(parents[*c], (Some(p), None) | (None, Some(p)) if p == parent);
        let children: Vec<(i64, i64)> = (0..members.len()).filter(alone).map(|c| places[c]).collect();
        if !children.is_empty() {
            let (x, y) = places[parent];
            let from = (x + COLUMN / 2, y);
            lines.push(format!("M{} {y}H{}", x + RADIUS, from.0));
            descent(from, children.into_iter(), parent, &mut lines);
        }
    }
    lines
}

/// The line between two partners; returns where the descent begins.
fn partners(
    places: &[(i64, i64)],
    mother: usize,
    father: usize,
    related: bool,
    lines: &mut Vec<String>,
) -> (i64, i64) {
    let (left, right) =
        if places[mother].0 <= places[father].0 { (mother, father) } else { (father, mother) };
    let ((x1, y1), (x2, y2)) = (places[left], places[right]);
    let between = |&(x, y): &(i64, i64)| y == y1 && x1 < x && x < x2;
    if y1 == y2 && !places.iter().any(between) {
        let offsets: &[i64] = if related { &[-3, 3] } else { &[0] };
        for offset in offsets {
            lines.push(format!("M{} {}H{}", x1 + RADIUS, y1 + offset, x2 - RADIUS));
        }
        return ((x1 + x2) / 2, y1);
    }
    // Somebody stands between: pass above them, so that no line runs through a third person.
    let over = y1.min(y2) - RADIUS - 5;
    let offsets: &[i64] = if related { &[0, -6] } else { &[0] };
    for offset in offsets {
        lines.push(format!("M{x1} {}V{}H{x2}V{}", y1 - RADIUS, over + offset, y2 - RADIUS));
    }
    (x1 + COLUMN / 2, over)
}

/// From the parents down to the sibship and on to each child.
fn descent(
    (x, y): (i64, i64),
    children: impl Iterator<Item = (i64, i64)>,
    at: usize,
    lines: &mut Vec<String>,
) {
    let children: Vec<(i64, i64)> = children.collect();
    let Some(top) = children.iter().map(|c| c.1).min() else { return };
    // Sibships of one row are set apart, so that their lines do not merge.
    let level = top - SIBSHIP - 5 * (at % 4) as i64;
    let leftmost = children.iter().map(|c| c.0).min().unwrap_or(x).min(x);
    let rightmost = children.iter().map(|c| c.0).max().unwrap_or(x).max(x);
    lines.push(format!("M{x} {y}V{level}"));
    if leftmost < rightmost {
        lines.push(format!("M{leftmost} {level}H{rightmost}"));
    }
    for (child, below) in children {
        lines.push(format!("M{child} {level}V{}", below - RADIUS));
    }
}
