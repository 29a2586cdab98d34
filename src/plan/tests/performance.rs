//! How long a release's worth of panels and plans takes; in the long mode at full size.

use std::path::PathBuf;

use super::world::{World, referral};
use crate::directory::PanelStore;
use crate::directory::panels::import::{PanelImport, read_panels};

/// One panel of the API, with the weight that a gene has there.
fn panel(id: u32, genes: u32) -> String {
    let gene = |number: u32| {
        format!(
            r#"{{"gene_data": {{"alias": ["A{number}"], "biotype": "protein_coding", "hgnc_id": "HGNC:{id}",
            "gene_name": "gene {number}", "omim_gene": ["1"], "alias_name": null, "gene_symbol": "G{number}",
            "ensembl_genes": {{"GRch37": {{"82": {{"location": "1:1-2", "ensembl_id": "ENSG1"}}}}}}}},
            "entity_type": "gene", "entity_name": "G{number}", "confidence_level": "3", "penetrance": "Complete",
            "mode_of_pathogenicity": null, "publications": ["1", "2"], "evidence": ["Expert Review Green"],
            "phenotypes": ["{filler}"], "tags": [], "transcript": null,
            "mode_of_inheritance": "BIALLELIC, autosomal or pseudoautosomal"}}"#,
            id = number % 5 + 1,
            filler = "phenotype ".repeat(60)
        )
    };
    let genes: Vec<String> = (0..genes).map(gene).collect();
    format!(
        r#"{{"id": {id}, "name": "P", "version": "1.0", "signed_off": "2026-01-01", "genes": [{}]}}"#,
        genes.join(",")
    )
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a measurement, and the switch of the long tests")]
fn panels_and_plans_in_bulk() {
    let long = std::env::var_os("ITHACA_LONG_TESTS").is_some();
    let (panels, referrals) = if long { (450, 10_000) } else { (20, 50) };
    let texts: Vec<String> = (0..panels).map(|id| panel(id + 10, 78)).collect();
    let started = std::time::Instant::now();
    let imports: Vec<(PathBuf, PanelImport)> = texts
        .iter()
        .map(|text| {
            (PathBuf::from("p.json"), read_panels(&PathBuf::from("p.json"), text.as_bytes()).unwrap())
        })
        .collect();
    let store = PanelStore::from_imports(imports).unwrap();
    println!("{panels} panels of 78 genes: {:?}", started.elapsed());
    assert_eq!(store.iter().map(|panel| panel.entities.len()).sum::<usize>(), panels as usize * 78);

    let mut world = World::new();
    world.panels = store;
    let started = std::time::Instant::now();
    let genes: usize =
        (0..referrals).map(|_| world.plan(&referral(&["R1.1"], &[12])).unwrap().genes.len()).sum();
    println!("{referrals} referrals: {:?}", started.elapsed());
    assert_eq!(genes, referrals * 5);
}
