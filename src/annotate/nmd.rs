//! Nonsense-mediated decay, as a quantitative answer and not a term.

use super::edit::change::{CodingChange, Tail};
use super::edit::protein_effect::ProteinEffect;
use super::layout::Layout;
use super::sequence::Sequence;
use crate::model::annotation::{DecayEscape, NonsenseMediatedDecay};

/// A stop this close before the last exon–exon junction escapes.
///
/// Source: Abou Tayoun et al., Hum Mutat 2018;39:1517 (ClinGen recommendations for PVS1).
pub const ESCAPE_DISTANCE: i64 = 50;

/// The prediction for a change that ends the protein at a new place; `None` where it does not. All exons count,
/// those of the untranslated regions too.
pub fn predict(
    layout: &Layout<'_>,
    sequence: &Sequence,
    change: &CodingChange,
    effect: &ProteinEffect,
) -> Option<NonsenseMediatedDecay> {
    let premature = match effect {
        ProteinEffect::Nonsense { .. } | ProteinEffect::Frameshift { .. } => true,
        ProteinEffect::Insertion { residues, .. } | ProteinEffect::Delins { residues, .. } => {
            residues.contains(&b'*')
        }
        _ => false,
    };
    if !premature || change.protein.tail != Tail::Stops {
        return None;
    }
    let frame = sequence.frame.as_ref()?;
    let stop_residue = change.protein.first + change.protein.residues.len() - 1;
    // Last base of the stop codon on the mutated transcript, back on the reference behind the change.
    let on_mutated = i64::from(frame.start) - i64::from(frame.missing) + 3 * stop_residue as i64 + 3;
    let stop_end = on_mutated - change.gain;
    if layout.exon_count() < 2 {
        return Some(escape(DecayEscape::SingleExon, None));
    }
    let last_junction = (0..layout.blocks() - 1)
        .rev()
        .find(|&i| layout.intron(i).is_some())
        .map(|i| i64::from(layout.block(i + 1).spliced))?;
    let distance = last_junction - stop_end;
    Some(if distance < 0 {
        escape(DecayEscape::LastExon, Some(distance))
    } else if distance <= ESCAPE_DISTANCE {
        escape(DecayEscape::Last50Bases, Some(distance))
    } else {
        NonsenseMediatedDecay { escape: None, distance_to_last_junction: Some(distance) }
    })
}

fn escape(rule: DecayEscape, distance: Option<i64>) -> NonsenseMediatedDecay {
    NonsenseMediatedDecay { escape: Some(rule), distance_to_last_junction: distance }
}
