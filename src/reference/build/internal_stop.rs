//! Coding sequences with a stop codon inside.
//!
//! Ensembl's GFF3 does not mark selenocysteines, and some annotated sequences hold a stop for other reasons. Protein names
//! at such a codon say what translation by the code gives, so that whoever builds a bundle should know of them.

use crate::model::base::complement;
use crate::model::contig::ContigKind;
use crate::model::transcript::{Strand, Transcript};
use crate::reference::genome::Genome;

/// True where a codon before the last one is a stop by the genome's bases and is not read as selenocysteine. A frame
/// that steps is not looked at behind its first step.
///
/// Source: NCBI, "The Genetic Codes", tables 1 and 2.
pub(crate) fn holds_internal_stop(transcript: &Transcript, genome: &Genome) -> bool {
    let Some(coding) = &transcript.coding else { return false };
    let mitochondrial = genome.contig(transcript.contig).kind() == ContigKind::Mitochondrion;
    let is_stop = |codon: [u8; 3]| match &codon {
        b"TAA" | b"TAG" => true,
        b"TGA" => !mitochondrial,
        b"AGA" | b"AGG" => mitochondrial,
        _ => false,
    };
    let first = coding.cds.start + u32::from(coding.phase);
    let steps = coding.slippage.iter().chain(&coding.skipped).min();
    let end = steps.map_or(coding.cds.end, |&step| step.min(coding.cds.end));
    let bases = spliced(transcript, genome, first, end);
    bases.chunks_exact(3).zip((first..).step_by(3)).any(|(codon, at)| {
        let last = at + 3 >= coding.cds.end;
        !last && is_stop([codon[0], codon[1], codon[2]]) && !coding.selenocysteines.contains(&at)
    })
}

/// Bases `[from, to)` of the spliced transcript by the genome; `N` where the genome lacks them.
fn spliced(transcript: &Transcript, genome: &Genome, from: u32, to: u32) -> Vec<u8> {
    let mut bases = vec![b'N'; to.saturating_sub(from) as usize];
    let mut exon_bases = Vec::new();
    for exon in &transcript.exons {
        let (start, end) = (exon.cdna_start.max(from), (exon.cdna_start + exon.len()).min(to));
        if start >= end {
            continue;
        }
        exon_bases.clear();
        genome.bases_into(transcript.contig, exon.interval(), &mut exon_bases);
        if transcript.strand == Strand::Reverse {
            exon_bases.reverse();
            exon_bases.iter_mut().for_each(|base| *base = complement(*base));
        }
        let part = (start - exon.cdna_start) as usize..(end - exon.cdna_start) as usize;
        bases[(start - from) as usize..(end - from) as usize].copy_from_slice(&exon_bases[part]);
    }
    bases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::contig::ContigId;
    use crate::model::position::Interval;
    use crate::model::transcript::{Coding, Exon};

    fn transcript(strand: Strand, exons: Vec<Exon>, end: u32) -> Transcript {
        let coding = Coding {
            cds: Interval::new(0, end),
            phase: 0,
            start_incomplete: false,
            end_incomplete: false,
            selenocysteines: Vec::new(),
            slippage: Vec::new(),
            skipped: Vec::new(),
            protein: None,
        };
        Transcript {
            accession: "T".to_owned(),
            gene: 0,
            biotype: "protein_coding".to_owned(),
            contig: ContigId(0),
            strand,
            exons,
            coding: Some(coding),
            own_bases: Vec::new(),
            differs_somewhere: false,
            mane: None,
            canonical: false,
        }
    }

    #[test]
    fn a_stop_inside_is_seen_on_both_strands_and_a_selenocysteine_is_none() {
        // ATG GCT TG|A GTC TAA over two exons, and its mirror image.
        let exon = |start, end, cdna_start| Exon { start, end, cdna_start };
        let forward = transcript(Strand::Forward, vec![exon(0, 8, 0), exon(10, 17, 8)], 15);
        let reverse = transcript(Strand::Reverse, vec![exon(9, 17, 0), exon(0, 7, 8)], 15);
        let told = |name: &str, bases: &str, transcript: &Transcript| {
            let genome = Genome::from_sequences(vec![(name.to_owned(), bases.as_bytes().to_vec())]);
            holds_internal_stop(transcript, &genome)
        };
        assert!(told("1", "ATGGCTTGGGAGTCTAA", &forward));
        assert!(told("1", "TTAGACTCCCAAGCCAT", &reverse));
        assert!(!told("1", "ATGGCTTGGGCGTCTAA", &forward), "TGC");
        assert!(!told("MT", "ATGGCTTGGGAGTCTAA", &forward), "TGA is tryptophan there");
        let mut selenoprotein = forward;
        selenoprotein.coding.as_mut().unwrap().selenocysteines = vec![6];
        assert!(!told("1", "ATGGCTTGGGAGTCTAA", &selenoprotein));
    }
}
