//! Mitochondrial and imprinted causes, and isodisomy.

use super::*;

pub(super) fn special_modes(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
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
