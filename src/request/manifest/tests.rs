use super::*;

const EPIC: &str = "Batch 23NGCEN4\n\
    Re-analysis Specimen ID;Re-analysis Instrument ID;Specimen ID;Instrument ID;Sequencing Run Name;Batch ID;\
    Specimen Type;Order ID;Priority;Test;Sex;Patient Age;Family #;Test Codes\n\
    ;;23143R0055;123171063;run;b;Blood;1;STAT;t;F;9;;R208.1, , R216.1, , \n\
    24001R0001;555;23143R0056;123171064;run;b;Blood;1;Routine;t;M;9;;_HGNC:795\n\
    ;;23143R0057;;run;b;Blood;1;Routine;t;M;9;;R1.1\n\
    ;;23143R0058;123171066;run;b;Blood;1;Routine;t;M;9;;R1.1\n\
    ;;23143/0059;123171067;run;b;Blood;1;Routine;t;M;9;;R1.1\n";

fn read(format: &str, manifest: &str, files: &[&str]) -> Result<Samplesheet, SamplesheetError> {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        std::fs::write(folder.path().join(file), "").unwrap();
    }
    let path = folder.path().join("manifest.txt");
    std::fs::write(&path, manifest).unwrap();
    ManifestFormat::named(format).unwrap().read(&path, folder.path())
}

#[test]
fn an_epic_manifest_is_read_and_bad_rows_fail_alone() {
    let files = [
        "123171063-23143R0055-23NGCEN4-9527-F-99347387_markdup.vcf.gz",
        "123171063-23143R0055-23NGCEN4-9527-F-99347387_markdup.vcf.gz.tbi",
        "555-24001R0001.vcf",
        "123171066-23143R0058-odd.vcf.gz",
    ];
    let sheet = read("epic", EPIC, &files).unwrap();
    let done: Vec<_> = sheet.referrals.iter().flatten().collect();
    assert_eq!(done.len(), 2, "{:#?}", sheet.referrals);
    assert_eq!(
        (done[0].id.as_str(), done[0].line, done[0].priority.as_str()),
        ("123171063-23143R0055", 3, "urgent")
    );
    let codes: Vec<&str> = done[0].test_codes.iter().map(|code| code.0.as_str()).collect();
    assert_eq!(codes, ["R208.1", "R216.1"]);
    assert!(done[0].family.proband().vcf.as_ref().unwrap().ends_with(files[0]));
    // The sample that is analysed again goes before the new one.
    assert_eq!((done[1].id.as_str(), done[1].test_codes[0].0.as_str()), ("555-24001R0001", "HGNC:795"));
    let faults: Vec<String> =
        sheet.referrals.iter().filter_map(|entry| entry.as_ref().err().map(ToString::to_string)).collect();
    assert_eq!(faults.len(), 3, "{faults:#?}");
    assert!(
        faults[0].contains("line 5") && faults[0].contains("a part of its name is empty"),
        "{}",
        faults[0]
    );
    assert!(faults[1].contains("line 7") && faults[1].contains("is not of the form"), "{}", faults[1]);
    assert!(faults[2].contains("line 6") && faults[2].contains("{batch}-{test}"), "{}", faults[2]);
}

#[test]
fn a_gemini_manifest_joins_the_rows_of_a_sample() {
    let manifest = "X223206\tR134.1_Familial hypercholesterolaemia_P\nX223206\tR1.1_Heart, early, or late_P,R2.1_Eye_G\n\
                    X9\tC1.1_Ours_P\nY9\tR1.1\n";
    let sheet = read("gemini", manifest, &["X223206_x.vcf.gz", "X9.a.vcf", "X9.b.vcf"]).unwrap();
    let first = sheet.referrals[0].as_ref().unwrap();
    let codes: Vec<&str> = first.test_codes.iter().map(|code| code.0.as_str()).collect();
    assert_eq!((codes, first.line), (vec!["R134.1", "R1.1", "R2.1"], 1));
    let faults: Vec<String> =
        sheet.referrals[1..].iter().map(|e| e.as_ref().unwrap_err().to_string()).collect();
    assert!(faults[0].contains("line 4") && faults[1].contains("X9 has 2 variant files"), "{faults:#?}");
}

#[test]
fn what_is_no_manifest_of_the_format_is_refused() {
    assert!(
        read("epic", "a;b\nc;d\n", &[])
            .unwrap_err()
            .to_string()
            .contains("no column 'Re-analysis Instrument ID'")
    );
    assert!(read("gemini", "", &[]).unwrap_err().to_string().contains("no row"));
    assert!(ManifestFormat::named("other").unwrap_err().contains("epic, gemini, seglh"));
}

#[test]
fn a_south_east_name_says_who_is_who() {
    let name = "NGS123_12_382398_P9392B_JD_M_VCP0R33_Pan0000_RJZ";
    let sheet = read("seglh", &format!("{name}\tR1.1\n"), &[&format!("{name}_S12_R1_001.vcf.gz")]).unwrap();
    assert_eq!(sheet.referrals[0].as_ref().unwrap().id, name);
    let sheet = read("seglh", "NGS123_12_382398\tR1.1\n", &[]).unwrap();
    assert!(sheet.referrals[0].as_ref().unwrap_err().to_string().contains("is not of the form"));
}

#[test]
fn rows_and_names_that_contradict_each_other_fail_their_sample() {
    let heading = EPIC.split_inclusive('\n').take(2).collect::<String>();
    let row = |priority: &str, sex: &str| {
        format!(";;23143R0055;123171063;run;b;Blood;1;{priority};t;{sex};9;;R1.1\n")
    };
    let fault = |manifest: String, files: &[&str]| {
        let sheet = read("epic", &manifest, files).unwrap();
        assert!(sheet.referrals.iter().all(Result::is_err), "{:#?}", sheet.referrals);
        sheet.referrals[0].as_ref().unwrap_err().to_string()
    };
    let plain = ["123171063-23143R0055.vcf"];
    let said = fault(heading.clone() + &row("STAT", "F") + &row("STAT", "M"), &plain);
    assert!(said.contains("line 3") && said.contains("line 4"), "{said}");
    let in_name = ["123171063-23143R0055-23NGCEN4-9527-M-99347387.vcf.gz"];
    let said = fault(heading.clone() + &row("STAT", "F"), &in_name);
    assert!(said.contains("correct the wrong one"), "{said}");
    let agreed = read("epic", &(heading + &row("STAT", "F") + &row("STAT", "F")), &plain).unwrap();
    assert!(agreed.referrals.len() == 1 && agreed.referrals[0].is_ok(), "{:#?}", agreed.referrals);
}

#[test]
fn a_south_east_name_is_whole_or_refused_and_gives_the_sex() {
    let good = "NGS123_12_382398_P9392B_JD_M_VCP0R33_Pan0000_RJZ";
    let bad = "NGS123_12_38_P9392B_JD_X_VCP0R33_foo_RJZ";
    let manifest = format!("{good}\tR1.1\n{bad}\tR1.1\n");
    let files = [format!("{good}.vcf.gz"), format!("{bad}.vcf.gz")];
    let sheet = read("seglh", &manifest, &[&files[0], &files[1]]).unwrap();
    let done: Vec<_> = sheet.referrals.iter().flatten().collect();
    assert_eq!(done.len(), 1, "{:#?}", sheet.referrals);
    assert_eq!(done[0].family.proband().sex, crate::model::participant::Sex::Male);
}
