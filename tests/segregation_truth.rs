//! The truth table `tests/segregation_truth.tsv`, written from the rules of each mode.
//!
//! Columns: mode, region, members, verdict, note. A member is `name:sex:affection:genotype` with sex `F`, `M`
//! or `?`, affection `A`, `U` or `?`. The first is the proband; `mum` and `dad` are the proband's parents and
//! `sib` a child of the same. In genotypes 1 is the allele under test, 2 another ALT, `*` a deleted copy;
//! `-` is "not sequenced", `@0.30` a fraction, and a pair of alleles has two genotypes joined by a comma.

use ithaca::family::{FamilyPolicy, Site, compound_heterozygous, segregate};
use ithaca::model::family::Family;
use ithaca::model::genotype::{Call, Copy, MissingReason};
use ithaca::model::pair::PairRelation;
use ithaca::model::participant::{Affection, Sex};
use ithaca::model::segregation::CopyRegion;

use crate::pedigrees::{Row, family_of};

fn call(text: &str) -> Call {
    if text == "-" {
        return Call::missing(MissingReason::NotSequenced);
    }
    let (genotype, fraction) = text.split_once('@').map_or((text, None), |(g, f)| (g, f.parse().ok()));
    let copies: Vec<Copy> = genotype
        .split(['/', '|'])
        .map(|allele| match allele {
            "0" | "2" => Copy::Other,
            "1" => Copy::Alternate,
            "*" => Copy::Deleted,
            "." => Copy::Unknown,
            other => unreachable!("allele {other}"),
        })
        .collect();
    Call { phased: genotype.contains('|'), fraction, ..Call::of(&copies) }
}

/// The family, and the calls of each allele.
fn read(members: &str) -> (Family, Vec<Vec<Call>>) {
    let cells: Vec<Vec<&str>> = members.split(' ').map(|m| m.splitn(4, ':').collect()).collect();
    let index = |name: &str| cells.iter().position(|c| c[0] == name);
    let rows: Vec<Row> = cells
        .iter()
        .map(|c| {
            let child = c[0] == "kid" || c[0] == "sib";
            let (mother, father) = if child { (index("mum"), index("dad")) } else { (None, None) };
            let sex = match c[1] {
                "F" => Sex::Female,
                "M" => Sex::Male,
                _ => Sex::Unknown,
            };
            let affection = match c[2] {
                "A" => Affection::Affected,
                "U" => Affection::Unaffected,
                _ => Affection::Unknown,
            };
            (c[0], mother, father, sex, affection)
        })
        .collect();
    let alleles = cells[0][3].split(',').count();
    let calls = (0..alleles)
        .map(|i| cells.iter().map(|c| call(c[3].split(',').nth(i).unwrap_or("-"))).collect())
        .collect();
    (family_of(&rows), calls)
}

#[test]
fn every_row_of_the_truth_table() {
    let table = include_str!("segregation_truth.tsv");
    let policy = FamilyPolicy::default();
    let (mut rows, mut possible) = (0, 0);
    let mut wrong = Vec::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [mode, region, members, expected, _note] = cells[..] else { panic!("{line}") };
        let (family, calls) = read(members);
        let region = match region {
            "autosome" => CopyRegion::Autosomal,
            "X" => CopyRegion::X,
            "Y" => CopyRegion::Y,
            "mitochondrion" => CopyRegion::Mitochondrial,
            other => panic!("region {other}"),
        };
        let site = Site { region, calls: &calls[0] };
        let verdict = if mode == "compound_heterozygous" {
            let other = Site { region, calls: &calls[1] };
            compound_heterozygous(&family, &site, &other, PairRelation::Independent, &policy).verdict
        } else {
            let all = segregate(&family, &site, &policy);
            all.iter().find(|v| v.mode.name() == mode).unwrap_or_else(|| panic!("{line}")).verdict
        };
        if verdict.name() != expected {
            wrong.push(format!("{line}: {}", verdict.name()));
        }
        rows += 1;
        possible += usize::from(expected == "possible");
    }
    assert!(wrong.is_empty(), "{} of {rows}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 400 && possible >= 80, "{rows} rows, {possible} possible");
}
