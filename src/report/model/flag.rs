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
            "compound" | "behind_stop" | "behind_lost_start" | "behind_unreadable" | "overlaps_in_cis"
            | "possible_compound" => in_cis(name, value),
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
                Some(_) => " Together they keep the reading frame.",
                None => "",
            };
            format!("In cis with {partners}: the combined effect is {terms}, {}.{frame}", names.join(" "))
        }
        "behind_stop" => format!("On the same copy {partners} makes a stop codon before it."),
        "behind_lost_start" => format!("On the same copy {partners} takes the start codon away."),
        "behind_unreadable" => {
            format!(
                "On the same copy {partners} changes an exon's edge before it: what is read cannot be told."
            )
        }
        "overlaps_in_cis" => {
            format!(
                "Called on the same copy as {partners}, which it overlaps: their joint effect cannot be told."
            )
        }
        _ => format!("If on the same copy as {partners}, the effect is another; the phase is not known."),
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
            "If on the same copy as 7-A-T, the effect is another; the phase is not known."
        );
    }
}
