//! Remarks: a stable name, and the words a reader sees.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::remark::Remark;

/// A remark: a stable name and its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Name, such as `placement_dependent`.
    pub name: String,
    /// In words.
    pub words: String,
}

impl From<&Remark> for Flag {
    fn from(remark: &Remark) -> Self {
        Self { name: remark.name().to_owned(), words: remark.words().into_owned() }
    }
}

impl Flag {
    /// The remarks of a finding in the order of their names, those of one name as they come; each once.
    pub fn all(remarks: impl IntoIterator<Item = Remark>) -> Vec<Self> {
        let mut different: Vec<Remark> = Vec::new();
        for remark in remarks {
            if !different.contains(&remark) {
                different.push(remark);
            }
        }
        different.sort_by_key(Remark::name);
        different.iter().map(Self::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::consequence::{Term, Terms};
    use crate::model::remark::{FamilyRemark, TranscriptRemark};

    #[test]
    fn remarks_come_by_name_and_once() {
        let also = |term| Remark::from(TranscriptRemark::PlacementAlso(Terms::of(term)));
        let flags = Flag::all([
            also(Term::StopGained),
            FamilyRemark::HetInHaploid.into(),
            also(Term::Missense),
            FamilyRemark::HetInHaploid.into(),
        ]);
        let names: Vec<&str> = flags.iter().map(|flag| flag.name.as_str()).collect();
        assert_eq!(names, ["het_in_haploid", "placement_also", "placement_also"]);
        assert!(flags[1].words.ends_with("stop gained."), "{}", flags[1].words);
        assert!(flags[2].words.ends_with("missense variant."), "{}", flags[2].words);
    }
}
