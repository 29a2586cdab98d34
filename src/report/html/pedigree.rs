//! The pedigree as a drawing: squares, circles and diamonds, filled when affected, an arrow at the proband,
//! a dot in who carries the top finding.
//!
//! Source of the symbols: National Society of Genetic Counselors, standardised pedigree nomenclature
//! (Bennett et al., Journal of Genetic Counseling 2022, doi 10.1002/jgc4.1621).

mod layout;
mod lines;

use serde::Serialize;

use crate::model::participant::{Affection, Role, Sex};
use crate::report::model::{FamilyMember, Finding, MemberGenotype, Report, Zygosity};

/// Half the width of a symbol.
const RADIUS: i64 = 18;
/// Between the centres of two neighbours.
const COLUMN: i64 = 132;
/// Between the centres of two generations.
const ROW: i64 = 148;
/// Characters of a label that fit between two neighbours.
const LABEL: usize = 17;
/// Around the drawing.
const MARGIN: i64 = 72;

/// A drawing, in pixels.
#[derive(Serialize)]
pub(super) struct Pedigree {
    width: i64,
    height: i64,
    lines: Vec<String>,
    symbols: Vec<Symbol>,
    /// The same facts in sentences, one a member.
    description: Vec<String>,
    /// Which variant each letter stands for.
    legend: Vec<String>,
}

/// One person.
#[derive(Serialize)]
struct Symbol {
    x: i64,
    y: i64,
    shape: &'static str,
    affected: bool,
    unknown: bool,
    proband: bool,
    carrier: bool,
    name: String,
    labels: Vec<String>,
}

/// The pedigree of a report.
pub(super) fn of(report: &Report) -> Pedigree {
    let members = &report.referral.members;
    let places = layout::places(members);
    let shown = top_findings(report);
    let symbols: Vec<Symbol> = members.iter().zip(&places).map(|(m, p)| symbol(m, *p, &shown)).collect();
    let right = places.iter().map(|place| place.0).max().unwrap_or(0);
    let below = places.iter().map(|place| place.1).max().unwrap_or(0);
    Pedigree {
        width: right + MARGIN,
        height: below + RADIUS + 42 + 15 * shown.len() as i64,
        lines: lines::of(members, &places, report.referral.consanguineous),
        description: members.iter().map(|m| describe(m, members, &shown)).collect(),
        legend: shown
            .iter()
            .enumerate()
            .map(|(at, finding)| {
                format!("{}: {} {}", letter(at), finding.gene.symbol, shorten(&finding.variant.name, 60))
            })
            .collect(),
        symbols,
    }
}

/// The first finding and, where it is one of a pair, its partner.
fn top_findings(report: &Report) -> Vec<&Finding> {
    let Some(first) = report.findings.first() else { return Vec::new() };
    let is_partner = |finding: &&Finding| {
        first.inheritance.iter().flat_map(|i| &i.partners).any(|p| p.variant == finding.variant.name)
    };
    std::iter::once(first).chain(report.findings.iter().skip(1).find(is_partner)).collect()
}

fn letter(at: usize) -> &'static str {
    ["a", "b"][at.min(1)]
}

fn symbol(member: &FamilyMember, (x, y): (i64, i64), shown: &[&Finding]) -> Symbol {
    let genotypes = shown.iter().filter_map(|finding| genotype(finding, member));
    let mut labels = vec![role(&member.role)];
    labels.extend(genotypes.clone().enumerate().map(|(at, g)| format!("{}: {}", letter(at), short(g))));
    Symbol {
        x,
        y,
        shape: match member.sex {
            Sex::Male => "square",
            Sex::Female => "circle",
            Sex::Unknown => "diamond",
        },
        affected: member.affection == Affection::Affected,
        unknown: member.affection == Affection::Unknown,
        proband: member.role == Role::Proband,
        carrier: genotypes.clone().any(|genotype| carries(genotype.zygosity)),
        name: shorten(&member.participant, LABEL),
        labels: labels.iter().map(|label| shorten(label, LABEL)).collect(),
    }
}

