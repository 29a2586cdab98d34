//! The HGNC gene table: from any name of a gene to its one identifier.
//!
//! Symbols change hands: what is an alias of one gene may be the approved symbol of another. So a name is
//! looked up as approved symbol first, then as previous symbol, then as alias, and the last two only count
//! where one gene alone has it. Comparison ignores case.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::model::gene::HgncId;

/// One gene of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GeneEntry {
    /// Approved symbol.
    pub symbol: String,
    /// Previous symbols.
    pub previous: Vec<String>,
    /// Alias symbols.
    pub aliases: Vec<String>,
    /// Ensembl gene identifiers, without version.
    pub ensembl: Option<String>,
    /// NCBI Gene identifier.
    pub entrez: Option<u32>,
    /// RefSeq accessions, without version.
    pub refseq: Vec<String>,
    /// Locus type in HGNC's words.
    pub locus_type: String,
}

/// By which of its names a gene was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// HGNC identifier.
    Identifier,
    /// Approved symbol.
    Approved,
    /// Previous symbol of this gene alone.
    Previous,
    /// Alias of this gene alone.
    Alias,
}

/// The outcome of a look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One gene.
    Gene {
        /// Its identifier.
        hgnc_id: HgncId,
        /// Its approved symbol.
        symbol: String,
        /// By which name it was found.
        by: NameKind,
    },
    /// Several genes have, or had, this name.
    Ambiguous {
        /// The genes, by identifier.
        candidates: Vec<(HgncId, String)>,
    },
    /// No gene of the table has the name or identifier.
    Unknown,
}

/// All genes of HGNC.
#[derive(Debug, Default)]
pub struct GeneTable {
    entries: BTreeMap<HgncId, GeneEntry>,
    approved: FxHashMap<String, HgncId>,
    previous: FxHashMap<String, Vec<HgncId>>,
    aliases: FxHashMap<String, Vec<HgncId>>,
    ensembl: FxHashMap<String, Vec<HgncId>>,
    entrez: FxHashMap<u32, HgncId>,
    refseq: FxHashMap<String, Vec<HgncId>>,
}

impl GeneTable {
    /// A table from its entries. Two entries with one approved symbol keep the first.
    pub fn from_entries(entries: BTreeMap<HgncId, GeneEntry>) -> Self {
        let mut table = Self::default();
        for (&id, entry) in &entries {
            table.approved.entry(key(&entry.symbol)).or_insert(id);
            for name in &entry.previous {
                push(&mut table.previous, key(name), id);
            }
            for name in &entry.aliases {
                push(&mut table.aliases, key(name), id);
            }
            if let Some(ensembl) = &entry.ensembl {
                push(&mut table.ensembl, ensembl.clone(), id);
            }
            if let Some(entrez) = entry.entrez {
                table.entrez.entry(entrez).or_insert(id);
            }
            for accession in &entry.refseq {
                push(&mut table.refseq, accession.clone(), id);
            }
        }
        table.entries = entries;
        table
    }

    /// Finds the gene of an HGNC identifier (`HGNC:1100`) or a symbol.
    pub fn resolve(&self, name: &str) -> Resolution {
        let name = name.trim();
        if name.len() >= 5 && name.is_char_boundary(5) && name[..5].eq_ignore_ascii_case("HGNC:") {
            let id = name.to_ascii_uppercase().parse::<HgncId>().ok();
            return self.found(id.filter(|id| self.entries.contains_key(id)), NameKind::Identifier);
        }
        let key = key(name);
        if let Some(&id) = self.approved.get(&key) {
            return self.found(Some(id), NameKind::Approved);
        }
        for (names, by) in [(&self.previous, NameKind::Previous), (&self.aliases, NameKind::Alias)] {
            match names.get(&key).map(Vec::as_slice) {
                Some([one]) => return self.found(Some(*one), by),
                Some(several) => {
                    let several: BTreeSet<HgncId> = several.iter().copied().collect();
                    let candidates = several
                        .into_iter()
                        .map(|id| (id, self.symbol(id).unwrap_or_default().to_owned()))
                        .collect();
                    return Resolution::Ambiguous { candidates };
                }
                None => {}
            }
        }
        Resolution::Unknown
    }

    fn found(&self, id: Option<HgncId>, by: NameKind) -> Resolution {
        match id {
            Some(hgnc_id) => {
                let symbol = self.symbol(hgnc_id).unwrap_or_default().to_owned();
                Resolution::Gene { hgnc_id, symbol, by }
            }
            None => Resolution::Unknown,
        }
    }

