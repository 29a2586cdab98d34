//! What one cell may say.

use crate::model::panel::Penetrance;
use crate::model::participant::{Affection, Role, Sex, SexChromosomes};

const LONGEST_ID: usize = 100;

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];

/// Names that the output folder uses itself.
const OURS: [&str; 2] = ["index.html", "batch.json"];

/// Referral and participant identifiers become folder and file names: refuses what is not safe as one.
pub(super) fn safe_id(id: &str) -> Result<(), String> {
    let shown = id.escape_debug();
    if id.is_empty() {
        return Err("is empty; enter an identifier".to_owned());
    }
    if id.len() > LONGEST_ID {
        return Err(format!("the identifier is longer than {LONGEST_ID} bytes; shorten it"));
    }
    if let Some(bad) = id.chars().find(|c| c.is_control() || r#"/\:<>"|?*"#.contains(*c)) {
        return Err(format!(
            "{shown} holds {bad:?}, which is not safe in a file name; use letters, digits, - and _"
        ));
    }
    if id.contains("..") || id.starts_with(['.', '-', '~']) || id.ends_with('.') {
        return Err(format!("{shown} is not safe as a file name; use letters, digits, - and _"));
    }
    let stem = id.split('.').next().unwrap_or(id).trim_end().to_ascii_uppercase();
    let numbered = NUMBERED_DEVICES.iter().any(|d| {
        stem.strip_prefix(d)
            .is_some_and(|n| n.chars().count() == 1 && n.chars().all(|c| "0123456789¹²³".contains(c)))
    });
    if DEVICES.contains(&stem.as_str()) || numbered {
        return Err(format!("{shown} is a device name on Windows; choose another"));
    }
    if OURS.contains(&id.to_ascii_lowercase().as_str()) {
        return Err(format!("{shown} is the name of a file of the output folder; choose another"));
    }
    Ok(())
}

/// A cell that says "none": empty, `.`, `0`, `NA`.
pub(super) fn given(text: &str) -> Option<&str> {
    (!matches!(text, "" | "." | "0" | "-") && !text.eq_ignore_ascii_case("na")).then_some(text)
}

pub(super) fn sex(text: &str) -> Result<Sex, String> {
    match text.to_ascii_lowercase().as_str() {
        "female" | "f" => Ok(Sex::Female),
        "male" | "m" => Ok(Sex::Male),
        "" | "." | "unknown" | "u" | "na" => Ok(Sex::Unknown),
        _ => Err(format!("{:?} is not a sex; use female, male or unknown", text)),
    }
}

pub(super) fn affection(text: &str) -> Result<Option<Affection>, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" | "affected" => Ok(Some(Affection::Affected)),
        "no" | "n" | "false" | "unaffected" => Ok(Some(Affection::Unaffected)),
        "unknown" | "u" => Ok(Some(Affection::Unknown)),
        "" | "." | "na" => Ok(None),
        _ => Err(format!("{:?} does not say whether affected; use yes, no or unknown", text)),
    }
}

pub(super) fn penetrance(text: &str) -> Result<Option<Penetrance>, String> {
    match text.to_ascii_lowercase().as_str() {
        "complete" => Ok(Some(Penetrance::Complete)),
        "incomplete" => Ok(Some(Penetrance::Incomplete)),
        "unknown" => Ok(Some(Penetrance::Unknown)),
        "" | "." | "na" => Ok(None),
        _ => Err(format!("{:?} is not a penetrance; use complete or incomplete", text)),
    }
}

pub(super) fn flag(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" => Ok(true),
        "" | "." | "no" | "n" | "false" | "unknown" | "na" => Ok(false),
        _ => Err(format!("{:?} is neither yes nor no", text)),
    }
}

/// Sex chromosomes as counted in the laboratory.
pub(super) fn karyotype(text: &str) -> Result<Option<SexChromosomes>, String> {
    let Some(text) = given(text) else { return Ok(None) };
    SexChromosomes::parse(text)
        .map(Some)
        .ok_or_else(|| format!("{text:?} is not a karyotype of X and Y; write XX, XY, XXY, X, XXX or XYY"))
}

