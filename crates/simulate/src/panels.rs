//! Invented panels in the shape of PanelApp's API, version 1: one object a file.

use std::path::Path;

use serde_json::{Value, json};

use super::SimulateError;
use super::accession;
use super::cast::{Cast, Entry, NOT_LOSS_OF_FUNCTION, moi};
use super::compressed;
use super::genes::Gene;
use super::genome::{Genome, M, X};

/// Names of the panels, by id.
pub const NAMES: [(u32, &str); 13] = [
    (9001, "Invented epilepsy - early onset"),
    (9002, "Invented cardiomyopathy, adult"),
    (9003, "Invented metabolic disorders"),
    (9004, "Invented X- and Y-linked disorders"),
    (9005, "Invented mitochondrial disorders"),
    (9006, "Invented imprinting & isodisomy"),
    (9007, "Invented neuropathy"),
    (9008, "Invented gain-of-function channelopathy"),
    (9009, "Invented skeletal dysplasia"),
    (9010, "Invented retinal disorders"),
    (9011, "Invented acutely unwell child add-on"),
    (9012, "Invented targeted hearing loss"),
    (9013, "Invented sudden death (super panel)"),
];

/// The super panel and its children.
pub const SUPER: (u32, [u32; 2]) = (9013, [9001, 9002]);

/// The name of a panel.
pub fn name(id: u32) -> &'static str {
    NAMES.iter().find(|n| n.0 == id).map_or("", |n| n.1)
}

/// Adds genes that nobody is ill from, with every confidence, mode and spelling.
pub fn fill(cast: &mut Cast<'_>) {
    const MODES: [&str; 13] = [
        moi::RECESSIVE,
        moi::DOMINANT,
        moi::BOTH,
        moi::UNKNOWN,
        moi::OTHER_PLAIN,
        moi::PATERNALLY_IMPRINTED,
        "",
        moi::BOTH_SEVERE,
        moi::DOMINANT_UNKNOWN,
        moi::OTHER,
        moi::X_DOMINANT,
        moi::X_RECESSIVE,
        moi::MITOCHONDRIAL,
    ];
    const CONFIDENCES: [&str; 6] = ["3", "3", "2", "1", "0", "3"];
    const MECHANISMS: [Option<&str>; 6] = [
        None,
        Some(""),
        Some(
            "Loss-of-function variants (as defined in pop up message) DO NOT cause this phenotype -please provide details in the comments",
        ),
        Some("Other - please provide details in the comments "),
        Some("other - please provide details in the comments"),
        None,
    ];
    const PENETRANCES: [Option<&str>; 4] = [None, Some("Complete"), Some("unknown"), Some("Incomplete")];
    let mut turn = 0;
    for (id, _) in NAMES.iter().filter(|n| n.0 != SUPER.0) {
        for _ in 0..4 {
            let mode = MODES[turn % MODES.len()];
            let contigs: &[usize] = match mode {
                moi::X_DOMINANT | moi::X_RECESSIVE => &[X],
                moi::MITOCHONDRIAL => &[M],
                _ => &[0, 1, 2],
            };
            if let Some(gene) = cast.spare(contigs) {
                cast.entry(
                    *id,
                    Entry {
                        gene,
                        confidence: CONFIDENCES[turn % 6],
                        moi: mode,
                        mop: MECHANISMS[turn % 6],
                        penetrance: PENETRANCES[turn % 4],
                    },
                );
            }
            turn += 1;
        }
    }
}

