//! Faults that were found in names and terms, each by name, on small made-up transcripts and on both strands.

use ithaca::annotate::haplotype::{Behind, Haplotypes, Member, Sequences};
use ithaca::model::allele::Allele;
use ithaca::model::contig::ContigId;
use ithaca::model::remark::TranscriptRemark;
use ithaca::model::transcript::{Exon, OwnBase, Strand};
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::Transcripts;

use super::hard_cases::{Case, says};
use super::oracle;

fn bare(name: Option<&String>) -> &str {
    name.map_or("", |n| n.split_once(':').unwrap().1)
}

/// What changes on one copy do together, group by group, the same on both strands. Each change is its place in the
/// picture, the bases removed and the bases put in.
fn on_one_copy(picture: &str, changes: &[(usize, &str, &str)]) -> Vec<String> {
    let answers = [Strand::Forward, Strand::Reverse].map(|strand| {
        let case = Case::new(picture, strand);
        let length = case.genome.len();
        let genome = Genome::from_sequences(vec![(case.contig, case.genome.into_bytes())]);
        let transcripts = Transcripts::from_records(Vec::new(), vec![case.transcript]);
        let members: Vec<Member> = changes
            .iter()
            .map(|&(at, removed, inserted)| {
                let (start, removed, inserted) = match strand {
                    Strand::Forward => (at, removed.to_owned(), inserted.to_owned()),
                    Strand::Reverse => {
                        (length - at - removed.len(), oracle::turned(removed), oracle::turned(inserted))
                    }
                };
                let (reference, alternate) = (removed.into_bytes(), inserted.into_bytes());
                let contig = ContigId(0);
                Member::new(&genome, &Allele { contig, start: start as u32, reference, alternate }).unwrap()
            })
            .collect();
        let engine = Haplotypes::new(&genome, &transcripts);
        let reading = engine.read(0, &members.iter().collect::<Vec<_>>(), &mut Sequences::default());
        let told = |group: &ithaca::annotate::haplotype::Group| {
            let mut out = format!(
                "{:?} {} {} {}",
                group.members,
                group.outcome.terms.joined(),
                bare(group.hgvsc.as_ref()),
                bare(group.hgvsp.as_ref())
            );
            if group.restores_frame {
                out.push_str(" restores_frame");
            }
            if matches!(group.behind, Some(Behind::Stop(_))) {
                out.push_str(" behind_stop");
            }
            out
        };
        reading.groups.iter().map(told).collect::<Vec<_>>()
    });
    assert_eq!(answers[0], answers[1], "strands differ");
    answers[0].clone()
}

/// Terms and `p.` on a mitochondrial contig, the same on both strands.
fn mitochondrial(picture: &str, at: usize, removed: &str, inserted: &str) -> String {
    let answers = [Strand::Forward, Strand::Reverse].map(|strand| {
        let mut case = Case::new(picture, strand);
        case.contig = "chrM".to_owned();
        let told = case.change(at, removed, inserted);
        format!("{} {}", told.terms.joined(), bare(told.hgvsp.as_ref()))
    });
    assert_eq!(answers[0], answers[1], "strands differ");
    answers[0].clone()
}

/// M A A V A A and a stop of TA and the poly(A) tail; the start codon is ATT.
const MITOCHONDRIAL: &str = ".....[ATTGCTGCCGTCGCAGCTTA]......";

#[test]
fn a_stop_codon_that_the_tail_finishes_is_lost_by_a_substitution_too() {
    let told = |at, old, new| mitochondrial(MITOCHONDRIAL, at, old, new);
    assert_eq!(told(23, "T", "C"), "stop_lost p.(Ter7GlnextTer?)");
    assert_eq!(told(23, "T", "A"), "stop_lost p.(Ter7LysextTer?)");
    assert_eq!(told(24, "A", "G"), "stop_lost p.(Ter7TrpextTer?)");
    assert_eq!(told(24, "A", "T"), "stop_lost p.(Ter7LeuextTer?)");
    // AG and the tail's A are a stop as well, and so is the T that is left of TA.
    assert_eq!(told(23, "TA", "AG"), "stop_retained_variant p.(Ter7=)");
    assert_eq!(told(24, "A", ""), "stop_retained_variant p.(Ter7=)");
    assert_eq!(told(24, "", "C"), "frameshift_variant&stop_lost p.(Ter7SerextTer?)");
    let one_base = MITOCHONDRIAL.replace("GCTTA]", "GCTT]");
    assert_eq!(mitochondrial(&one_base, 23, "T", "C"), "stop_lost p.(Ter7GlnextTer?)");
    // On a nuclear contig the codon is unfinished, and nothing is known of its end.
    assert!(says(MITOCHONDRIAL, 23, "T", "C").starts_with("coding_sequence_variant"));
}

