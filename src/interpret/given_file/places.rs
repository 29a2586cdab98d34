//! How copies are counted at a place: by contig and pseudoautosomal region.

use std::path::Path;

use super::groups::{BedError, bed_lines};
use crate::model::assembly::{Assembly, Pseudoautosomal};
use crate::model::builds::likely_build;
use crate::model::contig::{Contig, ContigId, ContigKind, canonical_name};
use crate::model::position::Interval;
use crate::model::segregation::CopyRegion;

/// Kinds of the file's contigs and the pseudoautosomal regions of its build.
pub(super) struct Places {
    kinds: Vec<ContigKind>,
    pseudoautosomal: Pseudoautosomal,
    known: bool,
}

impl Places {
    /// By a BED file, else by the build whose contig lengths these are.
    pub fn new(contigs: &[Contig], bed: Option<&Path>) -> Result<Self, BedError> {
        let kinds: Vec<ContigKind> = contigs.iter().map(Contig::kind).collect();
        if let Some(path) = bed {
            let mut regions = Pseudoautosomal::default();
            for line in bed_lines(path)? {
                match canonical_name(&line.contig) {
                    "X" => regions.x.push(line.interval),
                    "Y" => regions.y.push(line.interval),
                    _ => {}
                }
            }
            return Ok(Self { kinds, pseudoautosomal: regions, known: true });
        }
        let assembly = likely_build(contigs.iter().map(|c| (c.name.as_str(), c.length)));
        Ok(Self {
            kinds,
            pseudoautosomal: assembly.as_ref().map(Assembly::pseudoautosomal).unwrap_or_default(),
            known: assembly.is_some(),
        })
    }

    /// A remark where the pseudoautosomal regions are not known and matter.
    pub fn note(&self) -> Option<String> {
        let sex = self.kinds.iter().any(|k| matches!(k, ContigKind::X | ContigKind::Y));
        (sex && !self.known).then(|| {
            "the build cannot be identified from the contig lengths, so no pseudoautosomal region is known \
             and X and Y are treated as non-pseudoautosomal throughout; use --pseudoautosomal"
                .to_owned()
        })
    }

    /// The region of a 0-based place.
    pub fn region(&self, contig: ContigId, start: u32) -> CopyRegion {
        let inside = |regions: &[Interval]| regions.iter().any(|r| r.contains(start));
        match self.kinds.get(contig.index()) {
            Some(ContigKind::X) if !inside(&self.pseudoautosomal.x) => CopyRegion::X,
            Some(ContigKind::Y) if !inside(&self.pseudoautosomal.y) => CopyRegion::Y,
            Some(ContigKind::Mitochondrion) => CopyRegion::Mitochondrial,
            _ => CopyRegion::Autosomal,
        }
    }
}
