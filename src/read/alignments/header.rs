//! What an alignment file says of itself, and how its contigs answer to the reference's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::model::builds::likely_build;
use crate::model::contig::{Contig, ContigId, ContigKind, canonical_name};

use super::{AlignmentError, AlignmentWarning};

/// The parts of a SAM header that reading needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Contigs in file order: name and length.
    pub(super) contigs: Vec<(String, u64)>,
    /// `SO` of `@HD`.
    pub(super) sort_order: Option<String>,
    /// `SM` of every `@RG`.
    pub(super) samples: BTreeSet<String>,
}

impl Header {
    /// Reads the text of a SAM header. Lines and fields it does not need are not judged.
    pub(super) fn from_text(text: &str) -> Self {
        let mut header = Self::default();
        for line in text.lines() {
            let mut fields = line.trim_end_matches('\0').split('\t');
            let kind = fields.next().unwrap_or_default();
            let field = |tag: &str| fields.clone().find_map(|field| field.strip_prefix(tag));
            match kind {
                "@HD" => header.sort_order = field("SO:").map(str::to_owned),
                "@RG" => header.samples.extend(field("SM:").map(str::to_owned)),
                "@SQ" => {
                    let length = field("LN:").and_then(|length| length.parse().ok()).unwrap_or(0);
                    header.contigs.extend(field("SN:").map(|name| (name.to_owned(), length)));
                }
                _ => {}
            }
        }
        header
    }

    /// True when the header says another order than by coordinate (`unsorted`, `queryname`).
    pub(super) fn denies_order(&self) -> bool {
        matches!(self.sort_order.as_deref(), Some("unsorted" | "queryname"))
    }

    /// Holds the samples of the read groups against the one expected.
    pub(super) fn check_sample(&self, expected: Option<&str>) -> Option<AlignmentWarning> {
        let expected = expected?;
        if self.samples.is_empty() {
            return Some(AlignmentWarning::SampleNotStated);
        }
        // A file of several samples is not this sample's either.
        let only_expected = self.samples.iter().all(|sample| sample == expected);
        (!only_expected).then(|| AlignmentWarning::SampleName {
            expected: expected.to_owned(),
            found: self.samples.iter().cloned().collect(),
        })
    }

