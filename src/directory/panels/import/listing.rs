//! Listings of panels: pages that name panels and their sign-off without the entries.

use std::path::{Path, PathBuf};

use super::PanelImport;
use super::panelapp::{ApiPanel, source_of};
use crate::directory::lint::{Lint, Severity};
use crate::model::panel::PanelSource;

/// The sign-off of a panel version, stated by a list rather than by the panel's own object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// Panel identifier.
    pub id: u32,
    /// Who keeps the panel.
    pub source: PanelSource,
    /// Version signed off.
    pub version: String,
    /// Date (ISO).
    pub date: String,
    /// The file that says so.
    pub path: PathBuf,
}

/// Adds a listed panel: its sign-off where it states one. It never becomes a panel without entries.
pub(super) fn add(import: &mut PanelImport, panel: &ApiPanel, path: &Path) {
    let version = panel.version.0.trim().to_owned();
    let place = format!("panel {} v{version}", panel.id.0);
    let Ok(id) = panel.id.0.trim().parse() else { return };
    let signed = panel.signed_off.as_deref().and_then(|raw| date(raw, &place, &mut import.lints));
    if let Some(date) = signed {
        let source = source_of(path);
        import.sign_offs.push(SignOff { id, source, version, date, path: path.to_owned() });
    } else {
        import.lints.push(Lint::new(
            Severity::Note,
            0,
            place,
            panel.name.clone(),
            "listed without its entries, so not imported",
            format!("save /api/v1/panels/{id}/?version=… next to this file"),
        ));
    }
}

/// A page that is not the last of its list.
pub(super) fn more_pages(path: &Path, next: &str) -> Lint {
    Lint::new(
        Severity::Warning,
        0,
        path.display().to_string(),
        next,
        "one page of several",
        "save the following pages next to it",
    )
}

/// The day of an ISO date or date-time; anything else is named by a lint and is no date.
pub(super) fn date(raw: &str, place: &str, lints: &mut Vec<Lint>) -> Option<String> {
    let text = raw.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(day) = iso_day(text) {
        return Some(day.to_owned());
    }
    lints.push(Lint::new(
        Severity::Error,
        0,
        place,
        raw,
        "not a date of the form 2026-01-31, so the panel is not treated as signed off",
        "correct `signed_off` in the file",
    ));
    None
}

/// The day at the start of a text, where it is a day that exists.
pub(crate) fn iso_day(text: &str) -> Option<&str> {
    let day = text.get(..10)?;
    let rest = &text[10..];
    if !(rest.is_empty() || rest.starts_with('T') || rest.starts_with(' ')) {
        return None;
    }
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, width: usize| {
        (part.len() == width && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    let (year, month, date) = (number(year, 4)?, number(month, 2)?, number(date, 2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    };
    ((1..=days).contains(&date) && parts.next().is_none()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_are_dates() {
        for good in ["2026-01-02", "2024-02-29", "2026-01-02T10:00:00.000Z", "2000-02-29 00:00"] {
            assert!(iso_day(good).is_some(), "{good}");
        }
        for bad in
            ["02/01/2026", "2026-13-01", "2025-02-29", "2026-01-02x", "2026-1-2", "soon", "２０26-01-02"]
        {
            assert!(iso_day(bad).is_none(), "{bad}");
        }
    }
}
