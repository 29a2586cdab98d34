//! The decision on one allele in one gene.

use serde::Serialize;

use super::criteria::{Asked, Criterion, Facts, Passed, counts_as_functional};
use super::input::TierInput;
use super::rule_set::{Row, RuleSet};
use crate::model::frequency::FrequencyMode;
use crate::model::panel::{Confidence, ModeOfInheritance, Penetrance};
use crate::model::plan::PlannedGeneEntry;
use crate::model::remark::TierRemark;
use crate::model::segregation::{DeNovoGrade, SegregationMode, Verdict};
use crate::model::tier::{Tier, TierDecision};

/// One criterion and whether it held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionResult {
    /// The criterion.
    pub criterion: Criterion,
    /// Whether it held.
    pub met: bool,
}

/// One way in which the allele may be tiered: a mode it passed, seen from one panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TierEvent {
    /// The tier.
    pub tier: Tier,
    /// The row that decided.
    pub rule: String,
    /// The mode that passed; absent when none did.
    pub mode: Option<SegregationMode>,
    /// Its verdict: `possible` passes, and is shown.
    pub verdict: Option<Verdict>,
    /// The penetrance under which the mode was tested.
    pub penetrance: Penetrance,
    /// The panel; absent when the gene is green on none, or named by the Directory itself.
    pub panel: Option<u32>,
    /// The panel's mode of inheritance; absent when the gene is green on none.
    pub mode_of_inheritance: Option<ModeOfInheritance>,
    /// The words of the row, and of any limit that lowered it.
    pub reasons: Vec<String>,
    /// True where a limit lowered the tier of the row.
    #[serde(skip)]
    pub is_capped: bool,
    /// Every criterion, in a fixed order.
    pub criteria: Vec<CriterionResult>,
}

/// The decision with all events.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TierOutcome {
    /// The highest event's tier, row and reasons.
    pub decision: TierDecision,
    /// All events, highest first; never empty.
    pub events: Vec<TierEvent>,
    /// Remarks.
    pub flags: Vec<TierRemark>,
}

/// Decides by a rule set.
///
/// ```
/// use ithaca::model::consequence::{Term, Terms};
/// use ithaca::model::decision::ModeFit;
/// use ithaca::model::frequency::{Frequencies, FrequencyMode, FrequencyOutcome};
/// use ithaca::model::panel::{Confidence, ModeOfInheritance, ModeOfPathogenicity, Penetrance};
/// use ithaca::model::plan::PlannedGeneEntry;
/// use ithaca::model::segregation::{CopyRegion, SegregationMode, SegregationVerdict, Verdict};
/// use ithaca::model::tier::Tier;
/// use ithaca::tier::{RuleSet, TierInput, decide};
///
/// let rules = std::fs::read_to_string("pipelines/rules/gel-small-variant-2024-04.toml").unwrap();
/// let rules = RuleSet::from_toml(&rules).unwrap();
/// let green = [PlannedGeneEntry {
///     panel: Some(1),
///     confidence: Confidence::Green,
///     mode_of_inheritance: ModeOfInheritance::MonoallelicNotImprinted,
///     mode_of_inheritance_raw: String::new(),
///     mode_of_pathogenicity: ModeOfPathogenicity::LossOfFunctionAssumed,
///     penetrance: Penetrance::Complete,
/// }];
/// let within = |mode| FrequencyOutcome { mode, kept: true, populations: Vec::new() };
/// let frequency = Frequencies(vec![within(FrequencyMode::Dominant), within(FrequencyMode::Recessive)]);
/// let dominant = ModeFit::alone(SegregationVerdict {
///     mode: SegregationMode::AutosomalDominant,
///     verdict: Verdict::Yes,
///     reason: String::new(),
///     flags: Vec::new(),
/// });
/// // A rare missense change that fits the dominant mode, in a gene that is green for it.
/// let input = TierInput {
///     terms: Terms::of(Term::Missense),
///     biotype: "protein_coding",
///     region: CopyRegion::Autosomal,
///     refused_filters: &[],
///     frequency: &frequency,
///     modes: &[dominant],
///     de_novo: None,
///     affected_carriers: &[0],
///     entries: &green,
///     penetrance: Penetrance::Complete,
///     known_pathogenic: None,
///     inclusion_list: None,
///     artefact_list: None,
/// };
/// assert_eq!(decide(&rules, &input).decision.tier, Tier::Tier2);
/// let stop = TierInput { terms: Terms::of(Term::StopGained), ..input.clone() };
/// assert_eq!(decide(&rules, &stop).decision.tier, Tier::Tier1);
/// let off_panel = TierInput { entries: &[], ..input };
/// assert_eq!(decide(&rules, &off_panel).decision.tier, Tier::Tier3);
/// ```
pub fn decide(rules: &RuleSet, input: &TierInput) -> TierOutcome {
    let mut events: Vec<TierEvent> = candidates(input)
        .into_iter()
        .flat_map(|passed| views(input).into_iter().map(move |entry| (passed, entry)))
        .map(|(passed, entry)| event(rules, input, passed, entry))
        .collect();
    events.sort_by_key(|event| {
        (
            std::cmp::Reverse(event.tier),
            std::cmp::Reverse(event.verdict),
            event.penetrance != Penetrance::Complete,
            event.mode.map(preference),
            event.panel,
        )
    });
    let mut flags = Vec::new();
    if is_single_hit(rules, input, &events) {
        flags.push(TierRemark::SingleHit);
    }
    if input.de_novo.is_some_and(|evidence| evidence.grade == DeNovoGrade::Weak) {
        flags.push(TierRemark::DeNovoWeak);
    }
    let highest = &events[0];
    if highest.is_capped {
        flags.push(TierRemark::ModeOfPathogenicity);
    }
    let decision =
        TierDecision { tier: highest.tier, rule: highest.rule.clone(), reasons: highest.reasons.clone() };
    TierOutcome { decision, events, flags }
}

