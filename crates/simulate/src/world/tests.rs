//! The world is what it claims to be: for the committed seed and for others.

use super::super::calls::Record;
use super::super::genes::Mane;
use super::super::genome::{M, X, Y};
use super::super::pedigree::Part;
use super::*;

const SEEDS: [u64; 3] = [super::super::DEFAULT_SEED, 1, 77];

fn made(seed: u64) -> (Settings, Genome, Vec<Gene>) {
    let settings = Settings { seed, scale: 1 };
    let mut genome = Genome::new(&settings);
    let genes = genes::build(&mut genome, &settings);
    (settings, genome, genes)
}

#[test]
fn every_reading_frame_is_open() {
    for seed in SEEDS {
        let (_, genome, genes) = made(seed);
        let mut checked = 0;
        for gene in &genes {
            for transcript in &gene.transcripts {
                let Some(coding) = &transcript.coding else { continue };
                let spliced = transcript.spliced(&genome, gene.contig, gene.forward);
                let frame = &spliced[coding.start + coding.phase..coding.end];
                let mut protein = gene.code().translate(frame);
                let at = format!("{} {:?}", gene.symbol, transcript);
                assert!(!protein.contains(&b'X'), "{at}");
                if !coding.start_missing {
                    assert_eq!((protein[0], coding.phase), (b'M', 0), "{at}");
                }
                let partial = gene.contig == M && frame.len() % 3 != 0;
                if !coding.end_missing && !partial {
                    assert_eq!(frame.len() % 3, 0, "{at}");
                    assert_eq!(protein.pop(), Some(b'*'), "{at}");
                }
                if partial {
                    assert!(b"TAA".starts_with(&frame[frame.len() / 3 * 3..]), "{at}");
                }
                for offset in &coding.selenocysteines {
                    assert_eq!(&spliced[*offset..offset + 3], b"TGA");
                    protein[(offset - coding.start - coding.phase) / 3] = b'U';
                }
                assert!(!protein.contains(&b'*'), "{at}");
                checked += 1;
            }
        }
        assert!(checked > 250, "{checked}");
    }
}

#[test]
fn every_intron_has_its_signals() {
    for seed in SEEDS {
        let (_, genome, genes) = made(seed);
        let (mut usual, mut rare) = (0, 0);
        for gene in &genes {
            for transcript in &gene.transcripts {
                for pair in transcript.exons.windows(2) {
                    let (from, to) = (pair[0].1.min(pair[1].1), pair[0].0.max(pair[1].0));
                    let ends: Vec<u8> = [from, from + 1, to - 2, to - 1]
                        .iter()
                        .map(|p| genome.bases(gene.contig)[*p as usize])
                        .collect();
                    let (plus, minus) = (gene.forward, !gene.forward);
                    match ends.as_slice() {
                        b"GTAG" if plus => usual += 1,
                        b"CTAC" if minus => usual += 1,
                        b"GCAG" if plus => rare += 1,
                        b"CTGC" if minus => rare += 1,
                        other => panic!("{} {:?}: {}", gene.symbol, pair, String::from_utf8_lossy(other)),
                    }
                }
            }
        }
        assert!(usual > 1_000 && rare > 10, "{usual} {rare}");
    }
}

#[test]
fn every_kind_of_gene_is_there() {
    let (_, _, genes) = made(super::super::DEFAULT_SEED);
    let coding = |g: &&Gene| g.is_coding();
    assert!(genes.iter().filter(coding).count() >= 150);
    for forward in [true, false] {
        assert!(genes.iter().filter(coding).filter(|g| g.forward == forward).count() >= 60);
    }
    let transcripts = || genes.iter().flat_map(|g| &g.transcripts);
    assert!(genes.iter().any(|g| g.is_coding() && g.contig != M && g.transcripts[0].exons.len() == 1));
    assert!(transcripts().any(|t| t.exons.len() >= 20));
    for remark in ["nested", "antisense", "overlapping", "selenoprotein"] {
        assert!(genes.iter().any(|g| g.remark == remark), "{remark}");
    }
    for biotype in ["nonsense_mediated_decay", "retained_intron", "lncRNA", "miRNA", "Mt_tRNA", "Mt_rRNA"] {
        assert!(transcripts().any(|t| t.biotype == biotype), "{biotype}");
    }
    for phase in 0..3 {
        assert!(transcripts().filter_map(|t| t.coding.as_ref()).any(|c| c.start_missing && c.phase == phase));
    }
    assert!(transcripts().filter_map(|t| t.coding.as_ref()).any(|c| c.end_missing));
    assert!(transcripts().any(|t| t.mane == Some(Mane::PlusClinical)));
    for gene in genes.iter().filter(coding) {
        let selected = gene.transcripts.iter().filter(|t| t.mane == Some(Mane::Select)).count();
        assert_eq!(selected, usize::from(gene.contig != M), "{}", gene.symbol);
    }
    assert!(genes.iter().filter(|g| g.y_copy && g.contig == Y).count() >= 2);
    let x: Vec<&Gene> = genes.iter().filter(|g| g.contig == X).collect();
    for copy in genes.iter().filter(|g| g.y_copy) {
        assert!(x.iter().any(|g| g.hgnc == copy.hgnc && g.interval() == copy.interval()));
    }
    let mut symbols: Vec<&str> = genes.iter().filter(|g| !g.y_copy).map(|g| g.symbol.as_str()).collect();
    let all = symbols.len();
    symbols.sort_unstable();
    symbols.dedup();
    assert_eq!(symbols.len(), all);
}

