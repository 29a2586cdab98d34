//! The one thread pool of a run: `--threads N` is a strict cap.

use anyhow::anyhow;

use super::failure::Failure;

/// A pool of `threads`, or of as many as the machine has.
pub fn pool(threads: Option<usize>) -> Result<rayon::ThreadPool, Failure> {
    if threads == Some(0) {
        return Err(Failure::usage(anyhow!("--threads 0: at least one thread is needed")));
    }
    let threads = threads
        .or_else(|| std::thread::available_parallelism().ok().map(std::num::NonZero::get))
        .unwrap_or(1);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(Failure::internal)
}
