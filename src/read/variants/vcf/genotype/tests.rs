use super::*;

fn gt(text: &str) -> Result<(Vec<Option<u8>>, bool), String> {
    let mut alleles = SmallVec::new();
    let phased = genotype(text.as_bytes(), 13, &mut alleles)?;
    Ok((alleles.to_vec(), phased))
}

#[test]
fn genotypes_of_every_ploidy_and_phasing() {
    let cases: [(&str, &[Option<u8>], bool); 13] = [
        ("0/1", &[Some(0), Some(1)], false),
        ("1|2", &[Some(1), Some(2)], true),
        ("12/0", &[Some(12), Some(0)], false),
        ("1", &[Some(1)], false),
        ("|1", &[Some(1)], true),
        (".", &[None], false),
        ("./.", &[None, None], false),
        ("./1", &[None, Some(1)], false),
        ("0|.", &[Some(0), None], true),
        ("0/1|2", &[Some(0), Some(1), Some(2)], false),
        ("0|1|1", &[Some(0), Some(1), Some(1)], true),
        ("/0|1", &[Some(0), Some(1)], false),
        ("|0|1", &[Some(0), Some(1)], true),
    ];
    for (text, alleles, phased) in cases {
        assert_eq!(gt(text), Ok((alleles.to_vec(), phased)), "{text}");
    }
    for bad in ["", "a", "0/", "0//1", "-1/0", "0/13", "0/999999999999", "0 1"] {
        assert!(gt(bad).is_err(), "{bad:?}");
    }
}

fn read(format: &str, column: &str, alleles: usize, per_allele: bool) -> Result<RecordCall, String> {
    let mut keys = FormatKeys::default();
    keys.update(format.as_bytes());
    let numbers = Numbers { depths_per_allele: per_allele };
    keys.read(column.as_bytes(), alleles, &numbers, &mut Findings::default()).map(|v| v.call)
}

#[test]
fn values_are_found_by_key_and_may_be_dropped_at_the_end() {
    let call = read("GT:XX:AD:DP:GQ:PS:AF", "0|1:junk:3,4:7:99:1000:0.57", 2, true).unwrap();
    assert_eq!(
        (call.depth, call.quality, call.phase_set, call.phased),
        (Some(7), Some(99), Some(1000), true)
    );
    assert_eq!(
        (call.allele_depths.as_slice(), call.fractions.as_slice()),
        ([3, 4].as_slice(), [0.57].as_slice())
    );
    let call = read("GT:AD:DP:RGQ", "0/0", 1, true).unwrap();
    assert_eq!((call.alleles.len(), call.depth, call.quality), (2, None, None));
    assert_eq!(read("GT:RGQ", "0/0:30", 1, true).unwrap().quality, Some(30));
    assert_eq!(read("GT:GQ", "0/1:12.7", 2, true).unwrap().quality, Some(12));
}

#[test]
fn values_that_do_not_fit_are_refused_or_not_used() {
    assert!(read("GT:AD", "0/1:3,4,5", 2, true).unwrap_err().contains("3 values for 2 alleles"));
    assert!(read("GT:AD", "0/1:3,4,5", 2, false).unwrap().allele_depths.is_empty());
    assert!(read("GT:AD", "0/1:.,4", 2, true).unwrap().allele_depths.is_empty());
    assert!(read("GT:DP", "0/1:3,4", 2, true).is_err());
    assert!(read("GT:DP", "0/1:3:4", 2, true).unwrap_err().contains("more values"));
    assert!(read("GT:DP:DP", "0/1:3:4", 2, true).unwrap_err().contains("twice"));
    let call = read("GT:PGT:PID:PS", "0/1:1|0:100_A_T", 2, true).unwrap();
    assert_eq!((call.alleles.as_slice(), call.phased), ([Some(1), Some(0)].as_slice(), true));
    let call = read("GT:PS", "0|1:chr1_5", 2, true).unwrap();
    assert_eq!((call.phased, call.phase_set), (false, None));
}
