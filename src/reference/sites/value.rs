//! A value of a site table.

/// A value of one field for one allele.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SiteValue<'a> {
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// Text, as in the source; several values stay joined by commas.
    Text(&'a str),
    /// A flag that is set.
    Flag,
}

impl From<SiteValue<'_>> for crate::model::annotation::SiteValue {
    fn from(value: SiteValue<'_>) -> Self {
        match value {
            SiteValue::Integer(number) => Self::Integer(number),
            SiteValue::Float(number) => Self::Float(number),
            SiteValue::Text(text) => Self::Text(text.to_owned()),
            SiteValue::Flag => Self::Flag(true),
        }
    }
}

impl std::fmt::Display for SiteValue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
            Self::Flag => f.write_str("1"),
        }
    }
}
