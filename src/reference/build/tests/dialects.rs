//! The same genes in every dialect give the same transcripts.

use super::*;
use crate::model::position::Interval;
use crate::model::transcript::{Coding, Exon};

/// Gene A: forward, three exons, the first all UTR. Gene B: reverse, incomplete at both ends. Gene C: one
/// exon, a selenocysteine at its second codon.
fn expected() -> Vec<Transcript> {
    let exon = |start, end, cdna_start| Exon { start, end, cdna_start };
    let coding = |start, end| Coding {
        cds: Interval::new(start, end),
        phase: 0,
        start_incomplete: false,
        end_incomplete: false,
        selenocysteines: Vec::new(),
        slippage: Vec::new(),
        skipped: Vec::new(),
        protein: None,
    };
    let transcript = |accession: &str, gene, strand, exons: Vec<Exon>, coding| Transcript {
        accession: accession.to_owned(),
        gene,
        biotype: "protein_coding".to_owned(),
        contig: ContigId(0),
        strand,
        exons,
        coding: Some(coding),
        own_bases: Vec::new(),
        differs_somewhere: false,
        mane: None,
        canonical: false,
    };
    let mut a = transcript(
        "A1.1",
        0,
        Strand::Forward,
        vec![exon(100, 110, 0), exon(200, 230, 10), exon(300, 340, 40)],
        coding(20, 61),
    );
    a.coding.as_mut().unwrap().cds = Interval::new(20, 62);
    a.mane = Some(Mane::Select);
    a.canonical = true;
    let mut b = transcript(
        "B1.2",
        1,
        Strand::Reverse,
        vec![exon(1100, 1120, 0), exon(1000, 1020, 20)],
        coding(0, 40),
    );
    let coding_b = b.coding.as_mut().unwrap();
    (coding_b.phase, coding_b.start_incomplete, coding_b.end_incomplete) = (1, true, true);
    let mut c = transcript("C1.1", 2, Strand::Forward, vec![exon(2000, 2030, 0)], coding(6, 18));
    c.coding.as_mut().unwrap().selenocysteines = vec![9];
    vec![a, b, c]
}

/// The transcripts in order of place, without the protein (each source has its own names for it).
fn normalised(text: &str) -> Vec<Transcript> {
    let (genes, mut transcripts, report) = read(text).unwrap();
    assert_eq!(report.lost(), 0, "{report}");
    assert_eq!(genes.len(), 3, "{report}");
    transcripts.sort_by_key(|t| t.interval());
    for (at, transcript) in transcripts.iter_mut().enumerate() {
        assert_eq!(genes[transcript.gene as usize].symbol, ["AAA", "BBB", "CCC"][at]);
        transcript.gene = at as u32;
        transcript.coding.as_mut().unwrap().protein = None;
    }
    transcripts
}

pub(super) const ENSEMBL: &str = "##gff-version 3
1    e    exon    301    340    .    +    .    Parent=transcript:A1
1    e    CDS    211    230    .    +    0    Parent=transcript:A1;protein_id=P1
1    e    CDS    301    322    .    +    1    Parent=transcript:A1;protein_id=P1
1    e    gene    101    340    .    +    .    ID=gene:GA;Name=AAA;biotype=protein_coding;version=3
1    e    exon    101    110    .    +    .    Parent=transcript:A1
1    e    mRNA    101    340    .    +    .    ID=transcript:A1;Parent=gene:GA;biotype=protein_coding;tag=basic,Ensembl_canonical,MANE_Select;version=1
1    e    exon    201    230    .    +    .    Parent=transcript:A1
###
1    e    gene    1001    1120    .    -    .    ID=gene:GB;Name=BBB;biotype=protein_coding
1    e    mRNA    1001    1120    .    -    .    ID=transcript:B1;Parent=gene:GB;biotype=protein_coding;version=2
1    e    exon    1001    1020    .    -    .    Parent=transcript:B1
1    e    CDS    1001    1020    .    -    2    Parent=transcript:B1
1    e    exon    1101    1120    .    -    .    Parent=transcript:B1
1    e    CDS    1101    1120    .    -    1    Parent=transcript:B1
1    e    gene    2001    2030    .    +    .    ID=gene:GC;Name=CCC;biotype=protein_coding
1    e    mRNA    2001    2030    .    +    .    ID=transcript:C1;Parent=gene:GC;biotype=protein_coding;version=1
1    e    exon    2001    2030    .    +    .    Parent=transcript:C1
1    e    CDS    2007    2018    .    +    0    Parent=transcript:C1
1    e    stop_codon_redefined_as_selenocysteine    2010    2012    .    +    .    Parent=transcript:C1
";

