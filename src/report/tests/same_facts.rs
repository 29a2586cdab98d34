//! Every format states the same facts.

use proptest::prelude::*;

use crate::model::tier::Tier;
use crate::report::example;
use crate::report::model::{
    CoverageState, Finding, FrequencyState, LookedUpVariant, MeanDepth, MemberGenotype, Percent, Proportion,
    Report, Variant,
};
use crate::report::{read_json, write_html, write_json};

/// The text of a page as a reader sees it: tags out, escapes undone.
fn text_of(html: &str) -> String {
    let body = &html[html.find("<body>").unwrap()..];
    let mut text = String::with_capacity(body.len());
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (escape, plain)| text.replace(escape, plain))
}

/// What a page must say of a finding wherever it lists it.
fn brief_facts(finding: &Finding) -> Vec<String> {
    let names = &finding.nomenclature;
    let mut facts = vec![
        finding.variant.name.clone(),
        finding.gene.symbol.clone(),
        finding.tier.tier.words().to_owned(),
        finding.consequence.words.clone(),
    ];
    facts.extend([names.coding.clone(), names.protein.clone()].into_iter().flatten());
    facts.extend(finding.tier.reasons.iter().cloned());
    facts.extend(finding.flags.iter().map(|flag| flag.words.clone()));
    facts.extend(finding.gene.hgnc_id.map(|id| id.to_string()));
    for genotype in &finding.genotypes {
        facts.extend([genotype.participant.clone(), genotype.words.clone()]);
    }
    for mode in &finding.inheritance {
        facts.push(format!("{}: {}", mode.words, mode.verdict.name()));
    }
    facts
}

/// What a page must say of a Tier 1 or Tier 2 finding besides.
fn full_facts(finding: &Finding) -> Vec<String> {
    let names = &finding.nomenclature;
    let mut facts = brief_facts(finding);
    facts.push(finding.tier.rule.clone());
    facts.extend(
        [names.genomic.clone(), names.transcript.clone(), names.exon.clone(), names.intron.clone()]
            .into_iter()
            .flatten(),
    );
    facts.push(names.transcript_reason.clone());
    facts.extend(
        finding
            .input
            .iter()
            .flat_map(|input| [input.variant.name.clone(), input.file.clone(), input.filter.clone()]),
    );
    facts.extend(
        finding.consequence.terms.iter().flat_map(|term| [term.name.clone(), term.accession.clone()]),
    );
    for other in &finding.other_transcripts {
        facts.extend([other.transcript.clone(), other.biotype.clone()]);
        facts.extend([other.coding.clone(), other.protein.clone()].into_iter().flatten());
    }
    for genotype in &finding.genotypes {
        facts.extend(genotype.depth.map(|depth| depth.to_string()));
        facts.extend(genotype.quality.map(|quality| quality.to_string()));
        facts.extend(genotype.allele_balance.map(|balance| balance.to_string()));
        facts.extend(genotype.reads.map(|reads| format!("{} / {}", reads.reference, reads.alternate)));
    }
    for mode in &finding.inheritance {
        facts.push(mode.reason.clone());
        for partner in &mode.partners {
            facts.extend([partner.variant.clone(), partner.phase.words().to_owned(), partner.reason.clone()]);
        }
    }
    for row in &finding.frequencies {
        facts.extend([row.source.clone(), row.population.clone()]);
        facts.push(match &row.state {
            FrequencyState::Counts { frequency, .. } => {
                frequency.map_or_else(|| "not defined".to_owned(), |frequency| frequency.to_string())
            }
            FrequencyState::FrequencyOnly { frequency } => frequency.value().to_string(),
            FrequencyState::WithoutFrequency => "isted without a readable frequency in".to_owned(),
            FrequencyState::NotInTable => "ot listed in".to_owned(),
            FrequencyState::NotSeen => "llele not seen in".to_owned(),
            FrequencyState::NotCovered => "osition not covered by".to_owned(),
            FrequencyState::SourceNotLoaded => "ource not loaded:".to_owned(),
        });
        facts.extend(row.filtering.map(|filtering| format!("(filtering frequency {filtering})")));
    }
    for assertion in &finding.assertions {
        facts.push(assertion.source.clone());
        facts.extend(
            [assertion.value.clone(), assertion.review_status.clone(), assertion.conditions.clone()]
                .into_iter()
                .flatten(),
        );
    }
    for entry in &finding.panel_entries {
        facts.extend([
            entry.name.clone(),
            entry.mode_of_inheritance.clone(),
            entry.mode_of_pathogenicity.clone(),
        ]);
        facts.extend(entry.version.clone());
        facts.extend(entry.panel.map(|panel| panel.to_string()));
    }
    facts.extend(finding.nonsense_mediated_decay.iter().map(|decay| decay.words.clone()));
    facts
}

