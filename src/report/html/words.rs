//! Filters of the templates: from the values of the model to the words of a report. Each goes through the
//! model's own type, so a value without words is an error, not a blank.

use minijinja::{Environment, Error, ErrorKind, Value};
use serde::de::DeserializeOwned;

use super::text::{css_string, relative_link};
use crate::model::consequence::Impact;
use crate::model::panel::{Confidence, Penetrance};
use crate::model::participant::{Affection, Sex};
use crate::model::remark::FamilyRemark;
use crate::model::segregation::Verdict;
use crate::model::tier::Tier;
use crate::model::transcript::Mane;
use crate::report::model::{LookUpState, MeanDepth, Percent, PhaseGrade, Proportion, Rate};

/// Adds the filters.
pub(super) fn add_filters(environment: &mut Environment<'_>) {
    environment.add_filter("tier", |text: &str| typed::<Tier>(text).map(Tier::words));
    environment.add_filter("tier_class", |text: &str| {
        typed::<Tier>(text).map(|tier| match tier {
            Tier::Tier1 => "tier-1",
            Tier::Tier2 => "tier-2",
            Tier::Tier3 => "tier-3",
            Tier::Untiered => "untiered",
        })
    });
    environment.add_filter("verdict", |text: &str| typed::<Verdict>(text).map(Verdict::name));
    environment.add_filter("look_up_state", |text: &str| typed::<LookUpState>(text).map(LookUpState::words));
    environment.add_filter("phase", |text: &str| typed::<PhaseGrade>(text).map(PhaseGrade::words));
    environment.add_filter("remark", |text: &str| typed::<FamilyRemark>(text).map(FamilyRemark::words));
    environment.add_filter("impact", |text: &str| {
        typed::<Impact>(text).map(|impact| match impact {
            Impact::High => "high impact",
            Impact::Moderate => "moderate impact",
            Impact::Low => "low impact",
            Impact::Modifier => "modifier impact",
        })
    });
    environment.add_filter("mane", |text: &str| {
        typed::<Mane>(text).map(|mane| match mane {
            Mane::Select => "MANE Select",
            Mane::PlusClinical => "MANE Plus Clinical",
        })
    });
    environment.add_filter("rating", |text: &str| {
        typed::<Confidence>(text).map(|rating| match rating {
            Confidence::Green => "green",
            Confidence::Amber => "amber",
            Confidence::Red => "red",
            Confidence::Grey => "grey (no list)",
        })
    });
    environment.add_filter("affection", |text: &str| {
        typed::<Affection>(text).map(|affection| match affection {
            Affection::Affected => "affected",
            Affection::Unaffected => "unaffected",
            Affection::Unknown => "not known",
        })
    });
    environment.add_filter("sex", |text: &str| {
        typed::<Sex>(text).map(|sex| match sex {
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Unknown => "not stated",
        })
    });
    environment.add_filter("penetrance", |text: &str| {
        typed::<Penetrance>(text).map(|penetrance| match penetrance {
            Penetrance::Complete => "complete",
            Penetrance::Incomplete => "incomplete",
            Penetrance::Unknown => "not known",
        })
    });
    environment.add_filter("remark", |text: &str| typed::<FamilyRemark>(text).map(FamilyRemark::words));
    environment.add_filter("percent", |value: f64| number::<Percent>(value));
    environment.add_filter("depth", |value: f64| number::<MeanDepth>(value));
    environment.add_filter("proportion", |value: f64| number::<Proportion>(value));
    environment.add_filter("rate", |value: f64| number::<Rate>(value));
    environment.add_filter("exactly", |value: f64| value.to_string());
    environment.add_filter("grouped", grouped);
    environment.add_filter("css_string", |text: &str| Value::from_safe_string(css_string(text)));
    environment.add_filter("relative_link", relative_link);
}

fn typed<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))
}

fn number<T: TryFrom<f64, Error: std::fmt::Display> + std::fmt::Display>(
    value: f64,
) -> Result<String, Error> {
    T::try_from(value)
        .map(|number| number.to_string())
        .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))
}

/// A whole number with its thousands set apart by commas: `5,012,344`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (5_012_344, "5,012,344")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn a_value_outside_its_type_is_an_error() {
        assert!(typed::<Tier>("TIER9").is_err());
        assert!(number::<Percent>(101.0).is_err());
    }
}
