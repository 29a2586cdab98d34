//! Hard cases, each by name, on small made-up transcripts.

use ithaca::annotate::edit::Bases;
use ithaca::annotate::edit::change::{CodingChange, Spliced};
use ithaca::annotate::edit::protein_effect;
use ithaca::annotate::hgvs;
use ithaca::annotate::layout::Layout;
use ithaca::annotate::sequence::Sequence;
use ithaca::annotate::{Annotator, Options, Scratch};
use ithaca::model::allele::Allele;
use ithaca::model::annotation::{Annotation, DecayEscape, NotEvaluable, TranscriptConsequence};
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::model::gene::Gene;
use ithaca::model::position::Interval;
use ithaca::model::remark::TranscriptRemark;
use ithaca::model::transcript::{Coding, Exon, OwnBase, Strand, Transcript};
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::Transcripts;

use super::oracle;

/// A transcript written down: upper case exon, lower case intron, `[` and `]` around the coding sequence, `.`
/// for bases beside it. Reads in the direction of transcription.
pub struct Case {
    pub contig: String,
    pub genome: String,
    pub transcript: Transcript,
}

impl Case {
    pub fn new(picture: &str, strand: Strand) -> Self {
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
            skipped: Vec::new(),
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
            own_bases: Vec::new(),
            differs_somewhere: false,
            mane: None,
            canonical: true,
        };
        let genome = if strand == Strand::Forward { bases } else { oracle::turned(&bases) };
        Self { contig: "chr1".to_owned(), genome, transcript }
    }

    pub fn annotate(&self, start: usize, reference: &str, alternate: &str) -> Annotation {
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
    pub fn change(&self, at: usize, removed: &str, inserted: &str) -> TranscriptConsequence {
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
pub fn says(picture: &str, at: usize, removed: &str, inserted: &str) -> String {
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
    assert_eq!(
        (at_codon_4.is_predicted(), at_codon_4.escape.map(DecayEscape::name)),
        (false, Some("last_50_bases"))
    );
    assert_eq!(at_codon_4.distance_to_last_junction, Some(17));
    // The same stop with 60 more bases of 3'UTR before the junction is expected to decay.
    let longer = TWO.replace("]GC", &format!("]GC{}", "CATTCA".repeat(10)));
    let far = Case::new(&longer, Strand::Forward).change(13, "G", "T").nmd.unwrap();
    assert_eq!((far.is_predicted(), far.escape, far.distance_to_last_junction), (true, None, Some(77)));
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
        consequence.flags[0].to_string().starts_with("placement_dependent=frameshift_variant"),
        "{:?}",
        consequence.flags
    );
}

#[test]
fn case_05_deletion_of_a_repeat_across_the_donor_that_leaves_it_whole() {
    // CAGT|gtaagt: one GT of two is lost, and a donor GT is left. The name stands at the 3' end, in the intron; the
    // other reading, two exon bases lost before a whole donor, is flagged.
    let picture = "..GG[ATGGCACCGGAACAGTgtaagtacgatcctgactaacttttcccagCTAAAGTTTAA]GC..";
    for strand in [Strand::Forward, Strand::Reverse] {
        let consequence = Case::new(picture, strand).change(18, "GT", "");
        assert_eq!(consequence.hgvsc.as_deref(), Some("T:c.16+1_16+2del"));
        assert_eq!(consequence.terms.joined(), "splice_donor_variant");
        assert!(
            consequence.flags.iter().any(|f| f.to_string().contains("frameshift_variant")),
            "{:?}",
            consequence.flags
        );
    }
}

/// The `p.` of edits on one copy of [`TWO`], each by its offset on the spliced transcript.
fn on_one_copy(edits: &[(u32, u32, &str)]) -> String {
    let case = Case::new(TWO, Strand::Forward);
    let genome = Genome::from_sequences(vec![("chr1".to_owned(), case.genome.into_bytes())]);
    let transcripts = Transcripts::from_records(Vec::new(), vec![case.transcript]);
    let layout = Layout { transcript: transcripts.get(0) };
    let sequence = Sequence::build(&layout, &genome);
    let edits: Vec<Spliced> = edits
        .iter()
        .map(|&(start, end, inserted)| Spliced {
            start,
            end,
            inserted: Bases::from_slice(inserted.as_bytes()),
        })
        .collect();
    let change = CodingChange::new(&sequence, &edits).unwrap();
    hgvs::protein::describe(&sequence.protein, &protein_effect::effect(&sequence, &change))
}

#[test]
fn case_08_two_substitutions_in_one_codon() {
    // GAA: TAA alone is a stop, GCA alone Ala, TCA together Ser.
    assert_eq!(on_one_copy(&[(11, 12, "T")]), "p.(Glu4Ter)");
    assert_eq!(on_one_copy(&[(12, 13, "C")]), "p.(Glu4Ala)");
    assert_eq!(on_one_copy(&[(11, 12, "T"), (12, 13, "C")]), "p.(Glu4Ser)");
}

#[test]
fn case_10_a_second_shift_restores_the_frame() {
    // CCG GAA without its first C: CGG AAC AGA AAA AGT TTT AAG C|TC TGA; with a T put behind: CGG AAT, and on as before.
    assert_eq!(on_one_copy(&[(8, 9, "")]), "p.(Pro3ArgfsTer9)");
    assert_eq!(on_one_copy(&[(8, 9, ""), (14, 14, "T")]), "p.(Pro3_Glu4delinsArgAsn)");
}

#[test]
fn case_11_behind_a_stop_on_the_same_copy() {
    // What follows the stop of codon 4 is not read: Lys7 stays unsaid.
    assert_eq!(on_one_copy(&[(20, 21, "G")]), "p.(Lys7Glu)");
    assert_eq!(on_one_copy(&[(11, 12, "T"), (20, 21, "G")]), "p.(Glu4Ter)");
}

#[test]
fn case_12_each_alternate_allele_is_cut_by_itself() {
    // CCG at 10: C, CCGCCG, * and <NON_REF> as alternates of one record.
    let case = Case::new(TWO, Strand::Forward);
    assert_eq!(case.annotate(10, "CCG", "C"), case.annotate(11, "CG", ""));
    assert_eq!(case.annotate(10, "CCG", "CCGCCG"), case.annotate(10, "", "CCG"));
    for other in ["*", "<NON_REF>"] {
        assert_eq!(case.annotate(10, "CCG", other).not_evaluable, Some(NotEvaluable::NotASequence));
    }
}

#[test]
fn case_14_on_the_minus_strand_the_name_moves_against_the_genome() {
    // Five A at c.16 to c.20, picture 49 to 53; on the minus strand of 107 bases they are T at g.54 to g.58.
    let case = Case::new(TWO, Strand::Reverse);
    let annotation = case.annotate(53, "T", "");
    assert_eq!(annotation.hgvsg.as_deref(), Some("chr1:g.58del"));
    assert_eq!(annotation.consequences[0].hgvsc.as_deref(), Some("T:c.20del"));
}

#[test]
fn case_15_inserted_bases_are_turned_and_complemented() {
    let case = Case::new(TWO, Strand::Reverse);
    let annotation = case.annotate(case.genome.len() - 13, "", "AG");
    assert_eq!(annotation.hgvsg.as_deref(), Some("chr1:g.94_95insAG"));
    assert_eq!(annotation.consequences[0].hgvsc.as_deref(), Some("T:c.9_10insCT"));
}

#[test]
fn case_17_a_longer_repeat_in_the_coding_sequence_is_a_duplication() {
    // A5 to A7: a unit that is no multiple of three; A5 to A8: three bases. Neither is written [n].
    assert!(says(TWO, 49, "", "AA").contains("c.19_20dup"));
    assert!(says(TWO, 49, "", "AAA").contains("c.18_20dup"));
}

#[test]
fn case_18_inversions_and_replacements_in_their_shortest_form() {
    // GG at c.9_10 turned round is CC; CCG to CCT is one base; CCG to CCCG is one copy.
    assert!(says(TWO, 12, "GG", "CC").contains("c.9_10inv"));
    assert!(says(TWO, 10, "CCG", "CCT").contains("c.9G>T"));
    assert!(says(TWO, 10, "CCG", "CCCG").contains("c.8dup"));
}

#[test]
fn case_22_start_codon_split_by_an_intron_on_both_strands() {
    let picture = "..GG[ATgtaagtacgatcctgactaacttttcccagGGCACCGGAACAGAAAAGTTTTAA]GC..";
    assert_eq!(says(picture, 5, "T", "C"), "splice_region_variant&start_lost c.2T>C p.(Met1?)");
    assert_eq!(says(picture, 36, "G", "T"), "splice_region_variant&start_lost c.3G>T p.(Met1?)");
}

#[test]
fn case_23_an_incomplete_first_codon_is_no_start_to_lose() {
    // The annotation starts with the last base of a codon: x xG, CAC CGG AAC AGA AAA GTT TTA.
    for strand in [Strand::Forward, Strand::Reverse] {
        let mut case = Case::new("[GCACCGGAACAGAAAAGTTTTAAG]GC", strand);
        let coding = case.transcript.coding.as_mut().unwrap();
        (coding.phase, coding.start_incomplete) = (1, true);
        let first = case.change(0, "G", "A");
        assert_eq!(first.terms.joined(), "coding_sequence_variant");
        assert_eq!((first.hgvsc.as_deref(), first.hgvsp.as_deref()), (Some("T:c.1G>A"), Some("P:p.?")));
        // CAC to CCC, residue 2 behind the cut one.
        let second = case.change(2, "A", "C");
        assert_eq!(
            (second.hgvsc.as_deref(), second.hgvsp.as_deref()),
            (Some("T:c.3A>C"), Some("P:p.(His2Pro)"))
        );
    }
}

#[test]
fn case_24_an_incomplete_last_codon_and_no_stop_to_lose() {
    for strand in [Strand::Forward, Strand::Reverse] {
        let mut case = Case::new("[ATGGCACCGGAACA]", strand);
        case.transcript.coding.as_mut().unwrap().end_incomplete = true;
        let last = case.change(13, "A", "G");
        assert_eq!(last.terms.joined(), "coding_sequence_variant&incomplete_terminal_codon_variant");
        assert_eq!(last.hgvsp.as_deref(), Some("P:p.?"));
        // A shifted frame runs out of the annotation: no stop can be told.
        assert_eq!(case.change(9, "G", "").hgvsp.as_deref(), Some("P:p.(Glu4AsnfsTer?)"));
    }
}

#[test]
fn case_26_deletion_from_the_coding_sequence_through_the_stop() {
    // Without TTTTAAG: AAG, then C|TC TGA over the intron: Leu and a stop.
    assert_eq!(
        says(TWO, 55, "TTTTAAG", ""),
        "3_prime_UTR_variant&splice_region_variant&stop_lost c.22_*1del p.(Phe8LeufsTer2)"
    );
}

#[test]
fn case_27_a_stop_kept_by_substitution_and_by_insertion() {
    assert_eq!(says(TWO, 59, "A", "G"), "stop_retained_variant c.26A>G p.(Ter9=)");
    // TA|G|A: TAG takes its place.
    assert_eq!(says(TWO, 60, "", "G"), "stop_retained_variant c.26_27insG p.(Ter9=)");
}

#[test]
fn case_28_frameshift_whose_stop_lies_behind_an_intron_of_the_3_utr() {
    // Without the G of GAA: AAC AGA AAA AGT TTT AAG C|TC TGA.
    assert_eq!(says(TWO, 13, "G", ""), "frameshift_variant c.10del p.(Glu4AsnfsTer8)");
}

#[test]
fn case_29_frameshift_without_a_stop() {
    // Without GA: ACA GAA AAA GTT TTA AGC TCT GAC CAT AGC, and the transcript ends.
    assert_eq!(says(TWO, 13, "GA", ""), "frameshift_variant c.10_11del p.(Glu4ThrfsTer?)");
}

#[test]
fn case_31_a_frameshift_is_named_at_the_first_residue_that_changes() {
    // A sixth A: AAA AAA GTT, so Lys6 and Lys7 stay.
    assert_eq!(says(TWO, 49, "", "A"), "frameshift_variant c.20dup p.(Phe8ValfsTer?)");
}

#[test]
fn case_32_silent() {
    assert_eq!(says(TWO, 9, "A", "G"), "synonymous_variant c.6A>G p.(Ala2=)");
}

#[test]
fn case_33_a_copy_of_a_residue_though_not_of_the_bases() {
    // TTT TTC TAA: Phe twice; no copy of the bases before it.
    assert_eq!(says(TWO, 58, "", "TTC"), "inframe_insertion&stop_retained_variant c.25_26insTCT p.(Phe8dup)");
}

#[test]
fn case_34_in_frame_or_altered_and_an_insertion_that_makes_a_stop() {
    assert_eq!(says(TWO, 13, "", "TGT"), "inframe_insertion c.9_10insTGT p.(Pro3_Glu4insCys)");
    // GAA to CCT CAT: neither residue kept.
    assert_eq!(
        says(TWO, 13, "GAA", "CCTCAT"),
        "protein_altering_variant&splice_region_variant c.10_12delinsCCTCAT p.(Glu4delinsProHis)"
    );
    assert_eq!(says(TWO, 13, "", "TAGCCC"), "inframe_insertion&stop_gained c.9_10insTAGCCC p.(Glu4Ter)");
    // The stop further on: the new residues up to it are named, not what is lost.
    assert_eq!(
        says(TWO, 13, "", "CCATAGCCC"),
        "inframe_insertion&stop_gained c.9_10insCCATAGCCC p.(Pro3_Glu4insProTer)"
    );
}

#[test]
fn case_37_a_change_over_the_origin_of_the_mitochondrial_genome() {
    let mut case = Case::new("CTC[ATTATAGGATGAAAATTT]GATC", Strand::Forward);
    case.contig = "chrM".to_owned();
    // Last base C, first base C: one of them is lost, and the 3' rule leads over the origin to m.1.
    let g = |start, r: &str, a: &str| case.annotate(start, r, a).hgvsg.unwrap();
    assert_eq!(g(24, "C", ""), "chrM:m.1del");
    assert_eq!(g(0, "C", ""), "chrM:m.1del");
    // REF written on behind the last base.
    assert_eq!(g(23, "TCCTC", "T"), "chrM:m.25_3del");
    assert_eq!(g(2, "C", "CCCTC"), "chrM:m.25_3dup");
    assert_eq!(g(24, "C", "CG"), "chrM:m.25_1insG");
}

#[test]
fn case_40_bases_of_the_transcript_that_the_genome_lacks() {
    // Exon 1 in two blocks: the transcript has two bases more behind its tenth, unknown here.
    let mut case = Case::new("[ATGGCACCGGAACAGAAAAGTTTTAA]GC", Strand::Forward);
    let exon = case.transcript.exons[0];
    case.transcript.exons = vec![
        Exon { start: exon.start, end: 10, cdna_start: 0 },
        Exon { start: 10, end: exon.end, cdna_start: 12 },
    ];
    case.transcript.coding.as_mut().unwrap().cds = Interval::new(0, 28);
    let behind = case.change(12, "C", "T");
    assert_eq!(behind.hgvsc.as_deref(), Some("T:c.15C>T"));
    assert!(behind.flags.contains(&TranscriptRemark::DiffersFromGenome));
    assert!(!behind.terms.joined().contains("splice"), "{}", behind.terms.joined());
}

#[test]
fn case_42_the_outer_ends_of_the_first_and_last_exon_are_no_splice_sites() {
    assert_eq!(says(TWO, 2, "G", "A"), "5_prime_UTR_variant c.-2G>A");
    assert_eq!(says(TWO, 104, "C", "A"), "3_prime_UTR_variant c.*14C>A");
    assert_eq!(says(TWO, 18, "G", "C"), "splice_donor_variant c.14+1G>C");
    assert_eq!(says(TWO, 47, "G", "C"), "splice_acceptor_variant c.15-1G>C");
}

#[test]
fn case_44_genes_on_both_strands_each_have_their_own_answer() {
    let case = Case::new(TWO, Strand::Forward);
    let genome = Genome::from_sequences(vec![("chr1".to_owned(), case.genome.clone().into_bytes())]);
    let inside = Transcript {
        accession: "ANTISENSE".to_owned(),
        gene: 1,
        strand: Strand::Reverse,
        biotype: "lncRNA".to_owned(),
        exons: vec![Exon { start: 5, end: 30, cdna_start: 0 }],
        coding: None,
        ..case.transcript.clone()
    };
    let genes = ["G", "H"].map(|symbol| Gene {
        hgnc_id: None,
        symbol: symbol.to_owned(),
        source_id: symbol.to_owned(),
    });
    let transcripts = Transcripts::from_records(genes.to_vec(), vec![case.transcript, inside]);
    let annotator = Annotator::new(&genome, &transcripts, Options::new(Assembly::Other("small".to_owned())));
    let allele =
        Allele { contig: ContigId(0), start: 13, reference: b"G".to_vec(), alternate: b"T".to_vec() };
    let answer = annotator.annotate(&allele, &mut Scratch::new());
    let mut found: Vec<String> = answer
        .consequences
        .iter()
        .map(|c| format!("{} {} {}", c.gene, c.terms.joined(), c.hgvsc.as_deref().unwrap_or_default()))
        .collect();
    found.sort();
    assert_eq!(found, ["G stop_gained T:c.10G>T", "H non_coding_transcript_exon_variant ANTISENSE:n.17C>A"]);
}

#[test]
fn case_45_contigs_by_any_of_their_names() {
    let named = |name: &str, length: usize| {
        let genome = Genome::from_sequences(vec![(name.to_owned(), b"A".repeat(length))]);
        let transcripts = Transcripts::from_records(Vec::new(), Vec::new());
        let annotator = Annotator::new(&genome, &transcripts, Options::new(Assembly::GRCh38));
        let allele =
            Allele { contig: ContigId(0), start: 4, reference: b"A".to_vec(), alternate: b"C".to_vec() };
        annotator.annotate(&allele, &mut Scratch::new()).hgvsg.unwrap()
    };
    assert_eq!(named("chrX", 50), "NC_000023.11:g.5A>C");
    assert_eq!(named("X", 50), "NC_000023.11:g.5A>C");
    assert_eq!(named("NC_000023.11", 50), "NC_000023.11:g.5A>C");
    assert_eq!(named("MT", 16_569), "NC_012920.1:m.5A>C");
    assert_eq!(named("chrM", 16_571), "chrM:m.5A>C");
    assert_eq!(named("chr6_GL000256v2_alt", 50), "chr6_GL000256v2_alt:g.5A>C");
}

#[test]
fn case_47_symbolic_alleles_are_not_this_engines() {
    let case = Case::new(TWO, Strand::Forward);
    for symbolic in
        ["<DEL>", "<DUP>", "<DUP:TANDEM>", "<INV>", "<INS>", "<CNV>", "<CN0>", "G]chr1:50]", "[chr2:9[A", "."]
    {
        let answer = case.annotate(4, "A", symbolic);
        assert_eq!(answer.not_evaluable, Some(NotEvaluable::NotASequence), "{symbolic}");
        assert_eq!((answer.hgvsg, answer.consequences.len()), (None, 0), "{symbolic}");
    }
}

/// [`TWO`] as a RefSeq transcript with other bases than the genome, by spliced offset.
fn with_own_bases(strand: Strand, own: &[(u32, u8)]) -> Case {
    let mut case = Case::new(TWO, strand);
    case.transcript.own_bases =
        own.iter().map(|&(offset, base)| OwnBase { offset, base: u32::from(base) }).collect();
    case
}

#[test]
fn case_40_the_transcripts_base_is_the_reference_where_it_differs_from_the_genome() {
    // Genome GAA (Glu4), transcript GCA (Ala4): offset 12 on the transcript, 14 in the picture.
    for strand in [Strand::Forward, Strand::Reverse] {
        let case = with_own_bases(strand, &[(12, b'C')]);
        let said = |at: usize, removed: &str, inserted: &str| {
            let c = case.change(at, removed, inserted);
            assert!(c.flags.contains(&TranscriptRemark::DiffersFromGenome), "{:?}", c.flags);
            let name =
                |n: Option<String>| n.map_or(String::new(), |n| n.split_once(':').unwrap().1.to_owned());
            format!("{} {} {}", c.terms.joined(), name(c.hgvsc), name(c.hgvsp))
        };
        // A>T on the genome is C>T on the transcript: Ala to Val.
        assert_eq!(said(14, "A", "T"), "missense_variant c.11C>T p.(Ala4Val)");
        // The genome's alternate is the transcript's own base: no change, and never c.11C>C.
        assert_eq!(said(14, "A", "C"), "synonymous_variant c.11= p.(Ala4=)");
        // GAA to TCA: only the G differs from the transcript's GCA.
        assert_eq!(said(13, "GA", "TC"), "missense_variant c.10G>T p.(Ala4Ser)");
        // A deletion of GA takes GC from the transcript.
        assert_eq!(said(13, "GA", ""), "frameshift_variant c.10_11del p.(Ala4ThrfsTer?)");
        // Elsewhere nothing is said: the next codon is as it is.
        let beside = case.change(50, "A", "C");
        assert!(beside.flags.is_empty(), "{:?}", beside.flags);
    }
}

#[test]
fn case_40_bases_known_in_a_gap_of_the_genome_are_read() {
    // ATG GCA CC[GG] GAA: the transcript has GG where the genome has nothing; Pro3, then Gly.
    let mut case = Case::new("[ATGGCACCGAACAGAAAAGTTTTAA]GC", Strand::Forward);
    let exon = case.transcript.exons[0];
    case.transcript.exons = vec![
        Exon { start: exon.start, end: 8, cdna_start: 0 },
        Exon { start: 8, end: exon.end, cdna_start: 10 },
    ];
    case.transcript.coding.as_mut().unwrap().cds = Interval::new(0, 27);
    case.transcript.own_bases =
        [(8, b'G'), (9, b'G')].map(|(offset, base)| OwnBase { offset, base: u32::from(base) }).to_vec();
    // ATG GCA CCG GGA ACA GAA AAG TTT TAA: the A behind the gap's G G and the genome's G is c.12.
    let change = case.change(9, "A", "T");
    assert_eq!(change.hgvsc.as_deref(), Some("T:c.12A>T"));
    assert_eq!(change.hgvsp.as_deref(), Some("P:p.(Gly4=)"));
    assert_eq!(case.change(10, "A", "T").hgvsp.as_deref(), Some("P:p.(Thr5Ser)"));
}

#[test]
fn case_39_a_base_that_is_not_read() {
    // ATG GCA TCC (T) GAT GAC TAA, as in antizyme: the T of TGA is skipped, but numbered.
    for strand in [Strand::Forward, Strand::Reverse] {
        let mut case = Case::new("GG[ATGGCATCCTGATGACTAA]GC", strand);
        case.transcript.coding.as_mut().unwrap().skipped = vec![11];
        let behind = case.change(13, "A", "T");
        assert_eq!(
            (behind.hgvsc.as_deref(), behind.hgvsp.as_deref()),
            (Some("T:c.12A>T"), Some("P:p.(Asp4Val)"))
        );
        assert_eq!(behind.protein_position.map(|p| p.to_string()).as_deref(), Some("4"));
        assert_eq!(behind.terms.joined(), "missense_variant");
        let before = case.change(9, "C", "A");
        assert_eq!(
            (before.hgvsc.as_deref(), before.hgvsp.as_deref()),
            (Some("T:c.8C>A"), Some("P:p.(Ser3Tyr)"))
        );
        // The stop: c.17 to c.19.
        assert_eq!(case.change(18, "T", "C").hgvsp.as_deref(), Some("P:p.(Ter6GlnextTer?)"));
        let skipped = case.change(11, "T", "C");
        assert_eq!(skipped.hgvsc.as_deref(), Some("T:c.10T>C"));
        assert_eq!(skipped.terms.joined(), "synonymous_variant");
    }
}

#[test]
fn case_48_start_codons_gained_and_stops_lost_in_the_5_utr() {
    // 5'UTR of 24: the coding sequence starts at 24 on the transcript.
    let flags = |picture: &str, at: usize, removed: &str, inserted: &str| {
        let answers = [Strand::Forward, Strand::Reverse]
            .map(|strand| Case::new(picture, strand).change(at, removed, inserted));
        assert_eq!(answers[0].flags, answers[1].flags);
        assert_eq!(answers[0].terms.joined(), "5_prime_UTR_variant");
        assert_eq!(answers[0].hgvsp, None, "no claim about the protein");
        answers[0].flags.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")
    };
    let rest = "[ATGGCACCGGAACAGAAAAGTTTTAA]GC..";
    // ACG to ATG at 9, A three before, G behind, 13 bases to the start: another frame, no stop before it.
    let gained = format!("..CCCCACCACGGCCCCCCCCCCCCC{rest}");
    let at = 2 + 8;
    assert_eq!(&gained[at - 1..at + 2], "ACG");
    assert_eq!(flags(&gained, at, "C", "T"), "upstream_start_gained=strong&overlaps_cds");
    // The same with a TAA behind it in its frame: a short frame of its own. C behind: moderate.
    let stopped = format!("..CCCCACCACGCCCTAACCCCCCCC{rest}");
    assert_eq!(flags(&stopped, at, "C", "T"), "upstream_start_gained=moderate&stops_before_cds");
    // Three bases fewer than a multiple of three away: in frame, weak.
    let in_frame = format!("..CCCCCCCACGCCCCCCCCCCCC{rest}");
    assert_eq!(flags(&in_frame, 10, "C", "T"), "upstream_start_gained=weak&in_frame");
    // An upstream frame ATG CCC TAA: TAA to CAA, and it runs on into the coding sequence.
    let open = format!("..CCCCACCATGCCCTAACCCCCCCC{rest}");
    assert_eq!(flags(&open, 15, "T", "C"), "upstream_stop_lost=moderate&overlaps_cds");
    // TAA to TGA is still a stop; a change elsewhere is none of these.
    assert_eq!(flags(&open, 16, "A", "G"), "");
    assert_eq!(flags(&open, 3, "C", "A"), "");
    // A second copy of CATG: one start codon more, 21 bases before the coding sequence, wherever the copy is put.
    assert_eq!(flags(&open, 8, "", "CATG"), "upstream_start_gained=moderate&in_frame");
    assert_eq!(flags(&open, 12, "", "CATG"), "upstream_start_gained=moderate&in_frame");
}
