//! What parts of a transcript an edit touches.

use super::coding::Coding;
use super::splice::Windows;
use crate::annotate::edit::Bases;
use crate::annotate::edit::change::Spliced;
use crate::annotate::edit::oriented::Oriented;
use crate::annotate::layout::Layout;

/// The parts of a transcript that one edit touches.
#[derive(Clone, Debug, Default)]
pub struct Touch {
    /// At least one base (for an insertion: both neighbours) belongs to the transcript.
    pub overlaps: bool,
    /// It lies wholly inside the transcript.
    pub inside: bool,
    /// Windows of introns.
    pub splice: Windows,
    /// An exon base is removed, or the insertion point has exon bases on both sides.
    pub touches_exon_base: bool,
    /// Bases of the genome are touched that the transcript lacks, or an insertion lies beside them.
    pub lacking: bool,
    /// An insertion exactly between an exon and an intron.
    pub at_exon_edge: bool,
    /// Touched spliced offsets, half-open; empty at the offset behind for an insertion. Absent where no exon
    /// base is touched.
    pub spliced: Option<(u32, u32)>,
    /// The edit on the spliced transcript, where it removes no intron base.
    pub edit: Option<Spliced>,
    /// An untranslated base before the coding sequence is touched.
    pub five_prime: bool,
    /// An untranslated base behind the coding sequence is touched.
    pub three_prime: bool,
    /// How the coding sequence is touched.
    pub coding: Coding,
    /// Index of the first exon block touched or before the edit, for exon and intron numbers.
    pub first_block: usize,
    /// Index of the last exon block that starts at or before the edit's end.
    pub last_block: usize,
}

impl Touch {
    /// Looks an edit up in the layout. Substitutions of several bases are judged by the bases that change:
    /// `changed` lists them as inclusive runs in pre-mRNA coordinates. An insertion that could be `moved` against the
    /// direction of transcription stands before bases that only the transcript has, and any other behind them.
    pub fn new(layout: &Layout<'_>, edit: &Oriented, changed: &[(i64, i64)], moved: bool) -> Self {
        let (start, end) = edit.inclusive();
        let length = layout.length();
        let mut touch = Self {
            overlaps: end >= 0 && start < length,
            inside: start >= 0 && end < length && (start < end + 1 || (start > 0 && start < length)),
            ..Self::default()
        };
        if !touch.overlaps {
            return touch;
        }
        // The widest window reaches 17 bases before an exon.
        let from = layout.block_at(start - 18).unwrap_or(0);
        touch.first_block = layout.block_at(start.min(end)).unwrap_or(0);
        touch.last_block = touch.first_block;
        let mut spliced: Option<(u32, u32)> = None;
        let mut removed = 0;
        for index in from..layout.blocks() {
            let block = layout.block(index);
            if block.start > end.max(start) + 18 {
                break;
            }
            if block.start <= end.max(start) {
                touch.last_block = index;
            }
            if let Some((first, last)) = layout.intron(index) {
                for &(a, b) in changed {
                    touch.splice.touch(a, b, first, last);
                }
            } else if layout.lacks_behind(index) {
                let behind = layout.block(index + 1).start;
                touch.lacking |= match edit.is_insertion() {
                    true => start >= block.end + i64::from(moved) && start <= behind,
                    false => end >= block.end && start < behind,
                };
            }
            if edit.is_insertion() {
                touch.insertion(layout, index, start, moved, &mut spliced);
            } else {
                let (a, b) = (start.max(block.start), (end + 1).min(block.end));
                if a < b {
                    removed += b - a;
                    let (x, y) =
                        (block.spliced + (a - block.start) as u32, block.spliced + (b - block.start) as u32);
                    spliced = Some(spliced.map_or((x, y), |(s, _)| (s, y)));
                    touch.touches_exon_base = true;
                }
            }
        }
        touch.touches_exon_base |= touch.lacking;
        touch.spliced = spliced;
        touch.edit = spliced
            .filter(|&(s, e)| match edit.is_insertion() {
                true => !touch.lacking,
                false => removed == end + 1 - start && i64::from(e - s) == removed,
            })
            .map(|(start, end)| Spliced { start, end, inserted: Bases::from_slice(&edit.inserted) });
        touch.regions(layout, edit);
        touch
    }

    /// True where the outcome depends on the bases of the transcript.
    pub fn needs_sequence(&self) -> bool {
        self.coding != Coding::Untouched
    }

    fn insertion(
        &mut self,
        layout: &Layout<'_>,
        index: usize,
        at: i64,
        moved: bool,
        spliced: &mut Option<(u32, u32)>,
    ) {
        let block = layout.block(index);
        if at < block.start || at > block.end || at == 0 || at == layout.length() {
            return;
        }
        let offset = block.spliced + (at - block.start) as u32;
        let before = at > block.start || (index > 0 && layout.block(index - 1).end == block.start);
        let behind =
            at < block.end || (index + 1 < layout.blocks() && layout.block(index + 1).start == block.end);
        if (before && behind) || (at == block.end && layout.lacks_behind(index)) {
            self.touches_exon_base = true;
        } else {
            self.at_exon_edge = true;
        }
        if spliced.is_none() || !moved {
            *spliced = Some((offset, offset));
        }
    }

    fn regions(&mut self, layout: &Layout<'_>, edit: &Oriented) {
        let Some(coding) = layout.coding() else { return };
        let (cds_start, cds_end) = (coding.cds.start, coding.cds.end);
        let Some((start, end)) = self.spliced else {
            if self.splice.frameshift_intron || self.lacking {
                self.between_exon_bases(layout, edit);
            }
            return;
        };
        if start == end {
            self.five_prime = start <= cds_start;
            self.three_prime = start >= cds_end;
            if start > cds_start && start < cds_end {
                self.coding = if self.lacking { Coding::AcrossAnIntron } else { Coding::Inside };
            }
            return;
        }
        self.five_prime = start < cds_start;
        self.three_prime = end > cds_end;
        if end > cds_start && start < cds_end {
            self.coding = match &self.edit {
                Some(_) if start >= cds_start && end <= cds_end => Coding::Inside,
                Some(_) => Coding::AcrossItsEdge,
                None if !self.inside && !self.splice.any() => Coding::AcrossTheTranscriptsEnd,
                None => Coding::AcrossAnIntron,
            };
        }
    }

    /// An intron too short to be spliced, or bases that the transcript lacks, count as the part of the transcript around
    /// them.
    fn between_exon_bases(&mut self, layout: &Layout<'_>, edit: &Oriented) {
        let Some(coding) = layout.coding() else { return };
        let Some(index) = layout.block_at(edit.start) else { return };
        let block = layout.block(index);
        let offset = block.spliced + (block.end - block.start) as u32;
        if offset <= coding.cds.start {
            self.five_prime = true;
        } else if offset >= coding.cds.end {
            self.three_prime = true;
        } else {
            self.coding = Coding::AcrossAnIntron;
        }
    }
}

/// The runs of bases that an edit changes, inclusive, in pre-mRNA coordinates: all of them, except that a
/// substitution of several bases leaves those alone that stay as they are.
pub fn changed_runs(edit: &Oriented, base: impl Fn(i64) -> u8) -> smallvec::SmallVec<[(i64, i64); 2]> {
    let mut runs = smallvec::SmallVec::new();
    if edit.is_insertion() || edit.gain() != 0 {
        runs.push(edit.inclusive());
        return runs;
    }
    for (i, &new) in edit.inserted.iter().enumerate() {
        let at = edit.start + i as i64;
        if base(at) != new {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == at => *last = at,
                _ => runs.push((at, at)),
            }
        }
    }
    runs
}
