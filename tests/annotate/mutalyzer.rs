//! Mutalyzer's cases: a genomic description in, the descriptions on genome, transcript and protein out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write as _;
use std::panic::catch_unwind;
use std::path::Path;

use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::Transcripts;
use serde_json::Value;

use super::{applier, world};

/// `NG_1.1(NM_2.2):c.3del` as reference, selector and the rest.
fn split(description: &str) -> (String, String, String) {
    let (head, rest) = description.split_once(':').unwrap();
    let (reference, selector) = head.split_once('(').unwrap_or((head, ""));
    (reference.to_owned(), selector.trim_end_matches(')').to_owned(), rest.to_owned())
}

/// The change between two sequences in its shortest form.
fn difference(old: &str, new: &str) -> Allele {
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let room = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count().min(room);
    Allele {
        contig: ContigId(0),
        start: head as u32,
        reference: a[head..a.len() - tail].to_vec(),
        alternate: b[head..b.len() - tail].to_vec(),
    }
}

struct Reference {
    bases: String,
    genome: Genome,
    transcripts: Transcripts,
}

fn load(folder: &Path, name: &str) -> Option<Reference> {
    let (fasta, gff) = (folder.join(format!("{name}.fasta")), folder.join(format!("{name}.gff3")));
    if !fasta.is_file() || !gff.is_file() {
        return None;
    }
    let bases: String = world::lines(&fasta).filter(|l| !l.starts_with('>')).collect();
    let bases = bases.to_ascii_uppercase();
    if bases.len() > 3_000_000 {
        return None;
    }
    let genome = Genome::from_sequences(vec![(name.to_owned(), bases.clone().into_bytes())]);
    let transcripts = catch_unwind(|| world::transcripts(&gff, &genome)).ok()?;
    Some(Reference { bases, genome, transcripts })
}

/// One change with plain positions, and with bases where bases are inserted.
fn is_plain(genomic: &str) -> bool {
    let Some((_, rest)) = genomic.split_once(":g.").or_else(|| genomic.split_once(":m.")) else {
        return false;
    };
    let positions = rest.trim_end_matches(|c: char| c.is_alphabetic() || c == '>');
    !positions.is_empty() && positions.chars().all(|c| c.is_ascii_digit() || c == '_')
}

/// One that says nothing of where is as good as one that names the residue.
fn same_protein(theirs: &str, ours: &str) -> bool {
    theirs == ours || (theirs == "p.(=)" && ours.ends_with("=)"))
}

/// Positions beside the transcript are not to be named by it (HGVS nomenclature, "Reference sequences": a coding DNA
/// reference covers its transcript, introns included, and nothing more). Mutalyzer counts on into the genomic record
/// and gives `p.(=)` for it; here there is no `c.` and no `p.`.
const OUTSIDE: &str = "beside the transcript";
/// Deep in an intron of another transcript mutalyzer gives `p.(=)`; here no protein is predicted from an intron
/// ("Protein", general: `p.?` where the consequence is not known).
const INTRON: &str = "in an intron";
/// A deletion of the border between exon and intron: what is spliced is unknown, so is the protein ("Protein",
/// general: `p.?`; "RNA", splicing). Mutalyzer joins what is left of the exons.
const BORDER: &str = "across an exon's border";
/// "Protein", insertion: an insertion that holds a stop is described by its residues up to `Ter`, not as a deletion of
/// all that follows.
const STOP_INSIDE: &str = "an insertion that holds a stop";
/// The expected transcript name inserts other bases than the expected genomic name of the same case (GCACAGGACC and
/// GTCCTGTGCT on a plus-strand gene): both cannot be the same change; ours is the genomic one.
const CONTRADICTION: &str = "expected names contradict each other";
/// NM_017668.3 starts in this record inside a codon (phase 1), which mutalyzer does not read: one base replaced
/// cannot shift a frame. AGA and CGA are both Arg.
const PHASE: &str = "first codon incomplete";

