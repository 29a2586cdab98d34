use super::*;
use crate::model::contig::ContigId;
use crate::model::transcript::{Mane, Strand};

mod dialects;
mod malformed;
mod shared_data;

/// A genome of unknown bases with one contig of each name.
fn unknown_genome(contigs: &[(&str, usize)]) -> Genome {
    Genome::from_sequences(contigs.iter().map(|(n, l)| ((*n).to_owned(), vec![b'N'; *l])).collect())
}

fn written(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text.replace("    ", "\t")).unwrap();
    file
}

/// Reads a source written with four blanks for each tab.
fn read(text: &str) -> Result<(Vec<Gene>, Vec<Transcript>, BuildReport), ReferenceError> {
    let file = written(text);
    read_transcripts(file.path(), &unknown_genome(&[("1", 10_000), ("X", 5_000), ("Y", 5_000)]), None)
}
