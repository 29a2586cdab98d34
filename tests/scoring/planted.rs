//! Faults planted in right results, one at a time: each is caught, named, and nothing else is blamed.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::copy::{Copy, entry, finding, place, take};
use super::{FAULTS, wrong};
use crate::world::{fault_results, results};

/// Plants a fault in a copy of the main results. Wrong must be these rows of the referral and no others, and their
/// lines must have these words.
fn caught(referral: &str, variants: &[&str], words: &[&str], plant: impl FnOnce(&Copy)) {
    let copy = Copy::of(results(), "samplesheet.tsv");
    plant(&copy);
    blamed(&copy, referral, variants, words);
}

fn blamed(copy: &Copy, referral: &str, variants: &[&str], words: &[&str]) {
    let run = copy.score().expect_code(1);
    let expected: BTreeSet<_> = variants.iter().map(|v| (referral.to_owned(), (*v).to_owned())).collect();
    assert_eq!(wrong(&run), expected, "{}", run.stdout);
    for line in run.stdout.lines().filter(|line| line.starts_with("wrong")) {
        assert!(words.iter().all(|word| line.contains(word)), "{words:?} in {line}");
    }
    assert!(run.stdout.lines().last().unwrap().ends_with("rows right"), "{}", run.stdout);
}

/// Changes what a report says of one variant, whose row must then be wrong.
fn changed(referral: &str, variant: &str, words: &[&str], change: impl FnOnce(&mut Value)) {
    caught(referral, &[variant], words, |copy| copy.report(referral, |r| change(finding(r, variant))));
}

const STOP: &str = "chr1-5824-C-A";
const MISSENSE: &str = "chr1-41831-A-T";
const NEW: &str = "chr2-32759-A-G";
const LONE: &str = "chr3-11331-C-A";
const MATERNAL: &str = "chr3-46546-C-T";
const PATERNAL: &str = "chr3-48327-C-A";
const GAP: &str = "chr1-131821-131995";
const ISODISOMY: &str = "chr2-50904-T-A";

#[test]
fn tiers() {
    changed("SIM001", STOP, &["expected TIER1, found TIER2", "report.json"], |f| {
        f["tier"]["tier"] = "TIER2".into()
    });
    changed("SIM002", MISSENSE, &["expected TIER2, found TIER1"], |f| f["tier"]["tier"] = "TIER1".into());
    changed("SIM019", "chr1-90651-C-T", &["expected TIER3, found untiered"], |f| {
        f["tier"]["tier"] = "untiered".into()
    });
    changed("SIM001", STOP, &["TIER0"], |f| f["tier"]["tier"] = "TIER0".into());
    changed("SIM003", LONE, &["expected untiered, found TIER3"], |f| f["tier"]["tier"] = "TIER3".into());
    // Raised to where a report begins, a decoy is two faults: of its row, and of what nobody planted.
    changed("SIM020", "chr1-95831-A-T", &["TIER2"], |f| f["tier"]["tier"] = "TIER2".into());
    let run = {
        let copy = Copy::of(results(), "samplesheet.tsv");
        copy.report("SIM020", |r| finding(r, "chr1-95831-A-T")["tier"]["tier"] = "TIER2".into());
        copy.score()
    };
    assert!(run.stdout.contains("at most TIER3") && run.stdout.contains("unplanned"), "{}", run.stdout);
}

#[test]
fn what_is_there_and_what_is_not() {
    caught("SIM003", &[NEW], &["not in the report"], |copy| copy.report("SIM003", |r| drop(take(r, NEW))));
    caught("SIM003", &[LONE], &["not listed"], |copy| copy.report("SIM003", |r| drop(take(r, LONE))));
    let other = "chr1-99999-A-T";
    for tier in ["TIER1", "TIER2"] {
        caught("SIM001", &[other], &["unplanned", tier], |copy| {
            copy.report("SIM001", |r| {
                let mut extra = finding(r, STOP).clone();
                extra["variant"]["name"] = other.into();
                extra["tier"]["tier"] = tier.into();
                r["findings"].as_array_mut().unwrap().push(extra);
            });
        });
    }
    // Twice, or for a gene nearby as well.
    caught("SIM001", &[STOP], &["unplanned"], |copy| {
        copy.report("SIM001", |r| {
            let again = finding(r, STOP).clone();
            r["findings"].as_array_mut().unwrap().push(again);
        });
    });
    // A Tier 1 finding where nobody looks.
    caught("SIM001", &[STOP], &["among the findings"], |copy| {
        copy.report("SIM001", |r| {
            let hidden = take(r, STOP);
            r["untiered"].as_array_mut().unwrap().push(hidden);
        });
    });
    caught("SIM001", &[STOP], &["headline"], |copy| {
        copy.report("SIM001", |r| r["headline"]["sentence"] = "No variant was found.".into());
    });
}

