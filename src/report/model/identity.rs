//! Which report this is, its standing, and who has yet to sign it.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::stated::Stated;

/// The mark on every page of a report that nobody has signed.
pub const DRAFT_MARK: &str = "automated draft, not for clinical use until authorised";

/// Standing of a report. The program writes drafts only; final and amended reports need a signature
/// record, which is another program's to merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Automated draft.
    Draft,
}

/// Which report this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Unique report identifier, derived from the referral and the hash of its plan.
    pub report_id: String,
    /// Title.
    pub title: String,
    /// Standing.
    pub status: Status,
    /// The mark of that standing, as printed on every page.
    pub mark: String,
    /// Date of the run (ISO), as given by the caller.
    pub run_date: String,
}

impl Identity {
    /// The identity of a draft. The same referral under the same plan has the same identifier.
    pub fn draft(referral: &str, plan_hash: &str, run_date: impl Into<String>) -> Self {
        let mut hasher = blake3::Hasher::new();
        // The length in front keeps ("ab", "c") and ("a", "bc") apart.
        hasher.update(&(referral.len() as u64).to_le_bytes());
        hasher.update(referral.as_bytes());
        hasher.update(plan_hash.as_bytes());
        let digest = hasher.finalize().to_hex();
        Self {
            report_id: format!("ITH-{}", &digest[..16]),
            title: "Genomic variant interpretation report".to_owned(),
            status: Status::Draft,
            mark: DRAFT_MARK.to_owned(),
            run_date: run_date.into(),
        }
    }
}

/// Laboratory, patient, specimen and requester: kept by the laboratory's own system, not by this program,
/// which sees pseudonyms only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Administrative {
    /// Name, address and accreditation number of the laboratory.
    pub laboratory: Stated<String>,
    /// Name, date of birth and NHS number of the patient.
    pub patient: Stated<String>,
    /// Specimen type, laboratory number, dates.
    pub specimen: Stated<String>,
    /// Who requested the test.
    pub requester: Stated<String>,
}

impl Administrative {
    /// Nothing provided, as the program leaves it.
    pub fn not_provided() -> Self {
        let absent = || {
            Stated::not_provided(
                "held by the laboratory information system; this program uses pseudonyms only",
            )
        };
        Self { laboratory: absent(), patient: absent(), specimen: absent(), requester: absent() }
    }
}

/// A field that only a person may fill: always empty here, `null` in JSON, and refused when read back
/// with anything in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blank;

impl Serialize for Blank {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de> Deserialize<'de> for Blank {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self)
    }
}

impl JsonSchema for Blank {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Blank".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "null", "description": "To be completed by a person, never by the program." })
    }
}

/// A line for a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authoriser {
    /// In what capacity.
    pub role: String,
    /// Name.
    pub name: Blank,
    /// Professional registration.
    pub registration: Blank,
    /// Date.
    pub date: Blank,
}

impl Authoriser {
    /// The empty lines of a draft.
    pub fn placeholders() -> Vec<Self> {
        ["Analysed by", "Checked by", "Authorised by"]
            .map(|role| Self { role: role.to_owned(), name: Blank, registration: Blank, date: Blank })
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifier_follows_referral_and_plan() {
        let one = Identity::draft("R1", "abc", "2026-01-01");
        assert_eq!(one.report_id, Identity::draft("R1", "abc", "2026-02-02").report_id);
        assert_ne!(one.report_id, Identity::draft("R2", "abc", "2026-01-01").report_id);
        assert_ne!(one.report_id, Identity::draft("R1a", "bc", "2026-01-01").report_id);
    }

    #[test]
    fn a_filled_signature_is_refused() {
        let signed = r#"{"role":"Authorised by","name":"A. Person","registration":null,"date":null}"#;
        assert!(serde_json::from_str::<Authoriser>(signed).is_err());
        assert!(serde_json::from_str::<Authoriser>(&signed.replace("\"A. Person\"", "null")).is_ok());
    }
}