pub(super) const GENCODE: &str = "##gff-version 3
chr1    H    gene    101    340    .    +    .    ID=GA.3;gene_id=GA.3;gene_type=protein_coding;gene_name=AAA
chr1    H    transcript    101    340    .    +    .    ID=A1.1;Parent=GA.3;transcript_id=A1.1;transcript_type=protein_coding;gene_name=AAA;tag=basic,Ensembl_canonical,MANE_Select
chr1    H    exon    101    110    .    +    .    ID=exon:A1.1:1;Parent=A1.1
chr1    H    exon    201    230    .    +    .    ID=exon:A1.1:2;Parent=A1.1
chr1    H    CDS    211    230    .    +    0    ID=CDS:A1.1;Parent=A1.1;protein_id=P1.1
chr1    H    start_codon    211    213    .    +    0    ID=start:A1.1;Parent=A1.1
chr1    H    exon    301    340    .    +    .    ID=exon:A1.1:3;Parent=A1.1
chr1    H    CDS    301    322    .    +    1    ID=CDS:A1.1;Parent=A1.1;protein_id=P1.1
chr1    H    stop_codon    320    322    .    +    0    ID=stop:A1.1;Parent=A1.1
chr1    H    gene    1001    1120    .    -    .    ID=GB.1;gene_id=GB.1;gene_type=protein_coding;gene_name=BBB
chr1    H    transcript    1001    1120    .    -    .    ID=B1.2;Parent=GB.1;transcript_type=protein_coding;tag=mRNA_start_NF,cds_start_NF,cds_end_NF
chr1    H    exon    1101    1120    .    -    .    Parent=B1.2
chr1    H    CDS    1101    1120    .    -    1    Parent=B1.2
chr1    H    exon    1001    1020    .    -    .    Parent=B1.2
chr1    H    CDS    1001    1020    .    -    2    Parent=B1.2
chr1    H    gene    2001    2030    .    +    .    ID=GC.1;gene_type=protein_coding;gene_name=CCC
chr1    H    transcript    2001    2030    .    +    .    ID=C1.1;Parent=GC.1;transcript_type=protein_coding;tag=seleno
chr1    H    exon    2001    2030    .    +    .    Parent=C1.1
chr1    H    CDS    2007    2018    .    +    0    Parent=C1.1
chr1    H    stop_codon_redefined_as_selenocysteine    2010    2012    .    +    .    ID=stop_codon_redefined_as_selenocysteine:C1.1;Parent=C1.1
";

