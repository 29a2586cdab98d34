//! `ithaca panel`: imports, shows and compares panels, and finds the panels that hold a gene.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::{Args, Subcommand};

use super::date::{run_date, today};
use super::failure::{ExitStatus, Failure};
use crate::directory::check::panel_genes;
use crate::directory::error::DirectoryError;
use crate::directory::lint::Severity;
use crate::directory::panels::diff::{name, panel_diff, rating};
use crate::directory::{GeneNames, PanelStore, VersionRule};
use crate::model::gene::HgncId;
use crate::model::panel::{PanelEntityKind, PanelSource, PanelVersion};
use crate::reference::bundle::Bundle;

/// Import, show and compare panels; find the panels that include a gene
#[derive(Args)]
pub struct PanelArgs {
    #[command(subcommand)]
    command: PanelCommand,
}

#[derive(Subcommand)]
enum PanelCommand {
    /// Read panels in any supported format and write one file per version
    Import {
        /// A file of panels, or a folder of them: PanelApp objects, pages, lists, a hub's dump, or its
        /// genepanels.tsv
        input: PathBuf,
        /// The folder to write to
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// The date on which the hub's own panels were signed off, if their file does not state it
        #[arg(long, value_name = "YYYY-MM-DD")]
        signed_off: Option<String>,
        /// Source of the panels, if the input does not state it. By default, panels whose address, file or folder names
        /// PanelApp Australia are Australia's, and all others England's
        #[arg(long, value_enum)]
        source: Option<Country>,
    },
    /// Show the versions of a panel, and the entries of the version that a plan would use
    Show {
        /// Folder of panels
        #[arg(long, value_name = "DIR")]
        panels: PathBuf,
        /// Panel number
        id: u32,
        /// Show this version
        #[arg(long)]
        version: Option<String>,
        /// Use PanelApp Australia's panel with this number, not the one meant by the Directory
        #[arg(long, value_enum)]
        source: Option<Country>,
    },
    /// Report what changed from one version to another: green genes gained and lost, modes changed
    Diff {
        /// Folder of panels
        #[arg(long, value_name = "DIR")]
        panels: PathBuf,
        /// Panel number
        id: u32,
        /// The earlier version
        before: String,
        /// The later version
        after: String,
        /// Use PanelApp Australia's panel with this number, not the one meant by the Directory
        #[arg(long, value_enum)]
        source: Option<Country>,
    },
    /// List the panels, with versions, that include a gene
    Genes {
        /// Folder of panels
        #[arg(long, value_name = "DIR")]
        panels: PathBuf,
        /// HGNC identifier (`HGNC:1100`), or the symbol used by the panels
        #[arg(long)]
        gene: String,
        /// Identify the gene with this bundle's gene table: approved, previous and alias symbols
        #[arg(long, value_name = "BUNDLE")]
        reference: Option<PathBuf>,
    },
    /// List every doubtful entry in a folder of panels
    Lint {
        /// Folder of panels
        panels: PathBuf,
        /// Check the genes against this bundle's gene table
        #[arg(long, value_name = "BUNDLE")]
        reference: Option<PathBuf>,
        /// One JSON object per line instead of text
        #[arg(long)]
        json: bool,
    },
}

/// Whose PanelApp.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Country {
    /// Genomics England's PanelApp
    England,
    /// PanelApp Australia
    Australia,
}

impl Country {
    fn source(self) -> PanelSource {
        match self {
            Self::England => PanelSource::England,
            Self::Australia => PanelSource::Australia,
        }
    }
}

/// The name of a source in files.
fn source_name(source: PanelSource) -> &'static str {
    match source {
        PanelSource::England => "england",
        PanelSource::Australia => "australia",
        PanelSource::Local => "local",
    }
}

