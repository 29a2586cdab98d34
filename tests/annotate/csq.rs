//! Agreement with VEP 115.2 on the small cases of `bcftools csq`, each a gene with its own sequence. A row whose terms
//! differ is in a class of `docs/consequence-ledger.md`, or the test fails.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::annotation::NotEvaluable;
use ithaca::model::assembly::Assembly;

use super::world;

/// Transcripts of which some row differs in its terms, with the class that argues why.
const LISTED: [(&str, &str); 12] = [
    ("ENST00000227471", "frameshift intron"),
    ("ENST00000545279", "frameshift intron"),
    ("ENST00000624631", "frameshift intron"),
    ("ENST00000295641", "start not annotated"),
    ("ENST00000423372", "start not annotated"),
    ("ENST00000318249", "start codon"),
    ("ENST00000368801", "start codon"),
    ("ENST00000375992", "start codon"),
    ("ENST00000573314", "start codon"),
    ("ENST00000230048", "start codon"),
    ("ENST00000390520", "past the transcript's end"),
    ("ENST00000557788", "past the transcript's end"),
];

/// The case's folder: the longest folder name that the row's case begins with.
fn folder_of(cases: &Path, case: &str) -> Option<PathBuf> {
    case.rmatch_indices('.').map(|(at, _)| cases.join(&case[..at])).find(|path| path.is_dir())
}

/// The ALT of the row: VEP writes alleles without the base that they share with REF.
fn alternate(reference: &str, alternates: &str, allele: &str) -> String {
    let all: Vec<&str> = alternates.split(',').collect();
    let written = |alt: &&&str| {
        let bare = if alt.get(..1) == reference.get(..1) { alt.get(1..).unwrap_or_default() } else { alt };
        **alt == allele || bare == allele || (bare.is_empty() && allele == "-")
    };
    all.iter().find(written).unwrap_or(&all[0]).to_string()
}

#[test]
fn small_genes_against_vep() {
    let Some(folder) = crate::shared_data::need("csq") else { return };
    let mut rows: BTreeMap<PathBuf, Vec<Vec<String>>> = BTreeMap::new();
    for line in world::lines(&folder.join("vep115.tsv")).skip(1) {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if let Some(case) = folder_of(&folder.join("cases"), &fields[0]) {
            rows.entry(case).or_default().push(fields);
        }
    }
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut dump = File::create(tmp.join("csq.vep.differences.tsv")).unwrap();
    let (mut terms, mut c, mut p, mut all, mut with_c, mut with_p) = (0, 0, 0, 0, 0, 0);
    let mut classes: BTreeMap<&str, u32> = BTreeMap::new();
    let mut unlisted: Vec<String> = Vec::new();
    for (at, rows) in rows {
        let case = at.file_name().unwrap().to_str().unwrap().to_owned();
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
            let feature = row[6].as_str();
            if feature.is_empty() {
                continue;
            }
            // VEP names a transcript without the version that the GFF3 gives it.
            let is_feature = |accession: &str| {
                accession == feature
                    || accession.rsplit_once('.').is_some_and(|(bare, version)| {
                        bare == feature && version.bytes().all(|b| b.is_ascii_digit())
                    })
                    || feature.rsplit_once('.').is_some_and(|(bare, _)| bare == accession)
            };
            let Some(contig) = genome.contig_id(&row[1]) else { continue };
            let allele = Allele {
                contig,
                start: row[2].parse::<u32>().unwrap() - 1,
                reference: row[3].to_ascii_uppercase().into_bytes(),
                alternate: alternate(&row[3], &row[4], &row[5]).to_ascii_uppercase().into_bytes(),
            };
            let annotation = annotator.annotate(&allele, &mut scratch);
            let ours = annotation.consequences.iter().find(|x| is_feature(&x.transcript));
            let mut as_spelt = String::new();
            annotator.terms_as_spelt(&allele, &mut scratch, |index, terms| {
                if is_feature(transcripts.get(index).accession) {
                    as_spelt = terms.joined();
                }
            });
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
                let listed = LISTED.iter().find(|(name, _)| feature == *name).map(|(_, class)| *class);
                let class = match annotation.not_evaluable {
                    Some(NotEvaluable::NotASequence) => Some("symbolic allele"),
                    Some(NotEvaluable::PastContigEnd) => Some("past the contig's end"),
                    _ if as_spelt == expected => Some("placement"),
                    _ if ours.is_some_and(|x| {
                        x.flags.iter().any(|f| {
                            f.to_string().split_once('=').is_some_and(|(_, terms)| terms == expected)
                        })
                    }) =>
                    {
                        Some("placement")
                    }
                    _ => listed,
                };
                match class {
                    Some(class) => *classes.entry(class).or_insert(0) += 1,
                    None => unlisted.push(format!("{} {feature}: {expected} => {found}", row[0])),
                }
                line += &format!("\tterms {expected} => {found}");
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
    println!(
        "csq cases against VEP: terms {terms} of {all}, c. {c} of {with_c}, p. {p} of {with_p}; terms differ by class {classes:?}"
    );
    assert!(unlisted.is_empty(), "differ in no listed class: {unlisted:#?}");
    assert!(all > 300 && terms >= 285 && c >= 244 && p >= 99);
}
