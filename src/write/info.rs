//! The INFO column of a VCF line: fields taken out and put behind.

/// Where INFO stands in a line without its line end; absent when there are fewer than eight columns.
fn column(line: &[u8]) -> Option<(usize, usize)> {
    let mut tabs = memchr::memchr_iter(b'\t', line);
    let from = tabs.nth(6)? + 1;
    Some((from, tabs.next().unwrap_or(line.len())))
}

/// Appends `line` with the fields named in `replaced` taken out of INFO and `added` (`KEY=value`, joined by `;`; may be
/// empty) put behind the others; true where a field was taken out. All else stays as it is, to the byte.
pub fn write_line(out: &mut Vec<u8>, line: &[u8], replaced: &[impl AsRef<str>], added: &str) -> bool {
    let (bare, ending) = match line.strip_suffix(b"\r") {
        Some(bare) => (bare, b"\r".as_slice()),
        None => (line, b"".as_slice()),
    };
    let Some((from, to)) = column(bare) else {
        // The reader has refused such a line.
        out.extend_from_slice(line);
        return false;
    };
    let info = &bare[from..to];
    out.extend_from_slice(&bare[..from]);
    let start = out.len();
    let mut taken = false;
    if !replaced.iter().any(|key| memchr::memmem::find(info, key.as_ref().as_bytes()).is_some()) {
        if info != b"." || added.is_empty() {
            out.extend_from_slice(info);
        }
    } else {
        for field in info.split(|&b| b == b';') {
            if names(field, replaced) {
                taken = true;
                continue;
            }
            if out.len() > start {
                out.push(b';');
            }
            if field != b"." {
                out.extend_from_slice(field);
            }
        }
    }
    if !added.is_empty() {
        if out.len() > start && !out.ends_with(b";") {
            out.push(b';');
        }
        out.extend_from_slice(added.as_bytes());
    }
    if out.len() == start {
        out.push(b'.');
    }
    out.extend_from_slice(&bare[to..]);
    out.extend_from_slice(ending);
    taken
}

/// True where a field is one of these keys, with or without a value.
fn names(field: &[u8], keys: &[impl AsRef<str>]) -> bool {
    let key = field.split(|&b| b == b'=').next().unwrap_or_default();
    keys.iter().any(|k| k.as_ref().as_bytes() == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(info: &str, added: &str) -> String {
        let mut out = Vec::new();
        let line = |info: &str| format!("1\t2\t.\tA\tC\t.\t.\t{info}\tGT\t0/1\r");
        write_line(&mut out, line(info).as_bytes(), &["CSQ", "X"], added);
        let out = String::from_utf8(out).unwrap();
        let info = out.split('\t').nth(7).unwrap().to_owned();
        assert_eq!(out, line(&info));
        info
    }

    #[test]
    fn fields_are_replaced_and_the_rest_is_kept() {
        for (before, added, after) in [
            (".", "CSQ=a", "CSQ=a"),
            (".", "", "."),
            ("DP=3;DB", "CSQ=a", "DP=3;DB;CSQ=a"),
            ("DP=3;DB", "", "DP=3;DB"),
            ("CSQ=old;DP=3", "CSQ=a", "DP=3;CSQ=a"),
            ("DP=3;CSQ=old", "", "DP=3"),
            ("CSQ=old", "", "."),
            ("CSQ=old;X;XY=1", "CSQ=a;X=2", "XY=1;CSQ=a;X=2"),
            ("CSQ2=1;BCSQ=CSQ", "CSQ=a", "CSQ2=1;BCSQ=CSQ;CSQ=a"),
            ("DP=3;", "CSQ=a", "DP=3;CSQ=a"),
        ] {
            assert_eq!(rewritten(before, added), after);
        }
    }

    #[test]
    fn a_line_without_samples_keeps_its_carriage_return_outside_info() {
        let mut out = Vec::new();
        write_line(&mut out, b"1\t2\t.\tA\tC\t.\t.\tDP=1\r", &[""; 0], "CSQ=a");
        assert_eq!(out, b"1\t2\t.\tA\tC\t.\t.\tDP=1;CSQ=a\r");
    }
}
