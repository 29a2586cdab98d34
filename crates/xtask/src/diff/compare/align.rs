//! Which entries of two lists are the same one.

use std::collections::{BTreeMap, VecDeque};

/// Groups larger than this are paired in their order: comparing each with each would take too long.
const LARGEST_GROUP: usize = 400;

/// Two lists, entry by entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// Indices of entries that belong together and differ, in the order of the base.
    pub pairs: Vec<(usize, usize)>,
    /// Indices of entries that only the base has.
    pub removed: Vec<usize>,
    /// Indices of entries that only the branch has.
    pub added: Vec<usize>,
    /// How many entries that both have come in another order among themselves.
    pub moved: usize,
}

/// Aligns two lists: equal entries first, wherever they are; of the others those of one identity, the most alike
/// first. `whole` are texts that are equal where entries are; `identity` is what an entry is known by;
/// `alike` is how like two entries are, from 0 (nothing) to 1, of which at least `least` is asked.
pub fn align<W: Ord, I: Ord>(
    before: &[(W, I)],
    after: &[(W, I)],
    alike: impl Fn(usize, usize) -> f64,
    least: f64,
) -> Alignment {
    let mut free: BTreeMap<&W, VecDeque<usize>> = BTreeMap::new();
    for (index, (whole, _)) in after.iter().enumerate() {
        free.entry(whole).or_default().push_back(index);
    }
    let mut taken = vec![false; after.len()];
    let (mut equal, mut left) = (Vec::new(), Vec::new());
    for (index, (whole, _)) in before.iter().enumerate() {
        match free.get_mut(whole).and_then(VecDeque::pop_front) {
            Some(other) => {
                taken[other] = true;
                equal.push(other);
            }
            None => left.push(index),
        }
    }
    let mut alignment = Alignment { moved: equal.len() - longest_rise(&equal), ..Alignment::default() };
    let mut groups: BTreeMap<&I, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for index in left {
        groups.entry(&before[index].1).or_default().0.push(index);
    }
    for index in (0..after.len()).filter(|index| !taken[*index]) {
        groups.entry(&after[index].1).or_default().1.push(index);
    }
    for (base, branch) in groups.into_values() {
        pair(base, branch, &alike, least, &mut alignment);
    }
    alignment.pairs.sort_unstable();
    alignment.removed.sort_unstable();
    alignment.added.sort_unstable();
    alignment
}

/// Pairs the entries of one identity, each of the base with the free one most like it.
fn pair(
    base: Vec<usize>,
    mut branch: Vec<usize>,
    alike: &impl Fn(usize, usize) -> f64,
    least: f64,
    alignment: &mut Alignment,
) {
    let in_order = base.len() > LARGEST_GROUP || branch.len() > LARGEST_GROUP;
    for index in base {
        // The first of those that are equally alike: order decides where nothing else does.
        let best = branch
            .iter()
            .take(if in_order { 1 } else { LARGEST_GROUP })
            .enumerate()
            .map(|(at, other)| (at, alike(index, *other)))
            .fold(None, |best: Option<(usize, f64)>, next| match best {
                Some(best) if best.1 >= next.1 => Some(best),
                _ => Some(next),
            });
        match best {
            Some((at, likeness)) if likeness >= least => alignment.pairs.push((index, branch.remove(at))),
            _ => alignment.removed.push(index),
        }
    }
    alignment.added.extend(branch);
}

/// Length of the longest run of rising numbers, gaps allowed.
fn longest_rise(numbers: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for number in numbers {
        let at = ends.partition_point(|end| end < number);
        match ends.get_mut(at) {
            Some(end) => *end = *number,
            None => ends.push(*number),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(before: &[(&str, &str)], after: &[(&str, &str)]) -> Alignment {
        align(before, after, |a, b| if before[a].0[..1] == after[b].0[..1] { 1.0 } else { 0.5 }, 0.5)
    }

    #[test]
    fn an_entry_put_first_shifts_nothing() {
        let (before, after) = ([("a1", ""), ("b1", "")], [("c1", ""), ("a1", ""), ("b2", "")]);
        let alignment = aligned(&before, &after);
        // `b1` takes the one most like it, so `c1` is what was added.
        assert_eq!(alignment, Alignment { pairs: vec![(1, 2)], added: vec![0], ..Alignment::default() });
    }

    #[test]
    fn another_order_is_counted_not_compared() {
        let before = [("a", ""), ("b", ""), ("c", "")];
        let after = [("c", ""), ("a", ""), ("b", "")];
        assert_eq!(aligned(&before, &after), Alignment { moved: 1, ..Alignment::default() });
    }

    #[test]
    fn entries_of_another_identity_are_never_paired() {
        let alignment = aligned(&[("x1", "one")], &[("x2", "two")]);
        assert_eq!(alignment, Alignment { removed: vec![0], added: vec![0], ..Alignment::default() });
    }
}
