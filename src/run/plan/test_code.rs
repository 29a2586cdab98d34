//! Test codes of a request, looked up in the Directory.

use crate::directory::code::normalise;
use crate::model::directory::{DirectoryTest, TestCode, TestDirectory};

use super::error::Refusal;

/// The tests of the codes, in the order of the request, each once.
pub(super) fn look_up<'a>(
    codes: &[TestCode],
    directory: &'a TestDirectory,
) -> Result<Vec<&'a DirectoryTest>, Refusal> {
    let mut tests: Vec<&DirectoryTest> = Vec::with_capacity(codes.len());
    for code in codes {
        let test = find(code, directory)?;
        if !tests.iter().any(|known| known.code == test.code) {
            tests.push(test);
        }
    }
    Ok(tests)
}

fn find<'a>(code: &TestCode, directory: &'a TestDirectory) -> Result<&'a DirectoryTest, Refusal> {
    let wanted = normalise(&code.0);
    let rows: Vec<&DirectoryTest> = directory.tests.iter().filter(|test| test.code.0 == wanted).collect();
    let Some(first) = rows.first() else {
        let indication = wanted.split('.').next().unwrap_or_default();
        let near = directory.tests.iter().filter(|test| test.indication == indication);
        return Err(Refusal::UnknownTestCode {
            code: code.0.clone(),
            release: directory.release.clone(),
            near: near.map(|test| test.code.to_string()).collect(),
        });
    };
    if rows.iter().any(|row| row.target != first.target) {
        let rows = rows.iter().map(|row| row.row).collect();
        return Err(Refusal::ContradictoryRows { code: wanted, rows });
    }
    Ok(first)
}
