//! Which genome build a file belongs to, by the lengths of its chromosomes.

use std::path::Path;

use crate::model::assembly::Assembly;
use crate::model::contig::{Contig, canonical_name};
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;

/// Lengths of 1 to 22, X and Y. Source: Genome Reference Consortium, assembly reports of GRCh37
/// (GCF_000001405.13) and GRCh38 (GCF_000001405.26).
const GRCH37: [u32; 24] = [
    249_250_621,
    243_199_373,
    198_022_430,
    191_154_276,
    180_915_260,
    171_115_067,
    159_138_663,
    146_364_022,
    141_213_431,
    135_534_747,
    135_006_516,
    133_851_895,
    115_169_878,
    107_349_540,
    102_531_392,
    90_354_753,
    81_195_210,
    78_077_248,
    59_128_983,
    63_025_520,
    48_129_895,
    51_304_566,
    155_270_560,
    59_373_566,
];
const GRCH38: [u32; 24] = [
    248_956_422,
    242_193_529,
    198_295_559,
    190_214_555,
    181_538_259,
    170_805_979,
    159_345_973,
    145_138_636,
    138_394_717,
    133_797_422,
    135_086_622,
    133_275_309,
    114_364_328,
    107_043_718,
    101_991_189,
    90_338_345,
    83_257_441,
    80_373_285,
    58_617_616,
    64_444_167,
    46_709_983,
    50_818_468,
    156_040_895,
    57_227_415,
];
/// The revised Cambridge Reference Sequence, NC_012920.1.
const RCRS: u32 = 16_569;
/// NC_001807, the mitochondrial sequence of UCSC hg19.
const HG19_MITOCHONDRION: u32 = 16_571;

/// The length a build gives a chromosome, by canonical name.
fn length(assembly: &Assembly, chromosome: &str) -> Option<u32> {
    let lengths = match assembly {
        Assembly::GRCh37 => &GRCH37,
        Assembly::GRCh38 => &GRCH38,
        Assembly::Other(_) => return None,
    };
    match chromosome {
        "X" => Some(lengths[22]),
        "Y" => Some(lengths[23]),
        "MT" => Some(RCRS),
        number => lengths[..22].get(number.parse::<usize>().ok()?.checked_sub(1)?).copied(),
    }
}

/// The known build that most of these chromosomes belong to.
fn likely<'a>(contigs: impl Iterator<Item = (&'a str, u32)>) -> Option<Assembly> {
    let (mut older, mut newer) = (0, 0);
    for (name, given) in contigs {
        let name = canonical_name(name);
        if name != "MT" {
            older += u32::from(length(&Assembly::GRCh37, &name) == Some(given));
            newer += u32::from(length(&Assembly::GRCh38, &name) == Some(given));
        }
    }
    match older.cmp(&newer) {
        std::cmp::Ordering::Greater => Some(Assembly::GRCh37),
        std::cmp::Ordering::Less => Some(Assembly::GRCh38),
        std::cmp::Ordering::Equal => None,
    }
}

fn hint(found: Option<Assembly>) -> String {
    match found {
        Some(found) => format!("the lengths are those of {found}"),
        None => "the lengths are those of no build known here".to_owned(),
    }
}

/// Refuses a FASTA whose chromosomes do not have the lengths of the build it is said to be.
///
/// # Errors
/// [`ReferenceError::WrongBuild`], naming the likely build.
pub(crate) fn check_fasta(
    path: &Path,
    assembly: &Assembly,
    contigs: &[Contig],
) -> Result<(), ReferenceError> {
    for contig in contigs {
        let name = canonical_name(&contig.name);
        let Some(expected) = length(assembly, &name) else { continue };
        let hg19 = name == "MT" && contig.length == HG19_MITOCHONDRION && *assembly == Assembly::GRCh37;
        if contig.length != expected && !hg19 {
            let found = likely(contigs.iter().map(|c| (c.name.as_str(), c.length)));
            let message = format!(
                "{} has {} bases, in {assembly} it has {expected}; {}",
                contig.name,
                contig.length,
                hint(found)
            );
            return Err(ReferenceError::WrongBuild { path: path.to_owned(), message });
        }
    }
    Ok(())
}

/// Refuses a file whose header gives other contig lengths than the genome.
///
/// # Errors
/// [`ReferenceError::WrongBuild`], naming the likely build.
pub(crate) fn check_lengths(
    path: &Path,
    contigs: &[(String, u32)],
    genome: &Genome,
) -> Result<(), ReferenceError> {
    for (name, given) in contigs {
        let Some(id) = genome.contig_id(name) else { continue };
        let expected = genome.contig(id).length;
        // Two mitochondrial sequences are in use under one name; REF bases tell them apart.
        if *given != expected && canonical_name(name) != "MT" {
            let found = likely(contigs.iter().map(|(n, l)| (n.as_str(), *l)));
            let message =
                format!("its header gives {name} {given} bases, the FASTA has {expected}; {}", hint(found));
            return Err(ReferenceError::WrongBuild { path: path.to_owned(), message });
        }
    }
    Ok(())
}

/// In words, which build a file may belong to that is not of this genome.
pub(crate) fn other_build(genome: &Genome) -> String {
    let contigs = genome.contigs().iter().map(|c| (c.name.as_str(), c.length));
    match likely(contigs) {
        Some(Assembly::GRCh38) => "the FASTA is GRCh38, the file is likely GRCh37".to_owned(),
        Some(Assembly::GRCh37) => "the FASTA is GRCh37, the file is likely GRCh38".to_owned(),
        _ => "the file belongs to another genome than the FASTA".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contig(name: &str, length: u32) -> Contig {
        Contig { name: name.to_owned(), length }
    }

    #[test]
    fn the_wrong_build_is_named() {
        let contigs = [contig("chrM", 16_569), contig("chr20", 63_025_520)];
        assert!(check_fasta(Path::new("f"), &Assembly::GRCh37, &contigs).is_ok());
        let error = check_fasta(Path::new("f"), &Assembly::GRCh38, &contigs).unwrap_err().to_string();
        assert!(error.contains("GRCh37") && error.contains("chr20"), "{error}");
        assert!(check_fasta(Path::new("f"), &Assembly::Other("x".into()), &contigs).is_ok());
        let hg19 = [contig("chrM", 16_571), contig("chrUn_1", 5)];
        assert!(check_fasta(Path::new("f"), &Assembly::GRCh37, &hg19).is_ok());
        assert!(check_fasta(Path::new("f"), &Assembly::GRCh38, &hg19).is_err());
    }

    #[test]
    fn header_lengths_are_compared() {
        let genome = Genome::from_sequences(vec![("1".into(), b"ACGT".to_vec())]);
        assert!(check_lengths(Path::new("f"), &[("chr1".into(), 4), ("2".into(), 9)], &genome).is_ok());
        let error = check_lengths(Path::new("f"), &[("chr1".into(), 248_956_422)], &genome).unwrap_err();
        assert!(error.to_string().contains("GRCh38"), "{error}");
    }
}
