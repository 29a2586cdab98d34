//! The referrals that must come out right: one for each mode of inheritance and each way to be misled.

use super::SimulateError;
use super::cast::{Cast, Entry, NOT_LOSS_OF_FUNCTION, moi};
use super::genome::{M, PSEUDOAUTOSOMAL, X, Y};
use super::lesions::Lesion;
use super::pedigree::Pedigree;
use super::referral::{Form, JOINT, Plant, Referral, Style, Truth, Written};

const AUTOSOMES: &[usize] = &[0, 1, 2];
const ONE: &[usize] = &[0];
const TWO: &[usize] = &[1];
const THREE: &[usize] = &[2];

fn cause(tier: &'static str, mode: &'static str) -> Truth {
    Truth { kind: "cause", tier, mode, also: "", partner: None, why: "" }
}

fn decoy(tier: &'static str, why: &'static str) -> Truth {
    Truth { kind: "decoy", tier, mode: "", also: "", partner: None, why }
}

fn single_hit(why: &'static str) -> Truth {
    Truth { kind: "single_hit", tier: "untiered", mode: "", also: "", partner: None, why }
}

const TRIO_BOY: &[&str] = &["mother f u - - s", "father m u - - s", "proband m a mother father s"];
const TRIO_GIRL: &[&str] = &["mother f u - - s", "father m u - - s", "proband f a mother father s"];
const FROM_MOTHER: &[(&str, &str)] = &[("mother", "proband")];
const FROM_FATHER: &[(&str, &str)] = &[("father", "proband")];
const NOBODY: &[(&str, &str)] = &[];

