//! What makes no sense is refused with its line, or left out and counted.

use super::*;

const GENE: &str = "##gff-version 3
1    e    gene    1    100    .    +    .    ID=gene:G;Name=G;biotype=protein_coding
1    e    mRNA    1    100    .    +    .    ID=transcript:T;Parent=gene:G;biotype=protein_coding
";

fn refused(text: &str, wanted: &[&str]) {
    let message = read(text).unwrap_err().to_string();
    for words in wanted {
        assert!(message.contains(words), "'{message}' does not say '{words}'");
    }
}

#[test]
fn rows_that_are_no_gff3_are_refused_with_their_line() {
    for (row, words) in [
        ("1    e    exon    1    10    .    +    .", "column attributes is missing"),
        ("1    e    exon    x    10    .    +    .    Parent=transcript:T", "start is 'x'"),
        ("1    e    exon    0    10    .    +    .    Parent=transcript:T", "not a 1-based interval"),
        ("1    e    exon    20    10    .    +    .    Parent=transcript:T", "not a 1-based interval"),
        ("1    e    exon    1    99999999999    .    +    .    Parent=transcript:T", "end is"),
        ("1    e    exon    1    10    .    *    .    Parent=transcript:T", "strand is '*'"),
        ("1    e    CDS    1    10    .    +    3    Parent=transcript:T", "phase is '3'"),
        ("1    e    exon    1    10    .    +    .    rank=1", "no Parent"),
        ("1    e    exon    1    10    .    +    .    gene_id \"G\"; transcript_id \"T\";", "GTF"),
        (
            "1    e    CDS    1    10    .    +    0    Parent=transcript:T;transl_except=(pos:x,aa:Sec)",
            "transl_except",
        ),
    ] {
        refused(&format!("{GENE}{row}\n"), &["line 4", words]);
    }
}

#[test]
fn files_of_another_kind_are_refused() {
    refused("", &["holds no transcript"]);
    refused("#only a comment\n", &["holds no transcript"]);
    refused("chr1    100    200    name\n", &["line 1", "neither GFF3 nor a genePred"]);
    refused(
        "##gff-version 3\n1    e    region    1    10    .    +    .    note=x\n",
        &["no gene or transcript row"],
    );
}

#[test]
fn rows_of_tables_that_do_not_add_up_are_refused() {
    let good = "T    chr1    +    100    340    210    322    2    100,200,    110,340,    0    G    cmpl    cmpl    -1,0,";
    assert!(read(good).is_ok());
    for (from, to, words) in [
        ("    2    ", "    3    ", "exonCount"),
        ("110,340", "100,340", "without a base"),
        ("322", "3x2", "cdsEnd"),
        ("    322", "    22", "after cdsEnd"),
        ("-1,0,", "-1,", "exonFrames"),
        ("-1,0,", "-1,7,", "exonFrames"),
        ("cmpl    cmpl", "cmpl    odd", "CDS status"),
        ("+", "*", "neither GFF3"),
    ] {
        refused(&good.replace(from, to), &["line 1", words]);
    }
}

#[test]
fn features_that_do_not_fit_are_left_out_and_counted() {
    for (rows, reason) in [
        ("1    e    exon    1    10    .    +    .    Parent=transcript:Nobody\n", Remark::ParentMissing),
        ("", Remark::NoExons),
        (
            "1    e    exon    1    10    .    +    .    Parent=transcript:T\n1    e    exon    5    20    .    +    .    Parent=transcript:T\n",
            Remark::OverlappingExons,
        ),
        ("1    e    exon    1    10    .    -    .    Parent=transcript:T\n", Remark::StrandsDisagree),
        ("1    e    exon    1    10001    .    +    .    Parent=transcript:T\n", Remark::PastContigEnd),
        (
            "1    e    exon    1    10    .    +    .    Parent=transcript:T\n1    e    CDS    5    20    .    +    0    Parent=transcript:T\n",
            Remark::CodingOutsideExons,
        ),
        (
            "9    e    mRNA    1    100    .    +    .    ID=transcript:U;Parent=gene:G\n9    e    exon    1    10    .    +    .    Parent=transcript:U\n",
            Remark::ContigNotInFasta,
        ),
    ] {
        let (_, transcripts, report) = read(&format!("{GENE}{rows}")).unwrap();
        assert!(transcripts.is_empty());
        assert_eq!(report.count(reason), 1, "{reason:?}: {report}");
    }
}

#[test]
fn a_second_row_of_one_identity_is_counted() {
    let second = GENE.lines().nth(2).unwrap();
    let text = format!("{GENE}{second}\n1    e    exon    1    10    .    +    .    Parent=transcript:T\n");
    let (_, transcripts, report) = read(&text).unwrap();
    assert_eq!(transcripts.len(), 1);
    assert_eq!(report.count(Remark::DuplicateFeature), 1);
}

#[test]
fn a_transcript_without_its_gene_is_kept_and_noted() {
    let text = "##gff-version 3
1    e    mRNA    1    100    .    +    .    ID=transcript:T;Parent=gene:Gone;biotype=protein_coding
1    e    exon    1    10    .    +    .    Parent=transcript:T
";
    let (genes, transcripts, report) = read(text).unwrap();
    assert_eq!((transcripts.len(), report.count(Remark::GeneRowMissing)), (1, 1));
    assert_eq!(genes[0].source_id, "Gone");
}