/// What a page must say of a variant that was looked up.
fn look_up_facts(one: &LookedUpVariant) -> Vec<String> {
    let mut facts = vec![one.written.clone(), one.variant.name.clone()];
    facts.extend([&one.genomic, &one.effects_not_evaluable].into_iter().flatten().cloned());
    for effect in &one.effects {
        let names = &effect.nomenclature;
        facts.extend([effect.gene.symbol.clone(), effect.consequence.words.clone()]);
        facts.push(names.transcript_reason.clone());
        facts.extend([&names.coding, &names.protein, &names.transcript].into_iter().flatten().cloned());
    }
    for answer in &one.answers {
        facts.extend([answer.participant.clone(), answer.state.words().to_owned(), answer.words.clone()]);
        facts.extend([&answer.genotype, &answer.filter].into_iter().flatten().cloned());
        facts.extend([answer.depth, answer.quality].into_iter().flatten().map(|number| number.to_string()));
        facts.extend(answer.reads.map(|reads| format!("{} / {}", reads.reference, reads.alternate)));
        facts.extend(answer.allele_balance.map(|balance| balance.to_string()));
        if let Some(input) = &answer.input {
            facts.extend([input.file.clone(), input.variant.name.clone()]);
            facts.extend(input.record.map(|record| format!("record {record}")));
        }
    }
    facts
}

fn facts(report: &Report) -> Vec<String> {
    let mut facts: Vec<String> = report.findings.iter().flat_map(full_facts).collect();
    facts.extend(report.looked_up.iter().flat_map(look_up_facts));
    let brief = report.single_hits.iter().chain(&report.off_panel).chain(&report.untiered);
    facts.extend(brief.flat_map(brief_facts));
    facts.extend([report.headline.sentence.clone(), report.headline.outcome.clone()]);
    facts.extend(report.headline.notices.iter().cloned());
    facts.extend([
        report.identity.report_id.clone(),
        report.identity.run_date.clone(),
        report.referral.id.clone(),
    ]);
    for panel in &report.tested.panels {
        facts.extend([
            panel.name.clone(),
            panel.version.clone(),
            panel.id.to_string(),
            panel.green_genes.to_string(),
        ]);
        facts.extend(
            [
                panel.signed_off.clone(),
                panel.newer_version.clone(),
                panel.signed_off_version.clone(),
                panel.chosen_by.clone(),
            ]
            .into_iter()
            .flatten(),
        );
    }
    for gene in &report.tested.genes {
        facts.extend([gene.symbol.clone(), gene.hgnc_id.to_string()]);
        facts.extend(gene.transcript.clone());
    }
    for participant in &report.coverage.participants {
        match &participant.coverage {
            CoverageState::NotEvaluable(reason) => facts.push(format!("Coverage not evaluable: {reason}")),
            CoverageState::Measured(measured) => {
                facts.extend(measured.mean.map(|mean| mean.to_string()));
                facts.extend(measured.at_depth.map(|share| share.to_string()));
                for panel in &measured.panels {
                    facts.extend(panel.at_depth.map(|share| share.to_string()));
                    facts.extend(panel.version.clone());
                }
                for gene in &measured.genes {
                    facts.extend(gene.at_depth.map(|share| share.to_string()));
                    facts.extend(gene.mean.map(|mean| mean.to_string()));
                }
                for gap in &measured.gaps {
                    facts.push(format!("{}:{}-{}", gap.chrom, gap.start, gap.end));
                    facts.push(format!("{}×", gap.minimum_depth));
                }
            }
        }
    }
    for step in report.funnel.steps() {
        facts.extend([step.rule.replace('_', " "), step.words.clone()]);
    }
    facts.extend(report.limitations.iter().map(|limitation| limitation.statement.clone()));
    facts.extend(report.not_evaluable.iter().map(|row| row.reason.clone()));
    facts.extend(report.policy.iter().map(|statement| statement.words.clone()));
    facts.extend(report.input_checks.checks.iter().map(|check| check.message.clone()));
    let knowledge = &report.knowledge;
    facts.extend([knowledge.bundle_hash.clone(), knowledge.plan_hash.clone(), knowledge.assembly.clone()]);
    facts.extend(knowledge.sources.iter().flat_map(|source| [source.name.clone(), source.hash.clone()]));
    facts
}

