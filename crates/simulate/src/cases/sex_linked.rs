//! Causes on X, on Y and in the pseudoautosomal region.

use super::*;

pub(super) fn sex_linked(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
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
