//! Samplesheets, good and bad.

use super::*;
use crate::model::participant::{Affection, Role};

fn parse(text: &str) -> Samplesheet {
    Samplesheet::parse(text.as_bytes(), Path::new("batch/sheet.tsv")).unwrap()
}

fn only_error(text: &str) -> String {
    let sheet = parse(text);
    let errors: Vec<_> = sheet.referrals.iter().filter_map(|r| r.as_ref().err()).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors[0].to_string()
}

const HEAD: &str = "referral\tparticipant\trole\tsex\taffected\tvcf\tvcf_sample\talignments\ttest_code\thpo\tpriority\tmother\tfather\tpanels\tpenetrance\n";

#[test]
fn a_trio_with_every_column() {
    let sheet = parse(&format!(
        "{HEAD}R1\tP\tproband\tfemale\tyes\tf/t.vcf.gz\tS1\tf/P.bam\tR59.3;R27\tHP:0001250\turgent\tM\tF\t285;12\tincomplete\n\
         R1\tM\tmother\tfemale\tno\tf/t.vcf.gz\tS2\t\t\t\t\t\t\t\t\n\
         R1\tF\tfather\tmale\tno\tf/t.vcf.gz\tS3\t\t\t\t\t\t\t\t\n"
    ));
    let referral = sheet.referrals[0].as_ref().unwrap();
    let proband = referral.family.proband();
    assert_eq!((proband.mother, proband.father), (Some(1), Some(2)));
    assert_eq!(referral.test_codes.len(), 2);
    assert_eq!((referral.panels.as_slice(), referral.line), ([285, 12].as_slice(), 2));
    assert_eq!(referral.penetrance, crate::model::panel::Penetrance::Incomplete);
    assert_eq!(proband.vcf.as_deref(), Some(Path::new("f/t.vcf.gz")), "as written");
    assert_eq!(sheet.resolve(Path::new("f/t.vcf.gz")), Path::new("batch/f/t.vcf.gz"));
    assert_eq!(sheet.resolve(Path::new("/data/t.vcf.gz")), Path::new("/data/t.vcf.gz"));
    assert!(sheet.warnings.is_empty(), "{:?}", sheet.warnings);
}

#[test]
fn csv_with_bom_crlf_quotes_unknown_columns_and_few_columns() {
    let text = "\u{feff}Referral,Participant,VCF,\"Test code\",ward\r\nR1,P,\"a,b.vcf\",R59.3,\"7, \"\"north\"\"\"\r\n\r\n";
    let sheet = parse(text);
    let referral = sheet.referrals[0].as_ref().unwrap();
    assert_eq!(referral.family.proband().vcf.as_deref(), Some(Path::new("a,b.vcf")));
    assert_eq!(referral.family.proband().affection, Affection::Affected);
    assert_eq!(referral.priority, "routine");
    assert_eq!(sheet.warnings, ["columns not used: ward"]);
}

#[test]
fn parents_follow_from_roles_when_no_row_names_one() {
    let sheet = parse(
        "referral\tparticipant\trole\tvcf\nR1\tP\tproband\ta.vcf\nR1\tM\tmother\t\nR1\tF\tfather\t\nR1\tS\tsibling\t\n",
    );
    let family = &sheet.referrals[0].as_ref().unwrap().family;
    assert_eq!((family.members[0].mother, family.members[3].father), (Some(1), Some(2)));
    assert_eq!((family.members[1].sex, family.members[1].affection), (Sex::Female, Affection::Unknown));
    assert_eq!(family.members[3].affection, Affection::Unknown);
}

#[test]
fn the_proband_is_the_one_with_parents_when_no_role_is_given() {
    let sheet = parse("referral\tparticipant\tvcf\tmother\nR1\tM\tm.vcf\t\nR1\tP\tp.vcf\tM\n");
    let family = &sheet.referrals[0].as_ref().unwrap().family;
    assert_eq!((family.proband, &family.members[0].role), (1, &Role::Mother));
    assert_eq!(family.members[0].sex, Sex::Female);
}

