//! The samplesheets, the PED files and the table of right answers.

use super::accession;
use super::family_files::{calls_path, sample_name};
use super::genes::Gene;
use super::genome::Genome;
use super::pedigree::Part;
use super::referral::Referral;

/// Columns of a samplesheet.
pub const HEADING: &str = "referral\tparticipant\trole\tsex\taffected\tvcf\tvcf_sample\talignments\ttest_code\thpo\tpriority\tmother\tfather\tpanels\tpenetrance\n";

/// A participant's identifier.
pub fn participant(referral: &Referral, member: usize) -> String {
    format!("P{}{:02}", &referral.id[3..], member + 1)
}

/// Role in the samplesheet's words.
fn role(name: &str) -> &str {
    match name {
        "sister" | "brother" => "sibling",
        other => other,
    }
}

/// The rows of one referral, the proband first.
pub fn rows(referral: &Referral) -> String {
    let pedigree = &referral.pedigree;
    let mut order: Vec<usize> =
        (0..pedigree.members.len()).filter(|m| pedigree.members[*m].part != Part::Hidden).collect();
    order.sort_by_key(|m| (pedigree.members[*m].name != "proband", *m));
    let mut out = String::new();
    for index in order {
        let member = &pedigree.members[index];
        let sequenced = member.part == Part::Sequenced;
        let parent = |parent: Option<usize>| {
            parent
                .filter(|p| pedigree.members[*p].part != Part::Hidden)
                .map_or_else(String::new, |p| participant(referral, p))
        };
        let proband = member.name == "proband";
        let when = |condition: bool, text: String| if condition { text } else { String::new() };
        let fields = [
            referral.id.clone(),
            participant(referral, index),
            role(member.name).to_owned(),
            if member.male { "male" } else { "female" }.to_owned(),
            member.affected.to_owned(),
            when(sequenced, calls_path(referral, index)),
            when(sequenced, sample_name(referral, index)),
            when(
                sequenced && referral.style.alignments,
                format!("families/{}/{}.bam", referral.id, member.name),
            ),
            when(proband, referral.codes.join(";")),
            when(proband, referral.hpo.to_owned()),
            when(proband, referral.priority.to_owned()),
            parent(member.mother),
            parent(member.father),
            when(proband, referral.panels.to_owned()),
            when(proband, referral.penetrance.to_owned()),
        ];
        out.push_str(&fields.join("\t"));
        out.push('\n');
    }
    out
}

/// The family as a PED file.
pub fn ped(referral: &Referral) -> String {
    let mut out = String::from("#Family ID\tIndividual ID\tPaternal ID\tMaternal ID\tSex\tPhenotype\n");
    for (index, member) in referral.pedigree.members.iter().enumerate() {
        let parent =
            |parent: Option<usize>| parent.map_or_else(|| "0".to_owned(), |p| participant(referral, p));
        let phenotype = match member.affected {
            "yes" => 2,
            "no" => 1,
            _ => 0,
        };
        out.push_str(&format!(
            "{}\t{}\t{}\t{}\t{}\t{phenotype}\n",
            referral.id,
            participant(referral, index),
            parent(member.father),
            parent(member.mother),
            if member.male { 1 } else { 2 },
        ));
    }
    out
}

/// Columns of the table of right answers; the last three are ours to add.
pub const TRUTH_HEADING: &str = "referral\tvariant\tgene\thgnc_id\tkind\texpected_tier\tmode\tpartner\tnote\thgvsc\tconsequence\talso_modes\n";

/// The right answers of one referral.
pub fn truth(genome: &Genome, genes: &[Gene], referral: &Referral) -> String {
    let name = |index: usize| {
        let lesion = &referral.plants[index].lesion;
        let spelling = &lesion.spelling;
        format!(
            "{}-{}-{}-{}",
            genome.contigs[lesion.contig].name,
            spelling.position + 1,
            String::from_utf8_lossy(&spelling.reference),
            String::from_utf8_lossy(&spelling.alternate)
        )
    };
    let mut out = String::new();
    for (index, plant) in referral.plants.iter().enumerate() {
        let (lesion, truth) = (&plant.lesion, &plant.truth);
        let gene = &genes[lesion.gene];
        let gap = referral.gap.filter(|_| truth.kind == "coverage_gap");
        let variant = gap.map_or_else(
            || name(index),
            |(contig, start, end)| format!("{}-{}-{end}", genome.contigs[contig].name, start + 1),
        );
        let why = if truth.why.is_empty() { String::new() } else { format!("; {}", truth.why) };
        let hidden = if gap.is_some() { format!(" ({})", name(index)) } else { String::new() };
        let hgvsc = if lesion.hgvsc.is_empty() {
            String::new()
        } else {
            format!(
                "{}.{}:{}",
                accession::ensembl_transcript(gene, 0),
                gene.transcripts[0].version,
                lesion.hgvsc
            )
        };
        out.push_str(&format!(
            "{}\t{variant}\t{}\tHGNC:{}\t{}\t{}\t{}\t{}\t{}{hidden}{why}\t{hgvsc}\t{}\t{}\n",
            referral.id,
            gene.symbol,
            gene.hgnc,
            truth.kind,
            truth.tier,
            truth.mode,
            truth.partner.map_or_else(String::new, name),
            lesion.words,
            lesion.consequence,
            truth.also,
        ));
    }
    out
}
