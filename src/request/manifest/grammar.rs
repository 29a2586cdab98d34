//! The grammar of a sample name: literals between named parts, `{specimen}`, `{count:digits}`, `{id:digits6}` for at
//! least six digits, or `{sex:M|F|U}` for one of some words. What the part `sex` holds is read.

#[derive(Debug, PartialEq)]
enum Piece {
    Literal(String),
    Word { name: String, kind: Kind },
}

/// What a part may hold.
#[derive(Debug, PartialEq)]
enum Kind {
    /// Letters and digits.
    Any,
    /// At least so many digits, and nothing else.
    Digits(usize),
    /// One of these words.
    OneOf(Vec<String>),
}

impl Kind {
    fn parse(text: &str) -> Option<Self> {
        if let Some(least) = text.strip_prefix("digits") {
            return if least.is_empty() { Some(1) } else { least.parse().ok() }.map(Self::Digits);
        }
        text.contains('|').then(|| Self::OneOf(text.split('|').map(str::to_owned).collect()))
    }

    fn fits(&self, part: &str) -> bool {
        match self {
            Self::Any => !part.is_empty(),
            Self::Digits(least) => part.len() >= *least && part.bytes().all(|b| b.is_ascii_digit()),
            Self::OneOf(words) => words.iter().any(|word| word == part),
        }
    }
}

/// A grammar of names.
#[derive(Debug, PartialEq)]
pub(super) struct Grammar(Vec<Piece>);

impl Grammar {
    /// Reads a grammar.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            match rest.strip_prefix('{') {
                Some(inside) => {
                    let (name, after) = inside
                        .split_once('}')
                        .ok_or_else(|| format!("'{text}' has a brace that is not closed"))?;
                    let (name, kind) = match name.split_once(':') {
                        None => (name, Kind::Any),
                        Some((name, kind)) => match Kind::parse(kind) {
                            Some(kind) => (name, kind),
                            None => return Err(format!("'{text}': '{kind}' is not a kind of part")),
                        },
                    };
                    if matches!(pieces.last(), Some(Piece::Word { .. })) {
                        return Err(format!("'{text}' has two parts with nothing between them"));
                    }
                    pieces.push(Piece::Word { name: name.to_owned(), kind });
                    rest = after;
                }
                None => {
                    let end = rest.find('{').unwrap_or(rest.len());
                    pieces.push(Piece::Literal(rest[..end].to_owned()));
                    rest = &rest[end..];
                }
            }
        }
        Ok(Self(pieces))
    }

    /// True when the whole name is of this form. A part is letters and digits, at least one.
    pub(super) fn matches(&self, name: &str) -> bool {
        self.parts(name).is_some()
    }

    /// The part of a name that goes by a name of its own, where the whole is of this form.
    pub(super) fn part<'n>(&self, name: &'n str, wanted: &str) -> Option<&'n str> {
        self.parts(name)?.into_iter().find(|(name, _)| *name == wanted).map(|(_, part)| part)
    }

    fn parts<'n>(&self, name: &'n str) -> Option<Vec<(&str, &'n str)>> {
        let mut rest = name;
        let mut parts = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(literal) => rest = rest.strip_prefix(literal.as_str())?,
                Piece::Word { name, kind } => {
                    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
                    let (part, after) = rest.split_at(end);
                    if !kind.fits(part) {
                        return None;
                    }
                    parts.push((name.as_str(), part));
                    rest = after;
                }
            }
        }
        rest.is_empty().then_some(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_as_a_whole_or_not_at_all() {
        for (form, good, bad) in [
            ("{instrument}-{specimen}", "123171063-23143R0055", "123171063"),
            ("X{number:digits}", "X223206", "X22A"),
            (
                "{a}-{b}-{c}-{d}-{e}-{f}",
                "123171063-23143R0055-23NGCEN4-9527-F-99347387",
                "123171063-23143R0055-4",
            ),
            ("{a}_{n:digits}", "NGS123_12", "NGS123_12_"),
            ("{instrument}-{specimen}", "a-b", "a-b/../c"),
            ("{id:digits6}", "382398", "38239"),
            ("{sex:M|F|U}_Pan{pan:digits}", "M_Pan0000", "X_Pan0000"),
            ("{sex:M|F|U}_Pan{pan:digits}", "U_Pan1", "U_foo"),
        ] {
            let grammar = Grammar::parse(form).unwrap();
            assert!(grammar.matches(good) && !grammar.matches(bad), "{form}");
        }
        let grammar = Grammar::parse("{id}_{sex:M|F}").unwrap();
        assert_eq!((grammar.part("P1_F", "sex"), grammar.part("P1_X", "sex")), (Some("F"), None));
        for bad in ["{a", "{a}{b}", "{a:letters}"] {
            assert!(Grammar::parse(bad).is_err(), "{bad}");
        }
    }
}
