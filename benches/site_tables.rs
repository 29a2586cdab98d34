//! Encoding and looking up a site table of the size of gnomAD on chromosomes 20 to 22.
//!
//! `cargo bench --bench site_tables` takes 500,000 sites; `-- 5000000` takes as many as are named. The source is
//! generated once and kept in the target folder: a record every so many bases, seven fields, a tenth of the
//! alleles insertions or deletions. CPU seconds are user and system; beside each figure stands its floor.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what is wrong"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::reference::build::sites::{SiteSource, build_site_table};
use ithaca::reference::genome::Genome;
use ithaca::reference::sites::{SiteTable, SiteValue};
use nix::sys::resource::{UsageWho, getrusage};

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Lengths of chromosomes 20, 21 and 22 of GRCh38.
const LENGTHS: [usize; 3] = [64_444_167, 46_709_983, 50_818_468];
const NAMES: [&str; 3] = ["chr20", "chr21", "chr22"];
const ROUNDS: usize = 5;

/// A small generator of numbers: the same on every machine (xorshift64*, Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn bases(&mut self, count: u64) -> Vec<u8> {
        (0..count).map(|_| b"ACGT"[self.below(4) as usize]).collect()
    }
}

fn main() {
    let wanted = std::env::args().filter_map(|a| a.parse::<usize>().ok()).next().unwrap_or(500_000);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let sequences: Vec<(String, Vec<u8>)> = NAMES
        .iter()
        .zip(LENGTHS)
        .map(|(name, length)| (name.to_string(), random.bases(length as u64)))
        .collect();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("site_tables");
    std::fs::create_dir_all(&folder).unwrap();
    let source = folder.join(format!("sites.{wanted}.vcf.gz"));
    if !source.exists() {
        generate(&sequences, wanted, &source, &mut random);
    }
    let genome = Genome::from_sequences(sequences);
    let megabytes = |path: &Path| std::fs::metadata(path).unwrap().len() as f64 / 1e6;
    println!("source: {:.1} MB", megabytes(&source));

    line("floor: inflate the source", &measured(1, 3, || inflate(&source)), None);
    let output = folder.join("table.bin");
    let encode = |source: &Path| {
        let wanted = SiteSource { name: "bench", ..SiteSource::default() };
        build_site_table(source, &wanted, &genome, &Assembly::GRCh38, &output).unwrap()
    };
    for threads in [1, 2] {
        let cost = measured(threads, 3, || drop(encode(&source)));
        line(&format!("encode, VCF, {threads} thread(s)"), &cost, None);
    }
    if let Some(bcf) = converted(&source) {
        line("encode, BCF, 1 thread(s)", &measured(1, 3, || drop(encode(&bcf))), None);
    }
    let built = encode(&source);
    let table = built.open(&output).unwrap();
    let (rows, size) = (table.len(), megabytes(&output));
    println!(
        "table: {rows} rows, {size:.1} MB, {:.2} bytes a row; peak {} MB",
        size * 1e6 / rows as f64,
        peak()
    );

    for (name, one_in) in [("dense", 10), ("sparse", 190)] {
        look_up(&built.open(&output).unwrap(), name, one_in, &mut random);
    }
}

/// Looks up a part of the table's alleles and some that it does not have.
fn look_up(table: &SiteTable, name: &str, one_in: u64, random: &mut Random) {
    let mut queries: Vec<Allele> = Vec::new();
    for contig in 0..NAMES.len() {
        for row in table.rows(ContigId(contig as u16)) {
            if random.below(one_in) == 0 {
                let mut allele = table.allele(row).unwrap();
                // Three in twenty are not there.
                if random.below(20) < 3 {
                    allele.start += 1;
                }
                queries.push(allele);
            }
        }
    }
    let fields = table.fields().len();
    let values = |row: u32| -> i64 {
        let number = |field| match table.value(row, field) {
            Some(SiteValue::Integer(value)) => value,
            Some(SiteValue::Float(value)) => (value * 1e6) as i64,
            Some(SiteValue::Text(text)) => text.len() as i64,
            Some(SiteValue::Flag) | None => 1,
        };
        (0..fields).map(number).sum()
    };
    let sorted = |queries: &[Allele]| {
        let mut cursor = table.cursor();
        queries.iter().filter(|allele| cursor.find(allele).is_some()).count()
    };
    // The first use of each block checks it.
    let first = measured(1, 1, || {
        std::hint::black_box(sorted(&queries));
    });
    line(&format!("{name}: {} queries, first use", queries.len()), &first, Some(queries.len()));
    let hits = sorted(&queries);
    line(
        &format!("{name}: in order, {hits} found"),
        &measured(1, ROUNDS, || _ = std::hint::black_box(sorted(&queries))),
        Some(queries.len()),
    );
    let with_values = || {
        let mut cursor = table.cursor();
        queries.iter().filter_map(|allele| cursor.find(allele)).map(values).sum::<i64>()
    };
    std::hint::black_box(with_values());
    let cost = measured(1, ROUNDS, || _ = std::hint::black_box(with_values()));
    line(&format!("{name}: in order, {fields} fields"), &cost, Some(queries.len()));
    let mut shuffled = queries.clone();
    for at in (1..shuffled.len()).rev() {
        shuffled.swap(at, random.below(at as u64 + 1) as usize);
    }
    let search = || shuffled.iter().filter(|allele| table.find(allele).is_some()).count();
    assert_eq!(search(), hits);
    let cost = measured(1, ROUNDS, || _ = std::hint::black_box(search()));
    line(&format!("{name}: in no order"), &cost, Some(queries.len()));

    // The floor, and the judge: a plain map.
    let map: BTreeMap<Allele, u32> = (0..NAMES.len())
        .flat_map(|contig| table.rows(ContigId(contig as u16)))
        .take(2_000_000)
        .map(|row| (table.allele(row).unwrap(), row))
        .collect();
    let last = map.keys().next_back().cloned().unwrap();
    let judged: Vec<&Allele> = queries.iter().filter(|allele| **allele <= last).collect();
    let wrong = judged.iter().filter(|allele| table.find(allele) != map.get(**allele).copied()).count();
    println!("{name}: {wrong} of {} answers unlike a plain map's", judged.len());
    assert_eq!(wrong, 0);
}

