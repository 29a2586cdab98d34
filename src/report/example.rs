//! Made-up reports for tests: every section filled, no person and no gene of them real.

use super::model::{
    Administrative, Assessed, Authoriser, Batch, BatchReferral, ClinicalAssertion, Consequence,
    ContigMapping, Coverage, CoverageLimits, CoverageState, Definition, EntryRun, FamilyMember, Finding,
    Flag, Frequency, FrequencyState, Funnel, FunnelStep, Gap, GeneCoverage, GeneName, Headline, Identity,
    Inheritance, InputCheck, InputChecks, InputSpelling, Knowledge, LookUpAnswer, LookUpState,
    LookedUpEffect, LookedUpVariant, MeanDepth, MeasuredCoverage, MemberFiles, MemberGenotype, Nomenclature,
    NonsenseMediatedDecayPrediction, NotEvaluableCount, OtherTranscript, Outcome, PanelCoverage, PanelEntry,
    ParticipantCoverage, Partner, Percent, PhaseGrade, Phenotype, PolicyStatement, Proportion, Reads,
    ReferralSection, ReferralState, Report, RequestedTest, SCHEMA_VERSION, Severity, Software, Source,
    Stated, Tested, TestedGene, TestedPanel, TierCounts, TierReasons, Variant, Zygosity, glossary,
    look_up_limitations,
};
use crate::model::consequence::{Term, Terms};
use crate::model::gene::HgncId;
use crate::model::panel::{Confidence, Penetrance};
use crate::model::participant::{Affection, Role, Sex, SexChromosomes};
use crate::model::remark::{FamilyRemark, Remark, TranscriptRemark};
use crate::model::segregation::{SegregationMode, Verdict};
use crate::model::tier::Tier;
use crate::model::transcript::Mane;

fn member(
    id: &str,
    role: Role,
    sex: Sex,
    affection: Affection,
    parents: Option<(&str, &str)>,
) -> FamilyMember {
    FamilyMember {
        participant: id.to_owned(),
        role,
        sex,
        sex_chromosomes: None,
        affection,
        mother: parents.map(|p| p.0.to_owned()),
        father: parents.map(|p| p.1.to_owned()),
        files: MemberFiles {
            variants: Some("families/EX-0001/joint.vcf.gz".to_owned()),
            sample: Some(id.to_owned()),
            alignments: None,
        },
    }
}

fn genotype(id: &str, zygosity: Zygosity, words: &str, reference: u32, alternate: u32) -> MemberGenotype {
    MemberGenotype {
        participant: id.to_owned(),
        zygosity,
        words: words.to_owned(),
        missing: None,
        depth: Some(reference + alternate),
        reads: Some(Reads { reference, alternate }),
        allele_balance: Proportion::new(f64::from(alternate) / f64::from(reference + alternate)),
        quality: Some(99),
        fraction: None,
    }
}

fn not_sequenced(id: &str) -> MemberGenotype {
    use crate::model::genotype::{Call, MissingReason};
    use crate::model::segregation::CopyRegion;
    MemberGenotype::of(id, &Call::missing(MissingReason::NotSequenced), CopyRegion::Autosomal, None)
}

fn heterozygous(id: &str) -> MemberGenotype {
    genotype(id, Zygosity::Heterozygous, "heterozygous", 17, 15)
}

fn not_carried(id: &str) -> MemberGenotype {
    genotype(id, Zygosity::NotCarried, "not carried", 34, 0)
}

fn frequencies() -> Vec<Frequency> {
    let row = |population: &str, state| Frequency {
        source: "gnomad_genomes".to_owned(),
        version: Some("simulated 1".to_owned()),
        population: population.to_owned(),
        state,
        filtering: None,
    };
    vec![
        row("NFE", FrequencyState::counts(3, 68_012)),
        Frequency {
            filtering: super::model::Rate::new(0.000_012),
            ..row("AFR", FrequencyState::counts(2, 41_430))
        },
        row("FIN", FrequencyState::NotInTable),
        row("ASJ", FrequencyState::WithoutFrequency),
        Frequency {
            source: "cohort".to_owned(),
            version: None,
            population: "all".to_owned(),
            state: FrequencyState::SourceNotLoaded,
            filtering: None,
        },
    ]
}

