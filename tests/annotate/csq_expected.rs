//! The cases of `bcftools csq` with the outputs its authors expect: haplotype-aware, and each variant alone.

#[path = "csq_expected/facts.rs"]
mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ithaca::annotate::edit::Edit;
use ithaca::annotate::edit::roll::rotated;
use ithaca::annotate::haplotype::copies::{Carriage, PhaseSet, copies};
use ithaca::annotate::haplotype::{Haplotypes, Member, Sequences};
use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::{Allele, Alternate};
use ithaca::model::assembly::Assembly;
use ithaca::model::record::VariantRecord;
use ithaca::read::contigs::ContigSource;
use ithaca::read::variants::{ReadOptions, SampleWanted, VariantReader};
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::Transcripts;

use super::world;
use facts::{Answer, Facts};

/// One expected output.
struct Case {
    name: String,
    folder: PathBuf,
    expected: PathBuf,
    vcf: PathBuf,
    /// Each variant alone (`-l`).
    alone: bool,
}

fn cases(folder: &Path) -> Vec<Case> {
    let mut out = Vec::new();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(folder.join("cases")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for expected in files {
            let file = expected.file_name().unwrap().to_str().unwrap().to_owned();
            let alone = file.ends_with(".txt-l");
            let Some(stem) = file.strip_suffix(".txt-l").or_else(|| file.strip_suffix(".txt")) else {
                continue;
            };
            let vcf = folder.join(format!("{stem}.vcf"));
            if vcf.is_file() {
                let name = format!("{}/{file}", folder.file_name().unwrap().to_str().unwrap());
                out.push(Case { name, folder: folder.clone(), expected: expected.clone(), vcf, alone });
            }
        }
    }
    out
}

/// A copy: the records on it by index, and the line's column it is shown in.
struct OnCopy {
    sample: usize,
    column: usize,
    records: Vec<usize>,
}

struct Bench<'a> {
    genome: &'a Genome,
    transcripts: &'a Transcripts,
    annotator: Annotator<'a>,
    engine: Haplotypes<'a>,
}

/// The case's sequence with unknown bases behind it: it is cut out of a chromosome, and some records reach past the
/// end, which the reader refuses for a whole file.
fn padded(path: &Path) -> Genome {
    let mut sequences: Vec<(String, Vec<u8>)> = Vec::new();
    for line in world::lines(path) {
        match line.strip_prefix('>') {
            Some(name) => sequences.push((name.split_whitespace().next().unwrap().to_owned(), Vec::new())),
            None => sequences.last_mut().unwrap().1.extend_from_slice(line.as_bytes()),
        }
    }
    sequences.iter_mut().for_each(|(_, bases)| bases.extend([b'N'; 2_000]));
    Genome::from_sequences(sequences)
}

/// The records of a case. Some headers declare the lengths of whole chromosomes while the sequence is a cut-out, so
/// lengths are left out.
fn records(case: &Case, genome: &Genome) -> (Vec<VariantRecord>, usize) {
    let text = std::fs::read_to_string(&case.vcf).unwrap();
    let line = |line: &str| match line.split_once(",length=") {
        Some((head, _)) if line.starts_with("##contig") => format!("{head}>\n"),
        _ => format!("{line}\n"),
    };
    let path = &Path::new(env!("CARGO_TARGET_TMPDIR")).join("csq.case.vcf");
    std::fs::write(path, text.lines().map(line).collect::<String>()).unwrap();
    let contigs = ContigSource::reference(genome.contigs(), &Assembly::Other("case".to_owned()));
    let open = |samples: &[SampleWanted]| {
        VariantReader::open(path, &contigs, samples, ReadOptions::default()).unwrap()
    };
    let names: Vec<SampleWanted> =
        open(&[]).sample_names().iter().cloned().map(SampleWanted::Named).collect();
    let mut out = Vec::new();
    let sink = |batch: Vec<VariantRecord>| {
        out.extend(batch);
        Ok::<(), ithaca::read::error::ReadError>(())
    };
    open(&names).process(|batch| batch, sink).unwrap();
    (out, names.len())
}

fn alleles(record: &VariantRecord) -> Vec<Allele> {
    let allele = |alternate: &Alternate| match alternate {
        Alternate::Bases(bases) => Some(Allele {
            contig: record.contig,
            start: record.start,
            reference: record.reference.clone(),
            alternate: bases.clone(),
        }),
        _ => None,
    };
    record.alternates.iter().filter_map(allele).collect()
}

fn copies_of(records: &[VariantRecord], samples: usize, alone: bool) -> Vec<OnCopy> {
    if samples == 0 {
        let all: Vec<usize> = (0..records.len()).collect();
        let copy = |records| OnCopy { sample: 0, column: 0, records };
        return if alone { all.into_iter().map(|r| copy(vec![r])).collect() } else { vec![copy(all)] };
    }
    let mut out = Vec::new();
    for sample in 0..samples {
        let carriages: Vec<Carriage> = records.iter().map(|r| Carriage::of(&r.calls[sample], 1)).collect();
        let copies = copies(&carriages);
        let first = copies.iter().any(|c| c.number == Some((PhaseSet::Contig, 0)));
        for copy in copies {
            let column = match copy.number {
                Some((PhaseSet::Contig, number)) => usize::from(number),
                _ => usize::from(first),
            };
            out.push(OnCopy { sample, column, records: copy.alleles });
        }
    }
    out
}

