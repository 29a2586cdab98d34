//! Lines of a sites file, VCF or BCF.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use noodles::{bcf, vcf};

use crate::reference::build::text::{self, Lines};
use crate::reference::error::ReferenceError;

use super::header::Header;

/// The records of a sites file as VCF lines.
pub(super) struct Records {
    header: Header,
    source: Source,
}

enum Source {
    Vcf(Lines),
    Bcf(Box<Bcf>),
}

/// BCF records, written out as text one at a time: one way of reading values for both formats.
struct Bcf {
    path: PathBuf,
    reader: bcf::io::Reader<Box<dyn BufRead>>,
    header: vcf::Header,
    record: bcf::Record,
    line: Vec<u8>,
    number: u64,
}

impl Records {
    /// Opens a file and reads its header.
    pub(super) fn open(path: &Path) -> Result<Self, ReferenceError> {
        let mut head = [0; 3];
        let mut reader = text::open(path)?;
        let is_bcf = reader.read_exact(&mut head).is_ok() && head == *b"BCF";
        if is_bcf { Self::open_bcf(path) } else { Self::open_vcf(path) }
    }

    fn open_vcf(path: &Path) -> Result<Self, ReferenceError> {
        let mut lines = Lines::open(path)?;
        let mut header = Header::default();
        while let Some(line) = lines.next_line()? {
            if line.starts_with("#CHROM\t") {
                return Ok(Self { header, source: Source::Vcf(lines) });
            }
            let first = !line.starts_with("##");
            let result = if first { Err("expected a VCF header".to_owned()) } else { header.add(line) };
            if let Err(message) = result {
                return Err(lines.error(message));
            }
        }
        Err(ReferenceError::source_file(path, "has no line #CHROM: not a VCF file, or cut short"))
    }

    fn open_bcf(path: &Path) -> Result<Self, ReferenceError> {
        let failed = |e| ReferenceError::read(path, e);
        let mut reader = bcf::io::Reader::from(text::open(path)?);
        let vcf_header = reader.read_header().map_err(failed)?;
        let mut written = vcf::io::Writer::new(Vec::new());
        written.write_header(&vcf_header).map_err(failed)?;
        let mut header = Header::default();
        for line in String::from_utf8_lossy(written.get_ref()).lines().filter(|l| l.starts_with("##")) {
            header.add(line).map_err(|m| ReferenceError::source_file(path, m))?;
        }
        let bcf = Bcf {
            path: path.to_owned(),
            reader,
            header: vcf_header,
            record: bcf::Record::default(),
            line: Vec::new(),
            number: 0,
        };
        Ok(Self { header, source: Source::Bcf(Box::new(bcf)) })
    }

    /// The header.
    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// The next record as a line; `None` at the end.
    pub(super) fn next_record(&mut self) -> Result<Option<&str>, ReferenceError> {
        match &mut self.source {
            Source::Vcf(lines) => {
                while lines.advance()? {
                    if !lines.last_line()?.is_empty() {
                        return lines.last_line().map(Some);
                    }
                }
                Ok(None)
            }
            Source::Bcf(bcf) => bcf.next_line(),
        }
    }

    /// An error at the record last read.
    pub(super) fn error(&self, message: String) -> ReferenceError {
        match &self.source {
            Source::Vcf(lines) => lines.error(message),
            Source::Bcf(bcf) => {
                ReferenceError::source_file(&bcf.path, format!("record {}: {message}", bcf.number))
            }
        }
    }
}

impl Bcf {
    fn next_line(&mut self) -> Result<Option<&str>, ReferenceError> {
        let failed = |e| ReferenceError::read(&self.path, e);
        if self.reader.read_record(&mut self.record).map_err(failed)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.line.clear();
        let mut writer = vcf::io::Writer::new(&mut self.line);
        vcf::variant::io::Write::write_variant_record(&mut writer, &self.header, &self.record)
            .map_err(failed)?;
        while self.line.last() == Some(&b'\n') {
            self.line.pop();
        }
        match std::str::from_utf8(&self.line) {
            Ok(line) => Ok(Some(line)),
            Err(_) => {
                Err(ReferenceError::source_file(&self.path, format!("record {} is not UTF-8", self.number)))
            }
        }
    }
}