/// Writes all panel files.
///
/// # Errors
/// Fails where a file can't be written.
pub fn write(cast: &Cast<'_>, unsigned_extra: &[(u32, usize)], output: &Path) -> Result<(), SimulateError> {
    let none = Vec::new();
    for (id, name) in NAMES {
        if id == SUPER.0 {
            continue;
        }
        let entries = cast.panels.get(&id).unwrap_or(&none);
        let genes: Vec<Value> =
            entries.iter().map(|e| gene_entry(cast.genes, cast.genome, e, None)).collect();
        put(output, &panel(id, name, "2.3", Some("2026-02-11"), "public", genes.clone(), true))?;
        if id % 2 == 1 {
            // An older signed-off version with half the genes, and a newer one not signed off.
            let half = genes[genes.len() / 2..].to_vec();
            put(output, &panel(id, name, "1.12", Some("2024-03-28"), "public", half, true))?;
            let mut newer = genes;
            for (_, gene) in unsigned_extra.iter().filter(|u| u.0 == id) {
                let entry = Entry {
                    gene: *gene,
                    confidence: "3",
                    moi: moi::DOMINANT,
                    mop: None,
                    penetrance: Some("Complete"),
                };
                newer.push(gene_entry(cast.genes, cast.genome, &entry, None));
            }
            put(output, &panel(id, name, "3.0", None, "public", newer, true))?;
        }
    }
    let (id, children) = SUPER;
    let mut genes = Vec::new();
    for child in children {
        let about = json!({"id": child, "name": name(child), "version": "2.3", "status": "public"});
        for entry in cast.panels.get(&child).unwrap_or(&none) {
            genes.push(gene_entry(cast.genes, cast.genome, entry, Some(about.clone())));
        }
    }
    let mut parent = panel(id, name(id), "4.1", Some("2026-02-11"), "public", genes, false);
    parent["child_panel_ids"] = json!(children);
    parent["types"] = types(&["superpanel", "gms-signed-off"]);
    put(output, &parent)?;
    put(
        output,
        &panel(9020, "Invented retired panel", "1.4", Some("2022-05-01"), "retired", Vec::new(), false),
    )?;
    put(output, &panel(9021, "Invented panel in work", "0.7", None, "internal", Vec::new(), false))
}

fn put(output: &Path, panel: &Value) -> Result<(), SimulateError> {
    let version = panel["version"].as_str().unwrap_or_default();
    let path = output.join(format!("panels/{}_v{version}.json", panel["id"]));
    compressed::write(&path, format!("{panel:#}\n").as_bytes())
}

fn types(slugs: &[&str]) -> Value {
    let list: Vec<Value> = slugs
        .iter()
        .map(|s| json!({"name": s.replace('-', " "), "slug": s, "description": "invented"}))
        .collect();
    Value::Array(list)
}

fn panel(
    id: u32,
    name: &str,
    version: &str,
    signed_off: Option<&str>,
    status: &str,
    genes: Vec<Value>,
    extras: bool,
) -> Value {
    let (regions, strs) =
        if extras { (vec![region(id)], vec![repeat(id)]) } else { (Vec::new(), Vec::new()) };
    let mut value = json!({
        "id": id,
        "hash_id": null,
        "name": name,
        "disease_group": "Invented disorders",
        "disease_sub_group": "",
        "status": status,
        "version": version,
        "version_created": "2026-01-15T10:00:00.000000Z",
        "relevant_disorders": [format!("R{id}"), "Invented disorder"],
        "stats": {"number_of_genes": genes.len(), "number_of_strs": strs.len(), "number_of_regions": regions.len()},
        "types": types(&["gms-rare-disease", "gms-signed-off"]),
        "genes": genes,
        "regions": regions,
        "strs": strs,
    });
    if let Some(date) = signed_off {
        value["signed_off"] = json!(date);
    }
    value
}

