//! Remarks: a stable name, and the words a reader sees.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A remark: a stable name and its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Name, such as `placement_dependent`.
    pub name: String,
    /// In words.
    pub words: String,
}

impl Flag {
    /// A flag as the stages write it, `name` or `name=value`, put into words. A name without words of its
    /// own is printed as it is, so that no remark is lost.
    pub fn from_stage(text: &str) -> Self {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let words = match name {
            "placement_dependent" => format!(
                "The consequence depends on where in a repeat the variant is placed; at another equivalent \
                 placement it is {}.",
                value.replace('_', " ").replace('&', " and ")
            ),
            "compound" | "behind_stop" | "behind_lost_start" | "behind_unreadable" | "overlaps_in_cis"
            | "possible_compound" => in_cis(name, value),
            "placement_also" => {
                format!(
                    "At a further equivalent placement it is {}.",
                    value.replace('_', " ").replace('&', " and ")
                )
            }
            "het_in_haploid" => "Called heterozygous where only one copy is expected.".to_owned(),
            "homozygous_under_dominant" => {
                "Homozygous under a dominant mode, for which one copy would suffice.".to_owned()
            }
            "hemizygous_by_deletion" => "The other copy is deleted.".to_owned(),
            "double_de_novo" => {
                "On both copies, and neither parent is a carrier: most often a sample or mapping error."
                    .to_owned()
            }
            "upd_or_deletion_candidate" => {
                "On both copies, and one parent is not a carrier: consider uniparental disomy or a deletion."
                    .to_owned()
            }
            "proband_not_shown_to_carry" => {
                "An affected relative carries it, but the proband is not known to.".to_owned()
            }
            "phase_conflict" => "Read-based phasing and transmission disagree.".to_owned(),
            "unaffected_carrier_female" => "An unaffected female carries it.".to_owned(),
            "y_call_in_xx" => "Called on Y in a person without a Y chromosome.".to_owned(),
            "carrier_below_threshold" => {
                "An unaffected maternal relative carries it at a lower fraction than the affected members."
                    .to_owned()
            }
            "hom_plus_het" => {
                "One of the pair is homozygous and fits recessive inheritance on its own.".to_owned()
            }
            "parental_reads" => {
                "Reads from a parent support the allele: consider parental mosaicism.".to_owned()
            }
            "called_members_fit" => {
                "Consistent in every member with a genotype; undetermined only because others have none."
                    .to_owned()
            }
            "unaffected_carrier" => "An unaffected member carries it.".to_owned(),
            "unaffected_homozygote" => "An unaffected member is homozygous for it.".to_owned(),
            "transmission_conflict" => "The parents cannot have transmitted this genotype.".to_owned(),
            "de_novo_weak" => "The reads do not fully support a de novo origin.".to_owned(),
            "single_hit" => "The only variant found in a gene with biallelic inheritance.".to_owned(),
            "sex_unknown" => "The sex of a member is not known; both were considered.".to_owned(),
            "pedigree_too_large" => "The pedigree is too large to be evaluated in full.".to_owned(),
            "transcript_differs_from_genome" => {
                "The transcript's sequence differs from the reference genome.".to_owned()
            }
            _ => text.replace('_', " "),
        };
        Self { name: name.to_owned(), words }
    }
}

/// Words for what a variant does together with others; `value` is `samples:partners`, and for a combined effect
/// `:terms:c.:p.` with an optional `:restores_frame`, in which `%3B`, `%3D` and `%25` stand for `;`, `=` and `%`.
fn in_cis(name: &str, value: &str) -> String {
    let plain = |text: &str| text.replace("%3B", ";").replace("%3D", "=").replace("%25", "%");
    let mut parts = value.split(':').skip(1);
    let partners = parts.next().unwrap_or_default().replace('+', ", ");
    match name {
        "compound" => {
            let terms = parts.next().unwrap_or_default().replace('_', " ").replace('&', " and ");
            let names: Vec<String> = parts.by_ref().take(2).filter(|n| !n.is_empty()).map(plain).collect();
            let frame = match parts.next() {
                Some(_) => " Together they restore the reading frame.",
                None => "",
            };
            format!("In cis with {partners}: the combined effect is {terms}, {}.{frame}", names.join(" "))
        }
        "behind_stop" => format!("In cis with {partners}, which introduces a stop codon upstream of it."),
        "behind_lost_start" => format!("In cis with {partners}, which abolishes the start codon."),
        "behind_unreadable" => {
            format!(
                "In cis with {partners}, which disrupts an exon boundary upstream: its effect cannot be \
                 predicted."
            )
        }
        "overlaps_in_cis" => {
            format!(
                "Called in cis with {partners}, which it overlaps: their combined effect cannot be predicted."
            )
        }
        _ => format!("If in cis with {partners}, its effect would differ; the phase is not known."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_reaches_the_words_and_an_unknown_flag_is_kept() {
        let flag = Flag::from_stage("placement_dependent=splice_donor_variant");
        assert_eq!(flag.name, "placement_dependent");
        assert!(flag.words.contains("splice donor variant"));
        assert_eq!(Flag::from_stage("new_remark=7").words, "new remark=7");
        let flag = "compound=S:7-A-T+9-C-G:stop_gained:c.[4A>T%3B6C>G]:p.(Lys2Ter)";
        assert_eq!(
            Flag::from_stage(flag).words,
            "In cis with 7-A-T, 9-C-G: the combined effect is stop gained, c.[4A>T;6C>G] p.(Lys2Ter)."
        );
        assert_eq!(
            Flag::from_stage("possible_compound=S:7-A-T").words,
            "If in cis with 7-A-T, its effect would differ; the phase is not known."
        );
    }
}
