//! Recessive causes: homozygous, and two alleles of one gene.

use super::*;

pub(super) fn recessive(cast: &mut Cast<'_>) -> Result<Vec<Referral>, SimulateError> {
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
    lesions: impl Fn(&crate::lesions::Target<'_>) -> Option<(Lesion, Lesion)>,
) -> Result<(usize, (Lesion, Lesion)), SimulateError> {
    cast.break_one(
        "a gene with two planted alleles",
        |g| contigs.contains(&g.contig) && g.transcripts[0].exons.len() >= 5,
        |t| lesions(t).filter(|(a, b)| a.spelling.position.abs_diff(b.spelling.position) > 130),
    )
}
