//! Where a rule is published.

use std::fmt;

/// Where a rule of a list is published: what a reader looks up to check it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guideline {
    /// The document, with who published it.
    pub document: &'static str,
    /// Section of the document; empty where the whole of it is meant.
    pub section: &'static str,
    /// Version or date of the document; empty where it has none.
    pub version: &'static str,
}

impl Guideline {
    /// A section of a document.
    pub const fn new(document: &'static str, section: &'static str, version: &'static str) -> Self {
        Self { document, section, version }
    }

    /// A rule of this program that no outside document prescribes; `section` is the page of `docs/` that explains it.
    pub const fn own(section: &'static str) -> Self {
        Self { document: "Ithaca", section, version: "" }
    }
}

impl fmt::Display for Guideline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.document)?;
        if !self.section.is_empty() {
            write!(f, ", {}", self.section)?;
        }
        if !self.version.is_empty() {
            write!(f, " ({})", self.version)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_source_lacks_is_left_out() {
        let shown = |document, section, version| Guideline::new(document, section, version).to_string();
        assert_eq!(shown("VCFv4.5", "1.4.1", "2024-06-28"), "VCFv4.5, 1.4.1 (2024-06-28)");
        assert_eq!(shown("RFC 8259", "", "2017"), "RFC 8259 (2017)");
        assert_eq!(Guideline::own("docs/results.md").to_string(), "Ithaca, docs/results.md");
    }
}
