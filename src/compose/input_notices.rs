//! Notices that stand beside the headline where hardly anything of the input could be looked at: "nothing was
//! found" must not be read as a result when nothing was there to find.

use crate::model::contig::{Contig, ContigId, canonical_name};
use crate::model::funnel::{Funnel, FunnelStep};
use crate::read::variants::ReadSummary;
use crate::report::model::{InputCheck, Severity};

/// Steps at which an allele is lost for the state of the files, not for what it is.
const TECHNICAL: [FunnelStep; 5] = [
    FunnelStep::NotASequence,
    FunnelStep::UnknownContig,
    FunnelStep::Filter,
    FunnelStep::CallQuality,
    FunnelStep::NotEvaluable,
];

/// The notice where genotypes do not fit the people they are given as: a swapped sample's findings are somebody
/// else's, and must not stand below a plain sentence as if nothing were wrong.
pub fn identity_notice(checks: &[InputCheck]) -> Option<String> {
    let failed: Vec<&InputCheck> =
        checks.iter().filter(|check| check.severity == Severity::Warning).collect();
    let first = failed.first()?;
    let others = match failed.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    Some(format!(
        "Genotypes are not consistent with the stated family; this must be resolved before anything is \
         reported: {}{others}.",
        first.message
    ))
}

/// The notices for a funnel: no allele at all, or more than half of them lost at one technical step. Every
/// variant of a gVCF brings a `<NON_REF>`, so ALTs that are no sequence are told where there is nothing else.
pub fn input_notices(funnel: &Funnel) -> Vec<String> {
    if funnel.input == 0 {
        return vec![
            "The variant files contain no allele to analyse, so this is not a negative result; check that \
             they are the correct files and complete."
                .to_owned(),
        ];
    }
    let lost = |step: &FunnelStep| match step {
        FunnelStep::NotASequence => funnel.at(*step) == funnel.input,
        _ => funnel.at(*step) > funnel.input / 2,
    };
    let before: u64 = [FunnelStep::NotASequence, FunnelStep::UnknownContig, FunnelStep::Filter]
        .iter()
        .map(|step| funnel.at(*step))
        .sum();
    let asked = funnel.input - before;
    let nobody = (asked > 0
        && funnel.at(FunnelStep::NotCarried) + funnel.at(FunnelStep::GenotypeUnknown) == asked)
        .then(|| {
            "No affected member carries any allele in the variant files, so this is not a negative result; \
         check that the sample columns are correct and contain genotypes (GT)."
                .to_owned()
        });
    TECHNICAL
        .into_iter()
        .filter(lost)
        .map(|step| {
            format!(
                "{} of {} alleles were not analysed ({}), so a negative result is unreliable; check the \
                 files and the pipeline's settings for them.",
                funnel.at(step),
                funnel.input,
                step.words()
            )
        })
        .chain(nobody)
        .collect()
}

/// The notices for a variant file that looks as if its end were missing: its last line is not ended, or, where
/// the whole genome is looked at, chromosomes have no record at all. A file cut between two lines shows no other sign.
pub fn missing_end(name: &str, read: &ReadSummary, contigs: &[Contig], whole_genome: bool) -> Vec<String> {
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

    #[test]
    fn an_empty_input_and_one_that_is_lost_are_told() {
        let mut funnel = Funnel::default();
        assert!(input_notices(&funnel)[0].contains("no allele"));
        funnel.count_many(FunnelStep::Filter, 6);
        funnel.count_many(FunnelStep::Frequency, 4);
        let notices = input_notices(&funnel);
        assert!(notices.len() == 1 && notices[0].starts_with("6 of 10 alleles"), "{notices:?}");
    }

    #[test]
    fn files_in_which_no_affected_member_carries_anything_are_told() {
        let mut funnel = Funnel::default();
        funnel.count_many(FunnelStep::Filter, 2);
        funnel.count_many(FunnelStep::NotCarried, 8);
        assert!(input_notices(&funnel).iter().any(|notice| notice.contains("genotypes (GT)")));
    }

    #[test]
    fn an_ordinary_funnel_needs_no_notice() {
        let mut funnel = Funnel::default();
        funnel.count_many(FunnelStep::Filter, 5);
        funnel.count_many(FunnelStep::NotCarried, 4);
        funnel.count(FunnelStep::Frequency);
        assert!(input_notices(&funnel).is_empty());
    }
}
