//! The fuzz targets of site tables over random and mutated bytes, on the stable toolchain.

use proptest::prelude::*;

#[path = "../fuzz/entry/site_records.rs"]
mod site_records;
#[path = "../fuzz/entry/site_table.rs"]
mod site_table;

fn cases(ordinary: u32) -> ProptestConfig {
    #[expect(clippy::disallowed_methods, reason = "the switch of the long modes")]
    let long = std::env::var_os("ITHACA_LONG_TESTS").is_some();
    ProptestConfig { cases: if long { ordinary * 500 } else { ordinary }, ..ProptestConfig::default() }
}

/// Bytes that look a little like records: words of the formats among any bytes.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&[u8]> = vec![
        b"\t",
        b"\n",
        b"1",
        b"A",
        b"C",
        b"ACGT",
        b";",
        b"=",
        b",",
        b".",
        b"AC=",
        b"AN=0",
        b"AF=nan",
        b"END=",
        b"DB",
        b"PASS",
        b"<NON_REF>",
        b"*",
        b"##INFO=<ID=",
        b"##contig=<ID=1,length=",
        b",Number=A,Type=Float>",
        b"\x11",
        b"\xf7\x11",
        b"\x17A",
        b"\x07",
        b"\x00",
        b"\xff",
        b"-9223372036854775808",
        b"1e999",
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(words).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn records(data in pieces()) {
        site_records::run(&data);
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn tables(data in prop::collection::vec(any::<u8>(), 0..40)) {
        site_table::run(&data);
    }
}