#[test]
fn names_genes_and_consequences() {
    changed("SIM001", STOP, &["c.275C>A", "c.275C>T"], |f| {
        f["nomenclature"]["coding"] = "ENST99000000200.12:c.275C>T".into();
    });
    changed("SIM001", STOP, &["p.(Ser92Ter)", "p.(Ser92Tyr)"], |f| {
        f["nomenclature"]["protein"] = "ENSP99000000200.1:p.(Ser92Tyr)".into();
    });
    changed("SIM021", "chr1-114950-A-AG", &["c.251_252insG"], |f| f["nomenclature"]["coding"] = Value::Null);
    changed("SIM001", STOP, &["stop_gained", "missense_variant"], |f| {
        f["consequence"]["terms"][0]["name"] = "missense_variant".into();
    });
    changed("SIM001", STOP, &["QEBA2", "OTHER1"], |f| f["gene"]["symbol"] = "OTHER1".into());
    // Two faults: of the row, and of a gene that the truth does not name.
    changed("SIM001", STOP, &["QEBA2"], |f| f["gene"]["hgnc_id"] = "HGNC:1".into());
    // Of a decoy, too, where it is reported.
    changed("SIM001", "chr2-12633-C-A", &["p.(Ser120Ter)"], |f| f["nomenclature"]["protein"] = Value::Null);
}

/// What a finding says of a mode.
fn mode<'v>(finding: &'v mut Value, mode: &str) -> &'v mut Value {
    finding["inheritance"].as_array_mut().unwrap().iter_mut().find(|i| i["mode"] == mode).unwrap()
}

fn without(finding: &mut Value, mode: &str) {
    finding["inheritance"].as_array_mut().unwrap().retain(|i| i["mode"] != mode);
}

#[test]
fn inheritance_and_phase() {
    changed("SIM001", STOP, &["autosomal_dominant: yes", "not listed"], |f| without(f, "autosomal_dominant"));
    changed("SIM001", STOP, &["found no"], |f| mode(f, "autosomal_dominant")["verdict"] = "no".into());
    changed("SIM002", MISSENSE, &["autosomal_dominant: possible", "found yes"], |f| {
        mode(f, "autosomal_dominant")["verdict"] = "yes".into();
    });
    changed("SIM003", NEW, &["autosomal_dominant: yes"], |f| without(f, "autosomal_dominant"));
    changed("SIM003", NEW, &["de_novo: yes", "possible"], |f| {
        mode(f, "de_novo")["verdict"] = "possible".into()
    });
    changed("SIM007", MATERNAL, &["from mother, not new"], |f| {
        f["inheritance"].as_array_mut().unwrap().push(json!({ "mode": "de_novo", "verdict": "possible" }));
    });
    changed("SIM007", MATERNAL, &["partner chr3-48327-C-A by trio", "[]"], |f| {
        mode(f, "compound_heterozygous")["partners"] = json!([]);
    });
    changed("SIM007", PATERNAL, &["by phase_set"], |f| {
        mode(f, "compound_heterozygous")["partners"][0]["phase"] = "phase_set".into();
    });
    caught("SIM016", &[ISODISOMY], &["a warning that names P01603, P01602, chr2"], |copy| {
        copy.report("SIM016", |r| r["input_checks"]["checks"] = json!([]));
    });
}

