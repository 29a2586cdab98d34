//! An invented Test Directory with every shape that a target, a method or a category takes.

use super::genes::Gene;
use super::panels;

/// The file: title row, then the eight real headings.
pub fn text(genes: &[Gene]) -> String {
    let symbols: Vec<&str> =
        genes.iter().filter(|g| g.is_coding() && !g.y_copy).map(|g| g.symbol.as_str()).collect();
    let symbol = |index: usize| symbols.get(index).copied().unwrap_or("QABA1");
    let old = genes.iter().find_map(|g| g.previous.first()).map_or("QABA1", String::as_str);
    let mut rows: Vec<[String; 5]> = Vec::new();
    let mut add = |code: &str, name: &str, target: &str, method: &str, category: &str| {
        rows.push([code, name, target, method, category].map(str::to_owned));
    };
    for (id, name) in panels::NAMES {
        let method = if id == 9012 { "WES or Medium Panel" } else { "WGS" };
        add(&format!("R{id}.1"), name, &format!("{name} ({id})"), method, "Core");
        if id % 4 == 0 {
            let cnv = "Exon level CNV detection by MLPA or equivalent";
            add(&format!("R{id}.2"), name, &format!("{name} ({id})"), cnv, "Specialised");
        }
    }
    let agnostic = "Trio gene agnostic or appropriate panels in singletons or duos";
    add("R9014.1", "Acutely unwell invented children", agnostic, "WGS", "Highly Specialised");
    let (a, b, c, d) = (symbol(0), symbol(3), symbol(7), symbol(12));
    let shapes: [(&str, String, &str, &str); 31] = [
        (
            "two panels",
            format!("{} (9001) & {} (9003)", panels::name(9001), panels::name(9003)),
            "WGS",
            "Core",
        ),
        ("single gene", a.to_owned(), "Single gene sequencing >=10 amplicons", "Core"),
        ("single gene, few amplicons", a.to_owned(), "Single gene sequencing <=10 amplicons", "Specialised"),
        ("gene testing", b.to_owned(), "Single gene testing (<10 amplicons)", "Core"),
        ("gene list, semicolons", format!("{a};{b}; {c}"), "Small panel ", "Core"),
        ("gene list, mixed", format!("{a}, {b}; {c} & {d}"), "WES or Large penel", "Highly Specialised "),
        ("gene list, and", format!("{a}, {b} and {c}"), "WES or Small Panel", "Specialised"),
        ("gene list, prose", format!("Breast cancer: {a}; {b}"), "small panel", "Core"),
        ("gene list, old symbol", format!("{old}; {b}"), "Medium panel - deep sequencing", "Core"),
        ("gene list, unknown symbol", format!("{a}; QNOSUCH1"), "Medium panel", "Core"),
        ("– en dash in name ", format!("{c}; {d}"), "WES", "Core/Specialised"),
        ("requester picks the panel", "Relevant panel(s) in PanelApp".to_owned(), "WGS", "Core"),
        ("genome wide", "Genomewide".to_owned(), "Microarray", "Core"),
        ("genome wide karyotype", "Genomewide ".to_owned(), "Karyotype", "Core"),
        ("known variant", "Specific Target".to_owned(), "Targeted variant testing", "Core/Specialised"),
        ("mitochondrial genome", "Mitochondrial genome".to_owned(), "WGS ", "Highly Specialised/Specialised"),
        ("relevant genes", "Relevant gene(s) or loci".to_owned(), "Linkage analysis", "Core"),
        ("relevant single gene", "Relevant single gene".to_owned(), "Other", "Core"),
        (
            "other test",
            "As dictated by relevant test ID".to_owned(),
            "Exon level CNV detection by MLPA or equivalent",
            "Core",
        ),
        ("reanalysis", "As per updated indication".to_owned(), "Other", "Core/Specialised"),
        ("named variant", format!("{a} c.1138"), "Targeted variant testing", "Core"),
        ("repeat", format!("{d} STR"), "STR testing", "Core"),
        ("repeat, confirmed", format!("{d} STR"), "Confirmatory STR testing", "Core"),
        ("methylation", format!("{b} DMRs"), "Methylation testing", "Core"),
        ("hypermethylation", format!("{c} hypermethylation"), "MLPA or equivalent", "Core"),
        ("unusable", "Other".to_owned(), "DNA repair defect testing", "Highly Specialised"),
        ("newborn", format!("{a}; {d}"), "Identity testing", "Newborn screening programme"),
        ("fetal", "Genomewide".to_owned(), "Common aneuploidy testing", "Core"),
        ("cell-free", "Specific Target".to_owned(), "NIPD", "Specialised"),
        ("inactivation", "Other".to_owned(), "X-inactivation testing", "Core "),
        ("retired panel", "Invented retired panel (9020)".to_owned(), "WES or Small panel", "Core"),
    ];
    for (index, (name, target, method, category)) in shapes.iter().enumerate() {
        add(&format!("R{}.1", 9_030 + index), &format!("Invented {name}"), target, method, category);
    }
    let mut out = String::from(
        "\"National Genomic Test Directory for rare and inherited disease, layout only, version 0.1 - every row is invented\",,,,,,,\nClinical indication ID,Test ID,Clinical Indication,Target/Genes,Test Method,Commissioning category,Specialist test group,Changes since last publication (invented release 1)\n",
    );
    for (index, [code, name, target, method, category]) in rows.iter().enumerate() {
        let indication = code.split('.').next().unwrap_or(code);
        let change = [
            "No change",
            "No change ",
            "Typo corrected",
            "New clinical indication added",
            "Panelapp panel ID 9020 has been retired",
        ][index % 5];
        let fields = [indication, code, name, target, method, category, "Core", change];
        let quoted: Vec<String> = fields
            .iter()
            .map(|f| {
                if f.contains([',', '"']) {
                    format!("\"{}\"", f.replace('"', "\"\""))
                } else {
                    (*f).to_owned()
                }
            })
            .collect();
        out.push_str(&quoted.join(","));
        out.push('\n');
    }
    out
}
