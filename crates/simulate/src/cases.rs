//! The referrals that must come out right: one for each mode of inheritance and each way to be misled.

mod dominant;
mod files;
mod knowledge;
mod recessive;
mod sex_linked;
mod special_modes;

use super::SimulateError;
use super::cast::{Cast, Entry, NOT_LOSS_OF_FUNCTION, moi};
use super::genome::{M, PSEUDOAUTOSOMAL, X, Y};
use super::lesions::Lesion;
use super::pedigree::Pedigree;
use super::referral::{Form, JOINT, Plant, Referral, Style, Truth, Written};

const AUTOSOMES: &[usize] = &[0, 1, 2];
const ONE: &[usize] = &[0];
const TWO: &[usize] = &[1];
const THREE: &[usize] = &[2];

fn cause(tier: &'static str, mode: &'static str) -> Truth {
    Truth { kind: "cause", tier, mode, also: "", partner: None, why: "" }
}

fn decoy(tier: &'static str, why: &'static str) -> Truth {
    Truth { kind: "decoy", tier, mode: "", also: "", partner: None, why }
}

fn single_hit(why: &'static str) -> Truth {
    Truth { kind: "single_hit", tier: "untiered", mode: "", also: "", partner: None, why }
}

const TRIO_BOY: &[&str] = &["mother f u - - s", "father m u - - s", "proband m a mother father s"];
const TRIO_GIRL: &[&str] = &["mother f u - - s", "father m u - - s", "proband f a mother father s"];
const FROM_MOTHER: &[(&str, &str)] = &[("mother", "proband")];
const FROM_FATHER: &[(&str, &str)] = &[("father", "proband")];
const NOBODY: &[(&str, &str)] = &[];

/// Fills in what most referrals share; the test code is that of the panel.
fn referral(number: u32, rows: &[&'static str], panel: u32, plants: Vec<Plant>) -> Referral {
    Referral {
        id: format!("SIM{number:03}"),
        pedigree: Pedigree::new(rows),
        codes: vec![format!("R{panel}.1")],
        panels: "",
        priority: if number.is_multiple_of(5) { "urgent" } else { "routine" },
        hpo: ["HP:0001250", "HP:0001250;HP:0001263", "", "HP:0000407"][number as usize % 4],
        penetrance: "complete",
        style: JOINT,
        plants,
        targets: Vec::new(),
        gap: None,
    }
}

/// Every referral of the main samplesheet.
///
/// # Errors
/// Fails where the genes don't suffice.
pub fn all(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
    let mut out = dominant::dominant(cast)?;
    out.extend(recessive::recessive(cast)?);
    out.extend(sex_linked::sex_linked(cast)?);
    out.extend(special_modes::special_modes(cast)?);
    out.extend(knowledge::knowledge(cast)?);
    out.extend(files::files(cast)?);
    Ok(out)
}

fn green(cast: &mut Cast<'_>, panel: u32, lesion: &Lesion, mode: &'static str) {
    cast.green(panel, lesion.gene, mode);
}