pub(super) const REFSEQ: &str = "##gff-version 3
NC_000001.11    R    region    1    10000    .    +    .    ID=NC_000001.11:1..10000;gbkey=Src
NC_000001.11    R    gene    101    340    .    +    .    ID=gene-AAA;Dbxref=GeneID:11,HGNC:HGNC:7;Name=AAA;gbkey=Gene;gene=AAA
NC_000001.11    R    mRNA    101    340    .    +    .    ID=rna-A1.1;Parent=gene-AAA;gbkey=mRNA;gene=AAA;tag=MANE Select;transcript_id=A1.1
NC_000001.11    R    exon    101    110    .    +    .    ID=exon-A1.1-1;Parent=rna-A1.1;gbkey=mRNA
NC_000001.11    R    exon    201    230    .    +    .    ID=exon-A1.1-2;Parent=rna-A1.1;gbkey=mRNA
NC_000001.11    R    exon    301    340    .    +    .    ID=exon-A1.1-3;Parent=rna-A1.1;gbkey=mRNA
NC_000001.11    R    CDS    211    230    .    +    0    ID=cds-P1.1;Parent=rna-A1.1;gbkey=CDS;protein_id=P1.1
NC_000001.11    R    CDS    301    322    .    +    1    ID=cds-P1.1;Parent=rna-A1.1;gbkey=CDS;protein_id=P1.1
NC_000001.11    R    gene    1001    1120    .    -    .    ID=gene-BBB;Dbxref=GeneID:12;Name=BBB;gbkey=Gene;gene=BBB
NC_000001.11    R    mRNA    1001    1120    .    -    .    ID=rna-B1.2;Parent=gene-BBB;gbkey=mRNA;partial=true;transcript_id=B1.2
NC_000001.11    R    exon    1101    1120    .    -    .    Parent=rna-B1.2;gbkey=mRNA
NC_000001.11    R    exon    1001    1020    .    -    .    Parent=rna-B1.2;gbkey=mRNA
NC_000001.11    R    CDS    1101    1120    .    -    1    ID=cds-P2.1;Parent=rna-B1.2;gbkey=CDS;partial=true;end_range=1120,.
NC_000001.11    R    CDS    1001    1020    .    -    2    ID=cds-P2.1;Parent=rna-B1.2;gbkey=CDS;partial=true;start_range=.,1001
NC_000001.11    R    gene    2001    2030    .    +    .    ID=gene-CCC;Dbxref=GeneID:13;Name=CCC;gbkey=Gene;gene=CCC
NC_000001.11    R    mRNA    2001    2030    .    +    .    ID=rna-C1.1;Parent=gene-CCC;gbkey=mRNA;transcript_id=C1.1
NC_000001.11    R    exon    2001    2030    .    +    .    Parent=rna-C1.1;gbkey=mRNA
NC_000001.11    R    CDS    2007    2018    .    +    0    ID=cds-P3.1;Parent=rna-C1.1;gbkey=CDS;transl_except=(pos:2010..2012%2Caa:Sec)
";

/// genePred has no word for selenocysteine or MANE.
const GENE_PRED: &str = "585    A1.1    chr1    +    100    340    210    322    3    100,200,300,    110,230,340,    0    AAA    cmpl    cmpl    -1,0,2,
585    B1.2    chr1    -    1000    1120    1000    1120    2    1000,1100,    1020,1120,    0    BBB    incmpl    incmpl    1,2,
585    C1.1    chr1    +    2000    2030    2006    2018    1    2000,    2030,    0    CCC    cmpl    cmpl    0,
";

const MANE_BED: &str = "#chrom    start    end    ensembl_tx    score    strand    cds_start    cds_end    rgb    exon_count    exon_sizes    exon_starts    name2    cds_start_stat    cds_end_stat    exon_frames    type    ensembl_gene    symbol    gene_type    ensembl_prot    refseq_tx    ncbi_gene    refseq_prot    mane_status
chr1    100    340    A1.1    0    +    210    322    8,81,156    3    10,30,40,    0,100,200,    A1.1    cmpl    cmpl    -1,0,2,    mRNA    GA.3    AAA    protein_coding    P1.1    NM_1.1    GeneID:11    NP_1.1    MANE Select
chr1    1000    1120    B1.2    0    -    1000    1120    8,81,156    2    20,20,    0,100,    B1.2    incmpl    incmpl    1,2,    mRNA    GB.1    BBB    protein_coding    P2.1    NM_2.1    GeneID:12    NP_2.1    MANE Plus Clinical
chr1    2000    2030    C1.1    0    +    2006    2018    8,81,156    1    30,    0,    C1.1    cmpl    cmpl    0,    mRNA    GC.1    CCC    protein_coding    P3.1    NM_3.1    GeneID:13    NP_3.1    MANE Select
";