/// Runs the subcommand.
///
/// # Errors
/// When a file is refused or cannot be written, or there is no such panel.
pub fn run(args: &PanelArgs) -> Result<ExitStatus, Failure> {
    let mut out = std::io::stdout().lock();
    let open = |path: &Path| PanelStore::open(path).map_err(Failure::input);
    match &args.command {
        PanelCommand::Import { input, output, signed_off, source } => {
            let mut store = open(input)?;
            if let Some(country) = source {
                store.set_country(country.source()).map_err(Failure::input)?;
            }
            if signed_off.is_some() {
                let day = run_date(signed_off.as_deref()).map_err(|text| Failure::usage(anyhow!(text)))?;
                store.sign_off_local(&day);
            }
            import(&mut out, &store, output)
        }
        PanelCommand::Show { panels, id, version, source } => {
            show(&mut out, &open(panels)?, *id, version.as_deref(), *source)
        }
        PanelCommand::Diff { panels, id, before, after, source } => {
            let store = open(panels)?;
            let versions = versions(&store, *id, *source);
            diff(&mut out, find(versions, *id, before)?, find(versions, *id, after)?)
        }
        PanelCommand::Genes { panels, gene, reference } => {
            let id = identity(gene, reference.as_deref())?;
            genes(&mut out, &open(panels)?, gene, id)
        }
        PanelCommand::Lint { panels, reference, json } => {
            let store = open(panels)?;
            let mut lints = store.lints().to_vec();
            lints.extend(store.signed_off_after(&today()));
            if let Some(bundle) = reference {
                let bundle = Bundle::open(bundle).map_err(Failure::resource)?;
                lints.extend(panel_genes(&store, bundle.genes()));
            }
            super::directory::write_lints(&mut out, &lints, *json)
        }
    }
}

fn import(out: &mut impl Write, store: &PanelStore, output: &Path) -> Result<ExitStatus, Failure> {
    if let Some(lint) = store.signed_off_after(&today()).first() {
        return Err(Failure::input(anyhow!("{lint}; nothing was imported")));
    }
    // What is there already is held against what comes, before anything is written.
    let there = match output.is_dir().then(|| PanelStore::open(output)) {
        Some(Ok(there)) => there,
        None | Some(Err(DirectoryError::NoPanels { .. })) => PanelStore::default(),
        Some(Err(fault)) => return Err(Failure::input(fault)),
    };
    let mut new = Vec::new();
    let mut kept = 0;
    for panel in store.iter() {
        match there.known(panel).map_err(|_| already_there(panel, output))? {
            Some(known) if known.signed_off.is_some() || panel.signed_off.is_none() => kept += 1,
            _ => new.push(panel),
        }
    }
    std::fs::create_dir_all(output).map_err(Failure::usage)?;
    for panel in &new {
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' };
        let version: String = panel.version.chars().map(safe).collect();
        let mut json = serde_json::to_vec_pretty(panel).map_err(Failure::internal)?;
        json.push(b'\n');
        let name = format!("{}_{}_v{version}.json", source_name(panel.source), panel.id);
        super::whole_file::write(&output.join(name), &json)?;
    }
    for lint in store.lints().iter().filter(|lint| lint.severity == Severity::Error) {
        writeln!(std::io::stderr(), "{lint}").map_err(Failure::internal)?;
    }
    let were_there = if kept > 0 { format!(", {kept} already there") } else { String::new() };
    writeln!(
        out,
        "{}: {} panel versions{were_there}; {} remarks (see `ithaca panel lint`)",
        output.display(),
        new.len(),
        store.lints().len()
    )
    .map_err(Failure::internal)?;
    Ok(ExitStatus::Done)
}

fn already_there(panel: &PanelVersion, output: &Path) -> Failure {
    Failure::input(anyhow!(
        "panel {} version {}: {} already holds this version with different genes or a different sign-off; a \
         version never changes, so find out which is correct, and import into another folder; nothing was \
         imported",
        panel.id,
        panel.version,
        output.display()
    ))
}

/// The versions of the panel that the Directory's number means, or of a country's.
fn versions(store: &PanelStore, id: u32, country: Option<Country>) -> &[PanelVersion] {
    country.map_or_else(|| store.versions(id), |country| store.versions_of(country.source(), id))
}

fn find<'a>(versions: &'a [PanelVersion], id: u32, version: &str) -> Result<&'a PanelVersion, Failure> {
    versions.iter().find(|panel| panel.version == version).ok_or_else(|| {
        let known: Vec<&str> = versions.iter().map(|panel| panel.version.as_str()).collect();
        Failure::input(anyhow::anyhow!(
            "panel {id} has no version {version}; there {}",
            if known.is_empty() { "is none".to_owned() } else { format!("are {}", known.join(", ")) }
        ))
    })
}

