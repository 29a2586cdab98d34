//! Hard cases, each by name, on small made-up transcripts.

use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::annotation::{Annotation, NotEvaluable, TranscriptConsequence};
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::model::gene::Gene;
use ithaca::model::position::Interval;
use ithaca::model::transcript::{Coding, Exon, Strand, Transcript};
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::Transcripts;

use super::oracle;

/// A transcript written down: upper case exon, lower case intron, `[` and `]` around the coding sequence, `.`
/// for bases beside it. Reads in the direction of transcription.
struct Case {
    contig: String,
    genome: String,
    transcript: Transcript,
}

impl Case {
    fn new(picture: &str, strand: Strand) -> Self {
        let mut exons: Vec<(usize, usize)> = Vec::new();
        let (mut bases, mut spliced, mut cds) = (String::new(), 0, (None, None));
        let mut in_exon = false;
        for c in picture.chars().filter(|c| !c.is_whitespace()) {
            match c {
                '[' => cds.0 = Some(spliced),
                ']' => cds.1 = Some(spliced),
                _ => {
                    let exon = c.is_ascii_uppercase();
                    match (in_exon, exon) {
                        (false, true) => exons.push((bases.len(), bases.len() + 1)),
                        (true, true) => exons.last_mut().unwrap().1 += 1,
                        _ => {}
                    }
                    in_exon = exon;
                    spliced += u32::from(exon);
                    bases.push(if c == '.' { 'C' } else { c.to_ascii_uppercase() });
                }
            }
        }
        let length = bases.len();
        let mut offset = 0;
        let exons = exons
            .iter()
            .map(|&(s, e)| {
                let (start, end) = match strand {
                    Strand::Forward => (s, e),
                    Strand::Reverse => (length - e, length - s),
                };
                let exon = Exon { start: start as u32, end: end as u32, cdna_start: offset };
                offset += exon.len();
                exon
            })
            .collect();
        let coding = cds.0.map(|start| Coding {
            cds: Interval::new(start, cds.1.unwrap()),
            phase: 0,
            start_incomplete: false,
            end_incomplete: false,
            selenocysteines: Vec::new(),
            slippage: Vec::new(),
            protein: Some("P".to_owned()),
        });
        let transcript = Transcript {
            accession: "T".to_owned(),
            gene: 0,
            biotype: "protein_coding".to_owned(),
            contig: ContigId(0),
            strand,
            exons,
            coding,
            mane: None,
            canonical: true,
        };
        let genome = if strand == Strand::Forward { bases } else { oracle::turned(&bases) };
        Self { contig: "chr1".to_owned(), genome, transcript }
    }

    fn annotate(&self, start: usize, reference: &str, alternate: &str) -> Annotation {
        let genome = Genome::from_sequences(vec![(self.contig.clone(), self.genome.clone().into_bytes())]);
        let gene = Gene { hgnc_id: None, symbol: "G".to_owned(), source_id: "1".to_owned() };
        let transcripts = Transcripts::from_records(vec![gene], vec![self.transcript.clone()]);
        let allele = Allele {
            contig: ContigId(0),
            start: start as u32,
            reference: reference.as_bytes().to_vec(),
            alternate: alternate.as_bytes().to_vec(),
        };
        let options = Options::new(Assembly::Other("small".to_owned()));
        Annotator::new(&genome, &transcripts, options).annotate(&allele, &mut Scratch::new())
    }

    /// Annotates the change of `removed` at the `at`-th base (0-based) of the picture to `inserted`, both in the
    /// direction of transcription.
    fn change(&self, at: usize, removed: &str, inserted: &str) -> TranscriptConsequence {
        let end = at + removed.len();
        let annotation = match self.transcript.strand {
            Strand::Forward => self.annotate(at, removed, inserted),
            Strand::Reverse => {
                self.annotate(self.genome.len() - end, &oracle::turned(removed), &oracle::turned(inserted))
            }
        };
        assert_eq!(annotation.not_evaluable, None, "{removed} to {inserted} at {at}");
        annotation.consequences.into_iter().next().unwrap()
    }
}

/// The same answer on both strands: terms, `c.` and `p.`, spaces between them.
fn says(picture: &str, at: usize, removed: &str, inserted: &str) -> String {
    let answers = [Strand::Forward, Strand::Reverse].map(|strand| {
        let consequence = Case::new(picture, strand).change(at, removed, inserted);
        let rest =
            |name: Option<String>| name.map_or(String::new(), |n| n.split_once(':').unwrap().1.to_owned());
        format!("{} {} {}", consequence.terms.joined(), rest(consequence.hgvsc), rest(consequence.hgvsp))
    });
    assert_eq!(answers[0], answers[1], "strands differ");
    answers[0].trim_end().to_owned()
}

