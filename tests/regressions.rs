//! Defects that were found in the real program, one test each, named for what was wrong.

use std::fs;
use std::path::{Path, PathBuf};

use ithaca::report::model::{FrequencyState, Report};

use crate::program::{Run, files_below, ithaca, root, run_batch};
use crate::world::bundle;

/// The text of a path below the repository.
fn at(path: &str) -> String {
    root().join(path).to_str().unwrap().to_owned()
}

const GENOME: &str = "pipelines/rare-disease-wgs.toml";
const PANEL: &str = "pipelines/rare-disease-panel.toml";

/// Runs one referral of a samplesheet over a bundle.
fn run_over(bundle: &Path, samplesheet: &Path, referral: &str, output: &Path) -> Run {
    run_batch(samplesheet, GENOME, bundle, output, &["--only", referral])
}

fn run(referral: &str, output: &Path) -> Run {
    run_over(bundle(), &root().join("test-data/samplesheet.tsv"), referral, output)
}

/// Writes a samplesheet of one proband with this VCF text.
fn lone_proband(folder: &Path, vcf: &str) -> PathBuf {
    fs::write(folder.join("proband.vcf"), vcf).unwrap();
    let samplesheet = folder.join("samplesheet.tsv");
    let row = "R1\tP1\tfemale\tproband.vcf\tR9001.1\n";
    fs::write(&samplesheet, format!("referral\tparticipant\tsex\tvcf\ttest_code\n{row}")).unwrap();
    samplesheet
}

fn explain(results: &Path, variant: &str) -> Run {
    ithaca(["explain", "--results", results.to_str().unwrap(), variant])
}

#[test]
fn explain_reads_the_plan_that_run_stored() {
    let output = tempfile::tempdir().unwrap();
    run("SIM001", output.path()).expect_code(0);
    let results = output.path().join("SIM001");
    for (variant, words) in [
        ("chr1-5824-C-A", "In the report: Tier 1."),
        ("1-5824-CG-AG", "In the report: Tier 1."),
        ("chr1-11362-TTTTGG-TTTGG", "Not in the report: more frequent"),
        ("chr1-29470-G-A", "Not in the report: no qualifying consequence"),
        ("chr1-29470-G-T", "Not in the report: the allele is not in the input"),
    ] {
        let told = explain(&results, variant).expect_code(0);
        assert!(told.stdout.contains(words), "{variant}: {}", told.stdout);
    }
}

#[test]
fn explain_names_the_rules_that_would_drop_it_next() {
    let output = tempfile::tempdir().unwrap();
    run("SIM001", output.path()).expect_code(0);
    let told = explain(&output.path().join("SIM001"), "chr2-8538-A-T").expect_code(0);
    assert!(told.stdout.contains("would then be dropped by genotype quality"), "{}", told.stdout);
}

#[test]
fn explain_refuses_a_variant_that_the_reference_contradicts() {
    let output = tempfile::tempdir().unwrap();
    run("SIM001", output.path()).expect_code(0);
    for (variant, words) in [
        ("chr1-29470-C-T", "the reference has G there"),
        ("chr1-99999999-G-T", "chr1 has 300000 bases"),
        ("chr1-29470-G-G", "the same"),
    ] {
        let told = explain(&output.path().join("SIM001"), variant).expect_code(2);
        assert!(told.stderr.contains(words), "{variant}: {}", told.stderr);
    }
}

#[test]
fn explain_refuses_a_variant_file_that_changed_since_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let heading = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=300000>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n";
    let record = "chr1\t5824\t.\tC\tA\t.\tPASS\t.\tGT\t0/1\n";
    let samplesheet = lone_proband(folder.path(), &format!("{heading}{record}"));
    let output = folder.path().join("results");
    run_over(bundle(), &samplesheet, "R1", &output).expect_code(0);
    explain(&output.join("R1"), "chr1-5824-C-A").expect_code(0);
    fs::write(folder.path().join("proband.vcf"), heading).unwrap();
    let told = explain(&output.join("R1"), "chr1-5824-C-A").expect_code(4);
    assert!(told.stderr.contains("proband.vcf"), "{}", told.stderr);
}

