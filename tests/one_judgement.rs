//! `ithaca inheritance` and `ithaca run` judge by the same code: random families, written to files, give one verdict.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use ithaca::family::{FamilyPolicy, validate};
use ithaca::interpret::given_file::GivenFile;
use ithaca::interpret::given_file::groups::Groups;
use ithaca::interpret::{Interpreted, interpret};
use ithaca::knowledge::{Knowledge, KnowledgePaths, PanelPins};
use ithaca::model::candidate::Candidate;
use ithaca::model::family::Family;
use ithaca::model::participant::{Affection, Participant, Role, Sex};
use ithaca::model::plan::{Plan, Referral};
use ithaca::normalise::variant_name;
use ithaca::plan::make_plan;
use ithaca::request::samplesheet::Samplesheet;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::program::{ithaca, root};
use crate::world::bundle;

/// Families of an ordinary run, and of the long one.
const FAMILIES: (u64, u64) = (400, 20_000);

fn knowledge() -> Knowledge {
    Knowledge::open(&KnowledgePaths {
        pipeline: root().join("pipelines/rare-disease-wgs.toml"),
        bundle: bundle().to_path_buf(),
        directory: root().join("test-data/directory/test-directory.csv"),
        panels: root().join("test-data/panels"),
        pins: PanelPins::default(),
    })
    .unwrap()
}

/// Random numbers below a bound.
struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, bound: u32) -> u32 {
        self.0.next_u32() % bound
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u32) as usize]
    }
}

/// Proband, parents, and perhaps a sibling; anybody but the proband may be without data.
fn family(dice: &mut Dice) -> Family {
    let person = |id: &str, role, sex, affection, parents: bool| Participant {
        id: id.to_owned(),
        role,
        sex,
        sex_chromosomes: None,
        affection,
        mother: parents.then_some(1),
        father: parents.then_some(2),
        vcf: None,
        vcf_sample: None,
        alignments: None,
    };
    let affections = [Affection::Affected, Affection::Unaffected, Affection::Unaffected, Affection::Unknown];
    let sex = *dice.of(&[Sex::Male, Sex::Female]);
    let mut members = vec![person("kid", Role::Proband, sex, Affection::Affected, true)];
    members.push(person("mum", Role::Mother, Sex::Female, *dice.of(&affections), false));
    members.push(person("dad", Role::Father, Sex::Male, *dice.of(&affections), false));
    if dice.below(2) == 0 {
        let sex = *dice.of(&[Sex::Male, Sex::Female]);
        members.push(person("sib", Role::Sibling, sex, *dice.of(&affections), true));
    }
    Family { id: "F".to_owned(), members, proband: 0, consanguineous: false }
}

/// A gene of the world: its contig, the bases of its coding exons on the genome, and its whole stretch.
struct Gene {
    contig: String,
    coding: Vec<u32>,
    stretch: (u32, u32),
    symbol: String,
}

fn genes(knowledge: &Knowledge, plan: &Plan) -> Vec<Gene> {
    let transcripts = knowledge.bundle.transcripts();
    let planned = |symbol: &str| plan.genes.iter().any(|gene| gene.symbol == symbol);
    let mut genes = Vec::new();
    for index in 0..transcripts.len() as u32 {
        let view = transcripts.get(index);
        let symbol = transcripts.gene(view.gene).symbol;
        let Some(coding) = view.coding else { continue };
        if !planned(&symbol) || genes.iter().any(|gene: &Gene| gene.symbol == symbol) {
            continue;
        }
        let (from, to) = (coding.cds.start, coding.cds.end);
        let of_exon = |exon: &ithaca::model::transcript::Exon| {
            let whole = exon.cdna_start >= from && exon.cdna_start + exon.len() <= to;
            whole.then(|| (exon.start..exon.end).collect::<Vec<u32>>())
        };
        let coding: Vec<u32> = view.exons.iter().filter_map(of_exon).flatten().collect();
        if coding.len() > 60 {
            genes.push(Gene {
                contig: knowledge.bundle.genome().contig(view.contig).name.clone(),
                coding,
                stretch: (view.interval.start, view.interval.end),
                symbol,
            });
        }
    }
    genes
}

