use super::*;
use crate::model::consequence::{Term, Terms};

/// Every remark there is; of those with a value, every value of theirs that changes the words.
fn all() -> Vec<Remark> {
    let mut all = vec![Remark::ProbandNotShownToCarry];
    all.extend(FamilyRemark::ALL.map(Remark::from));
    all.extend(TierRemark::ALL.map(Remark::from));
    let terms: Terms = [Term::SpliceDonor, Term::FivePrimeUtr].into_iter().collect();
    let mut on_transcript = vec![
        TranscriptRemark::PlacementDependent(terms),
        TranscriptRemark::PlacementAlso(terms),
        TranscriptRemark::DiffersFromGenome,
    ];
    for context in [KozakContext::Strong, KozakContext::Moderate, KozakContext::Weak] {
        for leads in [UpstreamLeads::OverlapsCds, UpstreamLeads::InFrame, UpstreamLeads::StopsBefore] {
            let frame = UpstreamFrame { leads, context };
            on_transcript.push(TranscriptRemark::UpstreamStartGained(frame));
            on_transcript.push(TranscriptRemark::UpstreamStopLost(frame));
        }
    }
    let compound = |restores_frame| {
        InCisEffect::Compound(Compound {
            terms: Terms::of(Term::StopGained),
            hgvsc: Some("NM_000001.1:c.[4A>T;6C>G]".to_owned()),
            hgvsp: Some("NP_000001.1:p.(Lys2Ter)".to_owned()),
            restores_frame,
        })
    };
    let effects = [
        compound(false),
        compound(true),
        InCisEffect::BehindStop,
        InCisEffect::BehindLostStart,
        InCisEffect::BehindUnreadable,
        InCisEffect::Overlap,
        InCisEffect::PossibleCompound,
    ];
    on_transcript.extend(effects.map(|effect| {
        TranscriptRemark::InCis(Box::new(InCis {
            effect,
            samples: vec!["S".to_owned()],
            partners: vec!["7-A-T".to_owned(), "9-C-G".to_owned()],
        }))
    }));
    all.extend(on_transcript.into_iter().map(Remark::from));
    all
}

#[test]
fn what_a_reader_sees_of_every_remark() {
    let found: Vec<String> =
        all().iter().map(|remark| format!("{}: {}\n", remark.name(), remark.words())).collect();
    insta::assert_snapshot!(found.concat());
}

#[test]
fn no_identifier_reaches_a_reader() {
    for remark in all() {
        let words = remark.words();
        assert!(!words.contains('_') && !words.contains('='), "{words}");
        let sentence = words.starts_with(|c: char| c.is_uppercase()) && words.ends_with('.');
        assert!(sentence && !words.contains("  "), "{words}");
    }
}

#[test]
fn a_name_is_what_files_hold() {
    for remark in FamilyRemark::ALL {
        assert_eq!(serde_json::to_value(remark).unwrap(), remark.name());
    }
    for remark in TierRemark::ALL {
        assert_eq!(serde_json::to_value(remark).unwrap(), remark.name());
    }
    for remark in all() {
        let (Remark::Transcript(remark), name) = (&remark, remark.name()) else { continue };
        let written = remark.to_string();
        assert_eq!(written.split('=').next(), Some(name));
        assert_eq!(serde_json::to_value(remark).unwrap(), written.as_str());
    }
}

#[test]
fn what_separates_flags_is_written_in_percent_codes() {
    let in_cis = InCis {
        effect: InCisEffect::Compound(Compound {
            terms: Terms::of(Term::StopGained),
            hgvsc: Some("NM_1.1:c.[4A>T;6C>G]".to_owned()),
            hgvsp: Some("NP_1.1:p.(Lys2=)".to_owned()),
            restores_frame: true,
        }),
        samples: vec!["a;b".to_owned(), "c".to_owned()],
        partners: vec!["7-A-T".to_owned(), "9-C-G".to_owned()],
    };
    assert_eq!(
        TranscriptRemark::InCis(Box::new(in_cis.clone())).to_string(),
        "compound=a%3Bb,c:7-A-T+9-C-G:stop_gained:c.[4A>T%3B6C>G]:p.(Lys2%3D):restores_frame"
    );
    // A reader sees the names as they are.
    assert!(in_cis.words().contains("c.[4A>T;6C>G] p.(Lys2=)"), "{}", in_cis.words());
}

#[test]
fn the_gravest_upstream_frame_comes_first() {
    let frame = |leads, context| UpstreamFrame { leads, context };
    let gravest = [
        frame(UpstreamLeads::StopsBefore, KozakContext::Strong),
        frame(UpstreamLeads::OverlapsCds, KozakContext::Weak),
        frame(UpstreamLeads::OverlapsCds, KozakContext::Moderate),
        frame(UpstreamLeads::InFrame, KozakContext::Strong),
    ]
    .into_iter()
    .min();
    assert_eq!(gravest, Some(frame(UpstreamLeads::OverlapsCds, KozakContext::Moderate)));
}