fn panel_entries(mode: &str) -> Vec<PanelEntry> {
    vec![PanelEntry {
        panel: Some(9_001),
        name: "Invented neurology".to_owned(),
        version: Some("3.12".to_owned()),
        confidence: Confidence::Green,
        mode_of_inheritance: mode.to_owned(),
        mode_of_pathogenicity: "not stated: loss of function is assumed".to_owned(),
    }]
}

fn pair(rank: u32, this: Variant, other: &Variant, other_coding: &str) -> Finding {
    Finding {
        rank,
        tier: TierReasons {
            tier: Tier::Tier1,
            rule: "green_gene_high_impact".to_owned(),
            reasons: vec![
                "The gene is green on the signed-off panel Invented neurology 3.12.".to_owned(),
                "The consequence has high impact.".to_owned(),
                "Compound heterozygous inheritance is consistent and matches the panel's mode BIALLELIC."
                    .to_owned(),
            ],
        },
        gene: GeneName { symbol: "WEAVR1".to_owned(), hgnc_id: Some(HgncId(990_001)) },
        input: vec![InputSpelling {
            file: "families/EX-0001/joint.vcf.gz".to_owned(),
            record: Some(40 + u64::from(rank)),
            variant: this.clone(),
            filter: "PASS".to_owned(),
        }],
        nomenclature: Nomenclature {
            genomic: Some(format!("chr2:g.{}C>T", this.position)),
            coding: Some("PENT00000017.2:c.334C>T".to_owned()),
            protein: Some("PENP00000017.2:p.(Arg112Ter)".to_owned()),
            transcript: Some("PENT00000017.2".to_owned()),
            transcript_reason: "MANE Select of the gene.".to_owned(),
            mane: Some(Mane::Select),
            exon: Some("4/9".to_owned()),
            intron: None,
        },
        variant: this,
        consequence: Consequence::of([Term::StopGained].into_iter().collect()),
        nonsense_mediated_decay: Some(NonsenseMediatedDecayPrediction {
            predicted: true,
            words: "Nonsense-mediated decay is predicted: the new stop codon is 511 bases upstream of the \
                    last exon junction."
                .to_owned(),
        }),
        other_transcripts: vec![OtherTranscript {
            gene: "WEAVR1".to_owned(),
            transcript: "PENT00000018.1".to_owned(),
            biotype: "protein_coding".to_owned(),
            mane: Some(Mane::PlusClinical),
            terms: vec![Term::Intron.into()],
            coding: Some("PENT00000018.1:c.212+98C>T".to_owned()),
            protein: None,
        }],
        genotypes: vec![
            heterozygous("EX-0001-P"),
            heterozygous("EX-0001-M"),
            not_carried("EX-0001-F"),
            not_carried("EX-0001-S"),
            not_sequenced("EX-0001-GM"),
            not_sequenced("EX-0001-GF"),
        ],
        inheritance: vec![Inheritance {
            mode: SegregationMode::CompoundHeterozygous,
            words: SegregationMode::CompoundHeterozygous.words().to_owned(),
            verdict: Verdict::Yes,
            reason: "EX-0001-M carries this variant only and EX-0001-F carries the partner only.".to_owned(),
            partners: vec![Partner {
                variant: other.name.clone(),
                coding: Some(other_coding.to_owned()),
                phase: PhaseGrade::Trio,
                verdict: Verdict::Yes,
                reason: "One variant came from each parent.".to_owned(),
            }],
            flags: vec![],
        }],
        frequencies: frequencies(),
        assertions: vec![ClinicalAssertion {
            source: "clinvar".to_owned(),
            release: Some("simulated 1".to_owned()),
            value: Some("Pathogenic/Likely_pathogenic".to_owned()),
            review_status: Some("criteria_provided,_single_submitter".to_owned()),
            conditions: Some("Invented_spinning_disorder".to_owned()),
        }],
        panel_entries: panel_entries("BIALLELIC, autosomal or pseudoautosomal"),
        flags: vec![],
    }
}

