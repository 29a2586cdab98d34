//! Short tandem repeats: `FMR1 STR`, `FMR1 and AFF2 STRs`.

use super::{Recognised, genes, items};
use crate::model::directory::{NamedGene, TestTarget};

pub(super) fn recognise(text: &str) -> Option<Recognised> {
    let list = text.split_once(':').map_or(text, |(_, list)| list);
    let items = items::split(list);
    let (last, before) = items.split_last()?;
    let (symbol, plural) = repeat_of(last)?;
    let mut symbols = Vec::with_capacity(items.len());
    for item in before {
        match repeat_of(item) {
            Some((symbol, _)) => symbols.push(symbol),
            // A plural at the end of the list stands for all of it; a singular leaves the others open.
            None if plural && genes::is_symbol(item) => symbols.push(item),
            None => return None,
        }
    }
    symbols.push(symbol);
    let genes = symbols.into_iter().map(|symbol| NamedGene { symbol: symbol.to_owned(), hgnc_id: None });
    Some(Recognised::plain(TestTarget::ShortTandemRepeat(genes.collect())))
}

/// The gene of `FMR1 STR`, and whether the word is a plural.
fn repeat_of(item: &str) -> Option<(&str, bool)> {
    let (symbol, words) = item.split_once(' ')?;
    let plural = match words.to_lowercase().as_str() {
        "str" | "repeat" | "repeat expansion" | "str expansion" | "expansion" => false,
        "strs" | "repeats" | "repeat expansions" | "str expansions" | "expansions" => true,
        _ => return None,
    };
    genes::is_symbol(symbol).then_some((symbol, plural))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(text: &str) -> Option<Vec<String>> {
        match recognise(text)?.target {
            TestTarget::ShortTandemRepeat(genes) => Some(genes.into_iter().map(|gene| gene.symbol).collect()),
            _ => None,
        }
    }

    #[test]
    fn one_repeat_or_several() {
        assert_eq!(symbols("FMR1 STR").unwrap(), ["FMR1"]);
        assert_eq!(symbols("FMR1 STR; AFF2 STR").unwrap(), ["FMR1", "AFF2"]);
        assert_eq!(symbols("ATXN1, ATXN2 and C9orf72 STRs").unwrap(), ["ATXN1", "ATXN2", "C9orf72"]);
    }

    #[test]
    fn a_gene_beside_a_repeat_is_not_taken_for_one() {
        for text in ["GENEA; FMR1 STR", "FMR1 STR; GENEA", "FMR1", "STR"] {
            assert_eq!(symbols(text), None, "{text}");
        }
    }
}
