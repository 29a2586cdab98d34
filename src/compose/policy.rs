//! What ran, in the words of the objects that ran.

use crate::knowledge::Knowledge;
use crate::model::pipeline::GeneScope;
use crate::model::plan::ListRole;
use crate::report::model::PolicyStatement;

fn statement(rule: &str, words: String) -> PolicyStatement {
    PolicyStatement { rule: rule.to_owned(), words }
}

/// When a record and its genotype count.
fn quality(knowledge: &Knowledge) -> Vec<PolicyStatement> {
    let quality = &knowledge.pipeline.quality;
    vec![
        statement(
            "FILTER",
            format!(
                "PASS{}{} is accepted.",
                quality.accept_filters.iter().map(|name| format!(", {name}")).collect::<String>(),
                if quality.accept_unfiltered { " or '.' (no filter applied)" } else { "" }
            ),
        ),
        statement(
            "Genotype quality",
            format!(
                "A genotype with quality below {} ({} on a single X or Y), depth below {}, or a fraction of \
                 alternate reads below {} (heterozygous) or {} (homozygous) is treated as unknown.",
                quality.genotype_quality,
                quality.genotype_quality_hemizygous,
                quality.depth,
                quality.heterozygous_balance,
                quality.homozygous_balance
            ),
        ),
    ]
}

/// How named variants are looked up: no filter but those on quality.
fn look_up() -> PolicyStatement {
    let words = "Each variant named is looked up in every member, however the file represents it. \
                 Frequency, consequence, panel and inheritance are not considered. Where no record lists \
                 it, it is reported as not carried only if a reference block, or a genotype called at that \
                 base, covers it."
        .to_owned();
    statement("Look-up", words)
}

/// The rules of a look-up alone.
pub(super) fn of_look_up(knowledge: &Knowledge) -> Vec<PolicyStatement> {
    std::iter::once(look_up()).chain(quality(knowledge)).collect()
}

/// The rules of a look-up and of an analysis beside it.
pub(super) fn of_both(knowledge: &Knowledge) -> Vec<PolicyStatement> {
    std::iter::once(look_up()).chain(of_analysis(knowledge)).collect()
}

/// The filters and the rows of the rule set.
pub(super) fn of_analysis(knowledge: &Knowledge) -> Vec<PolicyStatement> {
    let pipeline = &knowledge.pipeline;
    let mut statements = quality(knowledge);
    statements.push(statement(
        "Scope",
        match pipeline.scope.genes {
            GeneScope::Panel => {
                format!("Exons of the genes tested, with {} bases either side.", pipeline.scope.exon_padding)
            }
            GeneScope::Genome => {
                "All genes; a variant outside the genes tested is at most Tier 3.".to_owned()
            }
        },
    ));
    for population in &pipeline.frequency.populations {
        statements.push(statement(
            "Population frequency",
            format!(
                "{} {}: at most {} for dominant and {} for recessive inheritance.",
                population.table, population.population, population.dominant, population.recessive
            ),
        ));
    }
    for list in &knowledge.lists.planned {
        let (unit, use_of_it) = match list.role {
            ListRole::Inclusion => ("alleles", "frequency and consequence are waived for alleles on it"),
            ListRole::Artefact => ("alleles", "an allele on it is always dropped"),
            ListRole::Transcripts => ("genes", "genes on it are reported on the transcript given there"),
        };
        statements.push(statement(
            &format!("List: {}", list.role.name()),
            format!("{} ({} {unit}, BLAKE3 {}): {use_of_it}.", list.file, list.alleles, list.hash),
        ));
    }
    for row in &knowledge.rule_set.rows {
        statements.push(statement(&row.name, row.words.clone()));
    }
    for cap in &knowledge.rule_set.caps {
        statements.push(statement(&cap.name, cap.words.clone()));
    }
    statements
}
