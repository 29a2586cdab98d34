//! `ithaca inheritance`: the verdict of every mode of inheritance on every variant of a family.
//!
//! One row a variant and mode; with `--groups`, one row a variant and gene for compound heterozygosity, with
//! the partners of that verdict listed. The verdicts are those of `ithaca run` over the same genotypes; its quality
//! floors apply where `--pipeline` is given. X-linked dominance follows PanelApp's wording (an unaffected carrier woman
//! is no contradiction) unless `--strict-x-linked-dominant` is given.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;

use super::failure::{ExitStatus, Failure};
use crate::family::{FamilyPolicy, XLinkedDominantRule, validate};
use crate::interpret::given_file::groups::Groups;
use crate::interpret::given_file::{GivenFile, GivenFileError};
use crate::knowledge::read_pipeline;
use crate::model::family::Family;
use crate::model::participant::SexChromosomes;
use crate::model::pipeline::QualityPolicy;
use crate::read::variants::sample_names;
use crate::reference::bundle::Bundle;
use crate::request::pedigree;
use crate::write::whole_file::WholeFile;

/// Options of `ithaca inheritance`.
#[derive(Args)]
pub struct InheritanceArgs {
    /// VCF, gVCF or BCF with the family's genotypes
    input: PathBuf,
    /// Pedigree file: family, individual, father, mother, sex (1 male, 2 female), affection (2 affected)
    #[arg(long)]
    ped: PathBuf,
    /// Family in the pedigree file, if it contains several
    #[arg(long)]
    family: Option<String>,
    /// Sex chromosomes of a member, if they differ from the stated sex: SAMPLE=XXY (also X, XXX, XYY); repeatable
    #[arg(long, value_name = "SAMPLE=KARYOTYPE")]
    karyotype: Vec<String>,
    /// BED file of genes, with the name in the fourth column: pairs within each are tested for compound heterozygosity
    #[arg(long)]
    groups: Option<PathBuf>,
    /// BED file of pseudoautosomal regions, replacing those of the build indicated by the contig lengths
    #[arg(long)]
    pseudoautosomal: Option<PathBuf>,
    /// Reference bundle against which alleles are left-aligned, as `run` does; each is taken as written when absent
    #[arg(long)]
    reference: Option<PathBuf>,
    /// Pipeline definition whose quality thresholds and mitochondrial limit apply; by default, genotypes are used as called
    #[arg(long)]
    pipeline: Option<PathBuf>,
    /// Exclude X-linked dominance if an unaffected female is a carrier
    #[arg(long)]
    strict_x_linked_dominant: bool,
    /// Table to write; standard output by default or if `-`
    #[arg(short, long)]
    output: Option<PathBuf>,
}

/// Runs the subcommand.
///
/// # Errors
/// A pedigree, variant file or BED file that cannot be used; an output that cannot be written.
pub fn run(args: &InheritanceArgs) -> Result<ExitStatus, Failure> {
    let families = pedigree::read(&args.ped).map_err(Failure::input)?;
    let names = sample_names(&args.input).map_err(Failure::input)?;
    let mut family = choose_family(families, args.family.as_deref(), &names, &args.ped)?;
    apply_karyotypes(&mut family, &args.karyotype)?;
    check(&family, &names, args)?;
    let quality = match &args.pipeline {
        Some(path) => Some(read_pipeline(path).map_err(Failure::usage)?.0.quality),
        None => None,
    };
    let bundle = match &args.reference {
        Some(path) => Some(Bundle::open(path).map_err(Failure::resource)?),
        None => None,
    };
    let groups = match &args.groups {
        Some(path) => Groups::read(path).map_err(Failure::input)?,
        None => Groups::default(),
    };
    let given = GivenFile {
        input: &args.input,
        family: &family,
        groups,
        pseudoautosomal: args.pseudoautosomal.as_deref(),
        policy: policy(args, quality.as_ref()),
        bundle: bundle.as_ref(),
        quality: quality.as_ref(),
    };
    let mut output = Output::open(args.output.as_deref())?;
    let notes = given.table(|rows| output.write(rows.as_bytes()))?;
    output.finish()?;
    for note in notes {
        let _ = writeln!(std::io::stderr(), "ithaca: {note}");
    }
    Ok(ExitStatus::Done)
}

