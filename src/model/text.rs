//! Numbers as text, straight into a buffer: the formatting machinery costs more than the number.

/// Appends a number in decimal.
pub fn push_number(out: &mut String, number: impl itoa::Integer) {
    out.push_str(itoa::Buffer::new().format(number));
}
