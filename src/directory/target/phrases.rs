//! Fixed phrases of the Directory that stand for a kind of test rather than for genes.

use super::Recognised;
use crate::directory::lint::Severity;
use crate::model::directory::TestTarget;

pub(super) fn recognise(text: &str) -> Option<Recognised> {
    let folded = text.to_lowercase().replace('\n', " ");
    let folded = folded.trim_end_matches(['.', ';', ',', ':']).trim();
    let whole = folded.replace("genome-wide", "genomewide").replace("genome wide", "genomewide");
    if folded.contains("gene agnostic") || folded.contains("gene-agnostic") {
        return Some(Recognised::plain(TestTarget::GeneAgnostic));
    }
    if folded.starts_with("relevant panel") {
        return Some(Recognised::plain(TestTarget::RequesterSelectedPanels));
    }
    if whole == "genomewide" || whole.starts_with("genomewide ") {
        return Some(Recognised::plain(TestTarget::Genomewide));
    }
    if folded == "specific target" || folded == "specific targets" || folded == "specific target(s)" {
        return Some(Recognised::plain(TestTarget::FamilialVariant));
    }
    let mitochondrial = folded.strip_prefix("whole ").or(folded.strip_prefix("entire ")).unwrap_or(folded);
    if mitochondrial == "mitochondrial genome" {
        return Some(Recognised::plain(TestTarget::MitochondrialGenome));
    }
    if folded.starts_with("as dictated by") || folded.starts_with("as per ") {
        return Some(Recognised::plain(TestTarget::DependsOnOtherTest(text.to_owned())));
    }
    if folded.starts_with("relevant gene") || folded.starts_with("relevant single gene") {
        let target = Recognised::plain(TestTarget::Unresolved(text.to_owned()));
        return Some(target.remark(
            Severity::Note,
            "the request has to name the gene",
            "name panels in the samplesheet of such a request",
        ));
    }
    if folded == "other" {
        let target = Recognised::plain(TestTarget::Unresolved(text.to_owned()));
        return Some(target.remark(
            Severity::Note,
            "no target: the test cannot be planned",
            "name panels in the samplesheet of such a request",
        ));
    }
    None
}
