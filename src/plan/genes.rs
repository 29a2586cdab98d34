//! The virtual panel under construction: genes by identity, and what could not become part of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::directory::lint::Severity;
use crate::directory::method::is_sequencing;
use crate::directory::target::recognise;
use crate::directory::{GeneNameError, GeneNames};
use crate::model::directory::{DirectoryTest, NamedGene};
use crate::model::gene::HgncId;
use crate::model::panel::{
    Confidence, ModeOfInheritance, ModeOfPathogenicity, PanelEntity, PanelEntityKind, PanelVersion,
    Penetrance,
};
use crate::model::plan::{PlannedGene, PlannedGeneEntry, PlannedPanel, Referral};

use super::context::PlanContext;
use super::error::{Refusal, stands_for};
use super::panels::Greens;

/// A virtual panel under construction.
pub(super) struct VirtualPanel<'a> {
    pub(super) context: &'a PlanContext<'a>,
    panels: Vec<PlannedPanel>,
    added: BTreeMap<u32, Greens>,
    genes: BTreeMap<HgncId, Vec<PlannedGeneEntry>>,
    gene_agnostic: bool,
    mitochondrial: bool,
    not_covered: Vec<String>,
    /// Whether variants are looked up by name, which needs no gene.
    looks_up: bool,
    /// Whether the test being added has a green gene, and where its remarks begin.
    test_has_green: bool,
    test_remarks: usize,
}

/// The parts of a plan that a virtual panel gives.
pub(super) struct Parts {
    pub panels: Vec<PlannedPanel>,
    pub genes: Vec<PlannedGene>,
    pub gene_agnostic: bool,
    pub mitochondrial: bool,
    pub not_covered: Vec<String>,
}

impl<'a> VirtualPanel<'a> {
    pub(super) fn new(context: &'a PlanContext<'a>) -> Self {
        Self {
            context,
            panels: Vec::new(),
            added: BTreeMap::new(),
            genes: BTreeMap::new(),
            gene_agnostic: false,
            mitochondrial: false,
            not_covered: Vec::new(),
            looks_up: false,
            test_has_green: false,
            test_remarks: 0,
        }
    }

    /// Says whether variants are looked up by name.
    pub(super) fn looks_up(&mut self, yes: bool) {
        self.looks_up = yes;
    }

    /// Begins a test: its remarks and genes are told apart from those of the others.
    pub(super) fn begin(&mut self, test: &DirectoryTest) {
        self.test_has_green = false;
        self.test_remarks = self.not_covered.len();
        if !is_sequencing(&test.method) {
            self.not_covered.push(format!(
                "{}: the Directory's method is '{}', which is not replaced by small-variant sequencing",
                test.code, test.method
            ));
        }
        // What the reading of the row left open stands in the plan too, not only in the import's remarks.
        let doubts = recognise(&test.target_raw).remarks;
        for doubt in doubts.iter().filter(|doubt| doubt.severity == Severity::Warning) {
            self.not_covered
                .push(format!("{}: '{}' is read as {}", test.code, test.target_raw, doubt.understood));
        }
    }

    /// Ends a test: one that looks at no gene is refused.
    pub(super) fn end(&mut self, test: &DirectoryTest) -> Result<(), Refusal> {
        if self.test_has_green {
            return Ok(());
        }
        Err(Refusal::NoGreenGene {
            what: format!("test {} ('{}')", test.code, test.target_raw),
            missing: self.not_covered.split_off(self.test_remarks),
        })
    }

    pub(super) fn found_green(&mut self, found: bool) {
        self.test_has_green |= found;
    }

    /// The green genes of a panel that is in already.
    pub(super) fn added(&self, id: u32) -> Option<Greens> {
        self.added.get(&id).cloned()
    }

    /// Keeps a panel's place in the list: a super panel stands before its parts.
    pub(super) fn reserve(&mut self, panel: PlannedPanel) -> usize {
        self.panels.push(panel);
        self.panels.len() - 1
    }

    pub(super) fn finish_panel(&mut self, slot: usize, id: u32, greens: Greens) {
        if let Some(panel) = self.panels.get_mut(slot) {
            panel.green_genes = greens.ids.len();
        }
        self.added.insert(id, greens);
    }

    /// Says that a panel adds nothing that tiering would use.
    pub(super) fn note_without_green(&mut self, version: &PanelVersion) {
        self.not_covered.push(format!(
            "panel {} version {}: none of its genes is green and in the reference bundle",
            version.id, version.version
        ));
    }

