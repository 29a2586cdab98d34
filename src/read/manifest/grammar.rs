//! The grammar of a sample name: literals between named parts, `{specimen}` or `{count:digits}`.

#[derive(Debug, PartialEq)]
enum Piece {
    Literal(String),
    Word { digits: bool },
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
                    let digits = match name.split_once(':') {
                        None => false,
                        Some((_, "digits")) => true,
                        Some((_, kind)) => return Err(format!("'{text}': '{kind}' is not a kind of part")),
                    };
                    if matches!(pieces.last(), Some(Piece::Word { .. })) {
                        return Err(format!("'{text}' has two parts with nothing between them"));
                    }
                    pieces.push(Piece::Word { digits });
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
        let mut rest = name;
        for piece in &self.0 {
            match piece {
                Piece::Literal(literal) => match rest.strip_prefix(literal.as_str()) {
                    Some(after) => rest = after,
                    None => return false,
                },
                Piece::Word { digits } => {
                    let fits = |c: char| if *digits { c.is_ascii_digit() } else { c.is_ascii_alphanumeric() };
                    let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
                    if end == 0 {
                        return false;
                    }
                    rest = &rest[end..];
                }
            }
        }
        rest.is_empty()
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
        ] {
            let grammar = Grammar::parse(form).unwrap();
            assert!(grammar.matches(good) && !grammar.matches(bad), "{form}");
        }
        for bad in ["{a", "{a}{b}", "{a:letters}"] {
            assert!(Grammar::parse(bad).is_err(), "{bad}");
        }
    }
}
