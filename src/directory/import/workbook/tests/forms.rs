//! One sheet in every form that hubs keep it in is one release.

use proptest::prelude::*;

use super::{archive, row, xlsx};
use crate::directory::import::{DirectoryImport, read_directory};
use crate::model::directory::{DirectoryTest, TestTarget};
use std::path::Path;

type Rows = Vec<Vec<&'static str>>;

const HEADINGS: [&str; 5] =
    ["Clinical Indication", "Test ID", "Target/Genes", "Test Method", "Changes since April 2024"];
const TESTS: [[&str; 5]; 5] = [
    ["Heart - adult", "R1.1", "Heart (10)", "WGS", "No change "],
    ["Heart - adult", "R1.2", "GENEA; GENEB and GENEC", "WES or Large penel", ""],
    ["Known variant", "R240.1", "Specific Target", "Targeted variant testing", "No change"],
    ["Repeat", "R2.1", "GENED STR", "STR testing", "Panelapp panel ID 10 has been retired"],
    ["Odd one", "M3.7", "Other", "Sorcery", "No change"],
];

fn sheet(order: &[usize], titles: usize) -> Rows {
    let pick = |cells: &[&'static str; 5]| order.iter().map(|&column| cells[column]).collect();
    let mut rows: Rows = vec![vec!["Invented directory, version 9.1, June 2023"]];
    rows.extend((0..titles).map(|_| vec!["A note"]));
    rows.push(pick(&HEADINGS));
    rows.extend(TESTS.iter().map(pick));
    rows
}

fn delimited(rows: &Rows, separator: char) -> Vec<u8> {
    let line = |cells: &Vec<&str>| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        cells.join(&separator.to_string()) + "\n"
    };
    rows.iter().map(line).collect::<String>().into_bytes()
}

fn as_xlsx(rows: &Rows) -> Vec<u8> {
    let rows = rows.iter().enumerate().map(|(index, cells)| row(index as u32 + 1, cells));
    xlsx(&[("Rare", format!("<sheetData>{}</sheetData>", rows.collect::<String>()))])
}

/// As LibreOffice writes it: with a great number of empty rows and columns at the end.
fn as_ods(rows: &Rows) -> Vec<u8> {
    let mime = "application/vnd.oasis.opendocument.spreadsheet";
    let cell = |text: &&str| match *text {
        "" => "<table:table-cell/>".to_owned(),
        text => format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        ),
    };
    let row = |cells: &Vec<&str>| {
        let cells: String = cells.iter().map(cell).collect();
        format!(
            r#"<table:table-row>{cells}<table:table-cell table:number-columns-repeated="1019"/></table:table-row>"#
        )
    };
    let rows: String = rows.iter().map(row).collect();
    let name =
        |prefix: &str| format!(r#"xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0""#);
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content {} {} {}><office:body><office:spreadsheet>\
        <table:table table:name=\"Rare\">{rows}<table:table-row table:number-rows-repeated=\"1048000\">\
        <table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table>\
        </office:spreadsheet></office:body></office:document-content>",
        name("office"),
        name("table"),
        name("text")
    );
    let manifest = format!(
        r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
        <manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>"#
    );
    archive(&[("mimetype", mime.to_owned()), ("META-INF/manifest.xml", manifest), ("content.xml", content)])
}

/// A BIFF8 workbook in a compound file, as Excel 97 to 2003 wrote it.
fn as_xls(rows: &Rows) -> Vec<u8> {
    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }
    let begin = |kind: u16| {
        let mut data = [0_u8; 16];
        data[..2].copy_from_slice(&0x0600_u16.to_le_bytes());
        data[2..4].copy_from_slice(&kind.to_le_bytes());
        record(0x0809, &data)
    };
    let name = b"Rare";
    let globals = [begin(5), record(0x0042, &1200_u16.to_le_bytes())].concat();
    let offset = globals.len() + 4 + 8 + name.len() + 4;
    let sheet_entry = [&(offset as u32).to_le_bytes()[..], &[0, 0, name.len() as u8, 0], name].concat();
    let mut stream = [globals, record(0x0085, &sheet_entry), record(0x000A, &[])].concat();
    assert_eq!(stream.len(), offset);
    stream.extend(begin(0x10));
    for (y, cells) in rows.iter().enumerate() {
        for (x, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let place = [y as u16, x as u16, 0, text.len() as u16].map(u16::to_le_bytes).concat();
            stream.extend(record(0x0204, &[&place[..], &[0], text.as_bytes()].concat()));
        }
    }
    stream.extend(record(0x000A, &[]));
    compound_file(stream)
}

/// A compound file with one stream, `Workbook`.
fn compound_file(mut stream: Vec<u8>) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    stream.resize(stream.len().next_multiple_of(SECTOR).max(4096), 0);
    let sectors = stream.len() / SECTOR;
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.extend([0; 16]);
    header.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    header.extend(words(&[0, 1, 1, 0, 4096, END, 0, END, 0, 0]));
    header.extend(words(&[FREE; 108]));
    let mut table = vec![0xFFFF_FFFD, END];
    table.extend((0..sectors).map(|at| if at + 1 == sectors { END } else { at as u32 + 3 }));
    table.resize(SECTOR / 4, FREE);
    let entry = |name: &str, kind: u8, child: u32, start: u32, length: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend(((name.len() as u16 + 1) * 2).to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(words(&[FREE, FREE, child]));
        entry.resize(116, 0);
        entry.extend(words(&[start, length as u32, 0]));
        entry
    };
    let mut directory = entry("Root Entry", 5, 1, END, 0);
    directory.extend(entry("Workbook", 2, FREE, 2, stream.len()));
    directory.resize(SECTOR, 0);
    [header, words(&table), directory, stream].concat()
}

/// What a release says, apart from where it stands and in which form.
fn content(import: DirectoryImport) -> (String, Vec<String>, Vec<DirectoryTest>, Vec<String>) {
    let mut tests = import.directory.tests;
    for test in &mut tests {
        (test.row, test.sheet) = (0, String::new());
    }
    let lints = import.lints.iter().map(|lint| format!("{} {}", lint.found, lint.understood)).collect();
    (import.directory.release, import.directory.dates, tests, lints)
}

fn read(name: &str, bytes: &[u8]) -> DirectoryImport {
    read_directory(Path::new(name), bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_form_does_not_change_the_result(
        order in Just([0_usize, 1, 2, 3, 4]).prop_shuffle(),
        titles in 0_usize..4,
        separator in prop::sample::select(vec![',', '\t', ';', '|']),
    ) {
        let plain = content(read("d.csv", &delimited(&sheet(&[0, 1, 2, 3, 4], 0), ',')));
        prop_assert_eq!(&plain.0, "9.1");
        prop_assert_eq!(&plain.1, &["2023-06", "2024-04"]);
        prop_assert_eq!(plain.2.len(), 5);
        prop_assert!(matches!(plain.2[2].target, TestTarget::FamilialVariant));
        let rows = sheet(&order, titles);
        let forms =
            [delimited(&rows, separator), as_xlsx(&rows), as_ods(&rows), as_xls(&rows)];
        for bytes in forms {
            prop_assert_eq!(content(read("d", &bytes)), plain.clone());
        }
    }

    #[test]
    fn a_damaged_workbook_is_refused_or_read_and_never_a_panic(
        form in 0_usize..3,
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let rows = sheet(&[0, 1, 2, 3, 4], 0);
        let mut bytes = [as_xlsx, as_ods, as_xls][form](&rows);
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        let _ = read_directory(Path::new("d"), &bytes);
    }
}