#[test]
fn people_and_samples() {
    // The mother's genotypes under the proband's name, and the other way round.
    changed("SIM007", MATERNAL, &["P00702 heterozygous"], |f| {
        let (mother, father) = (f["genotypes"][1]["zygosity"].clone(), f["genotypes"][2]["zygosity"].clone());
        f["genotypes"][1]["zygosity"] = father;
        f["genotypes"][2]["zygosity"] = mother;
    });
    changed("SIM006", "chr2-62571-GT-G", &["P00609 heterozygous"], |f| {
        f["genotypes"][0]["zygosity"] = "heterozygous".into();
    });
    changed("SIM014", "chrM-2462-G-A", &["86%", "18%", "68%"], |f| {
        f["genotypes"][0]["fraction"] = json!(0.68)
    });
    let all = [NEW, "chr2-39673-C-A", LONE];
    caught("SIM003", &all, &["LP9003-DNA_A", "LP9003-DNA_C", "report.json"], |copy| {
        copy.report("SIM003", |r| {
            let members = &mut r["referral"]["members"];
            let (own, other) = (members[0]["files"].clone(), members[1]["files"].clone());
            members[0]["files"] = other;
            members[1]["files"] = own;
        });
    });
    caught("SIM003", &all, &["proband P00303"], |copy| {
        copy.report("SIM003", |r| r["referral"]["members"][0]["participant"] = "P00301".into());
    });
    caught("SIM003", &all, &["tests R9001.1", "tests R9002.1"], |copy| {
        copy.report("SIM003", |r| r["referral"]["tests"][0]["code"] = "R9002.1".into());
    });
}

#[test]
fn coverage_gaps() {
    for change in [
        (|coverage: &mut Value| coverage["content"]["gaps"] = json!([])) as fn(&mut Value),
        |coverage: &mut Value| coverage["content"]["gaps"][0]["end"] = json!(131_900),
        |coverage: &mut Value| coverage["content"]["gaps"][0]["minimum_depth"] = json!(30),
        |coverage: &mut Value| *coverage = json!({ "state": "not_evaluable", "content": {} }),
    ] {
        caught("SIM024", &[GAP], &["a gap of P02401 in QAMA4", "no such gap"], |copy| {
            copy.report("SIM024", |r| change(&mut r["coverage"]["participants"][1]["coverage"]));
        });
    }
    caught("SIM024", &[GAP], &["a gap of P02403 in QAMA4", "no such gap"], |copy| {
        copy.report("SIM024", |r| r["coverage"]["participants"] = json!([]));
    });
}

#[test]
fn folders_and_digests() {
    let all: &[&str] = &["chr3-28333-A-C", "chr3-40614-A-T"];
    let all = |words: &[&str], plant: &dyn Fn(&Copy)| caught("SIM005", all, words, plant);
    all(&["a folder of results, found none", "SIM005"], &|copy| {
        fs::remove_dir_all(copy.path("SIM005")).unwrap();
    });
    all(&["the mark of a finished referral", "DONE.json"], &|copy| {
        fs::remove_file(copy.path("SIM005/DONE.json")).unwrap();
    });
    all(&["the mark of a finished referral"], &|copy| fs::write(copy.path("SIM005/DONE.json"), "{").unwrap());
    all(&["the digest of report.json"], &|copy| {
        let mut done = copy.json("SIM005/DONE.json");
        done["outputs"].as_object_mut().unwrap().remove("report.json");
        copy.write("SIM005/DONE.json", &done);
    });
    for name in ["report.json", "report.html", "plan.json"] {
        let file = format!("SIM005/{name}");
        all(&["BLAKE3", name], &|copy| {
            let mut bytes = fs::read(copy.path(&file)).unwrap();
            bytes.push(b'\n');
            fs::write(copy.path(&file), bytes).unwrap();
        });
        all(&["the file that DONE.json lists", name], &|copy| fs::remove_file(copy.path(&file)).unwrap());
    }
    all(&["it cannot be read", "report.json"], &|copy| {
        let bytes = fs::read(copy.path("SIM005/report.json")).unwrap();
        fs::write(copy.path("SIM005/report.json"), &bytes[..bytes.len() / 2]).unwrap();
        copy.sign("SIM005");
    });
    // Another referral's report: nothing of it is right, and its own finding is nobody's here.
    let rows = ["chr3-28333-A-C", "chr3-40614-A-T", "chr2-62571-GT-G"];
    caught("SIM005", &rows, &["SIM005/report.json"], |copy| {
        fs::copy(copy.path("SIM006/report.json"), copy.path("SIM005/report.json")).unwrap();
        copy.sign("SIM005");
    });
}

