//! Consequence terms in words for a reader who does not have the ontology in mind.

use crate::model::consequence::{Term, Terms};

/// The words of a set of terms, most severe first, joined by commas.
pub(super) fn words(terms: Terms) -> String {
    let words: Vec<&str> = terms.iter().map(word).collect();
    words.join(", ")
}

fn word(term: Term) -> &'static str {
    match term {
        Term::TranscriptAblation => "whole transcript deleted",
        Term::SpliceAcceptor => "splice acceptor disrupted",
        Term::SpliceDonor => "splice donor disrupted",
        Term::StopGained => "new stop codon",
        Term::Frameshift => "frameshift",
        Term::StopLost => "stop codon lost",
        Term::StartLost => "start codon lost",
        Term::TranscriptAmplification => "whole transcript amplified",
        Term::FeatureElongation => "transcript lengthened",
        Term::FeatureTruncation => "transcript shortened",
        Term::InframeInsertion => "amino acids inserted in frame",
        Term::InframeDeletion => "amino acids deleted in frame",
        Term::Missense => "amino acid changed (missense)",
        Term::ProteinAltering => "protein changed",
        Term::SpliceDonor5thBase => "fifth base of the splice donor disrupted",
        Term::SpliceRegion => "in the splice region",
        Term::SpliceDonorRegion => "in the splice donor region",
        Term::SplicePolypyrimidineTract => "in the polypyrimidine tract before a splice acceptor",
        Term::IncompleteTerminalCodon => "in an incomplete last codon",
        Term::StartRetained => "start codon kept",
        Term::StopRetained => "stop codon kept",
        Term::Synonymous => "amino acid unchanged (synonymous)",
        Term::CodingSequence => "in the coding sequence",
        Term::MatureMirna => "in a mature microRNA",
        Term::FivePrimeUtr => "in the 5′ untranslated region",
        Term::ThreePrimeUtr => "in the 3′ untranslated region",
        Term::NonCodingTranscriptExon => "in an exon of a non-coding transcript",
        Term::Intron => "in an intron",
        Term::NmdTranscript => "in a transcript subject to nonsense-mediated decay",
        Term::NonCodingTranscript => "in a non-coding transcript",
        Term::CodingTranscript => "in a coding transcript",
        Term::UpstreamGene => "upstream of the gene",
        Term::DownstreamGene => "downstream of the gene",
        Term::TfbsAblation => "transcription factor binding site deleted",
        Term::TfbsAmplification => "transcription factor binding site amplified",
        Term::TfBindingSite => "in a transcription factor binding site",
        Term::RegulatoryRegionAblation => "regulatory region deleted",
        Term::RegulatoryRegionAmplification => "regulatory region amplified",
        Term::RegulatoryRegion => "in a regulatory region",
        Term::Intergenic => "between genes",
        Term::Sequence => "sequence changed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_severe_comes_first_and_no_two_terms_share_words() {
        let set: Terms = [Term::SpliceRegion, Term::Missense].into_iter().collect();
        assert_eq!(words(set), "amino acid changed (missense), in the splice region");
        let all: std::collections::BTreeSet<&str> = Term::ALL.iter().copied().map(word).collect();
        assert_eq!(all.len(), Term::ALL.len());
    }
}
