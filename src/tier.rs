//! Tiers by a rule set that is data: a TOML file with a name and a date (`pipelines/rules/`).
//!
//! [`decide`] turns one allele in one gene into events, one for each mode of inheritance it passed and each
//! panel that holds the gene, finds the first row of the rule set that each event meets, and shows the
//! highest. The words of a report are the `words` of the rows that ran.

mod criteria;
mod decide;
mod input;
mod rule_set;

pub use criteria::{CRITERIA, Criterion, CriterionRow};
pub use decide::{CriterionResult, TierEvent, TierOutcome, decide};
pub use input::TierInput;
pub use rule_set::{Cap, FrequencyBy, Row, RuleSet, RuleSetError};
