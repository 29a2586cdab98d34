//! Applies HGVS descriptions, for tests only: a description must lead back to the sequence it describes.

use ithaca::model::transcript::{Strand, Transcript};

use super::oracle;

/// What a DNA description does to the bases between its two positions.
pub enum Change {
    Substitute(String),
    Delete,
    Invert,
    Duplicate,
    Insert(String),
    Replace(String),
}

/// Splits `12_15delinsACG` into its positions and its change.
pub fn parts(description: &str) -> (String, String, Change) {
    let at = description.find(['A', 'C', 'G', 'T', 'd', 'i']).unwrap();
    let (range, change) = description.split_at(at);
    let (from, to) = range.split_once('_').unwrap_or((range, range));
    let change = if let Some(bases) = change.strip_prefix("delins") {
        Change::Replace(bases.to_owned())
    } else if let Some(bases) = change.strip_prefix("ins") {
        Change::Insert(bases.to_owned())
    } else {
        match change {
            "del" => Change::Delete,
            "dup" => Change::Duplicate,
            "inv" => Change::Invert,
            _ => Change::Substitute(change.split_once('>').unwrap().1.to_owned()),
        }
    };
    (from.to_owned(), to.to_owned(), change)
}

/// `text` with the bases from `from` to `to` (0-based, inclusive) changed.
pub fn changed(text: &str, from: usize, to: usize, change: &Change) -> String {
    let (head, middle, tail) = (&text[..from], &text[from..=to], &text[to + 1..]);
    match change {
        Change::Substitute(bases) | Change::Replace(bases) => format!("{head}{bases}{tail}"),
        Change::Delete => format!("{head}{tail}"),
        Change::Invert => format!("{head}{}{tail}", oracle::turned(middle)),
        Change::Duplicate => format!("{head}{middle}{middle}{tail}"),
        Change::Insert(bases) => {
            assert_eq!(to, from + 1, "an insertion stands between two neighbours");
            format!("{}{bases}{}", &text[..to], &text[to..])
        }
    }
}

/// The genome after a `g.` or `m.` description. A range over the origin of a circle gives the circle cut elsewhere;
/// see [`same_circle`].
pub fn genomic(genome: &str, description: &str) -> String {
    let description = description.split_once(":g.").or_else(|| description.split_once(":m.")).unwrap().1;
    let (from, to, change) = parts(description);
    let at = |position: &str| position.parse::<usize>().unwrap() - 1;
    let (from, to) = (at(&from), at(&to));
    if from <= to {
        return changed(genome, from, to, &change);
    }
    let (head, tail) = genome.split_at(to + 1);
    changed(&format!("{tail}{head}"), from - head.len(), genome.len() - 1, &change)
}

/// True where two strings are the same circle, wherever each is cut.
pub fn same_circle(a: &str, b: &str) -> bool {
    a.len() == b.len() && format!("{a}{a}").contains(b)
}

/// The genome after a `c.` or `n.` description on a transcript.
pub fn transcript(genome: &str, transcript: &Transcript, description: &str) -> String {
    transcript_parts(genome, genome.to_owned(), transcript, description)
}

/// A genome that is edited already, behind the description's place in the direction of transcription, after one
/// part of a description in cis.
pub fn transcript_parts(genome: &str, edited: String, transcript: &Transcript, description: &str) -> String {
    let (_, description) = description.split_once(':').unwrap();
    let (letter, description) = description.split_once('.').unwrap();
    assert_eq!(letter, if transcript.coding.is_some() { "c" } else { "n" });
    let (from, to, change) = parts(description);
    // Every spliced base's offset on the genome, read along the transcript.
    let mut bases: Vec<usize> = oracle::exons(transcript).iter().flat_map(|&(s, e)| s..e).collect();
    if transcript.strand == Strand::Reverse {
        bases.reverse();
    }
    let at = |position: &str| genomic_offset(transcript, &bases, position);
    let (from, to) = (at(&from), at(&to));
    match transcript.strand {
        Strand::Forward => changed(&edited, from, to, &change),
        Strand::Reverse => {
            let last = genome.len() - 1;
            oracle::turned(&changed(&oracle::turned(&edited), last - from, last - to, &change))
        }
    }
}

fn genomic_offset(transcript: &Transcript, bases: &[usize], position: &str) -> usize {
    let (behind, rest) = match position.strip_prefix('*') {
        Some(rest) => (true, rest),
        None => (false, position),
    };
    let sign = rest[1..].find(['+', '-']).map(|at| at + 1);
    let (base, offset) = match sign {
        Some(at) => (rest[..at].parse::<i64>().unwrap(), rest[at..].parse::<i64>().unwrap()),
        None => (rest.parse::<i64>().unwrap(), 0),
    };
    assert!(base != 0, "there is no position 0");
    let index = match &transcript.coding {
        None => base - 1,
        Some(coding) if behind => i64::from(coding.cds.end) + base - 1,
        Some(coding) if base < 0 => i64::from(coding.cds.start) + base,
        Some(coding) => i64::from(coding.cds.start) + base - 1,
    };
    let exonic = bases[usize::try_from(index).unwrap()] as i64;
    let step = if transcript.strand == Strand::Forward { offset } else { -offset };
    usize::try_from(exonic + step).unwrap()
}

