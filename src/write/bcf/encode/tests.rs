use super::*;
use crate::write::header::HeaderLines;

const HEADER: &str = "##fileformat=VCFv4.2\n\
    ##INFO=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n\
    ##INFO=<ID=AF,Number=A,Type=Float,Description=\"d\">\n\
    ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n\
    ##contig=<ID=chr1>\n\
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb\n";

fn encoded(line: &str) -> Result<Vec<u8>, String> {
    let mut header = HeaderLines::new(HEADER.as_bytes());
    let encoder = Encoder::new(&header.number(), header.samples());
    let mut out = vec![9];
    let pushed = encoder.push(&mut out, line.as_bytes(), &mut Workspace::default());
    assert!(pushed.is_ok() || out.len() == 1, "a refused record leaves nothing behind");
    pushed.map(|()| out[1..].to_vec())
}

#[test]
fn a_record_has_the_layout_of_the_specification() {
    let record = encoded("chr1\t5\t.\tA\tC,<DEL>\t30\tPASS\tDP=200;AF=0.5,.\tGT\t0|1\t.").unwrap();
    let mut expected = Vec::new();
    expected.extend([0; 8]);
    expected.extend([0, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0]);
    expected.extend(30f32.to_le_bytes());
    expected.extend([2, 0, 3, 0, 2, 0, 0, 1]);
    expected.extend([0x07, 0x17, b'A', 0x17, b'C', 0x57]);
    expected.extend(b"<DEL>");
    expected.extend([0x11, 0, 0x11, 1, 0x12, 200, 0, 0x11, 2, 0x25]);
    expected.extend(0.5f32.to_le_bytes());
    expected.extend(MISSING_FLOAT.to_le_bytes());
    let shared = expected.len() as u8 - 8;
    expected.extend([0x11, 3, 0x21, 2, 5, 0, 0x81]);
    expected[0] = shared;
    expected[4] = 7;
    assert_eq!(record, expected);
}

#[test]
fn what_bcf_cannot_hold_is_refused_with_the_reason() {
    for (line, words) in [
        ("chr2\t5\t.\tA\tC\t.\t.\t.\tGT\t.\t.", "contig chr2 is not declared"),
        ("chr1\t5\t.\tA\tC\t.\tq9\t.\tGT\t.\t.", "FILTER q9"),
        ("chr1\t5\t.\tA\tC\t.\t.\tZZ=1\tGT\t.\t.", "INFO ZZ"),
        ("chr1\t5\t.\tA\tC\t.\t.\tDP=1.5\tGT\t.\t.", "'1.5'"),
        ("chr1\t5\t.\tA\tC\t.\t.\tDP=3000000000\tGT\t.\t.", "3000000000"),
        ("chr1\t5\t.\tA\tC\t.\t.\tAF=x\tGT\t.\t.", "write VCF"),
        ("chr1\t5\t.\tA\tC\t.\t.\t.\tGT:XX\t.\t.", "FORMAT XX"),
        ("chr1\t5\t.\tA\tC\t.\t.\t.\tGT\tx/1\t.", "x/1"),
    ] {
        let reason = encoded(line).unwrap_err();
        assert!(reason.contains(words), "{line}: {reason}");
    }
}

#[test]
fn the_span_reaches_to_end() {
    let span = |info: &str| {
        let record = encoded(&format!("chr1\t5\t.\tAC\tA\t.\t.\t{info}\tGT\t.\t.")).unwrap();
        record[16]
    };
    assert_eq!(span("."), 2);
    let reason = encoded("chr1\t5\t.\tA\t<X>\t.\t.\tEND=9\tGT\t.\t.").unwrap_err();
    assert!(reason.contains("INFO END"));
    assert_eq!(super::span(b"DP=1;END=9", 5, b"A"), 5);
    assert_eq!(super::span(b"END=3", 5, b"AC"), 2);
}
