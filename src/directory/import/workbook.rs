//! The national spreadsheet as a workbook: xlsx, ods, xlsb or xls, every sheet that has the headings.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{Data, Ods, Range, Reader, Sheets, Xls, Xlsb, Xlsx};

use super::DirectoryImport;
use super::heading::Headings;
use super::spreadsheet::read_rows;
use super::table::{Row, fold};
use crate::directory::check;
use crate::directory::error::DirectoryError;
use crate::directory::lint::{Lint, Severity};
use crate::model::directory::TestDirectory;

/// More rows than any Directory has.
const MOST_ROWS: u32 = 100_000;
/// More columns than any Directory has.
const MOST_COLUMNS: u32 = 500;

/// Opens a workbook as the kind its bytes show, so that a fault is told in that kind's words.
fn open(bytes: &[u8]) -> Result<Sheets<Cursor<&[u8]>>, String> {
    let holds = |text: &str| memchr::memmem::find(bytes, text.as_bytes()).is_some();
    let reader = Cursor::new(bytes);
    let said = |error: &dyn std::fmt::Display| format!("{error}; the file may be truncated");
    if !bytes.starts_with(b"PK") {
        Xls::new(reader).map(Sheets::Xls).map_err(|error| said(&error))
    } else if holds("application/vnd.oasis.opendocument") {
        Ods::new(reader).map(Sheets::Ods).map_err(|error| said(&error))
    } else if holds("xl/workbook.bin") {
        Xlsb::new(reader).map(Sheets::Xlsb).map_err(|error| said(&error))
    } else {
        Xlsx::new(reader).map(Sheets::Xlsx).map_err(|error| said(&error))
    }
}

/// True for the first bytes of a workbook: a ZIP archive, or the older compound file.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Reads every sheet that has a heading row; the others are named by a lint. The reader of workbooks panics on
/// some damaged files of the older form, which is a refusal here as any other damage is.
pub(super) fn read(path: &Path, bytes: &[u8], hash: String) -> Result<DirectoryImport, DirectoryError> {
    catch_unwind(AssertUnwindSafe(|| read_sheets(path, bytes, hash))).unwrap_or_else(|_| {
        let reason = "its inner structure is damaged; the file may be truncated".to_owned();
        Err(DirectoryError::Spreadsheet { path: path.to_owned(), reason })
    })
}

fn read_sheets(path: &Path, bytes: &[u8], hash: String) -> Result<DirectoryImport, DirectoryError> {
    let refused = |reason: String| DirectoryError::Spreadsheet { path: path.to_owned(), reason };
    let mut workbook = open(bytes).map_err(refused)?;
    let (mut tests, mut lints) = (Vec::new(), Vec::new());
    let (mut titles, mut dated) = (Vec::new(), Vec::new());
    let mut found = false;
    for name in workbook.sheet_names() {
        check_size(&mut workbook, &name)
            .map_err(|reason| refused(format!("sheet '{name}': {reason}; save the workbook again")))?;
        let range = workbook
            .worksheet_range(&name)
            .map_err(|error| refused(format!("sheet '{name}': {error}; save the workbook again")))?;
        let rows = rows(&range);
        let Some(headings) = Headings::find(&rows) else {
            lints.push(passed_over(&name, rows.iter().all(Row::is_blank)));
            continue;
        };
        found = true;
        titles.extend(rows.iter().take(headings.at).flat_map(|row| row.cells.clone()));
        dated.extend(rows.iter().take(headings.at + 1).flat_map(|row| row.cells.clone()));
        titles.push(name.clone());
        let heading_row = rows.get(headings.at).map_or(0, |row| row.number);
        let sheet = match read_rows(path, &name, &rows) {
            Err(DirectoryError::NoTests { .. }) => {
                lints.push(Lint::new(
                    Severity::Warning,
                    heading_row,
                    name.as_str(),
                    name.as_str(),
                    "a heading row but no test below it: nothing was read of this sheet",
                    "check that the sheet is complete, or delete it",
                ));
                continue;
            }
            read => read?,
        };
        let mut said = sheet.lints;
        said.extend(merged(&mut workbook, &name, heading_row));
        said.extend(formulas(&mut workbook, &name, heading_row, &range));
        for lint in &mut said {
            lint.column = format!("{name}: {}", lint.column);
        }
        tests.extend(sheet.tests);
        lints.extend(said);
    }
    if !found {
        return Err(DirectoryError::NoHeading { path: path.to_owned(), looked_at: super::heading::SEARCHED });
    }
    if tests.is_empty() {
        return Err(DirectoryError::NoTests { path: path.to_owned() });
    }
    let release = super::release::of(titles.iter().map(String::as_str), path);
    let dates = super::dates::of(dated.iter().map(String::as_str));
    let directory = TestDirectory { release, source_hash: hash, dates, tests };
    lints.extend(check::directory(&directory));
    Ok(DirectoryImport { directory, lints })
}