#[test]
fn another_initiator_of_the_mitochondrial_code_is_read_as_methionine() {
    let told = |at, old, new| mitochondrial(MITOCHONDRIAL, at, old, new);
    assert_eq!(told(7, "T", "C"), "start_retained_variant&synonymous_variant p.(Met1=)");
    assert_eq!(told(7, "T", "A"), "start_retained_variant&synonymous_variant p.(Met1=)");
    assert_eq!(told(7, "T", "G"), "start_retained_variant&synonymous_variant p.(Met1=)");
    assert_eq!(told(5, "A", "G"), "start_lost p.(Met1?)", "GTT is none");
    // ATC, then TGC: the first residue that changes is the second.
    assert_eq!(told(7, "", "C"), "frameshift_variant&start_retained_variant p.(Ala2CysfsTer?)");
    let atg = MITOCHONDRIAL.replace("[ATT", "[ATG");
    assert_eq!(mitochondrial(&atg, 5, "A", "G"), "start_retained_variant&synonymous_variant p.(Met1=)");
    assert_eq!(mitochondrial(&atg, 7, "G", "C"), "start_retained_variant&synonymous_variant p.(Met1=)");
    // Nowhere else, and in no nuclear gene.
    assert!(mitochondrial(&atg, 14, "G", "A").ends_with("missense_variant p.(Val4Ile)"));
    let nuclear = atg.replace("GCTTA]", "GCTTAA]");
    assert_eq!(says(&nuclear, 7, "G", "C"), "start_lost c.3G>C p.(Met1?)");
}

#[test]
fn two_changes_that_make_another_initiator_keep_the_start() {
    let mut case = Case::new(MITOCHONDRIAL, Strand::Forward);
    case.contig = "chrM".to_owned();
    let genome = Genome::from_sequences(vec![(case.contig, case.genome.into_bytes())]);
    let transcripts = Transcripts::from_records(Vec::new(), vec![case.transcript]);
    let members = [(5, "A", "G"), (7, "T", "G")].map(|(start, old, new)| {
        let (reference, alternate) = (old.as_bytes().to_vec(), new.as_bytes().to_vec());
        Member::new(&genome, &Allele { contig: ContigId(0), start, reference, alternate }).unwrap()
    });
    let engine = Haplotypes::new(&genome, &transcripts);
    let reading = engine.read(0, &members.iter().collect::<Vec<_>>(), &mut Sequences::default());
    let group = &reading.groups[0];
    assert_eq!(group.outcome.terms.joined(), "start_retained_variant&synonymous_variant");
    assert_eq!(bare(group.hgvsp.as_ref()), "p.(Met1=)");
}

/// M A A V A A A V A A A *, with a 3'UTR that holds T runs and a stop in another frame.
const LONG_UTR: &str = "..........CCACC[ATGGCTGCCGTCGCAgtaagtccttttcctttcctttttttcagGCTGCCGTCGCTGCAGCATAA]CCTGTTTAACCGCTGCCGATGACCTGCC..........";

#[test]
fn a_frame_restored_behind_the_old_stop_is_not_restored() {
    // One base more in Ala3, one less in the 3'UTR: the old stop is passed in another frame.
    let insertion = (20, "", "T");
    assert_eq!(
        on_one_copy(LONG_UTR, &[insertion, (84, "T", "")]),
        ["[0, 1] frameshift_variant c.[6dup;*7del] p.(Ala3CysfsTer13)"]
    );
    assert_eq!(
        on_one_copy(LONG_UTR, &[insertion, (87, "A", "")]),
        ["[0, 1] frameshift_variant c.[6dup;*9del] p.(Ala3CysfsTer?)"]
    );
    // In front of the stop codon it is restored, also by a change that may be written within the stop codon.
    let in_time = on_one_copy(LONG_UTR, &[insertion, (73, "A", "")]);
    assert!(in_time[0].ends_with("restores_frame") && !in_time[0].contains("fs"), "{in_time:?}");
    let picture = "..........CCACC[ATGGCTGCCGTCGCTTAA]CCTGCC..........";
    let at_the_stop = on_one_copy(picture, &[(20, "", "T"), (30, "T", "")]);
    assert!(at_the_stop[0].ends_with("restores_frame") && !at_the_stop[0].contains("fs"), "{at_the_stop:?}");
}