/// The least CPU and wall seconds of so many rounds on so many threads.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn measured(threads: usize, rounds: usize, work: impl Fn() + Send + Sync) -> (f64, f64) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let mut costs: Vec<(f64, f64)> = (0..rounds)
        .map(|_| {
            let (cpu, wall) = (cpu(), Instant::now());
            pool.install(&work);
            (self::cpu() - cpu, wall.elapsed().as_secs_f64())
        })
        .collect();
    costs.sort_by(|a, b| a.0.total_cmp(&b.0));
    costs[rounds / 2]
}

fn line(name: &str, (cpu, wall): &(f64, f64), queries: Option<usize>) {
    let rate = queries.map_or(String::new(), |n| format!("{:>8.1} million/CPU s", n as f64 / cpu / 1e6));
    println!("{name:<44} {cpu:>9.4} CPU s {wall:>9.4} wall s {rate}");
}

fn cpu() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_SELF).unwrap();
    let seconds = |t: nix::sys::time::TimeVal| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6;
    seconds(usage.user_time()) + seconds(usage.system_time())
}

/// Most memory used so far, in megabytes.
fn peak() -> i64 {
    getrusage(UsageWho::RUSAGE_SELF).unwrap().max_rss() / 1000
}

fn inflate(source: &Path) {
    let mut reader = noodles_bgzf::io::Reader::new(std::fs::File::open(source).unwrap());
    let mut buffer = vec![0; 1 << 16];
    while reader.read(&mut buffer).unwrap() > 0 {}
}

/// The source as BCF, where `bcftools` is installed.
fn converted(source: &Path) -> Option<PathBuf> {
    let bcf = source.with_extension("").with_extension("bcf");
    if !bcf.exists() {
        let status = std::process::Command::new("bcftools")
            .args(["view", "--no-version", "-Ob", "-o"])
            .args([&bcf, source])
            .status();
        status.ok().filter(|status| status.success())?;
    }
    Some(bcf)
}

/// Writes the source.
fn generate(sequences: &[(String, Vec<u8>)], wanted: usize, path: &Path, random: &mut Random) {
    let mut out = noodles_bgzf::io::Writer::new(std::fs::File::create(path).unwrap());
    let mut text = String::from(
        "##fileformat=VCFv4.2\n##FILTER=<ID=AC0,Description=\"none\">\n##FILTER=<ID=RF,Description=\"x\">\n",
    );
    for (name, bases) in sequences {
        writeln!(text, "##contig=<ID={name},length={}>", bases.len()).unwrap();
    }
    for (key, number, kind) in [
        ("AC", "A", "Integer"),
        ("AN", "1", "Integer"),
        ("AF", "A", "Float"),
        ("nhomalt", "A", "Integer"),
        ("AC_grpmax", "A", "Integer"),
        ("grpmax", "A", "String"),
        ("status", "1", "String"),
    ] {
        writeln!(text, "##INFO=<ID={key},Number={number},Type={kind},Description=\"{key}\">").unwrap();
    }
    text.push_str("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n");
    let total: usize = LENGTHS.iter().sum();
    let spacing = (2 * total / wanted).max(2) as u64;
    for (name, bases) in sequences {
        let mut at = 100usize;
        while at + 100 < bases.len() {
            record(name, bases, at, random, &mut text);
            if text.len() > 1 << 20 {
                out.write_all(text.as_bytes()).unwrap();
                text.clear();
            }
            at += 1 + random.below(spacing) as usize;
        }
    }
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap();
}

fn record(name: &str, bases: &[u8], at: usize, random: &mut Random, text: &mut String) {
    let base = char::from(bases[at]);
    let other = |random: &mut Random| loop {
        let base = b"ACGT"[random.below(4) as usize];
        if base != bases[at] {
            return char::from(base);
        }
    };
    let (reference, alternate) = match random.below(100) {
        0..6 => {
            let length = 2 + random.below(8) as usize;
            (String::from_utf8_lossy(&bases[at..at + length]).into_owned(), base.to_string())
        }
        6..11 => {
            let length = 1 + random.below(6);
            (base.to_string(), format!("{base}{}", String::from_utf8_lossy(&random.bases(length))))
        }
        _ => (base.to_string(), other(random).to_string()),
    };
    // Most alleles are seen once or twice, few are common.
    let octave = random.below(18).min(random.below(18)).min(random.below(18));
    let count = (1 << octave) + random.below(1 << octave);
    let number = 152_312 - 2 * random.below(3000);
    let count = count.min(number);
    let rate = count as f64 / number as f64;
    let homozygous = (rate * count as f64 / 2.0) as u64;
    let group = ["afr", "amr", "eas", "nfe", "sas", "fin"][random.below(6) as usize];
    let status = ["PASS", "PASS", "PASS", "PASS", "PASS", "PASS", "AC0", "RF"][random.below(8) as usize];
    let most = count - random.below(count / 3 + 1);
    writeln!(
        text,
        "{name}\t{}\t.\t{reference}\t{alternate}\t.\t.\tAC={count};AN={number};AF={rate:.5e};nhomalt={homozygous};\
         AC_grpmax={most};grpmax={group};status={status}",
        at + 1
    )
    .unwrap();
}
