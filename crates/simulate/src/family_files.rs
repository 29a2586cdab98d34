//! The files of one family: calls in its form, alignments where asked for, a PED file.

use std::io::Write;
use std::path::Path;

use noodles::vcf::variant::io::Write as _;
use noodles::{bcf, vcf as vcf_format};

use super::SimulateError;
use super::calls::{Calling, Record};
use super::compressed;
use super::genes::Gene;
use super::genome::Genome;
use super::reads;
use super::referral::{Form, Referral};
use super::sites::Site;
use super::vcf::{self, Phaser};

/// The world as families see it.
pub struct World<'a> {
    /// The genome.
    pub genome: &'a Genome,
    /// All genes.
    pub genes: &'a [Gene],
    /// Background sites by contig.
    pub sites: &'a [Vec<Site>],
}

/// The sample name of a member, as its files have it: not the participant's identifier.
pub fn sample_name(referral: &Referral, member: usize) -> String {
    format!("LP9{}-DNA_{}", &referral.id[3..], (b'A' + member as u8) as char)
}

/// Where a member's calls are, below the world's folder.
pub fn calls_path(referral: &Referral, member: usize) -> String {
    let id = &referral.id;
    let name = referral.pedigree.members[member].name;
    match referral.style.form {
        Form::Joint => format!("families/{id}/{id}.vcf.gz"),
        Form::JointBcf => format!("families/{id}/{id}.bcf"),
        Form::PerMember => format!("families/{id}/{name}.vcf.gz"),
        Form::GvcfPerMember => format!("families/{id}/{name}.g.vcf.gz"),
    }
}

/// Writes all files of a family.
///
/// # Errors
/// Fails where a file can't be written.
pub fn write(
    world: &World<'_>,
    referral: &Referral,
    calling: &Calling<'_>,
    output: &Path,
) -> Result<(), SimulateError> {
    let members = referral.pedigree.sequenced();
    let groups: Vec<Vec<usize>> = match referral.style.form {
        Form::Joint | Form::JointBcf => vec![members.clone()],
        Form::PerMember | Form::GvcfPerMember => members.iter().map(|m| vec![*m]).collect(),
    };
    let blocks = referral.style.form == Form::GvcfPerMember;
    for group in &groups {
        let path = output.join(calls_path(referral, group[0]));
        if referral.style.form == Form::JointBcf {
            let mut text = Vec::new();
            write_calls(world, referral, calling, group, blocks, &mut text, &path)?;
            write_bcf(&text, &path)?;
        } else {
            let mut writer = compressed::create(&path)?;
            write_calls(world, referral, calling, group, blocks, &mut writer, &path)?;
            compressed::close(&path, writer)?;
            compressed::index_vcf(&path)?;
        }
    }
    if referral.style.alignments {
        for member in &members {
            let name = referral.pedigree.members[*member].name;
            let path = output.join(format!("families/{}/{name}.bam", referral.id));
            reads::write(world, referral, calling, *member, &path)?;
        }
    }
    if referral.style.ped {
        let path = output.join(format!("families/{}/{}.ped", referral.id, referral.id));
        compressed::write(&path, super::samplesheet::ped(referral).as_bytes())?;
    }
    Ok(())
}

fn write_calls(
    world: &World<'_>,
    referral: &Referral,
    calling: &Calling<'_>,
    group: &[usize],
    blocks: bool,
    writer: &mut impl Write,
    path: &Path,
) -> Result<(), SimulateError> {
    let failed = |source| SimulateError::write(path, source);
    let (genome, style) = (world.genome, &referral.style);
    let samples: Vec<String> = group.iter().map(|m| sample_name(referral, *m)).collect();
    writer.write_all(vcf::header(genome, style, &samples, blocks).as_bytes()).map_err(failed)?;
    let mut phaser = Phaser::default();
    for contig in 0..genome.contigs.len() {
        let records = calling.contig(contig, &world.sites[contig], genome.bases(contig));
        let kept = records
            .iter()
            .filter(|r| group.iter().any(|m| r.calls[*m].is_variant()) && wanted(world, referral, r));
        let mut done = 0;
        for record in kept {
            if blocks {
                let text = reference(world, referral, group[0], contig, done, record.position);
                writer.write_all(text.as_bytes()).map_err(failed)?;
                done = done.max(record.position + record.reference.len() as u32);
            }
            let line = vcf::record(genome, style, record, group, blocks, &mut phaser);
            writer.write_all(line.as_bytes()).map_err(failed)?;
        }
        if blocks {
            let end = genome.bases(contig).len() as u32;
            let text = reference(world, referral, group[0], contig, done, end);
            writer.write_all(text.as_bytes()).map_err(failed)?;
        }
    }
    Ok(())
}

/// In targeted work, only what is in or near a target.
fn wanted(world: &World<'_>, referral: &Referral, record: &Record) -> bool {
    !referral.style.targeted
        || referral.targets.iter().any(|gene| {
            let gene = &world.genes[*gene];
            let (start, end) = gene.interval();
            gene.contig == record.contig && record.position + 200 > start && record.position < end + 200
        })
}

/// Reference blocks over `start..end`, none over N and none where the member has no copy.
fn reference(
    world: &World<'_>,
    referral: &Referral,
    member: usize,
    contig: usize,
    start: u32,
    end: u32,
) -> String {
    const LONGEST: u32 = 20_000;
    let bases = world.genome.bases(contig);
    let mut out = String::new();
    let mut at = start;
    while at < end {
        if bases[at as usize] == b'N' {
            at += 1;
            continue;
        }
        let copies = referral.pedigree.copies(member, contig, at).len();
        let stop = (at..end.min(at + LONGEST))
            .find(|p| {
                bases[*p as usize] == b'N'
                    || (*p % 1_000 == 0 && referral.pedigree.copies(member, contig, *p).len() != copies)
            })
            .unwrap_or(end.min(at + LONGEST));
        if copies > 0 {
            out.push_str(&vcf::block(world.genome, &referral.style, contig, at, stop, copies));
        }
        at = stop.max(at + 1);
    }
    out
}

fn write_bcf(text: &[u8], path: &Path) -> Result<(), SimulateError> {
    let failed = |source| SimulateError::write(path, source);
    let mut reader = vcf_format::io::Reader::new(text);
    let header = reader.read_header().map_err(failed)?;
    let inner = compressed::create(path)?;
    let mut writer = bcf::io::Writer::from(inner);
    writer.write_variant_header(&header).map_err(failed)?;
    for record in reader.records() {
        let record = record.map_err(failed)?;
        writer.write_variant_record(&header, &record).map_err(failed)?;
    }
    compressed::close(path, writer.into_inner())?;
    compressed::index_bcf(path)
}
