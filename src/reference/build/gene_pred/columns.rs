//! Which column of a UCSC table is which.

use crate::model::position::Interval;

/// How the rows of a table are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// genePred or genePredExt; the number of columns in front of `name`, and how many there are.
    GenePred {
        /// 1 where `bin` (or the gene name of refFlat) comes first.
        before: usize,
        /// True where that column is the gene's name.
        flat: bool,
    },
    /// bigGenePred as BED; with the extra columns of MANE.
    Bed {
        /// True for MANE's columns after the twentieth.
        mane: bool,
    },
}

/// One row.
pub(super) struct Columns<'a> {
    pub name: &'a str,
    pub chrom: &'a str,
    pub strand: &'a str,
    cds_start: &'a str,
    cds_end: &'a str,
    starts: &'a str,
    ends: &'a str,
    count: &'a str,
    /// For BED: the start of the row, and lengths in place of ends.
    bed_start: Option<&'a str>,
    pub symbol: &'a str,
    pub start_status: Option<&'a str>,
    pub end_status: Option<&'a str>,
    frames: Option<&'a str>,
    gene_type: Option<&'a str>,
    pub gene_id: Option<&'a str>,
    pub protein: Option<&'a str>,
    pub entrez: Option<&'a str>,
    pub mane: Option<&'a str>,
}

impl Layout {
    /// From a line that begins with `#`; nothing where it is only a comment.
    pub(super) fn from_heading(line: &str) -> Option<Self> {
        let names: Vec<&str> = line.trim_start_matches('#').split('\t').map(str::trim).collect();
        match names.as_slice() {
            ["bin", "name", "chrom", ..] => Some(Self::GenePred { before: 1, flat: false }),
            ["name", "chrom", "strand", ..] => Some(Self::GenePred { before: 0, flat: false }),
            ["geneName", "name", "chrom", ..] => Some(Self::GenePred { before: 1, flat: true }),
            ["chrom", ..] if names.len() >= 20 => Some(Self::Bed { mane: names.contains(&"mane_status") }),
            _ => None,
        }
    }

    /// From the first row, by where its strand is.
    pub(super) fn from_row(line: &str) -> Result<Self, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let strand_at = |at: usize| columns.get(at).is_some_and(|c| matches!(*c, "+" | "-"));
        let number = |at: usize| columns.get(at).is_some_and(|c| c.parse::<u32>().is_ok());
        if columns.len() >= 20 && strand_at(5) && number(1) && number(2) {
            let mane = columns.get(24).is_some_and(|c| c.starts_with("MANE"));
            return Ok(Self::Bed { mane });
        }
        if columns.len() >= 10 && strand_at(2) && number(3) {
            return Ok(Self::GenePred { before: 0, flat: false });
        }
        if columns.len() >= 11 && strand_at(3) && number(4) {
            return Ok(Self::GenePred { before: 1, flat: !number(0) });
        }
        Err("neither GFF3 nor a genePred table; expected GFF3 (Ensembl, GENCODE, RefSeq), genePred, genePredExt, \
             refFlat or the MANE genePred BED"
            .to_owned())
    }

    /// For the report.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::GenePred { flat: true, .. } => "refFlat",
            Self::GenePred { .. } => "genePred",
            Self::Bed { mane: true } => "MANE genePred BED",
            Self::Bed { mane: false } => "bigGenePred BED",
        }
    }

    /// Names the columns of a row.
    pub(super) fn split<'a>(self, line: &'a str) -> Result<Columns<'a>, String> {
        let columns: Vec<&'a str> = line.split('\t').collect();
        match self {
            Self::GenePred { before, flat } => gene_pred(&columns, before, flat),
            Self::Bed { mane } => bed(&columns, mane),
        }
    }
}

fn gene_pred<'a>(columns: &[&'a str], before: usize, flat: bool) -> Result<Columns<'a>, String> {
    let row = columns.get(before..).unwrap_or_default();
    let &[name, chrom, strand, _, _, cds_start, cds_end, count, starts, ends, ref rest @ ..] = row else {
        return Err(format!("{} columns; genePred has at least {}", columns.len(), 10 + before));
    };
    // genePredExt goes on with: score, name2, cdsStartStat, cdsEndStat, exonFrames.
    let name2 = rest.get(1).copied().filter(|n| !n.is_empty());
    let symbol = if flat { columns.first().copied() } else { name2 };
    Ok(Columns {
        name,
        chrom,
        strand,
        cds_start,
        cds_end,
        starts,
        ends,
        count,
        bed_start: None,
        symbol: symbol.unwrap_or(name),
        start_status: rest.get(2).copied(),
        end_status: rest.get(3).copied(),
        frames: rest.get(4).copied(),
        gene_type: None,
        gene_id: None,
        protein: None,
        entrez: None,
        mane: None,
    })
}

