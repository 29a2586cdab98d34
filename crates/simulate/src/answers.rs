//! The table of right answers. What each column holds is written in the README of the world.

use super::accession;
use super::genes::Gene;
use super::genome::{Genome, M};
use super::pedigree::Part;
use super::referral::{Form, Plant, Referral};
use super::samplesheet::{order, participant};

/// Columns of the table.
pub const HEADING: &str = "referral\tvariant\tgene\thgnc_id\tkind\texpected_tier\tmode\tpartner\tnote\thgvsc\tconsequence\talso_modes\thgvsp\tverdict\tphase\torigin\tcarried\tmust_name\n";

/// Which copies of each member carry each planted allele of a referral, in the order of its plants.
pub type Carriers = Vec<Vec<[bool; 2]>>;

/// The right answers of one referral.
pub fn rows(genome: &Genome, genes: &[Gene], referral: &Referral, carriers: &Carriers) -> String {
    let mut out = String::new();
    for (index, plant) in referral.plants.iter().enumerate() {
        let (lesion, truth) = (&plant.lesion, &plant.truth);
        let gene = &genes[lesion.gene];
        let gap = referral.gap.filter(|_| truth.kind == "coverage_gap");
        let own = name(genome, plant);
        let variant = gap.map_or_else(
            || own.clone(),
            |(contig, start, end)| format!("{}-{}-{end}", genome.contigs[contig].name, start + 1),
        );
        let why = if truth.why.is_empty() { String::new() } else { format!("; {}", truth.why) };
        let hidden = if gap.is_some() { format!(" ({own})") } else { String::new() };
        let version = gene.transcripts[0].version;
        let partner = truth.partner.map(|p| &referral.plants[p]);
        let carried = match carriers.get(index) {
            Some(carriers) if gap.is_none() => carried(referral, plant, carriers),
            _ => String::new(),
        };
        let fields = [
            referral.id.clone(),
            variant,
            gene.symbol.clone(),
            format!("HGNC:{}", gene.hgnc),
            truth.kind.to_owned(),
            truth.tier.to_owned(),
            truth.mode.to_owned(),
            partner.map_or_else(String::new, |p| name(genome, p)),
            format!("{}{hidden}{why}", lesion.words),
            named(&format!("{}.{version}", accession::ensembl_transcript(gene, 0)), &lesion.hgvsc),
            lesion.consequence.to_owned(),
            truth.also.to_owned(),
            named(&format!("{}.1", accession::ensembl_protein(gene, 0)), &lesion.hgvsp),
            if truth.mode.is_empty() { "" } else { verdict(referral) }.to_owned(),
            if partner.is_some() { phase(referral) } else { "" }.to_owned(),
            if gap.is_some() { "" } else { origin(referral, plant) }.to_owned(),
            carried,
            if truth.kind == "cause" { warning(genome, referral) } else { String::new() },
        ];
        out.push_str(&fields.join("\t"));
        out.push('\n');
    }
    out
}

/// `contig-position-REF-ALT`, left-aligned and trimmed.
fn name(genome: &Genome, plant: &Plant) -> String {
    let spelling = &plant.lesion.spelling;
    format!(
        "{}-{}-{}-{}",
        genome.contigs[plant.lesion.contig].name,
        spelling.position + 1,
        String::from_utf8_lossy(&spelling.reference),
        String::from_utf8_lossy(&spelling.alternate)
    )
}

/// A change with the sequence it is a change of; nothing where the change has no certain name.
fn named(accession: &str, change: &str) -> String {
    if change.is_empty() { String::new() } else { format!("{accession}:{change}") }
}

fn sequenced(referral: &Referral, name: &str) -> bool {
    let pedigree = &referral.pedigree;
    pedigree.find(name).is_some_and(|m| pedigree.members[m].part == Part::Sequenced)
}

/// Nothing is certain of a mode where a member of known affection was not sequenced.
fn verdict(referral: &Referral) -> &'static str {
    let unseen = referral.pedigree.members.iter().any(|m| m.part == Part::Listed && m.affected != "unknown");
    if unseen { "possible" } else { "yes" }
}

/// How the two alleles of a pair can be known to be on different copies.
fn phase(referral: &Referral) -> &'static str {
    if sequenced(referral, "mother") && sequenced(referral, "father") {
        "trio"
    } else if referral.style.phased {
        "phase_set"
    } else {
        ""
    }
}

/// Where the proband has the allele from, where the files can show it.
fn origin(referral: &Referral, plant: &Plant) -> &'static str {
    let from = |parent: &str| {
        sequenced(referral, parent) && plant.path.iter().any(|(from, to)| *from == parent && *to == "proband")
    };
    match (from("mother"), from("father")) {
        (true, true) => "both",
        (true, false) => "mother",
        (false, true) => "father",
        (false, false) => {
            let seen = sequenced(referral, "mother") && sequenced(referral, "father");
            // A file of one member has no record where that member does not differ from the genome.
            let new = plant.founder == "proband" && seen && referral.style.form != Form::PerMember;
            if new { "new" } else { "" }
        }
    }
}

/// What each member of the samplesheet carries, the proband first.
fn carried(referral: &Referral, plant: &Plant, carriers: &[[bool; 2]]) -> String {
    let pedigree = &referral.pedigree;
    let state = |member: usize| {
        let who = &pedigree.members[member];
        if who.part == Part::Listed {
            return "-".to_owned();
        }
        if plant.lesion.contig == M {
            let fraction = plant.fractions.iter().find(|(name, _)| *name == who.name).map_or(0.0, |f| f.1);
            return format!("{:.0}%", fraction * 100.0);
        }
        let copies = pedigree.copies(member, plant.lesion.contig, plant.lesion.spelling.position);
        let count = copies.iter().filter(|copy| carriers[member][**copy]).count();
        if count == 0 && referral.style.form == Form::PerMember {
            return "?".to_owned();
        }
        format!("{count}/{}", copies.len())
    };
    let states: Vec<String> = order(referral)
        .into_iter()
        .map(|member| format!("{}:{}", participant(referral, member), state(member)))
        .collect();
    states.join(";")
}

/// What a warning must name where both copies of a contig are the mother's: child, father and contig.
fn warning(genome: &Genome, referral: &Referral) -> String {
    let pedigree = &referral.pedigree;
    let Some((child, contig)) = pedigree.isodisomy else { return String::new() };
    let father = pedigree.members[child].father.map_or_else(String::new, |f| participant(referral, f));
    format!("{};{father};{}", participant(referral, child), genome.contigs[contig].name)
}
