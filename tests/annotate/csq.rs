//! Agreement with VEP 115.2 on the small cases of `bcftools csq`, each a gene with its own sequence.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;

use super::world;

#[test]
fn small_genes_against_vep() {
    let Some(folder) = world::shared("csq") else { return };
    let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for line in world::lines(&folder.join("vep115.tsv")).skip(1) {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let case = fields[0].split('.').next().unwrap().to_owned();
        rows.entry(case).or_default().push(fields);
    }
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut dump = File::create(tmp.join("csq.vep.differences.tsv")).unwrap();
    let (mut terms, mut c, mut p, mut all, mut with_c, mut with_p) = (0, 0, 0, 0, 0, 0);
    for (case, rows) in rows {
        let at = folder.join("cases").join(&case);
        let (fasta, gff) = (at.join(format!("{case}.fa")), at.join(format!("{case}.gff")));
        if !fasta.is_file() || !gff.is_file() {
            continue;
        }
        let genome = world::genome(&fasta, usize::MAX, &[]);
        let transcripts = world::transcripts(&gff, &genome);
        let annotator =
            Annotator::new(&genome, &transcripts, Options::new(Assembly::Other("case".to_owned())));
        let mut scratch = Scratch::new();
        for row in rows {
            let feature = row[6].split('.').next().unwrap();
            if feature.is_empty() {
                continue;
            }
            let Some(contig) = genome.contig_id(&row[1]) else { continue };
            let allele = Allele {
                contig,
                start: row[2].parse::<u32>().unwrap() - 1,
                reference: row[3].to_ascii_uppercase().into_bytes(),
                alternate: row[4].to_ascii_uppercase().into_bytes(),
            };
            let annotation = annotator.annotate(&allele, &mut scratch);
            let ours =
                annotation.consequences.iter().find(|x| x.transcript.split('.').next() == Some(feature));
            let mut expected: Vec<&str> = row[7].split('&').collect();
            expected.sort_unstable();
            let expected = expected.join("&");
            let found = ours.map_or_else(|| format!("{:?}", annotation.not_evaluable), |x| x.terms.joined());
            all += 1;
            terms += u32::from(expected == found);
            let bare = |text: &str| {
                text.split_once(':').map_or("", |(_, t)| t).replace(['(', ')'], "").replace("%3D", "=")
            };
            let mut line = String::new();
            if expected != found {
                let flags = ours.map(|x| x.flags.join(";")).unwrap_or_default();
                line += &format!("\tterms {expected} => {found} [{flags}]");
            }
            for (column, name, same, count) in
                [(13, "c", &mut c, &mut with_c), (14, "p", &mut p, &mut with_p)]
            {
                let theirs = bare(&row[column]);
                let named = ours.and_then(|x| if name == "c" { x.hgvsc.clone() } else { x.hgvsp.clone() });
                let named = bare(&named.unwrap_or_default());
                if theirs.is_empty() {
                    continue;
                }
                *count += 1;
                *same += u32::from(theirs == named);
                if theirs != named {
                    line += &format!("\t{name} {theirs} => {named}");
                }
            }
            if !line.is_empty() {
                writeln!(dump, "{}\t{}\t{}\t{}\t{feature}{line}", row[0], row[2], row[3], row[4]).unwrap();
            }
        }
    }
    println!("csq cases against VEP: terms {terms} of {all}, c. {c} of {with_c}, p. {p} of {with_p}");
    assert!(all > 100);
}
