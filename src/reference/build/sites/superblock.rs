//! Encoding the rows of one superblock.

use crate::reference::sites::blocks::{self, Place, checksum, texts_lane, values_lane};
use crate::reference::sites::lane::{self, ROWS};
use crate::reference::sites::{SiteFieldKind, alleles, cell, dictionary, key};

use super::rows::{Rows, START, Texts};

/// A superblock as it will lie in the file.
#[derive(Debug, Default)]
pub(super) struct Superblock {
    /// Contig of its rows.
    pub contig: u32,
    /// Number of rows.
    pub rows: u32,
    /// Start of the first row of every block.
    pub first: Vec<u32>,
    /// Where each lane's segment begins, in words.
    pub segments: Vec<u64>,
    /// The segments.
    pub words: Vec<u64>,
}

/// What the encoding of a superblock needs to know.
#[derive(Clone, Copy)]
pub(super) struct Job<'a> {
    /// The rows.
    pub rows: &'a Rows,
    /// Those that make up the superblock, in order.
    pub order: &'a [u32],
    /// Contig of the rows.
    pub contig: u32,
    /// Number of the superblock.
    pub number: usize,
}

/// Encodes a superblock.
///
/// # Errors
/// When the texts of a block are longer than a block can hold.
pub(super) fn encode(job: Job<'_>, kinds: &[SiteFieldKind], salt: u64) -> Result<Superblock, String> {
    let mut out = Superblock {
        contig: job.contig,
        rows: job.order.len() as u32,
        first: job.order.chunks(ROWS).map(|c| (job.rows.places[c[0] as usize] & START) as u32).collect(),
        ..Superblock::default()
    };
    let mut segment = Segment { number: job.number, salt, out: &mut out };
    let blocks = job.order.chunks(ROWS);
    segment.write(blocks::ALLELES, blocks.clone(), |block, words| {
        encode_alleles(job.rows, block, words);
        true
    });
    let mut good = true;
    let mut cells = Vec::with_capacity(ROWS);
    for (field, &kind) in kinds.iter().enumerate() {
        let column = &job.rows.columns[field];
        let mut local = job.rows.texts[field].as_ref().map(|texts| (texts, Local::new(texts)));
        segment.write(values_lane(field), blocks.clone(), |block, words| {
            cells.clear();
            cells.extend(block.iter().map(|&row| column[row as usize]));
            if let Some((_, local)) = &mut local {
                cells.iter_mut().for_each(|cell| *cell = local.number(*cell));
            }
            lane::encode(&cells, kind, words);
            true
        });
        let (texts, used) = local.map_or((None, Vec::new()), |(texts, local)| (Some(texts), local.used));
        good &= segment.write(texts_lane(field), used.chunks(ROWS), |block, words| {
            texts.is_none_or(|texts| {
                dictionary::encode(block.iter().map(|&number| texts.get(u64::from(number))), words)
            })
        });
    }
    if good { Ok(out) } else { Err("the texts of 128 rows are longer than 4 GiB".to_owned()) }
}

fn encode_alleles(rows: &Rows, block: &[u32], words: &mut Vec<u64>) {
    let mut spelled = Vec::with_capacity(2 * ROWS);
    let mut parts = [(0usize, 0usize, 0usize); ROWS];
    for (&row, part) in block.iter().zip(&mut parts) {
        let key = rows.keys[row as usize];
        if rows.long(key).is_none() {
            let begin = spelled.len();
            *part = (begin, key::spell(key, &mut spelled), spelled.len());
        }
    }
    let allele = |(&row, &(begin, middle, end)): (&u32, &(usize, usize, usize))| {
        let start = (rows.places[row as usize] & START) as u32;
        match rows.long(rows.keys[row as usize]) {
            Some((reference, alternate)) => (start, reference, alternate),
            None => (start, &spelled[begin..middle], &spelled[middle..end]),
        }
    };
    alleles::encode(block.iter().zip(&parts).map(allele), words);
}

/// The texts of a column that a superblock uses, numbered as they come.
struct Local {
    numbers: Vec<u32>,
    used: Vec<u32>,
}

impl Local {
    fn new(texts: &Texts) -> Self {
        Self { numbers: vec![u32::MAX; texts.all().len()], used: Vec::new() }
    }

    fn number(&mut self, cell: u64) -> u64 {
        if !cell::is_value(cell) {
            return cell;
        }
        let Some(number) = self.numbers.get_mut(cell as usize) else { return cell::MISSING };
        if *number == u32::MAX {
            *number = self.used.len() as u32;
            self.used.push(cell as u32);
        }
        u64::from(*number)
    }
}

/// Writes the segments of a superblock one after the other.
struct Segment<'a> {
    number: usize,
    salt: u64,
    out: &'a mut Superblock,
}

impl Segment<'_> {
    /// Writes a lane: the place of each block, then the blocks with their checksums.
    fn write<'r>(
        &mut self,
        lane: usize,
        blocks: impl ExactSizeIterator<Item = &'r [u32]>,
        mut encode: impl FnMut(&[u32], &mut Vec<u64>) -> bool,
    ) -> bool {
        let words = &mut self.out.words;
        let begin = words.len();
        self.out.segments.push(begin as u64);
        let count = blocks.len();
        words.resize(begin + (count + 1).div_ceil(2), 0);
        let mut good = true;
        let note = |words: &mut Vec<u64>, at: usize| {
            let here = words.len() - begin;
            words[begin + at / 2] |= (here as u64) << (32 * (at % 2));
            here <= u32::MAX as usize
        };
        for (at, rows) in blocks.enumerate() {
            good &= note(words, at);
            let from = words.len();
            good &= encode(rows, words);
            let place = Place { lane, superblock: self.number, block: at };
            words[from] |= u64::from(checksum(&words[from..], place, self.salt));
        }
        good & note(words, count)
    }
}
