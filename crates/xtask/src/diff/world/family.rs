//! The families of a world as `inheritance` asks for them: pedigree files, genes and pseudoautosomal regions.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};

/// The members of one referral, from the samplesheet.
pub struct Referral {
    members: Vec<Member>,
}

struct Member {
    participant: String,
    sample: String,
    file: String,
    mother: String,
    father: String,
    sex: &'static str,
    affection: &'static str,
}

/// Referrals of the world's samplesheet; none where it has no such columns.
pub fn referrals(place: &Path) -> Result<Vec<Referral>> {
    let sheet = place.join("world/samplesheet.tsv");
    let text = fs::read_to_string(&sheet).with_context(|| sheet.display().to_string())?;
    Ok(read(&text))
}

fn read(sheet: &str) -> Vec<Referral> {
    let mut lines = sheet.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut referrals: Vec<(String, Referral)> = Vec::new();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let row: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            let column = header.iter().position(|other| *other == name);
            column.and_then(|column| row.get(column)).copied().unwrap_or_default()
        };
        let id = cell("referral").to_owned();
        let member = Member {
            participant: cell("participant").to_owned(),
            sample: cell("vcf_sample").to_owned(),
            file: cell("vcf").to_owned(),
            mother: cell("mother").to_owned(),
            father: cell("father").to_owned(),
            sex: code(cell("sex"), &[("male", "1"), ("female", "2")]),
            affection: code(cell("affected"), &[("no", "1"), ("yes", "2")]),
        };
        match referrals.iter_mut().find(|(other, _)| *other == id) {
            Some((_, referral)) => referral.members.push(member),
            None => referrals.push((id, Referral { members: vec![member] })),
        }
    }
    referrals.into_iter().map(|(_, referral)| referral).collect()
}

/// The number that a pedigree file has for a word; 0 is not known.
fn code(word: &str, codes: &[(&str, &'static str)]) -> &'static str {
    codes.iter().find(|(other, _)| *other == word).map_or("0", |(_, code)| code)
}

impl Referral {
    /// The family's variant files, each once.
    pub fn files(&self) -> Vec<&str> {
        let mut files: Vec<&str> = self.members.iter().map(|member| member.file.as_str()).collect();
        files.retain(|file| !file.is_empty());
        files.sort_unstable();
        files.dedup();
        files
    }

    /// The pedigree file to one variant file: its samples by their names there, the others by participant.
    pub fn pedigree(&self, file: &str) -> String {
        let name = |member: &Member| match member.file == file && !member.sample.is_empty() {
            true => member.sample.clone(),
            false => member.participant.clone(),
        };
        let named = |participant: &str| {
            let found = self.members.iter().find(|member| member.participant == participant);
            found.map_or_else(|| "0".to_owned(), name)
        };
        let row = |member: &Member| {
            let (father, mother) = (named(&member.father), named(&member.mother));
            format!("FAMILY\t{}\t{father}\t{mother}\t{}\t{}\n", name(member), member.sex, member.affection)
        };
        self.members.iter().map(row).collect()
    }
}

/// The option that names the pseudoautosomal regions of the world's manifest; nothing where it has none.
pub fn pseudoautosomal(place: &Path) -> Result<Vec<String>> {
    let manifest = place.join("world/reference/reference.toml");
    let text = fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())?;
    let manifest: toml::Table = text.parse().with_context(|| manifest.display().to_string())?;
    let Some(regions) = manifest.get("pseudoautosomal").and_then(toml::Value::as_table) else {
        return Ok(Vec::new());
    };
    let mut bed = String::new();
    for (contig, name) in [("x", "chrX"), ("y", "chrY")] {
        let list = regions.get(contig).and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for region in list.iter().filter_map(toml::Value::as_str) {
            let (first, last) = region.split_once('-').context("a region is FIRST-LAST")?;
            bed.push_str(&line(name, first, last, "PAR")?);
        }
    }
    fs::write(place.join("pseudoautosomal.bed"), bed)?;
    Ok(vec!["--pseudoautosomal".to_owned(), "pseudoautosomal.bed".to_owned()])
}

/// The option that names the genes of the world's transcripts; nothing where they are not GFF3.
pub fn gene_groups(place: &Path) -> Result<Vec<String>> {
    let file = place.join("world/reference/transcripts.ensembl.gff3.gz");
    if !file.exists() {
        return Ok(Vec::new());
    }
    let mut text = String::new();
    let packed = fs::File::open(&file).with_context(|| file.display().to_string())?;
    flate2::read::MultiGzDecoder::new(packed).read_to_string(&mut text)?;
    fs::write(place.join("genes.bed"), genes(&text)?)?;
    Ok(vec!["--groups".to_owned(), "genes.bed".to_owned()])
}

fn genes(gff3: &str) -> Result<String> {
    let mut bed = String::new();
    for row in gff3.lines().map(|line| line.split('\t').collect::<Vec<_>>()) {
        if let [contig, _, "gene", first, last, .., attributes] = row.as_slice()
            && let Some(name) = attributes.split(';').find_map(|attribute| attribute.strip_prefix("Name="))
        {
            bed.push_str(&line(contig, first, last, name)?);
        }
    }
    Ok(bed)
}

/// A line of a BED file from 1-based positions, both included.
fn line(contig: &str, first: &str, last: &str, name: &str) -> Result<String> {
    let first: u64 = first.parse().with_context(|| format!("'{first}' is not a position"))?;
    Ok(format!("{contig}\t{}\t{last}\t{name}\n", first.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "referral\tparticipant\tsex\taffected\tvcf\tvcf_sample\tmother\tfather\n\
        R\tP3\tmale\tyes\tf/a.vcf.gz\tS3\tP1\tP2\n\
        R\tP1\tfemale\tno\tf/b.vcf.gz\tS1\t\t\n\
        R\tP2\tmale\t\t\t\t\t\n";

    #[test]
    fn a_pedigree_has_the_names_of_its_file() {
        let [referral] = read(SHEET).try_into().ok().unwrap();
        assert_eq!(referral.files(), ["f/a.vcf.gz", "f/b.vcf.gz"]);
        let expected = "FAMILY\tS3\tP2\tP1\t1\t2\nFAMILY\tP1\t0\t0\t2\t1\nFAMILY\tP2\t0\t0\t1\t0\n";
        assert_eq!(referral.pedigree("f/a.vcf.gz"), expected);
        let expected = "FAMILY\tP3\tP2\tS1\t1\t2\nFAMILY\tS1\t0\t0\t2\t1\nFAMILY\tP2\t0\t0\t1\t0\n";
        assert_eq!(referral.pedigree("f/b.vcf.gz"), expected);
    }

    #[test]
    fn genes_become_regions() {
        let gff3 = "#x\n1\te\tgene\t11\t20\t.\t+\t.\tID=g;Name=Q\n1\te\tmRNA\t11\t20\t.\t+\t.\tName=T\n";
        assert_eq!(genes(gff3).unwrap(), "1\t10\t20\tQ\n");
    }
}
