//! Any bytes as the records of a source of sites, text and BCF: read, or refused by a message.

use ithaca::reference::build::sites::read_records;
use ithaca::reference::genome::Genome;

const HEADER: &str = "##fileformat=VCFv4.2\n##contig=<ID=1,length=60>\n\
    ##INFO=<ID=AC,Number=A,Type=Integer>\n##INFO=<ID=AN,Number=1,Type=Integer>\n##INFO=<ID=AF,Number=A,Type=Float>\n\
    ##INFO=<ID=AD,Number=R,Type=Integer>\n##INFO=<ID=S,Number=.,Type=String>\n##INFO=<ID=DB,Number=0,Type=Flag>\n\
    ##INFO=<ID=END,Number=1,Type=Integer>\n";

/// Reads the bytes as they are, and as what follows a sound beginning.
pub fn run(data: &[u8]) {
    let genome = Genome::from_sequences(vec![("1".to_owned(), b"ACGTTTTTTACGCGCGATTACANNNNACGT".repeat(2))]);
    for bcf in [false, true] {
        let _ = read_records(HEADER, data, bcf, &genome);
    }
    let mut line = b"1\t2\t.\tC\tA,G\t.\tPASS\t".to_vec();
    line.extend(data);
    let _ = read_records(HEADER, &line, false, &genome);
    // Two lengths, contig 0, position 1, one base, no quality; the numbers of alleles and of values are the data's.
    let mut record = Vec::new();
    for word in [20 + data.len() as u32, 0, 0, 1, 1, 0x7f80_0001] {
        record.extend(word.to_le_bytes());
    }
    record.extend(data);
    record.extend([0; 4]);
    let _ = read_records(HEADER, &record, true, &genome);
    let _ = read_records(&String::from_utf8_lossy(data), b"", true, &genome);
}
