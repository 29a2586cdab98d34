//! A small world: five genes in the bundle, a few panels, a Directory with a row for every target.

use std::path::{Path, PathBuf};

use crate::directory::import::read_directory;
use crate::directory::panels::PanelLinks;
use crate::directory::panels::import::read_panels;
use crate::directory::{PanelStore, VersionRule};
use crate::model::assembly::Assembly;
use crate::model::contig::{Contig, ContigId};
use crate::model::directory::{TestCode, TestDirectory};
use crate::model::family::Family;
use crate::model::gene::{Gene, HgncId};
use crate::model::participant::{Affection, Participant, Role, Sex};
use crate::model::pipeline::Pipeline;
use crate::model::plan::{Plan, Referral};
use crate::model::position::Interval;
use crate::model::transcript::{Coding, Exon, Mane, Strand, Transcript};
use crate::plan::{PlanContext, PlanError, TranscriptChoices, make_plan};
use crate::reference::genes::{GeneEntry, GeneTable};
use crate::reference::transcripts::Transcripts;

pub const DIRECTORY: &str = "\
Title version 8
Test ID,Clinical Indication,Target/Genes,Test Method
R1.1,Heart,Heart (10),WGS
R1.2,Heart,Heart (10) & brain (11),WGS
R1.3,Heart,Heart (10),Exon level CNV detection by MLPA or equivalent
R2.1,Genes,GENEA; OLDB; GENEX,Small panel
R2.2,Genes,SHARED,Small panel
R2.3,Genes,GENEX,Small panel
R3.1,Agnostic,Trio gene agnostic or appropriate panels in singletons or duos,WGS
R4.1,Choice,Relevant panel(s) in PanelApp,WGS
R5.1,Mitochondrion,Mitochondrial genome,WGS
R6.1,Family,Specific Target,Targeted variant testing
R6.2,Variants,GENEA c.12,Targeted variant testing
R6.3,Repeat,GENEA STR,STR testing
R6.4,Array,Genomewide,Microarray
R6.5,Imprinting,GENEA DMRs,Methylation testing
R6.6,Depends,As dictated by relevant test ID,Other
R6.7,Other,Other,Other
R7.1,Super,Super (20),WGS
R7.2,Orphaned super,Super (21),WGS
R8.1,Empty,Amber only (12),WGS
R8.2,Retired,Gone (13),WGS
R8.3,Unsigned,Draft (14),WGS
R8.4,Missing,Nowhere (99),WGS
R9.1,Twice,GENEA,WGS
R9.1,Twice,GENEB,WGS
";

const BIALLELIC: &str = "BIALLELIC, autosomal or pseudoautosomal";

fn gene(id: Option<u32>, symbol: &str, confidence: u8, more: &str) -> String {
    let id = id.map_or("null".to_owned(), |id| format!("\"HGNC:{id}\""));
    format!(
        r#"{{"gene_data": {{"hgnc_id": {id}, "gene_symbol": "{symbol}"}}, "entity_type": "gene",
        "entity_name": "{symbol}", "confidence_level": "{confidence}",
        "mode_of_inheritance": "{BIALLELIC}"{more}}}"#
    )
}

pub struct PanelFile {
    pub id: u32,
    pub version: &'static str,
    pub signed_off: Option<&'static str>,
    pub genes: Vec<String>,
    pub more: &'static str,
}

