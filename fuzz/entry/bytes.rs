//! Fuzz input read as a stream of small choices.

/// The bytes not yet read; an empty stream gives zeros.
pub struct Choices<'a>(pub &'a [u8]);

impl Choices<'_> {
    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((&first, rest)) => {
                self.0 = rest;
                first
            }
            None => 0,
        }
    }

    /// True once in `often` times.
    pub fn once_in(&mut self, often: u8) -> bool {
        self.byte().is_multiple_of(often)
    }

    /// A number below `limit`; 0 where `limit` is 0.
    pub fn below(&mut self, limit: u32) -> u32 {
        let number = u32::from(self.byte()) << 8 | u32::from(self.byte());
        if limit == 0 { 0 } else { number % limit }
    }

    /// Bases; one in sixteen is unknown.
    pub fn bases(&mut self, length: u32) -> Vec<u8> {
        (0..length)
            .map(|_| match self.byte() {
                b if b >= 240 => b'N',
                b => b"ACGT"[usize::from(b % 4)],
            })
            .collect()
    }
}
