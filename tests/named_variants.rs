//! Variants that a request names are looked up in every member: every kind of answer, through the program.

mod evidence;

use std::fs;
use std::path::{Path, PathBuf};

use ithaca::report::model::{LookUpAnswer, LookUpState, Report, Zygosity};

use crate::program::{Run, files_below, ithaca, root, run_batch};
use crate::world::{bundle, report};

const CARRIED: LookUpState = LookUpState::Carried;
const NOT_CARRIED: LookUpState = LookUpState::NotCarried;
const NOT_EVALUABLE: LookUpState = LookUpState::NotEvaluable;

/// A base of QEBA2 (a stop), one base less of a run of nine in QOGE3, and a base of QAVI6 on X.
const SNV: &str = "chr1-5824-C-A";
const DELETION: &str = "chr2-62571-GT-G";
const ON_X: &str = "chrX-43416-A-T";

const CONTIGS: [(&str, u32); 6] = [
    ("chr1", 300_000),
    ("chr2", 260_000),
    ("chr3", 200_000),
    ("chrX", 190_000),
    ("chrY", 70_000),
    ("chrM", 16_569),
];

/// A folder with one referral, F1, that asks for the known variant test R9044.1.
struct Case {
    folder: tempfile::TempDir,
    rows: Vec<String>,
}

impl Case {
    fn new(test_code: &str, variants: &str, affected: &str) -> Self {
        let heading = "referral\tparticipant\trole\tsex\taffected\tvcf\ttest_code\tvariants";
        let proband = format!("F1\tP1\tproband\tfemale\t{affected}\tfamily.vcf\t{test_code}\t{variants}");
        Self { folder: tempfile::tempdir().unwrap(), rows: vec![heading.to_owned(), proband] }
    }

    fn member(mut self, id: &str, sex: &str, file: &str) -> Self {
        self.rows.push(format!("F1\t{id}\trelative\t{sex}\tno\t{file}\t\t"));
        self
    }

