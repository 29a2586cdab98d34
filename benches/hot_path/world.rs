//! A generated genome with genes, families and site tables, as large as a real one and without anybody's data.
//!
//! Gene model: ten exons, whole codons each, one open reading frame through all of them, so that transcripts that
//! skip exons still read to the same stop.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use noodles::bgzf;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// How large the world is.
pub struct Size {
    /// Name of its folder.
    pub name: &'static str,
    /// Contigs and their lengths, in bases.
    pub contigs: &'static [(&'static str, u32)],
    /// Genes, evenly spread.
    pub genes: usize,
    /// Transcripts of each gene.
    pub transcripts: usize,
    /// Records of the variant files.
    pub variants: usize,
    /// Rows of the frequency table, those of the variants included.
    pub sites: usize,
}

/// 20 Mb, 500 genes of six transcripts, 200,000 variants.
pub const SMALL: Size = Size {
    name: "small",
    contigs: &[("1", 20_000_000)],
    genes: 500,
    transcripts: 6,
    variants: 200_000,
    sites: 1_000_000,
};

/// As large as GRCh38: 20,000 genes of five transcripts, five million variants.
pub const GENOME: Size = Size {
    name: "genome",
    contigs: &[
        ("chr1", 248_956_422),
        ("chr2", 242_193_529),
        ("chr3", 198_295_559),
        ("chr4", 190_214_555),
        ("chr5", 181_538_259),
        ("chr6", 170_805_979),
        ("chr7", 159_345_973),
        ("chr8", 145_138_636),
        ("chr9", 138_394_717),
        ("chr10", 133_797_422),
        ("chr11", 135_086_622),
        ("chr12", 133_275_309),
        ("chr13", 114_364_328),
        ("chr14", 107_043_718),
        ("chr15", 101_991_189),
        ("chr16", 90_338_345),
        ("chr17", 83_257_441),
        ("chr18", 80_373_285),
        ("chr19", 58_617_616),
        ("chr20", 64_444_167),
        ("chr21", 46_709_983),
        ("chr22", 50_818_468),
        ("chrX", 156_040_895),
    ],
    genes: 20_000,
    transcripts: 5,
    variants: 5_000_000,
    sites: 10_000_000,
};

/// The same with a frequency table of eighty million rows.
pub const WIDE: Size = Size { name: "wide", sites: 80_000_000, ..GENOME };

/// Where the parts of a world lie.
pub struct World {
    /// Its folder.
    pub folder: PathBuf,
}

impl World {
    /// A file of the world.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The world of this size; made once and kept.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn at(size: &Size, root: &Path) -> io::Result<Self> {
        let world = Self { folder: root.join(size.name) };
        if !world.file("DONE").exists() {
            fs::create_dir_all(world.file("panels"))?;
            Writer::new(size, &world)?.all()?;
            fs::write(world.file("DONE"), "")?;
        }
        Ok(world)
    }
}

type Text = BufWriter<fs::File>;
type Blocks = bgzf::io::MultithreadedWriter<fs::File>;

/// One gene, in the making.
struct Gene {
    number: usize,
    /// 0-based start.
    start: usize,
    reverse: bool,
    /// Exons in genome order, 0-based half-open.
    exons: Vec<(usize, usize)>,
}

struct Writer<'a> {
    size: &'a Size,
    random: ChaCha8Rng,
    fasta: Text,
    gff: Text,
    genes: Text,
    single: Blocks,
    trio: Blocks,
    sites: Blocks,
    panel: Vec<serde_json::Value>,
    numbered: usize,
    folder: PathBuf,
}

const EXONS: usize = 10;
const UTR: usize = 60;

impl<'a> Writer<'a> {
    fn new(size: &'a Size, world: &World) -> io::Result<Self> {
        let text = |name: &str| io::Result::Ok(BufWriter::new(fs::File::create(world.file(name))?));
        let blocks = |name: &str| {
            io::Result::Ok(bgzf::io::MultithreadedWriter::new(fs::File::create(world.file(name))?))
        };
        Ok(Self {
            size,
            random: ChaCha8Rng::seed_from_u64(38),
            fasta: text("genome.fa")?,
            gff: text("transcripts.gff3")?,
            genes: text("genes.tsv")?,
            single: blocks("single.vcf.gz")?,
            trio: blocks("trio.vcf.gz")?,
            sites: blocks("sites.vcf.gz")?,
            panel: Vec::new(),
            numbered: 0,
            folder: world.folder.clone(),
        })
    }

