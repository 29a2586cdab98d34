//! Every row of Genomics England's table, the limit by mode of pathogenicity, and the hub's filter.

use std::sync::LazyLock;

use ithaca::model::consequence::{Term, Terms};
use ithaca::model::de_novo::DeNovoEvidence;
use ithaca::model::decision::ModeFit;
use ithaca::model::frequency::{Frequencies, FrequencyMode, FrequencyOutcome};
use ithaca::model::panel::{Confidence, ModeOfInheritance as Moi, ModeOfPathogenicity, Penetrance};
use ithaca::model::plan::PlannedGeneEntry;
use ithaca::model::remark::TierRemark;
use ithaca::model::segregation::SegregationMode::{self as M, *};
use ithaca::model::segregation::{CopyRegion, DeNovoGrade, SegregationVerdict, Verdict};
use ithaca::model::tier::Tier::{self, *};
use ithaca::tier::{Criterion, RuleSet, TierInput, TierOutcome, decide};

use crate::pipelines::rules;

fn gel() -> RuleSet {
    rules("gel-small-variant-2024-04.toml")
}

fn entry(confidence: Confidence, mode: Moi) -> PlannedGeneEntry {
    PlannedGeneEntry {
        panel: Some(1),
        confidence,
        mode_of_inheritance: mode,
        mode_of_inheritance_raw: String::new(),
        mode_of_pathogenicity: ModeOfPathogenicity::LossOfFunctionAssumed,
        penetrance: Penetrance::Complete,
    }
}

fn green(mode: Moi) -> Vec<PlannedGeneEntry> {
    vec![entry(Confidence::Green, mode)]
}

/// Answers on frequency by kind of inheritance.
fn frequencies(dominant: bool, recessive: bool, mitochondrial: bool) -> Frequencies {
    use FrequencyMode::{Dominant, Mitochondrial, Recessive};
    let kinds = [(Dominant, dominant), (Recessive, recessive), (Mitochondrial, mitochondrial)];
    Frequencies(kinds.map(|(mode, kept)| FrequencyOutcome { mode, kept, populations: Vec::new() }).into())
}

static RARE: LazyLock<Frequencies> = LazyLock::new(|| frequencies(true, true, true));
static COMMON: LazyLock<Frequencies> = LazyLock::new(|| frequencies(false, false, false));
static RECESSIVE_ONLY: LazyLock<Frequencies> = LazyLock::new(|| frequencies(false, true, true));

/// Verdicts as the rule set is given them; they live as long as the test program.
fn modes(verdicts: &[(M, Verdict)]) -> &'static [ModeFit] {
    let fit = |&(mode, verdict): &(M, Verdict)| {
        ModeFit::alone(SegregationVerdict { mode, verdict, reason: String::new(), flags: Vec::new() })
    };
    verdicts.iter().map(fit).collect::<Vec<_>>().leak()
}

/// The evidence of a de novo call of this grade.
fn graded(grade: DeNovoGrade) -> &'static DeNovoEvidence {
    Box::leak(Box::new(DeNovoEvidence { grade, verdict: Verdict::Yes, reasons: Vec::new() }))
}

/// The filters of a record that is not accepted.
fn refused() -> &'static [String] {
    vec!["q10".to_owned()].leak()
}

/// A rare heterozygous missense in a protein-coding gene that passes the dominant filter.
fn base<'a>(entries: &'a [PlannedGeneEntry], verdicts: &[(M, Verdict)]) -> TierInput<'a> {
    TierInput {
        terms: Terms::of(Term::Missense),
        biotype: "protein_coding",
        region: CopyRegion::Autosomal,
        refused_filters: &[],
        frequency: &RARE,
        modes: modes(verdicts),
        de_novo: None,
        affected_carriers: &[0],
        entries,
        penetrance: Penetrance::Complete,
        known_pathogenic: None,
        inclusion_list: None,
        artefact_list: None,
    }
}

const DOMINANT: &[(M, Verdict)] = &[(AutosomalDominant, Verdict::Yes), (AutosomalRecessive, Verdict::No)];
const HET_INHERITED: &[(M, Verdict)] = &[(AutosomalDominant, Verdict::No), (AutosomalRecessive, Verdict::No)];
const NEW: &[(M, Verdict)] = &[(AutosomalDominant, Verdict::Yes), (DeNovo, Verdict::Yes)];

fn check(outcome: &TierOutcome, tier: Tier, rule: &str) {
    assert_eq!((outcome.decision.tier, outcome.decision.rule.as_str()), (tier, rule), "{outcome:#?}");
    assert!(!outcome.decision.reasons.is_empty());
    assert_eq!(outcome.events[0].tier, tier);
}

