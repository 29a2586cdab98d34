//! Splits a delimited text into rows that keep their number in the spreadsheet.

/// One row: its cells, trimmed, with inner white space folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Row number in the spreadsheet, 1-based; a cell of several lines is one row.
    pub number: u32,
    /// The cells.
    pub cells: Vec<String>,
}

/// Separators that spreadsheets are saved with.
pub(super) const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// More lines than any cell of a Directory has.
const LINES_OF_A_CELL: u64 = 200;

const UNCLOSED: &str = "a quotation mark is not closed; correct the row, or save the file again";

impl Row {
    /// A cell; empty where the row is short.
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", String::as_str)
    }

    /// True when no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// Splits a text.
///
/// # Errors
/// The row that cannot be split, and why.
pub(super) fn split(text: &str, separator: u8) -> Result<Vec<Row>, (u32, String)> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut at, mut line, mut inner_lines) = (0, 1, 0);
    let odd_quotes = quotes(text) % 2 == 1;
    let mut last_is_open = false;
    for record in reader.records() {
        let record = record.map_err(|error| (rows.len() as u32 + 1, error.to_string()))?;
        // The reader's own line is the one where the record before it ended: blank lines come in between.
        let place = record.position().map_or(at, |position| position.byte() as usize);
        let rest = text.get(place..).unwrap_or_default();
        let start = place + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        line += line_ends(text.get(at..start).unwrap_or_default());
        at = start;
        let number = line.saturating_sub(inner_lines) as u32;
        let lines: Vec<u64> = record.iter().map(line_ends).collect();
        inner_lines += lines.iter().sum::<u64>();
        // A quotation mark that is never closed swallows the rows below it.
        last_is_open = odd_quotes && lines.iter().any(|lines| *lines > 0);
        if lines.iter().any(|lines| *lines > LINES_OF_A_CELL) {
            return Err((number, UNCLOSED.to_owned()));
        }
        rows.push(Row { number, cells: record.iter().map(fold).collect() });
    }
    let cut_short = odd_quotes && text.trim_end().lines().last().is_some_and(|line| quotes(line) % 2 == 1);
    if last_is_open || cut_short {
        return Err((rows.last().map_or(1, |row| row.number), UNCLOSED.to_owned()));
    }
    Ok(rows)
}

fn quotes(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'"').count()
}

fn line_ends(cell: &str) -> u64 {
    cell.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// Trims, and folds white space (no-break and zero-width ones included); line ends inside a cell stay, since
/// some cells list one gene a line.
pub(super) fn fold(cell: &str) -> String {
    let lines = cell.split(['\n', '\r']).map(|line| {
        line.split(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_number_across_cells_of_several_lines() {
        let rows = split("title\n\na,\"x\ny\"\nb\u{a0} ,z\n", b',').unwrap();
        let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 3, 4]);
        assert_eq!(rows[1].cells, ["a", "x\ny"]);
        assert_eq!(rows[2].cells, ["b", "z"]);
    }
}
