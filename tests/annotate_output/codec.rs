//! Our own BCF against bcftools: what we encode it reads, what it encodes we read.

use std::fs;
use std::io::Write;
use std::path::Path;

use ithaca::read::variants::bcf::line::Names;
use ithaca::write::bcf::encode::{Encoder, Workspace};
use ithaca::write::bgzf::{END_OF_FILE, Sheet};
use ithaca::write::header::HeaderLines;

use super::bcftools;

/// Every kind of value, present, missing and cut short, and numbers at the edges of each width.
const VALUES: &str = "##fileformat=VCFv4.2\n\
    ##FILTER=<ID=PASS,Description=\"All filters passed\">\n##FILTER=<ID=q1,Description=\"q, \\\"1\\\"\">\n\
    ##FILTER=<ID=DP,Description=\"shares its name\">\n\
    ##INFO=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n##INFO=<ID=IV,Number=.,Type=Integer,Description=\"d\">\n\
    ##INFO=<ID=FV,Number=.,Type=Float,Description=\"d\">\n##INFO=<ID=FL,Number=0,Type=Flag,Description=\"d\">\n\
    ##INFO=<ID=ST,Number=.,Type=String,Description=\"d\">\n##INFO=<ID=CH,Number=1,Type=Character,Description=\"d\">\n\
    ##INFO=<ID=END,Number=1,Type=Integer,Description=\"d\">\n\
    ##FORMAT=<ID=GT,Number=1,Type=String,Description=\"d\">\n##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n\
    ##FORMAT=<ID=AD,Number=R,Type=Integer,Description=\"d\">\n##FORMAT=<ID=AF,Number=A,Type=Float,Description=\"d\">\n\
    ##FORMAT=<ID=FT,Number=1,Type=String,Description=\"d\">\n\
    ##contig=<ID=1,length=1000000>\n##contig=<ID=HLA-A*01:01,length=3503>\n\
    #CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ts1\ts2\ts3\n\
    1\t1\trs1;rs2\tA\tC\t30\tPASS\tDP=127;IV=-120,127;FL\tGT:DP:AD:AF:FT\t0/1:127:1,2:0.5:PASS\t1|1:128:3,4:1e-07:q1;q2\t./.:.:.:.:.\n\
    1\t2\t.\tAC\tA,ACC,<DEL>\t.\t.\tDP=128;IV=-121,.;FV=0.1,1e-05,123456,1234567,-0.00012345\tGT:AD\t0/3:1,2,3,4\t2|1\t.\n\
    1\t3\t.\tN\t.\t0.1\tq1\tIV=32767,-32760;ST=a,b=c%3B;CH=x\tGT:DP\t0:32768\t0|0|0:-32761\t0/1/.:7\n\
    1\t4\t.\tA\tG\t1e+06\tq1;DP\tIV=2147483647,-2147483640;END=900;FV=.\tDP\t.\t1\t2147483647\n\
    1\t5\t.\tA\tC\t99.99\tDP\t.\t.\t.\t.\t.\n\
    1\t6\t.\tA\tC\t5\t.\tDP=.;ST=.;FL\tGT:FT:AF\t0/1:.:.\t1:x\t0|1:yy:0.25\n\
    HLA-A*01:01\t3503\tlong-identifier-of-more-than-fifteen-bytes\tA\t*\t3\tPASS\tST=ttttttttttttttttttttttttttttttttttttttttt\tGT\t0/1\t0/0\t0|.\n";

fn encoded(vcf: &[u8], to: &Path) {
    let at = vcf.windows(7).position(|w| w == b"\n#CHROM").unwrap() + 1;
    let end = at + vcf[at..].iter().position(|b| *b == b'\n').unwrap() + 1;
    let mut header = HeaderLines::new(&vcf[..end]);
    let encoder = Encoder::new(&header.number(), header.samples());
    let mut sheet = Sheet::new(true);
    sheet.open().extend(ithaca::write::bcf::header(&header.text()));
    let mut work = Workspace::default();
    for line in vcf[end..].split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
        encoder
            .push(sheet.open(), line, &mut work)
            .unwrap_or_else(|e| panic!("{}: {e}", String::from_utf8_lossy(line)));
        sheet.settle().unwrap();
    }
    let mut file = fs::File::create(to).unwrap();
    file.write_all(&sheet.finish().unwrap()).unwrap();
    file.write_all(&END_OF_FILE).unwrap();
}

