//! Whether a gVCF called a place: only there an allele that it does not list was looked for and not seen.
//!
//! A block, and any other record of a gVCF, counts as covered where its FILTER is `PASS` or `.`, and, where the file
//! has samples, every sample has a genotype without a missing allele, and none a depth (`DP`, `MIN_DP`) or genotype
//! quality (`GQ`) of 0. A block whose INFO gives a depth of 0 (`DP`, `MIN_DP`, `MinDP`) does not count either.
//! Source of the fields: VCF 4.5, sections 1.6.2 and 5.5.

/// INFO keys and FORMAT keys of a depth.
pub(super) const DEPTHS: [&str; 3] = ["DP", "MIN_DP", "MinDP"];

/// FORMAT keys of what may not be 0.
pub(super) const NOT_ZERO: [&str; 4] = ["DP", "MIN_DP", "MinDP", "GQ"];

/// True where the columns after INFO, FORMAT first, call every sample.
pub(super) fn samples(columns: &[u8]) -> bool {
    let mut columns = columns.split(|&c| c == b'\t');
    let format = columns.next().unwrap_or_default();
    columns.all(|sample| {
        let mut genotype = false;
        let mut values = sample.split(|&c| c == b':');
        for key in format.split(|&c| c == b':') {
            let value = values.next().unwrap_or_default();
            if key == b"GT" {
                genotype = !value.is_empty() && !value.contains(&b'.');
            } else if NOT_ZERO.iter().any(|known| key == known.as_bytes()) && is_zero(value) {
                return false;
            }
        }
        genotype
    })
}

/// True where INFO gives a depth of 0.
pub(super) fn no_depth(info: &[u8]) -> bool {
    info.split(|&c| c == b';').any(|entry| {
        let of = |key: &&str| entry.strip_prefix(key.as_bytes())?.strip_prefix(b"=");
        DEPTHS.iter().find_map(of).is_some_and(is_zero)
    })
}

fn is_zero(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(|&c| c == b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_called_counts() {
        for (columns, called) in [
            ("GT:DP:GQ\t0/0:30:99", true),
            ("GT:DP:GQ\t0/0:.:.", true),
            ("GT\t0", true),
            ("GT:DP", true),
            ("GT:DP:GQ\t./.:30:99", false),
            ("GT:DP:GQ\t0/.:30:99", false),
            ("GT:DP:GQ\t0/0:0:99", false),
            ("GT:GQ:MIN_DP\t0/0:99:0", false),
            ("GT:DP:GQ\t0/0:3:0", false),
            ("GT\t0/0\t./.", false),
            ("DP\t30", false),
            ("GT:DP\t", false),
        ] {
            assert_eq!(samples(columns.as_bytes()), called, "{columns}");
        }
        assert!(no_depth(b"END=5;MinDP=0") && no_depth(b"DP=0") && !no_depth(b"END=5;DP=10;ADP=0"));
    }
}
