//! One family out of a joint file of thousands of samples, against inflating the file and nothing else.
//!
//! `cargo bench --bench joint_file -- FILE SAMPLE,SAMPLE,SAMPLE`

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints its figures and may stop")]

use std::hint::black_box;
use std::path::Path;

use ithaca::model::record::VariantRecord;
use ithaca::read::contigs::ContigSource;
use ithaca::read::error::ReadError;
use ithaca::read::source::Source;
use ithaca::read::variants::{ReadOptions, SampleWanted, VariantReader};
use nix::sys::resource::{UsageWho, getrusage};

const ROUNDS: usize = 9;

/// A file of the 1000 Genomes Project with 3,202 samples, and a trio in it.
const FILE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/variants-grch38/1000G.3202.chr21_16.6-16.8M.vcf.gz");
const TRIO: &str = "NA12878,NA12891,NA12892";

fn cpu() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_SELF).unwrap();
    let seconds = |t: nix::sys::time::TimeVal| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6;
    seconds(usage.user_time()) + seconds(usage.system_time())
}

/// CPU seconds, the median of several rounds.
fn cost(mut work: impl FnMut()) -> f64 {
    let mut costs: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let before = cpu();
            work();
            cpu() - before
        })
        .collect();
    costs.sort_by(f64::total_cmp);
    costs[ROUNDS / 2]
}

fn inflate(file: &Path) {
    let mut source = Source::open(file).unwrap();
    let buffers = std::sync::Arc::clone(source.buffers());
    while let Some(batch) = source.next_batch().unwrap() {
        let data = batch.inflate(file, &buffers).unwrap();
        black_box(data.len());
        buffers.give_inflated(data);
    }
}

fn read(file: &Path, samples: &[SampleWanted], skip_uncarried: bool) -> u64 {
    let options = ReadOptions { skip_uncarried, ..ReadOptions::default() };
    let reader = VariantReader::open(file, &ContigSource::File, samples, options).unwrap();
    let work = |records: Vec<VariantRecord>| records.len();
    let sink = |kept: usize| {
        black_box(kept);
        Ok::<(), ReadError>(())
    };
    reader.process(work, sink).unwrap().kept
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let file = Path::new(arguments.first().map_or(FILE, String::as_str));
    let names = arguments.get(1).map_or(TRIO, String::as_str);
    if !file.exists() {
        println!("skipped: {} is not there; name a joint file and three of its samples", file.display());
        return;
    }
    let samples: Vec<SampleWanted> = names.split(',').map(|n| SampleWanted::Named(n.to_owned())).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    pool.install(|| {
        let floor = cost(|| inflate(file));
        println!("{:<50} {floor:>8.3} CPU s", "inflating");
        for (name, skip_uncarried) in [("every record", false), ("records that the family carries", true)] {
            let kept = read(file, &samples, skip_uncarried);
            let cost = cost(|| _ = black_box(read(file, &samples, skip_uncarried)));
            println!("{:<50} {cost:>8.3} CPU s, {:.2} times", format!("{name} ({kept})"), cost / floor);
        }
    });
}
