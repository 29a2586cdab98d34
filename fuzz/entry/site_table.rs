//! Any bytes as the file of a site table: refused, found damaged, or the very values that were put in.

use std::fmt::Write;
use std::sync::OnceLock;

use ithaca::model::allele::Allele;
use ithaca::model::assembly::Assembly;
use ithaca::model::contig::ContigId;
use ithaca::reference::build::sites::{SiteSource, build_site_table};
use ithaca::reference::genome::Genome;
use ithaca::reference::sites::SiteTable;

/// The file of a small table, and all that it says.
fn sound() -> &'static (Vec<u8>, String) {
    static SOUND: OnceLock<(Vec<u8>, String)> = OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (source, file) = (folder.path().join("s.vcf"), folder.path().join("t.bin"));
        let mut text = "##fileformat=VCFv4.2\n##INFO=<ID=AC,Number=A,Type=Integer>\n##INFO=<ID=S,Number=1,Type=String>\n\
                        ##INFO=<ID=F,Number=1,Type=Float>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
            .to_owned();
        for n in 0..400 {
            let alternate = ["C", "G", "AT", "ACCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCG"][n % 4];
            writeln!(text, "1\t{}\t.\tA\t{alternate}\t.\t.\tAC={};S=w{};F=0.{n}", n + 1, n * n, n % 7).unwrap();
        }
        std::fs::write(&source, text).unwrap();
        let genome = Genome::from_sequences(vec![("1".to_owned(), vec![b'A'; 500])]);
        let wanted = SiteSource { name: "t", ..SiteSource::default() };
        build_site_table(&source, &wanted, &genome, &Assembly::GRCh38, &file).unwrap();
        let bytes = std::fs::read(&file).unwrap();
        let said = all(&bytes).unwrap();
        (bytes, said)
    })
}

/// All that a table says; an error where it is refused or damaged.
fn all(bytes: &[u8]) -> Result<String, String> {
    let table = SiteTable::from_bytes(bytes)?;
    let mut said = String::new();
    for contig in (0..4).map(ContigId) {
        for row in table.rows(contig).take(2000) {
            let allele = table.allele(row);
            let values: Vec<_> =
                (0..table.fields().len().min(20)).map(|field| table.value(row, field)).collect();
            writeln!(said, "{allele:?} {values:?}").unwrap();
            let found = allele.as_ref().is_none_or(|allele| table.find(allele) == Some(row));
            assert!(found || table.damage().is_some(), "{allele:?} is in the table and not found");
        }
        let any = Allele { contig, start: 7, reference: b"A".to_vec(), alternate: b"T".to_vec() };
        let _ = (table.find(&any), table.rows_within(contig, 3, 50), table.covers_allele(&any));
    }
    let whole = table.check_rows();
    table.damage().map_or(Ok(()), |damage| Err(damage.to_owned()))?;
    whole.map(|()| said)
}

/// Reads the bytes as a table, and a sound table with some bytes changed: pairs of a place and a byte.
pub fn run(data: &[u8]) {
    let _ = all(data);
    let (bytes, said) = sound();
    let mut changed = bytes.clone();
    for change in data.chunks_exact(4).take(8) {
        let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % changed.len();
        changed[at] = change[3];
    }
    if let Ok(found) = all(&changed) {
        assert_eq!(found, *said, "a changed table gives other values");
    }
}
