//! The self-contained HTML of a report and of a batch.
//!
//! No script, no request: style and drawings are inline, and the content security policy forbids the rest.
//! Accessibility follows the Web Content Accessibility Guidelines 2.2, level AA (W3C Recommendation of
//! 5 October 2023).

mod context;
mod frequencies;
mod funnel;
mod pedigree;
mod text;
mod view;
mod words;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

#[cfg(test)]
pub(super) use text::visible;

use super::ReportError;
use super::model::{Batch, Report};
use super::renderers::{BatchRenderer, Renderer, always};
use crate::model::guideline::Guideline;

/// The row of this format.
pub(super) const RENDERER: Renderer = Renderer {
    id: "html",
    file: "report.html",
    media_type: "text/html; charset=utf-8",
    source: Guideline::new("W3C, Web Content Accessibility Guidelines 2.2", "level AA", "2023-10-05"),
    words: "The draft report as one self-contained page, without scripts or network",
    is_written: always,
    render: write_html,
    batch: Some(BatchRenderer { file: "index.html", render: write_batch_html }),
};

/// Every template by its name; nothing is read from disk at run time.
const TEMPLATES: &[(&str, &str)] = &[
    ("style.css", include_str!("templates/style.css")),
    ("page.html", include_str!("templates/page.html")),
    ("macros.html", include_str!("templates/macros.html")),
    ("report.html", include_str!("templates/report.html")),
    ("headline.html", include_str!("templates/headline.html")),
    ("referral.html", include_str!("templates/referral.html")),
    ("looked_up.html", include_str!("templates/looked_up.html")),
    ("finding.html", include_str!("templates/finding.html")),
    ("brief_findings.html", include_str!("templates/brief_findings.html")),
    ("tested.html", include_str!("templates/tested.html")),
    ("coverage.html", include_str!("templates/coverage.html")),
    ("funnel.html", include_str!("templates/funnel.html")),
    ("basis.html", include_str!("templates/basis.html")),
    ("authorisation.html", include_str!("templates/authorisation.html")),
    ("batch.html", include_str!("templates/batch.html")),
];

/// The report as one HTML page. The same model gives the same bytes.
///
/// # Errors
/// When a template and the model disagree: a fault of the program, not of the input.
pub fn write_html(report: &Report) -> Result<String, ReportError> {
    render("report.html", context::of(&view::ReportView::of(report))?)
}

/// The batch as one HTML page that links to its reports.
///
/// # Errors
/// As [`write_html`].
pub fn write_batch_html(batch: &Batch) -> Result<String, ReportError> {
    render("batch.html", context::of(&view::BatchView::of(batch))?)
}

fn render(name: &str, context: Value) -> Result<String, ReportError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name {
        // The style sheet is ours alone and holds no value of a report.
        "style.css" => AutoEscape::None,
        _ => AutoEscape::Html,
    });
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.map_err(ReportError::Template)?);
    words::add_filters(&mut environment);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).map_err(ReportError::Template)?;
    }
    let template = environment.get_template(name).map_err(ReportError::Template)?;
    let mut html = template.render(context).map_err(ReportError::Template)?;
    if !html.ends_with('\n') {
        html.push('\n');
    }
    Ok(html)
}
