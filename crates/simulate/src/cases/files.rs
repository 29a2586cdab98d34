//! Cases that turn on how the files are written, or on what they do not cover.

use super::*;

pub(super) fn files(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
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