#[test]
fn gff3_dialects_agree() {
    for text in [GENCODE, REFSEQ] {
        assert_eq!(normalised(text), expected());
    }
    // Ensembl says nothing of the ends of B: its start is seen by the phase, its end by no sign at all.
    let mut expected = expected();
    expected[1].coding.as_mut().unwrap().end_incomplete = false;
    assert_eq!(normalised(ENSEMBL), expected);
}

#[test]
fn gene_pred_agrees_where_it_can_say_it() {
    let mut expected = expected();
    expected[2].coding.as_mut().unwrap().selenocysteines.clear();
    let mut bed = expected.clone();
    bed[1].mane = Some(Mane::PlusClinical);
    (bed[2].mane, bed[2].canonical) = (Some(Mane::Select), true);
    (expected[0].mane, expected[0].canonical) = (None, false);
    assert_eq!(normalised(GENE_PRED), expected);
    let without_bin = GENE_PRED.replace("585    ", "");
    assert_eq!(normalised(&without_bin), expected);
    assert_eq!(normalised(MANE_BED), bed);
    assert_eq!(normalised(MANE_BED.split_once('\n').unwrap().1), bed);
}

#[test]
fn identifiers_and_proteins_are_read() {
    let (genes, transcripts, _) = read(REFSEQ).unwrap();
    assert_eq!((genes[0].source_id.as_str(), genes[0].hgnc_id), ("11", Some(HgncId(7))));
    assert_eq!(transcripts[0].coding.as_ref().unwrap().protein.as_deref(), Some("P1.1"));
    let (genes, _, report) = read(ENSEMBL).unwrap();
    assert!(genes.iter().any(|g| g.source_id == "GA.3"));
    assert_eq!(report.format, "GFF3 (Ensembl)");
}

#[test]
fn order_of_rows_and_compression_do_not_matter() {
    let mut rows: Vec<&str> = REFSEQ.lines().skip(1).collect();
    rows.reverse();
    let text = format!("##gff-version 3\n{}\n", rows.join("\n"));
    assert_eq!(normalised(&text), expected());
}

#[test]
fn copies_in_the_pseudoautosomal_region_stay_apart() {
    let text = "##gff-version 3
chrX    H    gene    101    130    .    +    .    ID=ENSG1.5;gene_type=protein_coding;gene_name=P
chrX    H    transcript    101    130    .    +    .    ID=ENST1.5;Parent=ENSG1.5;transcript_type=protein_coding
chrX    H    exon    101    130    .    +    .    Parent=ENST1.5
chrY    H    gene    201    230    .    +    .    ID=ENSG1.5_PAR_Y;gene_type=protein_coding;gene_name=P
chrY    H    transcript    201    230    .    +    .    ID=ENST1.5_PAR_Y;Parent=ENSG1.5_PAR_Y;transcript_type=protein_coding
chrY    H    exon    201    230    .    +    .    Parent=ENST1.5_PAR_Y
";
    let (genes, transcripts, report) = read(text).unwrap();
    assert_eq!((genes.len(), report.lost()), (2, 0));
    let names: Vec<&str> = transcripts.iter().map(|t| t.accession.as_str()).collect();
    assert_eq!(names, ["ENST1.5", "ENST1.5_PAR_Y"]);
    // Older files give both copies one ID: the contig keeps them apart.
    let (_, transcripts, report) = read(&text.replace("_PAR_Y", "")).unwrap();
    assert_eq!((transcripts.len(), report.lost()), (2, 0));
}

