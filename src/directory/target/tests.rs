use super::*;
use crate::model::directory::NamedGene;

fn genes(symbols: &[&str]) -> Vec<NamedGene> {
    symbols.iter().map(|symbol| NamedGene { symbol: (*symbol).to_owned(), hgnc_id: None }).collect()
}

#[test]
fn every_shape_of_the_directory() {
    let dependent = |text: &str| TestTarget::DependsOnOtherTest(text.to_owned());
    let unresolved = |text: &str| TestTarget::Unresolved(text.to_owned());
    let shapes = [
        ("Fixture panel - every shape (99001)", TestTarget::Panels(vec![99001])),
        ("Panel one (99001) & panel two (99002)", TestTarget::Panels(vec![99001, 99002])),
        ("GENEA", TestTarget::Genes(genes(&["GENEA"]))),
        (
            "GENEA;GENEB, GENEC & GENED and GENEE",
            TestTarget::Genes(genes(&["GENEA", "GENEB", "GENEC", "GENED", "GENEE"])),
        ),
        ("Breast cancer: GENEA; GENEB", TestTarget::Genes(genes(&["GENEA", "GENEB"]))),
        ("Trio gene agnostic or appropriate panels in singletons or duos", TestTarget::GeneAgnostic),
        ("Relevant panel(s) in PanelApp", TestTarget::RequesterSelectedPanels),
        ("Genomewide", TestTarget::Genomewide),
        ("Genome-wide ", TestTarget::Genomewide),
        ("Specific Target", TestTarget::FamilialVariant),
        ("Mitochondrial genome", TestTarget::MitochondrialGenome),
        ("Relevant gene(s) or loci", unresolved("Relevant gene(s) or loci")),
        ("Relevant single gene", unresolved("Relevant single gene")),
        ("As dictated by relevant test ID", dependent("As dictated by relevant test ID")),
        ("As per updated indication", dependent("As per updated indication")),
        ("FGFR3 c.1138", TestTarget::NamedVariants(vec!["FGFR3 c.1138".into()])),
        ("FMR1 STR", TestTarget::ShortTandemRepeat(genes(&["FMR1"]))),
        ("GNAS DMRs", TestTarget::Imprinting("GNAS DMRs".into())),
        ("MLH1 hypermethylation", TestTarget::Imprinting("MLH1 hypermethylation".into())),
        ("Other", unresolved("Other")),
        ("Sudden cardiac death", unresolved("Sudden cardiac death")),
        ("", unresolved("")),
    ];
    for (text, target) in shapes {
        assert_eq!(recognise(text).target, target, "{text}");
        assert_eq!(recognise(&format!(" {text}\u{a0} ")).target, target, "{text} with spaces");
    }
}

#[test]
fn what_is_not_understood_says_which_part() {
    let recognised = recognise("GENEA; GENEB exon 9");
    assert_eq!(recognised.target, TestTarget::Unresolved("GENEA; GENEB exon 9".into()));
    assert_eq!(recognised.remarks[0].severity, Severity::Error);
    assert!(recognised.remarks[0].understood.contains("'GENEB exon 9'"), "{recognised:?}");
}

#[test]
fn mixtures_of_kinds_stay_unresolved() {
    for text in ["GENEA; FMR1 STR", "GENEA; GENEB c.12", "GENEA and GNAS DMR", "Mitochondrial genome; POLG"] {
        assert_eq!(recognise(text).target, TestTarget::Unresolved(text.to_owned()), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_gives_an_empty_target_or_a_panic(text in "\\PC{0,60}") {
        match recognise(&text).target {
            TestTarget::Panels(ids) => assert!(!ids.is_empty()),
            TestTarget::Genes(genes) | TestTarget::ShortTandemRepeat(genes) => assert!(!genes.is_empty()),
            TestTarget::NamedVariants(variants) => assert!(!variants.is_empty()),
            _ => {}
        }
    }

    #[test]
    fn gene_lists_survive_any_separators(
        symbols in proptest::collection::btree_set("G[A-Z0-9]{2,6}X", 1..8),
        separators in proptest::collection::vec(0_usize..7, 8),
    ) {
        const SEPARATORS: [&str; 7] = [";", "; ", ", ", " & ", " and ", " ;\u{a0}", "\n"];
        let symbols: Vec<String> = symbols.into_iter().collect();
        let mut text = symbols[0].clone();
        for (symbol, separator) in symbols[1..].iter().zip(&separators) {
            text.push_str(SEPARATORS[*separator]);
            text.push_str(symbol);
        }
        let names: Vec<&str> = symbols.iter().map(String::as_str).collect();
        assert_eq!(recognise(&text).target, TestTarget::Genes(genes(&names)));
    }
}
