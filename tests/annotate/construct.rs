//! What a record does to one transcript, worked out from strings alone, and whether a set of terms can be true of
//! it: the proof behind each row in which VEP and the engine differ.
//!
//! The definitions are those of the Sequence Ontology: SO:0001578 `stop_lost` and SO:0001567 `stop_retained` (a base
//! of the terminator codon is changed; the protein becomes longer, or the terminator stays), SO:0002012 `start_lost`
//! and SO:0002019 `start_retained`, SO:0001821 `inframe_insertion` (non-synonymous, in frame), SO:0001574, 0001575,
//! 0001630, 0001787, 0002169, 0002170 (windows around splice sites), SO:0001623 and 0001624 (untranslated regions).

use std::collections::BTreeSet;

use ithaca::model::allele::Allele;
use ithaca::model::transcript::Strand;
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::TranscriptView;

use super::oracle;

/// The facts, in the direction of transcription and for the place where the record writes the change.
pub struct Facts {
    /// Terms that are true by definition, of those that this construction can judge.
    pub holds: BTreeSet<&'static str>,
    /// Terms that are false by definition.
    pub fails: BTreeSet<&'static str>,
}

/// True where the terms say nothing false, contradict each other nowhere, and leave out nothing severe that is true.
pub fn can_be_true(facts: &Facts, terms: &BTreeSet<&str>) -> bool {
    let contradiction = [["start_lost", "start_retained_variant"], ["stop_lost", "stop_retained_variant"]];
    terms.iter().all(|term| !facts.fails.contains(term))
        && facts.holds.iter().all(|term| terms.contains(term))
        && contradiction.iter().all(|pair| !pair.iter().all(|term| terms.contains(term)))
}

/// Works the facts out. `start_annotated` is false where the annotation does not reach the start codon.
pub fn facts(genome: &Genome, view: &TranscriptView<'_>, allele: &Allele, start_annotated: bool) -> Facts {
    let mut facts = Facts { holds: BTreeSet::new(), fails: BTreeSet::new() };
    let (start, removed, inserted) = shortest_from_the_front(allele);
    let end = start + removed.len() as i64;
    let changed: Vec<i64> = if removed.len() == inserted.len() {
        (0..removed.len()).filter(|&i| removed[i] != inserted[i]).map(|i| start + i as i64).collect()
    } else {
        (start..end).collect()
    };
    let mut exons: Vec<(i64, i64)> =
        view.exons.iter().map(|e| (i64::from(e.start), i64::from(e.end))).collect();
    exons.sort_unstable();
    splice(&mut facts, view.strand, &exons, &changed, (removed.is_empty()).then_some(start));
    if let Some(coding) = &view.coding {
        let cds = (coding.cds.start as usize, coding.cds.end as usize);
        let near = |&(s, e): &(i64, i64)| s <= end && start <= e;
        if !exons.iter().any(near) && start >= exons[0].0 {
            return facts;
        }
        let offsets: Vec<i64> = exons.iter().flat_map(|&(s, e)| s..e).collect();
        let forward: String = offsets.iter().map(|&at| genome.base(view.contig, at as u32) as char).collect();
        let change = Change { start, end, inserted: &inserted };
        reading(
            &mut facts,
            &forward,
            &offsets,
            view.strand,
            (cds, usize::from(coding.phase)),
            &change,
            start_annotated,
        );
    }
    facts
}

/// The record without the bases that both alleles share: first those in front, then those behind.
fn shortest_from_the_front(allele: &Allele) -> (i64, Vec<u8>, Vec<u8>) {
    let (mut r, mut a) = (allele.reference.clone(), allele.alternate.clone());
    let mut start = i64::from(allele.start);
    while !r.is_empty() && !a.is_empty() && r[0] == a[0] {
        r.remove(0);
        a.remove(0);
        start += 1;
    }
    while !r.is_empty() && !a.is_empty() && r.last() == a.last() {
        r.pop();
        a.pop();
    }
    (start, r, a)
}