#[test]
fn each_bad_row_names_its_place_and_fails_its_referral_only() {
    let good = "OK\tP0\tproband\tmale\tyes\tok.vcf\t\t\tR1\t\t\t\t\t\t\n";
    let row = |r: &str, p: &str, role: &str, sex: &str, mother: &str, father: &str| {
        format!("{r}\t{p}\t{role}\t{sex}\t\tx.vcf\t\t\tR1\t\t\t{mother}\t{father}\t\t\n")
    };
    let cases = [
        (row("A", "P", "proband", "mal", "", ""), "line 3, column sex"),
        (
            row("A", "P", "proband", "", "", "") + &row("A", "P", "mother", "", "", ""),
            "line 4, column participant",
        ),
        (row("A", "P", "proband", "", "", "") + &row("A", "Q", "proband", "", "", ""), "line 4, column role"),
        (row("A", "P", "mother", "", "", "") + &row("A", "Q", "father", "", "", ""), "column role"),
        (row("A", "P", "proband", "", "nobody", ""), "line 3, column mother"),
        (row("A", "P", "proband", "", "", "D") + &row("A", "D", "aunt", "female", "", ""), "column father"),
        (
            row("A", "P", "proband", "", "M", "") + &row("A", "M", "mother", "male", "", ""),
            "line 4, column sex",
        ),
        (row("A", "../P", "proband", "", "", ""), "line 3, column participant"),
        (row("../A", "P", "proband", "", "", ""), "line 3, column referral: \"../A\""),
        (row("NUL", "P", "proband", "", "", ""), "referral line-3"),
        (row("", "P", "proband", "", "", ""), "is empty"),
        (row("A", "P", "proband", "", "Q", "") + &row("A", "Q", "", "", "P", ""), "ancestor"),
        ("A\tP\tproband\t\t\t\t\t\tR1\t\t\t\t\t\t\n".to_owned(), "no participant has a VCF"),
        ("A\tP\tproband\t\tmaybe\tx.vcf\n".to_owned(), "column affected"),
        ("A\tP\tproband\t\t\tx.vcf\t\t\tR1\tfits\n".to_owned(), "column hpo"),
        ("A\tP\tproband\t\t\t\tS1\n".to_owned(), "column vcf_sample"),
    ];
    for (rows, expected) in cases {
        let error = only_error(&format!("{HEAD}{good}{rows}"));
        assert!(
            error.contains(&expected.replace('"', "")) && error.contains("sheet.tsv"),
            "{rows:?}: {error}"
        );
        let sheet = parse(&format!("{HEAD}{good}{rows}"));
        assert!(sheet.referrals[0].is_ok());
    }
}

#[test]
fn one_participant_with_two_sexes_fails_each_referral_that_names_them() {
    let sheet =
        parse("referral\tparticipant\tsex\tvcf\nA\tP\tmale\ta.vcf\nB\tP\tfemale\ta.vcf\nC\tQ\tmale\tc.vcf\n");
    assert_eq!(sheet.referrals.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, false, true]);
    assert!(sheet.referrals[0].as_ref().unwrap_err().to_string().contains("line 3 and male on line 2"));
}

#[test]
fn files_that_are_no_samplesheet_are_refused_whole() {
    for (bytes, word) in [
        (b"".as_slice(), "empty"),
        (b"referral\tparticipant\n", "no rows"),
        (b"name\tfile\nA\tB\n", "no column referral"),
        (b"referral\tparticipant\treferral\nA\tB\tC\n", "two columns"),
        (b"\xFF\xFEr\0e\0", "UTF-8"),
    ] {
        let error = Samplesheet::parse(bytes, Path::new("s.csv")).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
        assert_eq!(error.referral(), None);
    }
    let missing = Samplesheet::read(Path::new("does/not/exist.tsv")).unwrap_err().to_string();
    assert!(missing.contains("does/not/exist.tsv"), "{missing}");
}

#[test]
fn a_pedigree_stands_in_for_family_columns() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("f.ped"), "F P D M 2 2\nF M 0 0 2 1\nF D 0 0 1 2\nF S D M 1 1\n")
        .unwrap();
    let sheet = "referral\tparticipant\tvcf\tped\trole\nA\tP\tp.vcf\tf.ped\tproband\nA\tM\tm.vcf\tf.ped\t\n";
    let sheet = Samplesheet::parse(sheet.as_bytes(), &folder.path().join("s.tsv")).unwrap();
    let family = &sheet.referrals[0].as_ref().unwrap().family;
    assert_eq!(family.members.iter().map(|m| m.id.as_str()).collect::<Vec<_>>(), ["P", "M", "D", "S"]);
    assert_eq!((family.members[0].mother, family.members[0].father), (Some(1), Some(2)));
    assert_eq!(
        (family.members[2].affection, family.members[3].affection),
        (Affection::Affected, Affection::Unaffected)
    );
    assert_eq!(family.members[3].vcf, None);
    assert!(sheet.warnings[0].contains("2 relatives"), "{:?}", sheet.warnings);
}