/// M A P E Q K K F *, the codon of Q split by an intron, and a second intron in the 3'UTR.
/// Offsets: exon 1 at 2..18, intron 18..48, exon 2 at 48..63, intron 63..93, exon 3 at 93..105.
const TWO: &str = "..GG[ATGGCACCGGAACAgtaagtacgatcctgactaacttttcccagGAAAAAGTTTTAA]GCgtaagtacgatcctgactaacttttcccagTCTGACCATAGC..";

#[test]
fn case_01_insertion_exactly_between_exon_and_intron() {
    assert_eq!(
        says(TWO, 18, "", "CC"),
        "frameshift_variant&splice_region_variant c.14_14+1insCC p.(Gln5HisfsTer8)"
    );
}

#[test]
fn case_02_copy_of_the_acceptor_ag_stays_in_front_of_the_exon() {
    assert_eq!(
        says(TWO, 46, "", "AG"),
        "frameshift_variant&splice_region_variant c.15-2_15-1dup p.(Lys6GlyfsTer7)"
    );
}

#[test]
fn case_03_copy_of_the_last_exon_base_that_can_move_into_the_intron() {
    let picture = "..GG[ATGGCACCGGAACAGgtaagtacgatcctgactaacttttcccagAAAAGTTTTAA]GC..";
    assert_eq!(says(picture, 18, "", "G"), "splice_donor_variant c.15+1dup");
}

#[test]
fn case_04_deletion_across_an_exon_edge_has_no_known_protein() {
    assert_eq!(says(TWO, 17, "AG", ""), "coding_sequence_variant&splice_donor_variant c.14_14+1del p.?");
}

#[test]
fn case_06_deletion_of_an_exon_and_of_all() {
    let bases: String =
        TWO.chars().filter(|c| c.is_ascii_alphabetic()).collect::<String>().to_ascii_uppercase();
    assert_eq!(
        says(TWO, 38, &bases[36..70], ""),
        "3_prime_UTR_variant&coding_sequence_variant&intron_variant&splice_acceptor_variant&splice_donor_5th_base_variant&splice_donor_variant c.15-10_*2+9del p.?"
    );
    assert_eq!(says(TWO, 2, &bases, ""), "transcript_ablation c.-2_*14del");
}

#[test]
fn case_07_several_bases_in_one_codon_and_over_two() {
    assert_eq!(says(TWO, 10, "CCG", "TAA"), "stop_gained c.7_9delinsTAA p.(Pro3Ter)");
    assert_eq!(says(TWO, 12, "GG", "AT"), "stop_gained c.9_10delinsAT p.(Glu4Ter)");
    assert_eq!(says(TWO, 9, "AC", "TT"), "missense_variant c.6_7delinsTT p.(Pro3Ser)");
    assert_eq!(says(TWO, 8, "CACC", "TATC"), "missense_variant c.5_7delinsTAT p.(Ala2_Pro3delinsValSer)");
}

#[test]
fn case_09_codon_split_by_an_intron() {
    assert_eq!(says(TWO, 48, "G", "T"), "missense_variant&splice_region_variant c.15G>T p.(Gln5His)");
    assert_eq!(says(TWO, 17, "A", "C"), "missense_variant&splice_region_variant c.14A>C p.(Gln5Pro)");
}

#[test]
fn case_13_padding_changes_nothing() {
    let case = Case::new(TWO, Strand::Forward);
    let padded = case.annotate(7, "GCACCGGAA", "GCACCTGAA");
    assert_eq!(padded, case.annotate(12, "G", "T"));
}

#[test]
fn case_16_insertion_that_becomes_a_copy_after_moving() {
    assert_eq!(says(TWO, 55, "", "TT"), "frameshift_variant&stop_lost c.24_25dup p.(Ter9PheextTer3)");
    assert_eq!(says(TWO, 50, "", "AAA"), "inframe_insertion c.18_20dup p.(Lys7dup)");
}