/// Windows of each intron, in intron bases counted from 1 at the donor and from 1 at the acceptor.
fn splice(facts: &mut Facts, strand: Strand, exons: &[(i64, i64)], changed: &[i64], insertion: Option<i64>) {
    if insertion.is_some() {
        return;
    }
    let mut touched: BTreeSet<&'static str> = BTreeSet::new();
    let mut exonic = false;
    for &at in changed {
        exonic |= exons.iter().any(|&(s, e)| s <= at && at < e);
        for pair in exons.windows(2) {
            let (first, last) = (pair[0].1, pair[1].0 - 1);
            if last - first < 13 {
                continue;
            }
            // 1 is the intron's first base, 0 the exon's last; likewise from the other end.
            let (d, a) = match strand {
                Strand::Forward => (at - first + 1, last - at + 1),
                Strand::Reverse => (last - at + 1, at - first + 1),
            };
            let length = last - first + 1;
            let mut add = |term, holds: bool| {
                if holds {
                    touched.insert(term);
                }
            };
            add("splice_donor_variant", (1..=2).contains(&d));
            add("splice_acceptor_variant", (1..=2).contains(&a));
            add("splice_donor_5th_base_variant", d == 5);
            add("splice_donor_region_variant", (3..=6).contains(&d));
            add("splice_polypyrimidine_tract_variant", (3..=17).contains(&a) && d >= 3);
            add(
                "splice_region_variant",
                (-2..=0).contains(&d)
                    || (3..=8).contains(&d)
                    || (-2..=0).contains(&a)
                    || (3..=8).contains(&a),
            );
            add("intron_variant", d >= 3 && a >= 3 && d <= length);
        }
    }
    let all = [
        "splice_donor_variant",
        "splice_acceptor_variant",
        "splice_donor_5th_base_variant",
        "splice_donor_region_variant",
        "splice_polypyrimidine_tract_variant",
        "splice_region_variant",
        "intron_variant",
    ];
    // The convention by which a closer window replaces a wider one.
    if touched.contains("splice_donor_5th_base_variant") {
        touched.remove("splice_donor_region_variant");
    }
    if all[..4].iter().any(|term| touched.contains(term)) {
        touched.remove("splice_region_variant");
    }
    if exonic {
        touched.remove("splice_polypyrimidine_tract_variant");
    }
    for term in all {
        if touched.contains(term) {
            facts.holds.insert(term);
        } else {
            facts.fails.insert(term);
        }
    }
}

/// Terms that say that the protein changes.
const CHANGES: [&str; 7] = [
    "frameshift_variant",
    "inframe_deletion",
    "inframe_insertion",
    "missense_variant",
    "protein_altering_variant",
    "stop_gained",
    "stop_lost",
];

struct Change<'a> {
    start: i64,
    end: i64,
    inserted: &'a [u8],
}

