//! Holds external crates to their rooms.

use std::collections::BTreeMap;

use super::rules::{HeldCrate, Places, Rules};
use super::survey::{Edge, Survey};

pub fn faults(rules: &Rules, survey: &Survey) -> Vec<String> {
    let mut faults = Vec::new();
    for held in &rules.crates {
        let used: Vec<&Edge> =
            survey.edges.iter().filter(|edge| edge.krate && held.covers(&edge.to)).collect();
        let mut wrong: BTreeMap<&str, &Edge> = BTreeMap::new();
        for edge in used.iter().filter(|edge| !held.allows(&edge.from)) {
            wrong.entry(&edge.file).or_insert(edge);
        }
        faults.extend(wrong.values().map(|edge| {
            format!(
                "{}:{}: {} -> {} by `{}`: {}. Use it in a room that may ({}), and pass on a type of ours.",
                edge.file,
                edge.line,
                edge.from,
                held.name,
                edge.written,
                held.why,
                held.rooms()
            )
        }));
        let Places::Only(places) = held.places else { continue };
        if !survey.dependencies.iter().any(|package| held.covers(package)) {
            continue;
        }
        for place in places.iter().filter(|place| !used.iter().any(|edge| within(&edge.from, place))) {
            faults.push(format!(
                "tests/layering/table.rs: {place} may use {}, and does not. Take it out of the row.",
                held.name
            ));
        }
    }
    faults
}

impl HeldCrate {
    fn covers(&self, package: &str) -> bool {
        package.strip_prefix(self.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    }

    fn allows(&self, module: &str) -> bool {
        match self.places {
            Places::Only(places) => places.iter().any(|place| within(module, place)),
            Places::AllBut(places) => !places.iter().any(|place| within(module, place)),
        }
    }

    fn rooms(&self) -> String {
        match self.places {
            Places::Only(places) => places.join(", "),
            Places::AllBut(places) => format!("all but {}", places.join(", ")),
        }
    }
}

fn within(module: &str, place: &str) -> bool {
    module.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
