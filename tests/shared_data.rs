//! Real data next to the checkout (`../shared/data`): asked for here by every test that reads them, of the library
//! and of `tests/`, so that none passes in silence where they are absent.
//!
//! A test that goes without is listed when the run ends, whatever the harness captured. With `ITHACA_REQUIRE_DATA=1`
//! it fails instead.

use std::io::Write;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

/// One line for each thing that a test went without.
static WENT_WITHOUT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A file or folder of `../shared/data`; nothing, and a line at the end of the run, where it is absent.
#[track_caller]
pub fn need(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(
        !required(),
        "{} is missing, and ITHACA_REQUIRE_DATA is set: put the folder of shared data next to the checkout, or unset \
         ITHACA_REQUIRE_DATA to skip the tests that need it",
        path.display()
    );
    go_without(&format!("../shared/data/{name}"));
    None
}

/// Registers that the running test goes without this.
#[track_caller]
pub fn go_without(what: &str) {
    let place = Location::caller();
    // The harness names each thread after its test, except where it runs them one by one.
    let thread = std::thread::current();
    let test = thread.name().filter(|name| *name != "main").map_or(String::new(), |name| format!("{name}, "));
    let line = format!("{test}{}:{}: no {what}", place.file(), place.line());
    WENT_WITHOUT.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    list_at_exit();
}

/// True when tests must fail rather than go without their data.
#[expect(clippy::disallowed_methods, reason = "a switch for tests; no result depends on it")]
fn required() -> bool {
    std::env::var_os("ITHACA_REQUIRE_DATA").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Has the list printed when the process ends: the harness itself has no hook there.
#[expect(
    unsafe_code,
    reason = "atexit is a foreign function; it is given a function without arguments or state"
)]
fn list_at_exit() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: `list` is `extern "C"`, lives as long as the process and does not unwind.
        let refused = unsafe { nix::libc::atexit(list) };
        assert_eq!(refused, 0, "the list of skipped tests could not be registered");
    });
}

extern "C" fn list() {
    let mut lines = std::mem::take(&mut *WENT_WITHOUT.lock().unwrap_or_else(PoisonError::into_inner));
    lines.sort();
    lines.dedup();
    let mut text = format!("{} tests or parts of them were skipped:\n", lines.len());
    for line in lines {
        text += &format!("    {line}\n");
    }
    text += "With ITHACA_REQUIRE_DATA=1, what lacks shared data fails instead.\n";
    // Not `eprint!`: the harness may capture that.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