/// The partner: a deletion in a repeat, spelt otherwise in the input.
fn second_of_pair(rank: u32, this: Variant, other: &Variant) -> Finding {
    let mut finding = pair(rank, this, other, "PENT00000017.2:c.334C>T");
    finding.variant = Variant::new("chr2", 88_417, "GAA", "G");
    finding.nomenclature.genomic = Some("chr2:g.88420_88421del".to_owned());
    finding.nomenclature.coding = Some("PENT00000017.2:c.601_602del".to_owned());
    finding.nomenclature.protein = Some("PENP00000017.2:p.(Lys201GlufsTer7)".to_owned());
    finding.nomenclature.exon = Some("6/9".to_owned());
    finding.consequence = Consequence::of([Term::Frameshift, Term::SpliceRegion].into_iter().collect());
    finding.input[0].variant = Variant::new("chr2", 88_418, "AAA", "A");
    finding.genotypes[1] = not_carried("EX-0001-M");
    finding.genotypes[2] = heterozygous("EX-0001-F");
    finding.genotypes[3] = heterozygous("EX-0001-S");
    finding.flags = vec![Flag::from(&Remark::Transcript(TranscriptRemark::PlacementDependent(Terms::of(
        Term::SpliceDonor,
    ))))];
    finding.assertions[0] = ClinicalAssertion {
        value: None,
        review_status: None,
        conditions: None,
        ..finding.assertions[0].clone()
    };
    finding
}

fn de_novo(rank: u32) -> Finding {
    let variant = Variant::new("chrX", 120_551, "G", "A");
    let mut finding = pair(rank, variant.clone(), &variant, "");
    finding.tier = TierReasons {
        tier: Tier::Tier2,
        rule: "green_gene_moderate_impact".to_owned(),
        reasons: vec![
            "The gene is green on the signed-off panel Invented neurology 3.12.".to_owned(),
            "The consequence has moderate impact.".to_owned(),
            "X-linked recessive inheritance is possible and matches the panel's mode.".to_owned(),
        ],
    };
    finding.gene = GeneName { symbol: "LOOMX".to_owned(), hgnc_id: Some(HgncId(990_044)) };
    finding.nomenclature.coding = Some("PENT00000091.1:c.77G>A".to_owned());
    finding.nomenclature.protein = Some("PENP00000091.1:p.(Gly26Asp)".to_owned());
    finding.nomenclature.genomic = Some("chrX:g.120551G>A".to_owned());
    finding.nomenclature.transcript = Some("PENT00000091.1".to_owned());
    finding.nomenclature.exon = Some("1/2".to_owned());
    finding.consequence = Consequence::of([Term::Missense].into_iter().collect());
    finding.nonsense_mediated_decay = None;
    finding.other_transcripts = vec![];
    finding.genotypes[0] = genotype("EX-0001-P", Zygosity::Hemizygous, "hemizygous", 0, 21);
    finding.genotypes[1] = heterozygous("EX-0001-M");
    finding.inheritance = vec![Inheritance {
        mode: SegregationMode::XLinkedRecessive,
        words: SegregationMode::XLinkedRecessive.words().to_owned(),
        verdict: Verdict::Possible,
        reason: "EX-0001-P is hemizygous and EX-0001-M a carrier; EX-0001-GF was not sequenced.".to_owned(),
        partners: vec![],
        flags: vec![FamilyRemark::HetInHaploid],
    }];
    finding.panel_entries =
        panel_entries("X-LINKED: hemizygous mutation in males, biallelic mutations in females");
    finding
}

fn lone(rank: u32, tier: Tier, symbol: &str, reason: &str) -> Finding {
    let variant = Variant::new("chr1", 41_200 + rank, "T", "C");
    let mut finding = pair(rank, variant.clone(), &variant, "");
    finding.tier = TierReasons { tier, rule: "no_row_matched".to_owned(), reasons: vec![reason.to_owned()] };
    finding.gene = GeneName { symbol: symbol.to_owned(), hgnc_id: None };
    finding.consequence = Consequence::of([Term::Missense].into_iter().collect());
    finding.inheritance = vec![];
    finding.panel_entries = vec![];
    finding
}

