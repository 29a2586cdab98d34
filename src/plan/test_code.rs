//! Test codes of a request, looked up in the Directory.

use std::borrow::Cow;

use crate::directory::code::normalise;
use crate::model::directory::{DirectoryTest, NamedGene, TestCode, TestDirectory, TestTarget};
use crate::model::gene::HgncId;

use super::error::Refusal;

/// The tests of the codes, in the order of the request, each once.
pub(super) fn look_up<'a>(
    codes: &[TestCode],
    directory: &'a TestDirectory,
) -> Result<Vec<Cow<'a, DirectoryTest>>, Refusal> {
    let mut tests: Vec<Cow<'_, DirectoryTest>> = Vec::with_capacity(codes.len());
    for code in codes {
        let test = match single_gene(code) {
            Some(test) => Cow::Owned(test),
            None => Cow::Borrowed(find(code, directory)?),
        };
        if !tests.iter().any(|known| known.code == test.code) {
            tests.push(test);
        }
    }
    Ok(tests)
}

/// The test that a gene asked for by its identifier (`HGNC:795`, `_HGNC:795` in manifests) stands for.
fn single_gene(code: &TestCode) -> Option<DirectoryTest> {
    let text = code.0.trim().trim_start_matches('_');
    let id: HgncId = text.strip_prefix("HGNC:").and_then(|_| text.parse().ok())?;
    Some(DirectoryTest {
        code: TestCode(id.to_string()),
        indication: String::new(),
        name: format!("Single gene {id}"),
        target: TestTarget::Genes(vec![NamedGene { symbol: id.to_string(), hgnc_id: Some(id) }]),
        target_raw: id.to_string(),
        method: "Single gene, as requested".to_owned(),
        commissioning: String::new(),
        specialist_group: String::new(),
        changes: String::new(),
        sheet: String::new(),
        row: 0,
    })
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
