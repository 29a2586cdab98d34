//! Panels by their PanelApp number in brackets: `Sudden cardiac death (841)`.

use super::{Recognised, genes, items, phrases};
use crate::directory::lint::Severity;
use crate::model::directory::TestTarget;

pub(super) fn recognise(text: &str) -> Option<Recognised> {
    let mut ids: Vec<u32> = Vec::new();
    let mut named = String::new();
    let mut rest = text;
    let mut doubled = false;
    let mut beside: Vec<String> = Vec::new();
    while let Some(open) = rest.find('(') {
        let Some(length) = rest[open..].find(')') else { break };
        let inside = &rest[open + 1..open + length];
        // The name may have brackets of its own: `Sudden death (super panel) (841)`.
        let name = format!("{named}{}", &rest[..open]);
        match numbers(inside).filter(|_| names_a_panel(&name)) {
            Some(found) => {
                beside.extend(before_the_name(&name));
                for id in found {
                    doubled |= ids.contains(&id);
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
                named.clear();
            }
            // Another bracket belongs to the panel's name.
            None => named.push_str(&rest[..open + length + 1]),
        }
        rest = &rest[open + length + 1..];
    }
    if ids.is_empty() {
        return None;
    }
    named.push_str(rest);
    let mut left_out = beside.clone();
    left_out.extend(items::split(&named).into_iter().filter(|item| is_a_target(item)));
    if !left_out.is_empty() && text.contains([';', '\n']) {
        let understood = format!(
            "not understood ({} together with panels): the test cannot be planned, since part of it would \
             be omitted",
            left_out.join(", ")
        );
        let target = Recognised::plain(TestTarget::Unresolved(text.to_owned()));
        return Some(target.remark(Severity::Error, understood, "list genes and panels as separate tests"));
    }
    let mut recognised = Recognised::plain(TestTarget::Panels(ids));
    if !beside.is_empty() {
        recognised = recognised.remark(
            Severity::Warning,
            format!("the panels, but not the words before their names: '{}'", beside.join("', '")),
            "list genes and panels as separate tests",
        );
    }
    if named.chars().any(char::is_alphanumeric) {
        recognised = recognised.remark(
            Severity::Warning,
            format!("the panels, but not the words after them: '{}'", named.trim()),
            "check that nothing else is requested",
        );
    }
    if doubled {
        recognised = recognised.remark(Severity::Note, "a panel named twice, used once", "delete one");
    }
    Some(recognised)
}

/// What a list names before a panel: genes, repeats, a whole target of another kind. Other words are part of the
/// panel's name, in which commas and "and" are common.
fn before_the_name(name: &str) -> Vec<String> {
    let mut found: Vec<String> = items::split(name);
    found.pop();
    found.retain(|item| is_a_target(item));
    found
}

/// True for an item that asks for something by itself.
fn is_a_target(item: &str) -> bool {
    genes::is_symbol(item.strip_suffix(" STR").unwrap_or(item)) || phrases::recognise(item).is_some()
}

/// The panel numbers of a bracket that holds nothing else: `841`, `841, 12`, `panel ID 841`.
fn numbers(inside: &str) -> Option<Vec<u32>> {
    let folded = inside.trim().to_lowercase();
    let digits = ["panelapp panel id", "panel id", "panelapp id", "panelapp", "panel", "id"]
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(&folded)
        .trim_start_matches([' ', ':', '#']);
    let numbers: Option<Vec<u32>> = digits
        .replace(" and ", ",")
        .split([',', '&'])
        .map(|number| {
            let number = number.trim();
            let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| number.parse().ok()).flatten().filter(|id| *id > 0)
        })
        .collect();
    numbers
}

/// True for a name before a bracket: words, and a space. `t(9;22)` and `c.(12)` are no panels.
fn names_a_panel(name: &str) -> bool {
    let words = name.trim_end();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    // Cytogenetic events have a bracket too: `del (22)`.
    let last = words.rsplit(' ').next().unwrap_or_default();
    if ["t", "del", "dup", "inv", "ins", "der", "chr"].contains(&last) {
        return false;
    }
    letters >= 3 && (name.ends_with([' ', '\n']) || words.ends_with(')') || letters > 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Option<Vec<u32>> {
        match recognise(text)?.target {
            TestTarget::Panels(ids) => Some(ids),
            _ => None,
        }
    }

    #[test]
    fn numbers_in_brackets_after_a_name() {
        assert_eq!(ids("Sudden cardiac death (841)"), Some(vec![841]));
        assert_eq!(ids("Panel one (12) & panel two (7)"), Some(vec![12, 7]));
        assert_eq!(ids("Panel one (12), panel two (7) and panel three ( 9 )"), Some(vec![12, 7, 9]));
        assert_eq!(ids("Haematological (non-cancer) disorder (55)"), Some(vec![55]));
        assert_eq!(ids("Sudden cardiac death(841)"), Some(vec![841]));
        assert_eq!(ids("Sudden cardiac death (super panel) (841)"), Some(vec![841]));
        assert_eq!(ids("Ataxia (panel ID 841, 12)"), Some(vec![841, 12]));
    }

    /// A clean report on half of what was asked for would be the worst failure.
    #[test]
    fn genes_beside_panels_are_never_passed_over() {
        let both = "QODA9; QEFA3 and Invented cardiomyopathy (9002)";
        let recognised = recognise(both).unwrap();
        assert_eq!(recognised.target, TestTarget::Unresolved(both.to_owned()));
        assert!(recognised.remarks[0].understood.contains("QODA9, QEFA3"), "{recognised:?}");
        let between = recognise("Cardiomyopathy (9002); QODA9; Neuropathy (9007)").unwrap();
        assert!(matches!(between.target, TestTarget::Unresolved(_)), "{between:?}");
        let behind = recognise("Cardiomyopathy (9002); QODA9").unwrap();
        assert!(matches!(behind.target, TestTarget::Unresolved(_)), "{behind:?}");
        for text in ["QODA9 and Cardiomyopathy (9002)", "Mitochondrial genome and Cardiomyopathy (9002)"] {
            let recognised = recognise(text).unwrap();
            assert_eq!(recognised.target, TestTarget::Panels(vec![9002]), "{text}");
            assert_eq!(recognised.remarks[0].severity, Severity::Warning, "{text}");
        }
        for text in ["Hearing loss, adult and childhood (12)", "DDG2P (484)", "Heart (1) and lung (2)"] {
            assert!(recognise(text).unwrap().remarks.is_empty(), "{text}");
        }
    }

    #[test]
    fn other_brackets_are_no_panels() {
        for text in [
            "t(9;22)",
            "t(9,22)",
            "del (22)",
            "GENEA (alpha)",
            "Ataxia (adult)",
            "Ataxia (0)",
            "(841",
            "(841)",
        ] {
            assert_eq!(ids(text), None, "{text}");
        }
    }

    #[test]
    fn words_after_the_last_panel_are_not_passed_over() {
        let recognised = recognise("Ataxia (841) and GENEA STR").unwrap();
        assert_eq!(recognised.target, TestTarget::Panels(vec![841]));
        assert!(recognised.remarks[0].understood.contains("and GENEA STR"), "{recognised:?}");
        assert!(recognise("Ataxia (841).").unwrap().remarks.is_empty());
    }
}
