//! What the variants of each sample of a file do together: read once before the rows are written.

use std::path::Path;

use crate::annotate::haplotype::collect::{Carried, Collector, Open};
use crate::annotate::haplotype::notes::{Notes, SampleColumns};
use crate::read::contigs::ContigSource;
use crate::read::error::ReadError;
use crate::read::variants::{ReadOptions, SampleWanted, VariantReader};
use crate::reference::bundle::Bundle;

/// Most samples a file may have for all of them to be looked at unasked: a family, not a cohort.
pub const MOST_UNASKED: usize = 8;

/// A sample whose copies are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleOfInterest {
    /// The sample's column.
    pub name: String,
    /// The columns of mother and father, both of them, where the parents' genotypes may tell the phase.
    pub parents: Option<(String, String)>,
}

/// Reads a file's genotypes and notes what variants on one copy do together in the genes (by index in the bundle)
/// that are wanted.
///
/// # Errors
/// When the input is refused, or a sample is not in the file.
pub fn read_notes(
    bundle: &Bundle,
    input: &Path,
    samples: &[SampleOfInterest],
    wanted_gene: &dyn Fn(u32) -> bool,
) -> Result<Notes, ReadError> {
    if samples.is_empty() {
        return Ok(Notes::default());
    }
    let contigs = ContigSource::reference(bundle.genome().contigs(), bundle.assembly());
    let mut columns: Vec<&str> = samples.iter().map(|s| s.name.as_str()).collect();
    for (mother, father) in samples.iter().filter_map(|s| s.parents.as_ref()) {
        for parent in [mother, father] {
            if !columns.contains(&parent.as_str()) {
                columns.push(parent);
            }
        }
    }
    let wanted: Vec<SampleWanted> =
        columns.iter().map(|name| SampleWanted::Named((*name).to_owned())).collect();
    let column = |name: &str| columns.iter().position(|c| *c == name);
    let placed = samples.iter().enumerate().map(|(own, sample)| SampleColumns {
        name: sample.name.clone(),
        own,
        parents: sample.parents.as_ref().and_then(|(m, f)| column(m).zip(column(f))),
    });
    let collector = Collector::new(bundle, placed.collect(), wanted_gene);
    let options = ReadOptions {
        regions: Some(collector.regions().clone()),
        skip_uncarried: true,
        accept_past_end: true,
        ..ReadOptions::default()
    };
    let mut reader = VariantReader::open(input, &contigs, &wanted, options)?;
    let mut open = Open::default();
    let each = |gathered: &mut Vec<Carried>, record| collector.gather(&record, gathered);
    while let Some(batches) = reader.next_wave(&each, &|gathered| gathered)? {
        batches.into_iter().for_each(|batch| collector.take(&mut open, batch));
    }
    Ok(collector.finish(open))
}
