//! What an allele does together with other alleles on the same copy.

use std::fmt::Write;

use crate::model::consequence::Terms;

/// What there is to be said of an allele on one transcript because of other alleles of the same sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InCis {
    /// What it is.
    pub effect: InCisEffect,
    /// The samples it holds for.
    pub samples: Vec<String>,
    /// The other alleles, each `pos-ref-alt` as its record spells it, in the direction of transcription.
    pub partners: Vec<String>,
}

/// What alleles do together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InCisEffect {
    /// The allele and its partners touch one codon, or are read in one shifted frame, and have one effect.
    Compound(Compound),
    /// A stop codon made by the partners comes before it.
    BehindStop,
    /// The partners take the start codon away.
    BehindLostStart,
    /// A partner removes exon and intron bases before it; what is spliced, and read, is not known.
    BehindUnreadable,
    /// It and a partner cannot be on one copy as they are spelt; the later one was left out.
    Overlap,
    /// With a partner of unknown phase it would have another effect if both are on one copy.
    PossibleCompound,
}

/// The effect of several alleles together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compound {
    /// The terms.
    pub terms: Terms,
    /// `NM_…:c.[…;…]` or one `delins`.
    pub hgvsc: Option<String>,
    /// `NP_…:p.(…)`.
    pub hgvsp: Option<String>,
    /// Some allele shifts the frame and all together do not.
    pub restores_frame: bool,
}

impl InCisEffect {
    /// The name used in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Compound(_) => "compound",
            Self::BehindStop => "behind_stop",
            Self::BehindLostStart => "behind_lost_start",
            Self::BehindUnreadable => "behind_unreadable",
            Self::Overlap => "overlaps_in_cis",
            Self::PossibleCompound => "possible_compound",
        }
    }

    /// The joint effect, where there is one.
    pub fn compound(&self) -> Option<&Compound> {
        match self {
            Self::Compound(compound) => Some(compound),
            _ => None,
        }
    }
}

impl Compound {
    /// The `c.` and the `p.` name without their accessions, each where there is one.
    fn changes(&self) -> [Option<&str>; 2] {
        [self.hgvsc.as_deref(), self.hgvsp.as_deref()]
            .map(|name| name.map(|name| name.split_once(':').map_or(name, |(_, change)| change)))
    }
}

impl InCis {
    /// The words a report uses.
    pub fn words(&self) -> String {
        let partners = self.partners.join(", ");
        match &self.effect {
            InCisEffect::Compound(compound) => {
                let names: Vec<&str> = compound.changes().into_iter().flatten().collect();
                let frame =
                    if compound.restores_frame { " Together they restore the reading frame." } else { "" };
                format!(
                    "In cis with {partners}: the combined effect is {}, {}.{frame}",
                    compound.terms.listed(),
                    names.join(" ")
                )
            }
            InCisEffect::BehindStop => {
                format!("In cis with {partners}, which introduces a stop codon upstream of it.")
            }
            InCisEffect::BehindLostStart => {
                format!("In cis with {partners}, which abolishes the start codon.")
            }
            InCisEffect::BehindUnreadable => format!(
                "In cis with {partners}, which disrupts an exon boundary upstream: its effect cannot be predicted."
            ),
            InCisEffect::Overlap => format!(
                "Called in cis with {partners}, which it overlaps: their combined effect cannot be predicted."
            ),
            InCisEffect::PossibleCompound => {
                format!("If in cis with {partners}, its effect would differ; the phase is not known.")
            }
        }
    }

    /// Appends it as the `flags` column has it: `name=SAMPLES:PARTNERS`, and for a compound effect
    /// `:TERMS:c.…:p.…` and `:restores_frame`; samples are joined by `,` and partners by `+`. Characters that
    /// separate flags or their parts are written as `%` and two hexadecimal digits.
    pub fn push(&self, out: &mut String) {
        out.push_str(self.effect.name());
        out.push('=');
        for (i, sample) in self.samples.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            push_escaped(out, sample, &[';', ':', ',', '=', '%']);
        }
        out.push(':');
        for (i, partner) in self.partners.iter().enumerate() {
            if i > 0 {
                out.push('+');
            }
            out.push_str(partner);
        }
        let Some(compound) = self.effect.compound() else { return };
        out.push(':');
        compound.terms.write_joined(out);
        for change in compound.changes() {
            out.push(':');
            push_escaped(out, change.unwrap_or_default(), &[';', '=', '%']);
        }
        if compound.restores_frame {
            out.push_str(":restores_frame");
        }
    }
}

fn push_escaped(out: &mut String, text: &str, separators: &[char]) {
    for c in text.chars() {
        if separators.contains(&c) {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{:02X}", c as u32);
        } else {
            out.push(c);
        }
    }
}
