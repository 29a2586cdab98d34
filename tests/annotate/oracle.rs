//! A slow and simple model of a transcript, sharing no code with the engine: edit the genome as a string,
//! splice, translate.

use ithaca::model::allele::Allele;
use ithaca::model::transcript::{Strand, Transcript};

/// Reverse complement.
pub fn turned(bases: &str) -> String {
    bases
        .chars()
        .rev()
        .map(|b| match b {
            'A' => 'T',
            'C' => 'G',
            'G' => 'C',
            'T' => 'A',
            other => other,
        })
        .collect()
}

/// The genome after an allele.
pub fn edited(genome: &str, allele: &Allele) -> String {
    let start = allele.start as usize;
    let end = start + allele.reference.len();
    assert_eq!(&genome.as_bytes()[start..end], allele.reference.as_slice());
    format!("{}{}{}", &genome[..start], String::from_utf8_lossy(&allele.alternate), &genome[end..])
}

/// One codon by table 1, or by table 2 with `mito`.
fn amino_acid(codon: &str, mito: bool) -> char {
    let table: &[(&str, char)] = &[
        ("GC", 'A'),
        ("CG", 'R'),
        ("GG", 'G'),
        ("CT", 'L'),
        ("CC", 'P'),
        ("TC", 'S'),
        ("AC", 'T'),
        ("GT", 'V'),
    ];
    if let Some((_, residue)) = table.iter().find(|(two, _)| codon.starts_with(two)) {
        return *residue;
    }
    match (codon, mito) {
        ("TGA", true) => 'W',
        ("ATA", true) => 'M',
        ("AGA" | "AGG", true) => '*',
        ("ATG", _) => 'M',
        ("TGG", _) => 'W',
        ("ATT" | "ATC" | "ATA", _) => 'I',
        ("TTA" | "TTG", _) => 'L',
        ("TTT" | "TTC", _) => 'F',
        ("TAT" | "TAC", _) => 'Y',
        ("CAT" | "CAC", _) => 'H',
        ("CAA" | "CAG", _) => 'Q',
        ("AAT" | "AAC", _) => 'N',
        ("AAA" | "AAG", _) => 'K',
        ("GAT" | "GAC", _) => 'D',
        ("GAA" | "GAG", _) => 'E',
        ("TGT" | "TGC", _) => 'C',
        ("AGT" | "AGC", _) => 'S',
        ("AGA" | "AGG", _) => 'R',
        _ => '*',
    }
}

/// Codons at which translation starts in mitochondria.
pub const INITIATORS: [&str; 5] = ["ATG", "ATA", "ATT", "ATC", "GTG"];

/// Translates to the first stop, or to the last whole codon. In mitochondria any initiator is read as methionine, and
/// the poly(A) tail finishes the last codon, or adds one.
pub fn translate(bases: &str, mito: bool) -> String {
    let tail = if mito { "A".repeat(3 - bases.len() % 3) } else { String::new() };
    let bases = format!("{bases}{tail}");
    let mut protein = String::new();
    for codon in bases.as_bytes().chunks_exact(3) {
        let codon = std::str::from_utf8(codon).unwrap();
        let initiates = mito && protein.is_empty() && INITIATORS.contains(&codon);
        protein.push(if initiates { 'M' } else { amino_acid(codon, mito) });
        if protein.ends_with('*') {
            break;
        }
    }
    protein
}

/// Exons as genomic intervals in ascending order.
pub fn exons(transcript: &Transcript) -> Vec<(usize, usize)> {
    let mut exons: Vec<(usize, usize)> =
        transcript.exons.iter().map(|e| (e.start as usize, e.end as usize)).collect();
    exons.sort_unstable();
    exons
}

/// The spliced transcript.
pub fn spliced(genome: &str, exons: &[(usize, usize)], strand: Strand) -> String {
    let forward: String = exons.iter().map(|&(s, e)| &genome[s..e]).collect();
    match strand {
        Strand::Forward => forward,
        Strand::Reverse => turned(&forward),
    }
}

/// True where an edit lies in an intron that is spliced, a base or more away from the exons.
pub fn intron_around(exons: &[(usize, usize)], start: usize, end: usize) -> bool {
    exons.windows(2).any(|pair| {
        let (first, last) = (pair[0].1, pair[1].0);
        last - first > 13 && first < start && end < last
    })
}

/// Exons after an edit in an intron: those behind it move.
pub fn exons_behind(exons: &[(usize, usize)], end: usize, gain: i64) -> Vec<(usize, usize)> {
    let shift = |at: usize| (at as i64 + gain) as usize;
    exons.iter().map(|&(s, e)| if s >= end { (shift(s), shift(e)) } else { (s, e) }).collect()
}

/// Exons after an edit that lies strictly inside one of them; `None` where it does not.
pub fn moved_exons(
    exons: &[(usize, usize)],
    start: usize,
    end: usize,
    gain: i64,
) -> Option<Vec<(usize, usize)>> {
    let hit = exons.iter().position(|&(s, e)| s < start && end < e)?;
    let shift = |at: usize| (at as i64 + gain) as usize;
    Some(
        exons
            .iter()
            .enumerate()
            .map(|(i, &(s, e))| match i.cmp(&hit) {
                std::cmp::Ordering::Less => (s, e),
                std::cmp::Ordering::Equal => (s, shift(e)),
                std::cmp::Ordering::Greater => (shift(s), shift(e)),
            })
            .collect(),
    )
}
