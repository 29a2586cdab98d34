//! Variants named by the row: `FGFR3 c.1138`.

use super::{Recognised, genes, items};
use crate::model::directory::TestTarget;

pub(super) fn recognise(text: &str) -> Option<Recognised> {
    let list = match text.split_once(':') {
        Some((prose, list)) if prose.contains(' ') && !is_variant_word(prose) => list,
        _ => text,
    };
    let mut variants: Vec<String> = Vec::new();
    let mut gene: Option<String> = None;
    for item in items::split(list) {
        let (first, rest) = item.split_once(' ').unwrap_or((item.as_str(), ""));
        if genes::is_symbol(first) && rest.split_whitespace().any(is_variant_word) {
            gene = Some(first.to_owned());
            variants.push(item);
        } else if is_variant_word(first) {
            // `FGFR3 c.1138, c.1620`: the gene is said once.
            variants.push(format!("{} {item}", gene.as_ref()?));
        } else {
            return None;
        }
    }
    (!variants.is_empty()).then(|| Recognised::plain(TestTarget::NamedVariants(variants)))
}

/// `c.1138`, `p.Gly380Arg`, `m.1555A>G`.
fn is_variant_word(word: &str) -> bool {
    let word = word.trim_start_matches('(');
    ["c.", "p.", "m.", "n.", "g."].iter().any(|kind| {
        word.strip_prefix(kind)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || "(*-".contains(c)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variants(text: &str) -> Option<Vec<String>> {
        match recognise(text)?.target {
            TestTarget::NamedVariants(variants) => Some(variants),
            _ => None,
        }
    }

    #[test]
    fn variants_with_their_gene() {
        assert_eq!(variants("FGFR3 c.1138").unwrap(), ["FGFR3 c.1138"]);
        assert_eq!(variants("FGFR3 c.1138, c.1620").unwrap(), ["FGFR3 c.1138", "FGFR3 c.1620"]);
        assert_eq!(variants("MT-RNR1 m.1555A>G; HFE p.Cys282Tyr").unwrap().len(), 2);
    }

    #[test]
    fn a_gene_beside_a_variant_is_not_dropped() {
        for text in ["FGFR3 c.1138; GENEA", "GENEA", "c.1138"] {
            assert_eq!(variants(text), None, "{text}");
        }
    }
}