    fn below(&mut self, n: usize) -> usize {
        ((u64::from(self.random.next_u32()) * n as u64) >> 32) as usize
    }

    fn base(&mut self) -> u8 {
        b"ACGT"[self.below(4)]
    }

    fn all(mut self) -> io::Result<()> {
        self.headings()?;
        let total: u64 = self.size.contigs.iter().map(|(_, length)| u64::from(*length)).sum();
        for (name, length) in self.size.contigs {
            let share = |n: usize| (n as f64 * f64::from(*length) / total as f64) as usize;
            let mut bases = vec![0_u8; *length as usize];
            for chunk in bases.chunks_mut(16) {
                let bits = self.random.next_u32();
                for (i, base) in chunk.iter_mut().enumerate() {
                    *base = b"ACGT"[(bits >> (2 * i)) as usize & 3];
                }
            }
            for gene in self.plant_genes(&mut bases, share(self.size.genes).max(1)) {
                self.write_gene(name, &gene)?;
            }
            writeln!(self.fasta, ">{name}")?;
            for line in bases.chunks(100) {
                self.fasta.write_all(line)?;
                self.fasta.write_all(b"\n")?;
            }
            self.write_variants(name, &bases, share(self.size.variants), share(self.size.sites))?;
        }
        self.finish()
    }

    fn plant_genes(&mut self, bases: &mut [u8], count: usize) -> Vec<Gene> {
        let slot = bases.len() / count;
        (0..count)
            .map(|i| {
                self.numbered += 1;
                let mut at = i * slot + slot / 10;
                let start = at;
                let most_intron = (slot * 7 / 10 / EXONS).min(4_000);
                let exons: Vec<(usize, usize)> = (0..EXONS)
                    .map(|_| {
                        let from = at;
                        let to = from + UTR + 3 * (20 + self.below(20));
                        at = to + 100 + self.below(most_intron.max(200) - 100);
                        (from, to)
                    })
                    .collect();
                let gene = Gene { number: self.numbered, start, reverse: self.below(2) == 1, exons };
                self.write_frame(bases, &gene);
                gene
            })
            .collect()
    }

    /// An open reading frame over the exons: 60 bases of UTR, ATG, codons, a stop and 60 bases of UTR.
    fn write_frame(&mut self, bases: &mut [u8], gene: &Gene) {
        let mut places: Vec<usize> = gene.exons.iter().flat_map(|&(from, to)| from..to).collect();
        if gene.reverse {
            places.reverse();
        }
        let coding = &places[UTR..places.len() - UTR];
        let codons = coding.len() / 3;
        for (i, codon) in coding.chunks_exact(3).enumerate() {
            let mut triplet = [self.base(), self.base(), self.base()];
            if i == 0 {
                triplet = *b"ATG";
            } else if i == codons - 1 {
                triplet = *b"TAA";
            } else if triplet[0] == b'T' {
                triplet[0] = b'C';
            }
            for (&place, base) in codon.iter().zip(triplet) {
                bases[place] = if gene.reverse { complement(base) } else { base };
            }
        }
        let splice = |bases: &mut [u8], at: usize, site: &[u8; 2]| bases[at..at + 2].copy_from_slice(site);
        for pair in gene.exons.windows(2) {
            let (left, right) = if gene.reverse { (b"CT", b"AC") } else { (b"GT", b"AG") };
            splice(bases, pair[0].1, left);
            splice(bases, pair[1].0 - 2, right);
        }
    }

