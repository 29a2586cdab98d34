//! What a genotype rests on is held against it: reads, filters of the genotype itself, the size of the variant.

use ithaca::model::position::Interval;
use ithaca::reference::bundle::Bundle;

use super::{CARRIED, Case, NOT_CARRIED, NOT_EVALUABLE, SNV, alone};
use crate::world::bundle;

/// Bases `from..to` (0-based) of a contig of the simulated genome.
fn bases(contig: &str, from: u32, to: u32) -> String {
    let bundle = Bundle::open(bundle()).unwrap();
    let contig = bundle.genome().contig_id(contig).unwrap();
    String::from_utf8(bundle.genome().bases(contig, Interval::new(from, to))).unwrap()
}

#[test]
fn on_the_mitochondrial_genome_the_share_of_reads_decides() {
    let base = bases("chrM", 3005, 3006);
    let other = if base == "A" { "G" } else { "A" };
    let variant = format!("chrM-3006-{base}-{other}");
    let table = [
        ("0/1:500,500:1000:99", CARRIED, "heteroplasmic (fraction 0.500)"),
        ("1:0,1000:1000:99", CARRIED, "homoplasmic"),
        ("0/0:1000,0:1000:99", NOT_CARRIED, "called without the variant"),
        ("0/0:990,10:1000:99", NOT_CARRIED, "called without the variant"),
        // The reads say otherwise than the genotype.
        ("0/0:500,500:1000:99", NOT_EVALUABLE, "a fraction of 0.500 of the reads supports it"),
        ("0:700,300:1000:99", NOT_EVALUABLE, "a fraction of 0.300 of the reads supports it"),
        ("0/1:996,4:1000:99", NOT_EVALUABLE, "at a fraction of 0.004, below the limit of 0.1"),
        // Too little was seen to say either.
        ("0/0:1,0:1:3", NOT_EVALUABLE, "is below"),
        ("0/1:1,1:2:3", NOT_EVALUABLE, "is below"),
        ("0/0:10,0:10:99", NOT_EVALUABLE, "depth 10 is below 29"),
    ];
    for (sample, state, words) in table {
        let record = format!("chrM 3006 . {base} {other} 300 PASS . GT:AD:DP:GQ {sample}");
        let answer = alone(&variant, &[&record]);
        assert_eq!(answer.state, state, "{sample}: {answer:?}");
        assert!(answer.words.contains(words), "{sample}: {}", answer.words);
    }
    let with_fraction = format!("chrM 3006 . {base} {other} 300 PASS . GT:AF:DP:GQ 0/0:0.3:1000:99");
    assert_eq!(alone(&variant, &[&with_fraction]).state, NOT_EVALUABLE);
    for (sample, state) in [("0/0:1:3:1", NOT_EVALUABLE), ("0/0:900:99:800", NOT_CARRIED)] {
        let block = format!("chrM 3001 . N <NON_REF> . . END=3020 GT:DP:GQ:MIN_DP {sample}")
            .replace(" N ", &format!(" {} ", bases("chrM", 3000, 3001)));
        let case = Case::new("R9044.1", &variant, "yes").vcf("blocks.vcf", &["P1"], &[&block]);
        assert_eq!(of_blocks(case), state, "{sample}");
    }
}

/// The answer of a file that is a gVCF.
fn of_blocks(mut case: Case) -> ithaca::report::model::LookUpState {
    case.rows[1] = case.rows[1].replace("family.vcf", "blocks.vcf");
    case.answer().state
}

