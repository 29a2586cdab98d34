//! The transcripts' own sequences, of which only the bases that differ from the genome are kept.
//!
//! A RefSeq transcript is a record of its own and may differ from the genome by substitutions, and by bases that the
//! genome lacks; `c.` positions and reference bases are the transcript's (HGVS nomenclature, "Reference sequences").

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::model::base::complement;
use crate::model::transcript::{OwnBase, Strand, Transcript};
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;

use super::text::Lines;

/// What a file of transcript sequences gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SequencesReport {
    /// File name.
    pub source: String,
    /// Sequences read.
    pub sequences: u64,
    /// Transcripts of the bundle that have a sequence here, by accession and version.
    pub transcripts: u64,
    /// Of these, with a base that differs from the genome or that one of the two lacks.
    pub differing: u64,
    /// Such bases.
    pub bases: u64,
    /// Transcripts whose sequence here has another length or other bases than its exons can have: not used, and the
    /// transcript is taken as one that differs, nobody knows where.
    pub refused: Vec<String>,
}

impl fmt::Display for SequencesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}: {} sequences; {} transcripts have one, {} of them differ from the genome, in {} bases; {} \
             do not match their exons{}{}",
            self.source,
            self.sequences,
            self.transcripts,
            self.differing,
            self.bases,
            self.refused.len(),
            if self.refused.is_empty() { "" } else { ": " },
            self.refused.iter().take(5).cloned().collect::<Vec<_>>().join(", ")
        )
    }
}

/// Reads a FASTA of transcripts and notes on each transcript with the same accession and version the bases in which
/// it differs from the genome.
///
/// # Errors
/// When the file cannot be read or is no FASTA.
pub(crate) fn apply(
    path: &Path,
    genome: &Genome,
    transcripts: &mut [Transcript],
) -> Result<SequencesReport, ReferenceError> {
    let source = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut report = SequencesReport { source, ..SequencesReport::default() };
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, transcript) in transcripts.iter().enumerate() {
        by_name.entry(transcript.accession.clone()).or_default().push(index);
    }
    let mut lines = Lines::open(path)?;
    let mut name: Option<String> = None;
    let mut bases: Vec<u8> = Vec::new();
    while lines.advance()? {
        let line = lines.last_line()?.trim_end();
        if let Some(heading) = line.strip_prefix('>') {
            let next = accession(heading).to_owned();
            if let Some(name) = name.replace(next) {
                one(&by_name, &name, &bases, genome, transcripts, &mut report);
            }
            bases.clear();
        } else if name.is_some() {
            if !line.bytes().all(|b| b.is_ascii_alphabetic() || b == b'*') {
                return Err(lines.error("a letter that is not a base"));
            }
            bases.extend(line.bytes().map(|b| b.to_ascii_uppercase()));
        } else if !line.is_empty() {
            return Err(lines.error("expected a FASTA heading ('>accession.version')"));
        }
    }
    if let Some(name) = name {
        one(&by_name, &name, &bases, genome, transcripts, &mut report);
    }
    if report.sequences == 0 {
        return Err(ReferenceError::source_file(path, "holds no sequence"));
    }
    Ok(report)
}

/// The first word, without the database's name: `ref|NM_000059.4|` is `NM_000059.4`, as is `transcript:…`.
fn accession(heading: &str) -> &str {
    let word = heading.split_ascii_whitespace().next().unwrap_or_default();
    let word = word.strip_prefix("transcript:").unwrap_or(word);
    word.split('|').find(|part| part.contains('.')).unwrap_or(word)
}

fn one(
    by_name: &BTreeMap<String, Vec<usize>>,
    name: &str,
    bases: &[u8],
    genome: &Genome,
    transcripts: &mut [Transcript],
    report: &mut SequencesReport,
) {
    report.sequences += 1;
    for &index in by_name.get(name).into_iter().flatten() {
        let Some(transcript) = transcripts.get_mut(index) else { continue };
        report.transcripts += 1;
        match differences(transcript, bases, genome) {
            Some(own) => {
                report.bases += own.len() as u64;
                transcript.own_bases.retain(|base| base.base == OwnBase::LACKING);
                transcript.own_bases.extend(own);
                transcript.own_bases.sort_unstable_by_key(|base| base.key());
                report.differing += u64::from(!transcript.own_bases.is_empty());
                transcript.differs_somewhere = false;
            }
            None => {
                // One of the two is wrong, or another version: where, nobody knows.
                transcript.differs_somewhere = true;
                report.refused.push(name.to_owned());
            }
        }
    }
}

/// One base in so many may differ; more, and the sequence is another one than the exons'.
const MOST_DIFFERENCES: usize = 50;

