//! Buffers that are used again. Memory fresh from the system costs a page fault every 4 KiB, which for a reader that
//! goes through gigabytes comes to a third of what inflating them does.

use std::sync::{Mutex, PoisonError};

/// Buffers given back, for compressed and for inflated bytes. As many are kept as were ever in use at a time.
#[derive(Debug, Default)]
pub struct Buffers {
    raw: Mutex<Vec<Vec<u8>>>,
    inflated: Mutex<Vec<Vec<u8>>>,
}

impl Buffers {
    /// An empty buffer.
    pub fn raw(&self) -> Vec<u8> {
        let mut buffer = take(&self.raw);
        buffer.clear();
        buffer
    }

    /// A buffer of any length and content, to be written over.
    pub fn inflated(&self) -> Vec<u8> {
        take(&self.inflated)
    }

    /// Takes back what [`Buffers::raw`] gave.
    pub fn give_raw(&self, buffer: Vec<u8>) {
        give(&self.raw, buffer);
    }

    /// Takes back what [`Buffers::inflated`] gave.
    pub fn give_inflated(&self, buffer: Vec<u8>) {
        give(&self.inflated, buffer);
    }
}

fn take(kept: &Mutex<Vec<Vec<u8>>>) -> Vec<u8> {
    kept.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
}

fn give(kept: &Mutex<Vec<Vec<u8>>>, buffer: Vec<u8>) {
    if buffer.capacity() > 0 {
        kept.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back() {
        let buffers = Buffers::default();
        buffers.give_raw(vec![1; 100]);
        buffers.give_inflated(vec![2; 50]);
        buffers.give_inflated(Vec::new());
        assert!(buffers.raw().is_empty());
        assert_eq!(buffers.inflated(), [2; 50]);
        assert_eq!((buffers.raw().capacity(), buffers.inflated().capacity()), (0, 0), "each was given once");
    }
}
