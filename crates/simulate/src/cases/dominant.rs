//! Dominant causes, inherited and new.

use super::*;

pub(super) fn dominant(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
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
