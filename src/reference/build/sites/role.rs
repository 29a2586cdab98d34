//! What a field is by its name: a count of alleles, the number of alleles looked at, a frequency.
//!
//! The filter of population frequency reads such fields; they belong to one ALT allele each, and a frequency is
//! the quotient of its count and number.

/// What a field of this name holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Alleles counted: `AC`, `AC_nfe`, `Allele Count`; homozygotes and hemizygotes: `nhomalt`, `nhemi`.
    Count,
    /// Alleles looked at: `AN`, `AN_nfe`, `Allele Number`.
    Number,
    /// A frequency: `AF`, `AF_nfe`, `Allele Frequency`; a filtering frequency: `faf95`.
    Frequency,
}

/// Words for count, number and frequency that belong together (VCF 4.5, section 1.6.1, table 1; the export of
/// the gnomAD browser).
const WORDS: [[&str; 3]; 4] = [
    ["AC", "AN", "AF"],
    ["Allele Count", "Allele Number", "Allele Frequency"],
    ["allele_count", "allele_number", "allele_frequency"],
    ["AlleleCount", "AlleleNumber", "AlleleFrequency"],
];

/// Parts of names that say which group has a value, not how large it is: `fafmax_faf95_max_gen_anc`.
const LABELS: &[&str] = &["anc", "pop", "population", "group", "filter", "filters", "label", "source"];

/// Where a word stands in a name, alone between signs that are no letters or digits; `None` where it does not,
/// or stands there twice.
fn place_of(name: &str, word: &str) -> Option<usize> {
    let (bytes, length) = (name.as_bytes(), word.len());
    let alone = |at: &usize| {
        let side = |c: Option<&u8>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
        bytes[*at..*at + length].eq_ignore_ascii_case(word.as_bytes())
            && side(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && side(bytes.get(at + length))
    };
    let mut places = (0..=bytes.len().checked_sub(length)?).filter(alone);
    places.next().filter(|_| places.next().is_none())
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
}

impl Role {
    /// The role that a name gives; `None` for most names.
    pub(super) fn of(name: &str) -> Option<Self> {
        for words in WORDS {
            for (word, role) in words.into_iter().zip([Self::Count, Self::Number, Self::Frequency]) {
                if place_of(name, word).is_some() {
                    return Some(role);
                }
            }
        }
        parts(name).find_map(|part| {
            let part = part.to_ascii_lowercase();
            match part.strip_prefix("faf") {
                Some(digits) if !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit()) => {
                    Some(Self::Frequency)
                }
                _ => matches!(part.as_str(), "nhomalt" | "nhemi").then_some(Self::Count),
            }
        })
    }

    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Count => "a count of alleles",
            Self::Number => "a number of alleles",
            Self::Frequency => "a frequency",
        }
    }
}

/// True for a name that may be that of a label beside a count or frequency: words are then no fault.
pub(super) fn may_be_label(name: &str) -> bool {
    parts(name).any(|part| LABELS.iter().any(|label| part.eq_ignore_ascii_case(label)))
}

/// The names of the count and of the number that belong to a name with the role: `AC_nfe` and `AN_nfe` for
/// `AF_nfe`. A name that is a homozygote count or a filtering frequency has none.
pub(super) fn partners(name: &str, role: Role) -> Option<(String, String)> {
    WORDS.iter().find_map(|words| {
        let word = words[role as usize];
        let at = place_of(name, word)?;
        let with = |other: &str| format!("{}{other}{}", &name[..at], &name[at + word.len()..]);
        Some((with(words[0]), with(words[1])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_published_tables_are_known() {
        for (name, role) in [
            ("AC", Some(Role::Count)),
            ("AC_nfe", Some(Role::Count)),
            ("gnomad_AN_XX", Some(Role::Number)),
            ("af", Some(Role::Frequency)),
            ("AF-popmax", Some(Role::Frequency)),
            ("Allele Count African/African American", Some(Role::Count)),
            ("faf95_popmax", Some(Role::Frequency)),
            ("nhomalt_nfe", Some(Role::Count)),
            ("AF_pop", Some(Role::Frequency)),
            ("MAF", None),
            ("CAF", None),
            ("FACT", None),
            ("AC_AC", None),
            ("faf", None),
            ("ä", None),
            ("", None),
        ] {
            assert_eq!(Role::of(name), role, "{name}");
        }
        assert!(may_be_label("fafmax_faf95_max_gen_anc") && !may_be_label("AF_popmax"));
        let of = |name: &str| partners(name, Role::of(name).unwrap());
        assert_eq!(of("x_AF_nfe"), Some(("x_AC_nfe".to_owned(), "x_AN_nfe".to_owned())));
        assert_eq!(of("Allele Count"), Some(("Allele Count".to_owned(), "Allele Number".to_owned())));
        assert_eq!((of("faf95"), of("nhomalt")), (None, None));
    }
}
