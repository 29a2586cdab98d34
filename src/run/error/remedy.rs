//! What to do about what stops a referral.

use std::borrow::Cow;
use std::io;

use super::ReferralError;
use crate::model::remedy::Remedy;
use crate::publish::NotOurs;

/// What to do where the results cannot be written.
pub(super) const DISK: &str = "check free space and permissions";

impl Remedy for ReferralError {
    fn remedy(&self) -> Option<Cow<'_, str>> {
        let remedy = match self {
            Self::Pedigree { .. } => "correct the samplesheet",
            Self::Plan(fault) => return fault.remedy(),
            Self::StoredPlan { source, .. } => return source.remedy(),
            Self::Interpret(fault) => return fault.remedy(),
            Self::Reference(fault) => return fault.remedy(),
            Self::Coverage(fault) => return fault.remedy(),
            Self::Report(fault) => return fault.remedy(),
            Self::Publish { source, .. } => return of_not_ours(source).or(Some(DISK.into())),
            Self::Funnel(_) | Self::Internal(_) => "please report it",
        };
        Some(remedy.into())
    }
}

/// The remedy where the place of the results is taken.
pub(super) fn of_not_ours(fault: &io::Error) -> Option<Cow<'_, str>> {
    fault.get_ref()?.downcast_ref::<NotOurs>()?.remedy()
}

#[cfg(test)]
mod tests {
    use super::super::message_and_remedy;
    use super::*;
    use crate::interpret::error::InterpretError;
    use crate::read::error::ReadError;

    /// Message and remedy make the whole text, and no remedy is said twice.
    fn parts(error: ReferralError) -> (String, String) {
        let (message, remedy) = message_and_remedy(&error);
        assert_eq!(error.to_string(), format!("{message}; {remedy}"));
        (message, remedy)
    }

    #[test]
    fn every_fault_says_what_happened_and_what_to_do() {
        let referral = || "R1".to_owned();
        let (message, remedy) = parts(InterpretError::NothingToRead { referral: referral(), line: 2 }.into());
        assert!(message.ends_with("no affected member has a variant file"), "{message}");
        assert_eq!(remedy, "add the proband's vcf");
        parts(InterpretError::NothingToLookUpIn { referral: referral(), line: 2 }.into());
        let problem = "the contig is not there; nor is another".to_owned();
        let variant = "1-2-A-C".to_owned();
        parts(InterpretError::NamedVariant { referral: referral(), variant, problem }.into());
        parts(ReferralError::Pedigree { faults: Vec::new() });
        let wrong = InterpretError::WrongBuild {
            file: "a.vcf".into(),
            assembly: "GRCh38".to_owned(),
            mismatches: 9,
            checked: 10,
        };
        parts(wrong.into());
        parts(ReferralError::Internal("a table was empty".to_owned()));
        parts(InterpretError::Read(ReadError::Empty { file: "a.vcf".into() }).into());
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let (_, remedy) = parts(ReferralError::Publish { path: "R1".into(), source: full });
        assert_eq!(remedy, "check free space and permissions");
    }

    #[test]
    fn an_error_without_a_remedy_of_its_own_gets_one() {
        let fault = crate::plan::Refusal::NotWritable("depth".to_owned());
        let error = crate::plan::PlanError { referral: "R1".to_owned(), line: 2, reason: Box::new(fault) };
        let (message, remedy) = message_and_remedy(&ReferralError::Plan(error));
        assert!(message.ends_with("cannot be written as JSON: depth"), "{message}");
        assert_eq!(remedy, "correct the referral's row or files and run it again");
    }
}
