//! The order in which a world is made and written.

use std::path::Path;

use super::answers::{self, Carriers};
use super::assertions::{self, Assertion};
use super::calls::Calling;
use super::cases;
use super::cast::Cast;
use super::compressed;
use super::dialects::{ensembl, gencode, genepred, genes_table, refseq};
use super::directory;
use super::family_files::{self, World, calls_path, sample_name};
use super::faults;
use super::frequencies::{self, Known};
use super::genes::{self, Gene};
use super::genome::{Genome, PSEUDOAUTOSOMAL};
use super::lesions::{Lesion, Target};
use super::panels;
use super::pedigree::{Descent, Inheritance};
use super::random::Random;
use super::referral::{Plant, Referral};
use super::samplesheet::{self, HEADING};
use super::sites::{self, Site, Zones};
use super::{Settings, SimulateError};

/// Writes a whole world into `output`.
///
/// # Errors
/// Fails where a file can't be written or the seed allows no such world.
pub fn write_world(settings: &Settings, output: &Path) -> Result<(), SimulateError> {
    if !(1..=2_000).contains(&settings.scale) {
        return Err(SimulateError::Scale { scale: settings.scale });
    }
    let mut genome = Genome::new(settings);
    let genes = genes::build(&mut genome, settings);
    write_annotation(&genome, &genes, output)?;

    let mut cast = Cast::new(&genome, &genes);
    let mut referrals = cases::all(&mut cast)?;
    panels::fill(&mut cast);
    for referral in referrals.iter_mut().filter(|r| r.style.targeted) {
        referral.targets = cast.panels.get(&9012).into_iter().flatten().map(|e| e.gene).collect();
    }
    let off_panel = referrals.iter().find(|r| r.id == "SIM019").and_then(|r| r.plants.first());
    let unsigned: Vec<(u32, usize)> = off_panel.iter().map(|p| (9007, p.lesion.gene)).collect();
    panels::write(&cast, &unsigned, output)?;
    compressed::write(&output.join("directory/test-directory.csv"), directory::text(&genes).as_bytes())?;

    let sites = draw_sites(&genome, &genes, &referrals, settings);
    write_knowledge(&genome, &genes, &sites, &referrals, settings, output)?;
    let world = World { genome: &genome, genes: &genes, sites: &sites };
    let mut carriers = Vec::new();
    for (number, referral) in referrals.iter().enumerate() {
        carriers.push(write_family(&world, referral, number as u64 + 1, settings, output)?);
    }
    write_sheets(&genome, &genes, &referrals, &carriers, output)
}

fn write_annotation(genome: &Genome, genes: &[Gene], output: &Path) -> Result<(), SimulateError> {
    let reference = output.join("reference");
    genome.write(&reference.join("genome.fa.gz"))?;
    let write = |name: &str, text: String| compressed::write(&reference.join(name), text.as_bytes());
    write("transcripts.ensembl.gff3.gz", ensembl::text(genome, genes))?;
    write("transcripts.gencode.gff3.gz", gencode::text(genome, genes))?;
    write("transcripts.refseq.gff3.gz", refseq::text(genome, genes))?;
    write("transcripts.genepred.txt.gz", genepred::text(genome, genes))?;
    write("genes.tsv", genes_table::text(genes))?;
    write("reference.toml", MANIFEST.replace("PAR", &PSEUDOAUTOSOMAL.to_string()))
}

/// Background sites of every contig, clear of what is planted.
fn draw_sites(
    genome: &Genome,
    genes: &[Gene],
    referrals: &[Referral],
    settings: &Settings,
) -> Vec<Vec<Site>> {
    let kept: Vec<(usize, u32)> = referrals
        .iter()
        .flat_map(|r| &r.plants)
        .map(|p| (p.lesion.contig, p.lesion.spelling.position))
        .collect();
    (0..genome.contigs.len())
        .map(|contig| {
            let zones = Zones::new(genome, contig, genes, &kept);
            sites::draw(genome, contig, &zones, settings)
        })
        .collect()
}

