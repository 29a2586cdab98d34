//! Damaged, cut off and disordered files are refused; nothing of them is passed off as the whole.

use ithaca::read::contigs::ContigSource;
use ithaca::read::error::ReadError;
use ithaca::read::variants::{ReadOptions, SampleWanted, VariantReader};

use super::{bgzf, read_all, small_vcf};

fn read_bytes(bytes: &[u8]) -> Result<usize, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.vcf.gz");
    std::fs::write(&path, bytes).unwrap();
    read_all(&path, &["P"], ReadOptions::default()).map(|(records, _)| records.len())
}

#[test]
fn a_file_cut_at_any_block_edge_or_inside_a_block_is_refused() {
    let whole = bgzf(small_vcf().as_bytes(), 700);
    assert_eq!(read_bytes(&whole).unwrap(), 300);
    let mut edges = vec![0];
    while *edges.last().unwrap() < whole.len() {
        let at = *edges.last().unwrap();
        let size = usize::from(u16::from_le_bytes([whole[at + 16], whole[at + 17]])) + 1;
        edges.push(at + size);
    }
    assert!(edges.len() > 15);
    for edge in &edges[..edges.len() - 1] {
        assert!(read_bytes(&whole[..*edge]).is_err(), "cut at {edge}");
        assert!(read_bytes(&whole[..edge + 9]).is_err(), "cut inside the block at {edge}");
    }
}

#[test]
fn a_flipped_bit_gives_an_error_or_the_same_records() {
    let whole = bgzf(small_vcf().as_bytes(), 2_000);
    for at in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x04;
        if let Ok(count) = read_bytes(&damaged) {
            assert_eq!(count, 300, "bit of byte {at}");
        }
    }
}

#[test]
fn each_fault_is_told_apart_and_says_where() {
    let text = small_vcf();
    let refused = |text: &str, words: &[&str]| {
        let error = read_bytes(text.as_bytes()).unwrap_err().to_string();
        for word in words.iter().chain(&["a.vcf.gz"]) {
            assert!(error.contains(word), "{word:?} not in {error}");
        }
    };
    refused("", &["empty"]);
    refused("chr1\t1\t.\tA\tC\n", &["header line 1", "#CHROM"]);
    refused(&text.replace("\t150\t", "\t1500000\t"), &["record 6", "another build"]);
    refused(
        &text.replace("chr1\t150\t", "chr1\t15\t"),
        &["record 6", "chr1:15", "not sorted", "bcftools sort"],
    );
    refused(&text.replace("chr1\t150\t", "chr2\t150\t"), &["record 7", "chr1:160", "appears again"]);
    refused(&text.replace("chr1\t150\t.\tA", "chr1\t150\tA"), &["record 6", "columns"]);
    refused(&text.replace("\tP\n", "\tQ\n"), &["\"P\"", "1 samples (Q)", "samplesheet"]);
    refused(&text.replace("FORMAT\tP\n", "FORMAT\tP\tP\n"), &["two sample columns", "\"P\""]);
    refused(&text[..text.len() - 12], &["record 300"]);
    let no_newline = read_bytes(&text.as_bytes()[..text.len() - 1]);
    assert_eq!(no_newline.unwrap(), 300);
    let windows = read_bytes(text.replace('\n', "\r\n").as_bytes());
    assert_eq!(windows.unwrap(), 300);
}

#[test]
fn records_before_a_fault_are_handed_on_in_order_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.vcf.gz");
    let text = small_vcf().replace("chr2\t2500\t", "chr2\tX\t");
    std::fs::write(&path, bgzf(text.as_bytes(), 300)).unwrap();
    let mut outcomes = Vec::new();
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let wanted = [SampleWanted::OnlyOr("anyone".to_owned())];
        let (numbers, error) = pool.install(|| {
            let reader =
                VariantReader::open(&path, &ContigSource::File, &wanted, ReadOptions::default()).unwrap();
            let mut numbers = Vec::new();
            let read = reader.process(
                |batch| batch.iter().map(|r| r.number).collect::<Vec<_>>(),
                |batch| {
                    numbers.extend(batch);
                    Ok::<_, ReadError>(())
                },
            );
            (numbers, read.unwrap_err().to_string())
        });
        assert!(error.contains("record 241 (chr2:X)"), "{error}");
        assert!(numbers.iter().copied().eq(1..=numbers.len() as u64));
        outcomes.push((numbers, error));
    }
    assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_missing_file_and_a_folder_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().to_path_buf(), folder.path().join("none.vcf.gz")] {
        let error = read_all(&path, &["P"], ReadOptions::default()).unwrap_err().to_string();
        assert!(error.contains(path.to_str().unwrap()) && error.contains("cannot be read"), "{error}");
    }
}