#[test]
fn case_19_start_codon_lost() {
    assert_eq!(says(TWO, 4, "A", "G"), "start_lost c.1A>G p.(Met1?)");
    assert_eq!(says(TWO, 4, "A", ""), "frameshift_variant&start_lost c.1del p.(Met1?)");
    assert_eq!(says(TWO, 2, "GGA", ""), "5_prime_UTR_variant&start_lost c.-2_1del p.(Met1?)");
}

#[test]
fn case_20_start_codon_made_again() {
    let picture = "..GA[ATGGCACCGGAACAGAAAAGTTTTAA]GC..";
    assert_eq!(says(picture, 4, "A", ""), "start_retained_variant c.1del p.(Met1=)");
}

#[test]
fn case_21_no_possible_start_codon_is_no_start_to_lose() {
    let picture = "..GG[GGGGCACCGGAACAGAAAAGTTTTAA]GC..";
    assert_eq!(says(picture, 4, "G", "A"), "missense_variant c.1G>A p.(Gly1Arg)");
    let ctg = "..GG[CTGGCACCGGAACAGAAAAGTTTTAA]GC..";
    assert_eq!(says(ctg, 4, "C", "A"), "start_lost c.1C>A p.(Met1?)");
}

#[test]
fn case_25_stop_lost_by_substitution_and_by_indel() {
    assert_eq!(says(TWO, 58, "T", "C"), "stop_lost c.25T>C p.(Ter9GlnextTer?)");
    assert_eq!(says(TWO, 59, "A", ""), "splice_region_variant&stop_retained_variant c.27del p.(Ter9=)");
    assert_eq!(says(TWO, 60, "A", "G"), "splice_region_variant&stop_retained_variant c.27A>G p.(Ter9=)");
}

#[test]
fn case_30_immediate_stop_is_nonsense() {
    assert_eq!(says(TWO, 13, "", "TAGCC"), "frameshift_variant&stop_gained c.9_10insTAGCC p.(Glu4Ter)");
}

#[test]
fn case_35_positions_in_untranslated_introns_and_the_middle_of_an_intron() {
    assert!(says(TWO, 63, "G", "A").contains("c.*2+1G>A"));
    assert!(says(TWO, 92, "G", "A").contains("c.*3-1G>A"));
    let odd = "AAAAAgtaagtacgatcctgacacttttcccagAAAAA";
    let substitution = |picture: &str, at: usize| {
        let old = picture[at..=at].to_ascii_uppercase();
        says(picture, at, &old, if old == "G" { "A" } else { "G" })
    };
    assert_eq!(odd.len(), 38, "28 intron bases");
    assert!(substitution(odd, 18).contains("n.5+14"));
    assert!(substitution(odd, 19).contains("n.6-14"));
    let middle = odd.replacen("tcctg", "tcctcg", 1);
    assert!(substitution(&middle, 19).contains("n.5+15"));
    assert!(substitution(&middle, 20).contains("n.6-14"));
}

#[test]
fn case_36_insertion_at_the_border_of_the_coding_sequence() {
    assert_eq!(says(TWO, 4, "", "CC"), "5_prime_UTR_variant c.-1_1insCC");
}

#[test]
fn case_37_mitochondrial_code_and_a_stop_from_the_poly_a_tail() {
    let mut case = Case::new("[ATTATAGGATGAAAATTT]", Strand::Forward);
    case.contig = "chrM".to_owned();
    assert_eq!(case.change(5, "A", "G").hgvsp.unwrap(), "P:p.(Met2=)");
    assert_eq!(case.change(9, "TG", "CA").hgvsp.unwrap(), "P:p.(Trp4Gln)");
    let mut tail = Case::new("[ATTATAGGATGAAAATTTTA]", Strand::Forward);
    tail.contig = "chrM".to_owned();
    assert_eq!(tail.change(15, "T", "C").hgvsp.unwrap(), "P:p.(Phe6Leu)");
    assert_eq!(tail.change(15, "TTT", "").hgvsp.unwrap(), "P:p.(Phe6del)");
    assert!(tail.annotate(5, "A", "G").hgvsg.unwrap().contains(":m.6A>G"));
}

#[test]
fn case_38_selenocysteine_is_not_a_stop() {
    let mut case = Case::new("GG[ATGGCATGACCGGAATGATAA]GC", Strand::Forward);
    case.transcript.coding.as_mut().unwrap().selenocysteines = vec![8];
    case.transcript.coding.as_mut().unwrap().cds = Interval::new(2, 23);
    assert_eq!(case.change(11, "C", "A").hgvsp.unwrap(), "P:p.(Pro4Thr)");
    assert_eq!(case.change(10, "A", "C").hgvsp.unwrap(), "P:p.(Sec3Cys)");
    assert_eq!(case.change(10, "A", "C").terms.joined(), "missense_variant");
}

