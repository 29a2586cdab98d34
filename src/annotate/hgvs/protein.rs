//! `p.` descriptions, predicted and therefore in brackets.

use crate::annotate::edit::protein_effect::ProteinEffect;
use crate::annotate::translate::three_letters;

/// The description of an effect on a protein, `p.(…)` without accession.
///
/// Source: HGVS nomenclature, "Protein": substitution, deletion, duplication, insertion, deletion-insertion,
/// frame shift, extension.
pub fn describe(protein: &[u8], effect: &ProteinEffect) -> String {
    let name = |at: usize| -> String {
        let residue = protein.get(at).copied().unwrap_or(b'X');
        format!("{}{}", three_letters(residue), at + 1)
    };
    let range = |first: usize, end: usize| -> String {
        if end > first + 1 { format!("{}_{}", name(first), name(end - 1)) } else { name(first) }
    };
    let letters = |residues: &[u8]| -> String { residues.iter().map(|&r| three_letters(r)).collect() };
    let count = |stop: &Option<usize>| stop.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let inside = match effect {
        ProteinEffect::Unchanged { first, end } => format!("{}=", range(*first, *end)),
        ProteinEffect::Substitution { at, to } => format!("{}{}", name(*at), three_letters(*to)),
        ProteinEffect::Nonsense { at } => format!("{}Ter", name(*at)),
        ProteinEffect::Deletion { first, end } => format!("{}del", range(*first, *end)),
        ProteinEffect::Duplication { first, end } => format!("{}dup", range(*first, *end)),
        ProteinEffect::Insertion { before, residues } => {
            format!("{}ins{}", range(before - 1, before + 1), letters(residues))
        }
        ProteinEffect::Delins { first, end, residues } => {
            format!("{}delins{}", range(*first, *end), letters(residues))
        }
        ProteinEffect::Frameshift { at, to, stop } => {
            format!("{}{}fsTer{}", name(*at), three_letters(*to), count(stop))
        }
        ProteinEffect::Extension { at, to, stop } => {
            format!("{}{}extTer{}", name(*at), three_letters(*to), count(stop))
        }
        ProteinEffect::StartLost => "Met1?".to_owned(),
        ProteinEffect::Unknown => return "p.?".to_owned(),
    };
    format!("p.({inside})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_spelt_as_the_nomenclature_has_it() {
        let protein = b"MLKYWR*";
        let spelt = |effect: ProteinEffect| describe(protein, &effect);
        assert_eq!(spelt(ProteinEffect::Unchanged { first: 1, end: 2 }), "p.(Leu2=)");
        assert_eq!(spelt(ProteinEffect::Substitution { at: 2, to: b'N' }), "p.(Lys3Asn)");
        assert_eq!(spelt(ProteinEffect::Nonsense { at: 3 }), "p.(Tyr4Ter)");
        assert_eq!(spelt(ProteinEffect::Deletion { first: 1, end: 3 }), "p.(Leu2_Lys3del)");
        assert_eq!(spelt(ProteinEffect::Duplication { first: 1, end: 2 }), "p.(Leu2dup)");
        assert_eq!(
            spelt(ProteinEffect::Insertion { before: 2, residues: b"SW*".to_vec() }),
            "p.(Leu2_Lys3insSerTrpTer)"
        );
        assert_eq!(
            spelt(ProteinEffect::Delins { first: 1, end: 3, residues: b"W".to_vec() }),
            "p.(Leu2_Lys3delinsTrp)"
        );
        assert_eq!(
            spelt(ProteinEffect::Frameshift { at: 2, to: b'P', stop: Some(23) }),
            "p.(Lys3ProfsTer23)"
        );
        assert_eq!(spelt(ProteinEffect::Frameshift { at: 2, to: b'P', stop: None }), "p.(Lys3ProfsTer?)");
        assert_eq!(
            spelt(ProteinEffect::Extension { at: 6, to: b'Q', stop: Some(17) }),
            "p.(Ter7GlnextTer17)"
        );
        assert_eq!(spelt(ProteinEffect::StartLost), "p.(Met1?)");
        assert_eq!(spelt(ProteinEffect::Unknown), "p.?");
    }
}
