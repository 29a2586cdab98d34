//! The people of a referral and how they are related.

use serde::{Deserialize, Serialize};

use super::participant::{Affection, Participant};

/// A referral's family. Members keep the order of the samplesheet; every per-member list in the program
/// (calls, clauses, columns of a report) has this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Identifier: the referral's.
    pub id: String,
    /// The members; parents are given by index into this list.
    pub members: Vec<Participant>,
    /// Index of the proband.
    pub proband: usize,
    /// True when the proband's parents are known to be related by blood.
    pub consanguineous: bool,
}

impl Family {
    /// The proband.
    pub fn proband(&self) -> &Participant {
        &self.members[self.proband]
    }

    /// Indices of members who are affected.
    pub fn affected(&self) -> impl Iterator<Item = usize> + '_ {
        self.members.iter().enumerate().filter(|(_, m)| m.affection == Affection::Affected).map(|(i, _)| i)
    }
}
