use super::*;

fn names(reference: &str, alternates: &[&str]) -> Vec<String> {
    let parsed: Vec<Alternate> = alternates
        .iter()
        .map(|a| match *a {
            "*" => Alternate::SpanningDeletion,
            "<X>" => Alternate::NonReference,
            a => Alternate::Bases(a.as_bytes().to_vec()),
        })
        .collect();
    let naming = AlleleNaming::new(reference.as_bytes(), &parsed);
    let name = |a: &Alternate| {
        let mut out = String::new();
        naming.push(&mut out, bases(a)?);
        Some(out)
    };
    parsed.iter().filter_map(name).collect()
}

#[test]
fn alleles_are_named_as_vep_names_them() {
    assert_eq!(names("A", &["C"]), ["C"]);
    assert_eq!(names("AC", &["A"]), ["-"]);
    assert_eq!(names("A", &["ACG"]), ["CG"]);
    assert_eq!(names("AC", &["A", "ACC"]), ["-", "CC"]);
    assert_eq!(names("AC", &["GT"]), ["GT"]);
    assert_eq!(names("AC", &["AT"]), ["AT"], "no length changes: nothing is cut");
    assert_eq!(names("AC", &["A", "GC"]), ["A", "GC"], "not all begin alike: nothing is cut");
    assert_eq!(names("AC", &["A", "AT", "*", "<X>"]), ["-", "T"]);
    assert_eq!(names("A", &["C", "<X>"]), ["C"], "what is no sequence does not count");
}

#[test]
fn nothing_in_a_part_can_break_the_field() {
    let mut out = "x=".to_owned();
    push_part(&mut out, "a,b|c;d=e f\tg\nh%é");
    assert_eq!(out, "x=|a&b&c%3Bd%3De_f_g_h%é");
}

#[test]
fn an_intergenic_entry_has_all_the_parts() {
    for hgvs in [true, false] {
        let allele = AlleleParts {
            allele: "T".into(),
            number: 2,
            hgvsg: "g".into(),
            sites: "|7".into(),
            in_cis: Vec::new(),
        };
        let mut out = String::new();
        push_intergenic(&mut out, &allele, hgvs);
        let header = header_line(hgvs, &["a b".to_owned()]);
        let names: Vec<&str> =
            header.split("Format: ").nth(1).unwrap().trim_end_matches("\">").split('|').collect();
        let parts: Vec<&str> = out.split('|').collect();
        assert_eq!(parts.len(), names.len());
        let part = |name: &str| names.iter().position(|n| *n == name).map(|at| parts[at]);
        assert_eq!(part("Consequence"), Some("intergenic_variant"));
        assert_eq!(part("ALLELE_NUM"), Some("2"));
        assert_eq!(part("HGVSg"), hgvs.then_some("g"));
        assert_eq!(part("a_b"), Some("7"));
    }
}
