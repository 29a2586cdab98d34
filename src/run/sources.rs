//! What a bundle was built from, in the report's words.

use crate::reference::bundle::Bundle;
use crate::report::model as report;

/// The sources of a bundle.
pub fn sources(bundle: &Bundle) -> Vec<report::Source> {
    let _ = bundle;
    Vec::new()
}
