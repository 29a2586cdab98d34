//! Remarks on the effect of an allele on one transcript.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};
use smallvec::SmallVec;

use super::in_cis::InCis;
use crate::model::consequence::Terms;

/// The remarks on one consequence; most have none, and hardly any more than two.
pub type TranscriptRemarks = SmallVec<[TranscriptRemark; 2]>;

/// A remark on a consequence.
///
/// Displayed, it is as the `flags` column has it: `name`, or `name=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TranscriptRemark {
    /// Another equally valid placement in a repeat gives these terms, the most severe there are.
    PlacementDependent(Terms),
    /// Yet another placement gives these.
    PlacementAlso(Terms),
    /// The transcript's own bases differ from the genome's here, or may.
    DiffersFromGenome,
    /// A start codon is gained in the 5'UTR.
    UpstreamStartGained(UpstreamFrame),
    /// An upstream reading frame loses its stop.
    UpstreamStopLost(UpstreamFrame),
    /// What it does together with other alleles of the same sample.
    InCis(Box<InCis>),
}

/// A reading frame that begins before the coding sequence; the gravest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UpstreamFrame {
    /// Where it leads.
    pub leads: UpstreamLeads,
    /// How well the bases around its start codon fit Kozak's context.
    pub context: KozakContext,
}

/// Where an upstream reading frame leads, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UpstreamLeads {
    /// Into the coding sequence in another frame.
    OverlapsCds,
    /// Into the coding sequence in its frame: a longer protein.
    InFrame,
    /// To a stop before the coding sequence.
    StopsBefore,
}

/// How well the bases around a start codon fit Kozak's context, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KozakContext {
    /// A or G three bases before, and G after.
    Strong,
    /// One of the two.
    Moderate,
    /// Neither.
    Weak,
}

impl UpstreamLeads {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::OverlapsCds => "overlaps_cds",
            Self::InFrame => "in_frame",
            Self::StopsBefore => "stops_before_cds",
        }
    }

    /// The words a report uses of the reading frame.
    pub fn words(self) -> &'static str {
        match self {
            Self::OverlapsCds => "runs into the coding sequence in another frame",
            Self::InFrame => "runs into the coding sequence in its frame, which gives a longer protein",
            Self::StopsBefore => "ends before the coding sequence",
        }
    }
}

impl KozakContext {
    /// The name used in files, and the word a report uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Moderate => "moderate",
            Self::Weak => "weak",
        }
    }
}

impl TranscriptRemark {
    /// The name used in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PlacementDependent(_) => "placement_dependent",
            Self::PlacementAlso(_) => "placement_also",
            Self::DiffersFromGenome => "transcript_differs_from_genome",
            Self::UpstreamStartGained(_) => "upstream_start_gained",
            Self::UpstreamStopLost(_) => "upstream_stop_lost",
            Self::InCis(in_cis) => in_cis.effect.name(),
        }
    }

    /// True for the terms of other placements, which some formats have a column for.
    pub fn is_of_placement(&self) -> bool {
        matches!(self, Self::PlacementDependent(_) | Self::PlacementAlso(_))
    }

    /// The words a report uses.
    pub fn words(&self) -> Cow<'static, str> {
        match self {
            Self::PlacementDependent(terms) => format!(
                "The consequence depends on where in a repeat the variant is placed; \
                 at another equivalent placement it is {}.",
                terms.listed()
            )
            .into(),
            Self::PlacementAlso(terms) => {
                format!("At a further equivalent placement it is {}.", terms.listed()).into()
            }
            Self::DiffersFromGenome => {
                "The transcript's sequence differs from the reference genome.".into()
            }
            Self::UpstreamStartGained(frame) => format!(
                "It creates a start codon in the 5′ untranslated region ({} Kozak context); the reading frame from \
                 there {}.",
                frame.context.name(),
                frame.leads.words()
            )
            .into(),
            Self::UpstreamStopLost(frame) => format!(
                "It removes the stop codon of a reading frame in the 5′ untranslated region ({} Kozak context), \
                 which now {}.",
                frame.context.name(),
                frame.leads.words()
            )
            .into(),
            Self::InCis(in_cis) => in_cis.words().into(),
        }
    }

    /// Appends the remark as the `flags` column has it.
    pub fn push(&self, out: &mut String) {
        if let Self::InCis(in_cis) = self {
            in_cis.push(out);
            return;
        }
        out.push_str(self.name());
        match self {
            Self::PlacementDependent(terms) | Self::PlacementAlso(terms) => {
                out.push('=');
                terms.write_joined(out);
            }
            Self::UpstreamStartGained(frame) | Self::UpstreamStopLost(frame) => {
                out.push('=');
                out.push_str(frame.context.name());
                out.push('&');
                out.push_str(frame.leads.name());
            }
            Self::DiffersFromGenome | Self::InCis(_) => {}
        }
    }
}

impl fmt::Display for TranscriptRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push(&mut text);
        f.write_str(&text)
    }
}

impl Serialize for TranscriptRemark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