#[test]
fn a_change_of_a_splice_site_does_not_cut_a_compound_in_two() {
    let picture = "..........CCACC[ATGGCTGCCGTCGCAgtaagtccttttcctttcctttttttcagGCTGCCGTCGCTGAAGCATAA]CCTGACCTAGCC..........";
    let apart = [(20, "", "T"), (63, "C", "")];
    let together = on_one_copy(picture, &apart);
    assert_eq!(together.len(), 1);
    assert!(together[0].starts_with("[0, 1]") && together[0].ends_with("restores_frame"), "{together:?}");
    for (at, old, new) in [(30, "G", "A"), (30, "G", ""), (32, "A", "C"), (44, "T", "A"), (58, "G", "C")] {
        let with_neighbour = on_one_copy(picture, &[apart[0], apart[1], (at, old, new)]);
        assert_eq!(with_neighbour, together, "{old}>{new} at {at}");
    }
    // What removes bases of exon and intron is still unreadable.
    let unreadable = on_one_copy(picture, &[apart[0], apart[1], (29, "AG", "")]);
    assert!(unreadable.len() > 1, "{unreadable:?}");
}

/// M A * V A *: a stop inside, not marked as selenocysteine.
const INTERNAL_STOP: &str = "..........[ATGGCTTGAGTCGCATAA]CCCTGACCCC";

#[test]
fn an_internal_stop_gives_no_malformed_protein_name() {
    let told = |at, old, new| says(INTERNAL_STOP, at, old, new);
    assert_eq!(told(17, "G", "A"), "stop_retained_variant c.8G>A p.(Ter3=)");
    assert_eq!(told(16, "", "TAA"), "stop_retained_variant c.7_8insAAT p.(Ter3=)");
    assert_eq!(told(16, "TGA", "TAG"), "stop_retained_variant c.8_9delinsAG p.(Ter3=)");
    // What takes it away is named to the next stop; behind it the annotation is believed.
    assert_eq!(told(16, "T", "C"), "stop_lost c.7T>C p.(Ter3ArgextTer3)");
    assert_eq!(told(16, "TGA", ""), "inframe_deletion&stop_lost c.7_9del p.(Ter3ValextTer2)");
    assert_eq!(told(20, "T", "C"), "missense_variant c.11T>C p.(Val4Ala)");
    assert_eq!(told(13, "GCTTGA", "GTTCGA"), "stop_lost c.5_7delinsTTC p.?");
    assert_eq!(told(13, "GCT", ""), "inframe_deletion c.4_6del p.(Ala2del)");
}

#[test]
fn a_stop_behind_a_cut_annotation_is_no_frameshift_with_its_stop_at_once() {
    // M A V F and two bases of a codon that the annotation cuts.
    for strand in [Strand::Forward, Strand::Reverse] {
        let mut case = Case::new("..........[ATGGCTGTCTTTAA]...", strand);
        case.transcript.coding.as_mut().unwrap().end_incomplete = true;
        let told = case.change(21, "", "C");
        assert_eq!(bare(told.hgvsc.as_ref()), "c.11_12insC");
        assert_eq!(bare(told.hgvsp.as_ref()), "p.?");
        assert!(told.terms.joined().contains("frameshift_variant"), "{}", told.terms.joined());
    }
}

#[test]
fn a_replacement_with_an_early_stop_names_no_residue_behind_it() {
    // F F F: GTAGG for the last base of the first, the second and the first base of the third.
    let picture = "..........[ATGTTTTTTTTTGCATAA]CCC";
    assert_eq!(
        says(picture, 15, "TTTTT", "GTAGG"),
        "stop_gained c.6_10delinsGTAGG p.(Phe2_Phe3delinsLeuTer)"
    );
}

/// ATG GCT GCC [GTC] GCA GCT TAA: the transcript has three bases, GTC, that the genome lacks.
fn with_three_bases_more(strand: Strand) -> Case {
    let mut case = Case::new("..........[ATGGCTGCCGCAGCTTAA]..........", strand);
    split_exon(&mut case, 9, 0, 3);
    let own = [(9, b'G'), (10, b'T'), (11, b'C')];
    case.transcript.own_bases = own.map(|(offset, base)| OwnBase { offset, base: u32::from(base) }).to_vec();
    case
}

