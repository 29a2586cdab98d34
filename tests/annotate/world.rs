//! Reference data of the differential tests.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use ithaca::reference::build::read_transcripts;
use ithaca::reference::genome::Genome;
use ithaca::reference::transcripts::Transcripts;

/// The lines of a file, through gzip where its name ends in `.gz`.
pub fn lines(path: &Path) -> Box<dyn Iterator<Item = String>> {
    let reader: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(MultiGzDecoder::new(std::fs::File::open(path).unwrap()))
    } else {
        Box::new(std::fs::File::open(path).unwrap())
    };
    Box::new(BufReader::new(reader).lines().map(Result::unwrap))
}

/// A genome from a FASTA file; contigs are cut off after `most` bases.
pub fn genome(path: &Path, most: usize, wanted: &[&str]) -> Genome {
    let mut sequences: Vec<(String, Vec<u8>)> = Vec::new();
    let mut taking = false;
    for line in lines(path) {
        if let Some(name) = line.strip_prefix('>') {
            if !wanted.is_empty() && sequences.len() == wanted.len() {
                break;
            }
            let name = name.split_whitespace().next().unwrap();
            taking = wanted.is_empty() || wanted.contains(&name);
            if taking {
                sequences.push((name.to_owned(), Vec::new()));
            }
        } else if taking {
            let bases = &mut sequences.last_mut().unwrap().1;
            if bases.len() < most {
                bases.extend_from_slice(line.as_bytes());
            } else if !wanted.is_empty() && sequences.len() == wanted.len() {
                break;
            }
        }
    }
    Genome::from_sequences(sequences)
}

/// The transcripts of an annotation file.
pub fn transcripts(path: &Path, genome: &Genome) -> Transcripts {
    let (genes, transcripts, _) = read_transcripts(path, genome, None).unwrap();
    Transcripts::from_records(genes, transcripts)
}
