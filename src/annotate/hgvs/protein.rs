//! `p.` descriptions, predicted and therefore in brackets.

use crate::annotate::edit::protein_effect::ProteinEffect;
use crate::annotate::translate::three_letters;
use crate::model::text::push_number;

/// Appends the description of an effect on a protein, `p.(…)` without accession.
///
/// Source: HGVS nomenclature, "Protein": substitution, deletion, duplication, insertion, deletion-insertion,
/// frame shift, extension.
pub fn write(out: &mut String, protein: &[u8], effect: &ProteinEffect) {
    if *effect == ProteinEffect::Unknown {
        out.push_str("p.?");
        return;
    }
    out.push_str("p.(");
    match effect {
        ProteinEffect::Unchanged { first, end } => {
            push_range(out, protein, *first, *end);
            out.push('=');
        }
        ProteinEffect::Substitution { at, to } => {
            push_residue(out, protein, *at);
            out.push_str(three_letters(*to));
        }
        ProteinEffect::Nonsense { at } => {
            push_residue(out, protein, *at);
            out.push_str("Ter");
        }
        ProteinEffect::Deletion { first, end } => {
            push_range(out, protein, *first, *end);
            out.push_str("del");
        }
        ProteinEffect::Duplication { first, end } => {
            push_range(out, protein, *first, *end);
            out.push_str("dup");
        }
        ProteinEffect::Insertion { before, residues } => {
            push_range(out, protein, before - 1, before + 1);
            out.push_str("ins");
            push_letters(out, residues);
        }
        ProteinEffect::Delins { first, end, residues } => {
            push_range(out, protein, *first, *end);
            out.push_str("delins");
            push_letters(out, residues);
        }
        ProteinEffect::Frameshift { at, to, stop } => push_new_end(out, protein, *at, *to, "fsTer", *stop),
        ProteinEffect::Extension { at, to, stop } => push_new_end(out, protein, *at, *to, "extTer", *stop),
        ProteinEffect::StartLost => out.push_str("Met1?"),
        ProteinEffect::Unknown => {}
    }
    out.push(')');
}

/// The description of an effect on a protein, `p.(…)` without accession.
pub fn describe(protein: &[u8], effect: &ProteinEffect) -> String {
    let mut out = String::new();
    write(&mut out, protein, effect);
    out
}

fn push_residue(out: &mut String, protein: &[u8], at: usize) {
    out.push_str(three_letters(protein.get(at).copied().unwrap_or(b'X')));
    push_number(out, at + 1);
}

fn push_range(out: &mut String, protein: &[u8], first: usize, end: usize) {
    push_residue(out, protein, first);
    if end > first + 1 {
        out.push('_');
        push_residue(out, protein, end - 1);
    }
}

fn push_letters(out: &mut String, residues: &[u8]) {
    residues.iter().for_each(|&residue| out.push_str(three_letters(residue)));
}

fn push_new_end(out: &mut String, protein: &[u8], at: usize, to: u8, word: &str, stop: Option<usize>) {
    push_residue(out, protein, at);
    out.push_str(three_letters(to));
    out.push_str(word);
    match stop {
        Some(stop) => push_number(out, stop),
        None => out.push('?'),
    }
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
