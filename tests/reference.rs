//! The knowledge bundle: built, opened, damaged and refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ithaca::model::allele::Allele;
use ithaca::model::contig::ContigId;
use ithaca::model::gene::HgncId;
use ithaca::model::position::Interval;
use ithaca::reference::build::from_manifest;
use ithaca::reference::bundle::Bundle;
use ithaca::reference::genes::{NameKind, Resolution};
use ithaca::reference::sites::SiteValue;

/// Writes the sources of a small world into a folder.
fn sources(folder: &Path) -> PathBuf {
    let sequence = "ACGTTTTTTACGCGCGATTACAGGATCCATGAAATAGCCC".repeat(10);
    fs::write(folder.join("g.fa"), format!(">chr1\n{sequence}\n>chrX\nACGTN\n>chrY\nACGTR\n")).unwrap();
    fs::write(
        folder.join("t.gff3"),
        "##gff-version 3\n\
         1\te\tgene\t21\t40\t.\t+\t.\tID=gene:ENSG1;Name=OLD1;biotype=protein_coding;version=2\n\
         1\te\tmRNA\t21\t40\t.\t+\t.\tID=transcript:ENST1;Parent=gene:ENSG1;biotype=protein_coding;version=3\n\
         1\te\texon\t21\t40\t.\t+\t.\tParent=transcript:ENST1\n\
         1\te\tCDS\t28\t36\t.\t+\t0\tParent=transcript:ENST1;protein_id=ENSP1\n",
    )
    .unwrap();
    fs::write(
        folder.join("genes.tsv"),
        "hgnc_id\tsymbol\tprev_symbol\talias_symbol\tensembl_gene_id\nHGNC:7\tNEW1\tOLD1\tNICK\tENSG1\n",
    )
    .unwrap();
    fs::write(
        folder.join("s.vcf"),
        "##fileformat=VCFv4.2\n##INFO=<ID=AC,Number=A,Type=Integer,Description=\"c\">\n\
         #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr1\t8\t.\tTT\tT\t.\t.\tAC=5\nchr1\t2\t.\tC\tA\t.\t.\tAC=0\n",
    )
    .unwrap();
    let manifest = folder.join("reference.toml");
    fs::write(
        &manifest,
        "assembly = \"Penelope1\"\nfasta = \"g.fa\"\ntranscripts = [\"t.gff3\"]\ngenes = \"genes.tsv\"\n\
         [pseudoautosomal]\nx = [\"1-3\"]\ny = [\"1-3\"]\n\
         [[sites]]\nname = \"freq\"\nfile = \"s.vcf\"\nfields = [\"AC\"]\nversion = \"1\"\nlicence = \"CC0-1.0\"\n",
    )
    .unwrap();
    manifest
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    ["header.json", "genome.bin", "transcripts.bin", "genes.tsv", "sites/freq.bin"]
        .map(|name| (name.to_owned(), fs::read(folder.join(name)).unwrap()))
        .to_vec()
}

fn ithaca(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ithaca")).args(arguments).output().unwrap()
}

#[test]
fn a_bundle_holds_what_its_sources_say() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("bundle");
    let summary = from_manifest(&sources(folder.path()), &output).unwrap();
    assert_eq!((summary.ambiguous, summary.unknown, summary.unchanged), (1, 1, false));
    let bundle = Bundle::open(&output).unwrap();
    bundle.verify().unwrap();
    assert_eq!(bundle.hash(), summary.hash);
    assert_eq!(bundle.assembly().name(), "Penelope1");
    assert_eq!(bundle.pseudoautosomal().x, [Interval::new(0, 3)]);
    assert_eq!(bundle.genome().bases(ContigId(0), Interval::new(0, 5)), b"ACGTT");
    let view = bundle.transcripts().get(0);
    assert_eq!((view.accession, view.coding.unwrap().cds), ("ENST1.3", Interval::new(7, 16)));
    let gene = bundle.transcripts().gene(view.gene);
    assert_eq!(
        (gene.hgnc_id, gene.symbol.as_str(), gene.source_id.as_str()),
        (Some(HgncId(7)), "NEW1", "ENSG1.2")
    );
    let found = Resolution::Gene { hgnc_id: HgncId(7), symbol: "NEW1".to_owned(), by: NameKind::Alias };
    assert_eq!(bundle.genes().resolve("nick"), found);
    let table = bundle.sites("freq").unwrap();
    let allele = Allele { contig: ContigId(0), start: 2, reference: b"GT".into(), alternate: b"G".into() };
    assert_eq!(table.value(table.find(&allele).unwrap(), 0), Some(SiteValue::Integer(5)));
    assert!(table.covers(ContigId(0)) && !table.covers(ContigId(1)) && bundle.sites("other").is_none());
}