fn knowledge() -> Knowledge {
    let definition = |name: &str, hash: char| Definition {
        name: name.to_owned(),
        date: Some("2026-01-01".to_owned()),
        hash: hash.to_string().repeat(64),
    };
    let source = |name: &str, purpose: &str, hash: char| Source {
        name: name.to_owned(),
        purpose: purpose.to_owned(),
        version: Some("simulated 1".to_owned()),
        licence: Some("CC0-1.0".to_owned()),
        hash: hash.to_string().repeat(64),
    };
    Knowledge {
        assembly: "Penelope1".to_owned(),
        bundle_hash: "a".repeat(64),
        sources: vec![
            source("transcripts.ensembl.gff3.gz", "transcripts", 'b'),
            source("gnomad_genomes", "frequency", 'c'),
            source("clinvar", "clinical assertions", 'd'),
        ],
        directory: definition("Invented Test Directory 1", 'e'),
        pipeline: definition("rare-disease-wgs", 'f'),
        rule_set: definition("rare-disease", '0'),
        plan_hash: "1".repeat(64),
        software: Software { name: "Ithaca".to_owned(), version: "0.0.0".to_owned() },
    }
}

fn coverage() -> Coverage {
    let gene = |symbol: &str, id: u32, covered: u64| GeneCoverage {
        gene: symbol.to_owned(),
        hgnc_id: Some(HgncId(id)),
        transcript: Some(format!("PENT{id:08}.1")),
        mean: MeanDepth::of(3_107 * 40, 4_000),
        at_depth: Percent::of(covered, 10_000),
    };
    let none = |id: &str| ParticipantCoverage {
        participant: id.to_owned(),
        coverage: CoverageState::NotEvaluable("no alignments".to_owned()),
    };
    Coverage {
        limits: CoverageLimits {
            depth: 20,
            mapping_quality: 10,
            exon_padding: 5,
            report_below: Percent::limit(95.0),
        },
        participants: vec![
            ParticipantCoverage {
                participant: "EX-0001-P".to_owned(),
                coverage: CoverageState::Measured(MeasuredCoverage {
                    mean: MeanDepth::of(318_999, 10_000),
                    at_depth: Percent::of(99_998, 100_000),
                    panels: vec![PanelCoverage {
                        panel: Some(9_001),
                        name: "Invented neurology".to_owned(),
                        version: Some("3.12".to_owned()),
                        mean: MeanDepth::of(318_999, 10_000),
                        at_depth: Percent::of(98_761, 100_000),
                    }],
                    genes: vec![
                        gene("WEAVR1", 990_001, 10_000),
                        gene("LOOMX", 990_044, 8_587),
                        gene("SHROUD2", 990_002, 9_999),
                    ],
                    gaps: vec![Gap {
                        gene: "LOOMX".to_owned(),
                        transcript: "PENT00990044.1".to_owned(),
                        exon: "2/2".to_owned(),
                        chrom: "chrX".to_owned(),
                        start: 121_003,
                        end: 121_240,
                        minimum_depth: 3,
                    }],
                }),
            },
            none("EX-0001-M"),
            none("EX-0001-F"),
            none("EX-0001-S"),
            none("EX-0001-GM"),
            none("EX-0001-GF"),
        ],
    }
}

fn members() -> Vec<FamilyMember> {
    let (mother, father) = ("EX-0001-M", "EX-0001-F");
    let mut members = vec![
        member("EX-0001-P", Role::Proband, Sex::Male, Affection::Affected, Some((mother, father))),
        member(mother, Role::Mother, Sex::Female, Affection::Unaffected, Some(("EX-0001-GM", "EX-0001-GF"))),
        member(father, Role::Father, Sex::Male, Affection::Unaffected, None),
        member("EX-0001-S", Role::Sibling, Sex::Female, Affection::Unknown, Some((mother, father))),
        member(
            "EX-0001-GM",
            Role::Relative("grandmother".to_owned()),
            Sex::Female,
            Affection::Unaffected,
            None,
        ),
        member("EX-0001-GF", Role::Relative("grandfather".to_owned()), Sex::Male, Affection::Affected, None),
    ];
    members[0].sex_chromosomes = Some(SexChromosomes { x: 1, y: 1 });
    members[0].files.alignments = Some("families/EX-0001/proband.bam".to_owned());
    members[4].files = MemberFiles::default();
    members[5].files = MemberFiles::default();
    members
}

