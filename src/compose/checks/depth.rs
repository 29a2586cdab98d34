//! What the reads cover, and what was remarked of their files.

use super::{Asked, Check, Raised, entry};
use crate::model::guideline::Guideline;
use crate::report::model::{Headline, Severity};

/// The row: remarks on files of reads.
pub(super) const READS: Check = Check {
    id: "reads",
    source: Guideline::new(
        "GA4GH, Sequence Alignment/Map Format Specification",
        "1.3, header section",
        "v1.6",
    ),
    severity: Severity::Warning,
    words: "Whether the files of reads are of the right sample, build and state",
    of_look_ups: true,
    raise: |asked: &Asked| {
        let remarks = asked.reads_remarks.iter();
        Raised::checks(remarks.map(|remark| entry(Severity::Warning, &remark.file, remark.message.clone())))
    },
};

/// The row: genes whose coverage is below the limit, and members without reads.
pub(super) const DEPTH: Check = Check {
    id: "depth",
    source: Guideline::own("[coverage] of the pipeline definition"),
    severity: Severity::Warning,
    words: "Whether the genes tested are covered to the depth that the pipeline asks for",
    of_look_ups: false,
    raise: |asked: &Asked| Raised::notices(Headline::coverage_notices(asked.coverage)),
};
