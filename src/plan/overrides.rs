//! The laboratory's own choice of transcript for a gene: the `g2t` table that hubs keep, or a shorter one.

use std::collections::BTreeMap;

use crate::model::gene::HgncId;

/// Transcripts by gene, with or without version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranscriptOverrides {
    by_gene: BTreeMap<HgncId, String>,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct OverrideError {
    /// 1-based line.
    pub line: usize,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl TranscriptOverrides {
    /// Reads the table: tab-separated, `HGNC:n`, transcript, and in hubs' tables a third column of which only
    /// `clinical_transcript` is a choice. A heading line and lines that begin with `#` are passed over.
    ///
    /// # Errors
    /// When a row has no HGNC identifier or no transcript, says something else in the third column, or gives a
    /// gene a second choice.
    pub fn parse(text: &str) -> Result<Self, OverrideError> {
        let mut by_gene: BTreeMap<HgncId, String> = BTreeMap::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let fault = |reason: String| OverrideError { line: index + 1, reason };
            let mut cells = line.split('\t').map(str::trim);
            let (gene, transcript) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let heading = index == 0 && gene.eq_ignore_ascii_case("hgnc_id");
            if line.trim().is_empty() || line.starts_with('#') || heading {
                continue;
            }
            match cells.next().unwrap_or_default() {
                "" | "clinical_transcript" => {}
                "not_clinical_transcript" | "None" => continue,
                other => {
                    return Err(fault(format!(
                        "'{other}' is not clinical_transcript, not_clinical_transcript or None; correct it"
                    )));
                }
            }
            let id: HgncId = gene
                .parse()
                .map_err(|_| fault(format!("'{gene}' is not an HGNC identifier; write it as HGNC:1100")))?;
            if transcript.is_empty() || transcript.contains(char::is_whitespace) {
                return Err(fault(format!("'{transcript}' is not a transcript; enter its accession")));
            }
            if let Some(first) = by_gene.insert(id, transcript.to_owned())
                && first != transcript
            {
                return Err(fault(format!("{id} has two choices, {first} and {transcript}; keep one")));
            }
        }
        Ok(Self { by_gene })
    }

    /// The laboratory's choice for a gene.
    pub fn get(&self, id: HgncId) -> Option<&str> {
        self.by_gene.get(&id).map(String::as_str)
    }

    /// Number of genes.
    pub fn len(&self) -> usize {
        self.by_gene.len()
    }

    /// True when no gene has a choice.
    pub fn is_empty(&self) -> bool {
        self.by_gene.is_empty()
    }

    /// The choices by gene.
    pub fn iter(&self) -> impl Iterator<Item = (HgncId, &str)> {
        self.by_gene.iter().map(|(id, transcript)| (*id, transcript.as_str()))
    }
}

/// True when the laboratory's accession names this transcript: as a whole, or without its version.
pub(super) fn names(wanted: &str, accession: &str) -> bool {
    wanted == accession
        || (!wanted.contains('.') && accession.split_once('.').is_some_and(|(stem, _)| stem == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clinical_transcripts_are_choices() {
        let text = "hgnc_id\ttranscript\tstatus\nHGNC:1\tNM_1.2\tclinical_transcript\tx\n\
                    HGNC:1\tNM_1.9\tnot_clinical_transcript\nHGNC:2\tNM_3\n#HGNC:3\tx\nHGNC:4\tNM_4.1\tNone\n";
        let overrides = TranscriptOverrides::parse(text).unwrap();
        let all: Vec<(u32, &str)> = overrides.iter().map(|(id, t)| (id.0, t)).collect();
        assert_eq!(all, [(1, "NM_1.2"), (2, "NM_3")]);
        assert!(names("NM_3", "NM_3.4") && names("NM_1.2", "NM_1.2"));
        assert!(!names("NM_1.2", "NM_1.3") && !names("NM_3", "NM_33.1"));
    }

    #[test]
    fn a_row_that_cannot_be_used_is_named() {
        for (text, words) in [
            ("HGNC:1\tNM_1\nHGNC:1\tNM_2\n", "line 2: HGNC:1 has two choices"),
            ("GENEA\tNM_1\n", "not an HGNC identifier"),
            ("HGNC:1\t\n", "not a transcript"),
            ("HGNC:1\tNM_1\tmaybe\n", "'maybe' is not clinical_transcript"),
        ] {
            let error = TranscriptOverrides::parse(text).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
