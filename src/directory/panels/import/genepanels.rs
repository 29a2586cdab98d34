//! A hub's `genepanels.tsv`: no heading, a row a gene: `<code>_<name>_{P,G}`, `<panel>_<version>`, `HGNC:n`, and in
//! newer files the PanelApp number, which is empty for a single gene.
//!
//! The file says neither rating, mode of inheritance nor mechanism: its genes are those a hub tests, so they are
//! green, and the rest is not stated. It becomes panels of the hub's own, never England's: the same number at the
//! same version from PanelApp says more.

use std::collections::BTreeMap;
use std::path::Path;

use super::{PanelImport, SourceHash};
use crate::directory::error::DirectoryError;
use crate::directory::lint::{Lint, Severity};
use crate::model::gene::HgncId;
use crate::model::panel::{
    Confidence, ModeOfInheritance, ModeOfPathogenicity, PanelEntity, PanelEntityKind, PanelSource,
    PanelVersion, Penetrance,
};

/// The form of a single gene's panel: `HGNC:1228_SG_panel_1.0.0`.
const SINGLE_GENE: &str = "_SG_panel_";

/// True where the first line that is not empty looks like a row of the file.
pub(super) fn is_genepanels(text: &str) -> bool {
    let Some(line) = text.lines().find(|line| !line.trim().is_empty()) else { return false };
    let cells: Vec<&str> = line.split('\t').collect();
    matches!(cells.as_slice(), [_, panel, gene] | [_, panel, gene, _]
        if panel.contains('_') && gene.trim().parse::<HgncId>().is_ok())
}

/// One panel under its name and version: what rows say of it.
#[derive(Default)]
struct Gathered {
    id: Option<u32>,
    row: u32,
    clinical_indications: Vec<String>,
    genes: Vec<HgncId>,
}

/// Reads the file. Single genes are no panels: the Directory's own row names them, so they are passed over with a
/// note. A panel without a number takes it from the one other row that gives its name, else it is left out and
/// named: no test could ask for it.
///
/// # Errors
/// When a row has too few or too many cells, no HGNC identifier, no version or a number that is none.
pub(super) fn read(path: &Path, bytes: &[u8], text: &str) -> Result<PanelImport, DirectoryError> {
    let mut panels: BTreeMap<(String, String), Gathered> = BTreeMap::new();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut singles = 0_u32;
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row = index as u32 + 1;
        let fault = |reason: String| DirectoryError::Row { path: path.to_owned(), row, reason };
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let (test, panel, gene, number) = match cells.as_slice() {
            [test, panel, gene] => (*test, *panel, *gene, ""),
            [test, panel, gene, number] => (*test, *panel, *gene, *number),
            _ => {
                return Err(fault(format!(
                    "has {} cells, not three or four; the file may be truncated",
                    cells.len()
                )));
            }
        };
        let gene: HgncId = gene
            .parse()
            .map_err(|_| fault(format!("'{gene}' is not an HGNC identifier; the file may be truncated")))?;
        if panel.contains(SINGLE_GENE) {
            singles += 1;
            continue;
        }
        let (name, version) = panel
            .rsplit_once('_')
            .filter(|(name, version)| !name.is_empty() && version.starts_with(|c: char| c.is_ascii_digit()))
            .ok_or_else(|| fault(format!("'{panel}' is not a panel's name and version joined by '_'")))?;
        let id: Option<u32> = match number {
            "" => None,
            number => Some(
                number.parse().map_err(|_| fault(format!("'{number}' is not a panel number; correct it")))?,
            ),
        };
        if let Some(id) = id
            && let Some(first) = numbers.insert(name.to_owned(), id).filter(|first| *first != id)
        {
            return Err(fault(format!("the panel '{name}' has the numbers {first} and {id}; keep one")));
        }
        let gathered = panels.entry((name.to_owned(), version.to_owned())).or_default();
        if gathered.row == 0 {
            gathered.row = row;
        }
        gathered.id = gathered.id.or(id);
        let test = test.rsplit_once('_').map_or(test, |(test, _)| test);
        if !gathered.clinical_indications.iter().any(|known| known == test) {
            gathered.clinical_indications.push(test.to_owned());
        }
        gathered.genes.push(gene);
    }
    let mut import = PanelImport::default();
    let mut hash = SourceHash::default();
    for ((name, version), gathered) in panels {
        let Some(id) = gathered.id.or_else(|| numbers.get(&name).copied()) else {
            import.lints.push(Lint::new(
                Severity::Error,
                gathered.row,
                "panel",
                format!("{name}_{version}"),
                "a panel without a number, skipped",
                "add its PanelApp number in a fourth column",
            ));
            continue;
        };
        let mut genes = gathered.genes;
        genes.sort_unstable();
        genes.dedup();
        import.panels.push(PanelVersion {
            id,
            source: PanelSource::Local,
            name,
            status: String::new(),
            version,
            signed_off: None,
            relevant_disorders: gathered.clinical_indications,
            types: Vec::new(),
            children: Vec::new(),
            entities: genes.into_iter().map(entity).collect(),
            source_hash: hash.of(bytes),
        });
    }
    if singles > 0 {
        import.lints.push(Lint::new(
            Severity::Note,
            0,
            "single genes",
            singles.to_string(),
            "rows of single genes, skipped: the Test Directory's own row names the gene",
            "none",
        ));
    }
    Ok(import)
}

