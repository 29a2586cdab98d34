//! One allele through the filters, in one fixed order, cheapest first. The batch and `explain` run this same
//! code: the batch stops at the first rule that drops the allele, `explain` goes on and keeps every answer.

use crate::annotate::{Annotator, Options, Scratch};
use crate::family::{FamilyPolicy, Site, de_novo_evidence, segregate, verdicts};
use crate::filter::Outcome;
use crate::filter::affected_carry::affected_carry;
use crate::filter::frequency::{self, FREQUENCY, FrequencyGate, TableState, Tables};
use crate::filter::functional_impact::{FUNCTIONAL_IMPACT, functional_impact};
use crate::filter::genotype_quality::{GENOTYPE_QUALITY, genotype_quality};
use crate::filter::known_pathogenic::known_pathogenic;
use crate::filter::quality::{SITE_FILTER, site_filter};
use crate::filter::rules::{self, Evidence, Filter, Known};
use crate::filter::scope::{SCOPE, scope};
use crate::genotype;
use crate::model::allele::Allele;
use crate::model::annotation::{NotEvaluable, SiteValue};
use crate::model::consequence::Terms;
use crate::model::contig::ContigId;
use crate::model::family::Family;
use crate::model::genotype::Call;
use crate::model::pipeline::QualityPolicy;
use crate::model::plan::Plan;
use crate::model::record::NormalisedAllele;
use crate::model::segregation::{CopyRegion, SegregationMode, Verdict};
use crate::reference::sites::SiteTable;

use super::early::frequency_modes;
use super::genes::gene_effects;
use super::in_cis;
use super::in_cis::Proband;
use crate::annotate::haplotype::notes::Notes;
use crate::interpret::scope::{Scope, copy_region};
use crate::knowledge::Knowledge;
use crate::model::candidate::Candidate;
use crate::model::frequency::{Frequencies, frequency_mode};
use crate::model::funnel::FunnelStep;
use crate::quality::identity::Identity;

/// The rules as they stand for one plan.
pub struct Examiner<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) family: &'a Family,
    policy: FamilyPolicy,
    pub(crate) scope: Scope,
    pub(crate) frequency_gate: FrequencyGate<'a>,
    annotator: Annotator<'a>,
    counted: Terms,
    in_cis: InCis<'a>,
}

/// What the proband's variants do together.
enum InCis<'a> {
    /// All that there is to be said.
    Known(Notes),
    /// Still being read: an allele of which something may have to be said waits.
    Awaited(&'a Proband<'a>),
}

/// What became of an allele.
pub enum Examined {
    /// Dropped at this step.
    Dropped(FunnelStep, Option<NotEvaluable>),
    /// Passed.
    Kept(Box<Candidate>),
    /// Not dropped so far; to be examined again once it is known what the proband's variants do together.
    Waits(Box<NormalisedAllele>),
}

impl Examined {
    /// Dropped by a filter.
    fn dropped(by: &Filter) -> Self {
        Self::Dropped(by.step(), None)
    }
}

/// Every answer given on the way, for `explain`.
#[derive(Debug, Default)]
pub struct Trace {
    /// The answers in order, each with the step it stands for.
    pub answers: Vec<(FunnelStep, Outcome)>,
    /// The first step that dropped the allele.
    pub dropped: Option<(FunnelStep, Option<NotEvaluable>)>,
}

/// Whether to stop at the first drop (the batch) or to go on and write down every answer (`explain`).
struct Course<'t> {
    trace: Option<&'t mut Trace>,
}

impl Course<'_> {
    /// Notes an answer; true when the allele is out and nobody wants to know more.
    fn stops(&mut self, step: FunnelStep, outcome: impl FnOnce() -> Outcome, kept: bool) -> bool {
        let Some(trace) = &mut self.trace else { return !kept };
        trace.answers.push((step, outcome()));
        if !kept {
            trace.dropped.get_or_insert((step, None));
        }
        false
    }
}

impl<'a> Examiner<'a> {
    /// The rules for a plan.
    pub fn new(knowledge: &'a Knowledge, plan: &'a Plan) -> Self {
        let bundle = &knowledge.bundle;
        Self {
            knowledge,
            family: &plan.referral.family,
            policy: FamilyPolicy::with_mitochondrial_fraction(
                knowledge.pipeline.quality.mitochondrial_fraction,
            ),
            scope: Scope::new(plan, &knowledge.pipeline.scope, &knowledge.pipeline.assertions, bundle),
            frequency_gate: FrequencyGate::new(&knowledge.pipeline.frequency, |name| bundle.sites(name)),
            annotator: Annotator::new(
                bundle.genome(),
                bundle.transcripts(),
                Options::new(bundle.assembly().clone()),
            ),
            counted: knowledge.rule_set.consequences.counted(),
            in_cis: InCis::Known(Notes::default()),
        }
    }

    /// The same with what the proband's variants do together.
    pub fn with_in_cis(self, notes: Notes) -> Self {
        Self { in_cis: InCis::Known(notes), ..self }
    }

