//! Manifests of laboratory systems, read as samplesheets: a referral a sample, by a format that is given as data.
//!
//! A format names the separator, the columns and the grammar of sample names. A name that does not fit the grammar
//! fails its own referral: who a file belongs to is never guessed.

mod grammar;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::samplesheet::{Samplesheet, SamplesheetError};
use grammar::Grammar;

/// The formats that come with the program, by name.
const BUILT_IN: [(&str, &str); 3] = [
    ("epic", include_str!("../../pipelines/manifests/epic.toml")),
    ("gemini", include_str!("../../pipelines/manifests/gemini.toml")),
    ("seglh", include_str!("../../pipelines/manifests/seglh.toml")),
];

/// A format of manifests.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFormat {
    /// Name, for messages.
    pub name: String,
    separator: char,
    skip_lines: usize,
    heading: bool,
    codes_joined_by: char,
    #[serde(default)]
    codes_have_names: bool,
    sample_name: String,
    #[serde(default)]
    file_name: Option<String>,
    sample: Vec<Vec<String>>,
    columns: Columns,
    #[serde(default)]
    priority: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    test_code: String,
    #[serde(default)]
    priority: Option<String>,
    #[serde(default)]
    sex: Option<String>,
}

impl ManifestFormat {
    /// The format of a name, or of a TOML file.
    ///
    /// # Errors
    /// When there is no such name and no such file, or the file does not describe a format.
    pub fn named(name: &str) -> Result<Self, String> {
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
        let text = match built_in {
            Some(text) => text,
            None if name.ends_with(".toml") => {
                std::fs::read_to_string(name).map_err(|fault| format!("{name}: {fault}"))?
            }
            None => {
                let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
                return Err(format!(
                    "there is no samplesheet format '{name}'; use {}, or a file ending in .toml",
                    names.join(", ")
                ));
            }
        };
        let format: Self = toml::from_str(&text).map_err(|fault| format!("{name}: {fault}"))?;
        Grammar::parse(&format.sample_name)?;
        format.file_name.as_deref().map(Grammar::parse).transpose()?;
        Ok(format)
    }

