//! The controlled strings of the PanelApp API, parsed once and here only.
//!
//! Strings are compared by prefix and without case, since their tails have changed and been misspelt over
//! the years. A string that is not known is kept by the caller beside the safe value and named by a lint.
//!
//! Source: choice lists of the PanelApp software (Apache-2.0), `panels/models/` of
//! genomicsengland/panelapp, and the enums of GelReportModels 7.8 (Apache-2.0).

use crate::model::panel::{Confidence, ModeOfInheritance, ModeOfPathogenicity, Penetrance};

/// Lower case, outer space removed, inner space folded to single blanks.
fn folded(raw: &str) -> String {
    raw.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Mode of inheritance; `None` where the string is not known.
///
/// The order of the tests matters: X-linked strings also hold the words of the others, and the string for
/// the more severe biallelic form begins like the plain one for both.
pub fn mode_of_inheritance(raw: &str) -> Option<ModeOfInheritance> {
    use ModeOfInheritance as Mode;
    let text = folded(raw);
    if text.is_empty() {
        return Some(Mode::NotStated);
    }
    if text.starts_with("x-linked") || text.starts_with("x linked") {
        return x_linked(&text);
    }
    if text.starts_with("mitochondrial") {
        return Some(Mode::Mitochondrial);
    }
    if text.starts_with("both") {
        let severe = text.contains("but biallelic") || text.contains("more severe");
        return Some(if severe {
            Mode::MonoallelicAndMoreSevereBiallelic
        } else {
            Mode::MonoallelicAndBiallelic
        });
    }
    if text.starts_with("biallelic") {
        return Some(Mode::Biallelic);
    }
    if text.starts_with("monoallelic") {
        return Some(monoallelic(&text));
    }
    match text.as_str() {
        "unknown" => Some(Mode::Unknown),
        _ if text == "other" || text.starts_with("other -") || text.starts_with("other-") => {
            Some(Mode::Other)
        }
        _ => None,
    }
}

fn x_linked(text: &str) -> Option<ModeOfInheritance> {
    // "biallelic" contains "allelic" but not "monoallelic": the longer word is looked for first.
    if text.contains("monoallelic mutations in females") {
        Some(ModeOfInheritance::XLinkedMonoallelic)
    } else if text.contains("biallelic mutations in females") {
        Some(ModeOfInheritance::XLinkedBiallelic)
    } else {
        None
    }
}

fn monoallelic(text: &str) -> ModeOfInheritance {
    if text.contains("not imprinted") {
        ModeOfInheritance::MonoallelicNotImprinted
    } else if text.contains("maternally imprinted") {
        ModeOfInheritance::MonoallelicMaternallyImprinted
    } else if text.contains("paternally imprinted") {
        ModeOfInheritance::MonoallelicPaternallyImprinted
    } else {
        ModeOfInheritance::Monoallelic
    }
}

/// Mode of pathogenicity; `None` where the string is not known.
pub fn mode_of_pathogenicity(raw: &str) -> Option<ModeOfPathogenicity> {
    let text = folded(raw);
    if text.is_empty() {
        Some(ModeOfPathogenicity::LossOfFunctionAssumed)
    } else if text.starts_with("loss-of-function variants") && text.contains("do not cause") {
        Some(ModeOfPathogenicity::NotLossOfFunction)
    } else if text == "other" || text.starts_with("other -") || text.starts_with("other-") {
        Some(ModeOfPathogenicity::Other)
    } else {
        None
    }
}

/// Penetrance; `None` where the string is not known. An absent value is unknown.
pub fn penetrance(raw: &str) -> Option<Penetrance> {
    match folded(raw).as_str() {
        "complete" => Some(Penetrance::Complete),
        "incomplete" => Some(Penetrance::Incomplete),
        "" | "unknown" => Some(Penetrance::Unknown),
        _ => None,
    }
}

/// Rating; `None` where the string is not known. `4` is green: older dumps counted sources that far.
pub fn confidence(raw: &str) -> Option<Confidence> {
    match folded(raw).as_str() {
        "3" | "4" | "green" => Some(Confidence::Green),
        "2" | "amber" => Some(Confidence::Amber),
        "1" | "red" => Some(Confidence::Red),
        "0" | "grey" | "gray" => Some(Confidence::Grey),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ModeOfInheritance as Mode;

    const MODES: [(&str, Mode); 15] = [
        ("MONOALLELIC, autosomal or pseudoautosomal, NOT imprinted", Mode::MonoallelicNotImprinted),
        (
            "MONOALLELIC, autosomal or pseudoautosomal, maternally imprinted (paternal allele expressed)",
            Mode::MonoallelicMaternallyImprinted,
        ),
        (
            "MONOALLELIC, autosomal or pseudoautosomal, paternally imprinted (maternal allele expressed)",
            Mode::MonoallelicPaternallyImprinted,
        ),
        ("MONOALLELIC, autosomal or pseudoautosomal, imprinted status unknown", Mode::Monoallelic),
        ("BIALLELIC, autosomal or pseudoautosomal", Mode::Biallelic),
        ("BOTH monoallelic and biallelic, autosomal or pseudoautosomal", Mode::MonoallelicAndBiallelic),
        (
            "BOTH monoallelic and biallelic (but BIALLELIC mutations cause a more SEVERE disease form), \
             autosomal or pseudoautosomal",
            Mode::MonoallelicAndMoreSevereBiallelic,
        ),
        ("X-LINKED: hemizygous mutation in males, biallelic mutations in females", Mode::XLinkedBiallelic),
        (
            "X-LINKED: hemizygous mutation in males, monoallelic mutations in females may cause disease \
             (may be less severe, later onset than males)",
            Mode::XLinkedMonoallelic,
        ),
        ("MITOCHONDRIAL", Mode::Mitochondrial),
        ("Unknown", Mode::Unknown),
        ("Other", Mode::Other),
        ("", Mode::NotStated),
        ("Other - please specifiy in evaluation comments", Mode::Other),
        ("Other - please specify in evaluation comments", Mode::Other),
    ];

    #[test]
    fn every_mode_of_inheritance_is_known() {
        for (raw, mode) in MODES {
            assert_eq!(mode_of_inheritance(raw), Some(mode), "{raw}");
            assert_eq!(mode_of_inheritance(&format!("  {} ", raw.to_lowercase())), Some(mode), "{raw}");
        }
    }

    #[test]
    fn an_unknown_mode_is_not_guessed() {
        for raw in ["digenic", "X-LINKED", "SEX-LIMITED", "Otherwise", "NOT imprinted"] {
            assert_eq!(mode_of_inheritance(raw), None, "{raw}");
        }
    }

    #[test]
    fn every_mode_of_pathogenicity_is_known() {
        let lof = "Loss-of-function variants (as defined in pop up message) DO NOT cause this phenotype";
        for tail in
            [" - please provide details in the comments", " -please provide details in the comments", ""]
        {
            let raw = format!("{lof}{tail}");
            assert_eq!(mode_of_pathogenicity(&raw), Some(ModeOfPathogenicity::NotLossOfFunction), "{raw}");
        }
        for raw in [
            "Other",
            "Other - please provide details in the comments",
            "Other - please provide details in the comments ",
            "other - please provide details in the comments",
            "Other -please provide details in the comments",
        ] {
            assert_eq!(mode_of_pathogenicity(raw), Some(ModeOfPathogenicity::Other), "{raw}");
        }
        assert_eq!(mode_of_pathogenicity(" "), Some(ModeOfPathogenicity::LossOfFunctionAssumed));
        assert_eq!(mode_of_pathogenicity("gain of function"), None);
    }

    #[test]
    fn penetrance_and_confidence() {
        assert_eq!(penetrance("Complete"), Some(Penetrance::Complete));
        assert_eq!(penetrance("Incomplete"), Some(Penetrance::Incomplete));
        assert_eq!(penetrance("unknown"), Some(Penetrance::Unknown));
        assert_eq!(penetrance(""), Some(Penetrance::Unknown));
        assert_eq!(penetrance("mostly"), None);
        let ratings = ["0", "1", "2", "3", "4", "green"].map(confidence);
        let (grey, red, amber, green) =
            (Confidence::Grey, Confidence::Red, Confidence::Amber, Confidence::Green);
        assert_eq!(ratings, [grey, red, amber, green, green, green].map(Some));
        assert_eq!(confidence("5"), None);
    }
}
