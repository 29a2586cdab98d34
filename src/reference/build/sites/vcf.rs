//! Records of VCF text, split by bytes: only what is wanted is looked at.

use super::called;
use super::given::{Given, picked, present};
use super::header::{Field, Source};
use super::info::InfoScan;
use super::number;
use super::parse::{Parser, Site, Values};

/// The values of a line.
struct Line<'a> {
    id: &'a [u8],
    quality: &'a [u8],
    filter: &'a [u8],
    given: &'a [Option<&'a [u8]>],
    info: &'a [u8],
    /// FORMAT and the samples.
    samples: Option<&'a [u8]>,
}

impl Values for Line<'_> {
    #[inline]
    fn of(&mut self, at: usize, field: &Field, alternate: usize, count: usize) -> Given<'_> {
        match field.source {
            Source::Id => present(self.id),
            Source::Quality => present(self.quality),
            Source::Filter => present(self.filter),
            _ => match self.given[at] {
                None => Given::Missing,
                Some(_) if field.kind == crate::reference::sites::SiteFieldKind::Flag => Given::Text(b""),
                Some(text) => picked(text, field.pick, alternate, count),
            },
        }
    }

    #[inline]
    fn is_called(&self) -> bool {
        matches!(self.filter, b"PASS" | b".")
            && self.samples.is_none_or(|samples| called::samples(samples) && !called::no_depth(self.info))
    }
}

/// Takes one line without its ending; the error is a message without its place.
pub(super) fn line(
    parser: &mut Parser<'_>,
    scan: &mut InfoScan,
    fields: usize,
    line: &[u8],
) -> Result<(), String> {
    let mut rest = Some(line);
    let mut column = |name: &str| {
        let here = rest.ok_or_else(|| format!("column {name} is missing"))?;
        let (column, after) = match memchr::memchr(b'\t', here) {
            Some(at) => (&here[..at], Some(&here[at + 1..])),
            None => (here, None),
        };
        rest = after;
        Ok::<_, String>(column)
    };
    let (chrom, pos, id) = (column("CHROM")?, column("POS")?, column("ID")?);
    let (reference, alternates) = (column("REF")?, column("ALT")?);
    let (quality, filter, info) = (column("QUAL")?, column("FILTER")?, column("INFO")?);
    let number = number::integer(pos).and_then(|pos| u32::try_from(pos).ok());
    let pos = number
        .ok_or_else(|| format!("POS is '{}'; expected a whole number", String::from_utf8_lossy(pos)))?;
    let site = Site { chrom, pos, reference };
    let mut few = [None; 32];
    let mut many = Vec::new();
    let given = match few.get_mut(..fields) {
        Some(given) => given,
        None => {
            many.resize(fields, None);
            many.as_mut_slice()
        }
    };
    scan.scan(info, given);
    parser.given_twice(scan.twice(), site, alternates.split(|&c| c == b','));
    let mut values = Line { id, quality, filter, given, info, samples: rest };
    parser.record(site, alternates.split(|&c| c == b','), || end(info), &mut values)
}

/// The value of END: the last position of a block of a gVCF, 1-based.
fn end(info: &[u8]) -> Option<u32> {
    let value = info.split(|&c| c == b';').find_map(|entry| entry.strip_prefix(b"END="))?;
    u32::try_from(number::integer(value)?).ok()
}
