//! The whole program against its peers on the same work, in one run: CPU seconds of inflating the input, of
//! `bcftools` where it is installed, and of ours.
//!
//! `cargo bench --bench hot_path` for the small world (20 Mb, 200,000 variants);
//! `cargo bench --bench hot_path -- genome` for one as large as GRCh38 (five million variants; about 12 GB of disk);
//! `-- wide` for the same with a frequency table of eighty million rows (about 16 GB).
//! The worlds are generated once, below `target/bench-data`; `ITHACA_BENCH_DATA` names another folder.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark prints its figures and may stop")]

mod measure;
mod world;

use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{Job, medians};
use world::{GENOME, SMALL, Size, WIDE, World};

/// What the generated site table holds.
const SITE_FIELDS: &str =
    "INFO/AC,INFO/AN,INFO/AF,INFO/nhomalt,INFO/AC_afr,INFO/AN_afr,INFO/AC_nfe,INFO/AN_nfe";

const ITHACA: &str = env!("CARGO_BIN_EXE_ithaca");

#[expect(clippy::disallowed_methods, reason = "where the generated data goes is a matter of the machine")]
fn root() -> PathBuf {
    std::env::var_os("ITHACA_BENCH_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-data"), PathBuf::from)
}

fn shell(command: &str) {
    let status = Command::new("bash").args(["-c", command]).status().expect("a shell");
    assert!(status.success(), "{command}");
}

fn prepare(size: &Size) -> World {
    println!("world `{}` in {}", size.name, root().display());
    let world = World::at(size, &root()).expect("the world can be written");
    let folder = world.folder.display();
    if !world.file("bundle").exists() {
        let assembly = if size.name == SMALL.name { "Generated1" } else { "GRCh38" };
        shell(&format!(
            "cd {folder} && {ITHACA} reference build --assembly {assembly} --fasta genome.fa --transcripts transcripts.gff3 \
             --genes genes.tsv --output bundle && {ITHACA} reference build --assembly {assembly} --fasta genome.fa \
             --transcripts transcripts.gff3 --genes genes.tsv --sites gnomad_genomes=sites.vcf.gz --output bundle-sites"
        ));
    }
    // Peers want their own forms of the same input.
    shell(&format!(
        "cd {folder} && if command -v bcftools >/dev/null; then \
         [ -e single.bcf.csi ] || {{ bcftools view -Ob -o single.bcf single.vcf.gz && bcftools index -f single.bcf; }}; \
         [ -e sites.bcf ] || {{ bcftools view -Ob -o sites.bcf sites.vcf.gz && bcftools index sites.bcf; }}; \
         [ -e trio.vcf.gz.tbi ] || bcftools index -t trio.vcf.gz; \
         [ -e sparse.bcf ] || bcftools view single.bcf | awk '/^#/ || (++n % 8 == 0)' | bcftools view -Ob -o sparse.bcf; \
         [ -e indexed.vcf.gz ] || {{ ln single.vcf.gz indexed.vcf.gz; bcftools index -t indexed.vcf.gz; }}; \
         sed 's/single.vcf.gz/indexed.vcf.gz/' single-panel.tsv > indexed-panel.tsv; fi"
    ));
    world
}

fn main() {
    let asked = |name: &str| std::env::args().any(|argument| argument == name);
    let size = [&GENOME, &WIDE].into_iter().find(|size| asked(size.name)).unwrap_or(&SMALL);
    let world = prepare(size);
    let folder = world.folder.display();
    let job = |name: &str, command: String| Job {
        name: name.to_owned(),
        command: format!("cd {folder} && {command}"),
    };
    let annotate = |rest: &str| format!("{ITHACA} annotate --reference bundle {rest}");
    let run = |sheet: &str, threads: usize| {
        // The panel definition looks at the panel's genes only, the other at every gene.
        let pipeline = if sheet.contains("panel") { "rare-disease-panel" } else { "rare-disease-wgs" };
        format!(
            "rm -rf out && {ITHACA} run {sheet} --pipeline {}/pipelines/{pipeline}.toml --reference bundle-sites \
             --directory directory.csv --panels panels --threads {threads} --output out",
            env!("CARGO_MANIFEST_DIR")
        )
    };
    let jobs = [
        job("floor: inflate (bgzip -dc)", "bgzip -dc single.vcf.gz > /dev/null".to_owned()),
        job("bcftools view -Ou", "bcftools view -Ou single.vcf.gz > /dev/null".to_owned()),
        job(
            "bcftools csq -l",
            "bcftools csq -l -f genome.fa -g transcripts.gff3 -Ou single.vcf.gz > /dev/null".to_owned(),
        ),
        job(
            "bcftools csq -p a",
            "bcftools csq -p a -f genome.fa -g transcripts.gff3 -Ou single.vcf.gz > /dev/null".to_owned(),
        ),
        job(
            "annotate, terms only, 1 thread",
            annotate("--threads 1 single.vcf.gz --no-hgvs --haplotypes none > /dev/null"),
        ),
        job("annotate, HGVS, 1 thread", annotate("--threads 1 single.vcf.gz --haplotypes none > /dev/null")),
        job("annotate, HGVS, 2 threads", annotate("--threads 2 single.vcf.gz --haplotypes none > /dev/null")),
        job("annotate, HGVS and haplotypes, 1 thread", annotate("--threads 1 single.vcf.gz > /dev/null")),
        job("bcftools view, BCF to BCF", "bcftools view -Ob -o out.bcf single.bcf".to_owned()),
        job(
            "bcftools annotate, eight fields, BCF to BCF",
            format!("bcftools annotate -a sites.bcf -c {SITE_FIELDS} -Ob -o out.bcf single.bcf"),
        ),
        job(
            "annotate --sites-only, the same, BCF to BCF",
            format!(
                "{ITHACA} annotate --reference bundle-sites --threads 1 --sites-only single.bcf -o out.bcf"
            ),
        ),
        job(
            "bcftools view, BCF to BCF, every eighth record",
            "bcftools view -Ob -o out.bcf sparse.bcf".to_owned(),
        ),
        job(
            "annotate --sites-only, every eighth record",
            format!(
                "{ITHACA} annotate --reference bundle-sites --threads 1 --sites-only sparse.bcf -o out.bcf"
            ),
        ),
        job("run, one person, 200 genes, no index, 1 thread", run("single-panel.tsv", 1)),
        job("run, one person, 200 genes, index, 1 thread", run("indexed-panel.tsv", 1)),
        job("run, one person, all genes, 1 thread", run("single-agnostic.tsv", 1)),
        job("run, one person, all genes, 2 threads", run("single-agnostic.tsv", 2)),
        job("bcftools view -Ou, trio", "bcftools view -Ou trio.vcf.gz > /dev/null".to_owned()),
        job("run, trio, 200 genes, index, 1 thread", run("trio-panel.tsv", 1)),
        job("run, trio, all genes, 1 thread", run("trio-agnostic.tsv", 1)),
    ];
    let costs = medians(&jobs, if size.name == SMALL.name { 5 } else { 3 });
    println!("{:<50} {:>8} {:>8} {:>14}", "", "CPU s", "wall s", "records/CPU s");
    for (job, cost) in jobs.iter().zip(costs) {
        match cost {
            Some(cost) => println!(
                "{:<50} {:>8.3} {:>8.3} {:>14.0}",
                job.name,
                cost.cpu,
                cost.wall,
                size.variants as f64 / cost.cpu
            ),
            None => println!("{:<50} not measured: the command failed or is not installed", job.name),
        }
    }
}
