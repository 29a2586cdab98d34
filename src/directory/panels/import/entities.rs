//! Entries of a panel of the PanelApp API: genes, regions and short tandem repeats.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::directory::lint::{Lint, Severity};
use crate::directory::panels::vocabulary;
use crate::model::gene::HgncId;
use crate::model::panel::{
    Confidence, ModeOfInheritance, ModeOfPathogenicity, PanelComponent, PanelEntity, PanelEntityKind,
    PanelVersion, Penetrance,
};

/// A value that some sources write as a text and others as a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Text(String),
            Number(serde_json::Number),
        }
        Either::deserialize(deserializer).map(|either| match either {
            Either::Text(text) => Self(text),
            Either::Number(number) => Self(number.to_string()),
        })
    }
}

#[derive(Debug, Default, Deserialize)]
struct ApiGene {
    #[serde(default)]
    hgnc_id: Option<Text>,
    #[serde(default)]
    gene_symbol: Option<String>,
    #[serde(default)]
    hgnc_symbol: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ApiComponent {
    id: Text,
    #[serde(default)]
    version: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<Option<String>>),
}

/// An entry as the API gives it.
#[derive(Debug, Default, Deserialize)]
pub struct ApiEntity {
    #[serde(default)]
    gene_data: Option<ApiGene>,
    #[serde(default)]
    pub(super) entity_type: Option<String>,
    #[serde(default)]
    entity_name: Option<String>,
    #[serde(default)]
    verbose_name: Option<String>,
    #[serde(default)]
    confidence_level: Option<Text>,
    #[serde(default)]
    penetrance: Option<String>,
    #[serde(default)]
    mode_of_pathogenicity: Option<String>,
    #[serde(default)]
    mode_of_inheritance: Option<String>,
    #[serde(default)]
    tags: Option<Vec<String>>,
    #[serde(default)]
    transcript: Option<OneOrMany>,
    #[serde(default)]
    panel: Option<ApiComponent>,
    #[serde(default)]
    chromosome: Option<Text>,
    #[serde(default)]
    grch37_coordinates: Option<(u32, u32)>,
    #[serde(default)]
    grch38_coordinates: Option<(u32, u32)>,
    #[serde(default)]
    type_of_variants: Option<String>,
    #[serde(default)]
    repeated_sequence: Option<String>,
    #[serde(default)]
    normal_repeats: Option<u32>,
    #[serde(default)]
    pathogenic_repeats: Option<u32>,
}

impl ApiEntity {
    /// The typed entry; doubts go to `lints`.
    pub(super) fn typed(self, panel: &str, lints: &mut Vec<Lint>) -> PanelEntity {
        let gene = self.gene_data.unwrap_or_default();
        let name = self.entity_name.or(gene.gene_symbol).or(gene.hgnc_symbol).unwrap_or_default();
        let name = name.trim().to_owned();
        let mut doubts = Doubts { place: format!("{panel}, {name}"), lints };
        let hgnc_id = doubts.hgnc_id(gene.hgnc_id.map(|id| id.0));
        let kind = match self.entity_type.as_deref().unwrap_or("gene") {
            "region" => PanelEntityKind::Region {
                name: match self.verbose_name.as_deref().map(str::trim) {
                    Some(verbose) if !verbose.is_empty() => format!("{name} ({verbose})"),
                    _ => name,
                },
                chromosome: self.chromosome.unwrap_or_default().0,
                grch38: self.grch38_coordinates,
                grch37: self.grch37_coordinates,
                type_of_variants: self.type_of_variants.unwrap_or_default(),
            },
            "str" => PanelEntityKind::ShortTandemRepeat {
                name,
                hgnc_id,
                unit: self.repeated_sequence.unwrap_or_default(),
                normal: self.normal_repeats,
                pathogenic: self.pathogenic_repeats,
            },
            other => {
                if other != "gene" {
                    doubts.say(Severity::Warning, other, "an entry of this type is treated as a gene");
                }
                if hgnc_id.is_none() {
                    doubts.say(
                        Severity::Warning,
                        &name,
                        "a gene without an HGNC identifier, identified by its symbol",
                    );
                }
                PanelEntityKind::Gene { hgnc_id, symbol: name }
            }
        };
        let inheritance = self.mode_of_inheritance.unwrap_or_default();
        let pathogenicity = self.mode_of_pathogenicity.unwrap_or_default();
        let penetrance = self.penetrance.unwrap_or_default();
        PanelEntity {
            kind,
            confidence: doubts.confidence(self.confidence_level.as_ref().map(|t| t.0.as_str())),
            mode_of_inheritance: doubts.mode_of_inheritance(&inheritance),
            mode_of_inheritance_raw: inheritance,
            mode_of_pathogenicity: doubts.mode_of_pathogenicity(&pathogenicity),
            mode_of_pathogenicity_raw: pathogenicity,
            penetrance: doubts.penetrance(&penetrance),
            penetrance_raw: penetrance,
            component: self.panel.and_then(|panel| {
                let id = panel.id.0.trim().parse().ok()?;
                Some(PanelComponent { id, version: panel.version.map(|v| v.0) })
            }),
            tags: self.tags.unwrap_or_default(),
            transcripts: match self.transcript {
                None => Vec::new(),
                Some(OneOrMany::One(one)) => vec![one],
                Some(OneOrMany::Many(many)) => many.into_iter().flatten().collect(),
            },
        }
    }
}