fn policy(args: &InheritanceArgs, quality: Option<&QualityPolicy>) -> FamilyPolicy {
    let policy = match quality {
        Some(quality) => FamilyPolicy::with_mitochondrial_fraction(quality.mitochondrial_fraction),
        None => FamilyPolicy::default(),
    };
    let x_linked_dominant = match args.strict_x_linked_dominant {
        true => XLinkedDominantRule::Strict,
        false => XLinkedDominantRule::FemalesMayBeUnaffected,
    };
    FamilyPolicy { x_linked_dominant, ..policy }
}

impl From<GivenFileError> for Failure {
    fn from(error: GivenFileError) -> Self {
        match error {
            GivenFileError::Output(fault) => lost(fault),
            error => Failure::input(error),
        }
    }
}

/// The family asked for, or the only one with samples in the file.
fn choose_family(
    mut families: Vec<Family>,
    wanted: Option<&str>,
    samples: &[String],
    ped: &Path,
) -> Result<Family, Failure> {
    if let Some(id) = wanted {
        return families.into_iter().find(|f| f.id == id).ok_or_else(|| {
            Failure::usage(anyhow!(
                "{}: has no family {id}; use --family with one that it has",
                ped.display()
            ))
        });
    }
    families.retain(|f| f.members.iter().any(|m| samples.contains(&m.id)));
    match families.len() {
        1 => Ok(families.remove(0)),
        0 => Err(Failure::input(anyhow!(
            "{}: no member is a sample of the variant file, whose samples are {}; use the same names in both",
            ped.display(),
            samples.join(", ")
        ))),
        _ => Err(Failure::usage(anyhow!(
            "{}: several families have samples in the variant file ({}); choose one with --family",
            ped.display(),
            families.iter().map(|f| f.id.as_str()).collect::<Vec<_>>().join(", ")
        ))),
    }
}

/// Sets the sex chromosomes that the command line gives.
fn apply_karyotypes(family: &mut Family, given: &[String]) -> Result<(), Failure> {
    for text in given {
        let refused = |why: &str| Failure::usage(anyhow!("--karyotype {text}: {why}"));
        let (id, letters) = text.split_once('=').ok_or_else(|| refused("write SAMPLE=XXY"))?;
        let karyotype = SexChromosomes::parse(letters)
            .ok_or_else(|| refused("not a karyotype of X and Y; write XX, XY, XXY, X, XXX or XYY"))?;
        let member = family
            .members
            .iter_mut()
            .find(|m| m.id == id)
            .ok_or_else(|| refused("no such member of the family"))?;
        member.sex_chromosomes = Some(karyotype);
    }
    Ok(())
}

/// Refuses a pedigree that is wrong in itself, and one without a sequenced affected member.
fn check(family: &Family, samples: &[String], args: &InheritanceArgs) -> Result<(), Failure> {
    if let Err(faults) = validate(family) {
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        return Err(Failure::input(anyhow!("{}: {}", args.ped.display(), list.join("; "))));
    }
    if !family.affected().any(|i| samples.contains(&family.members[i].id)) {
        return Err(Failure::input(anyhow!(
            "{}: no affected member of family {} is a sample of {}; nothing can be tested",
            args.ped.display(),
            family.id,
            args.input.display()
        )));
    }
    Ok(())
}

/// The table: standard output, or a file that takes its name only once it is whole.
enum Output {
    Standard(std::io::BufWriter<std::io::Stdout>),
    File(WholeFile),
}

impl Output {
    fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(target) = path.filter(|p| *p != Path::new("-")) else {
            return Ok(Self::Standard(std::io::BufWriter::new(std::io::stdout())));
        };
        let file = WholeFile::create(target)
            .with_context(|| format!("{}: cannot be written", target.display()))
            .map_err(Failure::usage)?;
        Ok(Self::File(file))
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Standard(out) => out.write_all(bytes),
            Self::File(file) => file.write_all(bytes),
        }
    }

    fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Standard(mut out) => out.flush(),
            Self::File(file) => file.finish(),
        }
        .map_err(lost)
    }
}

fn lost(fault: std::io::Error) -> Failure {
    Failure::internal(anyhow::Error::new(fault).context("writing the table"))
}