    /// Reads a manifest; variant files are looked for in `files` by the sample's name.
    ///
    /// # Errors
    /// When nothing of it can be used; a row that cannot be used fails its own referral.
    pub fn read(&self, path: &Path, files: &Path) -> Result<Samplesheet, SamplesheetError> {
        let refused = |reason: String| SamplesheetError::File { file: path.to_path_buf(), reason };
        let bytes = std::fs::read(path).map_err(|fault| {
            refused(format!("cannot be read: {fault}; check the path and its permissions"))
        })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| refused("is not UTF-8 text; save it as UTF-8".to_owned()))?;
        let names = variant_files(files).map_err(|fault| {
            refused(format!("{}: {fault}; use the folder of variant files", files.display()))
        })?;
        self.convert(&text, path, files, &names).map_err(refused)?.samplesheet(path)
    }

    fn convert(&self, text: &str, path: &Path, files: &Path, names: &[String]) -> Result<Converted, String> {
        let mut lines = text
            .trim_start_matches('\u{feff}')
            .lines()
            .enumerate()
            .map(|(index, line)| (index as u64 + 1, line))
            .skip(self.skip_lines)
            .filter(|(_, line)| !line.trim().is_empty());
        let heading: Vec<&str> = match self.heading {
            true => lines.next().map_or("", |(_, line)| line).split(self.separator).map(str::trim).collect(),
            false => Vec::new(),
        };
        let place = |column: &str| -> Result<usize, String> {
            match self.heading {
                true => heading.iter().position(|name| name.eq_ignore_ascii_case(column)).ok_or_else(|| {
                    format!(
                        "is no {} manifest: it has no column '{column}'; check --samplesheet-format",
                        self.name
                    )
                }),
                false => {
                    column.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or_else(|| {
                        format!("format {}: '{column}' is not a column counted from 1", self.name)
                    })
                }
            }
        };
        let optional = |column: &Option<String>| column.as_deref().map(place).transpose();
        let samples = self.sample.iter().map(|columns| columns.iter().map(|c| place(c)).collect());
        let samples: Vec<Vec<usize>> = samples.collect::<Result<_, String>>()?;
        let (codes, priority, sex) = (
            place(&self.columns.test_code)?,
            optional(&self.columns.priority)?,
            optional(&self.columns.sex)?,
        );
        let mut converted = Converted::default();
        for (line, row) in lines {
            let cells: Vec<&str> = row.split(self.separator).map(str::trim).collect();
            let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
            let sample = match self.sample_of(&samples, &cell) {
                Ok(sample) => sample,
                Err(reason) => {
                    converted.faults.push((line, format!("line-{line}"), "sample", reason));
                    continue;
                }
            };
            let written = sex.map(cell).unwrap_or_default();
            let vcf = self.file_of(&sample, names);
            let sex = match self.sex_of(&sample, vcf.as_ref().ok(), written) {
                Ok(sex) => sex,
                Err(reason) => {
                    converted.faults.push((line, sample, "sex", reason));
                    continue;
                }
            };
            let codes = self.codes(cell(codes));
            let urgency = priority.map(cell).unwrap_or_default();
            let urgency = self.priority.get(urgency).map_or(urgency, String::as_str);
            converted.add(Entry {
                line,
                vcf: vcf.map(|name| files.join(name)),
                sample,
                codes,
                priority: urgency.to_owned(),
                sex,
            });
        }
        if converted.entries.is_empty() && converted.faults.is_empty() {
            return Err(format!("has no row below its heading ({}); it may be truncated", path.display()));
        }
        Ok(converted)
    }

    fn sample_of<'c>(
        &self,
        samples: &[Vec<usize>],
        cell: &impl Fn(usize) -> &'c str,
    ) -> Result<String, String> {
        let filled = samples.iter().find(|columns| columns.iter().all(|at| !cell(*at).is_empty()));
        let Some(columns) = filled else {
            return Err("no sample is named: a part of its name is empty; fill it".to_owned());
        };
        let sample = columns.iter().map(|at| cell(*at)).collect::<Vec<_>>().join("-");
        match Grammar::parse(&self.sample_name)?.matches(&sample) {
            true => Ok(sample),
            false => Err(format!(
                "'{}' is not of the form {}; correct it",
                sample.escape_debug(),
                self.sample_name
            )),
        }
    }

    /// The sex that the manifest's cell, the sample's name and its file's name give; they must not contradict each
    /// other. `U` and an empty cell say nothing.
    fn sex_of(&self, sample: &str, file: Option<&String>, written: &str) -> Result<String, String> {
        let stem = file.map(|name| name.split('.').next().unwrap_or(name));
        let in_file = match (&self.file_name, stem) {
            (Some(form), Some(stem)) => Grammar::parse(form)?.part(stem, "sex"),
            _ => None,
        };
        let in_name = Grammar::parse(&self.sample_name)?.part(sample, "sex");
        let mut found = "";
        for said in [Some(written), in_name, in_file].into_iter().flatten() {
            let says = !["", "u", "unknown"].contains(&said.to_ascii_lowercase().as_str());
            let initial = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase());
            if says && !found.is_empty() && initial(found) != initial(said) {
                return Err(format!(
                    "{sample} is {found} in one and {said} in another of manifest, sample name and file \
                     name; correct the wrong one"
                ));
            }
            if says && found.is_empty() {
                found = said;
            }
        }
        Ok(if found.is_empty() { written } else { found }.to_owned())
    }

    /// Test codes of a cell: without the name that follows, `_HGNC:795` as the gene it is.
    fn codes(&self, text: &str) -> Vec<String> {
        let mut codes: Vec<String> = Vec::new();
        for part in text.split(self.codes_joined_by).map(str::trim).filter(|part| !part.is_empty()) {
            let bare = part.strip_prefix('_').unwrap_or(part);
            let code = bare.split('_').next().unwrap_or(bare);
            // With names, a part that does not begin like a code continues the name before it.
            if self.codes_have_names && !looks_like_code(code) && !codes.is_empty() {
                continue;
            }
            if !codes.iter().any(|known| known == code) {
                codes.push(code.to_owned());
            }
        }
        codes
    }

    /// The one variant file of a sample.
    fn file_of(&self, sample: &str, names: &[String]) -> Result<String, String> {
        let belongs =
            |name: &&String| name.strip_prefix(sample).is_some_and(|rest| rest.starts_with(['-', '_', '.']));
        let found: Vec<&String> = names.iter().filter(belongs).collect();
        let name = match found.as_slice() {
            [] => return Err(format!("no variant file of {sample} is in the folder; check its name")),
            [one] => (*one).clone(),
            several => {
                return Err(format!("{sample} has {} variant files; keep one in the folder", several.len()));
            }
        };
        if let Some(form) = &self.file_name {
            let stem = name.split(['.', '_']).next().unwrap_or(&name);
            if stem != sample && !Grammar::parse(form)?.matches(stem) {
                return Err(format!("'{}' is not of the form {form}; correct it", name.escape_debug()));
            }
        }
        Ok(name)
    }
}