/// A genotype and figures that bear it out.
fn call(dice: &mut Dice, alternates: u32, is_x_of_man: bool) -> String {
    if dice.below(12) == 0 {
        return format!("{}:.:.:.", dice.of(&["./.", "."]));
    }
    let allele = |dice: &mut Dice| match dice.below(8) {
        0 => ".".to_owned(),
        n => (n % (alternates + 1)).to_string(),
    };
    let copies: Vec<String> = match is_x_of_man && dice.below(4) > 0 {
        true => vec![allele(dice)],
        false => vec![allele(dice), allele(dice)],
    };
    let separator = dice.of(&["/", "/", "|"]);
    let mut depths = vec![0_u32; alternates as usize + 1];
    copies.iter().filter_map(|c| c.parse::<usize>().ok()).for_each(|c| depths[c] += 30 / copies.len() as u32);
    let depths: Vec<String> = depths.iter().map(ToString::to_string).collect();
    format!("{}:{}:30:60", copies.join(separator), depths.join(","))
}

/// Two to five records in a gene: single bases, several ALTs, deletions written out, `<DEL>`, `*`.
fn records(dice: &mut Dice, knowledge: &Knowledge, gene: &Gene, family: &Family) -> String {
    let genome = knowledge.bundle.genome();
    let contig = genome.contig_id(&gene.contig).unwrap();
    let is_x = gene.contig.ends_with('X');
    let mut places: Vec<u32> = (0..2 + dice.below(4)).map(|_| *dice.of(&gene.coding)).collect();
    places.sort_unstable();
    places.dedup();
    let mut text = String::new();
    for place in places {
        let base = genome.base(contig, place) as char;
        let others: Vec<char> = "ACGT".chars().filter(|b| *b != base).collect();
        let (reference, alternates, info) = match dice.below(8) {
            0 => (base.to_string(), format!("{},{}", others[0], others[1]), ".".to_owned()),
            1 => (base.to_string(), format!("{},*", others[0]), ".".to_owned()),
            2 => (
                base.to_string(),
                format!("{},<DEL>", others[0]),
                format!("END={}", place + 2 + dice.below(300)),
            ),
            3 => (base.to_string(), "<DEL>".to_owned(), format!("END={}", place + 2 + dice.below(300))),
            4 => {
                let bases = genome.bases(contig, ithaca::model::position::Interval::new(place, place + 3));
                (String::from_utf8(bases).unwrap(), base.to_string(), ".".to_owned())
            }
            _ => (base.to_string(), dice.of(&others).to_string(), ".".to_owned()),
        };
        let count = alternates.split(',').count() as u32;
        let calls: Vec<String> =
            family.members.iter().map(|member| call(dice, count, is_x && member.sex == Sex::Male)).collect();
        let _ = writeln!(
            text,
            "{}\t{}\t.\t{reference}\t{alternates}\t60\tPASS\t{info}\tGT:AD:DP:GQ\t{}",
            gene.contig,
            place + 1,
            calls.join("\t")
        );
    }
    text
}

fn header(knowledge: &Knowledge, family: &Family) -> String {
    let mut text = "##fileformat=VCFv4.2\n##FILTER=<ID=PASS,Description=\"passed\">\n\
        ##ALT=<ID=DEL,Description=\"deletion\">\n\
        ##INFO=<ID=END,Number=1,Type=Integer,Description=\"end\">\n\
        ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"genotype\">\n\
        ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"reads\">\n\
        ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"depth\">\n\
        ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"quality\">\n"
        .to_owned();
    for contig in knowledge.bundle.genome().contigs() {
        let _ = writeln!(text, "##contig=<ID={},length={}>", contig.name, contig.length);
    }
    let names: Vec<&str> = family.members.iter().map(|member| member.id.as_str()).collect();
    let _ = writeln!(text, "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{}", names.join("\t"));
    text
}

/// Mode to verdict, partners and reason, by the event as the file writes it.
type Table = BTreeMap<(String, String), (String, Vec<String>, String)>;

/// None where two records of the file are one allele: a run leaves out a record that no affected member carries before it
/// joins them, so that the calls of the other members may differ.
fn table(
    knowledge: &Knowledge,
    family: &Family,
    file: &Path,
    bed: &Path,
    sex_regions: &Path,
) -> Option<Table> {
    let quality = &knowledge.pipeline.quality;
    let given = GivenFile {
        input: file,
        family,
        groups: Groups::read(bed).unwrap(),
        pseudoautosomal: Some(sex_regions),
        policy: FamilyPolicy::with_mitochondrial_fraction(quality.mitochondrial_fraction),
        bundle: Some(&knowledge.bundle),
        quality: Some(quality),
    };
    let mut text = String::new();
    let notes = given
        .table(|rows| {
            text.push_str(rows);
            Ok(())
        })
        .unwrap();
    if notes.iter().any(|note| note.starts_with("records of an allele")) {
        return None;
    }
    let mut table = Table::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let key = cells[..4].join("-");
        let partners = cells[7].split(';').filter(|p| !p.is_empty()).map(str::to_owned).collect();
        table.insert((key, cells[5].to_owned()), (cells[6].to_owned(), partners, cells[8].to_owned()));
    }
    Some(table)
}

