//! Verdicts of a trio over every single-site mode, variants a second on one core.
//!
//! `cargo bench --bench segregation`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;

use ithaca::family::{FamilyPolicy, Site, segregate, verdicts};
use ithaca::model::family::Family;
use ithaca::model::genotype::Call;
use ithaca::model::genotype::Copy::{Alternate, Other, Unknown};
use ithaca::model::participant::{Affection, Participant, Role, Sex};
use ithaca::model::segregation::CopyRegion;

fn member(
    id: &str,
    role: Role,
    sex: Sex,
    affection: Affection,
    parents: Option<(usize, usize)>,
) -> Participant {
    Participant {
        id: id.to_owned(),
        role,
        sex,
        sex_chromosomes: None,
        affection,
        mother: parents.map(|p| p.0),
        father: parents.map(|p| p.1),
        vcf: None,
        vcf_sample: None,
        alignments: None,
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn time(name: &str, sites: &[(CopyRegion, [Call; 3])], rounds: usize, mut each: impl FnMut(&Site)) {
    let start = std::time::Instant::now();
    for _ in 0..rounds {
        for (region, calls) in sites {
            each(&Site { region: *region, calls });
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{name}: {:.2} million variants a second", (rounds * sites.len()) as f64 / seconds / 1e6);
}

fn main() {
    let family = Family {
        id: "trio".to_owned(),
        members: vec![
            member("kid", Role::Proband, Sex::Male, Affection::Affected, Some((1, 2))),
            member("mum", Role::Mother, Sex::Female, Affection::Unaffected, None),
            member("dad", Role::Father, Sex::Male, Affection::Unaffected, None),
        ],
        proband: 0,
        consanguineous: false,
    };
    let genotypes = [[Other, Other], [Other, Alternate], [Alternate, Alternate], [Unknown, Unknown]];
    let every = |regions: &[CopyRegion], known: usize| -> Vec<(CopyRegion, [Call; 3])> {
        let mut sites = Vec::new();
        for &region in regions {
            for a in &genotypes[..known] {
                for b in &genotypes[..known] {
                    for c in &genotypes[..known] {
                        sites.push((region, [Call::of(a), Call::of(b), Call::of(c)]));
                    }
                }
            }
        }
        sites
    };
    let policy = FamilyPolicy::default();
    let autosomal = every(&[CopyRegion::Autosomal], 3);
    let missing = every(&[CopyRegion::Autosomal], 4);
    let all = every(&[CopyRegion::Autosomal, CopyRegion::X, CopyRegion::Y, CopyRegion::Mitochondrial], 4);
    time("autosomes, all called, verdicts of 7 modes", &autosomal, 40_000, |site| {
        black_box(verdicts(&family, site, &policy));
    });
    time("autosomes, a quarter of genotypes missing", &missing, 20_000, |site| {
        black_box(verdicts(&family, site, &policy));
    });
    time("all regions, a quarter of genotypes missing", &all, 5_000, |site| {
        black_box(verdicts(&family, site, &policy));
    });
    time("autosomes, all called, with reasons", &autosomal, 500, |site| {
        black_box(segregate(&family, site, &policy));
    });
}