fn assert_same_facts(report: &Report) -> Result<(), TestCaseError> {
    let json = write_json(report).unwrap();
    let stored = read_json(&json).unwrap();
    prop_assert_eq!(&stored, report);
    let text = text_of(&write_html(report).unwrap());
    for fact in facts(&stored) {
        prop_assert!(text.contains(&fact), "the page does not say: {fact}");
    }
    Ok(())
}

#[test]
fn the_examples_state_the_same_in_json_and_html() {
    assert_same_facts(&example::report()).unwrap();
    assert_same_facts(&example::negative()).unwrap();
    assert_same_facts(&example::looked_up(true)).unwrap();
    assert_same_facts(&example::looked_up(false)).unwrap();
}

#[test]
fn the_draft_mark_and_the_outcome_placeholder_are_there() {
    let html = write_html(&example::report()).unwrap();
    assert!(html.contains("automated draft, not for clinical use until authorised"));
    assert!(html.contains("to be assigned by the authoriser"));
    assert!(html.contains("a third-party assertion is not evidence"));
}

prop_compose! {
    fn any_finding()(
        chrom in "(chr)?([1-9]|1[0-9]|2[0-2]|X|Y|MT)",
        position in 1u32..300_000_000,
        reference in "[ACGT]{1,60}",
        alternate in "[ACGT]{1,60}",
        tier in prop::sample::select(vec![Tier::Tier1, Tier::Tier2]),
        symbol in "[A-Z][A-Z0-9-]{1,8}",
        coding in prop::option::of("NM_[0-9]{6}\\.[1-9]:c\\.[0-9]{1,4}[ACGT]>[ACGT]"),
        protein in prop::option::of("NP_[0-9]{6}\\.[1-9]:p\\.\\([A-Z][a-z]{2}[0-9]{1,3}(Ter|=)\\)"),
        reasons in prop::collection::vec("[A-Za-z<>&\"'/ ]{1,40}", 0..4),
        alternates in 0u32..500,
        references in 0u32..500,
        count in 0u64..200_000,
        number in 0u64..200_000,
        partners in any::<bool>(),
        panel in "[0-9]{1,2}\\.[0-9]{1,3}",
    ) -> Finding {
        let mut finding = example::report().findings.swap_remove(usize::from(!partners) * 2);
        finding.variant = Variant::new(chrom, position, reference, alternate);
        finding.tier.tier = tier;
        finding.tier.reasons = reasons;
        finding.gene.symbol = symbol;
        finding.nomenclature.coding = coding;
        finding.nomenclature.protein = protein;
        finding.frequencies[0].state = FrequencyState::counts(count, number);
        finding.panel_entries[0].version = Some(panel);
        let total = f64::from(references) + f64::from(alternates);
        finding.genotypes[0] = MemberGenotype {
            depth: Some(references + alternates),
            allele_balance: Proportion::new(f64::from(alternates) / total),
            ..finding.genotypes[0].clone()
        };
        finding
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn generated_reports_state_the_same_in_json_and_html(
        mut findings in prop::collection::vec(any_finding(), 0..5),
        covered in 0u64..=10_000_000,
        whole in 1u64..=10_000_000,
        version in "[0-9]{1,2}\\.[0-9]{1,3}",
    ) {
        let mut report = example::report();
        (1..).zip(&mut findings).for_each(|(rank, finding)| finding.rank = rank);
        report.findings = findings;
        report.headline = crate::report::model::Headline::of(&report.findings, vec![]);
        report.tested.panels[0].version = version;
        if let CoverageState::Measured(measured) = &mut report.coverage.participants[0].coverage {
            measured.at_depth = Percent::of(covered.min(whole), whole);
            measured.mean = MeanDepth::of(covered, whole);
            prop_assert_eq!(measured.at_depth == Some(Percent::limit(100.0)), covered >= whole);
        }
        assert_same_facts(&report)?;
    }
}