    /// The same while the proband's file is still being read.
    pub fn awaiting(self, proband: &'a Proband<'a>) -> Self {
        Self { in_cis: InCis::Awaited(proband), ..self }
    }

    /// What is looked at.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The floors of quality.
    pub fn quality(&self) -> &QualityPolicy {
        &self.knowledge.pipeline.quality
    }

    /// How copies are counted at a place.
    pub fn region(&self, contig: ContigId, start: u32) -> CopyRegion {
        copy_region(&self.knowledge.bundle, contig, start)
    }

    /// How the pedigree is read.
    pub fn family_policy(&self) -> &FamilyPolicy {
        &self.policy
    }

    /// The family.
    pub fn family(&self) -> &'a Family {
        self.family
    }

    /// Counts an allele towards the checks of who is who.
    pub fn count_identity(&self, entry: &NormalisedAllele, identity: &mut Identity) {
        let region = copy_region(&self.knowledge.bundle, entry.allele.contig, entry.allele.start);
        identity.count(entry, region, &self.knowledge.pipeline.input.identity);
    }

    /// Examines an allele up to the first rule that drops it.
    pub fn examine(&self, entry: NormalisedAllele, scratch: &mut Scratch) -> Examined {
        self.walk(entry, scratch, Course { trace: None })
    }

    /// True where the full rules drop the allele at this step; the cheap gates are held against it.
    pub fn drops_at(&self, entry: &NormalisedAllele, step: FunnelStep) -> bool {
        matches!(self.examine(entry.clone(), &mut Scratch::new()), Examined::Dropped(at, _) if at == step)
    }

    /// Examines an allele by every rule, whatever the earlier ones said.
    pub fn explain(&self, entry: NormalisedAllele, scratch: &mut Scratch) -> (Examined, Trace) {
        let mut trace = Trace::default();
        let examined = self.walk(entry, scratch, Course { trace: Some(&mut trace) });
        (examined, trace)
    }

    fn walk(&self, mut entry: NormalisedAllele, scratch: &mut Scratch, mut course: Course) -> Examined {
        let pipeline = &self.knowledge.pipeline;
        let bundle = &self.knowledge.bundle;

        let passed = matches!(&entry.filters, Some(names) if names.is_empty());
        let site = || site_filter(entry.filters.as_deref(), &pipeline.quality);
        if course.stops(SITE_FILTER.step(), site, passed || site().kept) {
            return Examined::dropped(&SITE_FILTER);
        }

        let family = self.family;
        let carried =
            |calls: &[Call]| affected_carry(family, |member| genotype::carries_in_family(calls, member));
        let absent = match genotype::may_be_carried(family, &entry.calls) {
            true => FunnelStep::GenotypeUnknown,
            false => FunnelStep::NotCarried,
        };
        if course.stops(absent, || carried(&entry.calls), genotype::is_carried(family, &entry.calls)) {
            return Examined::Dropped(absent, None);
        }

        let region = copy_region(bundle, entry.allele.contig, entry.allele.start);
        let missed = genotype::apply_floors_to_family(&mut entry.calls, family, region, &pipeline.quality);
        let good = genotype::is_carried(family, &entry.calls);
        let quality = || {
            let first = missed.first().map(|&(member, floor)| {
                (format!("{}: {}", family.members[member].id, floor.words()), floor.would_keep())
            });
            genotype_quality(carried(&entry.calls), first)
        };
        if course.stops(GENOTYPE_QUALITY.step(), quality, good) {
            return Examined::dropped(&GENOTYPE_QUALITY);
        }

        let interval = entry.allele.interval();
        let inside = self.scope.holds(entry.allele.contig, interval);
        if course.stops(SCOPE.step(), || scope(inside), inside) {
            return Examined::dropped(&SCOPE);
        }

        let known = self.assertion(&entry.allele);
        let lists = &self.knowledge.lists;
        let inclusion = lists.inclusion.reason(&entry.allele).map(str::to_owned);
        let waiver = rules::waiver(&Known { assertion: known.as_deref(), inclusion: inclusion.as_deref() });
        let frequency = self.frequencies(&entry.allele, region);
        let rare = waiver.is_some() || frequency.0.iter().any(|outcome| outcome.kept);
        let rarity = || self.frequency_outcome(&frequency, waiver.as_deref());
        if course.stops(FREQUENCY.step(), rarity, rare) {
            return Examined::dropped(&FREQUENCY);
        }

        let notes = match &self.in_cis {
            InCis::Known(notes) => Some(notes),
            InCis::Awaited(proband) if proband.may_note(entry.allele.contig, &entry.spelling) => {
                return Examined::Waits(Box::new(entry));
            }
            InCis::Awaited(_) => None,
        };
        let mut annotation = self.annotator.annotate(&entry.allele, scratch);
        if let Some(reason) = annotation.not_evaluable {
            if let Some(trace) = course.trace {
                trace.dropped.get_or_insert((FunnelStep::NotEvaluable, Some(reason)));
            }
            return Examined::Dropped(FunnelStep::NotEvaluable, Some(reason));
        }
        let choices = &self.knowledge.choices;
        let chosen = |gene| Some(choices.get(bundle.transcripts().gene(gene).hgnc_id?)?.index);
        let planned = |gene| self.scope.planned(gene);
        let mut genes = gene_effects(&annotation, bundle.transcripts(), chosen, planned, waiver.is_some());
        if let Some(notes) = notes {
            in_cis::add(notes, entry.allele.contig, &entry.spelling, &mut annotation, &mut genes);
        }
        genes.retain(|gene| self.scope.holds_gene(gene.gene));
        let all_terms = genes.iter().fold(Terms::NONE, |terms, gene| terms.union(gene.terms));
        if waiver.is_none() {
            genes.retain(|gene| gene.terms.iter().any(|term| self.counted.contains(term)));
        }
        let impact = || match &waiver {
            Some(why) => functional_impact(all_terms, self.counted).waived(why),
            None => functional_impact(all_terms, self.counted),
        };
        if course.stops(FUNCTIONAL_IMPACT.step(), impact, !genes.is_empty()) {
            return Examined::dropped(&FUNCTIONAL_IMPACT);
        }

        let site = Site { region, calls: &entry.calls };
        let fits = |mode: SegregationMode, verdict: Verdict| {
            verdict != Verdict::No && (waiver.is_some() || frequency.allows(frequency_mode(mode, region)))
        };
        let alone = verdicts(self.family, &site, &self.policy).into_iter().any(|(mode, v)| fits(mode, v));
        let pairable = matches!(region, CopyRegion::Autosomal | CopyRegion::X)
            && fits(SegregationMode::CompoundHeterozygous, Verdict::Possible);
        if !alone && !pairable && course.trace.is_none() {
            return Examined::Dropped(FunnelStep::Inheritance, None);
        }
        let evidence = Evidence {
            allele: &entry.allele,
            region,
            calls: &entry.calls,
            frequency: &frequency,
            terms: all_terms,
            known: Known { assertion: known.as_deref(), inclusion: inclusion.as_deref() },
            artefact: lists.artefact.reason(&entry.allele),
        };
        for (filter, ask) in rules::of_evidence() {
            let outcome = ask(&evidence);
            let kept = outcome.kept;
            if course.stops(filter.step(), || outcome, kept) {
                return Examined::dropped(filter);
            }
        }
        let verdicts = segregate(self.family, &site, &self.policy);
        let de_novo =
            (verdicts.iter().any(|v| v.mode == SegregationMode::DeNovo && v.verdict != Verdict::No))
                .then(|| de_novo_evidence(self.family, &site, &self.policy, &pipeline.quality.de_novo));
        Examined::Kept(Box::new(Candidate {
            entry: entry.into(),
            region,
            annotation,
            known_pathogenic: known,
            inclusion,
            frequency,
            site: verdicts,
            de_novo,
            genes,
        }))
    }

    pub(crate) fn assertion(&self, allele: &Allele) -> Option<String> {
        let policy = &self.knowledge.pipeline.assertions;
        let table = self.knowledge.bundle.sites(&policy.table)?;
        match table.value(table.find(allele)?, table.field_index(&policy.field)?)?.into() {
            SiteValue::Text(text) if known_pathogenic(&text, &policy.pathogenic) => Some(text),
            _ => None,
        }
    }

    fn frequencies(&self, allele: &Allele, region: CopyRegion) -> Frequencies {
        // One search a table, however many populations and fields there are.
        let rows: Vec<(&SiteTable, Option<u32>)> =
            self.knowledge.bundle.site_tables().iter().map(|table| (table, table.find(allele))).collect();
        let found = |name: &str| rows.iter().find(|(table, _)| table.name() == name).copied();
        let state = |name: &str| match found(name) {
            None => TableState::NotInBundle,
            Some((_, Some(_))) => TableState::Listed,
            Some((table, None)) => match table.covers_allele(allele) {
                Some(true) => TableState::NotSeen,
                Some(false) => TableState::NotCovered,
                None if !table.covers(allele.contig) => TableState::NotCovered,
                None => TableState::NotListed,
            },
        };
        let value = |name: &str, field: &str| {
            let (table, row) = found(name)?;
            table.value(row?, table.field_index(field)?).map(SiteValue::from)
        };
        let tables = Tables { state: &state, value: &value };
        let modes = frequency_modes(region);
        let policy = &self.knowledge.pipeline.frequency;
        Frequencies(modes.iter().map(|&mode| frequency::frequency(policy, mode, &tables)).collect())
    }

    /// The loosest answer on frequency: the one that decides whether the allele stays.
    fn frequency_outcome(&self, frequencies: &Frequencies, waiver: Option<&str>) -> Outcome {
        let loosest = frequencies.0.last().map_or_else(|| scope(true), frequency::outcome);
        match waiver {
            Some(why) if !loosest.kept => loosest.waived(why),
            _ => loosest,
        }
    }
}
