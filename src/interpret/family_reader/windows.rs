//! What all files have passed, cut into windows that can be joined independently.

use super::file::Place;
use super::{FamilyReader, WINDOW};
use crate::model::record::NormalisedAllele;
use crate::normalise::join::FileWindow;

/// Windows, each with the alleles of every file.
pub(super) struct Windows(pub(super) Vec<Vec<Vec<NormalisedAllele>>>);

impl FamilyReader {
    /// Takes everything before a place from all files, or all there is.
    pub(super) fn take_until(&mut self, place: Option<Place>) -> Windows {
        let mut taken: Vec<Vec<NormalisedAllele>> =
            self.files.iter_mut().map(|f| f.take_until(place)).collect();
        // With several files the rank is the contig's number in all of them.
        let place = |entry: &NormalisedAllele| {
            self.files.iter().map(|file| file.ranks.place(entry)).min().unwrap_or(Place::START)
        };
        // Cut from the back, so that each window is split off once. A start is never divided.
        let mut windows = Vec::new();
        while let Some(longest) = taken.iter().max_by_key(|list| list.len()).filter(|l| l.len() > WINDOW) {
            let edge = place(&longest[longest.len() - WINDOW]);
            let window: Vec<_> = taken
                .iter_mut()
                .map(|list| {
                    let at = list.partition_point(|entry| place(entry) < edge);
                    list.split_off(at)
                })
                .collect();
            windows.push(window);
        }
        if taken.iter().any(|list| !list.is_empty()) {
            windows.push(taken);
        }
        windows.reverse();
        Windows(windows)
    }

    /// A window as the join wants it.
    pub(super) fn borrow(&self, window: Vec<Vec<NormalisedAllele>>) -> Vec<FileWindow<'_>> {
        let several = self.files.len() > 1;
        let files = self.files.iter().zip(window);
        files
            .map(|(file, alleles)| FileWindow {
                members: &file.members,
                alleles,
                covers: several.then_some(&file.covers),
                is_gvcf: file.is_gvcf,
            })
            .collect()
    }
}