#[test]
fn a_gapped_alignment_gives_blocks() {
    let text = "##gff-version 3
NC_000001.11    R    gene    101    160    .    -    .    ID=gene-G;gbkey=Gene;gene=G
NC_000001.11    R    mRNA    101    160    .    -    .    ID=rna-NM_1.1;Parent=gene-G;gbkey=mRNA;transcript_id=NM_1.1
NC_000001.11    R    exon    101    160    .    -    .    Parent=rna-NM_1.1;gbkey=mRNA
NC_000001.11    R    CDS    111    157    .    -    0    ID=cds-NP_1.1;Parent=rna-NM_1.1;gbkey=CDS
NC_000001.11    R    cDNA_match    101    160    .    -    .    ID=aln1;Target=NM_1.1 1 61 +;gap_count=1;Gap=M20 I1 M40
";
    let (_, transcripts, report) = read(text).unwrap();
    assert_eq!(report.count(Remark::AlignmentGap), 1, "{report}");
    let transcript = &transcripts[0];
    let blocks =
        [Exon { start: 140, end: 160, cdna_start: 0 }, Exon { start: 100, end: 140, cdna_start: 21 }];
    assert_eq!(transcript.exons, blocks);
    let coding = transcript.coding.as_ref().unwrap();
    assert_eq!((coding.cds, coding.end_incomplete), (Interval::new(3, 51), false));
    assert_eq!(transcript.spliced_length(), 61);
}

#[test]
fn a_table_row_with_touching_blocks_counts_the_missing_base() {
    let text = "585    NM_1    chr1    +    100    160    100    160    3    100,130,140,    130,140,160,    0    G    cmpl    cmpl    0,1,2,";
    let (_, transcripts, report) = read(text).unwrap();
    assert_eq!(report.count(Remark::GapFromFrame), 1, "{report}");
    let offsets: Vec<u32> = transcripts[0].exons.iter().map(|e| e.cdna_start).collect();
    assert_eq!(offsets, [0, 31, 41]);
    assert_eq!(transcripts[0].coding.as_ref().unwrap().cds, Interval::new(0, 61));
}

#[test]
fn slippage_back_and_forth() {
    let text = |cut: &str| {
        format!(
            "##gff-version 3
1    R    gene    101    160    .    +    .    ID=gene-G;gbkey=Gene
1    R    mRNA    101    160    .    +    .    ID=rna-N;Parent=gene-G;gbkey=mRNA;transcript_id=N
1    R    exon    101    160    .    +    .    Parent=rna-N
1    R    CDS    101    130    .    +    0    Parent=rna-N;exception=ribosomal slippage
1    R    CDS    {cut}    160    .    +    0    Parent=rna-N;exception=ribosomal slippage
"
        )
    };
    let (_, back, report) = read(&text("130")).unwrap();
    assert_eq!(back[0].coding.as_ref().unwrap().slippage, [29]);
    assert_eq!(report.count(Remark::PhaseInconsistent), 0, "{report}");
    let (_, forth, report) = read(&text("132")).unwrap();
    assert_eq!(forth[0].exons.len(), 1);
    assert_eq!(forth[0].coding.as_ref().unwrap().skipped, [30]);
    assert_eq!(forth[0].coding.as_ref().unwrap().cds, Interval::new(0, 60));
    assert!(forth[0].coding.as_ref().unwrap().slippage.is_empty());
    assert_eq!(report.count(Remark::SkippedBases), 1);
    let (_, none, report) = read(&text("140")).unwrap();
    assert!(none.is_empty());
    assert_eq!(report.count(Remark::CodingOutsideExons), 1);
}

#[test]
fn refseq_says_which_transcripts_differ_from_the_genome() {
    let text = |note: &str| {
        format!(
            "##gff-version 3
1    R    gene    101    160    .    +    .    ID=gene-G;gbkey=Gene
1    R    mRNA    101    160    .    +    .    ID=rna-N;Parent=gene-G;gbkey=mRNA;transcript_id=N;{note}
1    R    exon    101    160    .    +    .    Parent=rna-N
"
        )
    };
    let differs = |note: &str| read(&text(note)).unwrap().1[0].differs_somewhere;
    assert!(differs("Note=The RefSeq transcript has 1 substitution compared to this genomic sequence"));
    assert!(differs("Note=The RefSeq transcript aligns at 97%25 coverage compared to this genomic sequence"));
    assert!(!differs("Note=isoform 2"));
}
