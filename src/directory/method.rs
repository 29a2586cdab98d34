//! Test methods in the Directory's words, grouped into families.

/// A family of test methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MethodFamily {
    /// `WGS`.
    WholeGenome,
    /// `WES`, alone or `WES or Large Panel`.
    ExomeOrPanel,
    /// `Small panel`, `Medium panel`.
    Panel,
    /// `Single gene sequencing >=10 amplicons`.
    SingleGene,
    /// `Exon level CNV detection by MLPA or equivalent`, `MLPA or equivalent`.
    ExonCopyNumber,
    /// `Targeted variant testing`.
    TargetedVariant,
    /// Any other method of the list, such as `Microarray` or `Karyotype`.
    NotSequencing,
    /// `Other`.
    Other,
}

/// The family of a method; `None` where its words are not known.
pub fn family(raw: &str) -> Option<MethodFamily> {
    let text =
        super::target::plain_dashes(&raw.split_whitespace().collect::<Vec<_>>().join(" ")).to_lowercase();
    let text = text.trim_end_matches(['.', ';', ',']);
    let sizes = ["small", "medium", "large"];
    let panels = ["panel", "penel"];
    let is_panel = |text: &str| {
        let text = text.strip_suffix(" - deep sequencing").unwrap_or(text);
        text.split_once(' ').is_some_and(|(size, panel)| sizes.contains(&size) && panels.contains(&panel))
    };
    match text {
        "wgs" => return Some(MethodFamily::WholeGenome),
        "wes" => return Some(MethodFamily::ExomeOrPanel),
        "other" => return Some(MethodFamily::Other),
        _ => {}
    }
    if text.strip_prefix("wes or ").is_some_and(is_panel) {
        return Some(MethodFamily::ExomeOrPanel);
    }
    if is_panel(text) {
        return Some(MethodFamily::Panel);
    }
    if text.starts_with("single gene sequencing") || text.starts_with("single gene testing") {
        return Some(MethodFamily::SingleGene);
    }
    if text.ends_with("mlpa or equivalent") {
        return Some(MethodFamily::ExonCopyNumber);
    }
    if text == "targeted variant testing" {
        return Some(MethodFamily::TargetedVariant);
    }
    const OTHERS: [&str; 14] = [
        "microarray",
        "str testing",
        "confirmatory str testing",
        "methylation testing",
        "nipd",
        "karyotype",
        "fish",
        "upd testing",
        "dna repair defect testing",
        "linkage analysis",
        "identity testing",
        "x-inactivation testing",
        "common aneuploidy testing",
        "common aneuploidy",
    ];
    OTHERS.contains(&text).then_some(MethodFamily::NotSequencing)
}

/// False for a method that is known to answer something other than small variants by sequencing.
pub fn is_sequencing(raw: &str) -> bool {
    !matches!(family(raw), Some(MethodFamily::ExonCopyNumber | MethodFamily::NotSequencing))
}
