//! The classes of difference from VEP 115 that `docs/consequence-ledger.md` argues, as predicates: a difference
//! that fits none of them fails the comparison.

use std::collections::BTreeSet;

/// One row in which VEP and the engine differ.
pub struct Difference<'a> {
    /// Class of the variant: SNV, ins, dup, del, mnv, delins.
    pub class: &'a str,
    /// VEP's terms.
    pub vep: &'a str,
    /// The engine's terms for the placement of the record's own spelling.
    pub as_spelt: &'a str,
    /// True where the transcript's annotation does not reach the start codon.
    pub start_incomplete: bool,
}

const SPLICE: [&str; 7] = [
    "splice_donor_variant",
    "splice_acceptor_variant",
    "splice_region_variant",
    "splice_donor_region_variant",
    "splice_donor_5th_base_variant",
    "splice_polypyrimidine_tract_variant",
    "intron_variant",
];

/// The name of the class in the ledger; `None` for a difference that nobody has argued.
pub fn class_of_terms(row: &Difference<'_>) -> Option<&'static str> {
    if row.as_spelt == row.vep {
        return Some("placement");
    }
    let (vep, ours) = (terms(row.vep), terms(row.as_spelt));
    let changed: BTreeSet<&str> = vep.symmetric_difference(&ours).copied().collect();
    let only = |allowed: &[&str]| changed.iter().all(|term| allowed.contains(term));
    let has = |set: &BTreeSet<&str>, term: &str| set.contains(term);
    if has(&vep, "inframe_insertion") && has(&vep, "stop_retained_variant") {
        return Some("insertion with or at a stop");
    }
    if row.start_incomplete
        && (has(&vep, "start_lost") || only(&["5_prime_UTR_variant", "coding_sequence_variant"]))
    {
        return Some("start not annotated");
    }
    if has(&vep, "start_lost") && only(&["stop_gained"]) {
        return Some("start codon");
    }
    if ["mnv", "delins"].contains(&row.class) && only(&SPLICE) {
        return Some("replacement next to a splice site");
    }
    let start = ["start_lost", "start_retained_variant"];
    if start.iter().any(|term| changed.contains(term)) {
        let with_start = [
            "start_lost",
            "start_retained_variant",
            "frameshift_variant",
            "inframe_deletion",
            "inframe_insertion",
            "coding_sequence_variant",
            "5_prime_UTR_variant",
            "stop_gained",
        ];
        return only(&with_start).then_some("start codon");
    }
    if row.class == "mnv" && ours.contains("stop_gained") && only(&["stop_gained", "missense_variant"]) {
        return Some("stop codon");
    }
    let at_end = [
        "stop_lost",
        "stop_retained_variant",
        "coding_sequence_variant",
        "3_prime_UTR_variant",
        "frameshift_variant",
        "inframe_insertion",
        "protein_altering_variant",
        "splice_region_variant",
    ];
    if vep.contains("stop_retained_variant") && only(&["protein_altering_variant", "frameshift_variant"]) {
        return Some("stop codon");
    }
    if (changed.contains("stop_lost") || changed.contains("stop_retained_variant")) && only(&at_end) {
        return Some("stop codon");
    }
    if has(&vep, "5_prime_UTR_variant") && only(&["5_prime_UTR_variant"]) {
        return Some("untranslated region not touched");
    }
    None
}

/// The class of a difference in `c.` names.
pub fn class_of_c(vep: &str, ours: &str, start_incomplete: bool) -> Option<&'static str> {
    if start_incomplete && !vep.is_empty() && !ours.is_empty() {
        return Some("numbering where the first codon is incomplete");
    }
    if vep.is_empty() && !ours.is_empty() {
        return Some("named inside the transcript after moving");
    }
    None
}

/// The class of a difference in `p.` names from VEP's, where the construction says nothing against ours.
pub fn class_of_p(vep: &str, ours: &str, constructed: &str) -> Option<&'static str> {
    let residues = |name: &str| name.split("fsTer").next().unwrap_or_default().to_owned();
    if constructed == ours {
        return Some("as constructed");
    }
    if vep.contains("fsTer") && ours.contains("fsTer") && residues(vep) == residues(ours) {
        return Some("stop count after the coding sequence");
    }
    if vep.contains("extTer") && ours.contains("extTer") {
        return Some("stop count after the coding sequence");
    }
    if vep.contains('?') && vep.contains('_')
        || ours == "p.Met1?"
        || ours == "p.Met1="
        || vep.contains("Met1")
    {
        return Some("start codon");
    }
    if vep.ends_with('?') && !vep.contains("Ter?") {
        return Some("start codon");
    }
    if ours.ends_with("Ter") && !ours.contains("ins") {
        return Some("immediate stop");
    }
    if vep.contains("Ter") || ours.contains("Ter") {
        return Some("stop codon");
    }
    if vep.ends_with('=') && ours.ends_with('=') {
        return Some("silent over several residues");
    }
    if ours.contains("dup") || ours.contains("ins") || ours.contains("del") {
        return Some("most C-terminal position");
    }
    if ours == "p.?" {
        return Some("cannot be told");
    }
    None
}

fn terms(joined: &str) -> BTreeSet<&str> {
    joined.split('&').collect()
}
