//! The national spreadsheet, saved as a delimited text.

use std::path::Path;

use super::DirectoryImport;
use super::heading::{Column, Headings, SEARCHED};
use super::table::{self, Row, SEPARATORS};
use crate::directory::check;
use crate::directory::error::DirectoryError;
use crate::directory::lint::{Lint, Severity};
use crate::directory::{code, target};
use crate::model::directory::{DirectoryTest, TestCode, TestDirectory};

/// Reads the text of a sheet, whatever it is separated by.
pub(super) fn read(path: &Path, text: &str, hash: String) -> Result<DirectoryImport, DirectoryError> {
    let sheet_rows = split(path, text)?;
    let sheet = read_rows(path, "", &sheet_rows)?;
    let titles = |rows: usize| {
        let rows = sheet_rows.iter().take(rows);
        rows.flat_map(|row: &Row| row.cells.iter().map(String::as_str))
    };
    let release = super::release::of(titles(sheet.heading_at), path);
    let dates = super::dates::of(titles(sheet.heading_at + 1));
    let directory = TestDirectory { release, source_hash: hash, dates, tests: sheet.tests };
    let mut lints = sheet.lints;
    lints.extend(check::directory(&directory));
    Ok(DirectoryImport { directory, lints })
}

/// Splits by the separator that shows the heading row with the most columns.
fn split(path: &Path, text: &str) -> Result<Vec<Row>, DirectoryError> {
    let mut best: Option<(usize, Vec<Row>)> = None;
    let mut fault = None;
    for separator in SEPARATORS {
        match table::split(text, separator) {
            Ok(rows) => {
                let Some(headings) = Headings::find(&rows) else { continue };
                let width = rows.get(headings.at).map_or(0, |row| row.cells.len());
                if best.as_ref().is_none_or(|(known, _)| width > *known) {
                    best = Some((width, rows));
                }
            }
            Err((row, reason)) => fault = fault.or(Some((row, reason))),
        }
    }
    match (best, fault) {
        (Some((_, rows)), _) => Ok(rows),
        (None, Some((row, reason))) => Err(DirectoryError::Row { path: path.to_owned(), row, reason }),
        (None, None) => Err(DirectoryError::NoHeading { path: path.to_owned(), looked_at: SEARCHED }),
    }
}

/// A sheet's tests, and what is doubtful.
pub(super) struct Sheet {
    /// Index of the heading among the rows.
    pub heading_at: usize,
    /// The tests.
    pub tests: Vec<DirectoryTest>,
    /// Doubtful places.
    pub lints: Vec<Lint>,
}

/// Reads the rows of a sheet.
pub(super) fn read_rows(path: &Path, sheet: &str, rows: &[Row]) -> Result<Sheet, DirectoryError> {
    let headings = Headings::find(rows)
        .ok_or_else(|| DirectoryError::NoHeading { path: path.to_owned(), looked_at: SEARCHED })?;
    let mut reader = RowReader { headings: &headings, sheet, tests: Vec::new(), lints: Vec::new() };
    reader.note_headings(rows.get(headings.at).map_or(1, |row| row.number));
    for row in rows.iter().skip(headings.at + 1) {
        reader.read(row);
    }
    if reader.tests.is_empty() {
        return Err(DirectoryError::NoTests { path: path.to_owned() });
    }
    Ok(Sheet { heading_at: headings.at, tests: reader.tests, lints: reader.lints })
}

struct RowReader<'a> {
    headings: &'a Headings,
    sheet: &'a str,
    tests: Vec<DirectoryTest>,
    lints: Vec<Lint>,
}

impl RowReader<'_> {
    fn note_headings(&mut self, row: u32) {
        for (other, used) in &self.headings.passed_over {
            self.lints.push(Lint::new(
                Severity::Warning,
                row,
                other,
                other,
                format!("means the same as '{used}', which is the one read"),
                "delete or rename one of the two columns",
            ));
        }
    }

    fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        row.cell(self.headings.column(column))
    }

    fn lint(
        &mut self,
        severity: Severity,
        row: u32,
        column: Column,
        found: &str,
        understood: &str,
        remedy: &str,
    ) {
        let name = self.headings.name(column).to_owned();
        self.lints.push(Lint::new(severity, row, name, found, understood, remedy));
    }

    fn read(&mut self, row: &Row) {
        if row.is_blank() {
            return;
        }
        let raw_code = self.cell(row, Column::Code).to_owned();
        let alone = row.cells.iter().filter(|cell| !cell.is_empty()).count() == 1;
        if raw_code.is_empty() || (alone && !code::is_test_code(&code::normalise(&raw_code))) {
            self.read_without_code(row);
            return;
        }
        if raw_code.eq_ignore_ascii_case(self.headings.name(Column::Code)) {
            self.lint(
                Severity::Note,
                row.number,
                Column::Code,
                &raw_code,
                "repeated headings, skipped",
                "none",
            );
            return;
        }
        let code = code::normalise(&raw_code);
        let indication = self.indication(row, &code);
        let name = self.name(row, &indication);
        let target_raw = self.cell(row, Column::Target).to_owned();
        let target_column = self.headings.name(Column::Target).to_owned();
        let target = target::recognise(&target_raw).into_target(
            row.number,
            &target_column,
            &target_raw,
            &mut self.lints,
        );
        self.tests.push(DirectoryTest {
            code: TestCode(code),
            indication,
            name,
            target,
            target_raw,
            method: self.cell(row, Column::Method).to_owned(),
            commissioning: self.cell(row, Column::Commissioning).to_owned(),
            specialist_group: self.cell(row, Column::Group).to_owned(),
            changes: self.cell(row, Column::Changes).to_owned(),
            sheet: self.sheet.to_owned(),
            row: row.number,
        });
    }

    /// A row without a test: a section's title has one cell; anything more is a test that nobody can order.
    fn read_without_code(&mut self, row: &Row) {
        let filled: Vec<&str> =
            row.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let text = filled.join(" | ");
        if filled.len() == 1 {
            self.lint(Severity::Note, row.number, Column::Code, &text, "a section title, skipped", "none");
        } else {
            let remedy = "fill in the test's code; unmerge cells before saving";
            let understood = "a row without a test code, skipped";
            self.lint(Severity::Error, row.number, Column::Code, &text, understood, remedy);
        }
    }

    /// The clinical indication: its own column, else the code's part before the full stop.
    fn indication(&mut self, row: &Row, code: &str) -> String {
        let of_code = code.split('.').next().unwrap_or_default().to_owned();
        let stated = self.cell(row, Column::Indication).to_uppercase();
        if !stated.is_empty() && stated != of_code {
            self.lint(
                Severity::Warning,
                row.number,
                Column::Indication,
                &stated,
                &format!("differs from the test code {code}; {of_code} is used"),
                "correct one of the two",
            );
        }
        of_code
    }

    /// The indication's name; where a merged cell left it empty, the name of the same indication above.
    fn name(&mut self, row: &Row, indication: &str) -> String {
        let name = self.cell(row, Column::Name);
        if !name.is_empty() || self.headings.column(Column::Name).is_none() {
            return name.to_owned();
        }
        let above = self.tests.iter().rev().find(|test| test.indication == indication);
        let name = above.map(|test| test.name.clone()).unwrap_or_default();
        let remedy = "fill in the name; unmerge cells before saving";
        let understood = match name.as_str() {
            "" => "no name".to_owned(),
            name => format!("'{name}', as in an earlier row of the same indication"),
        };
        self.lint(Severity::Warning, row.number, Column::Name, "", &understood, remedy);
        name
    }
}
