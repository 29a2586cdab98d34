//! What changed between two versions of a panel.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::panel::{Confidence, ModeOfInheritance, PanelEntity, PanelEntityKind, PanelVersion};

/// One change of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PanelChange {
    /// The entry: `GENEA (HGNC:5)`, `ISCA-37404-Loss`.
    pub entity: String,
    /// `green gained`, `green lost`, `rating`, `mode of inheritance`, `mode of pathogenicity`, `penetrance`,
    /// `tags`, `repeat`, `added`, `removed`, `symbol`.
    pub what: &'static str,
    /// In the first version.
    pub before: String,
    /// In the second version.
    pub after: String,
}

/// The changes from one version to another, in the order of the entries' identity.
pub fn panel_diff(before: &PanelVersion, after: &PanelVersion) -> Vec<PanelChange> {
    let (old, new) = (by_identity(before), by_identity(after));
    let mut changes = Vec::new();
    let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        match (old.get(key), new.get(key)) {
            (Some(a), Some(b)) => compare(a, b, &mut changes),
            (Some(a), None) => one_side(a, ("green lost", "removed"), &mut changes, true),
            (None, Some(b)) => one_side(b, ("green gained", "added"), &mut changes, false),
            (None, None) => {}
        }
    }
    changes
}

fn compare(a: &PanelEntity, b: &PanelEntity, changes: &mut Vec<PanelChange>) {
    let mut say = |what, before: &str, after: &str| {
        if before != after {
            let (before, after) = (before.to_owned(), after.to_owned());
            changes.push(PanelChange { entity: name(b), what, before, after });
        }
    };
    let what = match (a.confidence, b.confidence) {
        (x, y) if x == y => "rating",
        (Confidence::Green, _) => "green lost",
        (_, Confidence::Green) => "green gained",
        _ => "rating",
    };
    say(what, rating(a.confidence), rating(b.confidence));
    let other = ModeOfInheritance::Other;
    let both_other = a.mode_of_inheritance == other && b.mode_of_inheritance == other;
    if a.mode_of_inheritance != b.mode_of_inheritance || both_other {
        say("mode of inheritance", &a.mode_of_inheritance_raw, &b.mode_of_inheritance_raw);
    }
    if a.mode_of_pathogenicity != b.mode_of_pathogenicity {
        say("mode of pathogenicity", &a.mode_of_pathogenicity_raw, &b.mode_of_pathogenicity_raw);
    }
    if a.penetrance != b.penetrance {
        say("penetrance", &a.penetrance_raw, &b.penetrance_raw);
    }
    say("tags", &sorted(&a.tags), &sorted(&b.tags));
    say("repeat", &counts(a), &counts(b));
    say("symbol", symbol(a), symbol(b));
}

fn sorted(tags: &[String]) -> String {
    let mut tags = tags.to_vec();
    tags.sort();
    tags.join(", ")
}

/// The limits of a repeat; empty for anything else.
fn counts(entity: &PanelEntity) -> String {
    let PanelEntityKind::ShortTandemRepeat { unit, normal, pathogenic, .. } = &entity.kind else {
        return String::new();
    };
    let count = |number: &Option<u32>| number.map_or("not given".to_owned(), |n| n.to_string());
    format!("{unit}: normal up to {}, pathogenic from {}", count(normal), count(pathogenic))
}

fn one_side(
    entity: &PanelEntity,
    what: (&'static str, &'static str),
    to: &mut Vec<PanelChange>,
    first: bool,
) {
    let what = if entity.confidence == Confidence::Green { what.0 } else { what.1 };
    let words = format!("{}, {}", rating(entity.confidence), entity.mode_of_inheritance_raw);
    let (before, after) = if first { (words, String::new()) } else { (String::new(), words) };
    to.push(PanelChange { entity: name(entity), what, before, after });
}

/// Entries by identity: a gene by its HGNC identifier, not by its symbol. Where an identifier stands twice,
/// the higher rating counts.
fn by_identity(version: &PanelVersion) -> BTreeMap<String, &PanelEntity> {
    let mut entries: BTreeMap<String, &PanelEntity> = BTreeMap::new();
    for entity in &version.entities {
        let key = match &entity.kind {
            PanelEntityKind::Gene { hgnc_id: Some(id), .. } => format!("1 {:>9}", id.0),
            PanelEntityKind::Gene { hgnc_id: None, symbol } => format!("2 {symbol}"),
            PanelEntityKind::Region { name, .. } => format!("3 {name}"),
            PanelEntityKind::ShortTandemRepeat { name, .. } => format!("4 {name}"),
        };
        let slot = entries.entry(key).or_insert(entity);
        if entity.confidence > slot.confidence {
            *slot = entity;
        }
    }
    entries
}