/// Refuses a sheet with a cell far outside any Directory, before room is made for all cells up to it: one
/// stray cell in the last corner of an xlsx sheet would ask for hundreds of gigabytes.
fn check_size(workbook: &mut Sheets<Cursor<&[u8]>>, sheet: &str) -> Result<(), String> {
    let Sheets::Xlsx(xlsx) = workbook else { return Ok(()) };
    let check = |(row, column): (u32, u32)| {
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(format!("cell {} is far outside the range of any Directory", place((row, column))));
        }
        Ok(())
    };
    let mut cells = xlsx.worksheet_cells_reader(sheet).map_err(|error| error.to_string())?;
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        check(cell.get_position())?;
    }
    drop(cells);
    let mut formulas = xlsx.worksheet_cells_reader(sheet).map_err(|error| error.to_string())?;
    while let Some(cell) = formulas.next_formula().map_err(|error| error.to_string())? {
        check(cell.get_position())?;
    }
    Ok(())
}

/// The cells as text, at their own row and column.
fn rows(range: &Range<Data>) -> Vec<Row> {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let indent = vec![String::new(); first_column as usize];
    let row = |(index, cells): (usize, &[Data])| Row {
        number: first_row + index as u32 + 1,
        cells: indent.iter().cloned().chain(cells.iter().map(|cell| fold(&text(cell)))).collect(),
    };
    range.rows().enumerate().map(row).collect()
}

/// A cell as it is read: a whole number without decimals, an error by its sign.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        other => other.to_string(),
    }
}

fn passed_over(sheet: &str, blank: bool) -> Lint {
    let understood = if blank { "an empty sheet, skipped" } else { "a sheet without the headings, skipped" };
    Lint::new(Severity::Note, 0, "sheet", sheet, understood, "none, unless it contains tests")
}

/// Cells merged below the heading: only the first of them holds the text, so the others read as empty.
fn merged(workbook: &mut Sheets<Cursor<&[u8]>>, sheet: &str, heading_row: u32) -> Vec<Lint> {
    let regions = match workbook {
        Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xlsb(_) | Sheets::Ods(_) => Vec::new(),
    };
    let below = regions.into_iter().filter(|region| region.start.0 >= heading_row);
    let lint = |region: calamine::Dimensions| {
        let (first, last) = (place(region.start), place(region.end));
        Lint::new(
            Severity::Warning,
            region.start.0 + 1,
            "merged cells",
            format!("{first}:{last}"),
            format!("{first} has the text, the others are read as empty"),
            "unmerge the cells and fill each",
        )
    };
    below.map(lint).collect()
}

/// Formulas below the heading: their value is the one saved with the workbook, if there is one.
fn formulas(
    workbook: &mut Sheets<Cursor<&[u8]>>,
    sheet: &str,
    heading_row: u32,
    values: &Range<Data>,
) -> Vec<Lint> {
    let Ok(formulas) = workbook.worksheet_formula(sheet) else { return Vec::new() };
    let (first_row, first_column) = formulas.start().unwrap_or((0, 0));
    let mut lints = Vec::new();
    for (row, column, formula) in formulas.used_cells() {
        let at = (first_row + row as u32, first_column + column as u32);
        if formula.is_empty() || at.0 < heading_row {
            continue;
        }
        let value = values.get_value(at).map(text).unwrap_or_default();
        let (severity, understood) = match value.as_str() {
            "" => (Severity::Error, "a formula without a saved value, read as empty".to_owned()),
            error if error.starts_with('#') => (Severity::Error, format!("a formula whose value is {error}")),
            value => (Severity::Note, format!("a formula, by its saved value '{value}'")),
        };
        let found = format!("={formula}");
        lints.push(Lint::new(severity, at.0 + 1, place(at), found, understood, "replace it by its value"));
    }
    lints
}

/// `B7`, from 0-based row and column.
fn place((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

#[cfg(test)]
mod tests;