/// Every name that differs, by axis and input, with the clause. Nothing else may differ, and each of these does.
const ARGUED: [(&str, &str, &str); 23] = [
    ("p.", "NG_012772.1(BRCA2_v001):c.622_674del", BORDER),
    ("p.", "NG_012772.1(BRCA2_v001):c.622_672del", BORDER),
    ("p.", "NG_008939.1:g.5207_5208ins[4300_4320inv]", STOP_INSIDE),
    ("c.", "NG_008939.1:g.5207_5212delins[4300_4309inv;4310_4320]", CONTRADICTION),
    ("p.", "NG_008939.1:g.5207_5212delins[4300_4309inv;4310_4320]", CONTRADICTION),
    ("p.", "NG_008939.1:g.5207_5212delins[GTCCTGTGCT;4310_4320inv]", STOP_INSIDE),
    ("c.", "NG_012337.1(TIMM8B):c.12dupC", OUTSIDE),
    ("p.", "NG_012337.1(TIMM8B):c.12dupC", OUTSIDE),
    ("c.", "NG_012337.1(TIMM8B):c.12_15dupCAGC", OUTSIDE),
    ("p.", "NG_012337.1(TIMM8B):c.12_15dupCAGC", OUTSIDE),
    ("c.", "NG_012337.1(NM_003002.2):c.*824+10del", OUTSIDE),
    ("p.", "NG_009299.1(NM_017668.3):c.41A>C", PHASE),
    ("c.", "NG_012337.1(NM_012459.2):c.-35_*1del", OUTSIDE),
    ("c.", "NG_012337.1(NM_003002.2):c.pterdel", OUTSIDE),
    ("c.", "NG_012337.1(NM_003002.2):c.qterdel", OUTSIDE),
    ("p.", "NG_008835.1(NM_022153.2):c.568del", INTRON),
    ("p.", "NG_008835.1(NM_022153.2):c.82del", INTRON),
    ("c.", "NG_012337.1(NM_012459.2):c.15_17dup", OUTSIDE),
    ("p.", "NG_012337.1(NM_012459.2):c.15_17dup", OUTSIDE),
    ("c.", "NG_012337.1(NM_012459.2):c.129G>T", OUTSIDE),
    ("p.", "NG_012337.1(NM_012459.2):c.129G>T", OUTSIDE),
    ("c.", "NG_012337.1(NM_012459.2):c.130G>A", OUTSIDE),
    ("p.", "NG_012337.1(NM_012459.2):c.130G>A", OUTSIDE),
];

#[test]
fn names_on_genome_transcript_and_protein() {
    let Some(folder) = crate::shared_data::need("hgvs/mutalyzer") else { return };
    let text = std::fs::read_to_string(folder.join("cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut references: BTreeMap<String, Option<Reference>> = BTreeMap::new();
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut dump = File::create(tmp.join("mutalyzer.differences.tsv")).unwrap();
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut missed: BTreeSet<(String, String)> = BTreeSet::new();
    for case in &cases {
        let Some(genomic) = case["genomic"].as_str() else { continue };
        if !is_plain(genomic) {
            continue;
        }
        let (name, _, _) = split(genomic);
        let reference = references.entry(name.clone()).or_insert_with(|| load(&folder.join("ref"), &name));
        let Some(reference) = reference else { continue };
        let target = applier::genomic(&reference.bases, genomic);
        if target == reference.bases {
            continue;
        }
        let annotator = Annotator::new(
            &reference.genome,
            &reference.transcripts,
            Options::new(Assembly::Other("mutalyzer".to_owned())),
        );
        let allele = difference(&reference.bases, &target);
        let annotation = annotator.annotate(&allele, &mut Scratch::new());
        let mut judge = |axis: &'static str, theirs: &str, ours: &str, same: bool| {
            let entry = counts.entry(axis).or_default();
            entry.1 += 1;
            entry.0 += u32::from(same);
            if !same {
                missed.insert((axis.to_owned(), case["input"].as_str().unwrap().to_owned()));
                writeln!(dump, "{axis}\t{}\t{theirs}\t{ours}", case["input"]).unwrap();
            }
        };
        let g = annotation.hgvsg.clone().unwrap_or_default();
        judge("g.", genomic, &g, genomic == g);
        let mut pairs: Vec<(String, Option<String>)> = Vec::new();
        if let Some(normalized) = case["normalized"].as_str()
            && (normalized.contains(":c.") || normalized.contains(":n."))
        {
            pairs.push((normalized.to_owned(), case["protein_description"].as_str().map(str::to_owned)));
        }
        for pair in case["coding_protein_descriptions"].as_array().into_iter().flatten() {
            pairs.push((pair[0].as_str().unwrap().to_owned(), pair[1].as_str().map(str::to_owned)));
        }
        for (transcript, protein) in pairs {
            let (_, selector, theirs) = split(&transcript);
            let Some(ours) = annotation.consequences.iter().find(|c| c.transcript == selector) else {
                continue;
            };
            let rest = |text: &Option<String>| text.as_deref().map_or(String::new(), |t| split(t).2);
            if !theirs.contains('[') {
                let c = rest(&ours.hgvsc);
                judge("c.", &theirs, &c, theirs == c);
            }
            if let Some(protein) = protein {
                let (theirs, p) = (split(&protein).2, rest(&ours.hgvsp));
                judge("p.", &theirs, &p, same_protein(&theirs, &p));
            }
        }
    }
    println!("mutalyzer: {counts:?}");
    let argued: BTreeSet<(String, String)> =
        ARGUED.iter().map(|(axis, input, _)| ((*axis).to_owned(), (*input).to_owned())).collect();
    assert_eq!(missed, argued);
    let mut clauses: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, _, clause) in ARGUED {
        *clauses.entry(clause).or_default() += 1;
    }
    println!("argued: {clauses:?}");
}
