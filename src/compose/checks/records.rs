//! What the readers remarked and counted of the records.

use super::{Asked, Check, Raised, entry};
use crate::model::guideline::Guideline;
use crate::report::model::Severity;

const SPECIFICATION: Guideline =
    Guideline::new("GA4GH, Variant Call Format Specification", "1, the VCF specification", "v4.5");

/// The row: remarks and findings of the readers, file by file.
pub(super) const REMARKS: Check = Check {
    id: "records",
    source: SPECIFICATION,
    severity: Severity::Warning,
    words: "Whether header and records of the variant files follow the format",
    of_look_ups: true,
    raise: remarks,
};

/// The row: records of an allele given twice, and REF bases that are not the reference's.
pub(super) const COUNTED: Check = Check {
    id: "reference_bases",
    source: SPECIFICATION,
    severity: Severity::Warning,
    words: "Whether an allele is given twice, and whether the REF bases are those of the reference",
    of_look_ups: true,
    raise: counted,
};

/// The row: alleles that are no sequence, which no rule looks at by themselves.
pub(super) const NOT_SEQUENCE: Check = Check {
    id: "not_a_sequence",
    source: SPECIFICATION,
    severity: Severity::Information,
    words: "How many alleles are no sequence that can be interpreted: structural variants, breakends, `*`",
    of_look_ups: true,
    raise: not_sequence,
};

fn remarks(asked: &Asked) -> Raised {
    let (files, summary) = (&asked.found.files, &asked.found.summary);
    let mut checks = Vec::new();
    for ((file, read), remarks) in files.iter().zip(&summary.files).zip(&summary.warnings) {
        checks.extend(remarks.iter().map(|text| entry(Severity::Warning, file, text.clone())));
        for (finding, count) in &read.findings {
            checks.push(entry(Severity::Warning, file, format!("{finding} ({count} times)")));
        }
    }
    Raised::checks(checks)
}

fn counted(asked: &Asked) -> Raised {
    let (all, summary) = (asked.found.files.join(", "), &asked.found.summary);
    let counted = [
        (summary.duplicates, "records repeat an allele in the same file; the better supported call was kept"),
        (summary.reference_mismatches, "alleles have a REF that differs from the reference"),
        (summary.reference_unknown, "alleles are at unknown reference bases"),
    ];
    let counted = counted.into_iter().filter(|(count, _)| *count > 0);
    Raised::checks(counted.map(|(count, what)| entry(Severity::Warning, &all, format!("{count} {what}"))))
}

fn not_sequence(asked: &Asked) -> Raised {
    let all = asked.found.files.join(", ");
    let kinds = asked.found.summary.not_sequence.iter();
    Raised::checks(kinds.map(|(kind, count)| {
        entry(Severity::Information, &all, format!("{count} alleles not analysed: {kind}"))
    }))
}
