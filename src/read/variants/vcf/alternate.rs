//! The ALT column.

use crate::model::allele::Alternate;

/// IUPAC codes besides A, C, G, T.
const AMBIGUOUS: &[u8] = b"NRYSWKMBDHVU";

/// Reads ALT; empty for `.`.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &[u8]) -> Result<Vec<Alternate>, String> {
    if text == b"." {
        return Ok(Vec::new());
    }
    split(text).map(one).collect()
}

/// Splits at commas that are not inside a symbolic allele or a breakend's contig name.
fn split(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut depth = 0i32;
    text.split(move |&b| {
        match b {
            b'<' => depth += 1,
            b'>' => depth -= 1,
            _ => {}
        }
        b == b',' && depth <= 0
    })
}

/// True for the four bases only, in either case.
pub fn is_plain(bases: &[u8]) -> bool {
    !bases.is_empty() && bases.iter().all(|b| matches!(b | 0x20, b'a' | b'c' | b'g' | b't'))
}

/// True for letters that are bases or codes for several bases.
pub fn is_bases(bases: &[u8]) -> bool {
    !bases.is_empty()
        && bases.iter().all(|b| {
            matches!(b | 0x20, b'a' | b'c' | b'g' | b't') || AMBIGUOUS.contains(&b.to_ascii_uppercase())
        })
}

fn one(text: &[u8]) -> Result<Alternate, String> {
    if is_plain(text) {
        return Ok(Alternate::Bases(text.to_ascii_uppercase()));
    }
    let shown = || String::from_utf8_lossy(text).chars().take(60).collect::<String>();
    match text {
        b"*" | b"<*:DEL>" => Ok(Alternate::SpanningDeletion),
        b"<NON_REF>" | b"<*>" | b"<X>" => Ok(Alternate::NonReference),
        [b'<', name @ .., b'>'] if !name.is_empty() => {
            Ok(Alternate::Symbolic(String::from_utf8_lossy(name).into_owned()))
        }
        _ if text.iter().any(|b| matches!(b, b'[' | b']')) => Ok(Alternate::Breakend(shown_whole(text))),
        [b'.', bases @ ..] | [bases @ .., b'.'] if is_bases(bases) => {
            Ok(Alternate::Breakend(shown_whole(text)))
        }
        _ if is_bases(text) => Ok(Alternate::Ambiguous(text.to_ascii_uppercase())),
        b"" => Err("ALT has an empty allele; correct the record".to_owned()),
        _ => Err(format!(
            "ALT {:?} is neither bases, a symbolic allele nor a breakend; correct the record",
            shown()
        )),
    }
}

fn shown_whole(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_alternate() {
        let kinds = parse(b"acg,*,<NON_REF>,<*>,<DUP:TANDEM>,G]17:198982],.TC,A.,RYN").unwrap();
        use Alternate::*;
        assert_eq!(
            kinds,
            [
                Bases(b"ACG".to_vec()),
                SpanningDeletion,
                NonReference,
                NonReference,
                Symbolic("DUP:TANDEM".into()),
                Breakend("G]17:198982]".into()),
                Breakend(".TC".into()),
                Breakend("A.".into()),
                Ambiguous(b"RYN".to_vec()),
            ]
        );
        assert_eq!(parse(b".").unwrap(), []);
        assert_eq!(parse(b"A,<C,D>").unwrap().len(), 2);
        for bad in ["", "A,,C", "A;C", "<>", "-", "1", "A C"] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad:?}");
        }
    }
}