#[test]
fn case_39_a_base_read_twice() {
    // ATG GCA AAC, one base back, CGG TAA: the C of AAC is read again.
    let mut case = Case::new("[ATGGCAAACGGTAA]", Strand::Forward);
    case.transcript.coding.as_mut().unwrap().slippage = vec![9];
    assert_eq!(case.change(9, "G", "A").hgvsp.unwrap(), "P:p.(Arg4Gln)");
    assert_eq!(case.change(8, "C", "G").hgvsp.unwrap(), "P:p.(Asn3_Arg4delinsLysGly)");
}

#[test]
fn case_41_frameshift_introns_have_no_splice_sites() {
    let picture = "..GG[ATGGCACCGgtAACAGAAAAGTTTTAA]GC..";
    let answer = says(picture, 13, "G", "A");
    assert!(!answer.contains("splice_donor"), "{answer}");
}

#[test]
fn case_43_tiny_exons_and_a_codon_over_three_exons() {
    let picture =
        "..GG[ATGGCACCGGgtaagtacgatcctgactaacttttcccagAgtaagtacgatcctgactaacttttcccagACAGAAAAGTTTTAA]GC..";
    let case = says(picture, 44, "A", "T");
    assert!(case.ends_with("p.(Glu4Val)"), "{case}");
}

#[test]
fn case_46_decay_counts_untranslated_exons() {
    let at_codon_4 = Case::new(TWO, Strand::Forward).change(13, "G", "T").nmd.unwrap();
    assert_eq!((at_codon_4.predicted, at_codon_4.escape.as_deref()), (false, Some("last_50_bases")));
    assert_eq!(at_codon_4.distance_to_last_junction, Some(17));
    // The same stop with 60 more bases of 3'UTR before the junction is expected to decay.
    let longer = TWO.replace("]GC", &format!("]GC{}", "CATTCA".repeat(10)));
    let far = Case::new(&longer, Strand::Forward).change(13, "G", "T").nmd.unwrap();
    assert_eq!((far.predicted, far.escape, far.distance_to_last_junction), (true, None, Some(77)));
}

#[test]
fn case_49_what_cannot_be_judged() {
    let case = Case::new(TWO, Strand::Forward);
    let outcome = |start, r: &str, a: &str| case.annotate(start, r, a).not_evaluable;
    assert_eq!(outcome(4, "A", "N"), Some(NotEvaluable::AmbiguousBases));
    assert_eq!(outcome(4, "C", "A"), Some(NotEvaluable::ReferenceMismatch));
    assert_eq!(outcome(4, "A", "<DEL>"), Some(NotEvaluable::NotASequence));
    assert_eq!(outcome(5_000, "A", "C"), Some(NotEvaluable::PastContigEnd));
    assert_eq!(outcome(0, "C", "A"), None);
}

#[test]
fn case_49_unknown_bases_in_the_transcript_give_no_protein() {
    let mut case = Case::new(TWO, Strand::Forward);
    case.genome.replace_range(12..13, "N");
    let answer = case.change(10, "C", "A");
    assert_eq!(answer.terms.joined(), "coding_sequence_variant");
    assert_eq!(answer.hgvsp.as_deref(), Some("P:p.?"));
}

#[test]
fn case_50_long_insertion_into_a_splice_site() {
    let long = "ACGT".repeat(2_500);
    let answer = says(TWO, 19, "", &long);
    assert!(answer.starts_with("splice_donor_variant c.14+1_14+2ins"), "{}", &answer[..60]);
}

#[test]
fn outside_the_transcript_there_is_no_transcript_name() {
    let consequence = Case::new(TWO, Strand::Forward).change(0, "C", "T");
    assert_eq!(consequence.terms.joined(), "upstream_gene_variant");
    assert_eq!((consequence.hgvsc, consequence.hgvsp), (None, None));
}

#[test]
fn a_choice_of_placement_is_flagged() {
    let picture = "..GG[ATGGCACCGGAACAGgtaagtacgatcctgactaacttttcccagAAAAGTTTTAA]GC..";
    let consequence = Case::new(picture, Strand::Reverse).change(18, "", "G");
    assert!(
        consequence.flags[0].starts_with("placement_dependent=frameshift_variant"),
        "{:?}",
        consequence.flags
    );
}
