//! A plan's genes, regions and transcripts in the tables that hubs exchange.

use std::collections::BTreeMap;

use crate::model::contig::ContigId;
use crate::model::directory::TestTarget;
use crate::model::gene::HgncId;
use crate::model::panel::Confidence;
use crate::model::plan::{Plan, PlannedGene, PlannedTest};
use crate::model::position::Interval;
use crate::model::regions::Regions;
use crate::reference::bundle::Bundle;

use super::plan_hash;
use crate::normalise::variant_name;

const AGNOSTIC: &str = "the plan is gene-agnostic and has no panel whose genes could be listed; export a \
                        plan with panels or genes";

const NO_GENE: &str = "the plan looks up named variants and analyses no gene, so there are no genes to \
                       list; its positions can be exported as a BED";

/// Why a plan has no genes to list.
fn no_genes(plan: &Plan) -> String {
    if plan.only_looks_up() { NO_GENE } else { AGNOSTIC }.to_owned()
}

/// Gene panels as hubs keep them: `<code>_<name>_{P,G}`, `<panel>_<version>`, `HGNC:n` and the panel's number, a
/// gene of the test itself as the single-gene panel `HGNC:n_SG_panel_1.0.0`. Green genes only, no heading.
///
/// # Errors
/// When the plan names no gene.
pub fn genepanels(plan: &Plan) -> Result<String, String> {
    let mut text = String::new();
    let label = |test: &PlannedTest| (clean(&test.code.0), clean(&test.name));
    let request = || ("requested".to_owned(), "Panels of the request".to_owned());
    for panel in &plan.panels {
        let mut tests: Vec<_> =
            plan.tests.iter().filter(|test| plan.answers(panel, test)).map(label).collect();
        if tests.is_empty() {
            tests.push(request());
        }
        for (code, name) in tests {
            for gene in plan.genes.iter().filter(|gene| is_green(gene, Some(panel.id))) {
                text += &format!(
                    "{code}_{name}_P\t{}_{}\t{}\t{}\n",
                    clean(&panel.name),
                    clean(&panel.version),
                    gene.hgnc_id,
                    panel.id
                );
            }
        }
    }
    for gene in plan.genes.iter().filter(|gene| is_green(gene, None)) {
        let names = |test: &&PlannedTest| match &test.target {
            TestTarget::Genes(genes) => genes
                .iter()
                .any(|named| named.hgnc_id.map_or(named.symbol == gene.symbol, |id| id == gene.hgnc_id)),
            _ => false,
        };
        // A gene that a test names by an older symbol belongs to a test of genes, whichever it is.
        let of_genes = |test: &&PlannedTest| matches!(test.target, TestTarget::Genes(_));
        let test = plan.tests.iter().find(names).or_else(|| plan.tests.iter().find(of_genes));
        let (code, name) = test.map_or_else(request, label);
        text += &format!("{code}_{name}_G\t{0}_SG_panel_1.0.0\t{0}\t\n", gene.hgnc_id);
    }
    if text.is_empty() { Err(no_genes(plan)) } else { Ok(text) }
}

/// Transcripts of the plan's genes: `HGNC:n`, transcript, `clinical_transcript`, why it was chosen. No heading.
///
/// # Errors
/// When the plan names no gene.
pub fn transcripts(plan: &Plan) -> Result<String, String> {
    let mut text = String::new();
    for gene in &plan.genes {
        let Some(transcript) = &gene.transcript else { continue };
        text += &format!(
            "{}\t{transcript}\tclinical_transcript\t{}\n",
            gene.hgnc_id,
            clean(&gene.transcript_reason)
        );
    }
    if text.is_empty() { Err(no_genes(plan)) } else { Ok(text) }
}

