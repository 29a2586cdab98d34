use super::*;

fn limit(population: &str, least: u64) -> PopulationLimit {
    PopulationLimit {
        table: "gnomad_genomes".to_owned(),
        population: population.to_owned(),
        allele_count: Some(format!("AC_{population}")),
        allele_number: Some(format!("AN_{population}")),
        frequency: Some(format!("AF_{population}")),
        filtering_frequency: None,
        dominant: 0.001,
        recessive: 0.01,
        mitochondrial: None,
        least_allele_number: least,
    }
}

fn run(mode: FrequencyMode, least: u64, state: TableState, fields: &[(&str, SiteValue)]) -> FrequencyOutcome {
    let policy = FrequencyPolicy { populations: vec![limit("nfe", least), limit("afr", least)] };
    let value =
        |_: &str, field: &str| fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone());
    frequency(&policy, mode, &Tables { state: &|_| state, value: &value })
}

fn counts(nfe: (i64, i64), afr: (i64, i64)) -> Vec<(&'static str, SiteValue)> {
    vec![
        ("AC_nfe", SiteValue::Integer(nfe.0)),
        ("AN_nfe", SiteValue::Integer(nfe.1)),
        ("AC_afr", SiteValue::Integer(afr.0)),
        ("AN_afr", SiteValue::Integer(afr.1)),
    ]
}

#[test]
fn exactly_at_the_limit_is_kept_and_one_allele_more_is_not() {
    for number in [1_000, 3_000, 7_000, 68_000, 152_000] {
        let at = counts((number / 1_000, number), (0, 10));
        assert!(run(FrequencyMode::Dominant, 0, TableState::Listed, &at).kept, "{number}");
        let above = counts((number / 1_000 + 1, number), (0, 10));
        let outcome = run(FrequencyMode::Dominant, 0, TableState::Listed, &above);
        assert!(!outcome.kept, "{number}");
        assert_eq!(outcome.exceeding().next().unwrap().population, "nfe");
        assert!(run(FrequencyMode::Recessive, 0, TableState::Listed, &above).kept);
    }
}

#[test]
fn a_drop_names_every_population_above_and_the_limit_that_would_keep_it() {
    let outcome = run(FrequencyMode::Dominant, 0, TableState::Listed, &counts((4, 1_000), (3, 1_000)));
    let words = super::outcome(&outcome);
    assert!(words.reason.contains("nfe 4 of 1000") && words.reason.contains("afr 3 of 1000"), "{words:?}");
    assert!(words.reason.contains("4.0 times the dominant limit of 0.001"));
    assert!(words.would_keep.unwrap().contains("0.004 in gnomad_genomes nfe"));
    assert_eq!(outcome.deciding().unwrap().population, "nfe");
}

#[test]
fn not_listed_not_seen_not_covered_and_not_in_the_bundle_are_four_answers() {
    for (state, finding, evaluable) in [
        (TableState::NotListed, PopulationFinding::Absent, true),
        (TableState::NotSeen, PopulationFinding::NotSeen, true),
        (TableState::NotCovered, PopulationFinding::NotCovered, false),
        (TableState::NotInBundle, PopulationFinding::NotInBundle, false),
    ] {
        let outcome = run(FrequencyMode::Dominant, 0, state, &[]);
        assert!(outcome.kept);
        assert_eq!(outcome.populations[0].finding, finding);
        assert_eq!(outcome.is_evaluable(), evaluable);
        let reason = super::outcome(&outcome).reason;
        let unknown = reason.contains("is not known") || reason.contains("frequency unknown");
        assert_eq!(unknown, state != TableState::NotSeen, "{reason}");
        assert_eq!(reason.contains("no frequency filter was applied"), !evaluable, "{reason}");
    }
}

#[test]
fn populations_without_data_do_not_drop() {
    let outcome = run(FrequencyMode::Dominant, 100, TableState::Listed, &counts((5, 50), (0, 0)));
    assert!(outcome.kept);
    assert_eq!(outcome.populations[0].finding, PopulationFinding::TooFewAlleles);
    assert_eq!(outcome.populations[1].finding, PopulationFinding::NotCovered);
    let ready = [("AF_nfe", SiteValue::Float(0.5))];
    let outcome = run(FrequencyMode::Dominant, 0, TableState::Listed, &ready);
    assert!(!outcome.kept, "a ready frequency counts where there are no counts");
    assert_eq!(outcome.populations[1].finding, PopulationFinding::NotGiven);
}

