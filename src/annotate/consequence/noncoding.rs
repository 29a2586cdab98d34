//! Transcripts that code for no protein.

use super::touch::Touch;
use crate::model::consequence::{Term, Terms};
use crate::reference::transcripts::TranscriptView;

/// `non_coding_transcript_exon_variant` where an exon base is touched, `non_coding_transcript_variant`
/// otherwise.
pub fn terms(touch: &Touch, _transcript: &TranscriptView<'_>) -> Terms {
    if touch.touches_exon_base {
        Terms::of(Term::NonCodingTranscriptExon)
    } else {
        Terms::of(Term::NonCodingTranscript)
    }
}
