//! Gene lists: `BRCA1; BRCA2`, with prose before a colon or without.

use super::{Recognised, items};
use crate::directory::lint::Severity;
use crate::model::directory::{NamedGene, TestTarget};
use crate::model::gene::HgncId;

/// Words in capitals that have the shape of a symbol but are none.
const NOT_SYMBOLS: [&str; 24] = [
    "ALL", "AND", "CNV", "CNVS", "DMR", "DMRS", "DNA", "FISH", "GENE", "GENES", "MLPA", "NA", "NGS", "NIPD",
    "NIPT", "NONE", "OTHER", "RNA", "STR", "STRS", "TBC", "UPD", "WES", "WGS",
];

pub(super) fn recognise(text: &str) -> Option<Recognised> {
    let (list, prose) = without_prose(text);
    let mut genes: Vec<NamedGene> = Vec::new();
    let mut doubled = Vec::new();
    for item in items::split(list) {
        for gene in parse(&item)? {
            if genes.iter().any(|known| known.symbol == gene.symbol) {
                doubled.push(gene.symbol);
            } else {
                genes.push(gene);
            }
        }
    }
    if genes.is_empty() {
        return None;
    }
    let mut recognised = Recognised::plain(TestTarget::Genes(genes));
    if let Some(prose) = prose {
        let understood = format!("genes, after the words '{prose}'");
        recognised = recognised.remark(Severity::Note, understood, "none");
    }
    let separators = items::separators(list);
    if separators.len() > 1 {
        let understood = format!("genes, with mixed separators: {}", separators.join(" "));
        recognised = recognised.remark(Severity::Note, understood, "separate genes by ';' only");
    } else if separators == ["/"] {
        recognised = recognised.remark(Severity::Note, "'/' as a separator", "separate genes by ';' only");
    }
    if !doubled.is_empty() {
        let understood = format!("{} named more than once, used once", doubled.join(", "));
        recognised = recognised.remark(Severity::Note, understood, "delete the repetition");
    }
    Some(recognised)
}

/// Items of a list that are no genes.
pub(super) fn odd_items(text: &str) -> Vec<String> {
    items::split(without_prose(text).0).into_iter().filter(|item| parse(item).is_none()).collect()
}

/// The list after the first colon, and the prose before it. The colon of `HGNC:1100` is none of prose.
fn without_prose(text: &str) -> (&str, Option<&str>) {
    match text.split_once(':') {
        Some((prose, list)) if !prose.to_uppercase().ends_with("HGNC") && !list.trim().is_empty() => {
            (list, Some(prose.trim()))
        }
        _ => (text, None),
    }
}

/// The gene or, where a slash joins them, the genes of an item.
fn parse(item: &str) -> Option<Vec<NamedGene>> {
    item.split('/').map(|part| one(part.trim())).collect()
}

/// `BRCA1`, `HGNC:1100`, `BRCA1 (HGNC:1100)`.
fn one(item: &str) -> Option<NamedGene> {
    if let Some(id) = identifier(item) {
        return Some(NamedGene { symbol: id.to_string(), hgnc_id: Some(id) });
    }
    if let Some((symbol, bracket)) = item.split_once(" (") {
        let id = identifier(bracket.strip_suffix(')')?)?;
        return is_symbol(symbol).then(|| NamedGene { symbol: symbol.to_owned(), hgnc_id: Some(id) });
    }
    is_symbol(item).then(|| NamedGene { symbol: item.to_owned(), hgnc_id: None })
}

fn identifier(text: &str) -> Option<HgncId> {
    let text = text.trim().to_uppercase();
    text.starts_with("HGNC:").then(|| text.parse().ok()).flatten()
}

/// True for a text of a gene symbol's shape: capitals, digits and hyphens, beginning with a letter; `orf`
/// is the one part that symbols write in small letters (`C9orf72`).
///
/// Source: HGNC guidelines for human gene nomenclature (Bruford 2020, PMC7494048).
pub(super) fn is_symbol(text: &str) -> bool {
    let plain = text.replacen("orf", "ORF", 1);
    let shape = plain.starts_with(|c: char| c.is_ascii_uppercase())
        && plain.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        && !plain.ends_with('-');
    shape && (2..=25).contains(&plain.len()) && !NOT_SYMBOLS.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(text: &str) -> Option<Vec<String>> {
        match recognise(text)?.target {
            TestTarget::Genes(genes) => Some(genes.into_iter().map(|gene| gene.symbol).collect()),
            _ => None,
        }
    }

    #[test]
    fn lists_with_any_separator_and_prose() {
        for text in [
            "GENEA;GENEB; GENEC",
            "GENEA, GENEB and GENEC",
            "GENEA & GENEB & GENEC",
            "Breast, ovarian and other cancer: GENEA; GENEB; GENEC",
            "GENEA/GENEB; GENEC",
            "GENEA; GENEB; GENEC; GENEA",
            "GENEA\nGENEB\nGENEC.",
        ] {
            assert_eq!(symbols(text).unwrap(), ["GENEA", "GENEB", "GENEC"], "{text}");
        }
        assert_eq!(symbols("C9orf72; HLA-B; MT-RNR1; NKX2-5").unwrap().len(), 4);
    }

    #[test]
    fn identifiers_stand_for_genes() {
        let TestTarget::Genes(genes) = recognise("GENEA (HGNC:5); HGNC:7").unwrap().target else { panic!() };
        assert_eq!(genes[0], NamedGene { symbol: "GENEA".into(), hgnc_id: Some(HgncId(5)) });
        assert_eq!(genes[1], NamedGene { symbol: "HGNC:7".into(), hgnc_id: Some(HgncId(7)) });
    }

    #[test]
    fn one_odd_item_leaves_the_whole_list_unresolved() {
        for text in
            ["GENEA; brca1", "GENEA exon 3", "GENEA; GENEB (exon 9 deletion)", "OTHER", "N/A", "t(9;22)", ""]
        {
            assert_eq!(symbols(text), None, "{text}");
        }
        assert_eq!(odd_items("GENEA; GENEB exon 9"), ["GENEB exon 9"]);
    }
}