fn write_knowledge(
    genome: &Genome,
    genes: &[Gene],
    sites: &[Vec<Site>],
    referrals: &[Referral],
    settings: &Settings,
    output: &Path,
) -> Result<(), SimulateError> {
    let plants: Vec<&Plant> = referrals.iter().flat_map(|r| &r.plants).collect();
    let known: Vec<Known> = plants
        .iter()
        .filter_map(|p| {
            let (frequency, respelled) = p.frequency?;
            Some(Known { contig: p.lesion.contig, spelling: p.lesion.spelling.clone(), frequency, respelled })
        })
        .collect();
    let reference = output.join("reference");
    frequencies::write(&reference.join("frequencies.vcf.gz"), genome, sites, &known, settings)?;
    let mut claims = assertions::background(sites, settings);
    for plant in plants.iter().filter(|p| p.truth.kind == "cause") {
        // A known pathogenic allele of the same gene that nobody here carries.
        let index = plant.lesion.gene;
        let other = Target { genome, gene: &genes[index], index }.stop_gained(0.8);
        let free = |l: &Lesion| {
            let planted = referrals.iter().flat_map(|r| &r.plants).any(|p| p.lesion.spelling == l.spelling);
            let carried = sites[l.contig].iter().any(|s| s.position == l.spelling.position);
            !planted && !carried
        };
        claims.extend(other.filter(free).map(|l| Assertion::of(&l, "Pathogenic", assertions::ONE_SUBMITTER)));
    }
    for plant in plants {
        if let Some(significance) = plant.assertion {
            claims.push(Assertion::of(&plant.lesion, significance, assertions::AGREED));
        }
    }
    assertions::write(&reference.join("assertions.vcf.gz"), genome, genes, claims)
}

fn write_family(
    world: &World<'_>,
    referral: &Referral,
    family: u64,
    settings: &Settings,
    output: &Path,
) -> Result<Carriers, SimulateError> {
    let (inheritance, plants) = inherit(world.genome, referral, settings)?;
    let pedigree = &referral.pedigree;
    let calling =
        Calling { pedigree, inheritance: &inheritance, plants: &plants, family, seed: settings.seed };
    family_files::write(world, referral, &calling, output)?;
    Ok(plants.into_iter().map(|(_, carriers)| carriers).collect())
}

/// Planted alleles, and which copies of each member carry each.
type Carried = Vec<(Plant, Vec<[bool; 2]>)>;

/// The meioses of a family, with every planted allele where it should be.
fn inherit(
    genome: &Genome,
    referral: &Referral,
    settings: &Settings,
) -> Result<(Inheritance, Carried), SimulateError> {
    let pedigree = &referral.pedigree;
    let find = |name: &str| {
        let unknown = || SimulateError::not_possible(format!("{}: member {name}", referral.id));
        pedigree.find(name).ok_or_else(unknown)
    };
    let mut descents = Vec::new();
    for plant in &referral.plants {
        let mut path = Vec::new();
        for (parent, child) in plant.path {
            path.push((find(parent)?, find(child)?));
        }
        descents.push(Descent {
            contig: plant.lesion.contig,
            position: plant.lesion.spelling.position,
            founder: find(plant.founder)?,
            copy: plant.copy,
            path,
        });
    }
    let lengths: Vec<u32> = genome.contigs.iter().map(|c| c.bases.len() as u32).collect();
    let mut random = Random::new(settings.seed, &format!("meioses {}", referral.id));
    let (inheritance, carriers) =
        Inheritance::new(pedigree, &lengths, &descents, &mut random).ok_or_else(|| {
            SimulateError::not_possible(format!("{}: the inheritance of its alleles", referral.id))
        })?;
    Ok((inheritance, referral.plants.iter().cloned().zip(carriers).collect()))
}

fn write_sheets(
    genome: &Genome,
    genes: &[Gene],
    referrals: &[Referral],
    carriers: &[Carriers],
    output: &Path,
) -> Result<(), SimulateError> {
    let (mut all, mut panel) = (HEADING.to_owned(), HEADING.to_owned());
    let mut truth = answers::HEADING.to_owned();
    for (referral, carriers) in referrals.iter().zip(carriers) {
        let rows = samplesheet::rows(referral);
        if referral.style.targeted {
            panel.push_str(&rows);
        }
        all.push_str(&rows);
        truth.push_str(&answers::rows(genome, genes, referral, carriers));
    }
    if let Some(first) = referrals.first() {
        truth.push_str(&faults::write(output, &calls_path(first, 0), &sample_name(first, 0))?);
    }
    compressed::write(&output.join("samplesheet.tsv"), all.as_bytes())?;
    compressed::write(&output.join("samplesheet-panel.tsv"), panel.as_bytes())?;
    compressed::write(&output.join("truth.tsv"), truth.as_bytes())?;
    compressed::write(&output.join("README.md"), README.as_bytes())
}

const MANIFEST: &str = r#"# An invented genome and what is known about it. `ithaca reference build --manifest reference.toml`
assembly = "Penelope1"
fasta = "genome.fa.gz"
transcripts = ["transcripts.ensembl.gff3.gz"]
genes = "genes.tsv"

[pseudoautosomal]
x = ["1-PAR"]
y = ["1-PAR"]

[[sites]]
name = "gnomad_genomes"
file = "frequencies.vcf.gz"
fields = []
version = "simulated 1"
licence = "CC0-1.0"

[[sites]]
name = "clinvar"
file = "assertions.vcf.gz"
fields = ["CLNSIG", "CLNREVSTAT", "CLNDN"]
version = "simulated 1"
licence = "CC0-1.0"
"#;

const README: &str = include_str!("world_readme.md");

#[cfg(test)]
mod tests;
