//! SIGTERM and SIGINT end a batch in good order.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Context;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::failure::Failure;

/// A flag that the first SIGTERM or SIGINT sets. The second does what it would have done without this: it ends the
/// program at once.
///
/// # Errors
/// When the system refuses; nothing is then as it was not before.
pub fn flag_of_signals() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGINT] {
        // In this order: what looks at the flag must run before what sets it.
        flag::register_conditional_default(signal, Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .context("signals cannot be handled")
            .map_err(Failure::internal)?;
    }
    Ok(stop)
}