/// A report with a compound heterozygous pair, an X-linked finding, a single hit, two off-panel variants,
/// an untiered one, and a gap of coverage.
pub(in crate::report) fn report() -> Report {
    let first = Variant::new("chr2", 84_301, "C", "T");
    let second = Variant::new("chr2", 88_417, "GAA", "G");
    let findings = vec![
        pair(1, first.clone(), &second, "PENT00000017.2:c.601_602del"),
        second_of_pair(2, second, &first),
        de_novo(3),
    ];
    let coverage = coverage();
    let step = |rule: &str, words: &str, dropped| FunnelStep {
        rule: rule.to_owned(),
        words: words.to_owned(),
        dropped,
    };
    let outcome = |name: &str, count| Outcome { name: name.to_owned(), count };
    let steps = vec![
        step("not evaluable", "No consequence can be given.", 12),
        step("filter", "FILTER is neither PASS nor one of the accepted names.", 41_203),
        step("region", "More than 20 bases from every exon.", 4_801_544),
        step(
            "quality",
            "Genotype quality below 20, depth below 8, or allele balance outside the limits.",
            9_310,
        ),
        step("frequency", "Above 0.1% (dominant) or 1% (recessive) in any population.", 150_120),
        step("consequence", "Low or modifier impact, and no clinical assertion.", 9_784),
        step("inheritance", "Contradicted by the family under every mode.", 364),
    ];
    let outcomes = vec![
        outcome("Tier 1", 2),
        outcome("Tier 2", 1),
        outcome("Tier 3", 2),
        outcome("single hit", 1),
        outcome("untiered", 1),
    ];
    Report {
        schema_version: SCHEMA_VERSION.to_owned(),
        identity: Identity::draft("EX-0001", &"1".repeat(64), "2026-01-31"),
        administrative: Administrative::not_provided(),
        referral: ReferralSection {
            id: "EX-0001".to_owned(),
            tests: vec![RequestedTest {
                code: "R9001.1".to_owned(),
                name: "Invented spinning disorder".to_owned(),
                method: "WGS".to_owned(),
            }],
            priority: "routine".to_owned(),
            phenotypes: vec![
                Phenotype { id: "HP:0001250".to_owned(), label: Some("Seizure".to_owned()) },
                Phenotype { id: "HP:0001263".to_owned(), label: None },
            ],
            penetrance: Penetrance::Complete,
            consanguineous: false,
            members: members(),
        },
        headline: Headline::of(&findings, Headline::coverage_notices(&coverage)),
        looked_up: Vec::new(),
        findings,
        single_hits: vec![lone(
            1,
            Tier::Untiered,
            "SHROUD2",
            "One heterozygous variant in a gene whose panel mode is BIALLELIC; no second variant was seen.",
        )],
        off_panel: vec![
            lone(1, Tier::Tier3, "OARSM1", "The gene is not on any applied panel."),
            lone(2, Tier::Tier3, "MASTH4", "The gene is not on any applied panel."),
        ],
        untiered: vec![lone(
            1,
            Tier::Untiered,
            "SAILQ",
            "Loss-of-function variants do not cause this phenotype, by the panel's mode of pathogenicity.",
        )],
        classification: Stated::not_provided("variants are tiered here, not classified"),
        interpretation: Stated::not_provided("to be written by the authoriser"),
        tested: Tested {
            directory_release: "Invented Test Directory 1".to_owned(),
            panels: vec![TestedPanel {
                id: 9_001,
                name: "Invented neurology".to_owned(),
                version: "3.12".to_owned(),
                signed_off: Some("2025-11-03".to_owned()),
                green_genes: 3,
                newer_version: Some("3.13 (not signed off)".to_owned()),
                signed_off_version: None,
                chosen_by: None,
            }],
            genes: [("WEAVR1", 990_001), ("LOOMX", 990_044), ("SHROUD2", 990_002)]
                .map(|(symbol, id)| TestedGene {
                    symbol: symbol.to_owned(),
                    hgnc_id: HgncId(id),
                    transcript: Some(format!("PENT{id:08}.1")),
                    transcript_reason: "MANE Select of the gene.".to_owned(),
                    panels: vec![9_001],
                })
                .into(),
            gene_agnostic: false,
            mitochondrial: false,
            only_named_variants: false,
            not_covered: vec![
                "Repeat SPUN_CAG of panel Invented neurology: repeats are not assessed.".to_owned(),
            ],
        },
        coverage,
        policy: vec![
            PolicyStatement {
                rule: "frequency".to_owned(),
                words: "gnomad_genomes NFE: at most 0.001 (dominant), 0.01 (recessive).".to_owned(),
            },
            PolicyStatement {
                rule: "green_gene_high_impact".to_owned(),
                words: "Tier 1: green gene, mode matches, high impact.".to_owned(),
            },
        ],
        funnel: Funnel::new("alleles", 5_012_344, steps, outcomes).expect("the example's funnel adds up"),
        not_evaluable: vec![NotEvaluableCount {
            reason: "not evaluable: reference base unknown".to_owned(),
            count: 12,
        }],
        limitations: Assessed { coverage: true, all_genes: true, ..Assessed::default() }.limitations(),
        input_checks: InputChecks {
            checks: vec![
                InputCheck {
                    severity: Severity::Warning,
                    subject: "families/EX-0001/joint.vcf.gz".to_owned(),
                    message: "no index was found; the whole file was read".to_owned(),
                    remedy: Some("index it to read only the panel's regions".to_owned()),
                },
                InputCheck {
                    severity: Severity::Information,
                    subject: "reference".to_owned(),
                    message: "10,000 REF bases were compared; none differed".to_owned(),
                    remedy: None,
                },
            ],
            contig_mappings: vec![ContigMapping {
                file: "families/EX-0001/joint.vcf.gz".to_owned(),
                from: "2".to_owned(),
                to: "chr2".to_owned(),
            }],
        },
        knowledge: knowledge(),
        authorisers: Authoriser::placeholders(),
        glossary: glossary(),
    }
}