/// The event as the file writes it.
fn key(knowledge: &Knowledge, candidate: &Candidate) -> String {
    let spelling = &candidate.entry.spelling;
    format!(
        "{}-{}-{}-{}",
        knowledge.bundle.genome().contig(candidate.entry.event.contig()).name,
        spelling.start + 1,
        String::from_utf8_lossy(&spelling.reference),
        String::from_utf8_lossy(&spelling.alternate)
    )
}

/// Holds what a referral found against the table; gives the number of verdicts compared, alone and of pairs.
fn compare(knowledge: &Knowledge, found: &Interpreted, table: &Table, context: &str) -> (usize, usize) {
    let (mut alone, mut pairs) = (0, 0);
    for candidate in &found.candidates {
        let key = key(knowledge, candidate);
        for verdict in &candidate.site {
            let row = table.get(&(key.clone(), verdict.mode.name().to_owned()));
            let (word, _, reason) =
                row.unwrap_or_else(|| panic!("no row for {key} {:?}\n{context}", verdict.mode));
            assert_eq!(word, verdict.verdict.name(), "{key} {:?}\n{context}", verdict.mode);
            assert!(reason.starts_with(&verdict.reason), "{reason}\n{}\n{context}", verdict.reason);
            alone += 1;
        }
        for (partner, pair) in candidate.genes.iter().flat_map(|gene| &gene.partners) {
            let other = self::key(knowledge, &found.candidates[*partner]);
            let row = table.get(&(key.clone(), "compound_heterozygous".to_owned()));
            let (word, partners, reason) = row.unwrap_or_else(|| panic!("no pairs for {key}\n{context}"));
            // The row lists the partners of the best verdict, and says how many others there are.
            if partners.contains(&other) {
                assert_eq!(word, pair.verdict.name(), "{key} with {other}\n{context}");
                pairs += 1;
            } else {
                assert!(
                    pair.verdict.name() == "possible" && word == "yes",
                    "{key} with {other}: {reason}\n{context}"
                );
            }
        }
    }
    (alone, pairs)
}

#[expect(clippy::disallowed_methods, reason = "the long run is asked for by the environment")]
fn families() -> u64 {
    if std::env::var_os("ITHACA_LONG_TESTS").is_some() { FAMILIES.1 } else { FAMILIES.0 }
}

fn referral_like(knowledge: &Knowledge) -> (Referral, Plan) {
    let sheet = Samplesheet::read(&root().join("test-data/samplesheet.tsv")).unwrap();
    let referral = sheet.referrals.iter().find_map(|row| row.as_ref().ok()).unwrap().clone();
    let plan = make_plan(&referral, &knowledge.plan_context()).unwrap();
    (referral, plan)
}

#[test]
fn random_families_get_one_verdict_from_both_commands() {
    let knowledge = knowledge();
    let (referral, plan) = referral_like(&knowledge);
    let genes = genes(&knowledge, &plan);
    assert!(genes.len() >= 3, "the plan has genes to put variants in");
    let scratch = tempfile::tempdir().unwrap();
    let (file, bed, sex_regions) =
        (scratch.path().join("in.vcf"), scratch.path().join("g.bed"), scratch.path().join("par.bed"));
    let regions = knowledge.bundle.pseudoautosomal();
    let line =
        |contig: &str, i: &ithaca::model::position::Interval| format!("{contig}\t{}\t{}\n", i.start, i.end);
    let text: String =
        regions.x.iter().map(|i| line("X", i)).chain(regions.y.iter().map(|i| line("Y", i))).collect();
    fs::write(&sex_regions, text).unwrap();
    let rows: String = genes
        .iter()
        .map(|gene| format!("{}\t{}\t{}\t{}\n", gene.contig, gene.stretch.0, gene.stretch.1, gene.symbol))
        .collect();
    fs::write(&bed, rows).unwrap();

    let families = families();
    let (mut alone, mut pairs, mut with_deletion) = (0, 0, 0);
    for seed in 0..families {
        let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
        let mut family = family(&mut dice);
        if validate(&family).is_err() {
            continue;
        }
        let gene = dice.of(&genes);
        let records = records(&mut dice, &knowledge, gene, &family);
        fs::write(&file, header(&knowledge, &family) + &records).unwrap();
        for member in &mut family.members {
            member.vcf = Some(file.clone());
            member.vcf_sample = Some(member.id.clone());
        }
        let plan = Plan { referral: Referral { family: family.clone(), ..referral.clone() }, ..plan.clone() };
        let found = interpret(&plan, &knowledge, &|path| path.to_path_buf())
            .unwrap_or_else(|fault| panic!("seed {seed}: {fault}\n{records}"));
        let Some(table) = table(&knowledge, &family, &file, &bed, &sex_regions) else { continue };
        let counts = compare(&knowledge, &found, &table, &format!("seed {seed}\n{records}"));
        alone += counts.0;
        pairs += counts.1;
        with_deletion += found.candidates.iter().filter(|c| c.entry.event.small().is_none()).count();
    }
    // So that the test cannot pass by comparing nothing.
    let families = families as usize;
    assert!(alone > families * 4, "{alone} verdicts compared");
    assert!(pairs > families / 10, "{pairs} pairs compared");
    assert!(with_deletion > families / 50, "{with_deletion} deletions opposite a variant");
}

