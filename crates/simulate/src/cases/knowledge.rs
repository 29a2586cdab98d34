//! Cases that turn on what is known: assertions, panels, the mechanism of a gene.

use super::*;

pub(super) fn knowledge(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
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