/// The allele at each of its equivalent places.
fn placements(genome: &Genome, allele: &Allele) -> Vec<Allele> {
    let Ok(edit) = Edit::new(genome, allele) else { return Vec::new() };
    let at = |shift: i64| {
        let start = (i64::from(edit.start) + shift) as u32;
        let removed = (start..start + edit.removed_length()).map(|p| genome.base(allele.contig, p)).collect();
        let alternate = rotated(&edit.inserted, shift).to_vec();
        Allele { contig: allele.contig, start, reference: removed, alternate }
    };
    if !edit.is_movable() {
        return Vec::new();
    }
    (-i64::from(edit.left.min(100))..=i64::from(edit.right.min(100))).map(at).collect()
}

/// Answers of the engine, by record, sample and column.
fn answers(
    bench: &Bench<'_>,
    records: &[VariantRecord],
    copies: &[OnCopy],
) -> BTreeMap<(usize, usize, usize), Answer> {
    let mut out: BTreeMap<(usize, usize, usize), Answer> = BTreeMap::new();
    let mut scratch = Scratch::new();
    let mut sequences = Sequences::default();
    for copy in copies {
        let with_bases: Vec<(usize, Allele)> = copy
            .records
            .iter()
            .filter_map(|&r| Some((r, alleles(&records[r]).into_iter().next()?)))
            .collect();
        let members: Vec<(usize, Allele, Member)> = with_bases
            .iter()
            .filter_map(|(r, a)| Some((*r, a.clone(), Member::new(bench.genome, a).ok()?)))
            .collect();
        for (r, allele) in &with_bases {
            let answer = out.entry((*r, copy.sample, copy.column)).or_default();
            for c in bench.annotator.annotate(allele, &mut scratch).consequences {
                answer.alone(&c, allele);
            }
            bench.annotator.terms_as_spelt(allele, &mut scratch, |index, terms| {
                answer.as_spelt(bench.transcripts.get(index).accession, terms, allele);
            });
            for other in placements(bench.genome, allele) {
                bench.annotator.terms_as_spelt(&other, &mut scratch, |index, terms| {
                    answer.elsewhere(bench.transcripts.get(index).accession, terms, allele);
                });
            }
        }
        let refs: Vec<&Member> = members.iter().map(|(_, _, m)| m).collect();
        for index in 0..bench.transcripts.len() as u32 {
            let view = bench.transcripts.get(index);
            let reading = bench.engine.read(index, &refs, &mut sequences);
            for group in &reading.groups {
                let spelt: Vec<(usize, &Allele)> =
                    group.members.iter().map(|&m| (members[m].0, &members[m].1)).collect();
                for &(r, _) in &spelt {
                    let answer = out.entry((r, copy.sample, copy.column)).or_default();
                    answer.together(bench.genome, &view, group, &spelt);
                }
            }
        }
    }
    out
}

/// Expected outputs by record, sample and column.
fn expectations(
    case: &Case,
    records: &[VariantRecord],
    samples: usize,
) -> BTreeMap<(usize, usize, usize), Vec<String>> {
    let text = std::fs::read_to_string(&case.expected).unwrap();
    let mut out = BTreeMap::new();
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for line in text.lines().filter(|l| !l.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let key = (fields[0].to_owned(), fields[1].to_owned(), fields[2].to_owned());
        let nth = seen.entry(key).or_default();
        let at = (0..records.len()).find(|&r| {
            let record = &records[r];
            let written = record.alternates.first().map_or_else(|| ".".to_owned(), facts::written);
            (record.start + 1).to_string() == fields[0]
                && record.reference == fields[1].to_ascii_uppercase().as_bytes()
                && written == fields[2]
        });
        let at = at.unwrap_or_else(|| panic!("{}: no record for {line}", case.name));
        let tokens = |field: &str| field.split(',').filter(|t| *t != ".").map(str::to_owned).collect();
        if samples == 0 {
            // EXP comes first, BCSQ second.
            if *nth == 1 {
                out.insert((at, 0, 0), tokens(fields[3]));
            }
        } else {
            let carriers: Vec<usize> =
                (0..samples).filter(|&s| Carriage::of(&records[at].calls[s], 1).is_carried()).collect();
            for (column, field) in fields[3..].iter().enumerate() {
                out.insert((at, carriers[*nth], column), tokens(field));
            }
        }
        *nth += 1;
    }
    out
}

/// Outputs that agree outright, at least.
const AGREE: usize = 66;

