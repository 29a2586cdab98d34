//! Names of changed proteins, from the codon that was broken. Source: HGVS nomenclature 21.0, protein
//! recommendations (substitution, frameshift); in brackets, as all that is predicted from DNA.

/// Three letters of an amino acid; `Ter` for a stop.
fn three_letters(amino_acid: u8) -> &'static str {
    match amino_acid {
        b'A' => "Ala",
        b'C' => "Cys",
        b'D' => "Asp",
        b'E' => "Glu",
        b'F' => "Phe",
        b'G' => "Gly",
        b'H' => "His",
        b'I' => "Ile",
        b'K' => "Lys",
        b'L' => "Leu",
        b'M' => "Met",
        b'N' => "Asn",
        b'P' => "Pro",
        b'Q' => "Gln",
        b'R' => "Arg",
        b'S' => "Ser",
        b'T' => "Thr",
        b'U' => "Sec",
        b'V' => "Val",
        b'W' => "Trp",
        b'Y' => "Tyr",
        b'*' => "Ter",
        _ => "Xaa",
    }
}

/// The name where residue `number` (from 1) turns from `old` into `new`.
pub fn substitution(old: u8, number: usize, new: u8) -> String {
    let new = if new == old { "=" } else { three_letters(new) };
    format!("p.({}{number}{new})", three_letters(old))
}

/// The name of a frame that shifted, from both translations; none where no stop follows. A stop at the first
/// residue that differs is named as a substitution.
pub fn frameshift(before: &[u8], after: &[u8]) -> Option<String> {
    let first = before.iter().zip(after).position(|(old, new)| old != new)?;
    let (old, new) = (before[first], after[first]);
    if new == b'*' {
        return Some(substitution(old, first + 1, new));
    }
    let stop = after[first..].iter().position(|residue| *residue == b'*')? + 1;
    Some(format!("p.({}{}{}fsTer{stop})", three_letters(old), first + 1, three_letters(new)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_recommendations() {
        assert_eq!(substitution(b'W', 24, b'*'), "p.(Trp24Ter)");
        assert_eq!(substitution(b'C', 188, b'C'), "p.(Cys188=)");
        // `p.(Arg97ProfsTer23)` in small: the stop is the fourth residue of the new frame.
        assert_eq!(frameshift(b"MRAA*", b"MPKK*").as_deref(), Some("p.(Arg2ProfsTer4)"));
        // The new frame reads a stop at once.
        assert_eq!(frameshift(b"MYAA*", b"M*KKK").as_deref(), Some("p.(Tyr2Ter)"));
        assert_eq!(frameshift(b"MYAA*", b"MAAAA"), None);
    }
}