fn show(
    out: &mut impl Write,
    store: &PanelStore,
    id: u32,
    version: Option<&str>,
    country: Option<Country>,
) -> Result<ExitStatus, Failure> {
    let versions = versions(store, id, country);
    let chosen = match (version, versions.last()) {
        (Some(version), _) => find(versions, id, version)?,
        // No plan uses another country's panel; its latest version is shown.
        (None, Some(latest)) if matches!(country, Some(Country::Australia)) => latest,
        (None, _) => store.choose(id, &VersionRule::SignedOff).map_err(Failure::input)?,
    };
    let mut lines = vec![format!("panel {id} {}", chosen.name)];
    for panel in versions {
        let signed =
            panel.signed_off.as_deref().map_or("not signed off".to_owned(), |d| format!("signed off {d}"));
        let mark = if panel.version == chosen.version { "  <- shown" } else { "" };
        lines.push(format!("version {} ({signed}), {} entries{mark}", panel.version, panel.entities.len()));
    }
    if !chosen.children.is_empty() {
        let children: Vec<String> = chosen.children.iter().map(u32::to_string).collect();
        lines.push(format!("made of panels {}", children.join(", ")));
    }
    lines.push("entity\trating\tmode_of_inheritance\tmode_of_pathogenicity\tpenetrance\ttags".to_owned());
    for entity in &chosen.entities {
        let cells = [
            name(entity),
            rating(entity.confidence).to_owned(),
            entity.mode_of_inheritance_raw.clone(),
            entity.mode_of_pathogenicity_raw.clone(),
            entity.penetrance_raw.clone(),
            entity.tags.join(";"),
        ];
        lines.push(cells.map(|cell| cell.replace(['\t', '\n'], " ")).join("\t"));
    }
    writeln!(out, "{}", lines.join("\n")).map_err(Failure::internal)?;
    Ok(ExitStatus::Done)
}

fn diff(out: &mut impl Write, before: &PanelVersion, after: &PanelVersion) -> Result<ExitStatus, Failure> {
    writeln!(out, "entity\tchange\tv{}\tv{}", before.version, after.version).map_err(Failure::internal)?;
    for change in panel_diff(before, after) {
        writeln!(out, "{}\t{}\t{}\t{}", change.entity, change.what, change.before, change.after)
            .map_err(Failure::internal)?;
    }
    Ok(ExitStatus::Done)
}

/// The identity of a gene by its identifier or, with a bundle, by a symbol that means one gene.
fn identity(gene: &str, reference: Option<&Path>) -> Result<Option<HgncId>, Failure> {
    if let Ok(id) = gene.parse() {
        return Ok(Some(id));
    }
    let Some(path) = reference else { return Ok(None) };
    let bundle = Bundle::open(path).map_err(Failure::resource)?;
    let names: &dyn GeneNames = bundle.genes();
    let found = names.resolve(gene).map_err(Failure::input)?;
    if let Some(remark) = found.remark {
        writeln!(std::io::stderr(), "note: {remark} ({})", found.hgnc_id).map_err(Failure::internal)?;
    }
    Ok(Some(found.hgnc_id))
}

fn genes(
    out: &mut impl Write,
    store: &PanelStore,
    wanted: &str,
    id: Option<HgncId>,
) -> Result<ExitStatus, Failure> {
    let mut found = false;
    writeln!(out, "panel\tname\tversion\tsigned_off\tused\trating\tmode_of_inheritance\tentity\tsource")
        .map_err(Failure::internal)?;
    for panel in store.iter() {
        let used =
            store.choose(panel.id, &VersionRule::SignedOff).is_ok_and(|used| std::ptr::eq(used, panel));
        for entity in &panel.entities {
            let holds = match &entity.kind {
                PanelEntityKind::Gene { hgnc_id, symbol } => match (id, hgnc_id) {
                    (Some(id), Some(of_entry)) => id == *of_entry,
                    _ => symbol.eq_ignore_ascii_case(wanted),
                },
                PanelEntityKind::ShortTandemRepeat { hgnc_id, name, .. } => match (id, hgnc_id) {
                    (Some(id), Some(of_entry)) => id == *of_entry,
                    // `ATN1_CAG`
                    _ => name.split('_').next().is_some_and(|gene| gene.eq_ignore_ascii_case(wanted)),
                },
                PanelEntityKind::Region { .. } => false,
            };
            if holds {
                found = true;
                let cells = [
                    panel.id.to_string(),
                    panel.name.clone(),
                    panel.version.clone(),
                    panel.signed_off.clone().unwrap_or_default(),
                    if used { "yes" } else { "no" }.to_owned(),
                    rating(entity.confidence).to_owned(),
                    entity.mode_of_inheritance_raw.clone(),
                    name(entity),
                    source_name(panel.source).to_owned(),
                ];
                let line = cells.map(|cell| cell.replace(['\t', '\n'], " ")).join("\t");
                writeln!(out, "{line}").map_err(Failure::internal)?;
            }
        }
    }
    if !found {
        let remedy = "use its HGNC identifier, or --reference to find it by another symbol";
        writeln!(std::io::stderr(), "note: no panel holds '{wanted}'; {remedy}")
            .map_err(Failure::internal)?;
    }
    Ok(ExitStatus::Done)
}
