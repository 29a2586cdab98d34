//! Any change and any protein effect: a name that is whole, one line, and of the form that the nomenclature has.

use ithaca::annotate::edit::protein_effect::ProteinEffect;
use ithaca::annotate::edit::{Edit, roll};
use ithaca::annotate::hgvs;
use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::reference::genome::Genome;

use super::bytes::Choices;

/// Names one change of a genome and one effect on a protein.
pub fn run(data: &[u8]) {
    let mut choices = Choices(data);
    genomic(&mut choices);
    protein(&mut choices);
    let text = String::from_utf8_lossy(choices.0);
    let full = hgvs::full_form(&text, &text);
    assert!(full.len() >= text.len());
}

fn genomic(choices: &mut Choices<'_>) {
    let length = 4 + choices.below(60);
    let name = if choices.once_in(2) { "chrM" } else { "chr21" };
    let bases = choices.bases(length);
    let genome = Genome::from_sequences(vec![(name.to_owned(), bases.clone())]);
    let start = choices.below(length + 1);
    let end = (start + choices.below(8)).min(length);
    let added = choices.below(8);
    let alternate = choices.bases(added);
    let reference = bases[start as usize..end as usize].to_vec();
    let allele = Allele { contig: ContigId(0), start, reference, alternate };
    let Ok(edit) = Edit::new(&genome, &allele) else { return };
    let mut name = hgvs::genomic::prefixes(&genome, &Assembly::GRCh38).swap_remove(0);
    hgvs::genomic::write(&mut name, &genome, &edit);
    let (_, description) = name.split_once(':').unwrap_or_default();
    assert!(description.starts_with("g.") || description.starts_with("m."), "{name}");
    assert!(description.bytes().all(|b| b.is_ascii_graphic()), "{name}");
    let kinds = [">", "del", "dup", "ins", "inv"];
    assert!(kinds.iter().any(|kind| description.contains(kind)), "{name}");
    assert!(!description.contains(".0") && !description.contains("_0"), "{name}");
    assert_eq!(roll::rotated(&edit.inserted, 0), edit.inserted);
}

fn protein(choices: &mut Choices<'_>) {
    let residues = |choices: &mut Choices<'_>, length: u32| -> Vec<u8> {
        (0..length).map(|_| b"ACDEFGHIKLMNPQRSTUVWXY*"[choices.below(23) as usize]).collect()
    };
    let length = 3 + choices.below(40);
    let protein = residues(choices, length);
    let first = choices.below(length) as usize;
    let end = first + 1 + choices.below(length - first as u32) as usize;
    let to = residues(choices, 1)[0];
    let stop = (choices.once_in(2)).then(|| 1 + choices.below(300) as usize);
    let added = 1 + choices.below(6);
    let new = residues(choices, added);
    let effect = match choices.byte() % 11 {
        0 => ProteinEffect::Unchanged { first, end },
        1 => ProteinEffect::Substitution { at: first, to },
        2 => ProteinEffect::Nonsense { at: first },
        3 => ProteinEffect::Deletion { first, end },
        4 => ProteinEffect::Duplication { first, end },
        5 => ProteinEffect::Insertion { before: first.max(1), residues: new },
        6 => ProteinEffect::Delins { first, end, residues: new },
        7 => ProteinEffect::Frameshift { at: first, to, stop },
        8 => ProteinEffect::Extension { at: first, to, stop },
        9 => ProteinEffect::StartLost,
        _ => ProteinEffect::Unknown,
    };
    let name = hgvs::protein::describe(&protein, &effect);
    assert!(name == "p.?" || (name.starts_with("p.(") && name.ends_with(')')), "{name}");
    assert!(!name.contains("fsTer0") && !name.contains('*'), "{name}");
}
