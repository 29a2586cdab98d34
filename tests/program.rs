//! Runs the real program in scratch folders.

use std::path::Path;
use std::process::{Command, Output};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the program did.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("the program was killed by a signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts the exit code, showing what was printed when it differs.
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

/// Runs `ithaca` with these arguments.
pub fn ithaca<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    Run::of(Command::new(env!("CARGO_BIN_EXE_ithaca")).args(arguments).output().unwrap())
}

/// Runs a samplesheet with the Directory and panels of the simulated world, as of a fixed date.
pub fn run_batch(samplesheet: &Path, pipeline: &str, bundle: &Path, output: &Path, more: &[&str]) -> Run {
    let at = |path: &str| root().join(path).to_str().unwrap().to_owned();
    let directory = at("test-data/directory/test-directory.csv");
    let (pipeline, panels) = (at(pipeline), at("test-data/panels"));
    let mut arguments = vec!["run", samplesheet.to_str().unwrap(), "--pipeline", &pipeline];
    arguments.extend(["--reference", bundle.to_str().unwrap(), "--directory", &directory]);
    arguments.extend(["--panels", &panels, "--output", output.to_str().unwrap(), "--date", "2026-01-01"]);
    arguments.extend(more);
    ithaca(arguments)
}

/// All files below a folder with their content, by relative path.
pub fn files_below(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    fn walk(at: &Path, base: &Path, into: &mut std::collections::BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, base, into);
            } else {
                let name = path.strip_prefix(base).unwrap().to_str().unwrap().to_owned();
                into.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut files = std::collections::BTreeMap::new();
    walk(folder, folder, &mut files);
    files
}