    fn write_gene(&mut self, contig: &str, gene: &Gene) -> io::Result<()> {
        let (n, strand) = (gene.number, if gene.reverse { '-' } else { '+' });
        let (from, to) = (gene.start + 1, gene.exons[EXONS - 1].1);
        let line = |kind: &str, from: usize, to: usize, rest: &str| {
            format!("{contig}\tbench\t{kind}\t{from}\t{to}\t.\t{strand}\t{rest}\n")
        };
        let mut text = line(
            "gene",
            from,
            to,
            &format!(
                ".\tID=gene:ENSG{n:011};Name=GENE{n};biotype=protein_coding;gene_id=ENSG{n:011};version=1"
            ),
        );
        for t in 0..self.size.transcripts {
            let id = format!("ENST{:011}", n * 100 + t);
            let tag = if t == 0 { ";tag=gencode_basic,Ensembl_canonical,MANE_Select" } else { "" };
            text += &line(
                "mRNA",
                from,
                to,
                &format!(
                    ".\tID=transcript:{id};Parent=gene:ENSG{n:011};biotype=protein_coding{tag};transcript_id={id};version=1"
                ),
            );
            let kept: Vec<(usize, usize)> = gene
                .exons
                .iter()
                .enumerate()
                .filter(|(i, _)| t == 0 || *i == 0 || *i == EXONS - 1 || (i * 7 + t * 3 + n) % 4 != 0)
                .map(|(_, exon)| *exon)
                .collect();
            for (i, &(a, b)) in kept.iter().enumerate() {
                text += &line("exon", a + 1, b, &format!(".\tParent=transcript:{id};rank={}", i + 1));
                let (a, b) =
                    (if i == 0 { a + UTR } else { a }, if i == kept.len() - 1 { b - UTR } else { b });
                text += &line("CDS", a + 1, b, &format!("0\tID=CDS:{id};Parent=transcript:{id}"));
            }
        }
        self.gff.write_all(text.as_bytes())?;
        let mane = format!("ENST{:011}.1|NM_{n:09}.1", n * 100);
        writeln!(
            self.genes,
            "HGNC:{n}\tGENE{n}\tgene {n}\tprotein-coding gene\tgene with protein product\tApproved\t1p1\tENSG{n:011}\t{mane}"
        )?;
        if n.is_multiple_of((self.size.genes / 200).max(1)) {
            self.panel.push(green(n));
        }
        Ok(())
    }

    fn write_variants(
        &mut self,
        contig: &str,
        bases: &[u8],
        variants: usize,
        sites: usize,
    ) -> io::Result<()> {
        let gap = bases.len() / variants.max(1);
        let extra = sites / variants.max(1);
        let mut at = 1 + gap / 2;
        while at + gap * 2 + 40 < bases.len() {
            let (reference, alternate) = self.alleles(bases, at);
            let common = self.below(100) < 95;
            if common {
                self.write_site(contig, at, &reference, &alternate, true)?;
            }
            self.write_record(contig, at, &reference, &alternate)?;
            // Rare sites that the family does not carry, all before the next record.
            let room = (gap / 2 + 30).saturating_sub(2 * extra + 24);
            for i in 1..extra {
                let site = at + 12 + i * room / extra;
                let (reference, alternate) = self.alleles(bases, site);
                self.write_site(contig, site, &reference, &alternate, false)?;
            }
            at += gap / 2 + 30 + self.below(gap.saturating_sub(60).max(2));
        }
        Ok(())
    }

    fn alleles(&mut self, bases: &[u8], at: usize) -> (Vec<u8>, Vec<u8>) {
        let anchor = bases[at];
        let other = loop {
            let base = self.base();
            if base != anchor {
                break base;
            }
        };
        match self.below(100) {
            0..=84 => (vec![anchor], vec![other]),
            85..=92 => (bases[at..at + 2 + self.below(6)].to_vec(), vec![anchor]),
            _ => {
                let inserted = 1 + self.below(6);
                (vec![anchor], std::iter::once(anchor).chain((0..inserted).map(|_| self.base())).collect())
            }
        }
    }

