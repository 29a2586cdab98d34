//! Mapping of a file's contig names to the reference's contigs.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::error::ReadError;
use crate::model::assembly::Assembly;
use crate::model::builds::likely_build;
use crate::model::contig::{Contig, ContigId, ContigKind, canonical_name};

/// The contigs that a file's records are placed on.
#[derive(Clone, Debug)]
pub enum ContigSource {
    /// Those of the reference bundle; other contigs are skipped and counted.
    Reference {
        /// In bundle order.
        contigs: Vec<Contig>,
        /// The bundle's build, for messages.
        assembly: Assembly,
    },
    /// Those of the file itself, for work that has no bundle: header order, then whatever else its records
    /// name, in order of appearance.
    File,
}

impl ContigSource {
    /// The contigs of a reference.
    pub fn reference(contigs: &[Contig], assembly: &Assembly) -> Self {
        Self::Reference { contigs: contigs.to_vec(), assembly: assembly.clone() }
    }
}

/// From a file's contig names to contig identifiers.
#[derive(Clone, Debug, Default)]
pub struct ContigMap {
    ids: FxHashMap<Vec<u8>, ContigId>,
    by_canonical: FxHashMap<String, ContigId>,
    contigs: Vec<Contig>,
    renamed: Vec<(String, String)>,
    unknown: Vec<String>,
    without_length: bool,
    other_mitochondrion: Option<(String, u32, u32)>,
}

impl ContigMap {
    /// Maps the contigs that a header declares (name, length where given).
    ///
    /// # Errors
    /// [`ReadError::WrongBuild`] when a declared length differs from the reference's, and
    /// [`ReadError::NoKnownContig`] when contigs are declared and the reference has none of them.
    pub fn new(
        file: &Path,
        header: &[(String, Option<u32>)],
        source: &ContigSource,
    ) -> Result<Self, ReadError> {
        match source {
            ContigSource::Reference { contigs, assembly } => Self::against(file, header, contigs, assembly),
            ContigSource::File => Ok(Self::from_file(header)),
        }
    }

    fn against(
        file: &Path,
        header: &[(String, Option<u32>)],
        contigs: &[Contig],
        assembly: &Assembly,
    ) -> Result<Self, ReadError> {
        let mut map = Self { contigs: contigs.to_vec(), ..Self::default() };
        for (index, contig) in contigs.iter().enumerate() {
            map.by_canonical.entry(canonical_name(&contig.name).to_owned()).or_insert(ContigId(index as u16));
        }
        for (name, length) in header {
            let Some(&id) = map.by_canonical.get(canonical_name(name)) else {
                map.unknown.push(name.clone());
                continue;
            };
            let contig = &contigs[id.index()];
            map.ids.insert(name.clone().into_bytes(), id);
            if contig.name != *name {
                map.renamed.push((name.clone(), contig.name.clone()));
            }
            match length {
                None => map.without_length = true,
                // UCSC hg19 carries another mitochondrial sequence under the same name: that contig cannot be
                // used, the rest of the file can.
                Some(found) if *found != contig.length && contig.kind() == ContigKind::Mitochondrion => {
                    map.ids.remove(name.as_bytes());
                    map.by_canonical.remove("MT");
                    map.other_mitochondrion = Some((name.clone(), *found, contig.length));
                }
                Some(found) if *found != contig.length && contig.length > 0 => {
                    return Err(ReadError::WrongBuild {
                        file: file.to_path_buf(),
                        contig: name.clone(),
                        found: *found,
                        expected: contig.length,
                        reference: assembly.to_string(),
                        likely: likely_half_sentence(header),
                    });
                }
                Some(_) => {}
            }
        }
        if !header.is_empty() && map.ids.is_empty() {
            let contigs = header.iter().take(5).map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(ReadError::NoKnownContig { file: file.to_path_buf(), contigs });
        }
        map.without_length |= header.is_empty();
        Ok(map)
    }

    fn from_file(header: &[(String, Option<u32>)]) -> Self {
        let mut map = Self::default();
        for (name, length) in header {
            map.add(name, length.unwrap_or(0));
        }
        map
    }

    /// Adds a contig that is not yet known, under the next identifier; an alternative spelling of a known
    /// contig gets that contig's.
    pub fn add(&mut self, name: &str, length: u32) -> ContigId {
        let canonical = canonical_name(name).to_owned();
        let id = *self.by_canonical.entry(canonical).or_insert_with(|| {
            self.contigs.push(Contig { name: name.to_owned(), length });
            ContigId((self.contigs.len() - 1) as u16)
        });
        self.ids.insert(name.as_bytes().to_vec(), id);
        id
    }