fn symbol(entity: &PanelEntity) -> &str {
    match &entity.kind {
        PanelEntityKind::Gene { symbol, .. } => symbol,
        PanelEntityKind::Region { name, .. } | PanelEntityKind::ShortTandemRepeat { name, .. } => name,
    }
}

/// The name of an entry: `GENEA (HGNC:5)`.
pub fn name(entity: &PanelEntity) -> String {
    match &entity.kind {
        PanelEntityKind::Gene { hgnc_id: Some(id), symbol } => format!("{symbol} ({id})"),
        _ => symbol(entity).to_owned(),
    }
}

/// `green`, `amber`, `red` or `grey`.
pub fn rating(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Green => "green",
        Confidence::Amber => "amber",
        Confidence::Red => "red",
        Confidence::Grey => "grey",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::directory::panels::import::read_panels;

    fn version(genes: &[(u32, &str, u8, &str)]) -> PanelVersion {
        let genes: Vec<String> = genes
            .iter()
            .map(|(id, symbol, level, mode)| {
                format!(
                    r#"{{"gene_data": {{"hgnc_id": "HGNC:{id}"}}, "entity_name": "{symbol}",
                    "confidence_level": "{level}", "mode_of_inheritance": "{mode}"}}"#
                )
            })
            .collect();
        let text = format!(r#"{{"id": 1, "name": "P", "version": "1", "genes": [{}]}}"#, genes.join(","));
        read_panels(Path::new("p.json"), text.as_bytes()).unwrap().panels.remove(0)
    }

    #[test]
    fn green_gained_and_lost_and_modes_changed() {
        let (both, bi) = ("BOTH monoallelic and biallelic", "BIALLELIC, autosomal");
        let before = version(&[(10, "A", 3, bi), (2, "B", 2, bi), (3, "C", 3, bi), (4, "D", 1, bi)]);
        let after = version(&[(10, "A", 3, both), (2, "B", 3, bi), (5, "E", 3, bi), (4, "D2", 1, bi)]);
        let said: Vec<(String, &str)> =
            panel_diff(&before, &after).into_iter().map(|c| (c.entity, c.what)).collect();
        let expected = [
            ("B (HGNC:2)", "green gained"),
            ("C (HGNC:3)", "green lost"),
            ("D2 (HGNC:4)", "symbol"),
            ("E (HGNC:5)", "green gained"),
            ("A (HGNC:10)", "mode of inheritance"),
        ];
        assert_eq!(said, expected.map(|(entity, what)| (entity.to_owned(), what)));
        assert!(panel_diff(&before, &before).is_empty());
    }
    /// Limits of a repeat, tags, and two modes that are both typed as another change what a panel means.
    #[test]
    fn repeats_tags_and_other_modes_are_compared() {
        let version = |pathogenic: u32, tags: &str, mode: &str| {
            let text = format!(
                r#"{{"id": 1, "name": "P", "version": "1", "genes": [{{"gene_data": {{"hgnc_id": "HGNC:5"}},
                "entity_name": "A", "confidence_level": "3", "mode_of_inheritance": "{mode}", "tags": [{tags}]}}],
                "strs": [{{"gene_data": {{"hgnc_id": "HGNC:5"}}, "entity_name": "A_CAG", "confidence_level": "3",
                "repeated_sequence": "CAG", "normal_repeats": 36, "pathogenic_repeats": {pathogenic}}}]}}"#
            );
            read_panels(Path::new("p.json"), text.as_bytes()).unwrap().panels.remove(0)
        };
        let what = |a: &PanelVersion, b: &PanelVersion| -> Vec<&str> {
            panel_diff(a, b).into_iter().map(|change| change.what).collect()
        };
        let before = version(48, "", "Digenic");
        assert_eq!(what(&before, &version(30, "", "Digenic")), ["repeat"]);
        assert_eq!(what(&before, &version(48, "\"watchlist\"", "Digenic")), ["tags"]);
        assert_eq!(what(&before, &version(48, "", "Trigenic")), ["mode of inheritance"]);
        assert_eq!(what(&before, &before), [""; 0]);
    }
}
