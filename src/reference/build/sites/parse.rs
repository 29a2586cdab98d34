//! From the parts of a record to rows: alleles split, trimmed and left-aligned, each with its own values.

use crate::model::allele::Allele;
use crate::model::contig::ContigId;
use crate::model::position::Interval;
use crate::reference::genome::Genome;
use crate::reference::placement::{self, ReferenceMatch};
use crate::reference::sites::{Quotient, SiteFieldKind, cell};

use super::column::{self, Column};
use super::compare::Counts;
use super::frequency::{Frequency, frequency, is_frequency};
use super::given::{Given, value};
use super::header::{Field, Source};
use super::report::SiteReport;
use super::rows::Rows;

/// The values of a record.
pub(super) trait Values {
    /// The value of a field for the ALT allele with this number, counted from 0, of so many.
    fn of(&mut self, at: usize, field: &Field, alternate: usize, count: usize) -> Given<'_>;

    /// Whether the source called the place of the record, as a gVCF says (see [`super::called`]).
    fn is_called(&self) -> bool {
        true
    }
}

/// The parts of a record besides its values.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    /// Name of the contig.
    pub chrom: &'a [u8],
    /// 1-based position.
    pub pos: u32,
    /// Reference bases.
    pub reference: &'a [u8],
}

/// Makes rows out of records, one worker's part at a time.
pub(super) struct Parser<'a> {
    genome: &'a Genome,
    fields: &'a [Field],
    derived: &'a [Option<Quotient>],
    pairs: &'a [Quotient],
    /// The counts that the last row gives and that cannot be.
    void: Vec<usize>,
    /// Fields that count alleles, and so cannot be less than 0.
    counts: Vec<usize>,
    /// Frequencies that have no counts in the table.
    rates: Vec<usize>,
    /// The rows, their places by contig.
    pub rows: Rows,
    /// What became of the records.
    pub report: SiteReport,
    /// Of each field, the column that it turned out to be.
    pub columns: Vec<Option<Column>>,
    /// Blocks in which a gVCF says that there is nothing but the reference.
    pub blocks: Vec<(ContigId, Interval)>,
    /// The places of the other records: covered as well, where there are blocks.
    pub spans: Vec<(ContigId, Interval)>,
    /// A contig of which the source has another sequence.
    pub left_out: Option<ContigId>,
    /// How REF compares with the genome, contig by contig as they come.
    pub compared: Vec<(ContigId, Counts)>,
    last_contig: (Vec<u8>, Option<ContigId>),
    upper: Vec<u8>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(
        genome: &'a Genome,
        fields: &'a [Field],
        derived: &'a [Option<Quotient>],
        pairs: &'a [Quotient],
    ) -> Self {
        let of_kind = |kind: SiteFieldKind| {
            let is = move |at: &usize| fields[*at].role.is_some() && fields[*at].kind == kind;
            (0..fields.len()).filter(is)
        };
        let text: Vec<bool> = fields.iter().map(|f| f.kind == SiteFieldKind::Text).collect();
        Self {
            genome,
            fields,
            derived,
            pairs,
            void: Vec::new(),
            counts: of_kind(SiteFieldKind::Integer).collect(),
            rates: of_kind(SiteFieldKind::Float).filter(|&at| derived[at].is_none()).collect(),
            rows: Rows::new(&text),
            report: SiteReport::default(),
            columns: vec![None; fields.len()],
            blocks: Vec::new(),
            spans: Vec::new(),
            left_out: None,
            compared: Vec::new(),
            last_contig: (Vec::new(), None),
            upper: Vec::new(),
        }
    }

    /// The contig of a name; the last one is remembered.
    fn contig(&mut self, name: &[u8]) -> Option<ContigId> {
        if self.last_contig.0 != name || name.is_empty() {
            let id = std::str::from_utf8(name).ok().and_then(|name| self.genome.contig_id(name));
            self.last_contig = (name.to_vec(), id);
            self.compared.extend(id.map(|id| (id, Counts::default())));
        }
        self.last_contig.1
    }

    /// Takes a record; the error is a message without its place.
    pub(super) fn record<'r>(
        &mut self,
        site: Site<'r>,
        alternates: impl Iterator<Item = &'r [u8]> + Clone,
        end: impl FnOnce() -> Option<u32>,
        values: &mut impl Values,
    ) -> Result<(), String> {
        self.report.records += 1;
        let name = |alternate: &[u8]| named(site, alternate);
        let first = || alternates.clone().next().unwrap_or_default();
        let Some(contig) = self.contig(site.chrom) else {
            self.report.unknown_contig.add(|| name(first()));
            return Ok(());
        };
        if self.left_out == Some(contig) {
            self.report.other_sequence.add(|| name(first()));
            return Ok(());
        }
        let Some(start) = site.pos.checked_sub(1) else {
            self.report.symbolic.add(|| name(first()));
            return Ok(());
        };
        if site.reference.is_empty() || !site.reference.iter().all(u8::is_ascii_alphabetic) {
            return Err(format!("REF is '{}'; expected bases", String::from_utf8_lossy(site.reference)));
        }
        let (matches, compared) = (self.compare(contig, start, site.reference), self.compared.last_mut());
        match matches {
            ReferenceMatch::Same => {
                self.report.reference_same += 1;
                compared.into_iter().for_each(|(_, counts)| counts.same += 1);
            }
            ReferenceMatch::Unknown => self.report.reference_unknown += 1,
            ReferenceMatch::Differs => {
                if let Some((_, counts)) = compared {
                    counts.differs += 1;
                    if counts.example.is_empty() {
                        counts.example = name(first());
                    }
                }
                self.report.reference_differs.add(|| name(first()));
                return Ok(());
            }
        }
        let span = Interval::new(start, start.saturating_add(site.reference.len() as u32));
        if alternates.clone().all(|a| matches!(a, b"." | b"<NON_REF>" | b"<*>" | b""))
            && let Some(end) = end().filter(|&end| end > start)
        {
            if !values.is_called() {
                self.report.uncalled_blocks += 1;
                return Ok(());
            }
            let length = self.genome.contig(contig).length;
            push_span(&mut self.blocks, contig, Interval::new(start, end.min(length).max(span.end)));
            self.report.blocks += 1;
            return Ok(());
        }
        if values.is_called() {
            push_span(&mut self.spans, contig, span);
        }
        let count = alternates.clone().count();
        for (number, alternate) in alternates.enumerate() {
            if self.allele(contig, start, site, alternate) {
                self.values(values, number, count, site, alternate)?;
            }
        }
        Ok(())
    }

    /// Takes counts out that cannot be: less than 0, or more alleles counted than looked at. Neither of the two is
    /// kept, as which of them is wrong is not known: 0 of 10,000 in place of -5 would pass for rare, 12 of 10 for
    /// common. What the source states as the frequency is kept, as from a source that gives no counts: a common
    /// allele is then still held to be common, and where nothing is stated, or 0, none is known.
    fn leave_out_impossible(&mut self, row: usize, name: impl Fn() -> String) {
        self.void.clear();
        let columns = &mut self.rows.columns;
        for pair in self.pairs {
            let (count, number) = (columns[pair.count][row], columns[pair.number][row]);
            // As an unsigned number, what is negative or missing is larger than any number of alleles.
            if count <= number && number <= i64::MAX as u64 {
                continue;
            }
            if cell::is_value(count) && cell::is_value(number) {
                let key = |at: usize| &self.fields[at].key;
                self.report.impossible.add(|| {
                    let (of, from) = (count as i64, number as i64);
                    format!("{}={of} {}={from} of {}", key(pair.count), key(pair.number), name())
                });
                columns[pair.count][row] = cell::MISSING;
                columns[pair.number][row] = cell::MISSING;
                self.void.push(pair.count);
            }
        }
        for &at in &self.counts {
            let value = columns[at][row];
            if value > i64::MAX as u64 && cell::is_value(value) {
                let key = &self.fields[at].key;
                self.report.impossible.add(|| format!("{key}={} of {}", value as i64, name()));
                columns[at][row] = cell::MISSING;
            }
        }
        for &at in &self.rates {
            let value = columns[at][row];
            if cell::is_value(value) && !is_frequency(f64::from_bits(value)) {
                let key = &self.fields[at].key;
                self.report.impossible.add(|| format!("{key}={} of {}", f64::from_bits(value), name()));
                columns[at][row] = cell::MISSING;
            }
        }
    }

    /// Reports fields that a record gives twice, with different values.
    pub(super) fn given_twice<'r>(
        &mut self,
        fields: &[usize],
        site: Site<'r>,
        mut alternates: impl Iterator<Item = &'r [u8]>,
    ) {
        for &field in fields {
            let key = &self.fields[field].key;
            let alternate = alternates.next().unwrap_or_default();
            self.report.given_twice.add(|| format!("{key} of {}", named(site, alternate)));
        }
    }

    fn compare(&mut self, contig: ContigId, start: u32, reference: &[u8]) -> ReferenceMatch {
        if let [base] = reference
            && start < self.genome.contig(contig).length
        {
            return match (base.to_ascii_uppercase(), self.genome.base(contig, start)) {
                (b'N', _) | (_, b'N') => ReferenceMatch::Unknown,
                (claimed, there) if claimed == there => ReferenceMatch::Same,
                _ => ReferenceMatch::Differs,
            };
        }
        let reference = reference.to_ascii_uppercase();
        let probe = Allele { contig, start, reference, alternate: Vec::new() };
        placement::compare_reference(self.genome, &probe)
    }

    /// Appends the place and the allele of a row; false where there is none.
    fn allele(&mut self, contig: ContigId, start: u32, site: Site<'_>, alternate: &[u8]) -> bool {
        let name = || named(site, alternate);
        if alternate.is_empty() || !alternate.iter().all(u8::is_ascii_alphabetic) {
            self.report.symbolic.add(name);
            return false;
        }
        self.upper.clear();
        self.upper.extend(site.reference.iter().chain(alternate).map(u8::to_ascii_uppercase));
        let (reference, alternate) = self.upper.split_at(site.reference.len());
        if !alternate.iter().all(|b| matches!(b, b'A' | b'C' | b'G' | b'T')) {
            self.report.ambiguous.add(name);
            return false;
        }
        if reference == alternate {
            self.report.no_change.add(name);
            return false;
        }
        let place = |start: u32| u64::from(contig.0) << 32 | u64::from(start);
        if reference.len() == 1 && alternate.len() == 1 {
            self.rows.push(place(start), reference, alternate);
            return true;
        }
        let written = Allele { contig, start, reference: reference.to_vec(), alternate: alternate.to_vec() };
        let placed = placement::left_align(self.genome, &written);
        if vcf_start(&placed) < start {
            self.report.moved.add(name);
        }
        self.rows.push(place(placed.start), &placed.reference, &placed.alternate);
        true
    }

    /// Appends the values of a row.
    fn values(
        &mut self,
        values: &mut impl Values,
        number: usize,
        count: usize,
        site: Site<'_>,
        alternate: &[u8],
    ) -> Result<(), String> {
        for (at, field) in self.fields.iter().enumerate() {
            let given = values.of(at, field, number, count);
            // A frequency waits for its counts, which may come after it.
            let cell = match self.derived[at] {
                Some(_) => Some(cell::MISSING),
                None => value(field, given, self.rows.texts[at].as_mut())?,
            };
            if !fits_column(field, given, cell) {
                let found = column::found(given);
                let kind =
                    self.columns[at].as_ref().map_or(found.kind, |c| column::wider(c.kind, found.kind));
                let inexact = self.columns[at].take().and_then(|c| c.inexact).or(found.inexact);
                self.columns[at] = Some(Column { kind, inexact });
            } else if cell.is_none() {
                *self.report.unreadable_fields.entry(field.key.clone()).or_default() += 1;
                self.report.unreadable.add(|| format!("{} of {}", field.key, named(site, alternate)));
            }
            self.rows.columns[at].push(cell.unwrap_or(cell::MISSING));
        }
        let row = self.rows.len() - 1;
        self.leave_out_impossible(row, || named(site, alternate));
        for (at, quotient) in self.derived.iter().enumerate() {
            let Some(quotient) = quotient else { continue };
            let counts = (self.rows.columns[quotient.count][row], self.rows.columns[quotient.number][row]);
            let given = values.of(at, &self.fields[at], number, count);
            let name = || format!("{} of {}", self.fields[at].key, named(site, alternate));
            self.rows.columns[at][row] = match frequency(given, counts) {
                // A 0 that comes with alleles counted is no frequency.
                Frequency::Cell(0) if self.void.contains(&quotient.count) => cell::MISSING,
                Frequency::Cell(cell) => cell,
                Frequency::Unlike(cell) => {
                    self.report.unlike_counts.add(name);
                    cell
                }
                Frequency::Uncounted(cell) => {
                    self.report.impossible.add(name);
                    self.rows.columns[quotient.count][row] = cell::MISSING;
                    self.rows.columns[quotient.number][row] = cell::MISSING;
                    cell
                }
                Frequency::Impossible => {
                    self.report.impossible.add(name);
                    cell::MISSING
                }
                Frequency::Unreadable => {
                    *self.report.unreadable_fields.entry(self.fields[at].key.clone()).or_default() += 1;
                    self.report.unreadable.add(name);
                    cell::MISSING
                }
            };
        }
        Ok(())
    }
}

