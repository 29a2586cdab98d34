//! The choice between the index and the whole file.

use super::cram::Cram;
use super::open::{AnyIndex, Source};
use super::windows::{Pass, Reading};
use super::{AlignmentError, AlignmentWarning};
use crate::model::alignment::{ReadWindow, TakesReads};

impl<'a, W, S, T> Reading<'a, W, S>
where
    W: AsRef<ReadWindow> + Sync,
    S: Fn(&'a W) -> T + Sync,
    T: TakesReads,
{
    /// Reads through the index where one can be trusted, and the whole file otherwise; the warning says why.
    pub(super) fn read(
        &self,
        source: Source<'_>,
    ) -> Result<(Pass<T::Count>, Option<AlignmentWarning>), AlignmentError> {
        if source.header().denies_order() {
            return Ok((self.whole(source)?, Some(AlignmentWarning::SortOrderNotStated)));
        }
        let path = self.alignments.path;
        let index = match source.index(path) {
            Ok(index) => index,
            Err(warning) => {
                if let (Source::Cram(_), Ok(index)) = (&source, Cram::make_index(path))
                    && let Ok(pass) = self.indexed(&AnyIndex::Cram(index))
                {
                    return Ok((pass, Some(warning)));
                }
                return Ok((self.whole(source)?, Some(warning)));
            }
        };
        match self.indexed(&index) {
            // An index that shows nothing at all may belong to another file: look for oneself.
            Ok(pass) if pass.seen.records == 0 => {
                let whole = self.whole(source)?;
                let warning = whole.counts.iter().any(T::has_reads).then(|| {
                    AlignmentWarning::IndexUnusable("it shows no reads where there are some".to_owned())
                });
                Ok((whole, warning))
            }
            Ok(pass) => Ok((pass, None)),
            Err(error @ (AlignmentError::WrongReference { .. } | AlignmentError::Unreadable { .. })) => {
                Err(error)
            }
            // Damage or disorder may be the index's or the data's; reading it all tells.
            Err(error) => Ok((self.whole(source)?, Some(AlignmentWarning::IndexUnusable(error.to_string())))),
        }
    }
}