    /// Maps the reference's contigs to places in this file, by canonical name, checking lengths.
    ///
    /// `needed` are the contigs that carry targets: a clash of length there, or on any nuclear chromosome,
    /// means another build. The mitochondrion alone may differ (hg19 carried an older sequence, NC_001807)
    /// as long as nothing is asked of it.
    pub(super) fn map(
        &self,
        path: &Path,
        contigs: &[Contig],
        needed: &BTreeSet<ContigId>,
    ) -> Result<(BTreeMap<ContigId, usize>, Vec<AlignmentWarning>), AlignmentError> {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, (name, _)) in self.contigs.iter().enumerate() {
            by_name.entry(canonical_name(name)).or_default().push(place);
        }
        let mut map = BTreeMap::new();
        let mut warnings = Vec::new();
        for (index, contig) in contigs.iter().enumerate() {
            let Ok(index) = u16::try_from(index) else { break };
            let id = ContigId(index);
            let candidates = by_name.get(canonical_name(&contig.name)).map_or(&[][..], Vec::as_slice);
            match self.choose(path, contig, candidates)? {
                Some(place) if self.contigs[place].1 == u64::from(contig.length) => {
                    map.insert(id, place);
                }
                Some(place) => {
                    let (name, length) = &self.contigs[place];
                    let optional = !needed.contains(&id) && contig.kind() == ContigKind::Mitochondrion;
                    if !optional {
                        return Err(AlignmentError::WrongBuild {
                            path: path.to_owned(),
                            contig: name.clone(),
                            found: *length,
                            expected: contig.length,
                            likely: likely_build(self.contigs.iter().filter_map(|(name, length)| {
                                Some((name.as_str(), u32::try_from(*length).ok()?))
                            }))
                            .map_or_else(String::new, |build| format!("; the file looks like {build}")),
                        });
                    }
                    warnings.push(AlignmentWarning::OtherContigLength(name.clone()));
                }
                None if needed.contains(&id) => {
                    warnings.push(AlignmentWarning::ContigAbsent(contig.name.clone()));
                }
                None => {}
            }
        }
        if !needed.is_empty() && !needed.iter().any(|id| map.contains_key(id)) {
            return Err(AlignmentError::NoSharedContig { path: path.to_owned() });
        }
        Ok((map, warnings))
    }

    /// Of several contigs with one canonical name, the one of the right length; if there are several of
    /// those, the one of the very same name.
    fn choose(
        &self,
        path: &Path,
        contig: &Contig,
        candidates: &[usize],
    ) -> Result<Option<usize>, AlignmentError> {
        let fitting: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|place| self.contigs[*place].1 == u64::from(contig.length))
            .collect();
        match (fitting.as_slice(), candidates) {
            ([only], _) => Ok(Some(*only)),
            ([], [first, ..]) => Ok(Some(*first)),
            ([], []) => Ok(None),
            ([first, second, ..], _) => {
                let exact = fitting.iter().copied().find(|place| self.contigs[*place].0 == contig.name);
                exact.map(Some).ok_or_else(|| AlignmentError::AmbiguousContig {
                    path: path.to_owned(),
                    first: self.contigs[*first].0.clone(),
                    second: self.contigs[*second].0.clone(),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "@HD\tVN:1.5\tSO:coordinate\n@SQ\tSN:chrM\tLN:16571\n@SQ\tSN:chr1\tLN:249250621\n\
                        @RG\tID:a\tSM:S1\n@RG\tID:b\tSM:S1\n@CO\tfree text\n";

    fn reference(lengths: &[(&str, u32)]) -> Vec<Contig> {
        lengths.iter().map(|(name, length)| Contig { name: (*name).to_owned(), length: *length }).collect()
    }

    fn map(
        contigs: &[Contig],
        needed: &[u16],
    ) -> Result<(Vec<usize>, Vec<AlignmentWarning>), AlignmentError> {
        let needed = needed.iter().map(|id| ContigId(*id)).collect();
        let (map, warnings) = Header::from_text(TEXT).map(Path::new("x.bam"), contigs, &needed)?;
        Ok((map.into_values().collect(), warnings))
    }

    #[test]
    fn reads_what_it_needs() {
        let header = Header::from_text(TEXT);
        assert_eq!(header.contigs[1], ("chr1".to_owned(), 249_250_621));
        assert!(!header.denies_order());
        assert_eq!(header.check_sample(Some("S1")), None);
        assert!(matches!(header.check_sample(Some("S2")), Some(AlignmentWarning::SampleName { .. })));
        assert_eq!(header.check_sample(None), None);
        assert!(Header::from_text("@HD\tSO:queryname").denies_order());
        assert_eq!(Header::from_text("").check_sample(Some("S")), Some(AlignmentWarning::SampleNotStated));
    }

    #[test]
    fn contigs_are_known_by_any_of_their_names() {
        let (places, warnings) = map(&reference(&[("1", 249_250_621), ("2", 5)]), &[0]).unwrap();
        assert_eq!((places, warnings), (vec![1], Vec::new()));
    }

    #[test]
    fn another_length_is_another_build() {
        let error = map(&reference(&[("1", 248_956_422)]), &[0]).unwrap_err();
        assert!(error.to_string().contains("the file looks like GRCh37"), "{error}");
        // Even where the clash is on a chromosome without targets.
        assert!(map(&reference(&[("1", 248_956_422), ("MT", 16_571)]), &[1]).is_err());
    }

    #[test]
    fn the_old_mitochondrion_matters_only_when_it_is_asked_for() {
        let contigs = reference(&[("1", 249_250_621), ("MT", 16_569)]);
        let (_, warnings) = map(&contigs, &[0]).unwrap();
        assert_eq!(warnings, [AlignmentWarning::OtherContigLength("chrM".to_owned())]);
        assert!(matches!(map(&contigs, &[0, 1]), Err(AlignmentError::WrongBuild { .. })));
    }

    #[test]
    fn absent_contigs_are_named() {
        let contigs = reference(&[("1", 249_250_621), ("Y", 5)]);
        let (_, warnings) = map(&contigs, &[0, 1]).unwrap();
        assert_eq!(warnings, [AlignmentWarning::ContigAbsent("Y".to_owned())]);
        assert!(matches!(map(&contigs, &[1]), Err(AlignmentError::NoSharedContig { .. })));
    }

    #[test]
    fn two_contigs_of_one_name() {
        let header = |text: &str| Header::from_text(text);
        let contigs = reference(&[("MT", 16_569)]);
        let needed = BTreeSet::from([ContigId(0)]);
        let both = header("@SQ\tSN:chrM\tLN:16571\n@SQ\tSN:chrMT\tLN:16569");
        let (places, _) = both.map(Path::new("x"), &contigs, &needed).unwrap();
        assert_eq!(places[&ContigId(0)], 1, "the one of the right length");
        let twins = header("@SQ\tSN:chrM\tLN:16569\n@SQ\tSN:chrMT\tLN:16569");
        assert!(matches!(
            twins.map(Path::new("x"), &contigs, &needed),
            Err(AlignmentError::AmbiguousContig { .. })
        ));
    }
}