/// A year of birth. A whole date is refused: nothing here needs it, and it identifies a person.
pub(super) fn year(text: &str) -> Result<Option<u16>, String> {
    let Some(text) = given(text) else { return Ok(None) };
    match text.parse() {
        Ok(year @ 1850..=2200) if text.len() == 4 => Ok(Some(year)),
        _ => Err("is not a year of birth; enter four digits, and never the full date".to_owned()),
    }
}

/// The role, and the sex it implies.
pub(super) fn role(text: &str) -> Option<(Role, Sex)> {
    let text = given(text)?;
    Some(match text.to_ascii_lowercase().as_str() {
        "proband" | "index" | "self" => (Role::Proband, Sex::Unknown),
        "mother" => (Role::Mother, Sex::Female),
        "father" => (Role::Father, Sex::Male),
        "sibling" => (Role::Sibling, Sex::Unknown),
        "brother" => (Role::Sibling, Sex::Male),
        "sister" => (Role::Sibling, Sex::Female),
        _ => (Role::Relative(text.to_owned()), Sex::Unknown),
    })
}

/// The parts of a list cell, without empty ones and repeats.
pub(super) fn list(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split([';', ',', '|']).filter_map(|p| given(p.trim())) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

pub(super) fn hpo(text: &str) -> Result<Vec<String>, String> {
    let term = |part: &str| {
        let digits =
            part.strip_prefix("HP:").filter(|d| d.len() == 7 && d.bytes().all(|b| b.is_ascii_digit()));
        digits.map(|_| part.to_owned()).ok_or(format!(
            "{part:?} is not an HPO term; write HP: and seven digits, several joined by a semicolon"
        ))
    };
    list(text).into_iter().map(term).collect()
}

pub(super) fn panels(text: &str) -> Result<Vec<u32>, String> {
    let number = |part: &str| {
        part.parse().map_err(|_| format!("{part:?} is not a PanelApp identifier; use the panel's number"))
    };
    list(text).into_iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_identifiers_are_refused() {
        for bad in [
            "",
            "..",
            ".",
            ".hidden",
            "a/b",
            "a\\b",
            "a..b",
            "C:x",
            "a\tb",
            "a\u{0}b",
            "NUL",
            "nul.txt",
            "com1",
            "LPT9.x",
            "a\u{1b}[31m",
            "x.",
            "-rf",
            "index.html",
            "Batch.json",
            "a|b",
            &"x".repeat(101),
        ] {
            assert!(safe_id(bad).is_err(), "{bad:?}");
        }
        for good in ["R1", "SIM-trio_01", "NA12878x2_80", "com10", "console", "a.b", "Ünïcode"] {
            assert_eq!(safe_id(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn lists_drop_empty_parts_and_repeats() {
        assert_eq!(list("R59.3; R27.1;;R59.3"), ["R59.3", "R27.1"]);
        assert_eq!(hpo("HP:0001250;HP:0001251").unwrap().len(), 2);
        assert!(hpo("HP:12").is_err() && hpo("Seizure").is_err());
        assert_eq!(panels(" 285 ; 12").unwrap(), [285, 12]);
        assert!(panels("-4").is_err());
    }

    #[test]
    fn a_year_and_no_date() {
        assert_eq!((year("1987"), year(""), year("na")), (Ok(Some(1987)), Ok(None), Ok(None)));
        for bad in ["87", "1987-03-02", "02/03/1987", "19870302", "1700", "+198"] {
            assert!(year(bad).is_err_and(|reason| !reason.contains(bad)), "{bad}");
        }
    }

    #[test]
    fn a_wrong_word_is_an_error_and_not_a_default() {
        assert!(sex("femal").is_err() && affection("2").is_err() && penetrance("full").is_err());
        assert_eq!(sex("F"), Ok(Sex::Female));
        assert_eq!(
            role("Grandmother (maternal)").unwrap().0,
            Role::Relative("Grandmother (maternal)".into())
        );
    }
}