    /// Adds the entries of a panel version, adding its green genes to `greens`.
    pub(super) fn add_entities(
        &mut self,
        version: &PanelVersion,
        greens: &mut Greens,
    ) -> Result<(), Refusal> {
        let place = format!("panel {} version {}", version.id, version.version);
        let mut absent: BTreeMap<Confidence, Vec<String>> = BTreeMap::new();
        for entity in &version.entities {
            // What a super panel copies from a part comes from the part's own pinned version.
            let copied = entity.component.as_ref().filter(|component| component.id != version.id);
            match self.gene_of(entity, &place)? {
                Found::Gene(id, symbol) => {
                    let in_bundle = self.context.transcripts.has(id);
                    if let Some(component) = copied {
                        if entity.confidence == Confidence::Green && !greens.ids.contains(&id) {
                            self.not_covered.push(format!(
                                "{symbol}: {place} includes it as green from panel {}{}, but the pinned \
                                 version of that panel does not rate it green",
                                component.id,
                                component
                                    .version
                                    .as_ref()
                                    .map(|v| format!(" version {v}"))
                                    .unwrap_or_default(),
                            ));
                        }
                        continue;
                    }
                    if entity.confidence == Confidence::Green {
                        greens.ids.insert(id);
                        greens.in_bundle |= in_bundle;
                    }
                    if in_bundle {
                        self.add_gene(id, entry(version.id, entity));
                    } else {
                        absent.entry(entity.confidence).or_default().push(format!("{symbol} ({id})"));
                    }
                }
                Found::Unknown(symbol) => absent.entry(entity.confidence).or_default().push(symbol),
                Found::NotAGene(words) if copied.is_none() => {
                    self.not_covered.push(format!("{place}: {words}"));
                }
                Found::NotAGene(_) => {}
            }
        }
        for (confidence, genes) in absent.into_iter().rev() {
            self.not_covered.push(format!(
                "{place}: {} {} not in the reference bundle: {}",
                rating(confidence),
                if genes.len() == 1 { "gene" } else { "genes" },
                genes.join(", ")
            ));
        }
        Ok(())
    }

    /// The identity of an entry: by its HGNC identifier, else by its symbol.
    fn gene_of(&mut self, entity: &PanelEntity, place: &str) -> Result<Found, Refusal> {
        match &entity.kind {
            PanelEntityKind::Gene { hgnc_id: Some(id), symbol } => {
                self.note_other_name(*id, symbol, place);
                Ok(Found::Gene(*id, symbol.clone()))
            }
            PanelEntityKind::Gene { hgnc_id: None, symbol } => self.by_symbol(symbol, place),
            PanelEntityKind::Region { name, chromosome, grch38, type_of_variants, .. } => {
                let at = grch38.map(|(start, end)| format!(":{start}-{end}")).unwrap_or_default();
                let kind = kind_in_words(type_of_variants);
                Ok(Found::NotAGene(format!(
                    "{} region {name} ({chromosome}{at}, {kind}) is not analysed: copy-number \
                     variants are not called",
                    rating(entity.confidence)
                )))
            }
            PanelEntityKind::ShortTandemRepeat { name, unit, .. } => Ok(Found::NotAGene(format!(
                "{} short tandem repeat {name} ({unit}) is not analysed: repeats are not sized",
                rating(entity.confidence)
            ))),
        }
    }

    fn by_symbol(&mut self, symbol: &str, place: &str) -> Result<Found, Refusal> {
        match self.context.genes.resolve(symbol) {
            Ok(gene) => Ok(Found::Gene(gene.hgnc_id, symbol.to_owned())),
            Err(GeneNameError::Unknown { .. }) => Ok(Found::Unknown(symbol.to_owned())),
            Err(source) => Err(Refusal::AmbiguousGene { place: place.to_owned(), source }),
        }
    }

    /// Says where the symbol beside an identifier is the approved symbol of another gene: one of the two is
    /// wrong, and the gene that the symbol names is not what is looked at.
    fn note_other_name(&mut self, id: HgncId, symbol: &str, place: &str) {
        let names: &dyn GeneNames = self.context.genes;
        let Some(approved) = names.approved_symbol(id).filter(|approved| approved != symbol) else { return };
        if let Ok(named) = names.resolve(symbol)
            && named.hgnc_id != id
            && named.symbol == symbol
        {
            self.not_covered.push(format!(
                "{place}: the entry {symbol} has the identifier {id}, which is {approved}: {approved} is \
                 analysed, {symbol} ({}) is not analysed by this entry; correct the entry",
                named.hgnc_id
            ));
        }
    }