#[test]
fn a_manifest_builds_its_bundle_in_an_output_folder_that_is_not_there_yet() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = root().join("test-data/reference/reference.toml");
    let output = folder.path().join("new/results");
    run_over(&manifest, &root().join("test-data/samplesheet.tsv"), "SIM001", &output).expect_code(0);
    assert!(output.join("SIM001/DONE.json").exists());
}

#[test]
fn a_damaged_genome_gives_no_results() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files_below(bundle()) {
        let damaged = folder.path().join("bundle").join(&name);
        fs::create_dir_all(damaged.parent().unwrap()).unwrap();
        fs::write(damaged, content).unwrap();
    }
    let genome = folder.path().join("bundle/genome.bin");
    let mut bytes = fs::read(&genome).unwrap();
    // One base in every block of 64 KiB: which of them a referral looks at is not the test's matter.
    for at in (1_000..bytes.len()).step_by(1 << 16) {
        bytes[at] ^= 0x55;
    }
    fs::write(&genome, bytes).unwrap();
    let output = folder.path().join("results");
    let samplesheet = root().join("test-data/samplesheet.tsv");
    let told = run_over(&folder.path().join("bundle"), &samplesheet, "SIM001", &output).expect_code(4);
    assert!(told.stderr.contains("genome.bin"), "{}", told.stderr);
    assert!(!output.join("SIM001").exists());
}

#[test]
fn an_output_folder_that_cannot_be_made_is_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let told = run("SIM001", &folder.path().join("file/results")).expect_code(2);
    assert!(told.stderr.contains("check --output"), "{}", told.stderr);
}

#[test]
fn a_folder_of_somebody_else_is_not_replaced_by_results() {
    let output = tempfile::tempdir().unwrap();
    let theirs = output.path().join("SIM001/notes.txt");
    fs::create_dir(output.path().join("SIM001")).unwrap();
    fs::write(&theirs, "keep").unwrap();
    let told = run("SIM001", output.path()).expect_code(1);
    assert!(theirs.exists() && told.stdout.contains("to do: remove it"), "{}", told.stdout);
}