/// Every referral with its records, contig by contig.
fn each_family(seed: u64, mut check: impl FnMut(&Genome, &Referral, &Carried, &[Record])) {
    let (settings, genome, genes) = made(seed);
    let mut cast = Cast::new(&genome, &genes);
    let referrals = cases::all(&mut cast).unwrap();
    assert!(referrals.len() >= 20);
    let sites = draw_sites(&genome, &genes, &referrals, &settings);
    for (number, referral) in referrals.iter().enumerate() {
        let (inheritance, plants) = inherit(&genome, referral, &settings).unwrap();
        let pedigree = &referral.pedigree;
        let family = number as u64 + 1;
        let calling = Calling { pedigree, inheritance: &inheritance, plants: &plants, family, seed };
        let records: Vec<Record> =
            (0..genome.contigs.len()).flat_map(|c| calling.contig(c, &sites[c], genome.bases(c))).collect();
        check(&genome, referral, &plants, &records);
    }
}

#[test]
fn reference_alleles_are_the_genome() {
    each_family(super::super::DEFAULT_SEED, |genome, referral, _, records| {
        assert!(records.len() > 500);
        for record in records {
            let start = record.position as usize;
            let bases = &genome.bases(record.contig)[start..start + record.reference.len()];
            assert_eq!(bases, record.reference, "{} {}", referral.id, record.position + 1);
            assert!(!bases.contains(&b'N'));
            assert!(record.alternates.iter().all(|a| *a != record.reference));
        }
    });
}

#[test]
fn children_have_what_their_parents_had() {
    for seed in SEEDS {
        each_family(seed, |_, referral, plants, records| {
            let members = &referral.pedigree.members;
            let is_new = |record: &Record| {
                plants.iter().any(|(p, _)| {
                    let founder = referral.pedigree.find(p.founder).unwrap();
                    let near = record.position.abs_diff(p.lesion.spelling.position) < 12;
                    p.lesion.contig == record.contig && near && members[founder].mother.is_some()
                })
            };
            let mut trios = 0;
            for record in records.iter().filter(|r| r.contig < X && !is_new(r)) {
                for (child, member) in members.iter().enumerate() {
                    let (Some(mother), Some(father)) = (member.mother, member.father) else { continue };
                    if referral.pedigree.isodisomy == Some((child, record.contig)) {
                        continue;
                    }
                    let [a, b] = record.calls[child].alleles[..] else { panic!("an autosome is diploid") };
                    let (from, and) = (&record.calls[mother].alleles, &record.calls[father].alleles);
                    let fits = |a: u8, b: u8| from.contains(&a) && and.contains(&b);
                    assert!(fits(a, b) || fits(b, a), "{} {}", referral.id, record.position + 1);
                    trios += 1;
                }
            }
            assert!(trios > 0 || members.iter().all(|m| m.mother.is_none() || m.father.is_none()));
        });
    }
}

#[test]
fn causes_are_carried_by_those_who_should() {
    for seed in SEEDS {
        each_family(seed, |_, referral, plants, records| {
            let pedigree = &referral.pedigree;
            let proband = pedigree.find("proband").unwrap();
            assert_eq!(pedigree.members[proband].affected, "yes");
            for (plant, carriers) in plants.iter().filter(|p| p.0.truth.kind == "cause") {
                let at = format!("{} {} {}", referral.id, plant.truth.mode, plant.lesion.words);
                let copies = |member: usize| carriers[member].iter().filter(|c| **c).count();
                let expected = match plant.truth.mode {
                    "autosomal_recessive" | "uniparental_isodisomy" => 2,
                    _ => 1,
                };
                assert_eq!(copies(proband), expected, "{at}");
                for (index, member) in pedigree.members.iter().enumerate() {
                    if member.part != Part::Sequenced || index == proband {
                        continue;
                    }
                    let here = copies(index);
                    match (plant.truth.mode, member.affected) {
                        ("autosomal_dominant" | "de_novo" | "x_linked_dominant", "no") => {
                            assert_eq!(here, 0, "{at}")
                        }
                        ("autosomal_recessive" | "uniparental_isodisomy", "no") => assert!(here < 2, "{at}"),
                        ("x_linked_recessive", "no") if member.male => assert_eq!(here, 0, "{at}"),
                        (_, "yes") => assert!(here > 0, "{at}"),
                        _ => {}
                    }
                }
                let record = records.iter().any(|r| {
                    r.contig == plant.lesion.contig
                        && r.position.abs_diff(plant.lesion.spelling.position) < 12
                        && r.filter == "PASS"
                        && r.calls[proband].is_variant()
                });
                assert!(record, "{at} has no record");
            }
        });
    }
}

#[test]
fn every_mode_has_a_cause() {
    let (_, genome, genes) = made(super::super::DEFAULT_SEED);
    let mut cast = Cast::new(&genome, &genes);
    let referrals = cases::all(&mut cast).unwrap();
    for mode in [
        "autosomal_dominant",
        "autosomal_dominant_incomplete_penetrance",
        "autosomal_recessive",
        "compound_heterozygous",
        "x_linked_recessive",
        "x_linked_dominant",
        "y_linked",
        "mitochondrial",
        "de_novo",
        "dominant_maternally_imprinted",
        "uniparental_isodisomy",
    ] {
        let found =
            referrals.iter().flat_map(|r| &r.plants).any(|p| p.truth.mode == mode && p.truth.kind == "cause");
        assert!(found, "{mode}");
    }
    let mut used: Vec<usize> = Vec::new();
    for referral in &referrals {
        let mut genes: Vec<usize> = referral.plants.iter().map(|p| p.lesion.gene).collect();
        genes.dedup();
        used.extend(genes);
    }
    let all = used.len();
    used.sort_unstable();
    used.dedup();
    assert_eq!(used.len(), all, "a gene is planted in two referrals");
}
