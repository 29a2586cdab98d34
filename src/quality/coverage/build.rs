//! Names the human build that a set of contig lengths belongs to, for an error message only.

use crate::model::contig::canonical_name;

/// Lengths that differ between the builds: chromosome, GRCh37, GRCh38.
///
/// Source: Genome Reference Consortium assembly reports GCA_000001405.1 and GCA_000001405.15.
const LENGTHS: [(&str, u64, u64); 24] = [
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

/// `GRCh37` or `GRCh38`, when at least one chromosome has that build's length and none the other's.
pub(super) fn likely_build(contigs: &[(String, u64)]) -> Option<&'static str> {
    let (mut older, mut newer) = (0, 0);
    for (name, length) in contigs {
        let name = canonical_name(name);
        if let Some((_, grch37, grch38)) = LENGTHS.iter().find(|(known, ..)| *known == name) {
            older += usize::from(length == grch37);
            newer += usize::from(length == grch38);
        }
    }
    match (older, newer) {
        (1.., 0) => Some("GRCh37"),
        (0, 1..) => Some("GRCh38"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_name_the_build() {
        let contig = |name: &str, length| vec![(name.to_owned(), length)];
        assert_eq!(likely_build(&contig("chr1", 249_250_621)), Some("GRCh37"));
        assert_eq!(likely_build(&contig("X", 156_040_895)), Some("GRCh38"));
        assert_eq!(likely_build(&contig("chr1", 1_000)), None);
        let mixed = [contig("1", 249_250_621), contig("2", 242_193_529)].concat();
        assert_eq!(likely_build(&mixed), None);
    }
}