#[test]
fn a_genotype_that_its_caller_filtered_is_no_answer() {
    for (filter, state) in [("LowGQ", NOT_EVALUABLE), ("PASS", CARRIED), (".", CARRIED)] {
        let record = format!("chr1 5824 . C A 300 PASS . GT:AD:DP:GQ:FT 0/1:20,20:40:99:{filter}");
        let answer = alone(SNV, &[&record]);
        assert_eq!(answer.state, state, "{filter}: {answer:?}");
        assert_eq!(answer.words.contains("filtered this genotype (FT)"), filter == "LowGQ");
    }
    let reference = "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ:FT 0/0:40,0:40:99:LowGQ;LowDepth";
    assert_eq!(alone(SNV, &[reference]).state, NOT_EVALUABLE);
    let block = "chr1 5801 . T <NON_REF> . . END=5900 GT:DP:GQ:FT 0/0:40:99:LowGQ"
        .replace(" T ", &format!(" {} ", bases("chr1", 5800, 5801)));
    let case = Case::new("R9044.1", SNV, "yes").vcf("blocks.vcf", &["P1"], &[&block]);
    assert_eq!(of_blocks(case), NOT_EVALUABLE);
}

#[test]
fn the_reads_of_each_allele_are_a_depth_where_no_other_is_given() {
    let record = |sample: &str| format!("chr1 5824 . C A 300 PASS . GT:AD {sample}");
    for (sample, state) in [
        ("0/0:0,0", NOT_EVALUABLE),
        ("0/0:2,0", NOT_EVALUABLE),
        ("0/1:1,1", NOT_EVALUABLE),
        ("0/0:30,0", NOT_CARRIED),
        ("0/1:15,15", CARRIED),
    ] {
        let answer = alone(SNV, &[&record(sample)]);
        assert_eq!(answer.state, state, "{sample}: {answer:?}");
    }
}

#[test]
fn a_record_without_the_variant_is_no_answer_beside_one_that_may_carry_it() {
    let filtered = "chr1 5824 . C A 300 LowQual . GT:AD:DP:GQ 0/1:20,20:40:99";
    let half = "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/.:20,20:40:99";
    let without = "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/0:40,0:40:99";
    let with = "chr1 5824 . C A 300 PASS . GT:AD:DP:GQ 0/1:20,20:40:99";
    for records in [[filtered, without], [without, filtered], [half, without], [without, with]] {
        let answer = alone(SNV, &records);
        assert_eq!(answer.state, NOT_EVALUABLE, "{records:?}: {answer:?}");
        assert!(answer.words.contains("records in the file disagree"), "{}", answer.words);
    }
    assert_eq!(alone(SNV, &[filtered, with]).state, CARRIED);
}

#[test]
fn a_reference_block_that_its_reads_contradict_is_no_answer() {
    for (reads, state) in [("20,20", NOT_EVALUABLE), ("40,1", NOT_CARRIED)] {
        let record = format!("chr1 5824 . C <NON_REF> . . . GT:AD:DP:GQ 0/0:{reads}:40:99");
        let case = Case::new("R9044.1", SNV, "yes").vcf("blocks.vcf", &["P1"], &[&record]);
        assert_eq!(of_blocks(case), state, "{reads}");
    }
}

#[test]
fn a_structural_variant_is_not_ruled_out_by_blocks_or_beside_a_deletion() {
    let before = bases("chr1", 100_012, 100_013);
    for (size, state) in [(20, NOT_CARRIED), (60, NOT_EVALUABLE), (1_000, NOT_EVALUABLE)] {
        let variant = format!("chr1-100013-{}-{before}", bases("chr1", 100_012, 100_013 + size));
        let block = format!(
            "chr1 100001 . {} <NON_REF> . . END=102000 GT:DP:GQ:MIN_DP 0/0:30:99:25",
            bases("chr1", 100_000, 100_001)
        );
        let case = Case::new("R9044.1", &variant, "yes").vcf("blocks.vcf", &["P1"], &[&block]);
        assert_eq!(of_blocks(case), state, "{size}");
        let deletion =
            format!("chr1 100013 . {before} <DEL> 300 PASS END={};SVLEN=-{size} GT 0/1", 100_013 + size);
        let case = Case::new("R9044.1", &variant, "yes").vcf("blocks.vcf", &["P1"], &[&block, &deletion]);
        assert_eq!(of_blocks(case), NOT_EVALUABLE, "{size}, beside the deletion itself");
    }
}
