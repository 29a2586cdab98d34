//! Which transcript of a gene a result is reported on, and why.

use crate::model::annotation::TranscriptConsequence;
use crate::model::transcript::Mane;
use crate::reference::transcripts::{TranscriptView, Transcripts};

/// Why a transcript is the one reported, best reason first.
///
/// Source: Morales et al., Nature 2022;604:310 (MANE Select is the default for reporting, MANE Plus Clinical
/// where it is needed to report all known pathogenic variants).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// MANE Select.
    ManeSelect,
    /// MANE Plus Clinical.
    ManePlusClinical,
    /// Asked for by the user of the pipeline.
    Requested,
    /// Canonical in the source.
    Canonical,
    /// Codes for a protein.
    ProteinCoding,
    /// Has the longest coding sequence.
    LongestCodingSequence,
    /// First by accession, for want of a better reason.
    FirstByAccession,
}

impl Reason {
    /// The words a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::ManeSelect => "MANE Select",
            Self::ManePlusClinical => "MANE Plus Clinical",
            Self::Requested => "requested transcript",
            Self::Canonical => "canonical transcript of the gene in the transcript source",
            Self::ProteinCoding => "only protein-coding transcript",
            Self::LongestCodingSequence => "longest coding sequence",
            Self::FirstByAccession => "first by accession",
        }
    }
}

/// What the choice looks at, smallest first.
type Rank<'a> = (bool, bool, bool, bool, bool, std::cmp::Reverse<u32>, &'a str);

fn rank<'a>(transcript: &TranscriptView<'a>, requested: &[String]) -> Rank<'a> {
    let without_version = transcript.accession.split('.').next().unwrap_or_default();
    let asked = requested.iter().any(|r| r == transcript.accession || r == without_version);
    (
        transcript.mane != Some(Mane::Select),
        transcript.mane != Some(Mane::PlusClinical),
        !asked,
        !transcript.canonical,
        transcript.biotype != "protein_coding",
        std::cmp::Reverse(transcript.coding.map_or(0, |c| c.cds.len())),
        transcript.accession,
    )
}

/// The transcript to report among those given, and the first criterion that told it from the others.
/// `requested` holds accessions with or without version.
pub fn choose(transcripts: &Transcripts, indices: &[u32], requested: &[String]) -> Option<(u32, Reason)> {
    let mut ranked: Vec<(Rank<'_>, u32)> =
        indices.iter().map(|&i| (rank(&transcripts.get(i), requested), i)).collect();
    ranked.sort();
    let (best, index) = *ranked.first()?;
    let reason = if !best.0 {
        Reason::ManeSelect
    } else if !best.1 {
        Reason::ManePlusClinical
    } else if !best.2 {
        Reason::Requested
    } else if !best.3 {
        Reason::Canonical
    } else {
        match ranked.get(1) {
            _ if best.4 => FIRST,
            None => Reason::ProteinCoding,
            Some((second, _)) if second.4 => Reason::ProteinCoding,
            Some((second, _)) if second.5 != best.5 => Reason::LongestCodingSequence,
            Some(_) => FIRST,
        }
    };
    Some((index, reason))
}

const FIRST: Reason = Reason::FirstByAccession;

/// The entry to report among the consequences of one gene, and why; entries without a transcript do not count.
pub fn choose_consequence<'c>(
    transcripts: &Transcripts,
    consequences: &[&'c TranscriptConsequence],
    requested: &[String],
) -> Option<(&'c TranscriptConsequence, Reason)> {
    let indices: Vec<u32> = consequences.iter().filter_map(|c| c.transcript_index).collect();
    let (index, reason) = choose(transcripts, &indices, requested)?;
    consequences.iter().find(|c| c.transcript_index == Some(index)).map(|&c| (c, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::contig::ContigId;
    use crate::model::gene::Gene;
    use crate::model::position::Interval;
    use crate::model::transcript::{Coding, Exon, Strand, Transcript};

    fn transcript(accession: &str, cds: u32) -> Transcript {
        Transcript {
            accession: accession.to_owned(),
            gene: 0,
            biotype: if cds > 0 { "protein_coding" } else { "lncRNA" }.to_owned(),
            contig: ContigId(0),
            strand: Strand::Forward,
            exons: vec![Exon { start: 0, end: 100, cdna_start: 0 }],
            coding: (cds > 0).then(|| Coding {
                cds: Interval::new(0, cds),
                phase: 0,
                start_incomplete: false,
                end_incomplete: false,
                selenocysteines: Vec::new(),
                slippage: Vec::new(),
                skipped: Vec::new(),
                protein: None,
            }),
            own_bases: Vec::new(),
            differs_somewhere: false,
            mane: None,
            canonical: false,
        }
    }

    fn chosen(transcripts: Vec<Transcript>, requested: &[&str]) -> (String, Reason) {
        let gene = Gene { hgnc_id: None, symbol: "G".to_owned(), source_id: "1".to_owned() };
        let store = Transcripts::from_records(vec![gene], transcripts);
        let indices: Vec<u32> = (0..store.len() as u32).collect();
        let requested: Vec<String> = requested.iter().map(|&r| r.to_owned()).collect();
        let (index, reason) = choose(&store, &indices, &requested).unwrap();
        (store.get(index).accession.to_owned(), reason)
    }

    #[test]
    fn each_reason_gives_way_to_the_better_one() {
        let mut all = vec![transcript("N.1", 0), transcript("A.1", 30), transcript("B.1", 60)];
        assert_eq!(chosen(all.clone(), &[]), ("B.1".to_owned(), Reason::LongestCodingSequence));
        assert_eq!(chosen(all[..2].to_vec(), &[]), ("A.1".to_owned(), Reason::ProteinCoding));
        all[1].canonical = true;
        assert_eq!(chosen(all.clone(), &[]), ("A.1".to_owned(), Reason::Canonical));
        assert_eq!(chosen(all.clone(), &["N"]), ("N.1".to_owned(), Reason::Requested));
        all.push(transcript("P.1", 9));
        all[3].mane = Some(Mane::PlusClinical);
        assert_eq!(chosen(all.clone(), &["N.1"]), ("P.1".to_owned(), Reason::ManePlusClinical));
        all[0].mane = Some(Mane::Select);
        assert_eq!(chosen(all, &[]), ("N.1".to_owned(), Reason::ManeSelect));
    }

    #[test]
    fn equals_are_told_apart_by_accession() {
        let equals = vec![transcript("B.1", 30), transcript("A.1", 30)];
        assert_eq!(chosen(equals, &[]), ("A.1".to_owned(), Reason::FirstByAccession));
    }
}
