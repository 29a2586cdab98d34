//! `ithaca annotate` with VCF and BCF output: the records that went in come out, with consequences in INFO.

#[path = "annotate_output/codec.rs"]
mod codec;
#[path = "annotate_output/forms.rs"]
mod forms;
#[path = "annotate_output/options.rs"]
mod options;
#[path = "annotate_output/outcomes.rs"]
mod outcomes;
#[path = "annotate_output/site_fields.rs"]
mod site_fields;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ithaca::model::contig::ContigId;
use ithaca::model::position::Interval;
use ithaca::reference::bundle::Bundle;

use crate::program::{Run, ithaca, root};
use crate::world::bundle;

const COLUMNS: &str = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";

/// Annotates `input` into a file of this name beside it; returns what was said and where the output is.
fn annotate(input: &Path, output: &str, more: &[&str]) -> (Run, PathBuf) {
    let output = input.with_file_name(output);
    let (from, to) = (input.to_str().unwrap(), output.to_str().unwrap());
    let mut arguments = vec!["annotate", from, "--reference", bundle().to_str().unwrap(), "-o", to];
    if !more.contains(&"--threads") {
        arguments.extend(["--threads", "2"]);
    }
    arguments.extend(more);
    (ithaca(arguments), output)
}

/// A family's VCF of the simulated world, copied into a folder of its own.
fn family(folder: &Path) -> PathBuf {
    let copy = folder.join("in.vcf.gz");
    fs::copy(root().join("test-data/families/SIM001/SIM001.vcf.gz"), &copy).unwrap();
    copy
}

/// Text of a file, inflated where it is in BGZF blocks.
fn text(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return String::from_utf8(bytes).unwrap();
    }
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(bytes.as_slice()), &mut text)
        .unwrap();
    text
}

/// The records of a VCF, column by column.
fn records(text: &str) -> Vec<Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect()
}

/// The value of an INFO field.
fn info<'a>(record: &[&'a str], key: &str) -> Option<&'a str> {
    record[7].split(';').find_map(|field| field.strip_prefix(key)?.strip_prefix('='))
}

/// The names of the parts of a CSQ entry.
fn parts(text: &str) -> Vec<&str> {
    let line = text.lines().find(|line| line.starts_with("##INFO=<ID=CSQ,")).unwrap();
    line.split("Format: ").nth(1).unwrap().trim_end_matches("\">").split('|').collect()
}

/// Bases of the bundle's first contig, from a 1-based position.
fn reference(position: u32, count: u32) -> String {
    let bundle = Bundle::open(bundle()).unwrap();
    let bases = bundle.genome().bases(ContigId(0), Interval::new(position - 1, position - 1 + count));
    String::from_utf8(bases).unwrap()
}

/// Another base.
fn other(base: &str) -> &'static str {
    if base.starts_with('A') { "C" } else { "A" }
}

/// What bcftools prints; nothing where it is not installed, and the list at the end of the run says so.
#[track_caller]
fn bcftools(arguments: &[&str]) -> Option<String> {
    match Command::new("bcftools").args(arguments).output() {
        Ok(output) => {
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "bcftools {arguments:?}: {error}");
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) => {
            crate::shared_data::go_without(&format!("bcftools to compare with ({error})"));
            None
        }
    }
}
