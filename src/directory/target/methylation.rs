//! Methylation and imprinting: `GNAS DMRs`, `MLH1 hypermethylation`.

use super::{Recognised, genes, items};
use crate::model::directory::TestTarget;

pub(super) fn recognise(text: &str) -> Option<Recognised> {
    let items = items::split(text);
    let (last, before) = items.split_last()?;
    if !is_methylation(last) {
        return None;
    }
    let plural = last.to_lowercase().split_whitespace().next_back().is_some_and(|word| word.ends_with('s'));
    let rest_fits = before.iter().all(|item| is_methylation(item) || (plural && genes::is_symbol(item)));
    rest_fits.then(|| Recognised::plain(TestTarget::Imprinting(text.to_owned())))
}

fn is_methylation(item: &str) -> bool {
    let folded = item.to_lowercase();
    let words = || folded.split(|c: char| !c.is_alphanumeric());
    words().any(|word| word.ends_with("dmr") || word.ends_with("dmrs") || word.contains("methylation"))
        || words().any(|word| word == "upd" || word == "imprinting")
        || folded.contains("uniparental disomy")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_and_methylation_but_no_genes_beside_them() {
        for text in
            ["GNAS DMRs", "MLH1 hypermethylation", "H19 DMR; KCNQ1OT1 DMR", "H19 and KCNQ1OT1 DMRs", "KvDMR"]
        {
            let target = recognise(text).map(|recognised| recognised.target);
            assert_eq!(target, Some(TestTarget::Imprinting(text.to_owned())));
        }
        for text in ["MLH1; MSH2; MLH1 hypermethylation", "MLH1 hypermethylation; MSH2", "GNAS"] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }
}
