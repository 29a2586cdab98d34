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
                "The consequence depends on where in a repeat the change is placed; \
                 another equally valid placement gives {}.",
                value.replace('_', " ").replace('&', " and ")
            ),
            "placement_also" => {
                format!(
                    "Yet another equally valid placement gives {}.",
                    value.replace('_', " ").replace('&', " and ")
                )
            }
            "het_in_haploid" => {
                "Called heterozygous where the person is expected to have one copy only.".to_owned()
            }
            "homozygous_under_dominant" => {
                "Homozygous, while the mode tested is dominant; one copy would suffice.".to_owned()
            }
            "hemizygous_by_deletion" => "The other copy is missing because of a deletion.".to_owned(),
            "double_de_novo" => {
                "Two copies, and neither parent is a carrier: most often a sample or mapping error."
                    .to_owned()
            }
            "upd_or_deletion_candidate" => {
                "Two copies, and one parent is not a carrier: consider uniparental disomy or a deletion."
                    .to_owned()
            }
            "proband_not_shown_to_carry" => {
                "An affected relative carries it; the proband is not shown to carry it.".to_owned()
            }
            "phase_conflict" => "Reads and transmission disagree about the phase.".to_owned(),
            "unaffected_carrier_female" => "An unaffected female carries it.".to_owned(),
            "y_call_in_xx" => "A call on Y in a person without a Y chromosome.".to_owned(),
            "carrier_below_threshold" => {
                "A maternal relative carries it at a lower fraction than the affected.".to_owned()
            }
            "hom_plus_het" => "One of the pair is homozygous and stands alone as recessive.".to_owned(),
            "parental_reads" => "Reads of a parent show the allele: consider parental mosaicism.".to_owned(),
            _ => text.replace('_', " "),
        };
        Self { name: name.to_owned(), words }
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
    }
}