#[test]
fn passes_8() {
    let entries = green(Moi::MonoallelicNotImprinted);
    let input = TierInput {
        artefact_list: Some("a reason"),
        known_pathogenic: Some("Pathogenic"),
        terms: Terms::of(Term::StopGained),
        ..base(&entries, NEW)
    };
    check(&decide(&gel(), &input), Untiered, "artefact_or_benign_list");
}

#[test]
fn criteria_1_to_4_not_all() {
    let entries = green(Moi::MonoallelicNotImprinted);
    let dominant = base(&entries, DOMINANT);
    for input in [
        TierInput { refused_filters: refused(), ..dominant.clone() },
        TierInput { frequency: &COMMON, ..dominant.clone() },
        TierInput { frequency: &RECESSIVE_ONLY, ..dominant.clone() },
        TierInput { terms: Terms::of(Term::Synonymous), ..dominant.clone() },
        TierInput { modes: modes(HET_INHERITED), ..dominant.clone() },
        TierInput { modes: &[], ..dominant.clone() },
        TierInput { entries: &[], terms: Terms::of(Term::Intron), ..dominant.clone() },
    ] {
        check(&decide(&gel(), &input), Untiered, "criteria_1_to_4_not_met");
    }
}

#[test]
fn passes_1_to_4_not_5a() {
    for entries in [vec![], vec![entry(Confidence::Amber, Moi::MonoallelicNotImprinted)]] {
        check(&decide(&gel(), &base(&entries, DOMINANT)), Tier3, "tier_3");
        let high = TierInput { terms: Terms::of(Term::StopGained), ..base(&entries, DOMINANT) };
        check(&decide(&gel(), &high), Tier3, "tier_3");
    }
}

#[test]
fn passes_1_to_4_and_5a_not_5b() {
    let entries = green(Moi::Biallelic);
    let high = TierInput { terms: Terms::of(Term::StopGained), ..base(&entries, DOMINANT) };
    let outcome = decide(&gel(), &high);
    check(&outcome, Untiered, "mode_does_not_match");
    assert!(
        outcome.flags.contains(&TierRemark::SingleHit),
        "a lone heterozygote in a biallelic gene is shown"
    );
}

#[test]
fn passes_1_to_5_with_high_impact() {
    for (mode, verdicts) in [
        (Moi::MonoallelicNotImprinted, DOMINANT),
        (Moi::Biallelic, &[(AutosomalRecessive, Verdict::Yes)]),
        (Moi::Biallelic, &[(CompoundHeterozygous, Verdict::Possible)]),
        (Moi::XLinkedBiallelic, &[(XLinkedRecessive, Verdict::Yes)]),
        (Moi::XLinkedMonoallelic, &[(XLinkedDominant, Verdict::Yes)]),
        (Moi::Mitochondrial, &[(Mitochondrial, Verdict::Yes)]),
        (Moi::MonoallelicMaternallyImprinted, &[(DominantMaternallyImprinted, Verdict::Possible)]),
        (Moi::Unknown, DOMINANT),
    ] {
        let entries = green(mode);
        let input = TierInput { terms: Terms::of(Term::Frameshift), ..base(&entries, verdicts) };
        check(&decide(&gel(), &input), Tier1, "tier_1_high_impact");
    }
}

#[test]
fn every_high_impact_term_reaches_tier_1_and_every_moderate_one_tier_2() {
    let rules = gel();
    let entries = green(Moi::MonoallelicNotImprinted);
    for (list, tier) in [(&rules.consequences.high, Tier1), (&rules.consequences.moderate, Tier2)] {
        for &term in list {
            let input = TierInput { terms: Terms::of(term), ..base(&entries, DOMINANT) };
            assert_eq!(decide(&rules, &input).decision.tier, tier, "{}", term.name());
        }
    }
}

#[test]
fn passes_1_to_5_de_novo_with_moderate_or_non_coding_impact() {
    let entries = green(Moi::MonoallelicNotImprinted);
    for grade in [None, Some(DeNovoGrade::Confident)] {
        let outcome = decide(&gel(), &TierInput { de_novo: grade.map(graded), ..base(&entries, NEW) });
        check(&outcome, Tier1, "tier_1_de_novo");
        assert_eq!(outcome.events[0].mode, Some(DeNovo));
    }
    let rna = TierInput {
        terms: Terms::of(Term::NonCodingTranscriptExon),
        biotype: "snRNA",
        ..base(&entries, NEW)
    };
    check(&decide(&gel(), &rna), Tier1, "tier_1_de_novo");
}

#[test]
fn a_weak_or_merely_possible_de_novo_call_stays_tier_2() {
    let entries = green(Moi::MonoallelicNotImprinted);
    let weak = TierInput { de_novo: Some(graded(DeNovoGrade::Weak)), ..base(&entries, NEW) };
    let outcome = decide(&gel(), &weak);
    check(&outcome, Tier2, "tier_2");
    assert!(outcome.flags.contains(&TierRemark::DeNovoWeak));
    let singleton = [(AutosomalDominant, Verdict::Yes), (DeNovo, Verdict::Possible)];
    check(&decide(&gel(), &base(&entries, &singleton)), Tier2, "tier_2");
}

