//! Whose variants are read together, copy by copy.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args;

use crate::annotate::haplotype::notes::Notes;
use crate::annotate_file::haplotypes::{MOST_UNASKED, SampleOfInterest, read_notes};
use crate::cli::failure::Failure;
use crate::read::contigs::ContigSource;
use crate::read::variants::{ReadOptions, VariantReader};
use crate::reference::bundle::Bundle;
use crate::request::pedigree as ped;

/// Options on haplotypes.
#[derive(Args)]
pub struct HaplotypeArgs {
    /// Samples whose variants in cis are combined: `all`, `none`, or names joined by `,`; by default, all samples of
    /// a file with at most 8
    #[arg(long, value_name = "SAMPLES")]
    haplotypes: Option<String>,
    /// Pedigree file: where both parents are in the input, their genotypes are used to phase a child's
    #[arg(long, value_name = "PED")]
    ped: Option<PathBuf>,
}

/// Reads the file's genotypes, and a remark where it was not asked to and did not.
pub fn notes(
    bundle: &Bundle,
    input: &Path,
    args: &HaplotypeArgs,
) -> Result<(Notes, Option<String>), Failure> {
    if args.haplotypes.as_deref() == Some("none") {
        return Ok((Notes::default(), None));
    }
    let contigs = ContigSource::reference(bundle.genome().contigs(), bundle.assembly());
    let names = VariantReader::open(input, &contigs, &[], ReadOptions::default())
        .map_err(Failure::input)?
        .sample_names()
        .to_vec();
    let chosen: Vec<&str> = match args.haplotypes.as_deref() {
        None if names.len() > MOST_UNASKED => {
            let remark = format!(
                "the file has {} samples: variants in cis are not combined (request it with --haplotypes)",
                names.len()
            );
            return Ok((Notes::default(), Some(remark)));
        }
        None | Some("all") => names.iter().map(String::as_str).collect(),
        Some(list) => list.split(',').filter(|name| !name.is_empty()).collect(),
    };
    if let Some(missing) = chosen.iter().find(|name| !names.iter().any(|n| n == *name)) {
        return Err(Failure::usage(anyhow!(
            "--haplotypes: {} has no sample {missing:?}; use sample names from its header",
            input.display()
        )));
    }
    let parents = match &args.ped {
        Some(path) => parents(path, &names)?,
        None => Vec::new(),
    };
    let samples: Vec<SampleOfInterest> = chosen
        .iter()
        .map(|name| SampleOfInterest {
            name: (*name).to_owned(),
            parents: parents.iter().find(|(child, _)| child == name).map(|(_, parents)| parents.clone()),
        })
        .collect();
    match read_notes(bundle, input, &samples, &|_| true) {
        Ok(notes) => Ok((notes, None)),
        // Nobody asked for genotypes, and rows need none: what is wrong with one must not cost them.
        Err(fault) if args.haplotypes.is_none() => {
            let remark = format!("variants in cis are not combined ({fault})");
            Ok((Notes::default(), Some(remark)))
        }
        Err(fault) => Err(Failure::input(fault)),
    }
}

/// A child with its mother and father, by sample name.
type Child = (String, (String, String));

/// Children whose mother and father are both in the file.
fn parents(path: &Path, names: &[String]) -> Result<Vec<Child>, Failure> {
    let families = ped::read(path).map_err(Failure::input)?;
    let mut out = Vec::new();
    for family in &families {
        for member in &family.members {
            let parent = |index: Option<usize>| {
                index.and_then(|i| family.members.get(i)).map(|p| &p.id).filter(|id| names.contains(id))
            };
            if let (Some(mother), Some(father)) = (parent(member.mother), parent(member.father)) {
                out.push((member.id.clone(), (mother.clone(), father.clone())));
            }
        }
    }
    Ok(out)
}
