//! GATK's physical phase: PGT and PID, where there is no PS.
//!
//! GATK HaplotypeCaller writes `PID`, "Physical phasing ID information, where each unique ID within a given
//! sample (but not across samples) connects records within a phasing group", and `PGT`, "Physical phasing
//! haplotype information, describing how the alternate alleles are phased in relation to one another" (the
//! descriptions in its headers). PGT tells on which of the group's two haplotypes the ALT lies; it "is not
//! intended to describe called alleles", so it is read for genotypes of one REF and one ALT only: where both
//! alleles are ALTs, or both the same, or one is missing, it says nothing that can be used.
//!
//! PS goes before: another tool may have phased the file anew and left PGT and PID as they were. A genotype
//! written with `|`, without PS, whose order is not that of its own PGT, contradicts itself: neither is used.

use super::finding::{Finding, Findings};
use crate::model::record::RecordCall;

/// PGT and PID of one sample in one record, as far as given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PhysicalPhase {
    /// True when the ALT lies on the first of the two haplotypes (`1|0`).
    alternate_first: Option<bool>,
    group: Option<u32>,
}

impl PhysicalPhase {
    /// Reads PGT; anything but `0|1` and `1|0` says nothing.
    pub fn set_genotype(&mut self, text: &[u8]) {
        self.alternate_first = match text {
            b"0|1" => Some(false),
            b"1|0" => Some(true),
            _ => None,
        };
    }

    /// Reads PID, a text such as `12345_A_T`.
    pub fn set_group(&mut self, text: &[u8]) {
        self.group = (!matches!(text, b"" | b".")).then(|| group(text));
    }

    /// Gives a call its phase by PGT and PID.
    pub fn apply(self, call: &mut RecordCall, findings: &mut Findings) {
        let (Some(alternate_first), Some(group)) = (self.alternate_first, self.group) else { return };
        let [Some(first), Some(second)] = call.alleles[..] else { return };
        if call.phase_set.is_some() || (first == 0) == (second == 0) {
            return;
        }
        let agrees = (first != 0) == alternate_first;
        if call.phased && !agrees {
            findings.add(Finding::PhaseContradiction);
            call.phased = false;
            return;
        }
        if !agrees {
            call.alleles.swap(0, 1);
        }
        call.phased = true;
        call.phase_set = Some(group);
    }
}

/// A number for the group. PS is a position, so below 2³¹; the numbers of groups lie above, and the two never
/// meet. Within the few groups of a gene two texts share one of the 2³¹ numbers (FNV-1a, shortened) about once in
/// a thousand million pairs.
fn group(text: &[u8]) -> u32 {
    let hash = text
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    ((hash ^ (hash >> 32)) as u32) | 1 << 31
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GT as numbers and separator, PS, PGT, PID to GT, phased, whether in a group.
    fn applied(alleles: &[Option<u8>], phased: bool, set: Option<u32>, pgt: &str, pid: &str) -> RecordCall {
        let mut physical = PhysicalPhase::default();
        physical.set_genotype(pgt.as_bytes());
        physical.set_group(pid.as_bytes());
        let mut call = RecordCall {
            alleles: alleles.iter().copied().collect(),
            phased,
            phase_set: set,
            ..RecordCall::default()
        };
        physical.apply(&mut call, &mut Findings::default());
        call
    }

    const HET: &[Option<u8>] = &[Some(0), Some(1)];

    #[test]
    fn the_alt_goes_where_pgt_says() {
        let call = applied(HET, false, None, "1|0", "100_A_T");
        assert_eq!((call.alleles.as_slice(), call.phased), (&[Some(1), Some(0)][..], true));
        assert_eq!(call.phase_set, applied(HET, false, None, "0|1", "100_A_T").phase_set);
        assert_ne!(call.phase_set, applied(HET, false, None, "0|1", "100_A_G").phase_set);
        let second_alt = applied(&[Some(0), Some(2)], false, None, "0|1", "100_A_T");
        assert_eq!((second_alt.alleles[1], second_alt.phased), (Some(2), true));
    }

    #[test]
    fn ps_goes_before_and_contradictions_are_not_used() {
        let call = applied(HET, true, Some(7), "1|0", "100_A_T");
        assert_eq!((call.alleles.as_slice(), call.phased, call.phase_set), (HET, true, Some(7)));
        let call = applied(HET, true, None, "1|0", "100_A_T");
        assert_eq!((call.phased, call.phase_set), (false, None));
        assert!(applied(HET, true, None, "0|1", "100_A_T").phase_set.is_some());
    }

    #[test]
    fn what_pgt_does_not_describe_stays_as_it_is() {
        for (alleles, pgt, pid) in [
            (&[Some(1), Some(2)][..], "0|1", "100_A_T"),
            (&[Some(1), Some(1)], "0|1", "100_A_T"),
            (&[None, Some(1)], "0|1", "100_A_T"),
            (&[Some(1)], "0|1", "100_A_T"),
            (HET, ".", "100_A_T"),
            (HET, "0|1", "."),
            (HET, "0/1", "100_A_T"),
        ] {
            let call = applied(alleles, false, None, pgt, pid);
            assert_eq!((call.alleles.as_slice(), call.phased, call.phase_set), (alleles, false, None));
        }
    }
}