fn genotype<'a>(finding: &'a Finding, member: &FamilyMember) -> Option<&'a MemberGenotype> {
    finding.genotypes.iter().find(|genotype| genotype.participant == member.participant)
}

fn carries(zygosity: Zygosity) -> bool {
    !matches!(zygosity, Zygosity::NotCarried | Zygosity::Unknown)
}

fn short(genotype: &MemberGenotype) -> &'static str {
    match genotype.zygosity {
        Zygosity::Homozygous => "homozygous",
        Zygosity::Heterozygous => "heterozygous",
        Zygosity::Hemizygous => "hemizygous",
        Zygosity::Homoplasmic => "homoplasmic",
        Zygosity::Heteroplasmic => "heteroplasmic",
        Zygosity::NotCarried => "not carried",
        Zygosity::CarriedOtherCopyUnknown => "carried",
        Zygosity::Unknown => "not known",
    }
}

/// At most `most` characters; the tables of the page have the whole.
fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most - 1).collect();
    cut.push('…');
    cut
}

fn role(role: &Role) -> String {
    match role {
        Role::Proband => "proband".to_owned(),
        Role::Mother => "mother".to_owned(),
        Role::Father => "father".to_owned(),
        Role::Sibling => "sibling".to_owned(),
        Role::Relative(words) => words.clone(),
    }
}

fn describe(member: &FamilyMember, members: &[FamilyMember], shown: &[&Finding]) -> String {
    let sex = match member.sex {
        Sex::Male => "male",
        Sex::Female => "female",
        Sex::Unknown => "sex not stated",
    };
    let affection = match member.affection {
        Affection::Affected => "affected",
        Affection::Unaffected => "unaffected",
        Affection::Unknown => "affection not known",
    };
    let mut text = format!("{}: {}, {sex}, {affection}", member.participant, role(&member.role));
    let known =
        |id: &Option<String>| id.as_ref().filter(|id| members.iter().any(|m| m.participant == **id)).cloned();
    match (known(&member.mother), known(&member.father)) {
        (Some(mother), Some(father)) => text.push_str(&format!(", child of {mother} and {father}")),
        (Some(parent), None) | (None, Some(parent)) => text.push_str(&format!(", child of {parent}")),
        (None, None) => {}
    }
    for (at, finding) in shown.iter().enumerate() {
        if let Some(genotype) = genotype(finding, member) {
            text.push_str(&format!("; variant {} {}", letter(at), genotype.words));
        }
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::example;

    #[test]
    fn the_text_says_what_the_drawing_shows() {
        let drawing = of(&example::report());
        assert_eq!(
            drawing.description[0],
            "EX-0001-P: proband, male, affected, child of EX-0001-M and EX-0001-F; \
             variant a heterozygous; variant b heterozygous."
        );
        assert_eq!(drawing.legend, ["a: WEAVR1 chr2-84301-C-T", "b: WEAVR1 chr2-88417-GAA-G"]);
        let proband = &drawing.symbols[0];
        assert!(proband.proband && proband.affected && proband.carrier && proband.shape == "square");
        assert!(drawing.symbols[3].unknown, "the sister's affection is not known");
        assert!(!drawing.symbols[4].carrier, "who was not sequenced is not drawn as a carrier");
    }

    #[test]
    fn parents_related_by_blood_have_a_double_line() {
        let mut report = example::report();
        let single = of(&report).lines.len();
        report.referral.consanguineous = true;
        assert_eq!(of(&report).lines.len(), single + 1);
    }

    #[test]
    fn one_person_alone_is_drawn_without_lines() {
        let drawing = of(&example::negative());
        assert!(drawing.lines.is_empty());
        assert_eq!(drawing.symbols.len(), 1);
    }
}