/// Outputs that differ, with the class of `docs/consequence-ledger.md` that argues why; nothing else may differ.
const LISTED: [(&str, &str); 32] = [
    ("EDUMMY0001/starts-with-1.txt", "after the new stop"),
    ("ENST00000269081/stop-gained-not-inframe-insertion.txt", "after the new stop"),
    ("ENST00000423372/snps.txt", "after a lost stop"),
    ("EDUMMY0002/boundaries.txt", "start codon"),
    ("ENST00000230048/start-del.txt", "start codon"),
    ("ENST00000318249/start-lost.txt", "start codon"),
    ("ENST00000318249/start-lost.txt-l", "start codon"),
    ("ENST00000318249.2/synonymous-start-lost.txt", "start codon"),
    ("ENST00000420670/start-stop-lost.txt", "start codon"),
    ("ENST00000528237/retained-stop-incomplete-cds.txt", "stop codon"),
    ("ENST00000423372/insert3.txt", "stop codon"),
    ("ENST00000423372/insert3.txt-l", "stop codon"),
    ("ENSCAFT00000047742/test.txt", "frameshift intron"),
    ("ENST00000227471/insert-splice-vs-frameshift.txt", "frameshift intron"),
    ("ENST00000545279/splice-region-insert.txt", "frameshift intron"),
    ("ENST00000624631/ambiguous.txt", "frameshift intron"),
    ("ENST00000409523/long-overlapping-del.txt", "across an exon boundary"),
    ("ENST00000518414/incorrect-inframe-del.txt", "across an exon boundary"),
    ("ENST00000381157/haploid-diploid.txt", "haploid call"),
    ("ENST00000294661/non-coding-boundary.txt", "past the contig's end"),
    ("ENST00000294661/non-coding-boundary.txt-l", "past the contig's end"),
    ("ENST00000263103-INS/insertions.txt", "symbolic allele"),
    ("ENST00000341065/frame3.txt", "padding"),
    ("ENST00000341065/frame3.txt-l", "padding"),
    ("ENST00000341065/splice-acceptor-donor2.txt", "padding"),
    ("ENST00000341065/splice-acceptor-donor2.txt-l", "padding"),
    ("ENST00000341065/splice-acceptor-donor5.txt", "padding"),
    ("ENST00000341065/splice-acceptor-donor5.txt-l", "padding"),
    ("ENST00000341065/splice-acceptor-donor6.txt", "padding"),
    ("ENST00000341065/splice-acceptor-donor6.txt-l", "padding"),
    ("ENST00000341065/splice-acceptor-donor9.txt", "padding"),
    ("ENST00000341065/splice-acceptor-donor9.txt-l", "padding"),
];

#[test]
fn the_expected_outputs() {
    let Some(folder) = crate::shared_data::need("csq") else { return };
    let dump_path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("csq.expected.differences.txt");
    let mut dump = std::fs::File::create(dump_path).unwrap();
    let cases = cases(&folder);
    let mut unlisted: Vec<String> = Vec::new();
    let mut agree = BTreeSet::new();
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &cases {
        let stem = case.folder.file_name().unwrap().to_str().unwrap();
        let genome = padded(&case.folder.join(format!("{stem}.fa")));
        let transcripts = world::transcripts(&case.folder.join(format!("{stem}.gff")), &genome);
        let bench = Bench {
            genome: &genome,
            transcripts: &transcripts,
            annotator: Annotator::new(
                &genome,
                &transcripts,
                Options::new(Assembly::Other("case".to_owned())),
            ),
            engine: Haplotypes::new(&genome, &transcripts),
        };
        let (records, samples) = records(case, &genome);
        let expected = expectations(case, &records, samples);
        let copies = copies_of(&records, samples, case.alone);
        let found = answers(&bench, &records, &copies);
        let theirs = Facts::resolve(&expected, &records);
        let mut differences = Vec::new();
        for (key, theirs) in &theirs {
            let empty = Answer::default();
            let ours = found.get(key).unwrap_or(&empty);
            for difference in theirs.differences(ours) {
                let r = &records[key.0];
                let alt = r.alternates.first().map_or_else(String::new, facts::written);
                differences.push(format!(
                    "{} {}>{alt} copy {}.{}: {difference}",
                    r.start + 1,
                    String::from_utf8_lossy(&r.reference),
                    key.1,
                    key.2
                ));
            }
        }
        if differences.is_empty() {
            agree.insert(case.name.clone());
            continue;
        }
        writeln!(dump, "{}", case.name).unwrap();
        differences.iter().for_each(|d| writeln!(dump, "    {d}").unwrap());
        let class = LISTED.iter().find(|(name, _)| case.name == *name).map(|(_, class)| *class);
        let elsewhere = differences.iter().all(|d| d.ends_with(facts::ELSEWHERE));
        match class.or(elsewhere.then_some("placement")) {
            Some(class) => *classes.entry(class).or_insert(0) += 1,
            None => unlisted.push(format!("{}: {differences:#?}", case.name)),
        }
    }
    println!(
        "expected outputs of csq: {} of {} agree; classes of the others {classes:?}",
        agree.len(),
        cases.len()
    );
    assert_eq!(cases.len(), 102);
    assert!(unlisted.is_empty(), "differ in no listed class: {unlisted:#?}");
    assert!(agree.len() >= AGREE, "{} agree", agree.len());
    let stale: Vec<&str> =
        LISTED.iter().map(|(name, _)| *name).filter(|name| agree.contains(*name)).collect();
    assert!(stale.is_empty(), "listed and agree: {stale:?}");
}
