//! Which ingredients of two plans differ.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::model::plan::{Plan, PlannedGene, PlannedLink, PlannedPanel};

/// One ingredient that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanDifference {
    /// The ingredient: `panel 99001`, `gene HGNC:900001 (GENEA)`, `reference bundle`.
    pub ingredient: String,
    /// What the first plan says; empty where it lacks the ingredient.
    pub before: String,
    /// What the second plan says; empty where it lacks the ingredient.
    pub after: String,
}

/// The ingredients in which two plans differ, in a fixed order; empty for plans of equal hash.
pub fn plan_diff(before: &Plan, after: &Plan) -> Vec<PlanDifference> {
    let mut differences = Differences::default();
    let (a, b) = (before, after);
    differences.compare("layout", &a.schema, &b.schema);
    differences.referral(a, b);
    differences.compare("Test Directory release", &a.directory_release, &b.directory_release);
    differences.compare("Test Directory", &a.directory_hash, &b.directory_hash);
    let test =
        |plan: &Plan| plan.tests.iter().map(|t| Item::new(format!("test {}", t.code), json(t), t)).collect();
    differences.keyed("tests", test(a), test(b));
    let panel = |plan: &Plan| {
        plan.panels.iter().map(|p| Item::new(format!("panel {}", p.id), panel_words(p), p)).collect()
    };
    differences.keyed("panels", panel(a), panel(b));
    let link = |plan: &Plan| {
        let name = |l: &PlannedLink| format!("link of {} to panel {}", l.code, l.panel);
        plan.links.iter().map(|l| Item::new(name(l), link_words(l), l)).collect()
    };
    differences.keyed("links", link(a), link(b));
    let gene = |plan: &Plan| {
        let name = |gene: &PlannedGene| format!("gene {} ({})", gene.hgnc_id, gene.symbol);
        plan.genes.iter().map(|gene| Item::new(name(gene), gene_words(gene), gene)).collect()
    };
    differences.keyed("genes", gene(a), gene(b));
    differences.compare("gene-agnostic", &a.gene_agnostic, &b.gene_agnostic);
    differences.compare("mitochondrial genome", &a.mitochondrial, &b.mitochondrial);
    differences.compare("named variants", &a.named_variants, &b.named_variants);
    differences.compare("not covered", &a.not_covered, &b.not_covered);
    differences.compare("scope", &a.scope, &b.scope);
    let named = |name: &str, hash: &str| format!("{name}, {hash}");
    differences.compare(
        "pipeline definition",
        &named(&a.pipeline, &a.pipeline_hash),
        &named(&b.pipeline, &b.pipeline_hash),
    );
    differences.compare(
        "tier rule set",
        &named(&a.rule_set, &a.rule_set_hash),
        &named(&b.rule_set, &b.rule_set_hash),
    );
    differences.compare("the laboratory's lists", &a.lists, &b.lists);
    differences.compare("reference bundle", &a.bundle_hash, &b.bundle_hash);
    differences.compare("assembly", &a.assembly, &b.assembly);
    differences.compare("inputs", &a.inputs, &b.inputs);
    differences.0
}

#[derive(Default)]
struct Differences(Vec<PlanDifference>);

impl Differences {
    fn push(&mut self, ingredient: &str, before: String, after: String) {
        if before != after {
            self.0.push(PlanDifference { ingredient: ingredient.to_owned(), before, after });
        }
    }

    fn compare<T: Serialize>(&mut self, ingredient: &str, before: &T, after: &T) {
        self.push(ingredient, json(before), json(after));
    }

    /// Compares two lists entry by entry; where all entries agree, their order.
    fn keyed(&mut self, list: &str, before: Vec<Item>, after: Vec<Item>) {
        let found = self.0.len();
        let by_key = |items: &[Item]| -> BTreeMap<String, Item> {
            items.iter().map(|item| (item.key.clone(), item.clone())).collect()
        };
        let (a, b) = (by_key(&before), by_key(&after));
        let added = after.iter().filter(|item| !a.contains_key(&item.key));
        for item in before.iter().chain(added) {
            let (x, y) = (a.get(&item.key), b.get(&item.key));
            // Words leave out what seldom differs: where they agree and the whole does not, the whole is shown.
            let whole = matches!((x, y), (Some(x), Some(y)) if x.words == y.words);
            let shown = |item: Option<&Item>| match item {
                None => String::new(),
                Some(item) if whole => item.whole.clone(),
                Some(item) => item.words.clone(),
            };
            self.push(&item.key, shown(x), shown(y));
        }
        let order =
            |items: &[Item]| items.iter().map(|item| item.key.as_str()).collect::<Vec<_>>().join(", ");
        if self.0.len() == found {
            self.push(list, order(&before), order(&after));
        }
    }

    fn referral(&mut self, a: &Plan, b: &Plan) {
        let (a, b) = (&a.referral, &b.referral);
        self.compare("referral", &a.id, &b.id);
        self.compare("test codes", &a.test_codes, &b.test_codes);
        self.compare("HPO terms", &a.hpo, &b.hpo);
        self.compare("priority", &a.priority, &b.priority);
        self.compare("panels of the request", &a.panels, &b.panels);
        self.compare("variants of the request", &a.variants, &b.variants);
        self.compare("penetrance", &a.penetrance, &b.penetrance);
        let (x, y) = (&a.family, &b.family);
        let members = |family: &crate::model::family::Family| {
            family.members.iter().map(|m| Item::new(format!("family member {}", m.id), json(m), m)).collect()
        };
        let found = self.0.len();
        self.keyed("family", members(x), members(y));
        if self.0.len() == found {
            self.compare("family", &x, &y);
        }
    }
}

/// One entry of a list: its name, what is shown of it, and the whole of it.
#[derive(Clone)]
struct Item {
    key: String,
    words: String,
    whole: String,
}

impl Item {
    fn new<T: Serialize>(key: String, words: String, whole: &T) -> Self {
        Self { key, words, whole: json(whole) }
    }
}

/// A value as JSON, without quotation marks around a plain text.
fn json<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => text,
        Ok(value) => value.to_string(),
        Err(error) => error.to_string(),
    }
}

fn panel_words(panel: &PlannedPanel) -> String {
    let mut words = format!("version {}", panel.version);
    match &panel.signed_off {
        Some(date) => words.push_str(&format!(", signed off {date}")),
        None => words.push_str(", not signed off"),
    }
    words
}

fn link_words(link: &PlannedLink) -> String {
    match (&link.approved_by, link.pending) {
        (_, true) => format!("pending: {}", link.reason),
        (by, false) => format!("approved by {}", by.as_deref().unwrap_or_default()),
    }
}

fn gene_words(gene: &PlannedGene) -> String {
    let entries = gene.entries.iter().map(|entry| {
        let panel = entry.panel.map_or("named by the test".to_owned(), |id| format!("panel {id}"));
        format!(
            "{panel}: {}, {}, {}, penetrance {}",
            json(&entry.confidence),
            json(&entry.mode_of_inheritance),
            json(&entry.mode_of_pathogenicity),
            json(&entry.penetrance)
        )
    });
    let transcript = gene.transcript.as_deref().unwrap_or("no transcript");
    format!("{}; {transcript}", entries.collect::<Vec<_>>().join("; "))
}