    fn write_site(&mut self, contig: &str, at: usize, r: &[u8], a: &[u8], common: bool) -> io::Result<()> {
        let an = 152_000 + self.below(300);
        let ac = if common { 2_000 + self.below(100_000) } else { 1 + self.below(20) };
        let (afr_n, nfe_n) = (an / 4, an / 2);
        let (afr, nfe) = (ac / 4, ac / 2);
        writeln!(
            self.sites,
            "{contig}\t{}\t.\t{}\t{}\t.\tPASS\tAC={ac};AN={an};AF={:.6e};nhomalt={};AC_afr={afr};AN_afr={afr_n};AC_nfe={nfe};AN_nfe={nfe_n}",
            at + 1,
            String::from_utf8_lossy(r),
            String::from_utf8_lossy(a),
            ac as f64 / an as f64,
            ac / 8
        )
    }

    fn write_record(&mut self, contig: &str, at: usize, r: &[u8], a: &[u8]) -> io::Result<()> {
        let (depth, quality) = (25 + self.below(20), 30 + self.below(70));
        let filter = if self.below(20) == 0 { "LowQual" } else { "PASS" };
        let (r, a) = (String::from_utf8_lossy(r), String::from_utf8_lossy(a));
        let position = at + 1;
        let info = format!(
            "AC=1;AF=0.500;AN=2;BaseQRankSum={:.3};ClippingRankSum=0.318;DP={depth};ExcessHet=3.0103;FS={:.3};MLEAC=1;MLEAF=0.500;MQ=60.00;MQRankSum=-0.183;QD=17.52;ReadPosRankSum=0.652;SOR=0.693",
            self.below(3_000) as f64 / 1000.0,
            self.below(9_000) as f64 / 1000.0
        );
        let call = |random: usize, depth: usize| match random {
            0 => format!("0/0:{depth},0:{depth}:{}:0,99,1485", quality.min(99)),
            1 => format!("0/1:{},{}:{depth}:99:495,0,405", depth / 2, depth - depth / 2),
            _ => format!("1/1:0,{depth}:{depth}:{}:1305,87,0", quality.min(99)),
        };
        let (mother, father) = (self.below(3), self.below(3));
        // A child takes one copy of each parent.
        let copy = |parent: usize, bit: usize| if parent == 1 { bit } else { parent / 2 };
        let (bit_m, bit_f) = (self.below(2), self.below(2));
        let child = copy(mother, bit_m) + copy(father, bit_f);
        let fixed = format!(
            "{contig}\t{position}\t.\t{r}\t{a}\t{}.77\t{filter}\t{info}\tGT:AD:DP:GQ:PL",
            300 + quality
        );
        writeln!(self.single, "{fixed}\t{}", call(1 + usize::from(quality % 3 == 0), depth))?;
        writeln!(
            self.trio,
            "{fixed}\t{}\t{}\t{}",
            call(child, depth),
            call(mother, depth + 2),
            call(father, depth - 1)
        )
    }

    fn headings(&mut self) -> io::Result<()> {
        writeln!(self.gff, "##gff-version 3")?;
        writeln!(
            self.genes,
            "hgnc_id\tsymbol\tname\tlocus_group\tlocus_type\tstatus\tlocation\tensembl_gene_id\tmane_select"
        )?;
        let mut contigs = String::new();
        for (name, length) in self.size.contigs {
            contigs += &format!("##contig=<ID={name},length={length}>\n");
        }
        let number = |id: &str, count: &str, kind: &str| {
            format!("##INFO=<ID={id},Number={count},Type={kind},Description=\"{id}\">\n")
        };
        let mut calls = format!(
            "##fileformat=VCFv4.2\n{contigs}##FILTER=<ID=LowQual,Description=\"Low quality\">\n\
             ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n\
             ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"Depths\">\n\
             ##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"Depth\">\n\
             ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description=\"Quality\">\n\
             ##FORMAT=<ID=PL,Number=G,Type=Integer,Description=\"Likelihoods\">\n"
        );
        for id in ["AC", "MLEAC"] {
            calls += &number(id, "A", "Integer");
        }
        for id in ["AF", "MLEAF"] {
            calls += &number(id, "A", "Float");
        }
        for id in ["AN", "DP"] {
            calls += &number(id, "1", "Integer");
        }
        for id in [
            "BaseQRankSum",
            "ClippingRankSum",
            "ExcessHet",
            "FS",
            "MQ",
            "MQRankSum",
            "QD",
            "ReadPosRankSum",
            "SOR",
        ] {
            calls += &number(id, "1", "Float");
        }
        let columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";
        writeln!(self.single, "{calls}{columns}\tFORMAT\tkid")?;
        writeln!(self.trio, "{calls}{columns}\tFORMAT\tkid\tmother\tfather")?;
        let mut sites = format!("##fileformat=VCFv4.2\n{contigs}");
        for id in ["AC", "nhomalt", "AC_afr", "AC_nfe"] {
            sites += &number(id, "A", "Integer");
        }
        sites += &number("AF", "A", "Float");
        for id in ["AN", "AN_afr", "AN_nfe"] {
            sites += &number(id, "1", "Integer");
        }
        writeln!(self.sites, "{sites}{columns}")
    }