/// A variant looked up in the family of the example: alone, or beside the analysis of its genes.
pub(in crate::report) fn looked_up(alone: bool) -> Report {
    let report = report();
    let finding = &report.findings[0];
    let genotype = &finding.genotypes[0];
    let carried = LookUpAnswer {
        state: LookUpState::Carried,
        zygosity: Zygosity::Heterozygous,
        words: "heterozygous".to_owned(),
        genotype: Some("0/1".to_owned()),
        depth: genotype.depth,
        reads: genotype.reads,
        allele_balance: genotype.allele_balance,
        quality: genotype.quality,
        filter: Some("PASS".to_owned()),
        input: finding.input.first().cloned(),
        ..LookUpAnswer::not_evaluable("EX-0001-P", "")
    };
    let not_carried = LookUpAnswer {
        state: LookUpState::NotCarried,
        zygosity: Zygosity::NotCarried,
        depth: Some(31),
        genotype: Some("0/0".to_owned()),
        ..LookUpAnswer::not_evaluable(
            "EX-0001-M",
            "a reference block has a genotype without the variant (0/0)",
        )
    };
    let variant = LookedUpVariant {
        written: "2-84301-C-T".to_owned(),
        variant: finding.variant.clone(),
        genomic: finding.nomenclature.genomic.clone(),
        effects: vec![LookedUpEffect {
            gene: finding.gene.clone(),
            nomenclature: finding.nomenclature.clone(),
            consequence: finding.consequence.clone(),
        }],
        effects_not_evaluable: None,
        answers: vec![
            carried,
            not_carried,
            LookUpAnswer::not_evaluable("EX-0001-F", "no variant file was provided"),
        ],
    };
    let place = Variant::new("chr3", 77_001, "G", "A");
    let unnamed = LookedUpVariant {
        written: place.name.clone(),
        variant: place,
        genomic: None,
        effects: Vec::new(),
        effects_not_evaluable: Some("the reference base is unknown".to_owned()),
        answers: vec![LookUpAnswer::not_evaluable("EX-0001-P", "no record here")],
    };
    let looked_up = vec![variant, unnamed];
    if !alone {
        let headline = report.headline.clone().with_look_ups(&looked_up, true);
        return Report { headline, looked_up, ..report };
    }
    let mut report = negative();
    report.headline = Headline::of(&[], Vec::new()).with_look_ups(&looked_up, false);
    report.looked_up = looked_up;
    report.tested.only_named_variants = true;
    report.tested.genes.clear();
    report.tested.panels.clear();
    report.single_hits.clear();
    report.off_panel.clear();
    report.untiered.clear();
    report.not_evaluable.clear();
    report.limitations = look_up_limitations();
    if let Ok(funnel) = Funnel::new("alleles", 0, Vec::new(), Vec::new()) {
        report.funnel = funnel;
    }
    report
}

