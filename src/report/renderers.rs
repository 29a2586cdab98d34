//! The renderers: every file that a report is written as. A new format is a file with a row, and a line here.

pub mod variants;

use super::ReportError;
use super::model::{Batch, Report};
use super::{html, json, named_variants};
use crate::model::guideline::Guideline;

/// A format that a report is written in.
pub struct Renderer {
    /// Identifier, as `ithaca report --format` takes it.
    pub id: &'static str,
    /// Name of the file in a referral's folder.
    pub file: &'static str,
    /// Media type of the file.
    pub media_type: &'static str,
    /// What the format follows.
    pub source: Guideline,
    /// What the file is, as one sentence without its stop.
    pub words: &'static str,
    /// Whether a run writes it for this report.
    pub is_written: fn(&Report) -> bool,
    /// The file's content. The same report gives the same bytes.
    pub render: fn(&Report) -> Result<String, ReportError>,
    /// The same of a batch, where the format has one.
    pub batch: Option<BatchRenderer>,
}

/// The file of a batch in a format.
pub struct BatchRenderer {
    /// Name of the file in the folder of results.
    pub file: &'static str,
    /// Its content.
    pub render: fn(&Batch) -> Result<String, ReportError>,
}

/// All renderers, in the order in which their files are written.
pub static RENDERERS: [Renderer; 4] =
    [json::RENDERER, html::RENDERER, named_variants::RENDERER, variants::RENDERER];

/// For [`Renderer::is_written`] of a file that every referral has.
pub(super) fn always(_: &Report) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::example;

    #[test]
    fn no_two_renderers_share_an_identifier_or_a_file() {
        let ids: BTreeSet<_> = RENDERERS.iter().map(|row| row.id).collect();
        let files: BTreeSet<_> = RENDERERS.iter().map(|row| row.file).collect();
        let of_batches: BTreeSet<_> =
            RENDERERS.iter().filter_map(|row| Some(row.batch.as_ref()?.file)).collect();
        assert_eq!((ids.len(), files.len()), (RENDERERS.len(), RENDERERS.len()));
        assert_eq!(of_batches, ["batch.json", "index.html"].into());
    }

    #[test]
    fn a_table_of_named_variants_is_written_where_there_are_any() {
        let written = |report: &Report| -> Vec<_> {
            RENDERERS.iter().filter(|row| (row.is_written)(report)).map(|row| row.id).collect()
        };
        assert!(!written(&example::report()).contains(&"named-variants"));
        assert!(written(&example::looked_up(true)).contains(&"named-variants"));
        for row in &RENDERERS {
            assert!((row.render)(&example::report()).unwrap().ends_with('\n'), "{}", row.id);
        }
    }
}