/// A stop on the one copy and a `<DEL>` of its place on the other, one from each parent.
#[test]
fn a_deletion_opposite_a_variant_is_its_second_hit_in_both_commands() {
    let knowledge = knowledge();
    let (_, plan) = referral_like(&knowledge);
    let genome = knowledge.bundle.genome();
    let gene = genes(&knowledge, &plan).into_iter().find(|gene| !gene.contig.ends_with('X')).unwrap();
    let contig = genome.contig_id(&gene.contig).unwrap();
    let place = gene.coding[30];
    let base = genome.base(contig, place) as char;
    let other = if base == 'A' { 'C' } else { 'A' };
    let scratch = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = scratch.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let family = family(&mut Dice(ChaCha8Rng::seed_from_u64(1)));
    let family = Family { members: family.members[..3].to_vec(), ..family };
    let (first, end) = (place + 1, place + 200);
    let calls = |list: [&str; 3]| list.map(|gt| format!("{gt}:30:60")).join("\t");
    let input = put(
        "in.vcf",
        &format!(
            "{}{}\t{first}\t.\t{base}\t{other},<DEL>\t60\tPASS\tEND={end}\tGT:DP:GQ\t{}\n",
            header(&knowledge, &family),
            gene.contig,
            calls(["1/2", "0/1", "0/2"]),
        ),
    );
    let ped = put("f.ped", "F\tkid\tdad\tmum\t1\t2\nF\tmum\t0\t0\t2\t1\nF\tdad\t0\t0\t1\t1\n");
    let bed =
        put("g.bed", &format!("{}\t{}\t{}\t{}\n", gene.contig, gene.stretch.0, gene.stretch.1, gene.symbol));
    let rows = ithaca(["inheritance", "--ped", &ped, &input, "--groups", &bed]).expect_code(0).stdout;
    let pair: Vec<&str> = rows.lines().filter(|row| row.contains("\tcompound_heterozygous\t")).collect();
    assert_eq!(pair.len(), 2, "{rows}");
    assert!(pair.iter().all(|row| row.contains("\tyes\t")), "{rows}");

    let sheet = put(
        "sheet.tsv",
        &format!(
            "referral\tparticipant\trole\tsex\taffected\tvcf\tvcf_sample\ttest_code\tmother\tfather\n\
             R\tkid\tproband\tmale\tyes\t{input}\tkid\t{}\tmum\tdad\nR\tmum\tmother\tfemale\tno\t{input}\tmum\t\t\t\n\
             R\tdad\tfather\tmale\tno\t{input}\tdad\t\t\t\n",
            plan.tests[0].code
        ),
    );
    let output = scratch.path().join("out");
    crate::program::run_batch(Path::new(&sheet), "pipelines/rare-disease-wgs.toml", bundle(), &output, &[])
        .expect_code(0);
    let report = fs::read_to_string(output.join("R/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let lists = ["findings", "single_hits", "off_panel", "untiered"];
    let all: Vec<&serde_json::Value> =
        lists.iter().filter_map(|list| report[list].as_array()).flatten().collect();
    let name = variant_name::write(
        &ithaca::model::allele::Allele {
            contig,
            start: place,
            reference: vec![base as u8],
            alternate: vec![other as u8],
        },
        genome,
    );
    let finding = all
        .iter()
        .find(|f| f["variant"]["name"] == name.as_str())
        .unwrap_or_else(|| panic!("{name}: {report}"));
    let compound = finding["inheritance"]
        .as_array()
        .unwrap()
        .iter()
        .find(|mode| mode["mode"] == "compound_heterozygous")
        .unwrap_or_else(|| panic!("{finding}"));
    assert_eq!(compound["verdict"], "yes", "{compound}");
    let partner = format!("{}:{}-{end} deletion", gene.contig, first + 1);
    assert_eq!(compound["partners"][0]["variant"], partner.as_str(), "{compound}");
}