fn bed<'a>(columns: &[&'a str], mane: bool) -> Result<Columns<'a>, String> {
    let &[chrom, start, _, name, _, strand, cds_start, cds_end, _, count, sizes, starts, ref rest @ ..] =
        columns
    else {
        return Err(format!("{} columns; bigGenePred has at least 20", columns.len()));
    };
    // name2, cdsStartStat, cdsEndStat, exonFrames, type, geneName, geneName2, geneType, then MANE's own:
    // Ensembl protein, RefSeq transcript, NCBI gene, RefSeq protein, MANE status.
    let &[name2, start_status, end_status, frames, _, gene_id, symbol, gene_type, ref extra @ ..] = rest
    else {
        return Err(format!("{} columns; bigGenePred has at least 20", columns.len()));
    };
    let extra = |at: usize| if mane { extra.get(at).copied().filter(|c| !c.is_empty()) } else { None };
    let given = |text: &'a str| (!text.is_empty() && text != "none").then_some(text);
    Ok(Columns {
        name,
        chrom,
        strand,
        cds_start,
        cds_end,
        starts,
        ends: sizes,
        count,
        bed_start: Some(start),
        symbol: given(symbol).or(given(gene_id)).unwrap_or(name2),
        start_status: Some(start_status),
        end_status: Some(end_status),
        frames: Some(frames),
        gene_type: given(gene_type),
        gene_id: given(gene_id),
        protein: extra(0),
        entrez: extra(2),
        mane: extra(4),
    })
}

impl Columns<'_> {
    /// The exons as written, in genomic order.
    pub(super) fn exons(&self) -> Result<Vec<Interval>, String> {
        let (starts, ends) = (numbers(self.starts)?, numbers(self.ends)?);
        let count = number(self.count, "exonCount")? as usize;
        if starts.len() != count || ends.len() != count || count == 0 {
            return Err(format!(
                "exonCount is {count}, but {} starts and {} ends are given",
                starts.len(),
                ends.len()
            ));
        }
        let offset = self.bed_start.map(|s| number(s, "chromStart")).transpose()?;
        starts
            .into_iter()
            .zip(ends)
            .map(|(start, end)| {
                let (start, end) = match offset {
                    Some(offset) => {
                        let start = start.checked_add(offset);
                        (start, start.and_then(|s| s.checked_add(end)))
                    }
                    None => (Some(start), Some(end)),
                };
                match (start, end) {
                    (Some(start), Some(end)) if start < end => Ok(Interval::new(start, end)),
                    _ => Err("an exon without a base".to_owned()),
                }
            })
            .collect()
    }

    /// The CDS, empty for a non-coding transcript.
    pub(super) fn cds(&self) -> Result<Interval, String> {
        let (start, end) = (number(self.cds_start, "cdsStart")?, number(self.cds_end, "cdsEnd")?);
        if end < start {
            return Err(format!("cdsStart {start} is after cdsEnd {end}"));
        }
        Ok(Interval::new(start, end))
    }

    /// Exon frames, -1 for an exon without coding bases.
    pub(super) fn frames(&self, exons: usize) -> Result<Option<Vec<i8>>, String> {
        let Some(text) = self.frames.filter(|t| !t.is_empty()) else { return Ok(None) };
        let frames: Option<Vec<i8>> = text
            .trim_end_matches(',')
            .split(',')
            .map(|f| f.trim().parse::<i8>().ok().filter(|f| (-1..=2).contains(f)))
            .collect();
        match frames {
            Some(frames) if frames.len() == exons => Ok(Some(frames)),
            _ => Err(format!("exonFrames '{text}' are not {exons} numbers from -1 to 2")),
        }
    }

    /// The biotype given, else what can be said from the CDS.
    pub(super) fn biotype(&self, coding: bool) -> String {
        let said = if coding { "protein_coding" } else { "ncRNA" };
        self.gene_type.unwrap_or(said).to_owned()
    }
}

fn number(text: &str, name: &str) -> Result<u32, String> {
    text.trim().parse().map_err(|_| format!("{name} is '{text}'; expected a whole number"))
}

fn numbers(text: &str) -> Result<Vec<u32>, String> {
    text.trim_end_matches(',').split(',').map(|n| number(n, "exon position")).collect()
}