pub(super) fn decoded(bcf: &Path) -> String {
    let bytes = fs::read(bcf).unwrap();
    let (data, _) = ithaca::read::bgzf::inflate(&bytes, Vec::new()).unwrap();
    let (text, start) = ithaca::read::variants::bcf::header_text(&data, bcf).unwrap().unwrap();
    let mut header = HeaderLines::new(text);
    let numbers = header.number();
    let strings = numbers.strings.iter().map(|(name, number)| (*number, name.clone())).collect();
    let names = Names { strings, samples: header.samples() };
    let contigs: std::collections::BTreeMap<usize, &String> =
        numbers.contigs.iter().map(|(name, number)| (*number, name)).collect();
    let mut out = Vec::new();
    let mut rest = &data[start..];
    while !rest.is_empty() {
        let word = |at: usize| u32::from_le_bytes(rest[at..at + 4].try_into().unwrap()) as usize;
        let (record, after) = rest.split_at(8 + word(0) + word(4));
        names.push_line(&mut out, record, contigs[&word(8)].as_bytes()).unwrap();
        out.push(b'\n');
        rest = after;
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn bcftools_and_we_read_each_others_bcf_alike() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (vcf, ours, theirs) = (at("in.vcf"), at("ours.bcf"), at("theirs.bcf"));
    fs::write(&vcf, VALUES).unwrap();
    encoded(VALUES.as_bytes(), &ours);
    let [vcf, ours_path, theirs_path] = [&vcf, &ours, &theirs].map(|p| p.to_str().unwrap());
    let Some(expected) = bcftools(&["view", "-H", vcf]) else { return };
    assert_eq!(bcftools(&["view", "-H", ours_path]).unwrap(), expected);
    let header = |path| bcftools(&["view", "--no-version", "-h", path]).unwrap();
    assert_eq!(header(ours_path), header(vcf));
    bcftools(&["view", "-Ob", "--no-version", "-o", theirs_path, vcf]).unwrap();
    assert_eq!(decoded(&theirs), expected);
    assert_eq!(decoded(&ours), expected);
    bcftools(&["index", ours_path]).unwrap();
    let one = bcftools(&["view", "-H", ours_path, "1:500-600"]).unwrap();
    assert_eq!(one.lines().count(), 1, "the record that reaches to END=900 is found by the index");
}

#[test]
fn the_specifications_own_files_survive_the_round_trip() {
    let Some(folder) = crate::shared_data::need("hts-specs-vcf") else { return };
    if bcftools(&["--version"]).is_none() {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let ours = scratch.path().join("ours.bcf");
    let (mut compared, mut waiting) = (0, vec![folder]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "failed") {
                    waiting.push(path);
                }
                continue;
            }
            if path.extension().is_none_or(|e| e != "vcf") || !is_declared(&path) {
                continue;
            }
            let expected = std::process::Command::new("bcftools").args(["view", "-H"]).arg(&path).output();
            let expected = expected.unwrap();
            if !expected.status.success() {
                continue;
            }
            encoded(&fs::read(&path).unwrap(), &ours);
            let expected = String::from_utf8_lossy(&expected.stdout).into_owned();
            assert_eq!(
                bcftools(&["view", "-H", ours.to_str().unwrap()]).unwrap(),
                expected,
                "{}",
                path.display()
            );
            compared += 1;
        }
    }
    assert!(compared > 0);
}

/// True where everything that the records name is declared, and the version is one that bcftools knows.
fn is_declared(path: &Path) -> bool {
    let Ok(output) = std::process::Command::new("bcftools").args(["view", "-H"]).arg(path).output() else {
        return false;
    };
    output.stderr.is_empty() && !fs::read(path).unwrap().starts_with(b"##fileformat=VCFv4.4")
}
