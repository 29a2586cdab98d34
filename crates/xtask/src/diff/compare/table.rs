//! Tables by row and column: TSV and VCF.

use super::align::align;
use crate::diff::change::{Change, Comparison, What, excerpt, excerpts};
use crate::diff::mask::masked;

/// Rows known by the same first cells, above which one cell more is taken to tell them apart.
const LARGEST_GROUP: usize = 50;

/// Columns that name a row to a reader, where a table has them.
const NAMING: &[&str] = &[
    "referral",
    "step",
    "#CHROM",
    "chrom",
    "CHROM",
    "POS",
    "pos",
    "REF",
    "ref",
    "ALT",
    "alt",
    "variant",
    "transcript",
    "mode",
];

/// Compares two tables.
pub fn compare(before: &str, after: &str) -> Comparison {
    let (base, branch) = (Table::read(before), Table::read(after));
    let before_table = || "lines before the table".to_owned();
    let mut comparison =
        super::text::lines(&base.remarks, &branch.remarks, |_| (before_table(), before_table()));
    columns(&base, &branch, &mut comparison);
    rows(&base, &branch, &mut comparison);
    if comparison.changes.is_empty() && comparison.masked == 0 {
        comparison.changes.push(Change::at("", What::Only("ends of lines alone".to_owned())));
    }
    comparison
}

struct Table<'a> {
    /// Lines that start with `##`.
    remarks: Vec<&'a str>,
    header: Vec<&'a str>,
    rows: Vec<Vec<&'a str>>,
}

impl<'a> Table<'a> {
    fn read(text: &'a str) -> Self {
        let (remarks, table): (Vec<_>, Vec<_>) = text.lines().partition(|line| line.starts_with("##"));
        let mut rows = table.into_iter().map(|line| line.split('\t').collect::<Vec<_>>());
        Self { remarks, header: rows.next().unwrap_or_default(), rows: rows.collect() }
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|other| *other == name)
    }

    /// The cells of the given columns of a row; a short row has empty ones.
    fn cells(&self, row: usize, columns: &[usize]) -> Vec<&'a str> {
        columns.iter().map(|column| self.rows[row].get(*column).copied().unwrap_or_default()).collect()
    }

    /// What a row is called.
    fn name(&self, row: usize) -> String {
        let naming: Vec<usize> = NAMING.iter().filter_map(|name| self.column(name)).collect();
        let columns = if naming.is_empty() { vec![0] } else { naming };
        self.cells(row, &columns).join(" ")
    }
}

fn columns(base: &Table<'_>, branch: &Table<'_>, comparison: &mut Comparison) {
    let mut say = |what| comparison.changes.push(Change::at("columns", what));
    for name in base.header.iter().filter(|name| branch.column(name).is_none()) {
        say(What::Removed((*name).to_owned()));
    }
    for name in branch.header.iter().filter(|name| base.column(name).is_none()) {
        say(What::Added((*name).to_owned()));
    }
    let common = |one: &Table<'_>, other: &Table<'_>| -> Vec<String> {
        one.header.iter().filter(|name| other.column(name).is_some()).map(|name| (*name).to_owned()).collect()
    };
    if common(base, branch) != common(branch, base) {
        say(What::Only("the columns come in another order".to_owned()));
    }
}

/// Compares the rows, over the columns that both tables have.
fn rows(base: &Table<'_>, branch: &Table<'_>, comparison: &mut Comparison) {
    let common: Vec<(usize, usize)> = (0..base.header.len())
        .filter_map(|column| Some((column, branch.column(base.header[column])?)))
        .collect();
    let (old, new): (Vec<usize>, Vec<usize>) = common.into_iter().unzip();
    let cells = |table: &Table<'_>, columns: &[usize]| -> Vec<Vec<String>> {
        let mask =
            |row| table.cells(row, columns).into_iter().map(|cell| masked(cell).into_owned()).collect();
        (0..table.rows.len()).map(mask).collect()
    };
    let (before, after) = (cells(base, &old), cells(branch, &new));
    let key = key_length(&before).max(key_length(&after));
    let entries = |rows: &[Vec<String>]| -> Vec<(Vec<String>, Vec<String>)> {
        rows.iter().map(|row| (row.clone(), row.iter().take(key).cloned().collect())).collect()
    };
    let alike = |a: usize, b: usize| {
        let same = before[a].iter().zip(&after[b]).filter(|(one, other)| one == other).count();
        same as f64 / old.len().max(1) as f64
    };
    let alignment = align(&entries(&before), &entries(&after), alike, 0.5);
    for (a, b) in &alignment.pairs {
        let cells = base.cells(*a, &old).into_iter().zip(branch.cells(*b, &new)).zip(&old);
        for ((one, other), column) in cells.filter(|((one, other), _)| masked(one) != masked(other)) {
            let (before, after) = excerpts(one, other);
            comparison.changes.push(Change {
                place: format!("{}: {}", base.name(*a), base.header[*column]),
                kind: base.header[*column].to_owned(),
                what: What::Changed { before, after },
            });
        }
    }
    let row = |table: &Table<'_>, index: usize, what: fn(String) -> What| {
        let whole = excerpt(&table.rows[index].join(" "));
        Change { place: format!("row {}", table.name(index)), kind: "row".to_owned(), what: what(whole) }
    };
    comparison.changes.extend(alignment.removed.iter().map(|index| row(base, *index, What::Removed)));
    comparison.changes.extend(alignment.added.iter().map(|index| row(branch, *index, What::Added)));
    if alignment.moved > 0 {
        let words = format!("{} of {} rows come in another order", alignment.moved, base.rows.len());
        comparison.changes.push(Change::at("rows", What::Only(words)));
    }
    if before == after && old.len() == base.header.len() {
        comparison.masked +=
            (0..base.rows.len()).filter(|row| base.cells(*row, &old) != branch.cells(*row, &new)).count();
    }
}

