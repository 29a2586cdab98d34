//! The samplesheets and the PED files.

use super::family_files::{calls_path, sample_name};
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

/// The members who have a row, the proband first.
pub fn order(referral: &Referral) -> Vec<usize> {
    let members = &referral.pedigree.members;
    let mut order: Vec<usize> = (0..members.len()).filter(|m| members[*m].part != Part::Hidden).collect();
    order.sort_by_key(|m| (members[*m].name != "proband", *m));
    order
}

/// The rows of one referral, the proband first.
pub fn rows(referral: &Referral) -> String {
    let pedigree = &referral.pedigree;
    let mut out = String::new();
    for index in order(referral) {
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
