//! A laboratory's own list of alleles: those always looked at (inclusion list), or those known as artefacts or
//! benign (artefact list).
//!
//! A list is a table of tab-separated values with the heading `chrom pos ref alt reason`; empty lines and lines
//! that start with `#` are passed over. Alleles are spelt as in VCF and left-aligned on reading, so that one
//! spelling of an allele finds every other. A row that cannot be used refuses the list: an allele that is
//! silently left out of an inclusion list is a missed variant.
//!
//! Source: Genomics England, Rare Disease Genome Analysis Guide (2024), variant tiering, criteria 7 and 8.

use std::collections::BTreeMap;

use super::outcome::Outcome;
use super::rules::{Ask, Evidence, Filter, Known, Waiver};
use crate::model::allele::Allele;
use crate::model::funnel::FunnelStep;
use crate::model::guideline::Guideline;
use crate::model::position::Position1;
use crate::reference::genome::Genome;
use crate::reference::placement::{ReferenceMatch, compare_reference, left_align};

/// The row of the artefact list.
pub const ARTEFACT_LIST: Filter = Filter {
    id: "artefact_list",
    source: Guideline::new(
        "Genomics England, Rare Disease Genome Analysis Guide",
        "variant tiering, criterion 8",
        "Mira, 2024-04",
    ),
    words: "artefact or benign list",
    steps: &[FunnelStep::Excluded],
    ask: Ask::OfEvidence(artefact_list),
};

/// The row of the inclusion list.
pub const INCLUSION_LIST: Waiver = Waiver {
    id: "inclusion_list",
    source: Guideline::new(
        "Genomics England, Rare Disease Genome Analysis Guide",
        "variant tiering, criterion 7",
        "Mira, 2024-04",
    ),
    words: "an allele on the inclusion list is kept whatever its frequency and consequence",
    why: |known: &Known| known.inclusion.map(|reason| format!("it is on the inclusion list ({reason})")),
};

fn artefact_list(evidence: &Evidence) -> Outcome {
    let listed = evidence.artefact;
    Outcome {
        rule: ARTEFACT_LIST.rule(),
        kept: listed.is_none(),
        value: if listed.is_some() { "listed" } else { "not listed" }.to_owned(),
        threshold: "not on the artefact or benign list".to_owned(),
        reason: match listed {
            Some(reason) => format!("on the artefact or benign list: {reason}"),
            None => "not on the artefact or benign list".to_owned(),
        },
        would_keep: listed.map(|_| "removing the allele from the artefact list".to_owned()),
    }
}

/// The heading of a list.
pub const HEADING: [&str; 5] = ["chrom", "pos", "ref", "alt", "reason"];

/// Why a list cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// The first line is not the heading.
    #[error("line {line}: the heading must be '{}', separated by tabs", HEADING.join(" "))]
    Heading {
        /// 1-based line.
        line: usize,
    },
    /// A row that cannot be used.
    #[error("line {line}: {problem}; correct the row")]
    Row {
        /// 1-based line.
        line: usize,
        /// What is wrong.
        problem: String,
    },
}

/// Alleles, each with the reason for which it is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlleleList {
    reasons: BTreeMap<Allele, String>,
}

impl AlleleList {
    /// Reads a list.
    ///
    /// # Errors
    /// The first row that is not an allele of this genome, has no reason, or repeats an allele.
    pub fn parse(text: &str, genome: &Genome) -> Result<Self, ListError> {
        let mut rows = text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.trim_end_matches('\r')))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let heading = rows.next();
        match heading {
            Some((_, line)) if line.split('\t').eq(HEADING) => {}
            other => return Err(ListError::Heading { line: other.map_or(1, |(line, _)| line) }),
        }
        let mut reasons = BTreeMap::new();
        for (line, row) in rows {
            let fault = |problem: String| ListError::Row { line, problem };
            let (allele, reason) = entry(row, genome).map_err(fault)?;
            if reasons.insert(allele, reason).is_some() {
                return Err(fault("the allele is listed twice".to_owned()));
            }
        }
        Ok(Self { reasons })
    }

    /// The reason for which a left-aligned allele is listed.
    pub fn reason(&self, allele: &Allele) -> Option<&str> {
        self.reasons.get(allele).map(String::as_str)
    }

    /// Number of alleles.
    pub fn len(&self) -> usize {
        self.reasons.len()
    }

    /// True when nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.reasons.is_empty()
    }

    /// An allele that stands on both lists.
    pub fn shared_with(&self, other: &Self) -> Option<&Allele> {
        self.reasons.keys().find(|allele| other.reasons.contains_key(allele))
    }
}

