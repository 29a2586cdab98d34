//! Progress bars on a terminal; nothing elsewhere, where the log tells the same.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::run::batch::Observer;

/// A bar over the referrals of a batch.
pub struct BatchProgress {
    bar: ProgressBar,
}

impl BatchProgress {
    /// A bar of this length. Hidden when standard error is not a terminal.
    pub fn new(referrals: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(referrals as u64), ProgressDrawTarget::stderr());
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {pos}/{len} referrals  {elapsed}  {wide_msg}")
        {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Observer for BatchProgress {
    fn started(&self, referral: &str) {
        self.bar.set_message(referral.to_owned());
    }

    fn finished(&self, referral: &str, done: bool) {
        if !done {
            self.bar.suspend(|| tracing::debug!(referral, "failed"));
        }
        self.bar.inc(1);
    }
}
