//! Writing a table's file, superblock by superblock.

use std::io;
use std::path::Path;

use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::reference::sections::{FileKind, Sections, Writer};
use crate::reference::sites::file::{self, ContigEntry};
use crate::reference::sites::lane::ROWS;
use crate::reference::sites::{SiteTable, SiteTableMeta};

use super::superblock::Superblock;

/// A table being written.
pub(super) struct TableWriter {
    out: Writer,
    words: u64,
    contigs: Vec<ContigEntry>,
    first: Vec<u32>,
    owners: Vec<u32>,
    segments: Vec<u64>,
    rows: u64,
}

impl TableWriter {
    /// Begins the file of a table on so many contigs.
    pub(super) fn create(path: &Path, contigs: usize) -> io::Result<Self> {
        let mut out = Writer::new(std::fs::File::create(path)?, FileKind::Sites, file::ARRAYS)?;
        out.begin()?;
        let (first, owners, segments) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { out, words: 0, contigs: vec![[0; 4]; contigs], first, owners, segments, rows: 0 })
    }

    /// Number of the next superblock.
    pub(super) fn superblocks(&self) -> usize {
        self.owners.len()
    }

    /// Writes a superblock. Those of a contig come one after the other, and all but the last of a contig are
    /// full.
    pub(super) fn push(&mut self, superblock: &Superblock) -> io::Result<()> {
        let entry = &mut self.contigs[superblock.contig as usize];
        if entry[3] == 0 {
            entry[0] = self.first.len() as u32;
            entry[2] = self.owners.len() as u32;
        }
        entry[1] += superblock.rows.div_ceil(ROWS as u32);
        entry[3] += superblock.rows;
        self.rows += u64::from(superblock.rows);
        self.first.extend(&superblock.first);
        self.owners.push(superblock.contig);
        self.segments.extend(superblock.segments.iter().map(|at| self.words + at));
        self.words += superblock.words.len() as u64;
        self.out.append(bytemuck::cast_slice(&superblock.words))
    }

    /// Writes the index; `meta` gets the number of rows.
    pub(super) fn finish(
        mut self,
        meta: &mut SiteTableMeta,
        covered: Option<&[(ContigId, Interval)]>,
    ) -> io::Result<()> {
        meta.rows = self.rows;
        let json = serde_json::to_vec(meta)?;
        let regions: Vec<[u32; 3]> = covered
            .unwrap_or_default()
            .iter()
            .map(|(contig, region)| [u32::from(contig.0), region.start, region.end])
            .collect();
        let arrays: [&[u8]; 6] = [
            &json,
            bytemuck::cast_slice(&self.contigs),
            bytemuck::cast_slice(&self.first),
            bytemuck::cast_slice(&self.owners),
            bytemuck::cast_slice(&self.segments),
            bytemuck::cast_slice(&regions),
        ];
        for array in arrays {
            self.out.begin()?;
            self.out.append(array)?;
        }
        self.out.begin()?;
        self.out.append(bytemuck::cast_slice(&file::sums(arrays, covered.is_some())))?;
        self.out.finish()
    }
}

/// Opens a table just written.
pub(super) fn open(path: &Path, meta: &SiteTableMeta) -> Result<SiteTable, String> {
    let sections = Sections::open(path, FileKind::Sites, file::ARRAYS).map_err(|e| e.to_string())?;
    SiteTable::from_sections(sections, meta.clone())
}
