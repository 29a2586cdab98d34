//! The rows of one referral become a referral.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::table::{Column, Row};
use super::{Fault, cell, parents};
use crate::model::directory::TestCode;
use crate::model::family::Family;
use crate::model::panel::Penetrance;
use crate::model::participant::{Affection, Participant, Role, Sex};
use crate::model::plan::Referral;
use crate::request::pedigree as ped;

pub(super) fn fault(row: &Row, column: Column, reason: impl Into<String>) -> Fault {
    Fault { line: row.line, column: column.name(), reason: reason.into() }
}

/// Builds a referral from its rows, which are at least one.
pub(super) fn build(
    id: &str,
    rows: &[&Row],
    contradictory_sexes: &BTreeMap<String, (u64, u64)>,
    folder: &Path,
    warnings: &mut Vec<String>,
) -> Result<Referral, Fault> {
    for row in rows {
        if let Some((column, reason)) = &row.fault {
            return Err(Fault { line: row.line, column, reason: reason.clone() });
        }
    }
    let mut members = Vec::new();
    for row in rows {
        let member = participant(row)?;
        if let Some((female, male)) = contradictory_sexes.get(&member.id) {
            let reason = format!(
                "{} is female on line {female} and male on line {male}; a participant has one registered sex",
                member.id
            );
            return Err(fault(row, Column::Sex, reason));
        }
        if members.iter().any(|m: &Participant| m.id == member.id) {
            let reason = format!("{} has two rows in the referral; keep one", member.id);
            return Err(fault(row, Column::Participant, reason));
        }
        members.push(member);
    }
    let named = parents::named(rows, &members)?;
    let proband = parents::assign(rows, &mut members, &named)?;
    // Where the row is silent the proband is taken as affected; nobody else is taken as anything.
    if cell::given(rows[proband].get(Column::Affected)).is_none() {
        members[proband].affection = Affection::Affected;
    }
    let mut family =
        Family { id: id.to_owned(), members, proband, consanguineous: any_consanguineous(rows)? };
    apply_pedigree(rows, folder, &mut family, warnings)?;
    parents::check(rows, &family.members)?;
    let variants = shared(rows, proband, Column::Variants, named_variants)?;
    // A known variant is looked up in healthy relatives too: no mode of inheritance is asked about.
    if family.proband().affection != Affection::Affected && variants.is_empty() {
        let reason = format!(
            "the proband {} is not affected, and no mode of inheritance can be tested; correct the samplesheet",
            family.proband().id
        );
        return Err(fault(rows[proband], Column::Affected, reason));
    }
    if family.members.iter().all(|m| m.vcf.is_none()) {
        return Err(fault(
            rows[proband],
            Column::Vcf,
            "no participant has a VCF; add at least the proband's",
        ));
    }
    for (row, member) in rows.iter().zip(&family.members) {
        if member.role != Role::Proband && cell::given(row.get(Column::Hpo)).is_some() {
            warnings.push(format!("line {}: HPO terms of a relative are not used", row.line));
        }
    }
    Ok(Referral {
        id: id.to_owned(),
        test_codes: shared(rows, proband, Column::TestCode, test_codes)?,
        hpo: cell::hpo(rows[proband].get(Column::Hpo)).map_err(|r| fault(rows[proband], Column::Hpo, r))?,
        priority: shared(rows, proband, Column::Priority, |text| {
            Ok(cell::given(text).unwrap_or("routine").to_ascii_lowercase())
        })?,
        panels: shared(rows, proband, Column::Panels, cell::panels)?,
        variants,
        penetrance: shared(rows, proband, Column::Penetrance, cell::penetrance)?
            .unwrap_or(Penetrance::Complete),
        line: rows.iter().map(|r| r.line).min().unwrap_or_default(),
        family,
    })
}

