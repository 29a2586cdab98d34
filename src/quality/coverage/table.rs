//! Tables for people and spreadsheets: one of exons, one of genes, one of gaps.
//!
//! Columns and coordinates (BED: 0-based half-open) are those that NHS laboratories know from their coverage
//! reports: `min mean max`, then the percentage of bases at 10×, 20×, 30×, 50× and 100×, floored to two decimals.

use std::io::{self, Write};

use crate::model::contig::Contig;

use super::{DepthSummary, Gap, GeneCoverage, THRESHOLDS, TargetCoverage};
use crate::quality::percent::{mean_text, percent_text};

fn heading(out: &mut impl Write, build: Option<&str>, columns: &str) -> io::Result<()> {
    if let Some(build) = build {
        writeln!(out, "# build: {build}")?;
    }
    writeln!(out, "{columns}")
}

fn threshold_columns() -> String {
    THRESHOLDS.map(|threshold| format!("{threshold}x")).join("\t")
}

fn figures(depth: &DepthSummary) -> String {
    let shares = depth.at_least.map(|bases| percent_text(bases, depth.bases)).join("\t");
    format!("{}\t{}\t{}\t{shares}", depth.min, mean_text(depth.sum, depth.bases), depth.max)
}

/// Text of the input in a cell: nothing in it may end the cell, or start a formula in a spreadsheet.
fn cell(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if clean.starts_with(['=', '+', '-', '@']) { format!("'{clean}") } else { clean }
}

fn exon_cell(exon: u32) -> String {
    if exon == 0 { String::new() } else { exon.to_string() }
}

fn name(contigs: &[Contig], id: crate::model::contig::ContigId) -> String {
    contigs.get(id.index()).map_or_else(String::new, |contig| cell(&contig.name))
}

/// Writes a row per target.
///
/// # Errors
/// Those of the writer.
pub fn write_exons(
    out: &mut impl Write,
    targets: &[TargetCoverage],
    contigs: &[Contig],
    build: Option<&str>,
) -> io::Result<()> {
    let columns = format!(
        "chrom\texon_start\texon_end\tgene\ttx\texon\tmin\tmean\tmax\t{}\texon_len",
        threshold_columns()
    );
    heading(out, build, &columns)?;
    for row in targets {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            name(contigs, row.target.contig),
            row.measured.start,
            row.measured.end,
            cell(&row.target.gene),
            cell(&row.target.transcript),
            exon_cell(row.target.exon),
            figures(&row.depth),
            row.measured.len(),
        )?;
    }
    Ok(())
}

/// Writes a row per gene and transcript; the `exon` column, empty, keeps the columns of the exon table.
///
/// # Errors
/// Those of the writer.
pub fn write_genes(out: &mut impl Write, genes: &[GeneCoverage], build: Option<&str>) -> io::Result<()> {
    heading(out, build, &format!("gene\ttx\texon\tmin\tmean\tmax\t{}", threshold_columns()))?;
    for row in genes {
        writeln!(out, "{}\t{}\t\t{}", cell(&row.gene), cell(&row.transcript), figures(&row.depth))?;
    }
    Ok(())
}

/// Writes a row per gap: a run of bases below the policy's depth inside one target.
///
/// # Errors
/// Those of the writer.
pub fn write_gaps(
    out: &mut impl Write,
    gaps: &[Gap],
    contigs: &[Contig],
    build: Option<&str>,
) -> io::Result<()> {
    heading(out, build, "chrom\tstart\tend\tgene\ttx\texon\tmin\tlength")?;
    for gap in gaps {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            name(contigs, gap.contig),
            gap.interval.start,
            gap.interval.end,
            cell(&gap.gene),
            cell(&gap.transcript),
            exon_cell(gap.exon),
            gap.min,
            gap.interval.len(),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Depths, Target};
    use super::*;
    use crate::model::contig::ContigId;
    use crate::model::position::Interval;

    fn result() -> Depths {
        let mut depth = DepthSummary::default();
        depth.add(2, 25, 20);
        depth.add(1, 9, 20);
        let target = Target {
            contig: ContigId(0),
            interval: Interval::new(10, 13),
            gene: "=G\t1".to_owned(),
            hgnc_id: None,
            transcript: "NM_1.2".to_owned(),
            exon: 2,
        };
        let gap = Gap {
            contig: ContigId(0),
            interval: Interval::new(12, 13),
            min: 9,
            gene: "G".to_owned(),
            hgnc_id: None,
            transcript: String::new(),
            exon: 0,
        };
        let gene = GeneCoverage {
            gene: "G".to_owned(),
            hgnc_id: None,
            transcript: "NM_1.2".to_owned(),
            targets: 1,
            depth,
        };
        Depths {
            targets: vec![TargetCoverage { measured: target.interval, target, depth }],
            genes: vec![gene],
            overall: depth,
            gaps: vec![gap],
        }
    }

    #[test]
    fn the_tables_are_those_laboratories_know() {
        let contigs = [Contig { name: "chr1".to_owned(), length: 100 }];
        let text = |write: &dyn Fn(&mut Vec<u8>)| {
            let mut out = Vec::new();
            write(&mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(
            text(&|out| write_exons(out, &result().targets, &contigs, Some("GRCh38")).unwrap()),
            "# build: GRCh38\n\
             chrom\texon_start\texon_end\tgene\ttx\texon\tmin\tmean\tmax\t10x\t20x\t30x\t50x\t100x\texon_len\n\
             chr1\t10\t13\t'=G 1\tNM_1.2\t2\t9\t19.66\t25\t66.66\t66.66\t0.00\t0.00\t0.00\t3\n"
        );
        assert_eq!(
            text(&|out| write_genes(out, &result().genes, None).unwrap()),
            "gene\ttx\texon\tmin\tmean\tmax\t10x\t20x\t30x\t50x\t100x\n\
             G\tNM_1.2\t\t9\t19.66\t25\t66.66\t66.66\t0.00\t0.00\t0.00\n"
        );
        assert_eq!(
            text(&|out| write_gaps(out, &result().gaps, &contigs, None).unwrap()),
            "chrom\tstart\tend\tgene\ttx\texon\tmin\tlength\nchr1\t12\t13\tG\t\t\t9\t1\n"
        );
    }
}
