use super::*;
use crate::plan::tests::world::transcripts;

#[test]
fn only_genes_with_identity_and_transcript_are_there() {
    let (store, contigs) = transcripts();
    let choices = TranscriptChoices::of(&store, &contigs);
    assert!(choices.has(HgncId(4)) && !choices.has(HgncId(6)));
    assert_eq!(choices.get(HgncId(4)).unwrap().reason, Reason::LongestNonCoding);
    assert_eq!(choices.mitochondrial().collect::<Vec<_>>(), [HgncId(5)]);
}

#[test]
fn reasons_stand_in_the_order_of_preference() {
    let order = [
        Reason::Override,
        Reason::ManeSelect,
        Reason::ManePlusClinical,
        Reason::Canonical,
        Reason::LongestCoding,
        Reason::LongestNonCoding,
    ];
    assert!(order.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn the_laboratory_goes_first_and_what_the_bundle_lacks_is_said() {
    let (store, contigs) = transcripts();
    let text = "HGNC:1\tENST1.1\nHGNC:2\tENST2\nHGNC:3\tENST3.9\nHGNC:4\tENST1.1\n";
    let overrides = TranscriptOverrides::parse(text).unwrap();
    let choices = TranscriptChoices::of(&store, &contigs).overridden(&overrides, &store);
    let choice = |id| choices.get(HgncId(id)).unwrap();
    assert_eq!(
        (choice(1).accession.as_str(), choice(1).words().as_str()),
        ("ENST1.1", "chosen by the laboratory")
    );
    assert_eq!((choice(2).accession.as_str(), choice(2).reason), ("ENST2.1", Reason::Override));
    // Another version, and a transcript of another gene, are not what was asked for.
    assert_eq!(choice(3).accession, "ENST3.2");
    assert!(choice(3).words().contains("own choice, ENST3.9, is not among"), "{}", choice(3).words());
    assert_eq!((choice(4).accession.as_str(), choice(4).reason), ("ENST4.1", Reason::LongestNonCoding));
}