fn entry(row: &str, genome: &Genome) -> Result<(Allele, String), String> {
    let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
    let [contig, position, reference, alternate, reason] = cells[..] else {
        return Err(format!("{} values where {} are needed", cells.len(), HEADING.len()));
    };
    let id = genome.contig_id(contig).ok_or_else(|| format!("the reference has no contig '{contig}'"))?;
    let start = position
        .parse()
        .ok()
        .and_then(|position| Position1(position).offset())
        .ok_or_else(|| format!("'{position}' is not a position"))?;
    let bases = |text: &str| {
        let upper = text.to_ascii_uppercase().into_bytes();
        let good = !upper.is_empty() && upper.iter().all(|base| b"ACGT".contains(base));
        good.then_some(upper).ok_or_else(|| format!("'{text}' is not a sequence of A, C, G and T"))
    };
    let allele = Allele { contig: id, start, reference: bases(reference)?, alternate: bases(alternate)? };
    if allele.reference == allele.alternate {
        return Err("ref and alt are the same".to_owned());
    }
    if compare_reference(genome, &allele) == ReferenceMatch::Differs {
        return Err(format!("the reference sequence at {contig}:{position} is not {reference}"));
    }
    if reason.is_empty() {
        return Err("no reason is given".to_owned());
    }
    Ok((left_align(genome, &allele), reason.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::contig::ContigId;

    const HEAD: &str = "# a remark\nchrom\tpos\tref\talt\treason\n";

    fn genome() -> Genome {
        Genome::from_sequences(vec![("chr1".to_owned(), b"GATTTTACAGGCC".to_vec())])
    }

    fn parse(rows: &str) -> Result<AlleleList, ListError> {
        AlleleList::parse(&format!("{HEAD}{rows}"), &genome())
    }

    #[test]
    fn an_allele_is_found_by_every_spelling() {
        let list = parse("1\t6\tTA\tA\tslips in the run\r\n\nchr1\t10\tg\tc\tseen in all\n").unwrap();
        assert_eq!(list.len(), 2);
        for (start, reference, alternate) in [(1, "AT", "A"), (4, "TT", "T"), (2, "T", "")] {
            let spelt = Allele {
                contig: ContigId(0),
                start,
                reference: reference.into(),
                alternate: alternate.into(),
            };
            let aligned = left_align(&genome(), &spelt);
            assert_eq!(list.reason(&aligned), Some("slips in the run"), "{start} {reference}>{alternate}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_used_refuses_the_list_and_names_its_line() {
        for (row, words) in [
            ("1\t2\tA\tG", "4 values"),
            ("7\t2\tA\tG\tx", "no contig '7'"),
            ("1\t0\tA\tG\tx", "not a position"),
            ("1\t2\tA\t<DEL>\tx", "not a sequence of"),
            ("1\t2\tA\tA\tx", "the same"),
            ("1\t2\tC\tG\tx", "is not C"),
            ("1\t13\tCC\tG\tx", "is not CC"),
            ("1\t2\tA\tG\t ", "no reason"),
            ("1\t3\tTT\tT\tx\n1\t4\tTT\tT\ty", "listed twice"),
        ] {
            let fault = parse(row).unwrap_err().to_string();
            assert!(fault.contains(words) && fault.starts_with("line "), "{row}: {fault}");
        }
        assert_eq!(AlleleList::parse("", &genome()), Err(ListError::Heading { line: 1 }));
        assert_eq!(AlleleList::parse("\nchr\tpos\n", &genome()), Err(ListError::Heading { line: 2 }));
        assert_eq!(parse("").unwrap().len(), 0);
    }

    #[test]
    fn an_allele_on_both_lists_is_seen() {
        let list = |rows| parse(rows).unwrap();
        let one = list("1\t6\tTA\tA\tx");
        assert!(one.shared_with(&list("1\t2\tAT\tA\ty")).is_some());
        assert!(one.shared_with(&list("1\t2\tA\tG\ty")).is_none());
    }
}