/// The exons of the plan's green genes on every transcript of the bundle, as a panel run looks at them, with
/// `padding` bases either side (the plan's own when absent), and the places of its named variants. The heading names build, panels, versions and plan.
///
/// # Errors
/// When the plan names no gene, or cannot be hashed.
pub fn bed(plan: &Plan, bundle: &Bundle, padding: Option<u32>) -> Result<String, String> {
    let padding = padding.or(plan.scope.as_ref().map(|scope| scope.exon_padding)).unwrap_or(0);
    let hash = plan_hash(plan).map_err(|refusal| refusal.to_string())?;
    let mut text = format!("# build={} plan={hash} padding={padding}\n", plan.assembly);
    for test in &plan.tests {
        text += &format!("# test={} name={}\n", clean(&test.code.0), clean(&test.name));
    }
    for panel in &plan.panels {
        text +=
            &format!("# panel={} version={} name={}\n", panel.id, clean(&panel.version), clean(&panel.name));
    }
    let store = bundle.transcripts();
    let green =
        plan.genes.iter().filter(|gene| gene.entries.iter().any(|e| e.confidence == Confidence::Green));
    let names: BTreeMap<HgncId, String> =
        green.map(|gene| (gene.hgnc_id, format!("{}|{}", gene.symbol, gene.hgnc_id))).collect();
    let genes: Vec<Option<HgncId>> = (0..store.gene_count() as u32)
        .map(|gene| store.gene(gene).hgnc_id.filter(|id| names.contains_key(id)))
        .collect();
    let mut exons: BTreeMap<HgncId, Vec<(ContigId, Interval)>> = BTreeMap::new();
    for view in (0..store.len() as u32).map(|index| store.get(index)) {
        if let Some(id) = genes.get(view.gene as usize).copied().flatten() {
            exons.entry(id).or_default().extend(view.exons.iter().map(|e| (view.contig, e.interval())));
        }
    }
    let mut lines: Vec<(ContigId, u32, u32, &str)> = Vec::new();
    for (id, exons) in exons {
        let regions = Regions::new(exons).widened(padding);
        for contig in regions.contigs() {
            let length = bundle.genome().contig(contig).length;
            for Interval { start, end } in regions.on(contig) {
                lines.push((contig, *start, (*end).min(length), names.get(&id).map_or("", String::as_str)));
            }
        }
    }
    let genome = bundle.genome();
    for variant in &plan.named_variants {
        let allele = variant_name::read(&variant.name, genome)?;
        let Interval { start, end } = allele.interval();
        let length = genome.contig(allele.contig).length;
        let end = end.saturating_add(padding).min(length);
        lines.push((allele.contig, start.saturating_sub(padding), end, &variant.name));
    }
    if lines.is_empty() {
        return Err(no_genes(plan));
    }
    lines.sort();
    for (contig, start, end, name) in lines {
        let contig = &bundle.genome().contig(contig).name;
        text += &format!("{contig}\t{start}\t{end}\t{}\n", clean(name));
    }
    Ok(text)
}

fn is_green(gene: &PlannedGene, panel: Option<u32>) -> bool {
    gene.entries.iter().any(|entry| entry.panel == panel && entry.confidence == Confidence::Green)
}

/// A cell on one line: what separates cells and lines becomes a blank.
fn clean(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::tests::world::{World, referral};

    #[test]
    fn genes_and_transcripts_of_a_plan() {
        let plan = World::new().plan(&referral(&["R1.2", "R2.1"], &[])).unwrap();
        let text = genepanels(&plan).unwrap();
        assert!(text.contains("_P\tPanel 10_1.2\tHGNC:1\t10\n"), "{text}");
        assert!(text.contains("_G\tHGNC:1_SG_panel_1.0.0\tHGNC:1\t\n"), "{text}");
        // Amber on panel 10, so not on the list of that panel.
        assert!(!text.contains("Panel 10_1.2\tHGNC:2"), "{text}");
        assert!(
            transcripts(&plan).unwrap().starts_with("HGNC:1\tENST1.2\tclinical_transcript\tMANE Select\n")
        );
        let agnostic = World::new().plan(&referral(&["R3.1"], &[])).unwrap();
        assert!(genepanels(&agnostic).unwrap_err().contains("gene-agnostic"));
    }
}
