//! The value of an INFO field that is added to a record, written as text or as BCF holds it.

use super::bcf::value::{FLOAT, LOWEST, MISSING_FLOAT, Whole, push_descriptor, push_numbers, push_text};

/// A value, with one element an ALT where it is a list.
#[derive(Clone, Debug, PartialEq)]
pub enum InfoValue {
    /// Text as it goes into the column; empty for none.
    Text(String),
    /// Whole numbers.
    Whole(Vec<Whole>),
    /// Numbers with a point.
    Decimal(Vec<Option<f64>>),
}

impl InfoValue {
    /// Takes all elements out, and keeps the room for others.
    pub fn clear(&mut self) {
        match self {
            Self::Text(text) => text.clear(),
            Self::Whole(numbers) => numbers.clear(),
            Self::Decimal(numbers) => numbers.clear(),
        }
    }

    /// True where it says nothing, so that the field is left out.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Whole(numbers) => !numbers.iter().any(|n| matches!(n, Whole::Value(_))),
            Self::Decimal(numbers) => numbers.iter().all(Option::is_none),
        }
    }

    /// Appends it as the VCF column has it.
    pub fn push_text(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Whole(numbers) => join(out, numbers, |out, number| match number {
                Whole::Value(number) => crate::model::text::push_number(out, *number),
                _ => out.push('.'),
            }),
            Self::Decimal(numbers) => join(out, numbers, |out, number| match number {
                Some(number) => {
                    let _ = std::fmt::Write::write_fmt(out, format_args!("{number}"));
                }
                None => out.push('.'),
            }),
        }
    }

    /// Appends it as BCF has it, its type in front. BCF holds numbers with a point in single precision.
    pub fn push_bcf(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) => push_text(out, text.as_bytes()),
            Self::Whole(numbers) => push_numbers(out, numbers),
            Self::Decimal(numbers) => {
                push_descriptor(out, numbers.len(), FLOAT);
                for number in numbers {
                    let bits = number.map_or(MISSING_FLOAT, |number| (number as f32).to_bits());
                    out.extend_from_slice(&bits.to_le_bytes());
                }
            }
        }
    }
}

/// A whole number as VCF and BCF can hold it; absent when it takes more than 32 bits.
pub fn whole(number: i64) -> Option<Whole> {
    i32::try_from(number).ok().filter(|number| *number >= LOWEST).map(Whole::Value)
}

fn join<T>(out: &mut String, elements: &[T], push: impl Fn(&mut String, &T)) {
    for (i, element) in elements.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        push(out, element);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(value: &InfoValue) -> (String, Vec<u8>) {
        let (mut text, mut bytes) = (String::new(), Vec::new());
        value.push_text(&mut text);
        value.push_bcf(&mut bytes);
        (text, bytes)
    }

    #[test]
    fn text_and_bcf_say_the_same() {
        let numbers = InfoValue::Whole(vec![Whole::Value(7), Whole::Missing]);
        assert_eq!(both(&numbers), ("7,.".to_owned(), vec![0x21, 7, 0x80]));
        let decimals = InfoValue::Decimal(vec![None, Some(0.5)]);
        let bytes = [[0x25].as_slice(), &MISSING_FLOAT.to_le_bytes(), &0.5f32.to_le_bytes()].concat();
        assert_eq!(both(&decimals), (".,0.5".to_owned(), bytes));
        assert_eq!(both(&InfoValue::Text("a,.".into())), ("a,.".to_owned(), b"\x37a,.".to_vec()));
    }

    #[test]
    fn what_says_nothing_is_empty() {
        assert!(InfoValue::Whole(vec![Whole::Missing]).is_empty());
        assert!(InfoValue::Decimal(vec![None, None]).is_empty());
        assert!(!InfoValue::Decimal(vec![None, Some(0.0)]).is_empty());
        assert_eq!(whole(i64::from(i32::MIN)), None, "a reserved value");
        assert_eq!(whole(1 << 31), None);
        assert_eq!(whole(-5), Some(Whole::Value(-5)));
    }
}