fn entity(id: HgncId) -> PanelEntity {
    PanelEntity {
        kind: PanelEntityKind::Gene { hgnc_id: Some(id), symbol: id.to_string() },
        confidence: Confidence::Green,
        mode_of_inheritance: ModeOfInheritance::NotStated,
        mode_of_inheritance_raw: String::new(),
        mode_of_pathogenicity: ModeOfPathogenicity::LossOfFunctionAssumed,
        mode_of_pathogenicity_raw: String::new(),
        penetrance: Penetrance::Unknown,
        penetrance_raw: String::new(),
        component: None,
        tags: Vec::new(),
        transcripts: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::panels::import::read_panels;

    const FILE: &str = "R1.1_Heart_P\tHeart_disease_2.10\tHGNC:9\t77\r\nR1.1_Heart_P\tHeart_disease_2.10\tHGNC:8\t77\r\n\
        R1.2_Heart, urgent_P\tHeart_disease_2.10\tHGNC:9\t77\r\nR1.3_Old_P\tHeart_disease_2.9\tHGNC:7\r\n\
        R2.1_One_G\tHGNC:1228_SG_panel_1.0.0\tHGNC:1228\t\r\nC1.1_Ours_P\tCUH_Inherited Stroke_1.0\tHGNC:5\r\n";

    #[test]
    fn panels_of_a_hub_are_gathered_by_name_and_version() {
        let import = read_panels(Path::new("genepanels.tsv"), FILE.as_bytes()).unwrap();
        let panels: Vec<(u32, &str, &str, usize)> = import
            .panels
            .iter()
            .map(|p| (p.id, p.name.as_str(), p.version.as_str(), p.entities.len()))
            .collect();
        assert_eq!(panels, [(77, "Heart_disease", "2.10", 2), (77, "Heart_disease", "2.9", 1)]);
        assert_eq!(import.panels[0].relevant_disorders, ["R1.1_Heart", "R1.2_Heart, urgent"]);
        assert!(import.panels.iter().all(|p| p.source == PanelSource::Local && p.signed_off.is_none()));
        let said = import.lints.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(
            said.contains("row 6, panel: 'CUH_Inherited Stroke_1.0': a panel without a number"),
            "{said}"
        );
        assert!(said.contains("single genes: '1'"), "{said}");
    }

    #[test]
    fn a_row_that_is_cut_short_stops_the_import() {
        for (bad, words) in [
            ("R1.1_Heart_P\tHeart_1.0\n", "row 7: has 2 cells"),
            ("R1.1_Heart_P\tHeart_1.0\tHGN\n", "'HGN' is not an HGNC identifier"),
            ("R1.1_Heart_P\tHeart\tHGNC:1\n", "'Heart' is not a panel's name and version"),
            ("R1.1_Heart_P\tHeart_disease_2.10\tHGNC:1\t78\n", "has the numbers 77 and 78"),
            ("R1.1_Heart_P\tHeart_1.0\tHGNC:1\tx\n", "'x' is not a panel number"),
        ] {
            let error = read_panels(Path::new("genepanels.tsv"), format!("{FILE}{bad}").as_bytes());
            let error = error.unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