#[test]
fn passes_1_to_5_otherwise() {
    let entries = green(Moi::MonoallelicNotImprinted);
    check(&decide(&gel(), &base(&entries, DOMINANT)), Tier2, "tier_2");
    let rna = TierInput {
        terms: Terms::of(Term::NonCodingTranscriptExon),
        biotype: "snRNA",
        ..base(&entries, DOMINANT)
    };
    check(&decide(&gel(), &rna), Tier2, "tier_2");
    let off_panel = TierInput { entries: &[], ..rna };
    assert_eq!(
        decide(&gel(), &off_panel).decision.tier,
        Untiered,
        "non-coding genes off the panel are never Tier 3"
    );
}

#[test]
fn known_pathogenic_waives_frequency_and_consequence() {
    let entries = green(Moi::MonoallelicNotImprinted);
    let common = TierInput { frequency: &COMMON, terms: Terms::of(Term::Intron), ..base(&entries, DOMINANT) };
    for known in [
        TierInput { known_pathogenic: Some("Pathogenic"), ..common.clone() },
        TierInput { inclusion_list: Some("a reason"), ..common.clone() },
    ] {
        check(&decide(&gel(), &known), Tier1, "known_pathogenic_on_panel");
        let off_panel = TierInput { entries: &[], ..known.clone() };
        check(&decide(&gel(), &off_panel), Tier3, "known_pathogenic_off_panel");
        let other_mode = green(Moi::Biallelic);
        let mismatch = TierInput { entries: &other_mode, ..known.clone() };
        let outcome = decide(&gel(), &mismatch);
        check(&outcome, Untiered, "known_pathogenic_mode_does_not_match");
        assert!(outcome.flags.contains(&TierRemark::SingleHit));
        let filtered = TierInput { refused_filters: refused(), ..known.clone() };
        assert_eq!(decide(&gel(), &filtered).decision.tier, Untiered, "criterion 1 is not waived");
        let contradicted = TierInput { modes: modes(HET_INHERITED), ..known };
        assert_eq!(decide(&gel(), &contradicted).decision.tier, Untiered, "criterion 4 is not waived");
    }
}

#[test]
fn incomplete_penetrance_counts_only_where_it_was_ordered() {
    let verdicts = [(AutosomalDominant, Verdict::No), (AutosomalDominantIncompletePenetrance, Verdict::Yes)];
    let entries = green(Moi::MonoallelicNotImprinted);
    let input = TierInput { terms: Terms::of(Term::StopGained), ..base(&entries, &verdicts) };
    assert_eq!(decide(&gel(), &input).decision.tier, Untiered);
    let ordered = TierInput { penetrance: Penetrance::Incomplete, ..input };
    let outcome = decide(&gel(), &ordered);
    check(&outcome, Tier1, "tier_1_high_impact");
    assert_eq!(outcome.events[0].penetrance, Penetrance::Incomplete);
}

#[test]
fn all_events_are_kept_and_the_highest_is_shown() {
    let entries = vec![
        entry(Confidence::Green, Moi::Biallelic),
        entry(Confidence::Green, Moi::MonoallelicNotImprinted),
    ];
    let input = TierInput { terms: Terms::of(Term::StopGained), ..base(&entries, NEW) };
    let outcome = decide(&gel(), &input);
    check(&outcome, Tier1, "tier_1_high_impact");
    assert_eq!(outcome.events.len(), 4, "two modes seen from two panels");
    assert!(outcome.events.windows(2).all(|w| w[0].tier >= w[1].tier));
    assert!(!outcome.flags.contains(&TierRemark::SingleHit));
}

#[test]
fn recessive_modes_are_held_to_recessive_limits() {
    let entries = green(Moi::MonoallelicAndBiallelic);
    let verdicts = [(AutosomalDominant, Verdict::Yes), (AutosomalRecessive, Verdict::Yes)];
    let input = TierInput { frequency: &RECESSIVE_ONLY, ..base(&entries, &verdicts) };
    let outcome = decide(&gel(), &input);
    check(&outcome, Tier2, "tier_2");
    assert_eq!(outcome.events[0].mode, Some(AutosomalRecessive));
}