/// What becomes of start, stop and frame. `forward` are the exon bases in genomic order, `offsets` where they lie.
fn reading(
    facts: &mut Facts,
    forward: &str,
    offsets: &[i64],
    strand: Strand,
    (cds, phase): ((usize, usize), usize),
    change: &Change<'_>,
    start_annotated: bool,
) {
    let old = match strand {
        Strand::Forward => forward.to_owned(),
        Strand::Reverse => oracle::turned(forward),
    };
    // The bases of the transcript in order, each with its genomic offset; those removed are left out, and the new
    // ones stand where the first removed one stood, or in front of the base they precede.
    let (five, three) = match strand {
        Strand::Forward => (cds.0, old.len() - cds.1),
        Strand::Reverse => (old.len() - cds.1, cds.0),
    };
    let left_touched = offsets[..five].iter().any(|&at| change.start <= at && at < change.end);
    let right_touched =
        offsets[offsets.len() - three..].iter().any(|&at| change.start <= at && at < change.end);
    let insertion = change.start == change.end;
    let (utr5, utr3) = match strand {
        Strand::Forward => (left_touched, right_touched),
        Strand::Reverse => (right_touched, left_touched),
    };
    if !insertion {
        for (term, touched) in [("5_prime_UTR_variant", utr5), ("3_prime_UTR_variant", utr3)] {
            if touched {
                facts.holds.insert(term)
            } else {
                facts.fails.insert(term)
            };
        }
    }
    let coding: Vec<i64> = match strand {
        Strand::Forward => offsets[cds.0..cds.1].to_vec(),
        Strand::Reverse => {
            offsets[offsets.len() - cds.1..offsets.len() - cds.0].iter().rev().copied().collect()
        }
    };
    let removed_at = |i: usize| change.start <= coding[i] && coding[i] < change.end;
    let outside = change.start < offsets[0] || change.end > offsets[offsets.len() - 1] + 1;
    let start_touched = (0..3).any(removed_at);
    let stop_touched = (coding.len() - 3..coding.len()).any(removed_at);
    if outside {
        if start_touched && start_annotated {
            facts.holds.insert("start_lost");
        }
        if stop_touched {
            facts.holds.insert("stop_lost");
        }
        return;
    }
    let exonic = offsets.iter().filter(|&&at| change.start <= at && at < change.end).count() as i64;
    if exonic != change.end - change.start {
        return;
    }
    let behind = offsets.iter().position(|&at| at >= change.start).unwrap_or(offsets.len());
    let inserted = String::from_utf8_lossy(change.inserted);
    let new = format!("{}{inserted}{}", &forward[..behind], &forward[behind + exonic as usize..]);
    let new = match strand {
        Strand::Forward => new,
        Strand::Reverse => oracle::turned(&new),
    };
    let gain = change.inserted.len() as i64 - exonic;
    // Boundaries between spliced bases in the direction of transcription.
    let (from, to) = match strand {
        Strand::Forward => (behind, behind + exonic as usize),
        Strand::Reverse => (old.len() - behind - exonic as usize, old.len() - behind),
    };
    let first = cds.0 + phase;
    let old_protein = oracle::translate(&old[first..cds.1], false);
    if !start_annotated {
        facts.fails.extend(["start_lost", "start_retained_variant"]);
        if from < first + 3 {
            return;
        }
    } else if insertion && from <= cds.0 {
        return;
    } else if from < cds.0 + 3 && to > cds.0 {
        let whole = new.ends_with(&old[cds.0..]);
        let in_place = new.get(cds.0..cds.0 + 3) == Some(&old[cds.0..cds.0 + 3]);
        if whole || (in_place && from >= cds.0) {
            facts.fails.insert("start_lost");
        } else if in_place {
            // A start codon stands at the old place by chance: not judged.
            return;
        } else {
            facts.fails.insert("start_retained_variant");
            facts.holds.insert("start_lost");
            return;
        }
        if whole && !in_place {
            facts.fails.extend(CHANGES);
            return;
        }
    }
    let new_protein = oracle::translate(new.get(first..).unwrap_or_default(), false);
    let stop_changed = from < cds.1 && to > cds.1 - 3 && (!insertion || from > cds.1 - 3);
    if new_protein == old_protein {
        facts.fails.extend(CHANGES);
        if stop_changed {
            facts.holds.insert("stop_retained_variant");
        }
        return;
    }
    let inside = from >= cds.0 && to <= cds.1;
    let moved = if inside && gain % 3 == 0 { gain / 3 } else { 0 };
    let longer =
        new_protein.len() > old_protein.len() && new_protein.len() as i64 != old_protein.len() as i64 + moved;
    if !stop_changed {
        facts.fails.extend(["stop_lost", "stop_retained_variant"]);
    } else if !new_protein.ends_with('*') || longer {
        facts.holds.insert("stop_lost");
        facts.fails.insert("stop_retained_variant");
    }
    if gain % 3 != 0 {
        facts.fails.extend([
            "inframe_insertion",
            "inframe_deletion",
            "missense_variant",
            "protein_altering_variant",
        ]);
    }
    if inside && gain % 3 == 0 {
        facts.fails.insert("frameshift_variant");
        if new_protein.ends_with('*')
            && (new_protein.len() as i64)
                < (old_protein.len() as i64 + gain / 3).min(old_protein.len() as i64)
        {
            facts.holds.insert("stop_gained");
        }
    }
}