/// False for a value that is not of the kind that its column was thought to be of. Counts and frequencies are
/// numbers: of such a column a value that is none is reported, and the others stay what they are.
fn fits_column(field: &Field, given: Given<'_>, cell: Option<u64>) -> bool {
    let (Source::Column(_), None, true) = (field.source, field.role, field.is_numeric()) else { return true };
    match given {
        Given::Text(text) => cell.is_some() && column::wider(field.kind, column::kind_of(text)) == field.kind,
        Given::Missing => true,
        _ => false,
    }
}

fn named(site: Site<'_>, alternate: &[u8]) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
    format!("{}:{} {}>{}", text(site.chrom), site.pos, text(site.reference), text(alternate))
}

/// Appends an interval; one that touches the last is joined to it.
fn push_span(spans: &mut Vec<(ContigId, Interval)>, contig: ContigId, span: Interval) {
    match spans.last_mut() {
        Some((last, interval))
            if *last == contig && interval.start <= span.start && span.start <= interval.end =>
        {
            interval.end = interval.end.max(span.end);
        }
        _ => spans.push((contig, span)),
    }
}

/// The 0-based POS VCF gives a trimmed allele: an allele without bases on one side takes the base before it.
fn vcf_start(allele: &Allele) -> u32 {
    let anchored = allele.reference.is_empty() || allele.alternate.is_empty();
    if anchored { allele.start.saturating_sub(1) } else { allele.start }
}
