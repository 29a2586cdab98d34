//! What to do about an error, apart from what happened.

use std::borrow::Cow;
use std::fmt;

/// An error that ends a referral or a command. Displayed, it says what happened and then what to do; a report shows
/// the two apart.
pub trait Remedy: fmt::Display {
    /// What to do, as the displayed text ends; absent where the error does not know.
    fn remedy(&self) -> Option<Cow<'_, str>>;

    /// What happened: the displayed text without the remedy.
    fn message(&self) -> String {
        let mut text = self.to_string();
        if let Some(kept) = self.remedy().and_then(|remedy| Some(text.strip_suffix(&*remedy)?.len())) {
            text.truncate(kept);
            text.truncate(text.trim_end_matches([' ', ';', ':']).len());
        }
        text
    }
}

/// `; ` and the remedy of an error, for the end of its displayed text; nothing where it has none.
pub(crate) fn then<E: Remedy>(error: &E) -> Then<'_> {
    Then(error.remedy())
}

/// A remedy at the end of a text.
pub(crate) struct Then<'a>(Option<Cow<'a, str>>);

impl fmt::Display for Then<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |remedy| write!(f, "; {remedy}"))
    }
}

/// The remedy of a cause that a reader of cells or records gives as one text, `what is wrong; what to do`.
pub(crate) fn of_cause(cause: &str) -> Option<Cow<'_, str>> {
    cause.rsplit_once("; ").map(|(_, remedy)| remedy.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What happened, and what to do.
    struct Fault(&'static str, Option<&'static str>);

    impl fmt::Display for Fault {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}{}", self.0, then(self))
        }
    }

    impl Remedy for Fault {
        fn remedy(&self) -> Option<Cow<'_, str>> {
            self.1.map(Cow::from)
        }
    }

    #[test]
    fn message_and_remedy_make_the_displayed_text() {
        // A semicolon in either does not move the border between them.
        let fault = Fault("a.vcf: cut; short", Some("copy it again; then run it again"));
        assert_eq!(fault.to_string(), "a.vcf: cut; short; copy it again; then run it again");
        assert_eq!(fault.message(), "a.vcf: cut; short");
        let without = Fault("a.vcf: cut; short", None);
        assert_eq!(
            (without.to_string(), without.message()),
            ("a.vcf: cut; short".into(), "a.vcf: cut; short".into())
        );
    }
}
