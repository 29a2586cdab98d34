//! Chromosome lengths of the known builds, to check a file's build and to name the likely one.

use super::assembly::Assembly;
use super::contig::canonical_name;

/// Chromosome, length in GRCh37, length in GRCh38.
///
/// Source: Genome Reference Consortium assembly reports GCF_000001405.25 (GRCh37.p13) and GCF_000001405.40
/// (GRCh38.p14), sequence lengths of the assembled molecules.
const LENGTHS: [(&str, u32, u32); 24] = [
    ("1", 249_250_621, 248_956_422),
    ("2", 243_199_373, 242_193_529),
    ("3", 198_022_430, 198_295_559),
    ("4", 191_154_276, 190_214_555),
    ("5", 180_915_260, 181_538_259),
    ("6", 171_115_067, 170_805_979),
    ("7", 159_138_663, 159_345_973),
    ("8", 146_364_022, 145_138_636),
    ("9", 141_213_431, 138_394_717),
    ("10", 135_534_747, 133_797_422),
    ("11", 135_006_516, 135_086_622),
    ("12", 133_851_895, 133_275_309),
    ("13", 115_169_878, 114_364_328),
    ("14", 107_349_540, 107_043_718),
    ("15", 102_531_392, 101_991_189),
    ("16", 90_354_753, 90_338_345),
    ("17", 81_195_210, 83_257_441),
    ("18", 78_077_248, 80_373_285),
    ("19", 59_128_983, 58_617_616),
    ("20", 63_025_520, 64_444_167),
    ("21", 48_129_895, 46_709_983),
    ("22", 51_304_566, 50_818_468),
    ("X", 155_270_560, 156_040_895),
    ("Y", 59_373_566, 57_227_415),
];

/// Length of the revised Cambridge Reference Sequence of the mitochondrion, NC_012920.1.
const REVISED_CAMBRIDGE: u32 = 16_569;

/// Length of `chrM` in UCSC hg19, which is another sequence (NC_001807.4).
pub const HG19_MITOCHONDRION: u32 = 16_571;

/// The length that a known build gives a chromosome, by its canonical name; none for another genome or contig.
pub fn chromosome_length(assembly: &Assembly, chromosome: &str) -> Option<u32> {
    let older = match assembly {
        Assembly::GRCh37 => true,
        Assembly::GRCh38 => false,
        Assembly::Other(_) => return None,
    };
    if chromosome == "MT" {
        return Some(REVISED_CAMBRIDGE);
    }
    let (_, grch37, grch38) = LENGTHS.iter().find(|(known, ..)| *known == chromosome)?;
    Some(if older { *grch37 } else { *grch38 })
}

/// The build that most of these contigs have the lengths of, whatever their spelling; none when neither leads.
pub fn likely_build<'a>(contigs: impl IntoIterator<Item = (&'a str, u32)>) -> Option<Assembly> {
    let (mut grch37, mut grch38) = (0, 0);
    for (name, length) in contigs {
        let canonical = canonical_name(name);
        if canonical == "MT" && length == HG19_MITOCHONDRION {
            grch37 += 1;
        }
        if let Some((_, old, new)) = LENGTHS.iter().find(|(known, ..)| *known == canonical) {
            grch37 += usize::from(length == *old);
            grch38 += usize::from(length == *new);
        }
    }
    match grch37.cmp(&grch38) {
        std::cmp::Ordering::Greater => Some(Assembly::GRCh37),
        std::cmp::Ordering::Less => Some(Assembly::GRCh38),
        std::cmp::Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_named_by_its_lengths_under_any_spelling() {
        assert_eq!(likely_build([("chr1", 248_956_422), ("HLA-A", 3_000)]), Some(Assembly::GRCh38));
        assert_eq!(likely_build([("NC_000023.10", 155_270_560)]), Some(Assembly::GRCh37));
        assert_eq!(likely_build([("chrM", 16_571)]), Some(Assembly::GRCh37));
        assert_eq!(likely_build([("chrM", 16_569), ("1", 1)]), None);
        assert_eq!(likely_build([("1", 249_250_621), ("2", 242_193_529)]), None);
    }

    #[test]
    fn chromosomes_have_the_length_of_their_build() {
        assert_eq!(chromosome_length(&Assembly::GRCh37, "X"), Some(155_270_560));
        assert_eq!(chromosome_length(&Assembly::GRCh38, "22"), Some(50_818_468));
        assert_eq!(chromosome_length(&Assembly::GRCh38, "MT"), Some(16_569));
        assert_eq!(chromosome_length(&Assembly::Other("x".to_owned()), "1"), None);
    }
}
