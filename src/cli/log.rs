//! Where messages go: plain lines for a person, JSON lines for a nightly job. Always standard error.

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// Form of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Plain text.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Starts logging. On a terminal only warnings and errors are shown, because progress bars tell the rest.
pub fn start(format: LogFormat) {
    let quiet = std::io::stderr().is_terminal() && format == LogFormat::Text;
    let filter = EnvFilter::new(if quiet { "ithaca=warn" } else { "ithaca=info" });
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start (in tests of the library) is no fault: the first one stays.
    let _ = match format {
        LogFormat::Text => builder.with_target(false).with_ansi(quiet).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