/// How many of the first cells tell rows apart well enough.
fn key_length(rows: &[Vec<String>]) -> usize {
    let small = |length: usize| {
        let mut groups = std::collections::BTreeMap::new();
        for row in rows {
            *groups.entry(&row[..length.min(row.len())]).or_insert(0) += 1;
        }
        groups.into_values().all(|size: usize| size <= LARGEST_GROUP)
    };
    (1..4).find(|length| small(*length)).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(before: &str, after: &str) -> Vec<(String, What)> {
        compare(before, after).changes.into_iter().map(|change| (change.place, change.what)).collect()
    }

    fn changed(before: &str, after: &str) -> What {
        What::Changed { before: before.to_owned(), after: after.to_owned() }
    }

    const TABLE: &str = "chrom\tpos\tref\talt\tgene\n1\t5\tA\tT\tQ\n1\t9\tC\tG\tR\n";

    #[test]
    fn a_cell_is_named_by_row_and_column() {
        let what = found(TABLE, &TABLE.replace("\tR", "\tS"));
        assert_eq!(what, [("1 9 C G: gene".to_owned(), changed("R", "S"))]);
    }

    #[test]
    fn rows_that_come_and_go() {
        let what = found(TABLE, "chrom\tpos\tref\talt\tgene\n1\t7\tG\tC\tX\n1\t5\tA\tT\tQ\n");
        let expected = [
            ("row 1 9 C G".to_owned(), What::Removed("1 9 C G R".to_owned())),
            ("row 1 7 G C".to_owned(), What::Added("1 7 G C X".to_owned())),
        ];
        assert_eq!(what, expected);
    }

    #[test]
    fn a_column_more_leaves_the_others_alone() {
        let what = found(TABLE, "chrom\tpos\tid\tref\talt\tgene\n1\t5\t.\tA\tT\tQ\n1\t9\t.\tC\tG\tR\n");
        assert_eq!(what, [("columns".to_owned(), What::Added("id".to_owned()))]);
        let what = found("a\tb\n1\t2\n", "b\ta\n2\t1\n");
        assert_eq!(
            what,
            [("columns".to_owned(), What::Only("the columns come in another order".to_owned()))]
        );
    }

    #[test]
    fn order_of_rows_is_noted_apart() {
        let what = found(TABLE, "chrom\tpos\tref\talt\tgene\n1\t9\tC\tG\tR\n1\t5\tA\tT\tQ\n");
        let words = "1 of 2 rows come in another order";
        assert_eq!(what, [("rows".to_owned(), What::Only(words.to_owned()))]);
    }

    #[test]
    fn lines_before_the_table_are_text() {
        let vcf = |version: &str, info: &str| {
            format!("##fileformat=VCFv4.3\n##source={version}\n#CHROM\tPOS\tINFO\n1\t5\t{info}\n")
        };
        assert_eq!(compare(&vcf("ithaca 0.1.0", "."), &vcf("ithaca 0.2.0", ".")).masked, 1);
        let what = found(&vcf("ithaca 0.1.0", "DP=1"), &vcf("ithaca 0.1.0", "DP=2"));
        assert_eq!(what, [("1 5: INFO".to_owned(), changed("DP=1", "DP=2"))]);
    }

    #[test]
    fn masked_cells_are_counted() {
        let comparison = compare("a\tb\n1\t3541def9d1b603c9\n", "a\tb\n1\t0541def9d1b603c9\n");
        assert_eq!(comparison, Comparison { changes: vec![], masked: 1 });
    }
}
