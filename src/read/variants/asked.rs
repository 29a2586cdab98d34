//! What is asked of a reader.

use crate::model::regions::Regions;

/// A sample column that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleWanted {
    /// The column of this name.
    Named(String),
    /// The column that has the participant's identifier as its name, else the only one there is.
    OnlyOr(String),
}

impl SampleWanted {
    /// Index of the column among those of a file; absent where there is none, or no telling which.
    pub fn column_in(&self, names: &[String]) -> Option<usize> {
        let named = |wanted: &String| names.iter().position(|name| name == wanted);
        match self {
            Self::Named(name) => named(name),
            Self::OnlyOr(participant) => named(participant).or((names.len() == 1).then_some(0)),
        }
    }
}

/// What a reader may leave out before it builds a record, to save time; what it leaves out is counted.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Only records that overlap these; all when absent.
    pub regions: Option<Regions>,
    /// Leave out records that have a genotype for every wanted sample, none of them with an ALT allele. Such a
    /// record offers no allele, but it does say that the place was looked at.
    pub skip_uncarried: bool,
    /// Accept records out of order, with a warning in the summary; otherwise they are refused. Only for work that
    /// looks at each record by itself.
    pub accept_unsorted: bool,
    /// Hand on records whose REF runs past the end of its contig; otherwise the file is refused.
    pub accept_past_end: bool,
    /// Read contigs in the order of the reference, also where the file has another; takes a BGZF file.
    pub reference_order: bool,
}