impl PanelFile {
    fn json(&self) -> String {
        let signed = self.signed_off.map(|date| format!(r#""signed_off": "{date}","#)).unwrap_or_default();
        format!(
            r#"{{"id": {}, "name": "Panel {}", "version": "{}", {signed} {} "genes": [{}]}}"#,
            self.id,
            self.id,
            self.version,
            self.more,
            self.genes.join(",")
        )
    }
}

pub fn panel_files() -> Vec<PanelFile> {
    let file = |id, version, signed_off, genes, more| PanelFile { id, version, signed_off, genes, more };
    let part = |id: u32| format!(r#", "panel": {{"id": {id}, "version": "9.9"}}"#);
    let extras = r#""regions": [{"entity_type": "region", "entity_name": "ISCA-1-Loss", "confidence_level": "3",
        "chromosome": "22", "grch38_coordinates": [5, 9], "type_of_variants": "cnv_loss"}],
        "strs": [{"entity_type": "str", "entity_name": "GENEA_CAG", "confidence_level": "2",
        "repeated_sequence": "CAG", "normal_repeats": 9, "pathogenic_repeats": 30}],"#;
    vec![
        file(
            10,
            "1.2",
            Some("2026-01-01"),
            vec![gene(Some(1), "OLDA", 3, ""), gene(Some(2), "GENEB", 2, ""), gene(Some(77), "GENEX", 3, "")],
            extras,
        ),
        file(10, "1.10", None, vec![gene(Some(1), "OLDA", 3, "")], ""),
        file(
            11,
            "2.0",
            Some("2026-01-01"),
            vec![gene(Some(1), "GENEA", 1, ""), gene(None, "GENEC", 3, "")],
            "",
        ),
        file(12, "1.0", Some("2026-01-01"), vec![gene(Some(2), "GENEB", 2, "")], ""),
        file(13, "1.0", Some("2026-01-01"), vec![gene(Some(2), "GENEB", 3, "")], r#""status": "retired","#),
        file(14, "0.3", None, vec![gene(Some(2), "GENEB", 3, "")], ""),
        file(
            20,
            "3.0",
            Some("2026-01-01"),
            vec![gene(Some(1), "GENEA", 3, &part(10)), gene(Some(4), "GENED", 3, &part(11))],
            r#""child_panel_ids": [10, 11],"#,
        ),
        file(21, "3.0", Some("2026-01-01"), vec![], r#""child_panel_ids": [10, 98],"#),
    ]
}

fn transcript(
    accession: &str,
    gene: u32,
    contig: u16,
    coding: u32,
    mane: Option<Mane>,
    canonical: bool,
) -> Transcript {
    Transcript {
        accession: accession.to_owned(),
        gene,
        biotype: "protein_coding".to_owned(),
        contig: ContigId(contig),
        strand: Strand::Forward,
        exons: vec![Exon { start: 100, end: 700, cdna_start: 0 }],
        coding: (coding > 0).then(|| Coding {
            cds: Interval::new(0, coding),
            phase: 0,
            start_incomplete: false,
            end_incomplete: false,
            selenocysteines: Vec::new(),
            slippage: Vec::new(),
            skipped: Vec::new(),
            protein: None,
        }),
        own_bases: Vec::new(),
        differs_somewhere: false,
        mane,
        canonical,
    }
}

pub fn transcripts() -> (Transcripts, Vec<Contig>) {
    let gene = |id: Option<u32>, symbol: &str| Gene {
        hgnc_id: id.map(HgncId),
        symbol: symbol.to_owned(),
        source_id: format!("ENSG-{symbol}"),
    };
    let genes = vec![
        gene(Some(1), "GENEA"),
        gene(Some(2), "GENEB"),
        gene(Some(3), "GENEC"),
        gene(Some(4), "GENED"),
        gene(Some(5), "MT-X"),
        gene(None, "GENEX"),
        gene(Some(6), "NOTRANSCRIPT"),
    ];
    let transcripts = vec![
        transcript("ENST1.1", 0, 0, 300, None, true),
        transcript("ENST1.2", 0, 0, 30, Some(Mane::Select), false),
        transcript("ENST1.3", 0, 0, 600, Some(Mane::PlusClinical), false),
        transcript("ENST2.1", 1, 0, 30, None, true),
        transcript("ENST2.2", 1, 0, 300, None, false),
        transcript("ENST3.1", 2, 0, 30, None, false),
        transcript("ENST3.2", 2, 0, 300, None, false),
        transcript("ENST4.1", 3, 0, 0, None, false),
        transcript("ENST5.1", 4, 1, 90, None, true),
        transcript("ENST6.1", 5, 0, 90, None, true),
    ];
    let contigs = ["chr1", "chrM"].map(|name| Contig { name: name.to_owned(), length: 1000 }).to_vec();
    (Transcripts::from_records(genes, transcripts), contigs)
}

fn gene_table() -> GeneTable {
    let entry = |symbol: &str, previous: &[&str]| GeneEntry {
        symbol: symbol.to_owned(),
        previous: previous.iter().map(|s| (*s).to_owned()).collect(),
        ..GeneEntry::default()
    };
    GeneTable::from_entries(
        [
            (HgncId(1), entry("GENEA", &["OLDA", "SHARED"])),
            (HgncId(2), entry("GENEB", &["OLDB", "SHARED"])),
            (HgncId(3), entry("GENEC", &[])),
            (HgncId(4), entry("GENED", &[])),
            (HgncId(5), entry("MT-X", &[])),
        ]
        .into(),
    )
}

pub fn pipeline() -> Pipeline {
    toml::from_str(
        r#"
        name = "test"
        date = "2026-01-01"
        rule_set = "rules.toml"
        [scope]
        genes = "panel"
        exon_padding = 20
        [quality]
        accept_unfiltered = true
        accept_filters = []
        genotype_quality = 20
        genotype_quality_hemizygous = 20
        depth = 10
        heterozygous_balance = 0.2
        homozygous_balance = 0.8
        mitochondrial_fraction = 0.05
        [quality.de_novo]
        parent_depth = 10
        parent_quality = 20
        parent_alternate_reads = 1
        proband_alternate_reads = 3
        proband_balance = 0.2
        [frequency]
        populations = []
        [assertions]
        table = "clinvar"
        field = "CLNSIG"
        pathogenic = []
        [coverage]
        depth = 20
        mapping_quality = 20
        exon_padding = 5
        report_below_percent = 95.0
        [input]
        reference_mismatches_per_10000 = 5
        "#,
    )
    .unwrap()
}

pub struct World {
    pub directory: TestDirectory,
    pub panels: PanelStore,
    pub rule: VersionRule,
    pub links: Option<PanelLinks>,
    pub genes: GeneTable,
    pub transcripts: TranscriptChoices,
    pub assembly: Assembly,
    pub pipeline: Pipeline,
    pub hashes: [String; 3],
}

impl World {
    pub fn new() -> Self {
        Self::with_panels(&panel_files())
    }

    pub fn with_panels(files: &[PanelFile]) -> Self {
        let imports = files.iter().map(|file| {
            let path = PathBuf::from(format!("{}_{}.json", file.id, file.version));
            let import = read_panels(&path, file.json().as_bytes()).unwrap();
            (path, import)
        });
        let (transcripts, contigs) = transcripts();
        Self {
            directory: read_directory(Path::new("directory.csv"), DIRECTORY.as_bytes()).unwrap().directory,
            panels: PanelStore::from_imports(imports.collect()).unwrap(),
            rule: VersionRule::SignedOff,
            links: None,
            genes: gene_table(),
            transcripts: TranscriptChoices::of(&transcripts, &contigs),
            assembly: Assembly::GRCh38,
            pipeline: pipeline(),
            hashes: ["bundle", "pipeline", "rules"].map(str::to_owned),
        }
    }

    pub fn plan(&self, referral: &Referral) -> Result<Plan, PlanError> {
        self.with_context(|context| make_plan(referral, context))
    }

    pub fn with_context<T>(&self, work: impl FnOnce(&PlanContext<'_>) -> T) -> T {
        work(&PlanContext {
            directory: &self.directory,
            panels: &self.panels,
            version_rule: &self.rule,
            links: self.links.as_ref(),
            genes: &self.genes,
            transcripts: &self.transcripts,
            genome: None,
            bundle_hash: &self.hashes[0],
            assembly: &self.assembly,
            pipeline: &self.pipeline,
            pipeline_hash: &self.hashes[1],
            rule_set: "rules",
            rule_set_hash: &self.hashes[2],
            lists: &[],
        })
    }

    pub fn refusal(&self, codes: &[&str], panels: &[u32]) -> String {
        self.plan(&referral(codes, panels)).unwrap_err().to_string()
    }
}

pub fn referral(codes: &[&str], panels: &[u32]) -> Referral {
    let member = |id: &str, role, vcf: &str| Participant {
        id: id.to_owned(),
        role,
        sex: Sex::Female,
        sex_chromosomes: None,
        affection: Affection::Affected,
        mother: None,
        father: None,
        vcf: Some(PathBuf::from(vcf)),
        vcf_sample: None,
        alignments: None,
    };
    Referral {
        id: "F1".to_owned(),
        family: Family {
            id: "F1".to_owned(),
            members: vec![member("P1", Role::Proband, "b.vcf.gz"), member("P2", Role::Sibling, "a.vcf.gz")],
            proband: 0,
            consanguineous: false,
        },
        test_codes: codes.iter().map(|code| TestCode((*code).to_owned())).collect(),
        hpo: vec!["HP:0001".to_owned()],
        priority: "routine".to_owned(),
        panels: panels.to_vec(),
        variants: Vec::new(),
        penetrance: crate::model::panel::Penetrance::Complete,
        line: 3,
    }
}
