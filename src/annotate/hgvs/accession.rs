//! RefSeq accessions of the chromosomes of the known builds.

use crate::model::assembly::Assembly;
use crate::model::contig::{Contig, canonical_name};

/// Versions of NC_000001 to NC_000024 in GRCh37.
///
/// Source: Genome Reference Consortium, assembly report GCF_000001405.13 (GRCh37).
const GRCH37: [u8; 24] =
    [10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11, 10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9];

/// Versions of NC_000001 to NC_000024 in GRCh38.
///
/// Source: Genome Reference Consortium, assembly report GCF_000001405.26 (GRCh38).
const GRCH38: [u8; 24] =
    [11, 12, 12, 12, 10, 12, 14, 11, 12, 11, 10, 12, 11, 9, 10, 10, 11, 10, 10, 11, 9, 11, 11, 10];

/// Length of the revised Cambridge Reference Sequence; hg19's `chrM` (NC_001807, 16,571 bases) is another one.
const RCRS_LENGTH: u32 = 16_569;

/// The accession under which a contig is named in `g.` and `m.` descriptions, where one is known.
pub fn accession(assembly: &Assembly, contig: &Contig) -> Option<String> {
    if contig.name.starts_with("NC_") && contig.name.contains('.') {
        return Some(contig.name.clone());
    }
    let versions = match assembly {
        Assembly::GRCh37 => &GRCH37,
        Assembly::GRCh38 => &GRCH38,
        Assembly::Other(_) => return None,
    };
    let number = match canonical_name(&contig.name) {
        "X" => 23,
        "Y" => 24,
        "MT" => return (contig.length == RCRS_LENGTH).then(|| "NC_012920.1".to_owned()),
        name => name.parse::<usize>().ok()?,
    };
    let version = versions.get(number.checked_sub(1)?)?;
    Some(format!("NC_{number:06}.{version}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(assembly: Assembly, name: &str, length: u32) -> Option<String> {
        accession(&assembly, &Contig { name: name.to_owned(), length })
    }

    #[test]
    fn chromosomes_of_known_builds_have_accessions() {
        assert_eq!(named(Assembly::GRCh37, "1", 249_250_621).as_deref(), Some("NC_000001.10"));
        assert_eq!(named(Assembly::GRCh38, "chr21", 46_709_983).as_deref(), Some("NC_000021.9"));
        assert_eq!(named(Assembly::GRCh38, "chrX", 1).as_deref(), Some("NC_000023.11"));
        assert_eq!(named(Assembly::GRCh38, "chrM", 16_569).as_deref(), Some("NC_012920.1"));
        assert_eq!(named(Assembly::GRCh37, "chrM", 16_571), None);
        assert_eq!(named(Assembly::GRCh38, "chrUn_KI270742v1", 1), None);
        assert_eq!(named(Assembly::Other("test".to_owned()), "1", 1), None);
    }
}
