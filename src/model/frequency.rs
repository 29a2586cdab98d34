//! Population frequency, and what the limits of each kind of inheritance make of it.

use serde::Serialize;

use super::pipeline::PopulationLimit;
use super::segregation::{CopyRegion, SegregationMode};

/// The kind of inheritance whose limits apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FrequencyMode {
    /// One allele suffices.
    Dominant,
    /// Two alleles are needed.
    Recessive,
    /// On the mitochondrial genome.
    Mitochondrial,
}

impl FrequencyMode {
    /// The word a report uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dominant => "dominant",
            Self::Recessive => "recessive",
            Self::Mitochondrial => "mitochondrial",
        }
    }

    /// The limit of a population for this kind of inheritance; none where the policy sets none.
    pub fn limit(self, population: &PopulationLimit) -> Option<f64> {
        match self {
            Self::Dominant => Some(population.dominant),
            Self::Recessive => Some(population.recessive),
            Self::Mitochondrial => population.mitochondrial,
        }
    }
}

/// What one population says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PopulationFinding {
    /// At or below the limit.
    Within,
    /// Above the limit.
    Exceeds,
    /// Not listed: counts as 0.
    Absent,
    /// Looked for and not seen: counts as 0.
    NotSeen,
    /// Listed, and no allele was counted in this population's samples (allele number 0), or the place is
    /// outside what the source covers.
    NotCovered,
    /// Fewer alleles than the policy asks for.
    TooFewAlleles,
    /// Listed, without values in the fields the policy names that can be read as a frequency.
    NotGiven,
    /// The bundle has no such table.
    NotInBundle,
    /// The policy has no limit for this kind of inheritance.
    NoLimit,
}

/// One population's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PopulationResult {
    /// Site table.
    pub table: String,
    /// Population label.
    pub population: String,
    /// Allele count.
    pub allele_count: Option<u64>,
    /// Allele number.
    pub allele_number: Option<u64>,
    /// Frequency held against the limit.
    pub frequency: Option<f64>,
    /// True when that is the source's filtering allele frequency, not the quotient of the counts.
    pub is_filtering: bool,
    /// Limit that applied.
    pub limit: Option<f64>,
    /// What follows.
    pub finding: PopulationFinding,
}

/// The answer for one kind of inheritance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrequencyOutcome {
    /// Kind of inheritance.
    pub mode: FrequencyMode,
    /// True when no population exceeds its limit.
    pub kept: bool,
    /// Every population of the policy, in its order.
    pub populations: Vec<PopulationResult>,
}

impl FrequencyOutcome {
    /// The population furthest above its limit; the one nearest below it when none is above.
    pub fn deciding(&self) -> Option<&PopulationResult> {
        let ratio = |p: &PopulationResult| match (p.frequency, p.limit) {
            (Some(frequency), Some(limit)) if limit > 0.0 => frequency / limit,
            (Some(frequency), _) if frequency > 0.0 => f64::INFINITY,
            _ => -1.0,
        };
        self.populations
            .iter()
            .filter(|p| p.frequency.is_some() && p.limit.is_some())
            .reduce(|best, p| if ratio(p) > ratio(best) { p } else { best })
    }

    /// Populations that exceed their limit.
    pub fn exceeding(&self) -> impl Iterator<Item = &PopulationResult> {
        self.populations.iter().filter(|p| p.finding == PopulationFinding::Exceeds)
    }

    /// True when at least one population of the policy was really looked at.
    pub fn is_evaluable(&self) -> bool {
        self.populations.iter().filter(|p| p.limit.is_some()).any(|p| {
            matches!(
                p.finding,
                PopulationFinding::Within
                    | PopulationFinding::Exceeds
                    | PopulationFinding::Absent
                    | PopulationFinding::NotSeen
            )
        })
    }
}

/// Population frequency by kind of inheritance.
#[derive(Clone, Debug)]
pub struct Frequencies(pub Vec<FrequencyOutcome>);

impl Frequencies {
    /// True when the limits of this kind of inheritance are kept; a kind that was not asked is not.
    pub fn allows(&self, mode: FrequencyMode) -> bool {
        self.0.iter().any(|outcome| outcome.mode == mode && outcome.kept)
    }
}

/// The kind of inheritance whose frequency limits apply to a mode.
pub fn frequency_mode(mode: SegregationMode, region: CopyRegion) -> FrequencyMode {
    use SegregationMode as M;
    match mode {
        _ if region == CopyRegion::Mitochondrial => FrequencyMode::Mitochondrial,
        M::AutosomalRecessive | M::CompoundHeterozygous | M::XLinkedRecessive | M::UniparentalIsodisomy => {
            FrequencyMode::Recessive
        }
        M::Mitochondrial => FrequencyMode::Mitochondrial,
        M::AutosomalDominant
        | M::AutosomalDominantIncompletePenetrance
        | M::XLinkedDominant
        | M::YLinked
        | M::DeNovo
        | M::DominantMaternallyImprinted
        | M::DominantPaternallyImprinted => FrequencyMode::Dominant,
    }
}