/// The modes that passed: complete penetrance first, incomplete only where it was ordered. A verdict that
/// is not `no` passes, because a missing genotype never contradicts. One empty entry when none passed.
fn candidates(input: &TierInput) -> Vec<Passed> {
    let incomplete = SegregationMode::AutosomalDominantIncompletePenetrance;
    let verdicts = || input.modes.iter().map(|fit| (fit.verdict.mode, fit.verdict.verdict));
    let passing = || verdicts().filter(|&(_, verdict)| verdict != Verdict::No);
    let mut passed: Vec<Passed> = passing()
        .filter(|&(mode, _)| mode != incomplete)
        .map(|(mode, verdict)| Some((mode, verdict, Penetrance::Complete)))
        .collect();
    if input.penetrance == Penetrance::Incomplete {
        passed.extend(
            passing()
                .filter(|&(mode, _)| mode == incomplete)
                .map(|(mode, verdict)| Some((mode, verdict, Penetrance::Incomplete))),
        );
    }
    if passed.is_empty() {
        passed.push(None);
    }
    passed
}

/// The panels on which the gene is green; one empty entry when there is none.
fn views<'a>(input: &TierInput<'a>) -> Vec<Option<&'a PlannedGeneEntry>> {
    let green: Vec<_> =
        input.entries.iter().filter(|e| e.confidence == Confidence::Green).map(Some).collect();
    if green.is_empty() { vec![None] } else { green }
}

fn event(rules: &RuleSet, input: &TierInput, passed: Passed, entry: Option<&PlannedGeneEntry>) -> TierEvent {
    let facts = Facts::of(&Asked { rules, input, passed, entry });
    // A rule set ends in a row without conditions; `from_toml` refuses any other.
    let row = rules.rows.iter().find(|row| row.is_met(facts));
    let mut tier = row.map_or(Tier::Untiered, |row| row.tier);
    let mut reasons: Vec<String> = row.map(|row| row.words.clone()).into_iter().collect();
    if tier == Tier::Untiered
        && let Some(row) = row
    {
        reasons.extend(missing(rules, &row.name, facts));
    }
    let mut is_capped = false;
    for cap in &rules.caps {
        if tier > cap.highest && cap.is_met(facts) {
            tier = cap.highest;
            reasons.push(cap.words.clone());
            is_capped = true;
        }
    }
    TierEvent {
        tier,
        rule: row.map(|row| row.name.clone()).unwrap_or_default(),
        mode: passed.map(|(mode, ..)| mode),
        verdict: passed.map(|(_, verdict, _)| verdict),
        penetrance: passed.map_or(Penetrance::Complete, |(.., penetrance)| penetrance),
        panel: entry.and_then(|e| e.panel),
        mode_of_inheritance: entry.map(|e| e.mode_of_inheritance),
        reasons,
        is_capped,
        criteria: Criterion::all()
            .map(|criterion| CriterionResult { criterion, met: facts.has(criterion) })
            .collect(),
    }
}

/// The criteria that stood between the event and a tier: those of the tiering row with the fewest misses,
/// among rows whose route (known pathogenic, for one) is open to the event.
fn missing(rules: &RuleSet, decided: &str, facts: Facts) -> Option<String> {
    let conditions = |row: &Row| -> Vec<&'static str> {
        row.all.iter().filter(|&&c| !facts.has(c)).map(|c| c.words()).collect()
    };
    let open_route = |row: &Row| row.any.is_empty() || row.any.iter().any(|&c| facts.has(c));
    let nearest = rules
        .rows
        .iter()
        .filter(|row| row.tier > Tier::Untiered && row.name != decided)
        .filter(|row| open_route(row) && !row.none.iter().any(|&c| facts.has(c)))
        .min_by_key(|row| conditions(row).len())?;
    let unmet = conditions(nearest);
    (!unmet.is_empty())
        .then(|| format!("Nearest tier: {}; criteria not met: {}.", nearest.tier.words(), unmet.join(", ")))
}

/// Order in which events of one tier are shown: the most specific explanation first.
fn preference(mode: SegregationMode) -> u8 {
    use SegregationMode as M;
    match mode {
        M::DeNovo => 0,
        M::UniparentalIsodisomy => 1,
        M::AutosomalRecessive => 2,
        M::XLinkedRecessive => 3,
        M::CompoundHeterozygous => 4,
        M::XLinkedDominant => 5,
        M::Mitochondrial => 6,
        M::YLinked => 7,
        M::AutosomalDominant => 8,
        M::DominantMaternallyImprinted => 9,
        M::DominantPaternallyImprinted => 10,
        M::AutosomalDominantIncompletePenetrance => 11,
    }
}

/// One hit in a gene that needs two: not tiered, and shown on its own.
fn is_single_hit(rules: &RuleSet, input: &TierInput, events: &[TierEvent]) -> bool {
    let needs_two = input.entries.iter().any(|e| {
        e.confidence == Confidence::Green
            && rules.filters_of(e.mode_of_inheritance).contains(&SegregationMode::CompoundHeterozygous)
    });
    let would_count = input.known_pathogenic.is_some()
        || input.inclusion_list.is_some()
        || (input.frequency.allows(FrequencyMode::Recessive) && counts_as_functional(rules, input));
    needs_two
        && would_count
        && input.refused_filters.is_empty()
        && !input.affected_carriers.is_empty()
        && input.artefact_list.is_none()
        && events.iter().all(|e| e.tier == Tier::Untiered)
}