    fn finish(mut self) -> io::Result<()> {
        self.fasta.flush()?;
        self.gff.flush()?;
        self.genes.flush()?;
        for mut writer in [self.single, self.trio, self.sites] {
            writer.finish()?;
        }
        let panel = serde_json::json!({
            "id": 1, "name": "Generated panel", "disease_group": "", "disease_sub_group": "", "status": "public",
            "version": "1.0", "version_created": "2026-01-15T10:00:00.000000Z", "signed_off": "2026-02-01",
            "relevant_disorders": [], "stats": {},
            "types": [{"name": "GMS signed-off", "slug": "gms-signed-off", "description": ""}],
            "genes": self.panel, "regions": [], "strs": []
        });
        fs::write(self.folder.join("panels/1_v1.0.json"), panel.to_string())?;
        fs::write(
            self.folder.join("directory.csv"),
            "Clinical indication ID,Test ID,Clinical Indication,Target/Genes,Test Method,Commissioning category,Specialist test group,Changes\n\
             R1,R1.1,Generated panel,Generated panel (1),WGS,Core,Core,No change\n\
             R2,R2.1,Gene agnostic,Trio gene agnostic or appropriate panels in singletons or duos,WGS,Core,Core,No change\n",
        )?;
        let heading =
            "referral\tparticipant\trole\tsex\taffected\tvcf\tvcf_sample\ttest_code\tmother\tfather\n";
        for (code, name) in [("R1.1", "panel"), ("R2.1", "agnostic")] {
            let single = format!("{heading}ONE\tKID\tproband\tfemale\tyes\tsingle.vcf.gz\tkid\t{code}\t\t\n");
            let trio = format!(
                "{heading}TRIO\tKID\tproband\tfemale\tyes\ttrio.vcf.gz\tkid\t{code}\tMUM\tDAD\n\
                 TRIO\tMUM\tmother\tfemale\tno\ttrio.vcf.gz\tmother\t\t\t\n\
                 TRIO\tDAD\tfather\tmale\tno\ttrio.vcf.gz\tfather\t\t\t\n"
            );
            fs::write(self.folder.join(format!("single-{name}.tsv")), single)?;
            fs::write(self.folder.join(format!("trio-{name}.tsv")), trio)?;
        }
        Ok(())
    }
}

fn complement(base: u8) -> u8 {
    match base {
        b'A' => b'T',
        b'C' => b'G',
        b'G' => b'C',
        _ => b'A',
    }
}

/// A green gene of the panel, as PanelApp writes it.
fn green(n: usize) -> serde_json::Value {
    serde_json::json!({
        "gene_data": {"alias": null, "biotype": "protein_coding", "hgnc_id": format!("HGNC:{n}"),
            "gene_symbol": format!("GENE{n}"), "hgnc_symbol": format!("GENE{n}"), "ensembl_genes": {}},
        "entity_type": "gene", "entity_name": format!("GENE{n}"), "confidence_level": "3", "penetrance": null,
        "mode_of_pathogenicity": null, "publications": [], "evidence": ["Expert Review Green"], "phenotypes": [],
        "mode_of_inheritance": "BOTH monoallelic and biallelic, autosomal or pseudoautosomal",
        "tags": [], "transcript": []
    })
}