fn participant(row: &Row) -> Result<Participant, Fault> {
    let id = row.get(Column::Participant);
    cell::safe_id(id).map_err(|reason| fault(row, Column::Participant, reason))?;
    let mut sex = cell::sex(row.get(Column::Sex)).map_err(|r| fault(row, Column::Sex, r))?;
    let role = cell::role(row.get(Column::Role));
    if let Some((_, implied)) = role
        && implied != Sex::Unknown
    {
        if sex != Sex::Unknown && sex != implied {
            let reason = format!("the role {} does not go with this sex; correct one", row.get(Column::Role));
            return Err(fault(row, Column::Sex, reason));
        }
        sex = implied;
    }
    let vcf = cell::given(row.get(Column::Vcf)).map(PathBuf::from);
    let vcf_sample = Some(row.get(Column::VcfSample)).filter(|t| !t.is_empty()).map(str::to_owned);
    if vcf_sample.is_some() && vcf.is_none() {
        return Err(fault(
            row,
            Column::VcfSample,
            "a sample is named but no vcf; add the file in column vcf",
        ));
    }
    Ok(Participant {
        id: id.to_owned(),
        role: role.map_or(Role::Relative(String::new()), |(role, _)| role),
        sex,
        sex_chromosomes: cell::karyotype(row.get(Column::Karyotype))
            .map_err(|r| fault(row, Column::Karyotype, r))?,
        affection: cell::affection(row.get(Column::Affected))
            .map_err(|r| fault(row, Column::Affected, r))?
            .unwrap_or_default(),
        mother: None,
        father: None,
        vcf,
        vcf_sample,
        alignments: cell::given(row.get(Column::Alignments)).map(PathBuf::from),
    })
}

fn any_consanguineous(rows: &[&Row]) -> Result<bool, Fault> {
    let mut any = false;
    for row in rows {
        any |=
            cell::flag(row.get(Column::Consanguineous)).map_err(|r| fault(row, Column::Consanguineous, r))?;
    }
    Ok(any)
}

fn test_codes(text: &str) -> Result<Vec<TestCode>, String> {
    Ok(cell::list(text).into_iter().map(|code| TestCode(code.to_owned())).collect())
}

fn named_variants(text: &str) -> Result<Vec<String>, String> {
    Ok(cell::list(text).into_iter().map(str::to_owned).collect())
}

/// A value of the whole referral: the proband's cell, else the first that is filled; two that differ are an
/// error, because nothing says which one was meant.
fn shared<T: PartialEq>(
    rows: &[&Row],
    proband: usize,
    column: Column,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Fault> {
    let filled = |row: &&&Row| cell::given(row.get(column)).is_some();
    let leading = Some(&rows[proband]).filter(filled).or_else(|| rows.iter().find(filled));
    let leading = leading.unwrap_or(&rows[proband]);
    let value = parse(leading.get(column)).map_err(|r| fault(leading, column, r))?;
    for row in rows.iter().filter(filled) {
        if parse(row.get(column)).map_err(|r| fault(row, column, r))? != value {
            let reason = format!("differs from line {}; one referral has one value", leading.line);
            return Err(fault(row, column, reason));
        }
    }
    Ok(value)
}

/// Lets a PED file stand in for cells that are empty; where both speak they must agree.
fn apply_pedigree(
    rows: &[&Row],
    folder: &Path,
    family: &mut Family,
    warnings: &mut Vec<String>,
) -> Result<(), Fault> {
    let Some(row) = rows.iter().find(|r| cell::given(r.get(Column::Ped)).is_some()) else {
        return Ok(());
    };
    let path = folder.join(row.get(Column::Ped));
    let pedigree = ped::read(&path).map_err(|e| fault(row, Column::Ped, e.to_string()))?;
    let from = pedigree
        .iter()
        .find(|f| f.members.iter().any(|m| m.id == family.members[family.proband].id))
        .ok_or_else(|| {
            fault(row, Column::Ped, "the pedigree does not have the proband; check its identifiers")
        })?;
    let silent: Vec<bool> = rows.iter().map(|r| cell::given(r.get(Column::Affected)).is_none()).collect();
    ped::complete(family, from, &silent).map_err(|reason| fault(row, Column::Ped, reason))?;
    let added = family.members.len() - rows.len();
    if added > 0 {
        warnings.push(format!(
            "line {}: {added} relatives of the pedigree have no row; they have no data",
            row.line
        ));
    }
    Ok(())
}
