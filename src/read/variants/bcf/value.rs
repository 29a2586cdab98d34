//! Typed values of BCF.

/// A value's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No value.
    Missing,
    /// Signed whole numbers of 1, 2 or 4 bytes.
    Whole(u8),
    /// 32-bit floating point.
    Float,
    /// Text.
    Text,
}

impl Kind {
    /// Bytes of one element.
    pub fn size(self) -> usize {
        match self {
            Self::Missing => 0,
            Self::Whole(size) => usize::from(size),
            Self::Float => 4,
            Self::Text => 1,
        }
    }
}

/// One element of a vector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Element {
    /// A whole number.
    Whole(i32),
    /// A floating-point number.
    Float(f32),
    /// The missing value `.`.
    Missing,
}

/// What is said of a record whose bytes end too early or make no sense.
pub const DAMAGED: &str = "the BCF record is damaged; copy the file again";

/// Reads values one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// [`DAMAGED`] when there are fewer.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], String> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(DAMAGED)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next four bytes as a number.
    ///
    /// # Errors
    /// [`DAMAGED`] when there are fewer.
    pub fn word(&mut self) -> Result<u32, String> {
        let bytes = <[u8; 4]>::try_from(self.bytes(4)?).map_err(|_| DAMAGED)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// The type and number of elements of the value that follows.
    ///
    /// # Errors
    /// [`DAMAGED`] for an unknown type.
    pub fn descriptor(&mut self) -> Result<(Kind, usize), String> {
        let byte = self.bytes(1)?[0];
        let kind = match byte & 0xF {
            0 => Kind::Missing,
            1 => Kind::Whole(1),
            2 => Kind::Whole(2),
            3 => Kind::Whole(4),
            5 => Kind::Float,
            7 => Kind::Text,
            _ => return Err(DAMAGED.to_owned()),
        };
        let length = match byte >> 4 {
            15 => usize::try_from(self.whole()?).map_err(|_| DAMAGED)?,
            length => usize::from(length),
        };
        Ok((kind, length))
    }

    /// A single typed whole number.
    ///
    /// # Errors
    /// [`DAMAGED`] when it is something else.
    pub fn whole(&mut self) -> Result<i32, String> {
        let byte = self.bytes(1)?[0];
        let size = match byte {
            0x11 => 1,
            0x12 => 2,
            0x13 => 4,
            _ => return Err(DAMAGED.to_owned()),
        };
        match elements(Kind::Whole(size), self.bytes(usize::from(size))?).next() {
            Some(Element::Whole(value)) => Ok(value),
            _ => Err(DAMAGED.to_owned()),
        }
    }

    /// The next typed value: its type and bytes.
    ///
    /// # Errors
    /// [`DAMAGED`] when it runs past the end.
    pub fn value(&mut self) -> Result<(Kind, &'a [u8]), String> {
        let (kind, length) = self.descriptor()?;
        let size = kind.size().checked_mul(length).ok_or(DAMAGED)?;
        Ok((kind, self.bytes(size)?))
    }
}

/// The elements of a vector, up to its end mark.
pub fn elements(kind: Kind, bytes: &[u8]) -> impl Iterator<Item = Element> + '_ {
    let size = kind.size().max(1);
    bytes.chunks_exact(size).map_while(move |chunk| match (kind, chunk) {
        (Kind::Whole(_), [byte]) => whole(i32::from(*byte as i8), i32::from(i8::MIN)),
        (Kind::Whole(_), [a, b]) => whole(i32::from(i16::from_le_bytes([*a, *b])), i32::from(i16::MIN)),
        (Kind::Whole(_), [a, b, c, d]) => whole(i32::from_le_bytes([*a, *b, *c, *d]), i32::MIN),
        (Kind::Float, [a, b, c, d]) => match u32::from_le_bytes([*a, *b, *c, *d]) {
            0x7F80_0001 => Some(Element::Missing),
            0x7F80_0002 => None,
            bits => Some(Element::Float(f32::from_bits(bits))),
        },
        _ => None,
    })
}

/// The lowest value of each size stands for missing, the next for the end of the vector.
fn whole(value: i32, lowest: i32) -> Option<Element> {
    match value.wrapping_sub(lowest) {
        0 => Some(Element::Missing),
        1 => None,
        _ => Some(Element::Whole(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_each_size_end_at_their_mark() {
        let read = |kind, bytes: &[u8]| elements(kind, bytes).collect::<Vec<_>>();
        use Element::*;
        assert_eq!(read(Kind::Whole(1), &[5, 0x80, 0xFB, 0x81, 7]), [Whole(5), Missing, Whole(-5)]);
        assert_eq!(read(Kind::Whole(2), &[0x2C, 1, 0, 0x80, 1, 0x80]), [Whole(300), Missing]);
        assert_eq!(
            read(Kind::Float, &[0, 0, 0x80, 0x3F, 1, 0, 0x80, 0x7F, 2, 0, 0x80, 0x7F]),
            [Float(1.0), Missing]
        );
    }

    #[test]
    fn long_vectors_and_cut_values() {
        let mut cursor = Cursor::new(&[0xF7, 0x11, 16, b'a']);
        assert_eq!(cursor.value(), Err(DAMAGED.to_owned()));
        let mut cursor = Cursor::new(&[0x27, b'a', b'b', 0x11, 0x80]);
        assert_eq!(cursor.value(), Ok((Kind::Text, b"ab".as_slice())));
        assert!(cursor.whole().is_err());
    }
}
