//! Whether a variant file looks as if its end were missing.

use super::{Asked, Check, Raised};
use crate::model::contig::{Contig, ContigId, canonical_name};
use crate::model::guideline::Guideline;
use crate::model::pipeline::GeneScope;
use crate::model::read_summary::ReadSummary;
use crate::report::model::Severity;

/// The row.
pub(super) const FILE_END: Check = Check {
    id: "file_end",
    source: Guideline::new("GA4GH, Variant Call Format Specification", "1.2, line separators", "v4.5"),
    severity: Severity::Warning,
    words: "Whether every variant file goes on to its end: its last line is ended, and no chromosome is without a record",
    of_look_ups: false,
    raise,
};

fn raise(asked: &Asked) -> Raised {
    let (found, knowledge) = (asked.found, asked.knowledge);
    let all_genes = asked.plan.gene_agnostic || knowledge.pipeline.scope.genes == GeneScope::Genome;
    let contigs = knowledge.bundle.genome().contigs();
    let files = found.files.iter().zip(&found.summary.files);
    Raised::notices(files.flat_map(|(file, read)| missing_end(file, read, contigs, all_genes)))
}

/// The notices for a variant file that looks as if its end were missing: its last line is not ended, or, where
/// the whole genome is looked at, chromosomes have no record at all. A file cut between two lines shows no other sign.
fn missing_end(name: &str, read: &ReadSummary, contigs: &[Contig], whole_genome: bool) -> Vec<String> {
    let mut notices = Vec::new();
    if let (true, Some((contig, position))) = (read.unfinished, &read.last) {
        notices.push(format!(
            "{name} ends at {contig}:{position} without a line feed and may be truncated, so later variants \
             may be missing; compare it with the original, and end its last line if it is complete."
        ));
    }
    let is_chromosome = |contig: &Contig| {
        let name = canonical_name(&contig.name);
        name == "X" || name.parse::<u8>().is_ok()
    };
    let silent: Vec<&str> = contigs
        .iter()
        .enumerate()
        .filter(|(index, contig)| is_chromosome(contig) && !read.contigs.contains(&ContigId(*index as u16)))
        .map(|(_, contig)| contig.name.as_str())
        .collect();
    if whole_genome && !read.indexed && read.records > 0 && !silent.is_empty() {
        notices.push(format!(
            "{name} has no record on {}, so nothing was analysed there and a negative result does not cover \
             it; check that the file is complete.",
            silent.join(", ")
        ));
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_its_end_is_told() {
        let contigs = ["chr1", "chr2", "chrX", "chrM", "chrUn_1"]
            .map(|name| Contig { name: name.to_owned(), length: 1000 });
        let mut read = ReadSummary {
            records: 3,
            contigs: vec![ContigId(0), ContigId(1), ContigId(2)],
            last: Some(("chrX".to_owned(), 77)),
            ..ReadSummary::default()
        };
        assert!(missing_end("a.vcf", &read, &contigs, true).is_empty());
        read.contigs.pop();
        assert!(missing_end("a.vcf", &read, &contigs, false).is_empty());
        let told = missing_end("a.vcf", &read, &contigs, true);
        assert!(told.len() == 1 && told[0].contains("no record on chrX,"), "{told:?}");
        read.unfinished = true;
        let told = missing_end("a.vcf", &read, &contigs, false);
        assert!(told.len() == 1 && told[0].contains("ends at chrX:77"), "{told:?}");
    }
}
