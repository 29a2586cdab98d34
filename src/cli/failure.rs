//! Exit codes, and the error that carries one.

use std::process::ExitCode;

/// The table shown at the end of `--help`.
pub const EXIT_CODES: &str = "\
Exit codes:
  0   all done
  1   finished; some referrals failed or were stopped by a check
  2   usage or configuration error
  3   input refused
  4   resource refused (build, checksum, version)
  70  internal error
  75  stopped before the end (SIGTERM or SIGINT during a batch; disk full or faulty while
      writing); run again";

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitStatus {
    /// All done.
    Done = 0,
    /// Finished; some referrals failed or were stopped by a check.
    SomeFailed = 1,
    /// Usage or configuration error.
    Usage = 2,
    /// Input refused.
    InputRefused = 3,
    /// Resource refused.
    ResourceRefused = 4,
    /// Internal error.
    Internal = 70,
    /// Stopped before the end by what may pass: a signal, a full disk. To be run again.
    Stopped = 75,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        ExitCode::from(status as u8)
    }
}

/// An error on its way to the user, with the exit code it ends the program with.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub status: ExitStatus,
    /// Where it happened, and what to do.
    pub error: anyhow::Error,
}

impl Failure {
    /// A usage or configuration error.
    pub fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self { status: ExitStatus::Usage, error: error.into() }
    }

    /// A refused input.
    pub fn input(error: impl Into<anyhow::Error>) -> Self {
        Self { status: ExitStatus::InputRefused, error: error.into() }
    }

    /// A refused resource.
    pub fn resource(error: impl Into<anyhow::Error>) -> Self {
        Self { status: ExitStatus::ResourceRefused, error: error.into() }
    }

    /// An output that cannot be written: stopped where the cause may pass, as a full disk does; otherwise the place is
    /// the wrong one to write to.
    pub fn unwritable(error: impl Into<anyhow::Error>) -> Self {
        let error = error.into();
        let passing = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(may_pass);
        Self { status: if passing { ExitStatus::Stopped } else { ExitStatus::Usage }, error }
    }

    /// An error that is the program's own fault, or the machine's.
    pub fn internal(error: impl Into<anyhow::Error>) -> Self {
        Self { status: ExitStatus::Internal, error: error.into() }
    }

    /// The error and its causes in one line; a cause that the error already tells is not told twice.
    pub fn words(&self) -> String {
        let mut words = self.error.to_string();
        for cause in self.error.chain().skip(1).map(ToString::to_string) {
            if !words.contains(&cause) {
                words = format!("{words}: {cause}");
            }
        }
        words
    }

    /// True when the reader of our standard output has gone away.
    pub fn is_broken_pipe(&self) -> bool {
        self.error.chain().any(|cause| {
            cause
                .downcast_ref::<std::io::Error>()
                .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
        })
    }
}

/// True for faults that the same command may not meet again: no space, a disk or network that did not answer.
fn may_pass(fault: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    /// EIO, for which the standard library has no kind of its own.
    const INPUT_OUTPUT_ERROR: i32 = 5;
    matches!(
        fault.kind(),
        ErrorKind::StorageFull
            | ErrorKind::QuotaExceeded
            | ErrorKind::TimedOut
            | ErrorKind::ResourceBusy
            | ErrorKind::StaleNetworkFileHandle
            | ErrorKind::Interrupted
    ) || fault.raw_os_error() == Some(INPUT_OUTPUT_ERROR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_may_pass_and_a_forbidden_folder_does_not() {
        for (number, status) in [(28, ExitStatus::Stopped), (5, ExitStatus::Stopped), (13, ExitStatus::Usage)]
        {
            let io = std::io::Error::from_raw_os_error(number);
            let failure = Failure::unwritable(anyhow::Error::new(io).context("batch.json"));
            assert_eq!(failure.status, status, "{number}");
        }
    }

    #[test]
    fn broken_pipe_is_found_below_its_context() {
        let io = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        let failure = Failure::internal(anyhow::Error::new(io).context("writing the table"));
        assert!(failure.is_broken_pipe());
        assert!(!Failure::usage(anyhow::anyhow!("no such option")).is_broken_pipe());
    }

    #[test]
    fn a_cause_is_told_once() {
        let told = anyhow::anyhow!("no such file").context("x.toml: no such file");
        assert_eq!(Failure::usage(told).words(), "x.toml: no such file");
        let untold = anyhow::anyhow!("no such file").context("x.toml: cannot be read");
        assert_eq!(Failure::usage(untold).words(), "x.toml: cannot be read: no such file");
    }
}