#[test]
fn a_file_without_usable_alleles_is_not_told_as_a_plain_negative_result() {
    let heading = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=300000>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n";
    let unfiltered = "chr1\t5824\t.\tC\tA\t.\t.\t.\tGT\t0/1\n";
    let no_genotype = "chr1\t5824\t.\tC\tA\t.\tPASS\t.\tDP\t40\n";
    for (records, words) in [
        ("", "no allele to analyse"),
        (unfiltered, "1 of 1 alleles were not analysed"),
        (no_genotype, "contain genotypes (GT)"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let samplesheet = lone_proband(folder.path(), &format!("{heading}{records}"));
        let output = folder.path().join("results");
        run_over(bundle(), &samplesheet, "R1", &output).expect_code(0);
        let text = fs::read_to_string(output.join("R1/report.json")).unwrap();
        let report: Report = serde_json::from_str(&text).unwrap();
        assert!(report.headline.notices.iter().any(|notice| notice.contains(words)), "{:?}", report.headline);
    }
}

#[test]
fn a_panel_sees_a_known_pathogenic_variant_deep_in_an_intron() {
    let output = tempfile::tempdir().unwrap();
    let samplesheet = root().join("test-data/samplesheet.tsv");
    run_batch(&samplesheet, PANEL, bundle(), output.path(), &["--only", "SIM018"]).expect_code(0);
    let text = fs::read_to_string(output.path().join("SIM018/report.json")).unwrap();
    let report: Report = serde_json::from_str(&text).unwrap();
    assert_eq!(report.findings[0].variant.name, "chr1-85955-A-T");
}

#[test]
fn a_missing_genotype_is_not_counted_as_not_carried() {
    let folder = tempfile::tempdir().unwrap();
    let vcf = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=300000>\n\
               ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
               #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1\n\
               chr1\t5824\t.\tC\tA\t50\tPASS\t.\tGT\t./.\n";
    let samplesheet = lone_proband(folder.path(), vcf);
    let output = folder.path().join("out");
    run_over(bundle(), &samplesheet, "R1", &output).expect_code(0);
    let text = fs::read_to_string(output.join("R1/report.json")).unwrap();
    let report: Report = serde_json::from_str(&text).unwrap();
    let dropped = |rule: &str| report.funnel.steps().iter().find(|s| s.rule == rule).unwrap().dropped;
    assert_eq!((dropped("genotype_unknown"), dropped("not_carried")), (1, 0));
}

#[test]
fn a_singleton_is_not_told_of_a_de_novo_call_that_cannot_be_made() {
    let output = tempfile::tempdir().unwrap();
    run("SIM001", output.path()).expect_code(0);
    let text = fs::read_to_string(output.path().join("SIM001/report.json")).unwrap();
    let report: Report = serde_json::from_str(&text).unwrap();
    let reasons = report.findings[0].tier.reasons.join(" ");
    assert!(!reasons.to_lowercase().contains("de novo call"), "{reasons}");
}

#[test]
fn running_one_referral_again_keeps_the_others_in_the_batch() {
    let output = tempfile::tempdir().unwrap();
    run("SIM001", output.path()).expect_code(0);
    run("SIM006", output.path()).expect_code(0);
    let text = fs::read_to_string(output.path().join("batch.json")).unwrap();
    assert!(text.contains("SIM001") && text.contains("SIM006"), "{text}");
}

#[test]
fn annotate_refuses_a_file_of_another_build() {
    let output = tempfile::tempdir().unwrap().path().join("out.tsv");
    fs::create_dir_all(output.parent().unwrap()).unwrap();
    let run = ithaca([
        "annotate",
        "--reference",
        bundle().to_str().unwrap(),
        &at("test-data/families/FAULT10/proband.vcf.gz"),
        "-o",
        output.to_str().unwrap(),
    ])
    .expect_code(3);
    assert!(run.stderr.contains("another build"), "{}", run.stderr);
    assert!(!output.exists());
    fs::remove_dir_all(output.parent().unwrap()).unwrap();
}

/// The report of a lone proband whose VCF is this text, and what `explain` says of a variant.
fn lone_report(folder: &Path, vcf: &str) -> Report {
    let samplesheet = lone_proband(folder, vcf);
    let output = folder.join("results");
    run_over(bundle(), &samplesheet, "R1", &output).expect_code(0);
    let text = fs::read_to_string(output.join("R1/report.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_text_file_that_ends_too_soon_is_told_beside_the_headline() {
    let whole = "##fileformat=VCFv4.3\n##contig=<ID=chr1,length=300000>\n\
                 ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
                 #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1\n\
                 chr1\t5824\t.\tC\tA\t50\tPASS\t.\tGT\t0/1\n";
    let folder = tempfile::tempdir().unwrap();
    let notices = lone_report(folder.path(), whole.trim_end()).headline.notices;
    assert!(notices.iter().any(|n| n.contains("ends at chr1:5824 without a line feed")), "{notices:?}");
    assert!(notices.iter().any(|n| n.contains("no record on chr2, chr3, chrX")), "{notices:?}");
    let folder = tempfile::tempdir().unwrap();
    let notices = lone_report(folder.path(), whole).headline.notices;
    assert!(!notices.iter().any(|n| n.contains("line feed")), "{notices:?}");

    // Cut within a value that makes the line unreadable: the message names the likely cause.
    let folder = tempfile::tempdir().unwrap();
    let cut = whole.trim_end().strip_suffix("\tGT\t0/1").unwrap();
    let samplesheet = lone_proband(folder.path(), cut);
    let run = run_over(bundle(), &samplesheet, "R1", &folder.path().join("results")).expect_code(1);
    assert!((run.stdout + &run.stderr).contains("may be truncated"));
}

#[test]
fn a_file_in_the_place_of_the_results_is_named_once() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("results");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("SIM001"), "a file").unwrap();
    let run = run("SIM001", &output).expect_code(1);
    let told = run.stdout + &run.stderr;
    assert!(told.contains("a file without DONE.json is there"), "{told}");
    assert!(!told.contains("results of an earlier run"), "{told}");
}

/// A frequency between the dominant and the recessive limit: the family fits the dominant mode, and the frequency alone
/// rules it out.
#[test]
fn explain_names_the_dominant_limit_where_that_is_what_stopped_the_variant() {
    let folder = tempfile::tempdir().unwrap();
    let pipeline = fs::read_to_string(at(GENOME)).unwrap();
    let rules = root().join("pipelines/rules");
    let pipeline = pipeline.replace("\"rules/", &format!("\"{}/", rules.display()));
    let limit = |line: &str| match line.split(" = ").next().unwrap_or_default() {
        "dominant" => "dominant = 0.000001\n".to_owned(),
        "recessive" => "recessive = 1.0\n".to_owned(),
        _ => format!("{line}\n"),
    };
    let lines: String = pipeline.lines().map(limit).collect();
    let path = folder.path().join("pipeline.toml");
    fs::write(&path, lines).unwrap();
    let output = folder.path().join("results");
    let sheet = root().join("test-data/samplesheet.tsv");
    run_batch(&sheet, path.to_str().unwrap(), bundle(), &output, &["--only", "SIM001"]).expect_code(0);
    let told = explain(&output.join("SIM001"), "chr1-11356-GT-G").expect_code(0).stdout;
    assert!(
        told.contains("ruled out dominant      too common") && told.contains("allowed   recessive"),
        "{told}"
    );
    assert!(told.contains("Segregation does not exclude autosomal dominant"), "{told}");
    assert!(told.contains("times the dominant limit of 0.000001"), "{told}");
}

#[test]
fn a_sample_that_does_not_fit_is_told_beside_the_headline_and_without_relatives_that_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    // The girl of the first referral, alone and registered as a boy.
    let sheet = fs::read_to_string(root().join("test-data/samplesheet.tsv")).unwrap();
    let heading: Vec<&str> = sheet.lines().next().unwrap().split('\t').collect();
    let row = sheet.lines().find(|line| line.starts_with("SIM001\t") && line.contains("proband")).unwrap();
    let files = root().join("test-data");
    let cells: Vec<String> = heading
        .iter()
        .zip(row.split('\t'))
        .map(|(column, cell)| match *column {
            "sex" if cell == "female" => "male".to_owned(),
            "sex" => "female".to_owned(),
            "mother" | "father" | "alignments" => String::new(),
            "vcf" => files.join(cell).display().to_string(),
            _ => cell.to_owned(),
        })
        .collect();
    let path = folder.path().join("sheet.tsv");
    fs::write(&path, format!("{}\n{}\n", heading.join("\t"), cells.join("\t"))).unwrap();
    let output = folder.path().join("out");
    run_over(bundle(), &path, "SIM001", &output).expect_code(0);
    let report = fs::read_to_string(output.join("SIM001/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let notices = report["headline"]["notices"].to_string();
    assert!(notices.contains("are not consistent with the stated family"), "{notices}");
    let checks = report["input_checks"].to_string();
    assert!(checks.contains("cop") && !checks.contains("relatives"), "{checks}");
}

/// What `explain` and the report say of SIM001's cause, where this is all that the table of frequencies holds.
fn cause_with_frequencies(name: &str, text: &str) -> (String, Vec<FrequencyState>) {
    let folder = tempfile::tempdir().unwrap();
    let world = root().join("test-data/reference");
    let manifest = fs::read_to_string(world.join("reference.toml")).unwrap();
    let there = |file: &str| format!("{}/{file}", world.display());
    let manifest = ["genome.fa.gz", "transcripts.ensembl.gff3.gz", "genes.tsv", "assertions.vcf.gz"]
        .iter()
        .fold(manifest, |text, file| text.replace(&format!("\"{file}\""), &format!("\"{}\"", there(file))));
    fs::write(folder.path().join("m.toml"), manifest.replace("frequencies.vcf.gz", name)).unwrap();
    fs::write(folder.path().join(name), text.replace(' ', "\t")).unwrap();
    let at = |file: &str| folder.path().join(file).to_str().unwrap().to_owned();
    ithaca(["reference", "build", "--manifest", &at("m.toml"), "--output", &at("bundle")]).expect_code(0);
    let output = folder.path().join("out");
    let samplesheet = root().join("test-data/samplesheet.tsv");
    run_over(&folder.path().join("bundle"), &samplesheet, "SIM001", &output).expect_code(0);
    let told = explain(&output.join("SIM001"), "chr1-5824-C-A").expect_code(0).stdout;
    let report = fs::read_to_string(output.join("SIM001/report.json")).unwrap();
    let report: Report = serde_json::from_str(&report).unwrap();
    let states = report.findings.iter().filter(|finding| finding.variant.name == "chr1-5824-C-A");
    let nfe = states.flat_map(|finding| finding.frequencies.iter().filter(|row| row.population == "NFE"));
    (told, nfe.map(|row| row.state.clone()).collect())
}

const COUNTS: &str = "##fileformat=VCFv4.2\n##INFO=<ID=AC_nfe,Number=.,Type=Integer,Description=\"c\">\n\
                      ##INFO=<ID=AN_nfe,Number=1,Type=Integer,Description=\"n\">\n\
                      ##INFO=<ID=AF_nfe,Number=.,Type=Float,Description=\"f\">\n\
                      #CHROM POS ID REF ALT QUAL FILTER INFO\n";

#[test]
fn a_common_allele_is_common_in_whatever_form_its_table_says_so() {
    let record = |alternates: &str, info: &str| format!("{COUNTS}chr1 5824 . C {alternates} . . {info}\n");
    let heading = "chrom pos ref alt AC_nfe AN_nfe AF_nfe\n";
    for (name, text) in [
        ("f.vcf", record("A,G", "AC_nfe=5000,1;AN_nfe=10000;AF_nfe=0.5,0.0001")),
        ("f.vcf", record("A", "AC_nfe=-5000;AN_nfe=10000;AF_nfe=0.5")),
        ("f.vcf", record("A", "AC_nfe=5000;AN_nfe=0;AF_nfe=0.5")),
        ("f.tsv", format!("{heading}chr1 5824 C A 5000 10000 0.5\nchr1 5824 C A 6000 100000000 0.00006\n")),
        ("f.tsv", format!("{heading}chr1 5824 C A,G 5000,1 10000 0.5,0.0001\n")),
        ("f.tsv", "#CHROM POS ID REF ALT AC_nfe AN_nfe\nchr1 5824 . C A 5000 10000\n".to_owned()),
    ] {
        let (told, states) = cause_with_frequencies(name, &text);
        assert!(states.is_empty() && told.contains("Not in the report: more frequent"), "{text}{told}");
    }
}

#[test]
fn an_allele_whose_frequency_cannot_be_read_is_not_said_to_be_absent() {
    for info in ["AC_nfe=5000;AN_nfe=10000;AC_nfe=1", "AC_nfe=5000,3;AN_nfe=10000", "AC_nfe=-1;AN_nfe=10000"]
    {
        let (told, states) =
            cause_with_frequencies("f.vcf", &format!("{COUNTS}chr1 5824 . C A . . {info}\n"));
        assert_eq!(states, [FrequencyState::WithoutFrequency], "{info}");
        let words = "gnomad_genomes lists the allele without a readable frequency";
        assert!(told.contains(words) && told.contains("recessive limit 0.01"), "{told}");
    }
}

#[test]
fn calls_without_figures_are_reported_with_the_headline() {
    let vcf = |format: &str, call: &str| {
        format!(
            "##fileformat=VCFv4.3\n##contig=<ID=chr1,length=300000>\n\
             ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
             ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Genotype quality\">\n\
             ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n\
             ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Reads\">\n\
             #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP1\n\
             chr1\t5824\t.\tC\tA\t50\tPASS\t.\t{format}\t{call}\n"
        )
    };
    for (format, call, missing) in [
        ("GT", "0/1", Some("give no GQ, DP or AD,")),
        ("GT:GQ:DP", "0/1:60:30", Some("give no AD,")),
        ("GT:GQ:DP:AD", "0/1:60:30:15,15", None),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let report = lone_report(folder.path(), &vcf(format, call));
        let notices: Vec<&String> = report
            .headline
            .notices
            .iter()
            .filter(|notice| notice.contains("quality floors on these were not applied"))
            .collect();
        match missing {
            Some(words) => {
                assert!(notices.len() == 1 && notices[0].contains(words), "{notices:?}");
                assert!(notices[0].contains("Weak calls of P1"), "{notices:?}");
                let checks = &report.input_checks.checks;
                assert!(
                    checks.iter().any(|c| c.subject == "P1" && c.message.contains("of 1 calls")),
                    "{checks:?}"
                );
            }
            None => assert!(notices.is_empty(), "{notices:?}"),
        }
        assert!(folder.path().join("results/R1/variants.tsv").is_file());
    }
}
