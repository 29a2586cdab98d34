//! Referrals that must fail, each for one reason, in a samplesheet of their own.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use noodles::bgzf;

use super::SimulateError;
use super::compressed;
use super::samplesheet::HEADING;

/// What each fault is, in the order of their numbers, and what a message about it must name, joined by `;`.
const FAULTS: [(&str, &str); 11] = [
    ("test code R9999.9 is not in the directory", "R9999.9"),
    ("the sample is not in the file", "NOT-A-SAMPLE"),
    ("the file does not exist", "families/FAULT03/absent.vcf.gz"),
    ("the participant named as father is female", "FAULT04;sex"),
    ("one participant stands in two rows", "F0501"),
    ("the proband is not affected", "F0601;affected"),
    ("the file is cut short in the middle of a block", "families/FAULT07/proband.vcf.gz;end-of-file"),
    (
        "the contig lengths in the header are those of another build",
        "families/FAULT08/proband.vcf.gz;chr1;248956422",
    ),
    ("records are not in order", "families/FAULT09/proband.vcf.gz;sort"),
    ("REF does not agree with the genome in most records", "families/FAULT10/proband.vcf.gz;REF"),
    ("the file is not a VCF", "families/FAULT11/proband.vcf.gz;VCF"),
];

/// Writes the files and the samplesheet; gives the rows for the table of right answers.
///
/// # Errors
/// Fails where a file can't be written.
pub fn write(output: &Path, good: &str, sample: &str) -> Result<String, SimulateError> {
    let source = output.join(good);
    let failed = |error| SimulateError::write(&source, error);
    let packed = fs::read(&source).map_err(failed)?;
    let mut text = String::new();
    bgzf::io::Reader::new(packed.as_slice()).read_to_string(&mut text).map_err(failed)?;

    let file = |number: usize| format!("families/FAULT{number:02}/proband.vcf.gz");
    let path = |number: usize| output.join(file(number));
    let truncated = output.join(file(7));
    compressed::write(&truncated.with_extension(""), b"")?;
    fs::remove_file(truncated.with_extension("")).map_err(failed)?;
    fs::File::create(&truncated)
        .and_then(|mut f| f.write_all(&packed[..packed.len() * 3 / 5]))
        .map_err(|error| SimulateError::write(&truncated, error))?;
    compressed::write(&path(8), another_build(&text).as_bytes())?;
    compressed::write(&path(9), unsorted(&text).as_bytes())?;
    compressed::write(&path(10), other_bases(&text).as_bytes())?;
    compressed::write(&path(11), b"this is not a variant call file\n")?;

    let mut sheet = HEADING.to_owned();
    let mut truth = String::new();
    for (index, (why, must_name)) in FAULTS.iter().enumerate() {
        let number = index + 1;
        let code = if number == 1 { "R9999.9" } else { "R9001.1" };
        let name = if number == 2 { "NOT-A-SAMPLE" } else { sample };
        let vcf = match number {
            3 => "families/FAULT03/absent.vcf.gz".to_owned(),
            7..=11 => file(number),
            _ => good.to_owned(),
        };
        let affected = if number == 6 { "no" } else { "yes" };
        let father = if number == 4 { format!("F{number:02}02") } else { String::new() };
        let row = format!(
            "FAULT{number:02}\tF{number:02}01\tproband\tfemale\t{affected}\t{vcf}\t{name}\t\t{code}\t\troutine\t\t{father}\t\tcomplete\n"
        );
        sheet.push_str(&row);
        if number == 4 {
            sheet.push_str(&format!("FAULT04\t{father}\tfather\tfemale\tno\t\t\t\t\t\t\t\t\t\t\n"));
        }
        if number == 5 {
            sheet.push_str(&row);
        }
        truth
            .push_str(&format!("FAULT{number:02}\t\t\t\tfailed\t\t\t\t{why}\t\t\t\t\t\t\t\t\t{must_name}\n"));
    }
    compressed::write(&output.join("samplesheet-faults.tsv"), sheet.as_bytes())?;
    Ok(truth)
}

/// The header of GRCh38 over these records.
fn another_build(text: &str) -> String {
    const LENGTHS: [(&str, u32); 6] = [
        ("chr1", 248_956_422),
        ("chr2", 242_193_529),
        ("chr3", 198_295_559),
        ("chrX", 156_040_895),
        ("chrY", 57_227_415),
        ("chrM", 16_569),
    ];
    each_line(text, |line| {
        LENGTHS
            .iter()
            .find(|(name, _)| line.starts_with(&format!("##contig=<ID={name},")))
            .map(|(name, length)| format!("##contig=<ID={name},length={length},assembly=GRCh38>"))
    })
}

/// The first two records on the first contig change places with the last two of it.
fn unsorted(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|l| !l.starts_with('#')).unwrap_or(0);
    let last = lines.iter().rposition(|l| l.starts_with("chr1\t")).unwrap_or(first);
    lines.swap(first, last);
    lines.iter().map(|l| format!("{l}\n")).collect()
}

/// Substitutions with another REF base.
fn other_bases(text: &str) -> String {
    each_line(text, |line| {
        let mut fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if line.starts_with('#') || fields.len() < 5 || fields[3].len() != 1 || fields[4].len() != 1 {
            return None;
        }
        let old = (fields[3].clone(), fields[4].clone());
        fields[3] = ["A", "C", "G", "T"].into_iter().find(|b| *b != old.0 && *b != old.1)?.to_owned();
        Some(fields.join("\t"))
    })
}

fn each_line(text: &str, change: impl Fn(&str) -> Option<String>) -> String {
    text.lines().map(|l| change(l).unwrap_or_else(|| l.to_owned()) + "\n").collect()
}