fn gene_entry(genes: &[Gene], genome: &Genome, entry: &Entry, above: Option<Value>) -> Value {
    let gene = &genes[entry.gene];
    let (start, end) = gene.interval();
    let contig = accession::ensembl_contig(genome.contigs[gene.contig].name);
    let place = json!({"location": format!("{contig}:{}-{end}", start + 1), "ensembl_id": accession::ensembl_gene(gene)});
    // Which Ensembl release keys the place differs, and is sometimes missing.
    let ensembl = match gene.hgnc % 5 {
        0 => json!({"GRch37": {}, "GRch38": {"90": place}}),
        1 => json!({"GRch38": {"90": place, "107": place}}),
        2 => json!({}),
        _ => json!({"GRch37": {"82": place}, "GRch38": {"90": place}}),
    };
    // One symbol in nine is the one the gene had when the panel was made.
    let symbol = gene.previous.first().unwrap_or(&gene.symbol);
    let transcript = match gene.hgnc % 3 {
        0 => Value::Null,
        1 => json!([]),
        _ => json!([accession::refseq_transcript(gene, 0)]),
    };
    let (rating, tags) = match entry.confidence {
        "3" => ("Expert Review Green", json!([])),
        "2" => ("Expert Review Amber", json!(["Q1_26_promote_green", "watchlist"])),
        "1" => ("Expert Review Red", json!(["currently-ngs-unreportable"])),
        _ => ("Expert Review Removed", json!([])),
    };
    let mechanism = match entry.mop {
        Some(NOT_LOSS_OF_FUNCTION) => json!(NOT_LOSS_OF_FUNCTION),
        other => json!(other),
    };
    let mut value = json!({
        "gene_data": {
            "alias": if gene.aliases.is_empty() { Value::Null } else { json!(gene.aliases) },
            "biotype": if gene.hgnc.is_multiple_of(4) { Value::Null } else { json!("protein_coding") },
            "hgnc_id": format!("HGNC:{}", gene.hgnc),
            "gene_name": gene.name,
            "omim_gene": if gene.hgnc.is_multiple_of(2) { Value::Null } else { json!([format!("9{:05}", gene.hgnc % 100_000)]) },
            "alias_name": null,
            "gene_symbol": symbol,
            "hgnc_symbol": symbol,
            "hgnc_release": "2017-11-03",
            "ensembl_genes": ensembl,
            "hgnc_date_symbol_changed": null
        },
        "entity_type": "gene",
        "entity_name": symbol,
        "confidence_level": entry.confidence,
        "penetrance": entry.penetrance,
        "mode_of_pathogenicity": mechanism,
        "publications": [],
        "evidence": [rating, "NHS GMS"],
        "phenotypes": ["invented phenotype"],
        "mode_of_inheritance": entry.moi,
        "tags": tags,
        "transcript": transcript
    });
    if let Some(panel) = above {
        value["panel"] = panel;
    }
    value
}

fn region(id: u32) -> Value {
    const SCORES: [&str; 7] = ["", "0", "1", "2", "3", "30", "40"];
    const KINDS: [&str; 4] = ["cnv_loss", "cnv_gain", "cnv_both", "small"];
    let turn = id as usize;
    json!({
        "gene_data": null,
        "entity_type": "region",
        "entity_name": format!("ISCA-9{id}-Loss"),
        "verbose_name": "invented recurrent deletion",
        "confidence_level": "3",
        "penetrance": null,
        "mode_of_pathogenicity": null,
        "haploinsufficiency_score": SCORES[turn % 7],
        "triplosensitivity_score": SCORES[(turn + 3) % 7],
        "required_overlap_percentage": 60,
        "type_of_variants": KINDS[turn % 4],
        "publications": [],
        "evidence": ["Expert Review Green"],
        "phenotypes": ["invented"],
        "mode_of_inheritance": moi::DOMINANT_UNKNOWN,
        "chromosome": "2",
        "grch37_coordinates": null,
        "grch38_coordinates": [60_001, 95_000],
        "tags": []
    })
}

fn repeat(id: u32) -> Value {
    json!({
        "gene_data": null,
        "entity_type": "str",
        "entity_name": format!("QREP{id}_CAG"),
        "confidence_level": "3",
        "penetrance": null,
        "publications": [],
        "evidence": ["Expert Review Green"],
        "phenotypes": ["invented"],
        "mode_of_inheritance": moi::DOMINANT,
        "repeated_sequence": "CAG",
        "chromosome": "3",
        "grch37_coordinates": [10_000, 10_060],
        "grch38_coordinates": [11_000, 11_060],
        "normal_repeats": 36,
        "pathogenic_repeats": 48,
        "tags": ["STR"]
    })
}