#[test]
fn loss_of_function_where_it_is_not_the_mechanism_is_at_most_tier_3() {
    let mut entries = green(Moi::MonoallelicNotImprinted);
    entries[0].mode_of_pathogenicity = ModeOfPathogenicity::NotLossOfFunction;
    for term in [
        Term::StopGained,
        Term::Frameshift,
        Term::SpliceDonor,
        Term::SpliceAcceptor,
        Term::StartLost,
        Term::TranscriptAblation,
    ] {
        let input = TierInput { terms: Terms::of(term), ..base(&entries, NEW) };
        let outcome = decide(&gel(), &input);
        assert_eq!(outcome.decision.tier, Tier3, "{}", term.name());
        assert!(
            outcome
                .decision
                .reasons
                .iter()
                .any(|r| r.contains("loss-of-function variants in this gene do not"))
        );
        assert!(outcome.flags.contains(&TierRemark::ModeOfPathogenicity));
        // Tiered for itself, not by its consequence: criteria 6 and 7.
        let known = TierInput { known_pathogenic: Some("Pathogenic"), ..input.clone() };
        check(&decide(&gel(), &known), Tier1, "known_pathogenic_on_panel");
        let listed = TierInput { inclusion_list: Some("a reason"), ..input };
        check(&decide(&gel(), &listed), Tier1, "known_pathogenic_on_panel");
    }
    check(&decide(&gel(), &base(&entries, NEW)), Tier1, "tier_1_de_novo");
    let mut two = entries.clone();
    two.push(entry(Confidence::Green, Moi::MonoallelicNotImprinted));
    let input = TierInput { terms: Terms::of(Term::StopGained), ..base(&two, DOMINANT) };
    check(&decide(&gel(), &input), Tier1, "tier_1_high_impact");
}

#[test]
fn a_gene_of_the_y_chromosome_has_no_mode_of_its_own_in_panelapp() {
    for (mode, tier) in [
        (Moi::Other, Tier1),
        (Moi::Unknown, Tier1),
        (Moi::NotStated, Tier1),
        (Moi::XLinkedMonoallelic, Untiered),
    ] {
        let entries = green(mode);
        let verdicts = [(YLinked, Verdict::Yes)];
        let input = TierInput { terms: Terms::of(Term::StopGained), ..base(&entries, &verdicts) };
        assert_eq!(decide(&gel(), &input).decision.tier, tier, "{mode:?}");
    }
}

#[test]
fn a_decision_says_what_was_missing() {
    let entries = green(Moi::MonoallelicNotImprinted);
    let common = TierInput { frequency: &COMMON, ..base(&entries, DOMINANT) };
    let reasons = decide(&gel(), &common).decision.reasons.join(" ");
    assert!(
        reasons
            .contains("criteria not met: population frequency within the limit for the mode of inheritance"),
        "{reasons}"
    );
}

#[test]
fn hub_filter_is_another_set_of_data_for_the_same_code() {
    let hub = rules("hub-exome-filter.toml");
    let dominant = green(Moi::MonoallelicNotImprinted);
    let both = green(Moi::MonoallelicAndBiallelic);
    let loose = TierInput { frequency: &RECESSIVE_ONLY, ..base(&dominant, HET_INHERITED) };
    check(&decide(&hub, &loose), Untiered, "drop");
    let loose_both = TierInput { entries: &both, ..loose.clone() };
    check(&decide(&hub, &loose_both), Tier3, "keep");
    let known = TierInput { known_pathogenic: Some("Pathogenic"), ..loose };
    check(&decide(&hub, &known), Tier3, "always_keep");
    check(&decide(&hub, &TierInput { artefact_list: Some("a reason"), ..known }), Untiered, "exclude_list");
    for term in [
        Term::Synonymous,
        Term::Intron,
        Term::UpstreamGene,
        Term::DownstreamGene,
        Term::Intergenic,
        Term::FivePrimeUtr,
        Term::ThreePrimeUtr,
    ] {
        let alone = TierInput { terms: Terms::of(term), ..base(&dominant, DOMINANT) };
        check(&decide(&hub, &alone), Untiered, "drop");
        let joined = TierInput { terms: Terms::of(term).union(Terms::of(Term::SpliceRegion)), ..alone };
        check(&decide(&hub, &joined), Tier3, "keep");
    }
}

#[test]
fn a_rule_set_may_ask_for_a_mode_that_is_shown() {
    let mut rules = gel();
    let tier_2 = rules.rows.iter_mut().find(|row| row.name == "tier_2").unwrap();
    tier_2.all.push(Criterion::of("mode_shown").unwrap());
    let entries = green(Moi::MonoallelicNotImprinted);
    check(&decide(&rules, &base(&entries, DOMINANT)), Tier2, "tier_2");
    let possible = [(AutosomalDominant, Verdict::Possible)];
    assert_eq!(decide(&gel(), &base(&entries, &possible)).decision.tier, Tier2);
    let outcome = decide(&rules, &base(&entries, &possible));
    assert_ne!(outcome.decision.tier, Tier2, "{outcome:#?}");
}
