//! Finds the heading row of a Directory sheet and tells its columns by meaning.
//!
//! Names of columns change with each release and each hub's copy: a heading is compared by its words, without
//! case or punctuation, and the best match of each meaning wins.

use super::table::Row;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Code,
    Indication,
    Name,
    Target,
    Method,
    Commissioning,
    Group,
    Changes,
}

/// Which column has which meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Headings {
    /// Index among the rows, not the row number.
    pub at: usize,
    columns: Vec<(Column, usize)>,
    names: Vec<String>,
    /// Meanings that more than one column has, with the headings that were passed over.
    pub passed_over: Vec<(String, String)>,
}

/// How many rows are searched: titles and notes above a heading never fill more.
pub(super) const SEARCHED: usize = 60;

const MEANINGS: [Column; 8] = [
    Column::Code,
    Column::Indication,
    Column::Name,
    Column::Target,
    Column::Method,
    Column::Commissioning,
    Column::Group,
    Column::Changes,
];

impl Headings {
    /// The first row that names both a test and its target.
    pub fn find(rows: &[Row]) -> Option<Self> {
        rows.iter().take(SEARCHED).enumerate().find_map(|(at, row)| Self::of(at, row))
    }

    fn of(at: usize, row: &Row) -> Option<Self> {
        let mut headings = Self { at, names: row.cells.clone(), ..Self::default() };
        for meaning in MEANINGS {
            // Best rank first; of two equal ones the left.
            let mut fits: Vec<(u8, usize)> = row
                .cells
                .iter()
                .enumerate()
                .filter_map(|(index, cell)| rank(meaning, &words(cell)).map(|rank| (rank, index)))
                .filter(|(_, index)| headings.columns.iter().all(|(_, taken)| taken != index))
                .collect();
            fits.sort_unstable();
            let Some((best, index)) = fits.first().copied() else { continue };
            headings.columns.push((meaning, index));
            for (_, other) in fits.iter().skip(1).filter(|(rank, _)| *rank == best) {
                headings.passed_over.push((row.cells[*other].clone(), row.cells[index].clone()));
            }
        }
        (headings.column(Column::Code).is_some() && headings.column(Column::Target).is_some())
            .then_some(headings)
    }

    /// Index of the column with this meaning.
    pub fn column(&self, meaning: Column) -> Option<usize> {
        self.columns.iter().find(|(column, _)| *column == meaning).map(|(_, index)| *index)
    }

    /// The sheet's own name of the column with this meaning.
    pub fn name(&self, meaning: Column) -> &str {
        self.column(meaning).and_then(|index| self.names.get(index)).map_or("", String::as_str)
    }
}

fn words(cell: &str) -> Vec<String> {
    cell.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// How well a heading fits a meaning; smaller is better, `None` not at all.
fn rank(meaning: Column, words: &[String]) -> Option<u8> {
    let has = |word: &str| words.iter().any(|w| w == word);
    let begins = |stem: &str| words.iter().any(|w| w.starts_with(stem));
    let is = |phrase: &str| words.join(" ") == phrase;
    let identifies = has("id") || has("ids") || has("code") || has("codes");
    let ranked = |tests: &[bool]| tests.iter().position(|fits| *fits).map(|at| at as u8);
    // A heading is a few words; a sentence that happens to hold them is not one.
    if words.is_empty() || words.len() > 12 {
        return None;
    }
    match meaning {
        Column::Code => ranked(&[
            is("test id") || is("test code"),
            is("testid") || is("testcode"),
            has("test") && identifies && !begins("indication") && !has("method"),
            has("test") && identifies && has("indication"),
        ]),
        Column::Indication => ranked(&[
            is("clinical indication id") || is("clinical indication code"),
            (begins("indication") || has("ci")) && identifies,
        ]),
        Column::Name => ranked(&[
            is("clinical indication") || is("clinical indication name"),
            begins("indication") && !identifies,
            is("test name") || is("name"),
        ]),
        Column::Target => ranked(&[
            is("target genes"),
            begins("target") && begins("gene"),
            begins("target") && !identifies,
            is("genes") || is("gene") || is("gene list"),
        ]),
        Column::Method => ranked(&[
            is("test method"),
            has("method") && !has("potential"),
            has("methodology"),
            is("technology"),
        ]),
        Column::Commissioning => ranked(&[is("commissioning category"), begins("commission")]),
        Column::Group => ranked(&[is("specialist test group"), has("specialist"), is("test group")]),
        Column::Changes => ranked(&[begins("change")]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Row {
        Row { number: 1, cells: text.split('|').map(str::to_owned).collect() }
    }

    #[test]
    fn the_national_headings_and_those_of_hub_copies() {
        let national = "Clinical indication ID|Test ID|Clinical Indication|Target/Genes|Test Method|\
                        Commissioning category|Specialist test group|Changes since last publication";
        let headings = Headings::find(&[row("Title of 2023"), row(national)]).unwrap();
        assert_eq!(headings.at, 1);
        let order: Vec<Option<usize>> = MEANINGS.iter().map(|m| headings.column(*m)).collect();
        assert_eq!(order, [1, 0, 2, 3, 4, 5, 6, 7].map(Some));

        let hub = "TEST CODE |  Changes (April 2024)|Technology|Test method|Target / genes|Clinical indication name";
        let headings = Headings::find(&[row(hub)]).unwrap();
        let order: Vec<Option<usize>> = MEANINGS.iter().map(|m| headings.column(*m)).collect();
        assert_eq!(order, [Some(0), None, Some(5), Some(4), Some(3), None, None, Some(1)]);
    }

    #[test]
    fn the_plain_column_wins_over_one_that_also_holds_its_words() {
        let hub = "Test ID|Clinical Indication|Target/Genes|Identified panels|Identified genes|Test Method|\
                   Potential new test methods";
        let headings = Headings::find(&[row(hub)]).unwrap();
        assert_eq!(headings.column(Column::Target), Some(2));
        assert_eq!(headings.column(Column::Method), Some(5));
    }

    #[test]
    fn prose_is_no_heading() {
        assert!(
            Headings::find(&[row("Test ID|Name"), row("the test id and the target genes of each row")])
                .is_none()
        );
    }
}