/// Cuts the only exon `before` bases from its start into two blocks: the transcript lacks `lacking` bases of the genome
/// there and has `more` of its own.
fn split_exon(case: &mut Case, before: u32, lacking: u32, more: u32) {
    let Exon { start, end, .. } = case.transcript.exons[0];
    let second = before + more;
    case.transcript.exons = match case.transcript.strand {
        Strand::Forward => vec![
            Exon { start, end: start + before, cdna_start: 0 },
            Exon { start: start + before + lacking, end, cdna_start: second },
        ],
        Strand::Reverse => vec![
            Exon { start: end - before, end, cdna_start: 0 },
            Exon { start, end: end - before - lacking, cdna_start: second },
        ],
    };
    let coding = case.transcript.coding.as_mut().unwrap();
    coding.cds.end = coding.cds.end + more - lacking;
}

const DIFFERS: TranscriptRemark = TranscriptRemark::DiffersFromGenome;

#[test]
fn insertions_beside_bases_that_the_genome_lacks_have_names_on_the_transcript() {
    for strand in [Strand::Forward, Strand::Reverse] {
        let case = with_three_bases_more(strand);
        let told = |at: usize, old: &str, new: &str| {
            let told = case.change(at, old, new);
            assert!(told.flags.contains(&DIFFERS), "{:?}", told.flags);
            format!("{} {}", bare(told.hgvsc.as_ref()), bare(told.hgvsp.as_ref()))
        };
        assert_eq!(told(17, "", "CCGC"), "c.14_15insCCGC p.(Ala6ArgfsTer?)");
        assert_eq!(told(17, "", "CCG"), "c.12_14dup p.(Ala6dup)");
        // At the place itself: behind the bases that only the transcript has.
        assert_eq!(told(19, "", "TT"), "c.12_13insTT p.(Ala5LeufsTer?)");
        assert_eq!(told(19, "", "TA"), "c.12_13insTA p.(Ala5Ter)");
        // As a copy of the bases before it, in part at least, it stands with them.
        assert_eq!(told(19, "", "CC"), "c.8_9dup p.(Val4ProfsTer?)");
        assert_eq!(told(19, "", "TC"), "c.9_10insTC p.(Val4SerfsTer?)");
        // What is no copy on the genome may be one on the transcript.
        assert_eq!(told(20, "", "TCG"), "c.11_13dup p.(Val4dup)");
        assert_eq!(told(17, "C", "T"), "c.8C>T p.(Ala3Val)");
    }
}

#[test]
fn bases_that_the_transcript_lacks_have_no_name_on_it_and_are_no_intron() {
    for strand in [Strand::Forward, Strand::Reverse] {
        // ATG GCT [GCC] GCA GCT TAA: the transcript lacks GCC.
        let mut case = Case::new("..........[ATGGCTGCCGCAGCTTAA]..........", strand);
        split_exon(&mut case, 6, 3, 0);
        case.transcript.own_bases = vec![OwnBase { offset: 6, base: OwnBase::LACKING }];
        let told = |at: usize, old: &str, new: &str| {
            let told = case.change(at, old, new);
            assert!(told.flags.contains(&DIFFERS), "{:?}", told.flags);
            assert_eq!((told.exon.map(|n| n.to_string()).as_deref(), told.intron), (Some("1/1"), None));
            let names = [bare(told.hgvsc.as_ref()), bare(told.hgvsp.as_ref())].join(" ");
            format!("{} {names}", told.terms.joined())
        };
        for (at, old, new) in
            [(16, "G", "A"), (18, "C", ""), (17, "", "T"), (16, "", "A"), (19, "", "T"), (17, "CCG", "")]
        {
            assert_eq!(told(at, old, new), "coding_sequence_variant  p.?", "{old}>{new} at {at}");
        }
        // Where a change can be written beside them it is.
        assert_eq!(told(15, "", "T"), "frameshift_variant c.6dup p.(Ala3CysfsTer?)");
        // Directly beside them, on either side, and over all of them.
        assert_eq!(told(15, "T", "C"), "synonymous_variant c.6T>C p.(Ala2=)");
        assert_eq!(told(20, "C", "T"), "missense_variant c.8C>T p.(Ala3Val)");
        assert_eq!(told(15, "TGCCG", ""), "coding_sequence_variant c.6_7del p.?");
        // A gap of the length of an intron has no splice sites either.
        let long = format!("..........[ATGGCT{}GCAGCTTAA]..........", "GCCGAT".repeat(10));
        let mut case = Case::new(&long, strand);
        split_exon(&mut case, 6, 60, 0);
        case.transcript.own_bases = vec![OwnBase { offset: 6, base: OwnBase::LACKING }];
        let first = case.change(16, "G", "A");
        assert_eq!((first.terms.joined().as_str(), first.hgvsc), ("coding_sequence_variant", None));
    }
}
