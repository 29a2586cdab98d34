mod forms;

use super::*;
use crate::directory::import::read_directory;
use crate::model::directory::TestTarget;

/// A ZIP archive of stored (not compressed) files.
fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let at = bytes.len() as u32;
        let mut header = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        header.extend(crc.sum().to_le_bytes());
        header.extend((text.len() as u32).to_le_bytes());
        header.extend((text.len() as u32).to_le_bytes());
        header.extend((name.len() as u16).to_le_bytes());
        header.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&header);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&header);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, length, count) = (bytes.len() as u32, directory.len() as u32, files.len() as u16);
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(at.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// A workbook of sheets, each the XML inside `worksheet`.
fn xlsx(sheets: &[(&str, String)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let numbered = || sheets.iter().enumerate().map(|(i, (name, xml))| (i + 1, name, xml));
    let list: String = numbered()
        .map(|(i, name, _)| format!(r#"<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>"#))
        .collect();
    let links: String = numbered()
        .map(|(i, ..)| {
            format!(
                r#"<Relationship Id="rId{i}" Type="{relations}/worksheet" Target="worksheets/sheet{i}.xml"/>"#
            )
        })
        .collect();
    let root =
        format!(r#"<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/>"#);
    let mut files = vec![
        ("_rels/.rels".to_owned(), format!(r#"<Relationships xmlns="{package}">{root}</Relationships>"#)),
        (
            "xl/workbook.xml".to_owned(),
            format!(r#"<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{list}</sheets></workbook>"#),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!(r#"<Relationships xmlns="{package}">{links}</Relationships>"#),
        ),
    ];
    for (i, _, xml) in numbered() {
        let text = format!(r#"<worksheet xmlns="{main}">{xml}</worksheet>"#);
        files.push((format!("xl/worksheets/sheet{i}.xml"), text));
    }
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    archive(&files)
}

fn cell(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn row(number: u32, cells: &[&str]) -> String {
    let cells = cells.iter().enumerate().filter(|(_, text)| !text.is_empty());
    let cells: String = cells.map(|(i, text)| cell(&place((number - 1, i as u32 + 1)), text)).collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

const HEADINGS: [&str; 4] = ["Test ID", "Clinical Indication", "Target/Genes", "Test Method"];

fn workbook() -> Vec<u8> {
    let rare = [
        row(2, &["Invented directory, version 9.1"]),
        row(4, &HEADINGS),
        row(5, &["R1.1", "Heart", "Heart (10)", "WGS"]),
        row(6, &["R1.2", "", "GENEA; GENEB", "Small panel"]),
        r#"<row r="7"><c r="B7" t="inlineStr"><is><t>R2.1</t></is></c>
           <c r="D7" t="str"><f>D6</f><v>GENEC</v></c><c r="E7"><f>E6</f></c></row>"#
            .to_owned(),
    ];
    let rare = format!(
        r#"<sheetData>{}</sheetData><mergeCells count="1"><mergeCell ref="C5:C6"/></mergeCells>"#,
        rare.concat()
    );
    let cancer = format!(
        "<sheetData>{}{}</sheetData>",
        row(1, &["Test Code", "Test Name", "Target/Genes", "Technology"]),
        row(2, &["M1.1", "Bowel", "KRAS, NRAS", "Small panel"])
    );
    let contents = format!("<sheetData>{}</sheetData>", row(1, &["What is in this workbook"]));
    xlsx(&[("Contents", contents), ("Rare", rare), ("Solid tumours", cancer)])
}

#[test]
fn every_sheet_with_the_headings_is_read() {
    let import = read_directory(Path::new("directory.xlsx"), &workbook()).unwrap();
    let tests: Vec<(&str, &str, &str, u32)> = import
        .directory
        .tests
        .iter()
        .map(|t| (t.code.0.as_str(), t.name.as_str(), t.sheet.as_str(), t.row))
        .collect();
    let expected = [
        ("R1.1", "Heart", "Rare", 5),
        ("R1.2", "Heart", "Rare", 6),
        ("R2.1", "", "Rare", 7),
        ("M1.1", "Bowel", "Solid tumours", 2),
    ];
    assert_eq!(tests, expected);
    assert_eq!(import.directory.release, "9.1");
    assert_eq!(import.directory.tests[0].target, TestTarget::Panels(vec![10]));
    assert_eq!(import.directory.tests[2].target_raw, "GENEC");
}

#[test]
fn merged_cells_and_formulas_are_named() {
    let import = read_directory(Path::new("directory.xlsx"), &workbook()).unwrap();
    let said = import.lints.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for expected in [
        "row 5, Rare: merged cells: 'C5:C6'",
        "row 6, Rare: Clinical Indication: '': 'Heart', as in an earlier row",
        "note: row 7, Rare: D7: '=D6': a formula, by its saved value 'GENEC'",
        "error: row 7, Rare: E7: '=E6': a formula without a saved value",
        "note: sheet: 'Contents': a sheet without the headings, skipped",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
}

#[test]
fn damaged_workbooks_are_refused() {
    let whole = workbook();
    for bytes in [&whole[..whole.len() / 2], b"PK\x03\x04", b"\xd0\xcf\x11\xe0junk"] {
        let error = read_directory(Path::new("directory.xlsx"), bytes).unwrap_err().to_string();
        assert!(error.contains("directory.xlsx: not readable as a spreadsheet"), "{error}");
    }
    let far = format!("<sheetData>{}</sheetData>", row(1, &HEADINGS) + &row(1_048_576, &["stray"]));
    let error = read_directory(Path::new("directory.xlsx"), &xlsx(&[("Rare", far)])).unwrap_err().to_string();
    assert!(error.contains("sheet 'Rare': cell B1048576 is far outside"), "{error}");
    let bare = xlsx(&[("Contents", "<sheetData/>".to_owned())]);
    let error = read_directory(Path::new("directory.xlsx"), &bare).unwrap_err().to_string();
    assert!(error.contains("no heading row"), "{error}");
}

#[test]
fn places_are_written_as_the_sheet_does() {
    let places = [(0, 0), (6, 1), (9, 25), (0, 26), (0, 701), (0, 702)].map(place);
    assert_eq!(places, ["A1", "B7", "Z10", "AA1", "ZZ1", "AAA1"]);
}