#[test]
fn building_twice_gives_the_same_bytes_and_leaves_an_equal_bundle_alone() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("bundle"), elsewhere.path().join("b"));
    let manifest = sources(folder.path());
    from_manifest(&manifest, &one).unwrap();
    from_manifest(&sources(elsewhere.path()), &two).unwrap();
    assert_eq!(files(&one), files(&two));
    assert!(from_manifest(&manifest, &one).unwrap().unchanged);
    fs::write(folder.path().join("genes.tsv"), "hgnc_id\tsymbol\nHGNC:8\tX\n").unwrap();
    assert!(!from_manifest(&manifest, &one).unwrap().unchanged);
    Bundle::open(&one).unwrap().verify().unwrap();
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|n| !n.to_str().unwrap().starts_with('.')), "{left:?}");
}

#[test]
fn what_is_no_bundle_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = sources(folder.path());
    let output = folder.path().join("precious");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("data"), "keep").unwrap();
    assert!(from_manifest(&manifest, &output).unwrap_err().to_string().contains("not overwritten"));
    assert!(from_manifest(&manifest, &folder.path().join("g.fa")).is_err());
    assert_eq!(fs::read_to_string(output.join("data")).unwrap(), "keep");
}

#[test]
fn a_damaged_bundle_is_refused_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("bundle");
    from_manifest(&sources(folder.path()), &output).unwrap();
    for (name, bytes) in files(&output) {
        let path = output.join(&name);
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x41;
            fs::write(&path, &damaged).unwrap();
            let seen = Bundle::open(&output).and_then(|b| b.verify());
            assert!(seen.is_err(), "{name} with byte {at} changed");
            fs::write(&path, &bytes[..at]).unwrap();
            let message = Bundle::open(&output).unwrap_err().to_string();
            assert!(message.contains("bundle"), "{message}");
        }
        fs::remove_file(&path).unwrap();
        assert!(Bundle::open(&output).is_err());
        fs::write(&path, &bytes).unwrap();
    }
    Bundle::open(&output).unwrap().verify().unwrap();
}

#[test]
fn the_command_line_builds_shows_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = sources(folder.path());
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let built =
        ithaca(&["reference", "build", "--manifest", manifest.to_str().unwrap(), "--output", &at("one")]);
    assert_eq!(built.status.code(), Some(0), "{built:?}");
    let sites = format!("freq={}:AC", at("s.vcf"));
    let (fasta, gff, genes, two) = (at("g.fa"), at("t.gff3"), at("genes.tsv"), at("two"));
    let mut options =
        vec!["reference", "build", "--assembly", "Penelope1", "--fasta", &fasta, "--transcripts", &gff];
    options.extend(["--genes", &genes, "--sites", &sites, "--pseudoautosomal", "X=chrX:1-3"]);
    options.extend(["--pseudoautosomal", "Y=chrY:1-3", "--output", &two]);
    assert_eq!(ithaca(&options).status.code(), Some(0));
    assert_eq!(
        fs::read(folder.path().join("one/genome.bin")).unwrap(),
        fs::read(folder.path().join("two/genome.bin")).unwrap()
    );
    let shown = String::from_utf8(ithaca(&["reference", "show", &two]).stdout).unwrap();
    assert!(shown.contains("sites\tfreq\t2 alleles\tAC") && shown.contains("assembly\tPenelope1"), "{shown}");
    let shown = String::from_utf8(ithaca(&["reference", "show", &at("one")]).stdout).unwrap();
    let line = shown.lines().find(|line| line.starts_with("sites source\tfreq\t")).unwrap();
    let parts: Vec<&str> = line.split('\t').collect();
    assert_eq!((parts[2], parts[3], parts[4], parts[5].len()), ("s.vcf", "1", "CC0-1.0", 64));
    assert_eq!(ithaca(&["reference", "verify", &two]).status.code(), Some(0));
}

#[test]
fn exit_codes_tell_usage_from_resources() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = sources(folder.path());
    let manifest = manifest.to_str().unwrap();
    let output = folder.path().join("out").to_str().unwrap().to_owned();
    assert_eq!(ithaca(&["reference", "build", "--output", &output]).status.code(), Some(2));
    assert_eq!(ithaca(&["reference", "show", &output]).status.code(), Some(4));
    fs::write(manifest, "assembly = 1\n").unwrap();
    assert_eq!(
        ithaca(&["reference", "build", "--manifest", manifest, "--output", &output]).status.code(),
        Some(2)
    );
    fs::write(manifest, "assembly = \"GRCh38\"\nfasta = \"g.fa\"\n").unwrap();
    let wrong = ithaca(&["reference", "build", "--manifest", manifest, "--output", &output]);
    assert_eq!(wrong.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("wrong genome build"), "{wrong:?}");
    assert!(!Path::new(&output).exists());
}