    /// The approved symbol of a gene.
    pub fn symbol(&self, id: HgncId) -> Option<&str> {
        self.entries.get(&id).map(|e| e.symbol.as_str())
    }

    /// A gene.
    pub fn get(&self, id: HgncId) -> Option<&GeneEntry> {
        self.entries.get(&id)
    }

    /// All genes by identifier.
    pub fn entries(&self) -> impl Iterator<Item = (HgncId, &GeneEntry)> {
        self.entries.iter().map(|(&id, entry)| (id, entry))
    }

    /// Number of genes.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The gene of an Ensembl identifier, with or without version or `_PAR_Y`.
    pub fn by_ensembl(&self, id: &str) -> Option<HgncId> {
        let bare = id.split(['.', '_']).next().unwrap_or(id);
        single(self.ensembl.get(bare))
    }

    /// The gene of an NCBI Gene identifier.
    pub fn by_entrez(&self, id: u32) -> Option<HgncId> {
        self.entrez.get(&id).copied()
    }

    /// The gene of a RefSeq accession, with or without version.
    pub fn by_refseq(&self, accession: &str) -> Option<HgncId> {
        single(self.refseq.get(accession.split('.').next().unwrap_or(accession)))
    }

    /// The gene with this approved symbol.
    pub fn by_approved(&self, symbol: &str) -> Option<HgncId> {
        self.approved.get(&key(symbol)).copied()
    }

    /// The one gene that had this symbol before.
    pub fn by_previous(&self, symbol: &str) -> Option<HgncId> {
        single(self.previous.get(&key(symbol)))
    }
}

fn key(symbol: &str) -> String {
    symbol.trim().to_ascii_uppercase()
}

fn push<K: std::hash::Hash + Eq>(map: &mut FxHashMap<K, Vec<HgncId>>, key: K, id: HgncId) {
    let ids = map.entry(key).or_default();
    if !ids.contains(&id) {
        ids.push(id);
    }
}

fn single(ids: Option<&Vec<HgncId>>) -> Option<HgncId> {
    match ids.map(Vec::as_slice) {
        Some([one]) => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> GeneTable {
        let entry = |symbol: &str, previous: &[&str], aliases: &[&str]| GeneEntry {
            symbol: symbol.to_owned(),
            previous: previous.iter().map(|s| (*s).to_owned()).collect(),
            aliases: aliases.iter().map(|s| (*s).to_owned()).collect(),
            ..GeneEntry::default()
        };
        GeneTable::from_entries(BTreeMap::from([
            (HgncId(1), entry("ONE", &["UNO", "SHARED"], &["TWO", "NICK"])),
            (HgncId(2), entry("TWO", &["SHARED"], &["NICK", "only"])),
        ]))
    }

    fn found(id: u32, symbol: &str, by: NameKind) -> Resolution {
        Resolution::Gene { hgnc_id: HgncId(id), symbol: symbol.to_owned(), by }
    }

    #[test]
    fn an_approved_symbol_goes_before_the_alias_of_another_gene() {
        assert_eq!(table().resolve("TWO"), found(2, "TWO", NameKind::Approved));
        assert_eq!(table().resolve("two"), found(2, "TWO", NameKind::Approved));
    }

    #[test]
    fn names_of_one_gene_alone_are_found() {
        assert_eq!(table().resolve("UNO"), found(1, "ONE", NameKind::Previous));
        assert_eq!(table().resolve("ONLY"), found(2, "TWO", NameKind::Alias));
        assert_eq!(table().resolve("HGNC:2"), found(2, "TWO", NameKind::Identifier));
    }

    #[test]
    fn names_of_several_genes_are_ambiguous() {
        for name in ["SHARED", "NICK"] {
            let candidates = vec![(HgncId(1), "ONE".to_owned()), (HgncId(2), "TWO".to_owned())];
            assert_eq!(table().resolve(name), Resolution::Ambiguous { candidates });
        }
        assert_eq!(table().by_previous("SHARED"), None);
    }

    #[test]
    fn what_is_not_there_is_unknown() {
        for name in ["", "HGNC:", "HGNC:99", "NOPE", "HGNÇ:1"] {
            assert_eq!(table().resolve(name), Resolution::Unknown, "{name}");
        }
    }
}