    /// The contig that a record's CHROM names; absent when the reference has no such contig.
    pub fn id(&self, name: &[u8]) -> Option<ContigId> {
        self.ids
            .get(name)
            .copied()
            .or_else(|| self.by_canonical.get(canonical_name(std::str::from_utf8(name).ok()?)).copied())
    }

    /// The contigs, by identifier.
    pub fn contigs(&self) -> &[Contig] {
        &self.contigs
    }

    /// The names of the header that differ from the reference's, with the reference's, in header order.
    pub fn renamed(&self) -> &[(String, String)] {
        &self.renamed
    }

    /// What to tell the user about the mapping.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if let Some(first) = self.unknown.first() {
            warnings.push(format!(
                "{} contigs of the header are not in the reference ({first}{}); records on them are skipped and \
                 counted",
                self.unknown.len(),
                if self.unknown.len() > 1 { ", …" } else { "" }
            ));
        }
        if let Some((name, found, expected)) = &self.other_mitochondrion {
            warnings.push(format!(
                "{name} has length {found} in the file and {expected} in the reference: it is a different \
                 mitochondrial sequence, and its records are skipped and counted"
            ));
        }
        if self.without_length {
            warnings.push(
                "the header does not give the length of every contig; the build is checked by REF bases alone"
                    .to_owned(),
            );
        }
        warnings
    }
}

fn likely_half_sentence(header: &[(String, Option<u32>)]) -> String {
    let lengths = header.iter().filter_map(|(name, length)| Some((name.as_str(), (*length)?)));
    likely_build(lengths).map_or(String::new(), |build| format!("; the file looks like {build}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference() -> ContigSource {
        let contigs = [("chr1", 248_956_422), ("chrM", 16_569)]
            .map(|(name, length)| Contig { name: name.to_owned(), length });
        ContigSource::reference(&contigs, &Assembly::GRCh38)
    }

    fn map(header: &[(&str, Option<u32>)]) -> Result<ContigMap, ReadError> {
        let header: Vec<_> = header.iter().map(|(n, l)| ((*n).to_owned(), *l)).collect();
        ContigMap::new(Path::new("a.vcf"), &header, &reference())
    }

    #[test]
    fn spellings_map_and_are_reported() {
        let map =
            map(&[("1", Some(248_956_422)), ("MT", Some(16_569)), ("GL000207.1", Some(4_262))]).unwrap();
        assert_eq!(map.id(b"1"), Some(ContigId(0)));
        assert_eq!(map.id(b"NC_012920.1"), Some(ContigId(1)), "not declared, yet recognised");
        assert_eq!(map.id(b"GL000207.1"), None);
        let warnings = map.warnings().join("\n");
        let renamed = [("1", "chr1"), ("MT", "chrM")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(map.renamed(), renamed);
        assert!(warnings.contains("GL000207.1"), "{warnings}");
    }

    #[test]
    fn another_build_is_refused_and_named() {
        let error = map(&[("chr1", Some(249_250_621))]).unwrap_err().to_string();
        assert!(error.contains("looks like GRCh37") && error.contains("a.vcf"), "{error}");
    }

    #[test]
    fn the_other_mitochondrion_of_hg19_does_not_stop_the_file() {
        let map = map(&[("chr1", Some(248_956_422)), ("chrM", Some(16_571))]).unwrap();
        assert_eq!((map.id(b"chr1"), map.id(b"chrM")), (Some(ContigId(0)), None));
        assert!(map.warnings()[0].contains("a different mitochondrial sequence"));
    }

    #[test]
    fn no_lengths_is_a_warning_and_no_known_contig_a_refusal() {
        assert!(map(&[("chr1", None)]).unwrap().warnings()[0].contains("REF bases"));
        assert!(map(&[]).unwrap().warnings()[0].contains("REF bases"));
        assert!(matches!(map(&[("2L", Some(5))]), Err(ReadError::NoKnownContig { .. })));
    }

    #[test]
    fn without_a_bundle_the_file_names_its_contigs() {
        let header = [("chr2".to_owned(), Some(10)), ("2".to_owned(), None), ("odd".to_owned(), None)];
        let map = ContigMap::new(Path::new("a.vcf"), &header, &ContigSource::File).unwrap();
        assert_eq!(map.id(b"2"), map.id(b"chr2"));
        assert_eq!(map.id(b"odd"), Some(ContigId(1)));
        assert_eq!(map.id(b"other"), None);
    }
}
