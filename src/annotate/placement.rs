//! Which of its equivalent placements an edit takes on a transcript.

use super::edit::Edit;
use super::layout::Layout;
use crate::model::transcript::Strand;

/// One placement of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Bases moved along the forward strand of the genome from where the edit stands.
    pub shift: i64,
    /// Bases it could be moved on from there against the direction of transcription.
    pub upstream_room: i64,
}

/// Placements looked at on either side; longer repeats are sampled evenly.
const MOST_PLACEMENTS: i64 = 48;

impl Placement {
    /// The placement that `c.` and `n.` names use: as far in the direction of transcription as the change can
    /// be moved, introns and exons alike, but not past the transcript's last base, nor over a place where
    /// the transcript's own sequence and the genome's run apart, where it can be written beside that.
    ///
    /// Source: HGVS nomenclature, "General recommendations", 3' rule.
    pub fn three_prime(edit: &Edit, layout: &Layout<'_>) -> Self {
        let room = i64::from(edit.left) + i64::from(edit.right);
        let past_end = |shift: i64| {
            let from = i64::from(edit.start) + shift;
            let to = from + i64::from(edit.removed_length());
            // An insertion needs a neighbour on either side.
            let neighbour = i64::from(edit.is_insertion());
            match layout.strand() {
                Strand::Forward => layout.pre_boundary(to) + neighbour - layout.length(),
                Strand::Reverse => layout.pre_boundary(from) + neighbour - layout.length(),
            }
        };
        let most = match layout.strand() {
            Strand::Forward => i64::from(edit.right),
            Strand::Reverse => -i64::from(edit.left),
        };
        let back = past_end(most).max(0);
        if back > room {
            return Self { shift: most, upstream_room: room };
        }
        let moved_back = |back: i64| match layout.strand() {
            Strand::Forward => most - back,
            Strand::Reverse => most + back,
        };
        let apart = |back: i64| {
            let from = i64::from(edit.start) + moved_back(back);
            let to = from + i64::from(edit.removed_length());
            let (a, b) = (layout.pre_boundary(from), layout.pre_boundary(to));
            layout.is_apart(a.min(b), a.max(b), back < room)
        };
        let back = match room > back && apart(back) {
            true => (back..=room).find(|&further| !apart(further)).unwrap_or(back),
            false => back,
        };
        Self { shift: moved_back(back), upstream_room: room - back }
    }

    /// The placement `shift` bases along the forward strand; a shift past either end of the equivalent
    /// placements is cut to it.
    pub fn at(edit: &Edit, layout: &Layout<'_>, shift: i64) -> Self {
        let (left, right) = (i64::from(edit.left), i64::from(edit.right));
        let shift = shift.clamp(-left, right);
        let upstream_room = match layout.strand() {
            Strand::Forward => shift + left,
            Strand::Reverse => right - shift,
        };
        Self { shift, upstream_room }
    }

    /// The other placements, from 5' to 3' in the direction of transcription; none where all of them lie deep
    /// inside one intron, or outside the transcript on one side.
    pub fn others(self, edit: &Edit, layout: &Layout<'_>) -> impl Iterator<Item = Placement> {
        let room = i64::from(edit.left) + i64::from(edit.right);
        let step = (room / MOST_PLACEMENTS).max(1);
        let skip = room == 0 || self.all_alike(edit, layout);
        let count = if skip { 0 } else { room / step };
        let least = match layout.strand() {
            Strand::Forward => -i64::from(edit.left),
            Strand::Reverse => i64::from(edit.right),
        };
        let direction = match layout.strand() {
            Strand::Forward => 1,
            Strand::Reverse => -1,
        };
        let own = self.upstream_room;
        (0..=count)
            .map(move |i| i * step)
            .filter(move |&upstream_room| !skip && upstream_room != own)
            .map(move |upstream_room| Placement { shift: least + direction * upstream_room, upstream_room })
    }

    /// True where every placement lies in one intron away from its windows, or beside the transcript.
    fn all_alike(self, edit: &Edit, layout: &Layout<'_>) -> bool {
        let from = i64::from(edit.start) - i64::from(edit.left);
        let to = i64::from(edit.start) + i64::from(edit.removed_length()) + i64::from(edit.right);
        let (a, b) = (layout.pre_boundary(from), layout.pre_boundary(to));
        let (first, last) = (a.min(b) - 18, a.max(b) + 18);
        if last < 0 || first > layout.length() {
            return true;
        }
        let Some(block) = layout.block_at(first) else { return false };
        layout.intron(block).is_some_and(|(start, end)| first >= start && last <= end)
    }
}