/// Fills in what most referrals share; the test code is that of the panel.
fn referral(number: u32, rows: &[&'static str], panel: u32, plants: Vec<Plant>) -> Referral {
    Referral {
        id: format!("SIM{number:03}"),
        pedigree: Pedigree::new(rows),
        codes: vec![format!("R{panel}.1")],
        panels: "",
        priority: if number.is_multiple_of(5) { "urgent" } else { "routine" },
        hpo: ["HP:0001250", "HP:0001250;HP:0001263", "", "HP:0000407"][number as usize % 4],
        penetrance: "complete",
        style: JOINT,
        plants,
        targets: Vec::new(),
        gap: None,
    }
}

/// Every referral of the main samplesheet.
///
/// # Errors
/// Fails where the genes don't suffice.
pub fn all(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
    let mut out = dominant(cast)?;
    out.extend(recessive(cast)?);
    out.extend(sex_linked(cast)?);
    out.extend(special_modes(cast)?);
    out.extend(knowledge(cast)?);
    out.extend(files(cast)?);
    Ok(out)
}

fn green(cast: &mut Cast<'_>, panel: u32, lesion: &Lesion, mode: &'static str) {
    cast.green(panel, lesion.gene, mode);
}

fn dominant(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
    let mut out = Vec::new();
    // SIM001: a singleton with every kind of distraction.
    let lof = cast.one(ONE, Some(true), |t| t.stop_gained(0.3))?;
    green(cast, 9001, &lof, moi::DOMINANT);
    let common = cast.one(ONE, None, |t| t.homopolymer_deletion())?;
    green(cast, 9001, &common, moi::DOMINANT);
    let silent = cast.one(ONE, None, |t| t.synonymous(0.5))?;
    green(cast, 9001, &silent, moi::DOMINANT);
    let artefact = cast.one(TWO, None, |t| t.stop_gained(0.4))?;
    green(cast, 9001, &artefact, moi::DOMINANT);
    let elsewhere = cast.one(TWO, None, |t| t.stop_gained(0.4))?;
    let mut plants = vec![
        Plant::new(lof, ("proband", 0), NOBODY, cause("TIER1", "autosomal_dominant")),
        Plant::new(
            common,
            ("proband", 0),
            NOBODY,
            decoy(
                "untiered",
                "common in every population; the frequency table spells it right-shifted and padded",
            ),
        ),
        Plant::new(silent, ("proband", 1), NOBODY, decoy("untiered", "synonymous, far from exon ends")),
        Plant::new(artefact, ("proband", 1), NOBODY, decoy("untiered", "FILTER is LowQual")),
        Plant::new(elsewhere, ("proband", 0), NOBODY, decoy("TIER3", "gene on no applied panel")),
    ];
    plants[1].frequency = Some((0.13, true));
    plants[3].poor = true;
    out.push(referral(1, &["proband f a - - s"], 9001, plants));

    // SIM002: a duo, files per member in another caller's style.
    let missense = cast.one(ONE, Some(false), |t| t.missense(0.4))?;
    green(cast, 9001, &missense, moi::DOMINANT);
    let elsewhere = cast.one(THREE, None, |t| t.stop_gained(0.5))?;
    let plants = vec![
        Plant::new(missense, ("mother", 0), FROM_MOTHER, cause("TIER2", "autosomal_dominant")),
        Plant::new(
            elsewhere,
            ("proband", 1),
            NOBODY,
            decoy(
                "TIER3",
                "gene on no applied panel; not seen in the affected mother, the father not sequenced",
            ),
        ),
    ];
    let mut duo =
        referral(2, &["mother f a - - s", "father m u - - l", "proband m a mother father s"], 9001, plants);
    duo.style = Style { form: Form::PerMember, prefixed: false, ped: true, ..JOINT };
    out.push(duo);

    // SIM003: de novo missense; loss of function from an unaffected father does not fit.
    let new = cast.one(TWO, None, |t| t.missense(0.6))?;
    green(cast, 9001, &new, moi::DOMINANT);
    let inherited = cast.one(TWO, None, |t| t.stop_gained(0.2))?;
    green(cast, 9001, &inherited, moi::DOMINANT);
    let lone = cast.one(THREE, None, |t| t.stop_gained(0.2))?;
    green(cast, 9001, &lone, moi::RECESSIVE);
    let mut truth = cause("TIER1", "de_novo");
    truth.also = "autosomal_dominant";
    out.push(referral(
        3,
        TRIO_GIRL,
        9001,
        vec![
            Plant::new(new, ("proband", 1), NOBODY, truth),
            Plant::new(
                inherited,
                ("father", 0),
                FROM_FATHER,
                decoy("untiered", "from the unaffected father, complete penetrance"),
            ),
            Plant::new(
                lone,
                ("mother", 1),
                FROM_MOTHER,
                single_hit("lone heterozygote in a recessive gene, from the unaffected mother"),
            ),
        ],
    ));

    // SIM004: incomplete penetrance, minus-strand donor.
    let donor = cast.one(ONE, Some(false), |t| t.splice_donor())?;
    cast.entry(
        9002,
        Entry {
            gene: donor.gene,
            confidence: "3",
            moi: moi::DOMINANT,
            mop: None,
            penetrance: Some("Incomplete"),
        },
    );
    let mut incomplete = referral(
        4,
        TRIO_BOY,
        9002,
        vec![Plant::new(
            donor,
            ("father", 0),
            FROM_FATHER,
            cause("TIER1", "autosomal_dominant_incomplete_penetrance"),
        )],
    );
    incomplete.penetrance = "incomplete";
    out.push(incomplete);

    // SIM005: three generations.
    let missense = cast.one(THREE, None, |t| t.missense(0.3))?;
    green(cast, 9002, &missense, moi::BOTH);
    let cis = cast.one(THREE, None, |t| t.stop_gained(0.3))?;
    let rows = [
        "grandmother f a - - s",
        "grandfather m u - - s",
        "mother f a grandmother grandfather s",
        "uncle m u grandmother grandfather s",
        "father m u - - s",
        "proband f a mother father s",
        "brother m u mother father s",
    ];
    out.push(referral(5, &rows, 9002, vec![
        Plant::new(missense, ("grandmother", 0), &[("grandmother", "mother"), ("mother", "proband")], cause("TIER2", "autosomal_dominant")),
        Plant::new(cis, ("grandfather", 1), &[("grandfather", "mother"), ("mother", "proband")], decoy("untiered", "off-panel, carried by the unaffected grandfather and not by the affected grandmother: segregates with no mode")),
    ]));
    Ok(out)
}

fn recessive(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
    let mut out = Vec::new();
    // SIM006: first cousins; the frame shifts in a repeat, spelled at its right end.
    let shift = cast.one(TWO, None, |t| t.homopolymer_deletion())?;
    green(cast, 9003, &shift, moi::RECESSIVE);
    let rows = [
        "ancestress f ? - - h",
        "ancestor m ? - - h",
        "aunt-in-law f ? - - h",
        "uncle-in-law m ? - - h",
        "grandmother f ? ancestress ancestor h",
        "granduncle m ? ancestress ancestor h",
        "mother f u grandmother uncle-in-law s",
        "father m u aunt-in-law granduncle s",
        "proband f a mother father s",
        "sister f u mother father s",
    ];
    let path: &[(&str, &str)] = &[
        ("ancestress", "grandmother"),
        ("ancestress", "granduncle"),
        ("grandmother", "mother"),
        ("granduncle", "father"),
        ("mother", "proband"),
        ("father", "proband"),
        ("father", "sister"),
    ];
    let mut plant = Plant::new(shift, ("ancestress", 0), path, cause("TIER1", "autosomal_recessive"));
    plant.written = Written::ShiftedRight;
    plant.truth.why = "homozygous by descent from one great-grandparent, inside a run of homozygosity";
    out.push(referral(6, &rows, 9003, vec![plant]));

    // SIM007: compound heterozygote, phased by the parents; a pair in cis beside it.
    let (index, (a, b)) = pair(cast, THREE, |t| Some((t.stop_gained(0.3)?, t.missense(0.7)?)))?;
    cast.green(9003, index, moi::RECESSIVE);
    let (index, (c, d)) = pair(cast, TWO, |t| Some((t.stop_gained(0.25)?, t.missense(0.75)?)))?;
    cast.green(9003, index, moi::RECESSIVE);
    let mut plants = vec![
        Plant::new(a, ("mother", 0), FROM_MOTHER, cause("TIER1", "compound_heterozygous")),
        Plant::new(b, ("father", 1), FROM_FATHER, cause("TIER2", "compound_heterozygous")),
        Plant::new(
            c,
            ("mother", 0),
            FROM_MOTHER,
            decoy("untiered", "in cis with its partner: both from the mother"),
        ),
        Plant::new(
            d,
            ("mother", 0),
            FROM_MOTHER,
            decoy("untiered", "in cis with its partner: both from the mother"),
        ),
    ];
    plants[0].truth.partner = Some(1);
    plants[1].truth.partner = Some(0);
    out.push(referral(7, TRIO_BOY, 9003, plants));

    // SIM008: compound heterozygote phased by the caller in a singleton.
    let (index, (a, b)) = pair(cast, AUTOSOMES, |t| Some((t.splice_acceptor()?, t.stop_gained(0.6)?)))?;
    cast.green(9003, index, moi::RECESSIVE);
    let (index, (c, d)) = pair(cast, AUTOSOMES, |t| Some((t.stop_gained(0.4)?, t.missense(0.5)?)))?;
    cast.green(9003, index, moi::RECESSIVE);
    let mut plants = vec![
        Plant::new(a, ("proband", 0), NOBODY, cause("TIER1", "compound_heterozygous")),
        Plant::new(b, ("proband", 1), NOBODY, cause("TIER1", "compound_heterozygous")),
        Plant::new(
            c,
            ("proband", 1),
            NOBODY,
            decoy("untiered", "in cis with its partner by phase set; recessive gene"),
        ),
        Plant::new(
            d,
            ("proband", 1),
            NOBODY,
            decoy("untiered", "in cis with its partner by phase set; recessive gene"),
        ),
    ];
    plants[0].truth.partner = Some(1);
    plants[1].truth.partner = Some(0);
    let mut phased = referral(8, &["proband m a - - s"], 9003, plants);
    phased.style = Style { phased: true, haploid: true, ..JOINT };
    out.push(phased);

    // SIM009: a quad, affected and unaffected sibling, start loss over stop loss.
    let (index, (a, b)) = pair(cast, AUTOSOMES, |t| Some((t.start_lost()?, t.stop_lost()?)))?;
    cast.green(9003, index, moi::RECESSIVE);
    let mut plants = vec![
        Plant::new(
            a,
            ("mother", 0),
            &[("mother", "proband"), ("mother", "sister")],
            cause("TIER1", "compound_heterozygous"),
        ),
        Plant::new(
            b,
            ("father", 0),
            &[("father", "proband"), ("father", "sister"), ("father", "brother")],
            cause("TIER1", "compound_heterozygous"),
        ),
    ];
    plants[0].truth.partner = Some(1);
    plants[1].truth.partner = Some(0);
    let rows = [
        "mother f u - - s",
        "father m u - - s",
        "proband m a mother father s",
        "sister f a mother father s",
        "brother m u mother father s",
    ];
    out.push(referral(9, &rows, 9003, plants));
    Ok(out)
}

fn pair(
    cast: &mut Cast<'_>,
    contigs: &[usize],
    lesions: impl Fn(&super::lesions::Target<'_>) -> Option<(Lesion, Lesion)>,
) -> Result<(usize, (Lesion, Lesion)), SimulateError> {
    cast.break_one(
        "a gene with two planted alleles",
        |g| contigs.contains(&g.contig) && g.transcripts[0].exons.len() >= 5,
        |t| lesions(t).filter(|(a, b)| a.spelling.position.abs_diff(b.spelling.position) > 130),
    )
}

fn sex_linked(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
    let mut out = Vec::new();
    // SIM010: X-linked recessive, carrier mother, unaffected brother.
    let lof = cast.one(&[X], None, |t| t.stop_gained(0.3))?;
    green(cast, 9004, &lof, moi::X_RECESSIVE);
    let rows = [
        "mother f u - - s",
        "father m u - - s",
        "proband m a mother father s",
        "brother m u mother father s",
    ];
    out.push(referral(
        10,
        &rows,
        9004,
        vec![Plant::new(lof, ("mother", 1), FROM_MOTHER, cause("TIER1", "x_linked_recessive"))],
    ));

    // SIM011: X-linked dominant, new in a girl.
    let new = cast.one(&[X], None, |t| t.missense(0.5))?;
    green(cast, 9004, &new, moi::X_DOMINANT);
    let carrier = cast.one(&[X], None, |t| t.stop_gained(0.6))?;
    green(cast, 9004, &carrier, moi::X_RECESSIVE);
    let mut truth = cause("TIER1", "x_linked_dominant");
    truth.also = "de_novo";
    let mut girl = referral(
        11,
        TRIO_GIRL,
        9004,
        vec![
            Plant::new(new, ("proband", 0), NOBODY, truth),
            Plant::new(
                carrier,
                ("mother", 0),
                FROM_MOTHER,
                single_hit("heterozygous girl, X-linked recessive gene, from the unaffected mother"),
            ),
        ],
    );
    girl.style = Style { haploid: true, ..JOINT };
    out.push(girl);

    // SIM012: a pseudoautosomal gene behaves as an autosomal one, also from father to son.
    let shared = cast
        .break_one(
            "a pseudoautosomal gene",
            |g| g.contig == X && g.interval().1 <= PSEUDOAUTOSOMAL && g.transcripts[0].exons.len() >= 2,
            |t| t.stop_gained(0.3),
        )?
        .1;
    green(cast, 9004, &shared, moi::DOMINANT);
    let rows = ["mother f u - - s", "father m a - - s", "proband m a mother father s"];
    let mut par = referral(
        12,
        &rows,
        9004,
        vec![Plant::new(shared, ("father", 1), FROM_FATHER, cause("TIER1", "autosomal_dominant"))],
    );
    par.style = Style { haploid: true, ..JOINT };
    out.push(par);

    // SIM013: Y-linked.
    let lof = cast
        .break_one(
            "a gene of Y",
            |g| g.contig == Y && g.transcripts[0].exons.len() >= 2,
            |t| t.stop_gained(0.4),
        )?
        .1;
    green(cast, 9004, &lof, moi::OTHER);
    let mut y = referral(
        13,
        &rows,
        9004,
        vec![Plant::new(lof, ("father", 1), FROM_FATHER, cause("TIER1", "y_linked"))],
    );
    y.style = Style { haploid: true, ..JOINT };
    out.push(y);
    Ok(out)
}

fn special_modes(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
    let mut out = Vec::new();
    // SIM014: mitochondrial, more in the child than in the mother.
    let stop = cast.one(&[M], None, |t| t.mitochondrial_tryptophan(true))?;
    green(cast, 9005, &stop, moi::MITOCHONDRIAL);
    let silent = cast.one(&[M], None, |t| t.mitochondrial_tryptophan(false))?;
    green(cast, 9005, &silent, moi::MITOCHONDRIAL);
    let mut plants = vec![
        Plant::new(stop, ("mother", 0), FROM_MOTHER, cause("TIER1", "mitochondrial")),
        Plant::new(
            silent,
            ("mother", 0),
            FROM_MOTHER,
            decoy("untiered", "synonymous in translation table 2 (TGA and TGG are both tryptophan)"),
        ),
    ];
    plants[0].fractions = &[("proband", 0.86), ("mother", 0.18), ("father", 0.0)];
    plants[1].fractions = &[("proband", 1.0), ("mother", 1.0), ("father", 0.0)];
    out.push(referral(14, TRIO_GIRL, 9005, plants));

    // SIM015: the mother's copy is silent; the father has his from his own mother and is well.
    let lof = cast.one(THREE, None, |t| t.stop_gained(0.35))?;
    green(cast, 9006, &lof, moi::MATERNALLY_IMPRINTED);
    let rows = [
        "grandmother f ? - - s",
        "grandfather m u - - s",
        "mother f u - - s",
        "father m u grandmother grandfather s",
        "proband m a mother father s",
    ];
    out.push(referral(
        15,
        &rows,
        9006,
        vec![Plant::new(
            lof,
            ("grandmother", 1),
            &[("grandmother", "father"), ("father", "proband")],
            cause("TIER1", "dominant_maternally_imprinted"),
        )],
    ));

    // SIM016: both copies of chr2 from the mother.
    let lof = cast.one(TWO, None, |t| t.stop_gained(0.45))?;
    green(cast, 9006, &lof, moi::RECESSIVE);
    let mut truth = cause("TIER1", "uniparental_isodisomy");
    truth.also = "autosomal_recessive";
    let mut upd = referral(16, TRIO_BOY, 9006, vec![Plant::new(lof, ("mother", 0), FROM_MOTHER, truth)]);
    upd.pedigree.isodisomy = Some((2, 1));
    out.push(upd);
    Ok(out)
}

fn knowledge(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
    let mut out = Vec::new();
    // SIM017: a synonymous allele asserted pathogenic, commoner than the dominant limit.
    let silent = cast.one(AUTOSOMES, None, |t| t.synonymous(0.3))?;
    green(cast, 9007, &silent, moi::DOMINANT);
    let mut plant = Plant::new(silent, ("father", 1), FROM_FATHER, cause("TIER1", "autosomal_dominant"));
    plant.frequency = Some((0.004, false));
    plant.assertion = Some("Pathogenic");
    plant.truth.why = "known pathogenic: frequency and impact are waived";
    let rows = ["mother f u - - s", "father m a - - s", "proband f a mother father s"];
    out.push(referral(17, &rows, 9007, vec![plant]));

    // SIM018: deep in an intron, asserted likely pathogenic, homozygous.
    let deep = cast.one(AUTOSOMES, None, |t| t.deep_intronic())?;
    green(cast, 9007, &deep, moi::RECESSIVE);
    let rows = [
        "ancestress f ? - - h",
        "ancestor m ? - - h",
        "mother f u ancestress - s",
        "father m u ancestress - s",
        "proband m a mother father s",
    ];
    let path: &[(&str, &str)] =
        &[("ancestress", "mother"), ("ancestress", "father"), ("mother", "proband"), ("father", "proband")];
    let mut plant = Plant::new(deep, ("ancestress", 0), path, cause("TIER1", "autosomal_recessive"));
    plant.assertion = Some("Pathogenic/Likely_pathogenic");
    plant.truth.why =
        "known pathogenic: frequency and impact are waived; the parents are maternal half-siblings";
    out.push(referral(18, &rows, 9007, vec![plant]));

    // SIM019: the gene is on no applied panel.
    let lof = cast.one(AUTOSOMES, None, |t| t.splice_donor())?;
    let mut truth = cause("TIER3", "de_novo");
    truth.also = "autosomal_dominant";
    truth.why = "gene on no applied panel";
    out.push(referral(19, TRIO_BOY, 9007, vec![Plant::new(lof, ("proband", 0), NOBODY, truth)]));

    // SIM020: loss of function is not the mechanism; a missense in another such gene is the cause. BCF.
    let lof = cast.one(AUTOSOMES, None, |t| t.stop_gained(0.5))?;
    let missense = cast.one(AUTOSOMES, None, |t| t.missense(0.5))?;
    for gene in [lof.gene, missense.gene] {
        cast.entry(
            9008,
            Entry {
                gene,
                confidence: "3",
                moi: moi::DOMINANT,
                mop: Some(NOT_LOSS_OF_FUNCTION),
                penetrance: None,
            },
        );
    }
    let amber = cast.one(AUTOSOMES, None, |t| t.stop_gained(0.5))?;
    cast.entry(
        9008,
        Entry { gene: amber.gene, confidence: "2", moi: moi::DOMINANT, mop: None, penetrance: None },
    );
    let mut truth = cause("TIER1", "de_novo");
    truth.also = "autosomal_dominant";
    let mut gain = referral(
        20,
        TRIO_GIRL,
        9008,
        vec![
            Plant::new(missense, ("proband", 0), NOBODY, truth),
            Plant::new(
                lof,
                ("proband", 1),
                NOBODY,
                decoy("TIER3", "loss of function is not the mechanism of this gene"),
            ),
            Plant::new(amber, ("proband", 1), NOBODY, decoy("TIER3", "amber gene")),
        ],
    );
    gain.style = Style { form: Form::JointBcf, ..JOINT };
    out.push(gain);
    Ok(out)
}

fn files(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
    let mut out = Vec::new();
    // SIM021: ALT 2 of a multi-allelic record.
    let (index, (first, second)) = pair_at_one_site(cast)?;
    cast.green(9009, index, moi::DOMINANT);
    let rows = ["mother f a - - s", "father m u - - s", "proband m a mother father s"];
    let mut plants = vec![
        Plant::new(
            first,
            ("father", 0),
            FROM_FATHER,
            decoy("untiered", "ALT 1: common, from the unaffected father"),
        ),
        Plant::new(second, ("mother", 0), FROM_MOTHER, cause("TIER1", "autosomal_dominant")),
    ];
    plants[0].frequency = Some((0.2, false));
    out.push(referral(21, &rows, 9009, plants));

    // SIM022: a deletion over an exon's edge, padded in a gVCF per member.
    let edge = cast.one(AUTOSOMES, Some(false), |t| t.boundary_deletion())?;
    green(cast, 9009, &edge, moi::DOMINANT_UNKNOWN);
    let mut truth = cause("TIER1", "de_novo");
    truth.also = "autosomal_dominant";
    let mut plant = Plant::new(edge, ("proband", 0), NOBODY, truth);
    plant.written = Written::Padded;
    let mut blocks = referral(22, TRIO_GIRL, 9009, vec![plant]);
    blocks.style = Style { form: Form::GvcfPerMember, ..JOINT };
    out.push(blocks);

    // SIM023: a selenoprotein.
    let seleno =
        cast.break_one("a selenoprotein", |g| g.remark == "selenoprotein", |t| t.selenocysteine_to_stop())?.1;
    green(cast, 9009, &seleno, moi::DOMINANT);
    let mut truth = cause("TIER1", "de_novo");
    truth.also = "autosomal_dominant";
    out.push(referral(23, TRIO_BOY, 9009, vec![Plant::new(seleno, ("proband", 1), NOBODY, truth)]));

    // SIM024: alignments; the cause lies in an exon no read covers.
    let (hidden, gap) = cast
        .break_one(
            "a gene for alignments",
            |g| {
                AUTOSOMES.contains(&g.contig)
                    && (4..8).contains(&g.transcripts[0].exons.len())
                    && g.interval().1 - g.interval().0 < 2_500
            },
            |t| {
                let lesion = t.stop_gained(0.4)?;
                let at = lesion.spelling.position;
                let exon = t.gene.transcripts[0].exons.iter().find(|e| e.0 <= at && at < e.1)?;
                Some((lesion, (t.gene.contig, exon.0, exon.1)))
            },
        )?
        .1;
    green(cast, 9010, &hidden, moi::DOMINANT);
    let neighbour = cast.one(AUTOSOMES, None, |t| {
        (t.gene.interval().1 - t.gene.interval().0 < 2_500).then(|| t.synonymous(0.5))?
    })?;
    green(cast, 9010, &neighbour, moi::DOMINANT);
    let targets = vec![hidden.gene, neighbour.gene];
    let mut plant = Plant::new(
        hidden,
        ("proband", 0),
        NOBODY,
        Truth {
            kind: "coverage_gap",
            tier: "untiered",
            mode: "",
            also: "",
            partner: None,
            why: "no read covers the exon, so nothing is called there",
        },
    );
    plant.hidden = true;
    let mut reads = referral(
        24,
        TRIO_BOY,
        9010,
        vec![
            plant,
            Plant::new(
                neighbour,
                ("father", 0),
                FROM_FATHER,
                decoy("untiered", "synonymous, from the unaffected father"),
            ),
        ],
    );
    reads.style = Style { alignments: true, ..JOINT };
    reads.targets = targets;
    reads.gap = Some(gap);
    out.push(reads);

    // SIM025: gene-agnostic test, the requester names the panels; acutely unwell.
    let lof = cast.one(AUTOSOMES, None, |t| t.splice_acceptor())?;
    green(cast, 9011, &lof, moi::BOTH_SEVERE);
    let mut truth = cause("TIER1", "de_novo");
    truth.also = "autosomal_dominant";
    let mut agnostic = referral(25, TRIO_GIRL, 9012, vec![Plant::new(lof, ("proband", 0), NOBODY, truth)]);
    agnostic.codes = vec!["R9014.1".to_owned()];
    agnostic.panels = "9011";
    agnostic.priority = "urgent";
    out.push(agnostic);

    // SIM026: a super panel.
    let missense = cast.one(AUTOSOMES, None, |t| t.missense(0.2))?;
    green(cast, 9001, &missense, moi::DOMINANT);
    let rows = ["mother f a - - s", "proband m a mother - s"];
    let mut parent = referral(
        26,
        &rows,
        9013,
        vec![Plant::new(missense, ("mother", 0), FROM_MOTHER, cause("TIER2", "autosomal_dominant"))],
    );
    parent.codes = vec!["R9013.1".to_owned()];
    out.push(parent);

    // SIM027 and SIM028: targeted calls, for the panel pipeline.
    let lof = cast.one(AUTOSOMES, None, |t| t.stop_gained(0.15))?;
    green(cast, 9012, &lof, moi::DOMINANT);
    let mut single = referral(
        27,
        &["proband f a - - s"],
        9012,
        vec![Plant::new(lof, ("proband", 0), NOBODY, cause("TIER1", "autosomal_dominant"))],
    );
    single.style = Style { targeted: true, form: Form::PerMember, ..JOINT };
    out.push(single);
    let shift = cast.one(AUTOSOMES, Some(false), |t| t.homopolymer_deletion())?;
    green(cast, 9012, &shift, moi::RECESSIVE);
    let rows = [
        "grandmother f ? - - h",
        "mother f u grandmother - s",
        "father m u grandmother - s",
        "proband m a mother father s",
    ];
    let path: &[(&str, &str)] =
        &[("grandmother", "mother"), ("grandmother", "father"), ("mother", "proband"), ("father", "proband")];
    let mut plant = Plant::new(shift, ("grandmother", 0), path, cause("TIER1", "autosomal_recessive"));
    plant.written = Written::ShiftedRight;
    let mut trio = referral(28, &rows, 9012, vec![plant]);
    trio.style = Style { targeted: true, ..JOINT };
    out.push(trio);
    Ok(out)
}

fn pair_at_one_site(cast: &mut Cast<'_>) -> Result<(usize, (Lesion, Lesion)), SimulateError> {
    cast.break_one(
        "a gene with two alleles at one site",
        |g| AUTOSOMES.contains(&g.contig) && g.transcripts[0].exons.len() >= 4,
        |t| t.two_alleles(),
    )
}
