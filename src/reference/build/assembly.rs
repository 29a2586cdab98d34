//! Which genome build a file belongs to, by the lengths of its chromosomes.

use std::path::Path;

use crate::model::assembly::Assembly;
use crate::model::builds::{HG19_MITOCHONDRION, chromosome_length, likely_build};
use crate::model::contig::{Contig, ContigId, canonical_name};
use crate::reference::error::ReferenceError;
use crate::reference::genome::Genome;

fn hint(found: Option<Assembly>) -> String {
    match found {
        Some(found) => format!("the lengths match {found}"),
        None => "the lengths do not match any known build".to_owned(),
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
        let Some(expected) = chromosome_length(assembly, name) else { continue };
        let hg19 = name == "MT" && contig.length == HG19_MITOCHONDRION && *assembly == Assembly::GRCh37;
        if contig.length != expected && !hg19 {
            let found = likely_build(contigs.iter().map(|c| (c.name.as_str(), c.length)));
            let message = format!(
                "{} has {} bases, but {expected} in {assembly}; {}",
                contig.name,
                contig.length,
                hint(found)
            );
            return Err(ReferenceError::WrongBuild { path: path.to_owned(), message });
        }
    }
    Ok(())
}

/// Refuses a file whose header gives other contig lengths than the genome. Two mitochondrial sequences are in use
/// under one name (16,569 bases in GRCh37 and GRCh38, 16,571 in hg19): a file with another one is of this genome
/// but for that contig, which is given with the length that the file says; its records must be left out, as those
/// that match the genome do so by chance.
///
/// # Errors
/// [`ReferenceError::WrongBuild`], naming the likely build.
pub(crate) fn check_lengths(
    path: &Path,
    contigs: &[(String, u32)],
    genome: &Genome,
) -> Result<Option<(ContigId, u32)>, ReferenceError> {
    let mut other_mitochondrion = None;
    for (name, given) in contigs {
        let Some(id) = genome.contig_id(name) else { continue };
        let expected = genome.contig(id).length;
        if *given == expected {
            continue;
        }
        if canonical_name(name) == "MT" {
            other_mitochondrion = Some((id, *given));
            continue;
        }
        let found = likely_build(contigs.iter().map(|(n, l)| (n.as_str(), *l)));
        let message =
            format!("its header gives {name} {given} bases, the FASTA has {expected}; {}", hint(found));
        return Err(ReferenceError::WrongBuild { path: path.to_owned(), message });
    }
    Ok(other_mitochondrion)
}

/// In words, which build a file may belong to that is not of this genome.
pub(crate) fn other_build(genome: &Genome) -> String {
    let contigs = genome.contigs().iter().map(|c| (c.name.as_str(), c.length));
    match likely_build(contigs) {
        Some(Assembly::GRCh38) => "the FASTA is GRCh38, the file is likely GRCh37".to_owned(),
        Some(Assembly::GRCh37) => "the FASTA is GRCh37, the file is likely GRCh38".to_owned(),
        _ => "the file is from a different genome from the FASTA".to_owned(),
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
        assert_eq!(
            check_lengths(Path::new("f"), &[("chr1".into(), 4), ("2".into(), 9)], &genome).unwrap(),
            None
        );
        let mitochondrion = Genome::from_sequences(vec![("MT".into(), b"ACGT".to_vec())]);
        let other = check_lengths(Path::new("f"), &[("chrM".into(), 6)], &mitochondrion).unwrap();
        assert_eq!(other, Some((ContigId(0), 6)));
        let error = check_lengths(Path::new("f"), &[("chr1".into(), 248_956_422)], &genome).unwrap_err();
        assert!(error.to_string().contains("GRCh38"), "{error}");
    }
}