#[test]
fn the_shipped_manifests_are_manifests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference");
    for name in ["GRCh37", "GRCh38"] {
        let path = folder.join(format!("{name}.toml"));
        let manifest = ithaca::reference::build::manifest::Manifest::read(&path).unwrap();
        assert_eq!((manifest.assembly.as_str(), manifest.sites.len()), (name, 2));
    }
}

#[test]
fn a_bundle_of_the_last_format_is_refused_by_its_version() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("bundle");
    from_manifest(&sources(folder.path()), &output).unwrap();
    let header = output.join("header.json");
    let text = fs::read_to_string(&header).unwrap().replace("\"version\": 3", "\"version\": 1");
    fs::write(&header, text).unwrap();
    let message = Bundle::open(&output).unwrap_err().to_string();
    assert!(message.contains("format version 1, this program reads 3; build the bundle again"), "{message}");
}

#[test]
fn annotating_with_a_damaged_bundle_gives_the_same_rows_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("bundle");
    from_manifest(&sources(folder.path()), &output).unwrap();
    let input = folder.path().join("in.vcf");
    let records = "chr1\t2\t.\tC\tA\t.\t.\t.\nchr1\t8\t.\tTT\tT\t.\t.\t.\n";
    let heading = "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=400>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
    fs::write(&input, format!("{heading}{records}")).unwrap();
    let annotate = |threads: &str| {
        let (bundle, input) = (output.to_str().unwrap(), input.to_str().unwrap());
        ithaca(&["annotate", "--threads", threads, "--reference", bundle, input])
    };
    let whole = annotate("1");
    assert_eq!((whole.status.code(), &whole.stdout), (Some(0), &annotate("2").stdout));
    let rows = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert!(rows.lines().skip(1).all(|row| row.ends_with("\t0") || row.ends_with("\t5")), "{rows}");
    for (name, bytes) in files(&output) {
        let path = output.join(&name);
        let mut refused = 0;
        for at in (0..bytes.len()).step_by(bytes.len() / 40 + 1).chain(192..200.min(bytes.len())) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x5a;
            fs::write(&path, &damaged).unwrap();
            let seen = annotate("1");
            match seen.status.code() {
                Some(0) => assert_eq!(seen.stdout, whole.stdout, "{name}, byte {at}"),
                code => {
                    assert_eq!(code, Some(4), "{seen:?}");
                    let told = String::from_utf8_lossy(&seen.stdout);
                    assert!(told.lines().count() <= 1, "rows before the damage was told: {told}");
                    refused += 1;
                }
            }
        }
        assert!(refused > 0, "{name}");
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn two_site_fields_of_one_name_in_outputs_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = sources(folder.path());
    let mut text = fs::read_to_string(&manifest).unwrap();
    let heading = "##fileformat=VCFv4.2\n##INFO=<ID=b_AC,Number=A,Type=Integer,Description=\"c\">\n\
                   #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
    fs::write(folder.path().join("a.vcf"), format!("{heading}chr1\t2\t.\tC\tA\t.\t.\tb_AC=7\n")).unwrap();
    text.push_str(
        "[[sites]]\nname = \"freq_b\"\nfile = \"s.vcf\"\n[[sites]]\nname = \"freq-b\"\nfile = \"s.vcf\"\n",
    );
    fs::write(&manifest, &text).unwrap();
    let output = folder.path().join("bundle");
    let arguments = ["reference", "build", "--manifest", manifest.to_str().unwrap(), "--output"];
    let built = ithaca(&[&arguments[..], &[output.to_str().unwrap()]].concat());
    let told = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(!built.status.success() && told.contains("would both be called freq_b_AC"), "{told}");
    fs::write(
        &manifest,
        text.replace("name = \"freq-b\"\nfile = \"s.vcf\"", "name = \"freq2\"\nfile = \"a.vcf\""),
    )
    .unwrap();
    assert!(ithaca(&[&arguments[..], &[output.to_str().unwrap()]].concat()).status.success());
}

#[test]
fn notes_that_would_break_a_line_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = sources(folder.path());
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"CC0-1.0\"", "\"CC0\\nsource\\tx\"")).unwrap();
    let output = folder.path().join("bundle");
    let built = ithaca(&[
        "reference",
        "build",
        "--manifest",
        manifest.to_str().unwrap(),
        "--output",
        output.to_str().unwrap(),
    ]);
    let told = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(!built.status.success() && told.contains("is one line without tabs"), "{told}");
}