const NAMES: [(&str, char); 22] = [
    ("Ala", 'A'),
    ("Cys", 'C'),
    ("Asp", 'D'),
    ("Glu", 'E'),
    ("Phe", 'F'),
    ("Gly", 'G'),
    ("His", 'H'),
    ("Ile", 'I'),
    ("Lys", 'K'),
    ("Leu", 'L'),
    ("Met", 'M'),
    ("Asn", 'N'),
    ("Pro", 'P'),
    ("Gln", 'Q'),
    ("Arg", 'R'),
    ("Ser", 'S'),
    ("Thr", 'T'),
    ("Val", 'V'),
    ("Trp", 'W'),
    ("Tyr", 'Y'),
    ("Ter", '*'),
    ("Sec", 'U'),
];

fn one_letter(name: &str) -> char {
    NAMES.iter().find(|(three, _)| *three == name).unwrap().1
}

fn letters(names: &str) -> String {
    names.as_bytes().chunks(3).map(|c| one_letter(std::str::from_utf8(c).unwrap())).collect()
}

/// `Leu54` at the head of `text`: its 0-based index, and what follows. The residue must be the reference's.
fn residue<'t>(reference: &str, text: &'t str) -> (usize, &'t str) {
    let digits = text[3..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |at| at + 3);
    let index = text[3..digits].parse::<usize>().unwrap() - 1;
    assert_eq!(reference.chars().nth(index), Some(one_letter(&text[..3])), "{text} on {reference}");
    (index, &text[digits..])
}

/// Checks that the new protein is what a `p.(…)` description says of the reference; both end with `*` where
/// they have a stop. Returns false for a description that says nothing (`p.?`, `p.(Met1?)`).
pub fn protein(reference: &str, new: &str, description: &str) -> bool {
    let (_, text) = description.split_once(":p.").unwrap();
    if text == "?" || text == "(Met1?)" {
        return false;
    }
    let text = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap();
    let (first, rest) = residue(reference, text);
    let (last, rest) = match rest.strip_prefix('_') {
        Some(rest) => residue(reference, rest),
        None => (first, rest),
    };
    let told = |middle: &str, from: usize| format!("{}{middle}{}", &reference[..first], &reference[from..]);
    if rest == "=" {
        assert_eq!(new, reference, "{description}");
    } else if rest == "Ter" {
        assert_eq!(new, format!("{}*", &reference[..first]), "{description}");
    } else if rest == "del" {
        assert_eq!(new, told("", last + 1), "{description}");
    } else if rest == "dup" {
        assert_eq!(new, told(&reference[first..=last].repeat(2), last + 1), "{description}");
    } else if let Some(names) = rest.strip_prefix("delins") {
        let residues = letters(names);
        let whole = if residues.ends_with('*') {
            told(&residues, reference.len())
        } else {
            told(&residues, last + 1)
        };
        assert_eq!(new, whole, "{description}");
    } else if let Some(names) = rest.strip_prefix("ins") {
        assert_eq!(last, first + 1, "{description}");
        let head = &reference[..last];
        let residues = letters(names);
        let tail = if residues.ends_with('*') { "" } else { &reference[last..] };
        assert_eq!(new, format!("{head}{residues}{tail}"), "{description}");
    } else if let Some((to, count)) = rest.split_once("fsTer") {
        new_end(reference, new, description, first, to, count, 1);
    } else if let Some((to, count)) = rest.split_once("extTer") {
        assert_eq!(reference.as_bytes()[first], b'*', "{description}");
        new_end(reference, new, description, first, to, count, 0);
    } else {
        let to = one_letter(rest);
        assert_eq!(new, told(&to.to_string(), first + 1), "{description}");
    }
    true
}

fn new_end(reference: &str, new: &str, description: &str, at: usize, to: &str, count: &str, from: usize) {
    assert_eq!(new[..at], reference[..at], "{description}");
    assert_eq!(new.chars().nth(at), Some(one_letter(to)), "{description}: {new}");
    assert_ne!(new.as_bytes()[at], reference.as_bytes()[at], "{description}");
    match count {
        "?" => assert!(!new.contains('*'), "{description}: {new}"),
        count => {
            assert_eq!(new.find('*'), Some(at + count.parse::<usize>().unwrap() - from), "{description}")
        }
    }
}
