//! Typed values of BCF, appended to a buffer.

/// A missing floating-point number.
pub const MISSING_FLOAT: u32 = 0x7F80_0001;
/// The end of a vector of floating-point numbers.
pub const END_FLOAT: u32 = 0x7F80_0002;

/// How many bytes the numbers of a vector take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// One.
    One,
    /// Two.
    Two,
    /// Four.
    Four,
}

/// One element of a vector of whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A number.
    Value(i32),
    /// `.`
    Missing,
    /// The vector ends before.
    End,
}

/// Lowest number that is not one of the eight reserved values of four bytes.
pub const LOWEST: i32 = i32::MIN + 8;

impl Width {
    /// The narrowest that holds all; the eight lowest values of each width are reserved.
    pub fn of(numbers: &[Whole]) -> Self {
        let (mut low, mut high) = (0, 0);
        for number in numbers {
            if let Whole::Value(value) = number {
                low = low.min(*value);
                high = high.max(*value);
            }
        }
        if low >= i32::from(i8::MIN) + 8 && high <= i32::from(i8::MAX) {
            Self::One
        } else if low >= i32::from(i16::MIN) + 8 && high <= i32::from(i16::MAX) {
            Self::Two
        } else {
            Self::Four
        }
    }

    /// The type's code.
    pub fn code(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 3,
        }
    }

    /// Appends a number, cut to this width.
    pub fn push(self, out: &mut Vec<u8>, number: Whole) {
        let value = |lowest: i32| match number {
            Whole::Value(value) => value,
            Whole::Missing => lowest,
            Whole::End => lowest + 1,
        };
        match self {
            Self::One => out.push(value(i32::from(i8::MIN)) as u8),
            Self::Two => out.extend_from_slice(&(value(i32::from(i16::MIN)) as i16).to_le_bytes()),
            Self::Four => out.extend_from_slice(&value(i32::MIN).to_le_bytes()),
        }
    }
}

/// Code of floating-point numbers.
pub const FLOAT: u8 = 5;
/// Code of text.
pub const TEXT: u8 = 7;

/// Appends the type and number of elements of the value that follows.
pub fn push_descriptor(out: &mut Vec<u8>, count: usize, code: u8) {
    if count < 15 {
        out.push((count as u8) << 4 | code);
    } else {
        out.push(0xF0 | code);
        push_number(out, count as i32);
    }
}

/// Appends one typed whole number.
pub fn push_number(out: &mut Vec<u8>, number: i32) {
    push_numbers(out, &[Whole::Value(number)]);
}

/// Appends a typed vector of whole numbers.
pub fn push_numbers(out: &mut Vec<u8>, numbers: &[Whole]) {
    let width = Width::of(numbers);
    push_descriptor(out, numbers.len(), width.code());
    for number in numbers {
        width.push(out, *number);
    }
}

/// Appends a typed text.
pub fn push_text(out: &mut Vec<u8>, text: &[u8]) {
    push_descriptor(out, text.len(), TEXT);
    out.extend_from_slice(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: &[i32]) -> Vec<u8> {
        let mut out = Vec::new();
        push_numbers(&mut out, &values.iter().map(|v| Whole::Value(*v)).collect::<Vec<_>>());
        out
    }

    #[test]
    fn the_narrowest_width_is_taken_and_reserved_values_are_left_alone() {
        assert_eq!(numbers(&[-120, 127]), [0x21, 0x88, 127]);
        assert_eq!(numbers(&[-121]), [0x12, 0x87, 0xFF]);
        assert_eq!(numbers(&[128]), [0x12, 128, 0]);
        assert_eq!(numbers(&[32_768]), [0x13, 0, 0x80, 0, 0]);
        assert_eq!(numbers(&[-32_761]), [0x13, 0x07, 0x80, 0xFF, 0xFF]);
    }

    #[test]
    fn long_texts_have_their_length_behind_the_type() {
        let mut out = Vec::new();
        push_text(&mut out, &[b'a'; 300]);
        assert_eq!(out[..4], [0xF7, 0x12, 0x2C, 1]);
        out.clear();
        push_text(&mut out, b"");
        assert_eq!(out, [0x07]);
    }
}
