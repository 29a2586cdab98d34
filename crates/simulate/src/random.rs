//! The only source of chance: a seeded stream, forked by name so that parts do not disturb each other.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A named, seeded stream of random numbers.
pub struct Random(ChaCha8Rng);

impl Random {
    /// The stream `name` of the world `seed`.
    pub fn new(seed: u64, name: &str) -> Self {
        Self(ChaCha8Rng::seed_from_u64(mix(seed, name)))
    }

    /// A number below `bound` (0 when the bound is 0).
    pub fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.0.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    /// A number in `low..=high`.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// A fraction in `[0, 1)`.
    pub fn fraction(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.fraction() < p
    }

    /// One of `items`.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u32) as usize]
    }

    /// A base of the genome; 41 % G or C, as in man.
    pub fn base(&mut self) -> u8 {
        match self.below(200) {
            0..59 => b'A',
            59..118 => b'T',
            118..159 => b'G',
            _ => b'C',
        }
    }

    /// A base other than `base`.
    pub fn other_base(&mut self, base: u8) -> u8 {
        loop {
            let other = *self.pick(b"ACGT");
            if other != base {
                return other;
            }
        }
    }
}

/// FNV-1a of the name, stirred into the seed.
pub fn mix(seed: u64, name: &str) -> u64 {
    name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29)
    })
}

/// A fraction in `[0, 1)` that depends on nothing but its arguments: whether a haplotype carries a site.
pub fn hashed_fraction(parts: [u64; 4]) -> f64 {
    let mut hash = 0x9e37_79b9_7f4a_7c15_u64;
    for part in parts {
        hash = (hash ^ part).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^= hash >> 32;
    }
    (hash >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ_by_name() {
        let take = |seed, name| {
            let mut random = Random::new(seed, name);
            (0..8).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(take(1, "a"), take(1, "a"));
        assert_ne!(take(1, "a"), take(1, "b"));
        assert_ne!(take(1, "a"), take(2, "a"));
    }

    #[test]
    fn hashed_fractions_are_spread_evenly() {
        let low = (0..10_000).filter(|i| hashed_fraction([7, 1, 0, *i]) < 0.25).count();
        assert!((2_300..2_700).contains(&low), "{low}");
    }
}