/// The bases in which a sequence differs from the exons; `None` where it is too short, goes on with anything but a
/// poly(A) tail, or differs too much.
fn differences(transcript: &Transcript, bases: &[u8], genome: &Genome) -> Option<Vec<OwnBase>> {
    let length = transcript.spliced_length() as usize;
    let (own, tail) = bases.split_at_checked(length)?;
    if tail.iter().any(|&b| b != b'A') {
        return None;
    }
    let mut differing = Vec::new();
    let mut substitutions = 0;
    let mut behind = 0;
    let known = |base: u8| matches!(base, b'A' | b'C' | b'G' | b'T');
    let mut note = |offset: usize| {
        if let Some(&base) = own.get(offset).filter(|&&b| known(b)) {
            differing.push(OwnBase { offset: offset as u32, base: u32::from(base) });
        }
    };
    for exon in &transcript.exons {
        let start = exon.cdna_start as usize;
        // Bases that no block covers are the transcript's alone.
        (behind..start).for_each(&mut note);
        for i in 0..exon.len() {
            let genomic = match transcript.strand {
                Strand::Forward => genome.base(transcript.contig, exon.start + i),
                Strand::Reverse => complement(genome.base(transcript.contig, exon.end - 1 - i)),
            };
            let offset = start + i as usize;
            if known(genomic) && own.get(offset) != Some(&genomic) {
                substitutions += 1;
                note(offset);
            }
        }
        behind = start + exon.len() as usize;
    }
    (substitutions * MOST_DIFFERENCES <= length + MOST_DIFFERENCES).then_some(differing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::contig::ContigId;
    use crate::model::transcript::Exon;

    fn transcript(strand: Strand, exons: Vec<Exon>) -> Transcript {
        Transcript {
            accession: "NM_1.2".to_owned(),
            gene: 0,
            biotype: "mRNA".to_owned(),
            contig: ContigId(0),
            strand,
            exons,
            coding: None,
            own_bases: Vec::new(),
            differs_somewhere: false,
            mane: None,
            canonical: false,
        }
    }

    fn applied(fasta: &str, transcript: Transcript) -> (Vec<(u32, char)>, SequencesReport) {
        let genome = Genome::from_sequences(vec![("1".to_owned(), b"ACGTACGTNACGT".to_vec())]);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), fasta).unwrap();
        let mut all = [transcript];
        let report = apply(file.path(), &genome, &mut all).unwrap();
        let own = all[0].own_bases.iter().map(|b| (b.offset, b.base as u8 as char)).collect();
        (own, report)
    }

    #[test]
    fn only_what_differs_is_kept_on_both_strands() {
        let exon = |start, end, cdna_start| Exon { start, end, cdna_start };
        let forward = transcript(Strand::Forward, vec![exon(0, 4, 0), exon(6, 10, 4)]);
        assert_eq!(applied(">NM_1.2 x\nACGTGT\nNA\n", forward.clone()).0, []);
        // Offset 2 differs; offset 6 is unknown in the genome.
        let (own, report) = applied(">ref|NM_1.2| x\nACATGTCAAAA\n", forward.clone());
        assert_eq!(own, [(2, 'A')]);
        assert_eq!((report.transcripts, report.differing, report.bases), (1, 1, 1));
        let reverse = transcript(Strand::Reverse, vec![exon(0, 4, 0)]);
        assert_eq!(applied(">NM_1.2\nACGA\n", reverse).0, [(3, 'A')]);
        // Two bases that only the transcript has.
        let gapped = transcript(Strand::Forward, vec![exon(0, 2, 0), exon(2, 4, 4)]);
        assert_eq!(applied(">NM_1.2\nACTTGT\n", gapped).0, [(2, 'T'), (3, 'T')]);
    }

    #[test]
    fn a_transcript_that_contradicts_its_own_sequence_differs_somewhere_and_keeps_its_marks() {
        let genome = Genome::from_sequences(vec![("1".to_owned(), b"ACGTACGTNACGT".to_vec())]);
        let exon = |start, end, cdna_start| Exon { start, end, cdna_start };
        let mark = OwnBase { offset: 4, base: OwnBase::LACKING };
        // The genome's bases 5 and 6 are not the transcript's.
        let gapped = Transcript {
            own_bases: vec![mark],
            ..transcript(Strand::Forward, vec![exon(0, 4, 0), exon(6, 8, 4)])
        };
        let after = |fasta: &str| {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), fasta).unwrap();
            let mut all = [gapped.clone()];
            let report = apply(file.path(), &genome, &mut all).unwrap();
            let [transcript] = all;
            (transcript, report)
        };
        let (fits, report) = after(">NM_1.2\nACGTCT\n");
        assert_eq!(fits.own_bases, [mark, OwnBase { offset: 4, base: u32::from(b'C') }]);
        assert_eq!((fits.differs_somewhere, report.differing, report.bases), (false, 1, 1));
        let (refused, report) = after(">NM_1.2\nACGTACGT\n");
        assert_eq!((refused.own_bases.as_slice(), refused.differs_somewhere), ([mark].as_slice(), true));
        assert_eq!(report.refused, ["NM_1.2"]);
    }

    #[test]
    fn another_version_or_another_sequence_is_not_used() {
        let exon = Exon { start: 0, end: 4, cdna_start: 0 };
        let forward = transcript(Strand::Forward, vec![exon]);
        let (own, report) = applied(">NM_1.1\nACAT\n", forward.clone());
        assert_eq!((own.len(), report.transcripts), (0, 0));
        for sequence in ["ACG", "ACGTC", "TTTT"] {
            let (own, report) = applied(&format!(">NM_1.2\n{sequence}\n"), forward.clone());
            assert_eq!((own.len(), report.refused.as_slice()), (0, ["NM_1.2".to_owned()].as_slice()));
        }
    }
}