    /// Writes a VCF; a space stands for a tab. A name with `chr` left out of it goes with bare contigs.
    fn vcf(self, name: &str, samples: &[&str], records: &[&str]) -> Self {
        let prefix = if name.starts_with("bare") { "" } else { "chr" };
        let mut text = "##fileformat=VCFv4.2\n##FILTER=<ID=LowQual,Description=\"Low quality\">\n".to_owned();
        for (contig, length) in CONTIGS {
            let bare = contig.trim_start_matches("chr");
            text += &format!("##contig=<ID={prefix}{bare},length={length}>\n");
        }
        if name.starts_with("blocks") {
            text += "##ALT=<ID=NON_REF,Description=\"Any other allele\">\n";
            text += "##INFO=<ID=END,Number=1,Type=Integer,Description=\"End of the block\">\n";
        }
        for (id, number, kind) in
            [("GT", "1", "String"), ("AD", "R", "Integer"), ("DP", "1", "Integer"), ("GQ", "1", "Integer")]
        {
            text += &format!("##FORMAT=<ID={id},Number={number},Type={kind},Description=\"{id}\">\n");
        }
        text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";
        samples.iter().for_each(|sample| text += &format!("\t{sample}"));
        text.push('\n');
        for record in records {
            text += &(record.split_whitespace().collect::<Vec<_>>().join("\t") + "\n");
        }
        fs::write(self.at(name), text).unwrap();
        self
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn sheet(&self) -> PathBuf {
        let path = self.at("sheet.tsv");
        fs::write(&path, self.rows.join("\n") + "\n").unwrap();
        path
    }

    fn run(&self, output: &str, more: &[&str]) -> Run {
        run_batch(&self.sheet(), "pipelines/rare-disease-wgs.toml", bundle(), &self.at(output), more)
    }

    fn report(&self) -> Report {
        self.run("out", &[]).expect_code(0);
        report(&self.at("out"), "F1")
    }

    /// The one answer about the one variant of the proband.
    fn answer(&self) -> LookUpAnswer {
        self.report().looked_up[0].answers[0].clone()
    }
}

/// The proband alone, with these records in a plain VCF.
fn alone(variant: &str, records: &[&str]) -> LookUpAnswer {
    Case::new("R9044.1", variant, "yes").vcf("family.vcf", &["P1"], records).answer()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

#[test]
fn each_genotype_has_its_answer() {
    let record = |sample: &str| format!("chr1 5824 . C A 300 PASS . GT:AD:DP:GQ {sample}");
    let table = [
        ("0/1:20,20:40:99", CARRIED, "heterozygous"),
        ("1|1:0,31:31:90", CARRIED, "homozygous"),
        ("./1:9,21:30:99", CARRIED, "carried; the other copy was not called"),
        ("0/0:30,0:30:99", NOT_CARRIED, "called without the variant (0/0)"),
        ("./.:.:.:.", NOT_EVALUABLE, "the record lists the variant but has no genotype"),
        ("./0:15,0:15:99", NOT_EVALUABLE, "only partially called (./0)"),
        ("0/1:20,20:40:12", NOT_EVALUABLE, "genotype quality 12 is below 20"),
        ("0/1:3,3:6:99", NOT_EVALUABLE, "depth 6 is below 8"),
        ("0/0:7,0:7:99", NOT_EVALUABLE, "depth 7 is below 8"),
        ("0/0:30,0:30:5", NOT_EVALUABLE, "genotype quality 5 is below 20"),
        ("0/0:21,9:30:50", NOT_EVALUABLE, "9 of 30 reads support it"),
        ("0/1:39,1:40:99", NOT_EVALUABLE, "allele balance"),
    ];
    for (sample, state, words) in table {
        let answer = alone(SNV, &[&record(sample)]);
        assert_eq!(answer.state, state, "{sample}: {answer:?}");
        assert!(answer.words.contains(words), "{sample}: {}", answer.words);
        let known = answer.zygosity != Zygosity::Unknown;
        assert_eq!(known, state != NOT_EVALUABLE, "{sample}: {answer:?}");
    }
    let answer = alone(SNV, &[&record("0/1:20,20:40:98")]);
    assert_eq!((answer.depth, answer.quality), (Some(40), Some(98)));
    assert_eq!(answer.allele_balance.unwrap().to_string(), "0.500");
    assert_eq!((answer.genotype.as_deref(), answer.filter.as_deref()), (Some("0/1"), Some("PASS")));
    assert_eq!(answer.input.unwrap().record, Some(1));
}

#[test]
fn a_filtered_record_is_no_answer_and_another_one_may_be() {
    let filtered = "chr1 5824 . C A 300 LowQual . GT:AD:DP:GQ 0/1:20,20:40:99";
    let answer = alone(SNV, &[filtered]);
    assert_eq!(answer.state, NOT_EVALUABLE);
    assert!(answer.words.contains("FILTER is LowQual") && answer.words.contains("0/1"), "{}", answer.words);
    let passing = "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99";
    assert_eq!(alone(SNV, &[filtered, passing]).state, CARRIED);
    let other = "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/0:40,0:40:99";
    let answer = alone(SNV, &[passing, other]);
    assert_eq!(answer.state, NOT_EVALUABLE);
    assert!(answer.words.contains("records in the file disagree"), "{}", answer.words);
}

#[test]
fn silence_of_a_plain_file_is_never_not_carried() {
    let elsewhere = "chr1 4704 . A T 333 PASS . GT:AD:DP:GQ 0/1:16,17:33:99";
    let answer = alone(SNV, &[elsewhere]);
    assert_eq!(answer.state, NOT_EVALUABLE);
    assert!(answer.words.contains("no record here"), "{}", answer.words);
    assert_eq!(answer.input, None);
}

#[test]
fn another_allele_at_the_place_is_said_and_not_read_as_an_answer() {
    let answer = alone(SNV, &["chr1 5824 . C T 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99"]);
    assert_eq!(answer.state, NOT_EVALUABLE);
    assert!(
        answer.words.contains("another allele is called here (chr1-5824-C-T, genotype 0/1)"),
        "{}",
        answer.words
    );
    // Both bases called as the reference's: no base there is the variant's.
    let answer = alone(SNV, &["chr1 5824 . C T 300 PASS . GT:AD:DP:GQ 0/0:40,0:40:99"]);
    assert_eq!(answer.state, NOT_CARRIED, "{}", answer.words);
    // A genotype of single bases says nothing of a deletion.
    let answer = alone(DELETION, &["chr2 62572 . T C 300 PASS . GT:AD:DP:GQ 0/0:40,0:40:99"]);
    assert_eq!(answer.state, NOT_EVALUABLE, "{}", answer.words);
    // The change as part of a longer one.
    let answer = alone(SNV, &["chr1 5823 . TC GA 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99"]);
    assert_eq!(answer.state, NOT_EVALUABLE, "{}", answer.words);
}

#[test]
fn a_file_of_another_reference_is_no_answer() {
    let answer = alone(SNV, &["chr1 5824 . G A 300 PASS . GT:AD:DP:GQ 0/0:40,0:40:99"]);
    assert_eq!(answer.state, NOT_EVALUABLE);
    assert!(answer.words.contains("REF differs from the reference"), "{}", answer.words);
}

/// A joint file read by its index, and the same file without one.
#[test]
fn an_index_changes_no_answer() {
    let folder = root().join("test-data/families/SIM007");
    let look_up = |index: bool| {
        let mut case = Case::new("R9044.1", "chr3-46546-C-T;chr3-48327-C-A;chr3-48328-A-C", "yes");
        case = case.member("M", "female", "family.vcf").member("F", "male", "family.vcf");
        let mut rows: Vec<String> =
            case.rows.iter().map(|row| row.replace("family.vcf", "SIM007.vcf.gz")).collect();
        for (row, sample) in
            rows.iter_mut().zip(["vcf_sample", "LP9007-DNA_C", "LP9007-DNA_A", "LP9007-DNA_B"])
        {
            *row += &format!("\t{sample}");
        }
        let case = Case { rows, ..case };
        fs::copy(folder.join("SIM007.vcf.gz"), case.at("SIM007.vcf.gz")).unwrap();
        if index {
            fs::copy(folder.join("SIM007.vcf.gz.tbi"), case.at("SIM007.vcf.gz.tbi")).unwrap();
        }
        let mut looked_up = case.report().looked_up;
        let inputs =
            looked_up.iter_mut().flat_map(|one| &mut one.answers).filter_map(|answer| answer.input.as_mut());
        for input in inputs {
            // By the index nobody counts the records before it.
            assert_eq!(input.record.take().is_none(), index);
        }
        looked_up
    };
    let with = look_up(true);
    let states: Vec<Vec<LookUpState>> =
        with.iter().map(|one| one.answers.iter().map(|answer| answer.state).collect()).collect();
    assert_eq!(states[0][0], CARRIED);
    assert_eq!(states[1][0], CARRIED);
    assert_eq!(states[2], [NOT_EVALUABLE; 3]);
    let carriers = |at: usize| states[at][1..].iter().filter(|state| **state == CARRIED).count();
    assert_eq!((carriers(0), carriers(1)), (1, 1), "one parent each: {states:?}");
    assert_eq!(with, look_up(false));
}

#[test]
fn any_spelling_in_the_request_and_in_the_file_is_the_same_variant() {
    let spellings = [
        "chr2 62571 . GT G 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99",
        "chr2 62579 . TT T 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99",
        "chr2 62571 . GTT GT 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99",
        "chr2 62571 . GTT GTTT,GT 300 PASS . GT:AD:DP:GQ 0/2:20,0,20:40:99",
        "chr2 62580 . TG G 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99",
    ];
    for record in spellings {
        for asked in [DELETION, "2-62571-GT-G", "chr2-62579-TT-T"] {
            let answer = alone(asked, &[record]);
            assert_eq!(answer.state, CARRIED, "{asked} in {record}: {}", answer.words);
            assert_eq!(answer.zygosity, Zygosity::Heterozygous, "{asked} in {record}");
        }
    }
    let bare = Case::new("R9044.1", SNV, "yes");
    let bare =
        Case { rows: bare.rows.iter().map(|row| row.replace("family.vcf", "bare.vcf")).collect(), ..bare }
            .vcf("bare.vcf", &["P1"], &["1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99"]);
    assert_eq!(bare.answer().state, CARRIED);
}

#[test]
fn a_record_of_several_alleles_answers_for_each() {
    let record = |gt: &str| format!("chr1 5824 . C T,A 300 PASS . GT:AD:DP:GQ {gt}");
    let table = [
        ("0/2:20,0,20:40:99", CARRIED, Zygosity::Heterozygous),
        ("1/2:0,20,20:40:99", CARRIED, Zygosity::Heterozygous),
        ("2/2:0,0,40:40:99", CARRIED, Zygosity::Homozygous),
        ("0/1:20,20,0:40:99", NOT_CARRIED, Zygosity::NotCarried),
    ];
    for (sample, state, zygosity) in table {
        let answer = alone(SNV, &[&record(sample)]);
        assert_eq!((answer.state, answer.zygosity), (state, zygosity), "{sample}: {}", answer.words);
    }
}

#[test]
fn a_reference_block_says_what_it_saw() {
    let block = |start: u32, end: u32, sample: &str| {
        format!(
            "chr1 {start} . {} <NON_REF> . . END={end} GT:DP:GQ {sample}",
            if start == 5_824 { "C" } else { "N" }
        )
    };
    let of = |records: &[String]| {
        let case = Case::new("R9044.1", SNV, "yes");
        let rows = case.rows.iter().map(|row| row.replace("family.vcf", "blocks.vcf")).collect();
        let records: Vec<&str> = records.iter().map(String::as_str).collect();
        Case { rows, ..case }.vcf("blocks.vcf", &["P1"], &records).answer()
    };
    let answer = of(&[block(5_824, 5_900, "0/0:33:99")]);
    assert_eq!((answer.state, answer.depth), (NOT_CARRIED, Some(33)), "{}", answer.words);
    assert!(answer.words.contains("a reference block"), "{}", answer.words);
    let answer = of(&[block(5_824, 5_900, "0/0:4:12")]);
    assert_eq!(answer.state, NOT_EVALUABLE, "{}", answer.words);
    let answer = of(&[block(5_824, 5_900, "./.:0:0")]);
    assert_eq!(answer.state, NOT_EVALUABLE, "{}", answer.words);
    let later = "chr1 5830 . T <NON_REF> . . END=5900 GT:DP:GQ 0/0:33:99".replace(" T ", " N ");
    let answer = of(&[later]);
    assert!(answer.words.contains("neither a block nor a record"), "{}", answer.words);
    let with_record = "chr1 5824 . C A,<NON_REF> 300 PASS . GT:AD:DP:GQ 0/1:20,20,0:40:99".to_owned();
    assert_eq!(of(&[with_record]).state, CARRIED);
}

#[test]
fn a_single_x_is_hemizygous() {
    let case = Case::new("R9044.1", ON_X, "yes").member("M1", "male", "family.vcf").member(
        "M2",
        "male",
        "family.vcf",
    );
    let record = "chrX 43416 . A T 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99 1:0,20:20:40 1/1:0,22:22:15";
    let report = case.vcf("family.vcf", &["P1", "M1", "M2"], &[record]).report();
    let zygosity: Vec<Zygosity> = report.looked_up[0].answers.iter().map(|answer| answer.zygosity).collect();
    assert_eq!(zygosity, [Zygosity::Heterozygous, Zygosity::Hemizygous, Zygosity::Hemizygous]);
}

/// Two variants in a healthy woman, her brother, who has a file of his own, and her father, who has none.
fn family() -> Case {
    Case::new("R9044.1", &format!("{SNV};2-62579-TT-T"), "no")
        .member("B1", "male", "brother.vcf")
        .member("D1", "male", "")
        .vcf(
            "family.vcf",
            &["P1"],
            &[
                "chr1 5566 . C T 335 PASS . GT:AD:DP:GQ 0/1:20,15:35:99",
                "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99",
                // A stop in a gene of a panel: nobody asked.
                "chr1 36839 . C T 300 PASS . GT:AD:DP:GQ 1/1:0,40:40:99",
            ],
        )
        .vcf(
            "brother.vcf",
            &["B1"],
            &[
                "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/0:40,0:40:99",
                "chr2 62579 . TT T 300 PASS . GT:AD:DP:GQ 1/1:0,40:40:99",
            ],
        )
}

#[test]
fn every_variant_is_answered_in_every_member_and_nothing_else_comes_to_light() {
    let case = family();
    let report = case.report();
    let states: Vec<Vec<LookUpState>> =
        report.looked_up.iter().map(|one| one.answers.iter().map(|answer| answer.state).collect()).collect();
    assert_eq!(states, [[CARRIED, NOT_CARRIED, NOT_EVALUABLE], [NOT_EVALUABLE, CARRIED, NOT_EVALUABLE]]);
    assert_eq!(report.looked_up[0].answers[2].words, "no variant file was provided");
    assert_eq!(report.looked_up[1].variant.name, DELETION);
    assert_eq!(report.looked_up[1].written, "2-62579-TT-T");
    let effect = &report.looked_up[0].effects[0];
    assert_eq!(effect.gene.symbol, "QEBA2");
    assert!(effect.nomenclature.coding.as_deref().unwrap().ends_with(":c.275C>A"), "{effect:?}");
    assert!(effect.nomenclature.protein.as_deref().unwrap().contains("Ser92Ter"), "{effect:?}");

    let sentence = &report.headline.sentence;
    for words in [
        "c.275C>A: carried by P1 (heterozygous); not carried by B1; not evaluable in D1.",
        "No other variant or gene was analysed",
    ] {
        assert!(sentence.contains(words), "{words}: {sentence}");
    }
    assert!(!sentence.contains("found"), "{sentence}");
    assert_eq!(report.headline.notices.iter().filter(|n| n.contains("not evaluable in")).count(), 3);
    assert_eq!(report.headline.notices.len(), 3, "{:?}", report.headline.notices);
    assert!(report.findings.is_empty() && report.untiered.is_empty() && report.off_panel.is_empty());
    let folder = case.at("out/F1");
    for name in ["report.json", "report.html", "named_variants.tsv"] {
        assert!(!text(&folder.join(name)).contains("36839"), "{name} tells of a variant nobody asked about");
    }
    let html = text(&folder.join("report.html"));
    for words in
        ["Variants looked up", "No gene was analysed", "no variant file was provided", "not evaluable"]
    {
        assert!(html.contains(words), "{words}");
    }
    for words in ["No Tier 1 or Tier 2 variant", "No Tier 3 variant", "every allele could be evaluated"] {
        assert!(!html.contains(words), "{words}");
    }
    let table = text(&folder.join("named_variants.tsv"));
    assert_eq!(table.lines().count(), 1 + 2 * 3, "{table}");
    let cells = table.lines().next().unwrap().split('\t').count();
    assert!(table.lines().all(|line| line.split('\t').count() == cells), "{table}");
    assert!(text(&folder.join("DONE.json")).contains("named_variants.tsv"));
}

#[test]
fn thread_counts_and_stored_plans_give_the_same_bytes() {
    let case = family();
    case.run("one", &["--threads", "1"]).expect_code(0);
    case.run("two", &["--threads", "2"]).expect_code(0);
    let (sheet, plans) = (case.sheet(), case.at("plans"));
    let at = |path: &str| root().join(path).to_str().unwrap().to_owned();
    let knowledge = [
        "--pipeline",
        &at("pipelines/rare-disease-wgs.toml"),
        "--reference",
        bundle().to_str().unwrap(),
        "--directory",
        &at("test-data/directory/test-directory.csv"),
        "--panels",
        &at("test-data/panels"),
    ]
    .map(str::to_owned);
    let plan = |more: &[&str]| {
        let mut arguments = vec!["plan", sheet.to_str().unwrap()];
        arguments.extend(knowledge.iter().map(String::as_str));
        arguments.extend(more);
        ithaca(arguments).expect_code(0).stdout
    };
    let shown = plan(&["--output", plans.to_str().unwrap()]);
    assert!(shown.contains(SNV) && shown.contains("chr2-62571-GT-G (written 2-62579-TT-T)"), "{shown}");
    assert!(shown.contains("nothing else is analysed"), "{shown}");
    let export = |format: &str, more: &[&str]| {
        let (plan, out) = (plans.join("F1"), case.at("export"));
        let mut arguments = vec!["plan", "export", plan.to_str().unwrap(), "--format", format];
        arguments.extend(["--output", out.to_str().unwrap()]);
        arguments.extend(more);
        (ithaca(arguments), out)
    };
    let (_, bed) = export("bed", &["--reference", bundle().to_str().unwrap(), "--padding", "2"]);
    assert!(text(&bed).contains("chr1\t5821\t5826\tchr1-5824-C-A\n"), "{}", text(&bed));
    assert!(export("genepanels", &[]).0.stderr.contains("analyses no gene"));
    case.run("locked", &["--plans", plans.to_str().unwrap()]).expect_code(0);
    let files = |name: &str| {
        let mut files = files_below(&case.at(name));
        files.retain(|name, _| !name.ends_with("provenance.json"));
        files
    };
    let one = files("one");
    assert!(one.contains_key("F1/named_variants.tsv"));
    assert!(one == files("two") && one == files("locked"));

    // Another variant in the samplesheet is not the one that was locked.
    let rows = case.rows.iter().map(|row| row.replace(SNV, ON_X)).collect();
    let other = Case { rows, ..case };
    let run = other.run("other", &["--plans", plans.to_str().unwrap()]);
    assert_ne!(run.code, 0);
    assert!(run.stderr.contains("variants of the request"), "{}", run.stderr);
}

#[test]
fn a_named_variant_is_explained_and_another_one_is_not_told() {
    let case = family();
    case.run("out", &[]).expect_code(0);
    let folder = case.at("out/F1");
    let explain =
        |variant| ithaca(["explain", "--results", folder.to_str().unwrap(), variant]).expect_code(0).stdout;
    let told = explain("1-5824-C-A");
    for words in ["Looked up by name", "carried: heterozygous", "not carried", "no variant file was provided"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    let other = explain("chr1-36839-C-T");
    assert!(other.contains("was not examined"), "{other}");
    assert!(!other.contains("homozygous") && !other.contains("copies"), "{other}");
}

#[test]
fn with_a_panel_both_are_done_and_no_filter_hides_the_named_variant() {
    // Common in every population, and dropped by the analysis of genes.
    let common = "chr1-11356-GT-G";
    let case = Case::new("R9001.1;R9044.1", common, "yes").vcf(
        "family.vcf",
        &["P1"],
        &[
            "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99",
            "chr1 11356 . GT G 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99",
        ],
    );
    let report = case.report();
    assert_eq!(report.looked_up[0].answers[0].state, CARRIED);
    assert_eq!(report.findings.len(), 1, "{:?}", report.headline);
    assert!(report.headline.sentence.contains("carried by P1"), "{}", report.headline.sentence);
    assert!(report.headline.sentence.contains("Tier 1"), "{}", report.headline.sentence);
    let folder = case.at("out/F1");
    let told = ithaca(["explain", "--results", folder.to_str().unwrap(), common]).expect_code(0).stdout;
    assert!(told.contains("Looked up by name") && told.contains("dropped  population frequency"), "{told}");
}

#[test]
fn a_variant_that_cannot_be_looked_up_is_refused() {
    let table = [
        ("chr1-5824-G-A", "the reference has C there"),
        ("chr9-5-A-T", "no contig 'chr9'"),
        ("BRCA1 c.68_69del", "four parts are needed"),
        ("chr1-5824-C-C", "REF and ALT are the same"),
        ("chr1-0-A-T", "'0' is not a position"),
        ("chr1-5824-C-<DEL>", "REF and ALT must be bases"),
        ("chr1-300001-A-T", "300000 bases"),
        ("", "name it in the samplesheet's variants column"),
    ];
    for (variant, words) in table {
        let case = Case::new("R9044.1", variant, "yes").vcf("family.vcf", &["P1"], &[]);
        let run = case.run("out", &[]).expect_code(1);
        assert!(run.stderr.contains(words), "{variant}: {}", run.stderr);
        assert!(!case.at("out/F1").exists());
    }
    let healthy =
        Case::new("R9001.1", SNV, "no").vcf("family.vcf", &["P1"], &[]).run("out", &[]).expect_code(1);
    assert!(healthy.stderr.contains("no gene can be analysed"), "{}", healthy.stderr);
    let nobody = Case::new("R9044.1", SNV, "yes");
    let rows = nobody.rows.iter().map(|row| row.replace("family.vcf", "")).collect();
    let run = Case { rows, ..nobody }.run("out", &[]).expect_code(1);
    assert!(run.stderr.contains("no participant has a VCF"), "{}", run.stderr);
}
