//! Real files, where they are present.

use std::path::PathBuf;

use super::*;
use crate::shared_data::need;

#[test]
fn every_small_case_parses() {
    let Some(cases) = need("csq/cases") else { return };
    let mut transcripts = 0;
    let mut files = 0;
    let folders = std::fs::read_dir(cases).unwrap();
    let mut paths: Vec<PathBuf> = folders
        .flat_map(|f| std::fs::read_dir(f.unwrap().path()).unwrap())
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "gff"))
        .collect();
    paths.sort();
    for path in paths {
        let folder = path.parent().unwrap();
        let index = folder.join(format!("{}.fa.fai", folder.file_name().unwrap().to_str().unwrap()));
        let index = std::fs::read_to_string(index).unwrap();
        let contigs = index.lines().map(|line| {
            let mut columns = line.split('\t');
            (columns.next().unwrap().to_owned(), vec![b'N'; columns.next().unwrap().parse().unwrap()])
        });
        let genome = Genome::from_sequences(contigs.collect());
        let (_, found, report) = read_transcripts(&path, &genome, None).unwrap();
        assert!(!found.is_empty(), "{}: {report}", path.display());
        assert_eq!(report.lost(), 0, "{}: {report}", path.display());
        transcripts += found.len();
        files += 1;
    }
    assert_eq!(files, 69);
    assert!(transcripts > 150, "{transcripts}");
}

#[test]
fn slippage_of_the_coronavirus_is_seen() {
    let Some(path) = need("csq/cases/EMN908947/ribosomal-slippage.gff") else { return };
    let genome = unknown_genome(&[("MN908947.3", 29_903)]);
    let (_, transcripts, _) = read_transcripts(&path, &genome, None).unwrap();
    let coding = transcripts[0].coding.as_ref().unwrap();
    assert_eq!((coding.slippage.as_slice(), coding.cds.len()), ([5].as_slice(), 11));
    assert!(!coding.end_incomplete);
}

#[test]
fn the_worlds_parse_without_loss() {
    let genome = unknown_genome(&[("1", 249_250_621), ("chr21", 46_709_983)]);
    for (file, wanted, coding) in
        [("vep/A.GRCh37.refGene.gff3.gz", 222, 153), ("vep/B.GRCh38.Ensembl.gff3.gz", 63, 18)]
    {
        let Some(path) = need(file) else { return };
        let (_, transcripts, report) = read_transcripts(&path, &genome, None).unwrap();
        assert_eq!((transcripts.len(), report.coding, report.lost()), (wanted, coding, 0), "{report}");
    }
}

#[test]
fn whole_tables_parse() {
    let names = (1..=22).map(|n| n.to_string()).chain(["X".to_owned(), "Y".to_owned()]);
    let genome =
        Genome::from_sequences(names.map(|n| (format!("chr{n}"), vec![b'N'; 250_000_000 / 8])).collect());
    let table = need("genes/hgnc_complete_set.2023-10.cut.txt.gz").map(|p| gene_file::read(&p).unwrap().0);
    for (file, rows) in [
        ("transcripts/refGene.hg19.genePredExt.txt.gz", 71_143),
        ("transcripts/MANE.GRCh38.genePred.bed.gz", 19_316),
    ] {
        let Some(path) = need(file) else { return };
        let (genes, transcripts, report) = read_transcripts(&path, &genome, table.as_ref()).unwrap();
        assert_eq!(report.rows, rows);
        assert_eq!(report.transcripts + report.lost(), rows, "{report}");
        // The contigs are an eighth as long as they should be: everything beyond is counted, nothing else is.
        let expected = report.count(Remark::PastContigEnd) + report.count(Remark::ContigNotInFasta);
        assert!(report.lost() - expected < rows / 1000, "{report}");
        assert!(!transcripts.is_empty() && !genes.is_empty());
        let named = genes.iter().filter(|g| g.hgnc_id.is_some()).count();
        assert!(table.is_none() || named * 100 > genes.len() * 80, "{named} of {}", genes.len());
    }
    let Some(path) = need("transcripts/Ensembl.GRCh38.chr21.gff3.gz") else { return };
    let genome = unknown_genome(&[("21", 46_709_983)]);
    let (_, transcripts, report) = read_transcripts(&path, &genome, table.as_ref()).unwrap();
    assert_eq!((transcripts.len() as u64, report.lost()), (report.transcripts, 0), "{report}");
    assert!(report.transcripts > 2_000 && report.coding > 800, "{report}");
}
