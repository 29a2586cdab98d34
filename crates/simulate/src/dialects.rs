//! The same genes as four sources write them.

pub mod ensembl;
pub mod gencode;
pub mod genepred;
pub mod genes_table;
pub mod refseq;

/// One GFF3 line; start is 0-based, end exclusive, and both are turned to 1-based inclusive here.
struct Feature<'a> {
    contig: &'a str,
    source: &'a str,
    kind: &'a str,
    interval: (u32, u32),
    forward: bool,
    phase: Option<usize>,
    attributes: &'a str,
}

impl Feature<'_> {
    fn push(&self, out: &mut String) {
        let (start, end) = (self.interval.0 + 1, self.interval.1);
        let strand = if self.forward { '+' } else { '-' };
        let phase = self.phase.map_or_else(|| ".".to_owned(), |p| p.to_string());
        out.push_str(&format!(
            "{}\t{}\t{}\t{start}\t{end}\t.\t{strand}\t{phase}\t{}\n",
            self.contig, self.source, self.kind, self.attributes
        ));
    }
}

/// The three bases of the stop codon on the genome, where the transcript has a whole one.
fn stop_codon(transcript: &super::genes::Transcript, forward: bool) -> Option<(u32, u32)> {
    let coding = transcript.coding.as_ref().filter(|c| !c.end_missing)?;
    codon(transcript, forward, coding.end.checked_sub(3)?)
}

/// The codon at a cDNA offset, where it lies in one exon.
fn codon(transcript: &super::genes::Transcript, forward: bool, offset: usize) -> Option<(u32, u32)> {
    let (a, b) = (transcript.genomic(forward, offset), transcript.genomic(forward, offset + 2));
    let interval = (a.min(b), a.max(b) + 1);
    (interval.1 - interval.0 == 3).then_some(interval)
}