/// Turns raw strings into typed values, and says where one is not known.
pub(super) struct Doubts<'a> {
    /// Where: panel, version and entry.
    pub place: String,
    /// Where the lints go.
    pub lints: &'a mut Vec<Lint>,
}

impl Doubts<'_> {
    fn say(&mut self, severity: Severity, found: &str, understood: &str) {
        let remedy = "check the entry at its source";
        self.lints.push(Lint::new(severity, 0, self.place.clone(), found, understood, remedy));
    }

    pub(super) fn hgnc_id(&mut self, raw: Option<String>) -> Option<HgncId> {
        let raw = raw.filter(|text| !text.trim().is_empty())?;
        let id = raw.parse().ok();
        if id.is_none() {
            self.say(Severity::Error, &raw, "not an HGNC identifier; the gene is identified by its symbol");
        }
        id
    }

    pub(super) fn confidence(&mut self, raw: Option<&str>) -> Confidence {
        let raw = raw.unwrap_or_default();
        vocabulary::confidence(raw).unwrap_or_else(|| {
            self.say(Severity::Error, raw, "unknown confidence level, rated grey: the entry is not used");
            Confidence::Grey
        })
    }

    pub(super) fn mode_of_inheritance(&mut self, raw: &str) -> ModeOfInheritance {
        vocabulary::mode_of_inheritance(raw).unwrap_or_else(|| {
            self.say(Severity::Warning, raw, "unknown mode of inheritance, treated as 'Other'");
            ModeOfInheritance::Other
        })
    }

    pub(super) fn mode_of_pathogenicity(&mut self, raw: &str) -> ModeOfPathogenicity {
        vocabulary::mode_of_pathogenicity(raw).unwrap_or_else(|| {
            self.say(Severity::Warning, raw, "unknown mode of pathogenicity, treated as 'Other'");
            ModeOfPathogenicity::Other
        })
    }

    pub(super) fn penetrance(&mut self, raw: &str) -> Penetrance {
        vocabulary::penetrance(raw).unwrap_or_else(|| {
            self.say(Severity::Warning, raw, "unknown penetrance, treated as not known");
            Penetrance::Unknown
        })
    }
}

/// Checks a panel as a whole: entries that share an HGNC identifier, and a panel without any entry.
pub(super) fn check(panel: &PanelVersion, place: &str, lints: &mut Vec<Lint>) {
    if panel.entities.is_empty() && panel.children.is_empty() {
        lints.push(Lint::new(
            Severity::Error,
            0,
            place,
            "no entries",
            "an empty panel: a plan that uses it is refused",
            "download the panel again",
        ));
    }
    let mut seen: BTreeMap<(HgncId, Option<u32>), &str> = BTreeMap::new();
    for entity in &panel.entities {
        let PanelEntityKind::Gene { hgnc_id: Some(id), symbol } = &entity.kind else { continue };
        let component = entity.component.as_ref().map(|c| c.id);
        if let Some(first) = seen.insert((*id, component), symbol) {
            lints.push(Lint::new(
                Severity::Error,
                0,
                place,
                format!("{first} and {symbol}"),
                format!("two entries with one identifier, {id}; both are kept"),
                "correct the identifier at the source",
            ));
        }
    }
}