fn looks_like_code(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    text.strip_prefix("HGNC:").is_some_and(digits)
        || text.strip_prefix(|c: char| c.is_ascii_uppercase()).is_some_and(digits)
}

struct Entry {
    line: u64,
    sample: String,
    vcf: Result<PathBuf, String>,
    codes: Vec<String>,
    priority: String,
    sex: String,
}

fn said(entry: &Entry) -> String {
    format!("sex '{}', priority '{}'", entry.sex, entry.priority)
}

/// A manifest's rows, samples in order of first appearance.
#[derive(Default)]
struct Converted {
    entries: Vec<Entry>,
    faults: Vec<(u64, String, &'static str, String)>,
}

impl Converted {
    /// Adds a row; a further row of a sample adds its codes. One that says something else of the sample is a fault of
    /// the sample, in all its rows: nothing tells which is right.
    fn add(&mut self, entry: Entry) {
        match self.entries.iter_mut().find(|known| known.sample == entry.sample) {
            None => self.entries.push(entry),
            Some(known) if (&known.sex, &known.priority) != (&entry.sex, &entry.priority) => {
                let reason = format!(
                    "line {} says {} and line {} {} of the same sample; correct one of them",
                    known.line,
                    said(known),
                    entry.line,
                    said(&entry)
                );
                known.vcf = Err(reason);
            }
            Some(known) => {
                for code in entry.codes {
                    if !known.codes.contains(&code) {
                        known.codes.push(code);
                    }
                }
            }
        }
    }

    /// As a samplesheet whose messages name the manifest's own lines.
    fn samplesheet(self, path: &Path) -> Result<Samplesheet, SamplesheetError> {
        let mut text = "referral\tparticipant\trole\tsex\taffected\tvcf\ttest_code\tpriority\n".to_owned();
        let mut lines = Vec::new();
        let mut faults = self.faults;
        for entry in self.entries {
            let vcf = match entry.vcf {
                Ok(vcf) => vcf,
                Err(reason) => {
                    faults.push((entry.line, entry.sample, "sample", reason));
                    continue;
                }
            };
            // Paths of a samplesheet are relative to it, so that a plan is the same on every machine; a file
            // elsewhere is named by its whole path.
            let beside = path.parent().unwrap_or(Path::new(""));
            let vcf = match vcf.strip_prefix(beside) {
                Ok(relative) => relative.to_path_buf(),
                Err(_) => std::path::absolute(&vcf).unwrap_or(vcf),
            };
            let cells = [
                entry.sample.as_str(),
                &entry.sample,
                "proband",
                &entry.sex,
                "yes",
                &vcf.to_string_lossy(),
                &entry.codes.join(";"),
                &entry.priority,
            ];
            text += &(cells.map(|cell| cell.replace(['\t', '"'], " ")).join("\t") + "\n");
            lines.push(entry.line);
        }
        let mut sheet = match lines.is_empty() {
            true => Samplesheet { referrals: Vec::new(), warnings: Vec::new(), folder: PathBuf::new() },
            false => Samplesheet::parse(text.as_bytes(), path)?,
        };
        // The converted table has a heading and then a line a row.
        let own = |line: u64| lines.get((line as usize).saturating_sub(2)).copied().unwrap_or(line);
        for referral in &mut sheet.referrals {
            match referral {
                Ok(referral) => referral.line = own(referral.line),
                Err(SamplesheetError::Row { line, .. }) => *line = own(*line),
                Err(SamplesheetError::File { .. }) => {}
            }
        }
        sheet.referrals.extend(faults.into_iter().map(|(line, referral, column, reason)| {
            let (file, column) = (path.to_path_buf(), column.to_owned());
            Err(SamplesheetError::Row { file, referral, line, column, reason })
        }));
        Ok(sheet)
    }
}

/// Names of the variant files of a folder, sorted.
fn variant_files(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if [".vcf", ".vcf.gz", ".vcf.bgz", ".bcf"].iter().any(|end| name.ends_with(end)) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests;
