//! The samplesheet as a table of cells: encoding, separator, heading, rows.

/// The columns that mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Referral,
    Participant,
    Role,
    Sex,
    Affected,
    Vcf,
    VcfSample,
    Alignments,
    TestCode,
    Hpo,
    Priority,
    Mother,
    Father,
    Panels,
    Variants,
    Penetrance,
    Ped,
    Consanguineous,
    YearOfBirth,
    Karyotype,
}

impl Column {
    pub(super) const ALL: [Self; 20] = [
        Self::Referral,
        Self::Participant,
        Self::Role,
        Self::Sex,
        Self::Affected,
        Self::Vcf,
        Self::VcfSample,
        Self::Alignments,
        Self::TestCode,
        Self::Hpo,
        Self::Priority,
        Self::Mother,
        Self::Father,
        Self::Panels,
        Self::Variants,
        Self::Penetrance,
        Self::Ped,
        Self::Consanguineous,
        Self::YearOfBirth,
        Self::Karyotype,
    ];

    /// The heading.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Referral => "referral",
            Self::Participant => "participant",
            Self::Role => "role",
            Self::Sex => "sex",
            Self::Affected => "affected",
            Self::Vcf => "vcf",
            Self::VcfSample => "vcf_sample",
            Self::Alignments => "alignments",
            Self::TestCode => "test_code",
            Self::Hpo => "hpo",
            Self::Priority => "priority",
            Self::Mother => "mother",
            Self::Father => "father",
            Self::Panels => "panels",
            Self::Variants => "variants",
            Self::Penetrance => "penetrance",
            Self::Ped => "ped",
            Self::Consanguineous => "consanguineous",
            Self::YearOfBirth => "year_of_birth",
            Self::Karyotype => "karyotype",
        }
    }
}

/// One row, by known column; a missing column or cell is empty.
#[derive(Debug)]
pub(super) struct Row {
    /// 1-based line in the file.
    pub(super) line: u64,
    cells: [String; Column::ALL.len()],
    /// Why the row as a whole cannot be used: the column at fault, and the reason.
    pub(super) fault: Option<(&'static str, String)>,
}

impl Row {
    pub(super) fn get(&self, column: Column) -> &str {
        &self.cells[column as usize]
    }
}

/// A samplesheet as cells.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    pub(super) warnings: Vec<String>,
}

impl Table {
    /// Splits the file; the error is about the file as a whole.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || bytes.contains(&0) {
            return Err(
                "is not UTF-8 text (it looks like UTF-16 or a workbook); save it as UTF-8 TSV or CSV"
                    .to_owned(),
            );
        }
        let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
        let heading = bytes
            .split(|&b| b == b'\n' || b == b'\r')
            .find(|line| !line.trim_ascii().is_empty())
            .ok_or("is empty; it needs a heading line and a row a participant")?;
        let separator = if heading.contains(&b'\t') { b'\t' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(bytes);
        let mut records = reader.byte_records();
        let heading = loop {
            let record = records.next().ok_or("has no heading line")?.map_err(|e| e.to_string())?;
            if !is_blank(&record) {
                break record;
            }
        };
        let (places, width, warnings) = columns(&heading)?;
        let mut table = Self { rows: Vec::new(), warnings };
        for record in records {
            let record = record.map_err(|e| format!("cannot be split into rows: {e}"))?;
            if !is_blank(&record) && !record.get(0).is_some_and(|c| c.trim_ascii().starts_with(b"#")) {
                table.rows.push(row(&record, &places, width));
            }
        }
        if table.rows.is_empty() {
            return Err("has a heading and no rows; add a row a participant".to_owned());
        }
        Ok(table)
    }
}

fn is_blank(record: &csv::ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

type Places = [Option<usize>; Column::ALL.len()];

fn columns(heading: &csv::ByteRecord) -> Result<(Places, usize, Vec<String>), String> {
    let mut places: Places = [None; Column::ALL.len()];
    let mut unknown = Vec::new();
    for (place, cell) in heading.iter().enumerate() {
        let text = String::from_utf8_lossy(cell);
        let name = text.trim().trim_start_matches('#').trim().to_ascii_lowercase().replace([' ', '-'], "_");
        match Column::ALL.iter().find(|c| c.name() == name) {
            Some(&column) if places[column as usize].is_some() => {
                return Err(format!("has two columns named {name}; remove or rename one"));
            }
            Some(&column) => places[column as usize] = Some(place),
            None if name.is_empty() => {}
            None => unknown.push(text.trim().escape_debug().to_string()),
        }
    }
    for needed in [Column::Referral, Column::Participant] {
        if places[needed as usize].is_none() {
            return Err(format!(
                "has no column {}; the heading needs at least referral and participant, separated by tabs or \
                 commas",
                needed.name()
            ));
        }
    }
    let warnings = match unknown.as_slice() {
        [] => Vec::new(),
        names => vec![format!("columns not used: {}", names.join(", "))],
    };
    Ok((places, heading.len(), warnings))
}

fn row(record: &csv::ByteRecord, places: &Places, width: usize) -> Row {
    let mut fault = None;
    if record.len() > width && record.iter().skip(width).any(|c| !c.trim_ascii().is_empty()) {
        fault = Some(("referral", format!("the row has {} cells, the heading has {width}", record.len())));
    }
    let cells = Column::ALL.map(|column| {
        let cell = places[column as usize].and_then(|place| record.get(place)).unwrap_or_default();
        match std::str::from_utf8(cell) {
            Ok(text) => text.trim().to_owned(),
            Err(_) => {
                fault = Some((column.name(), "the cell is not UTF-8; save the sheet as UTF-8".to_owned()));
                String::from_utf8_lossy(cell).trim().to_owned()
            }
        }
    });
    Row { line: record.position().map_or(0, csv::Position::line), cells, fault }
}