    fn add_gene(&mut self, id: HgncId, entry: PlannedGeneEntry) {
        let entries = self.genes.entry(id).or_default();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    /// Adds the genes that a Directory row names. The row names no mode of inheritance, so all are open.
    pub(super) fn add_named_genes(
        &mut self,
        test: &DirectoryTest,
        genes: &[NamedGene],
    ) -> Result<(), Refusal> {
        let place = format!("test {}", test.code);
        for gene in genes {
            let found = match gene.hgnc_id {
                Some(id) => {
                    self.note_other_name(id, &gene.symbol, &place);
                    Found::Gene(id, gene.symbol.clone())
                }
                None => self.by_symbol(&gene.symbol, &place)?,
            };
            match found {
                Found::Gene(id, _) if self.context.transcripts.has(id) => {
                    self.add_gene(id, named(ModeOfInheritance::NotStated));
                    self.test_has_green = true;
                }
                Found::Gene(id, symbol) => {
                    self.not_covered.push(format!("{place}: {symbol} ({id}) is not in the reference bundle"));
                }
                Found::Unknown(symbol) | Found::NotAGene(symbol) => {
                    self.not_covered
                        .push(format!("{place}: no gene of the reference bundle is named {symbol}"));
                }
            }
        }
        Ok(())
    }

    /// All genes are looked at.
    pub(super) fn gene_agnostic(&mut self, test: &DirectoryTest, referral: &Referral) {
        let proband = referral.family.proband();
        let trio = proband.mother.is_some() && proband.father.is_some();
        if !trio && referral.panels.is_empty() {
            self.not_covered.push(format!(
                "{}: '{}': the family is not a trio, and no panel is named in the samplesheet",
                test.code, test.target_raw
            ));
        }
        self.gene_agnostic = true;
        self.test_has_green = true;
    }

    /// Adds every gene of the mitochondrial genome.
    pub(super) fn mitochondrial_genome(&mut self) {
        self.mitochondrial = true;
        for id in self.context.transcripts.mitochondrial() {
            self.add_gene(id, named(ModeOfInheritance::Mitochondrial));
            self.test_has_green = true;
        }
        if !self.test_has_green {
            self.not_covered.push("the reference bundle has no gene on the mitochondrial genome".to_owned());
        }
    }

    /// Says that panels of the request stand in for a test that no panel answers.
    pub(super) fn stand_in(&mut self, test: &DirectoryTest) {
        self.not_covered.push(format!(
            "{} is a request for {} ('{}'), which is not analysed; the panels of the request are",
            test.code,
            stands_for(&test.target).0,
            test.target_raw
        ));
    }

    /// Refuses a panel that looks at nothing.
    pub(super) fn check(&mut self) -> Result<(), Refusal> {
        let green =
            |entries: &Vec<PlannedGeneEntry>| entries.iter().any(|e| e.confidence == Confidence::Green);
        if self.gene_agnostic || self.looks_up || self.genes.values().any(green) {
            return Ok(());
        }
        Err(Refusal::NoGreenGene {
            what: "the virtual panel".to_owned(),
            missing: std::mem::take(&mut self.not_covered),
        })
    }

    /// The finished parts; remarks once each, in the order they arose.
    pub(super) fn finish(self) -> Parts {
        let context = self.context;
        let genes = self.genes.into_iter().filter_map(|(id, entries)| {
            let choice = context.transcripts.get(id)?;
            Some(PlannedGene {
                hgnc_id: id,
                symbol: context.genes.approved_symbol(id).unwrap_or_else(|| choice.symbol.clone()),
                entries,
                transcript: Some(choice.accession.clone()),
                transcript_reason: choice.words(),
            })
        });
        let mut said = BTreeSet::new();
        let not_covered =
            self.not_covered.iter().filter(|text| said.insert(text.as_str())).cloned().collect();
        Parts {
            panels: self.panels,
            genes: genes.collect(),
            gene_agnostic: self.gene_agnostic,
            mitochondrial: self.mitochondrial,
            not_covered,
        }
    }
}

enum Found {
    Gene(HgncId, String),
    Unknown(String),
    NotAGene(String),
}

fn entry(panel: u32, entity: &PanelEntity) -> PlannedGeneEntry {
    PlannedGeneEntry {
        panel: Some(panel),
        confidence: entity.confidence,
        mode_of_inheritance: entity.mode_of_inheritance,
        mode_of_inheritance_raw: entity.mode_of_inheritance_raw.clone(),
        mode_of_pathogenicity: entity.mode_of_pathogenicity,
        penetrance: entity.penetrance,
    }
}

/// The entry of a gene that a Directory row names: diagnostic by being commissioned.
fn named(mode_of_inheritance: ModeOfInheritance) -> PlannedGeneEntry {
    PlannedGeneEntry {
        panel: None,
        confidence: Confidence::Green,
        mode_of_inheritance,
        mode_of_inheritance_raw: String::new(),
        mode_of_pathogenicity: ModeOfPathogenicity::LossOfFunctionAssumed,
        penetrance: Penetrance::Unknown,
    }
}

fn rating(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Green => "green",
        Confidence::Amber => "amber",
        Confidence::Red => "red",
        Confidence::Grey => "unrated",
    }
}

/// PanelApp's `type_of_variants` of a region, in words; another value is given as it is.
fn kind_in_words(type_of_variants: &str) -> &str {
    match type_of_variants {
        "cnv_loss" => "copy-number loss",
        "cnv_gain" => "copy-number gain",
        "cnv_both" => "copy-number loss or gain",
        "small" => "small variants",
        other => other,
    }
}
