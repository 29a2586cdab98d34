//! What a bundle was built from, in the report's words.

use crate::reference::bundle::Bundle;
use crate::report::model as report;

/// The sources of a bundle.
pub fn sources(bundle: &Bundle) -> Vec<report::Source> {
    bundle
        .header()
        .sources
        .iter()
        .map(|source| report::Source {
            name: source.file.clone(),
            purpose: source.kind.clone(),
            version: stated(&source.version),
            licence: stated(&source.licence),
            hash: source.blake3.clone(),
        })
        .collect()
}

/// Version of a site table, where its manifest states one.
pub fn table_version(bundle: &Bundle, name: &str) -> Option<String> {
    stated(&bundle.header().site_tables.iter().find(|table| table.name == name)?.version)
}

fn stated(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