#[test]
fn the_summary_of_the_batch() {
    let all: &[&str] = &["chr3-28333-A-C", "chr3-40614-A-T"];
    let all = |words: &[&str], change: &dyn Fn(&mut Value)| {
        caught("SIM005", all, words, |copy| copy.batch(change));
    };
    all(&["SIM005 done", "failed: no disk"], &|b| {
        entry(b, "SIM005")["state"] = json!({ "state": "failed", "message": "no disk", "remedy": "buy one" });
    });
    all(&["SIM005 done", "not_run"], &|b| {
        entry(b, "SIM005")["state"] = json!({ "state": "not_run", "message": "" })
    });
    all(&["1 in TIER2", "found 0"], &|b| entry(b, "SIM005")["state"]["tiers"]["tier_2"] = json!(0));
    all(&["no entry of it"], &|b| b["referrals"].as_array_mut().unwrap().retain(|e| e["id"] != "SIM005"));
    all(&["more than one entry of it"], &|b| {
        let again = entry(b, "SIM005").clone();
        b["referrals"].as_array_mut().unwrap().push(again);
    });
    caught("SIM999", &["unplanned"], &["the truth does not know this referral"], |copy| {
        copy.batch(|b| {
            let mut other = entry(b, "SIM005").clone();
            other["id"] = "SIM999".into();
            b["referrals"].as_array_mut().unwrap().push(other);
        });
    });
    caught("SIM999", &["unplanned"], &["the truth does not know this referral"], |copy| {
        fs::create_dir(copy.path("SIM999")).unwrap();
    });
}

#[test]
fn referrals_that_must_fail() {
    let caught = |words: &[&str], plant: &dyn Fn(&Copy)| {
        let copy = Copy::of(fault_results(), FAULTS);
        plant(&copy);
        blamed(&copy, "FAULT08", &["failed"], words);
    };
    let done =
        entry(&mut Copy::of(results(), "samplesheet.tsv").json("batch.json"), "SIM005")["state"].clone();
    caught(&["FAULT08 failed, found done"], &|copy| {
        copy.batch(|b| entry(b, "FAULT08")["state"] = done.clone())
    });
    caught(&["a folder of results"], &|copy| fs::create_dir(copy.path("FAULT08")).unwrap());
    caught(&["no entry of it"], &|copy| {
        copy.batch(|b| b["referrals"].as_array_mut().unwrap().retain(|e| e["id"] != "FAULT08"));
    });
    caught(&["another build", "no memory"], &|copy| {
        copy.batch(|b| entry(b, "FAULT08")["state"]["message"] = "no memory".into());
    });
    caught(&["another build"], &|copy| copy.batch(|b| entry(b, "FAULT08")["state"]["remedy"] = "".into()));
    // Held against the main samplesheet, results of the other one lack everything.
    let copy = Copy::of(fault_results(), "samplesheet.tsv");
    let run = copy.score().expect_code(1);
    assert_eq!(wrong(&run).len(), 49, "{}", run.stdout);
    assert!(run.stdout.ends_with("11 of 60 rows right\n"), "{}", run.stdout);
}

#[test]
fn a_place_is_found_in_every_list() {
    let copy = Copy::of(results(), "samplesheet.tsv");
    assert_eq!(place(&copy.json("SIM001/report.json"), STOP).0, "findings");
    assert_eq!(place(&copy.json("SIM003/report.json"), LONE).0, "single_hits");
    assert_eq!(place(&copy.json("SIM019/report.json"), "chr1-90651-C-T").0, "off_panel");
    assert_eq!(place(&copy.json("SIM003/report.json"), "chr2-39673-C-A").0, "untiered");
}