#[test]
fn a_filtering_frequency_is_what_is_held_against_the_limit() {
    let policy = FrequencyPolicy {
        populations: vec![PopulationLimit {
            filtering_frequency: Some("faf95_nfe".to_owned()),
            ..limit("nfe", 0)
        }],
    };
    let run = |fields: &[(&str, SiteValue)]| {
        let value = |_: &str, field: &str| {
            fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone())
        };
        let tables = Tables { state: &|_| TableState::Listed, value: &value };
        frequency(&policy, FrequencyMode::Dominant, &tables)
    };
    // 2 of 1,000 is above 0.001, and its lower bound is not.
    let two = [("AC_nfe", SiteValue::Integer(2)), ("AN_nfe", SiteValue::Integer(1_000))];
    assert!(!run(&two).kept, "without it the counts decide");
    let with = |faf: f64| [two.as_slice(), &[("faf95_nfe", SiteValue::Float(faf))]].concat();
    let kept = run(&with(0.000_36));
    assert!(kept.kept && kept.populations[0].is_filtering);
    assert_eq!((kept.populations[0].allele_count, kept.populations[0].allele_number), (Some(2), Some(1_000)));
    let words = super::outcome(&kept).reason;
    assert!(words.contains("nfe 2 of 1000 (filtering frequency 3.600e-4)"), "{words}");
    assert!(run(&with(0.001)).kept, "at the limit");
    let dropped = run(&with(0.001_1));
    assert!(!dropped.kept);
    assert!(super::outcome(&dropped).would_keep.unwrap().contains("0.0011 in gnomad_genomes nfe"));
    assert!(!run(&[("faf95_nfe", SiteValue::Float(0.5))]).kept, "also where there are no counts");
}

#[test]
fn a_mode_without_a_limit_is_not_held_against_it() {
    let outcome = run(FrequencyMode::Mitochondrial, 0, TableState::Listed, &counts((9, 10), (9, 10)));
    assert!(outcome.kept);
    assert_eq!(outcome.populations[0].finding, PopulationFinding::NoLimit);
}

#[test]
fn the_limit_that_would_have_kept_an_allele_is_short_and_keeps_it() {
    for (frequency, shown) in [
        (0.16094878131511364, "0.161"),
        (0.01, "0.01"),
        (0.0010004, "0.00101"),
        (1.0, "1"),
        (3.05e-7, "0.000000305"),
    ] {
        assert_eq!(limit_for(frequency), shown);
    }
    for count in 1..400_u32 {
        for number in [399, 1_000, 4_788, 151_833, 1_461_894] {
            let frequency = f64::from(count) / f64::from(number.max(count));
            let limit: f64 = limit_for(frequency).parse().unwrap();
            assert!(frequency <= limit && limit <= frequency * 1.02, "{count} of {number}: {limit}");
        }
    }
}

#[test]
fn counts_that_cannot_be_are_not_0_of_many() {
    let run = |fields: &[(&str, SiteValue)]| run(FrequencyMode::Dominant, 0, TableState::Listed, fields);
    for impossible in [(-5, 10_000), (12, 10), (1, -10)] {
        let mut fields = counts(impossible, (0, 10));
        let outcome = run(&fields);
        let first = &outcome.populations[0];
        assert_eq!(
            (first.finding, first.allele_count),
            (PopulationFinding::NotGiven, None),
            "{impossible:?}"
        );
        fields.push(("AF_nfe", SiteValue::Float(0.4)));
        assert!(!run(&fields).kept, "the stated frequency counts");
    }
}

#[test]
fn an_allele_without_a_readable_frequency_is_said_to_be_listed() {
    let fields = [("AF_nfe", SiteValue::Text("often".to_owned()))];
    let outcome = run(FrequencyMode::Recessive, 0, TableState::Listed, &fields);
    assert!(outcome.populations.iter().all(|p| p.finding == PopulationFinding::NotGiven));
    let words = super::outcome(&outcome);
    assert_eq!(
        words.reason,
        "population frequency unknown, so no frequency filter was applied: gnomad_genomes lists the allele \
         without a readable frequency (nfe, afr)"
    );
    assert_eq!((words.threshold.as_str(), words.value.as_str()), ("recessive limit 0.01", "not known"));
    let not_loaded = super::outcome(&run(FrequencyMode::Recessive, 0, TableState::NotInBundle, &[]));
    assert_eq!(
        not_loaded.reason,
        "population frequency unknown, so no frequency filter was applied: gnomad_genomes is not in the bundle"
    );
}

#[test]
fn without_a_limit_the_counts_are_shown_all_the_same() {
    let mitochondrial =
        |state, fields: &[(&str, SiteValue)]| run(FrequencyMode::Mitochondrial, 0, state, fields);
    let listed = mitochondrial(TableState::Listed, &counts((9, 10), (9, 10)));
    assert_eq!((listed.populations[0].allele_count, listed.populations[0].frequency), (Some(9), Some(0.9)));
    let words = super::outcome(&listed);
    assert!(words.kept && words.threshold == "no mitochondrial limit applies", "{words:?}");
    assert!(words.reason.contains("no mitochondrial limit; gnomad_genomes lists the allele (nfe, afr)"));
    let absent = mitochondrial(TableState::NotListed, &[]);
    assert_eq!(absent.populations[0].finding, PopulationFinding::Absent);
    assert!(
        super::outcome(&absent).reason.contains("gnomad_genomes does not list the allele")
            && !absent.is_evaluable()
    );
}