/// A report on one person in whom nothing was found and no alignments were provided.
pub(in crate::report) fn negative() -> Report {
    let mut report = report();
    report.identity = Identity::draft("EX-0002", &"2".repeat(64), "2026-01-31");
    report.referral.id = "EX-0002".to_owned();
    report.referral.members =
        vec![member("EX-0002-P", Role::Proband, Sex::Female, Affection::Affected, None)];
    report.coverage.participants = vec![ParticipantCoverage {
        participant: "EX-0002-P".to_owned(),
        coverage: CoverageState::NotEvaluable("no alignments".to_owned()),
    }];
    report.findings.clear();
    report.single_hits.clear();
    report.off_panel.clear();
    report.untiered.clear();
    report.headline = Headline::of(&[], Headline::coverage_notices(&report.coverage));
    report.tested.not_covered.clear();
    report.not_evaluable.clear();
    report.input_checks = InputChecks::default();
    report.limitations = Assessed::default().limitations();
    let step = FunnelStep {
        rule: "region".to_owned(),
        words: "More than 20 bases from every exon.".to_owned(),
        dropped: 412,
    };
    report.funnel = Funnel::new("alleles", 412, vec![step], vec![]).expect("the example's funnel adds up");
    report
}

/// A batch with one referral done, one negative (of an earlier run), one failed and one not run.
pub(in crate::report) fn batch() -> Batch {
    // The entries' own counts are not those of the example reports: nothing here may look like a real batch.
    let done = |report: &Report, tiers| {
        let mut entry = BatchReferral::done(report);
        if let ReferralState::Done { tiers: counts, warnings, .. } = &mut entry.state {
            (*counts, *warnings) = (tiers, 1);
        }
        entry
    };
    let found = done(&report(), TierCounts { tier_1: 2, tier_2: 1, tier_3: 2, single_hits: 1 });
    let mut negative = done(&negative(), TierCounts::default());
    negative.run.run_date = "2026-01-24".to_owned();
    negative.run.pipeline.hash = "e".repeat(64);
    negative.priority = "urgent".to_owned();
    let last = EntryRun { bundle_hash: "a".repeat(64), ..found.run.clone() };
    let without_results = |id: &str, members, state| BatchReferral {
        id: id.to_owned(),
        tests: vec![],
        priority: "routine".to_owned(),
        members,
        run: last.clone(),
        state,
    };
    let failed = without_results(
        "EX-0003",
        3,
        ReferralState::Failed {
            message: "families/EX-0003/trio.vcf.gz: sample 'EX-0003-M' is not in the file (it holds \
                      EX-0003-P, EX-0003-F)"
                .to_owned(),
            remedy: "correct vcf_sample on line 9 of samplesheet.tsv, or leave the cell empty".to_owned(),
        },
    );
    let not_run = without_results(
        "EX-0004",
        1,
        ReferralState::NotRun {
            message: "the run was stopped before it reached this referral".to_owned(),
            remedy: "run again with --only EX-0004".to_owned(),
        },
    );
    let warning = "samplesheet.tsv: column 'ward' is not known and was kept unread".to_owned();
    Batch::new(last.clone(), vec![warning], vec![found, negative, failed, not_run])
}