/// Who is whose, as it cannot be: each fault names the line of the row that is wrong, and its column.
#[test]
fn impossible_families_name_the_line_and_the_column() {
    const HEADING: &str = "referral\tparticipant\trole\tsex\taffected\tvcf\tmother\tfather\tyear_of_birth";
    let cases: [(&str, &[&str], u64, &str, &str); 13] = [
        (
            "a mother who is male",
            &["P proband female yes a.vcf M F .", "M . male no . . . .", "F . male no . . . ."],
            2,
            "mother",
            "M is male",
        ),
        (
            "a father who is female",
            &["P proband female yes a.vcf M F .", "M . female no . . . .", "F . female no . . . ."],
            2,
            "father",
            "F is female",
        ),
        ("their own mother", &["P proband female yes a.vcf P . ."], 2, "mother", "ancestor of their own"),
        (
            "a cycle of two",
            &["P proband female yes a.vcf M . .", "M . female no . P . ."],
            2,
            "mother",
            "ancestor of their own",
        ),
        (
            "a cycle of three",
            &["K . male no . . P .", "P proband male yes a.vcf M . .", "M . female no . . K ."],
            2,
            "father",
            "ancestor of their own",
        ),
        (
            "a mother who has no row",
            &["P proband female yes a.vcf X . ."],
            2,
            "mother",
            "X is not a participant",
        ),
        (
            "two rows of one person",
            &["P proband female yes a.vcf . . .", "P . female yes a.vcf . . ."],
            3,
            "participant",
            "two rows",
        ),
        (
            "two fathers by role",
            &["P proband female yes a.vcf . . .", "F father male no . . . .", "G father male no . . . ."],
            4,
            "role",
            "two participants have the role father",
        ),
        (
            "a father by role and another by column",
            &["P proband female yes a.vcf . G .", "F father male no . . . .", "G . male no . . . ."],
            2,
            "father",
            "another father than line 3",
        ),
        (
            "one person as both parents",
            &["P proband female yes a.vcf M M .", "M . . no . . . ."],
            2,
            "father",
            "M",
        ),
        (
            "a child older than the mother",
            &["P proband female yes a.vcf M . 1980", "M . female no . . . 1985"],
            2,
            "year_of_birth",
            "not younger than the mother, M (line 3)",
        ),
        (
            "a sibling as old as the father",
            &[
                "P proband female yes a.vcf . F 2010",
                "S sibling male no . . F 1980",
                "F father male no . . . 1980",
            ],
            3,
            "year_of_birth",
            "not younger than the father, F (line 4)",
        ),
        (
            "a proband who is not affected",
            &["M mother female no . . . .", "P proband female no a.vcf . . ."],
            3,
            "affected",
            "not affected",
        ),
    ];
    for (what, rows, line, column, words) in cases {
        let rows: String = rows.iter().map(|row| format!("\nR1\t{}", row.replace(' ', "\t"))).collect();
        let error = only_error(&format!("{HEADING}{rows}\n"));
        let place = format!("line {line}, column {column}:");
        assert!(error.contains(&place) && error.contains(words), "{what}: {error}");
    }
}

#[test]
fn years_of_birth_serve_the_check_and_a_date_is_refused() {
    let head = "referral\tparticipant\trole\tvcf\tyear_of_birth\n";
    let good =
        parse(&format!("{head}R1\tP\tproband\ta.vcf\t2010\nR1\tM\tmother\t\t1980\nR1\tF\tfather\t\t\n"));
    assert!(good.referrals[0].is_ok() && good.warnings.is_empty());
    let error = only_error(&format!("{head}R1\tP\tproband\ta.vcf\t2010-03-02\n"));
    assert!(error.contains("column year_of_birth") && !error.contains("2010-03-02"), "{error}");
}
