//! What became of the records of a sites file.

use std::collections::BTreeMap;
use std::fmt;

use crate::reference::build::report::Tally;

/// Counts of a site table's build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteReport {
    /// The table's name.
    pub name: String,
    /// What must not be overlooked.
    pub warnings: Vec<String>,
    /// Records read.
    pub records: u64,
    /// Rows written, one an allele.
    pub rows: u64,
    /// Alleles written further right than their leftmost place, and moved there.
    pub moved: Tally,
    /// Alleles left out: symbolic, breakend, `*`, `.`, or before the first base.
    pub symbolic: Tally,
    /// Alleles left out: bases that name no one sequence.
    pub ambiguous: Tally,
    /// Alleles left out: ALT equal to REF.
    pub no_change: Tally,
    /// Records left out: contig not in the FASTA.
    pub unknown_contig: Tally,
    /// Records left out: the source has another sequence under the contig's name.
    pub other_sequence: Tally,
    /// Records left out: REF is not what the FASTA has.
    pub reference_differs: Tally,
    /// Records whose REF is what the FASTA has.
    pub reference_same: u64,
    /// Records kept although the FASTA has unknown bases at REF.
    pub reference_unknown: u64,
    /// Alleles given twice with the same values, taken once.
    pub repeated: u64,
    /// Alleles given twice with other values: merged so that none looks rarer or more harmless than a row says.
    pub conflicting: Tally,
    /// Frequencies that are not the quotient of their counts; both are kept as given.
    pub unlike_counts: Tally,
    /// Counts and frequencies that cannot be: less than 0, more alleles counted than looked at, a frequency of more
    /// than 1 or without alleles looked at. Such counts are left out, and so is such a frequency.
    pub impossible: Tally,
    /// Values of INFO keys that one record gives twice, differently; taken as missing.
    pub given_twice: Tally,
    /// Values that are not what the header declares; taken as missing.
    pub unreadable: Tally,
    /// The fields of these values.
    pub unreadable_fields: BTreeMap<String, u64>,
    /// Rows of a table without a position on this build.
    pub unplaced: u64,
    /// Blocks of a gVCF in which there is nothing but the reference.
    pub blocks: u64,
    /// Blocks of a gVCF that were not called, so that they are not covered.
    pub uncalled_blocks: u64,
    /// Rows that came out of order, so that the source had to be sorted.
    pub late: u64,
    /// Rows of the BED file of covered regions left out: contig not in the FASTA.
    pub unknown_regions: Tally,
    /// Bases in which an absent allele was looked for, where the source says so.
    pub covered: Option<u64>,
    /// INFO keys the header does not declare, left out.
    pub undeclared: BTreeMap<String, u64>,
}

impl Tally {
    /// Adds the counts of a later part.
    fn join(&mut self, other: Self) {
        self.count += other.count;
        self.examples.extend(other.examples);
        self.examples.truncate(3);
    }

    pub(super) fn add(&mut self, name: impl FnOnce() -> String) {
        self.count += 1;
        if self.examples.len() < 3 {
            let mut name = name();
            if name.len() > 80 {
                name = name.chars().take(79).chain(['…']).collect();
            }
            self.examples.push(name);
        }
    }
}

impl SiteReport {
    /// Adds what became of a later part of the records.
    pub(super) fn add(&mut self, part: Self) {
        self.records += part.records;
        self.moved.join(part.moved);
        self.symbolic.join(part.symbolic);
        self.ambiguous.join(part.ambiguous);
        self.no_change.join(part.no_change);
        self.unknown_contig.join(part.unknown_contig);
        self.other_sequence.join(part.other_sequence);
        self.reference_differs.join(part.reference_differs);
        self.reference_same += part.reference_same;
        self.reference_unknown += part.reference_unknown;
        self.unlike_counts.join(part.unlike_counts);
        self.impossible.join(part.impossible);
        self.given_twice.join(part.given_twice);
        self.unreadable.join(part.unreadable);
        for (field, count) in part.unreadable_fields {
            *self.unreadable_fields.entry(field).or_default() += count;
        }
        self.unplaced += part.unplaced;
        self.blocks += part.blocks;
        self.uncalled_blocks += part.uncalled_blocks;
    }

    /// Counts INFO keys that the header does not declare.
    pub(super) fn count_undeclared<'a>(&mut self, keys: impl Iterator<Item = (&'a [u8], u64)>) {
        let keys: BTreeMap<&[u8], u64> = keys.collect();
        for (key, count) in keys {
            let key = String::from_utf8_lossy(key).into_owned();
            // A hostile file could name millions of keys.
            if self.undeclared.len() < 1000 || self.undeclared.contains_key(&key) {
                *self.undeclared.entry(key).or_default() += count;
            }
        }
    }
}

impl fmt::Display for SiteReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {} records, {} alleles", self.name, self.records, self.rows)?;
        for warning in &self.warnings {
            writeln!(f, "  WARNING: {warning}")?;
        }
        for (tally, what) in [
            (&self.unknown_contig, "excluded: records on a contig not in the FASTA"),
            (
                &self.other_sequence,
                "WARNING: excluded: records on a contig that has a different sequence in the source",
            ),
            (&self.reference_differs, "excluded: records whose REF differs from the FASTA"),
            (&self.symbolic, "excluded: symbolic alleles"),
            (&self.ambiguous, "excluded: ambiguous alleles"),
            (&self.no_change, "excluded: alleles equal to REF"),
            (&self.unknown_regions, "excluded: covered regions on a contig not in the FASTA"),
            (
                &self.conflicting,
                "merged: alleles repeated with different values; the larger frequency, the larger number \
                 and every text are kept",
            ),
            (&self.unlike_counts, "noted: frequencies that differ from their counts, kept as given"),
            (
                &self.impossible,
                "WARNING: excluded: impossible counts and frequencies (a frequency stated with such counts \
                 is kept)",
            ),
            (
                &self.given_twice,
                "WARNING: excluded: values of INFO keys given twice in one record with different values",
            ),
            (&self.unreadable, "excluded: values that do not match their declaration"),
            (&self.moved, "noted: alleles moved to their leftmost position"),
        ] {
            if tally.count > 0 {
                writeln!(f, "  {what}: {} ({})", tally.count, tally.examples.join(", "))?;
            }
        }
        for (count, what) in [
            (self.unplaced, "excluded: rows without a position on this build"),
            (self.repeated, "noted: alleles repeated with the same values"),
            (self.late, "noted: rows out of order, which were sorted"),
            (self.blocks, "noted: blocks without variants, treated as covered"),
            (self.uncalled_blocks, "noted: blocks that were not called, not treated as covered"),
            (self.reference_unknown, "noted: records at unknown reference bases"),
        ] {
            if count > 0 {
                writeln!(f, "  {what}: {count}")?;
            }
        }
        if let Some(bases) = self.covered {
            writeln!(f, "  noted: {bases} bases are covered; an allele absent there was not seen")?;
        }
        if !self.undeclared.is_empty() {
            let keys: Vec<&str> = self.undeclared.keys().take(10).map(String::as_str).collect();
            writeln!(f, "  excluded: INFO keys that the header does not declare: {}", keys.join(", "))?;
        }
        Ok(())
    }
}
