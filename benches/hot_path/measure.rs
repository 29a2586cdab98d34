//! Running a command and weighing it: CPU seconds (user and system) of the child, the median of several rounds.

use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

/// What a command cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// User and system seconds.
    pub cpu: f64,
    /// Seconds on the wall.
    pub wall: f64,
}

fn children() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("resource usage of children");
    let seconds = |t: nix::sys::time::TimeVal| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6;
    seconds(usage.user_time()) + seconds(usage.system_time())
}

/// Runs a shell command; its output goes nowhere.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn once(command: &str) -> Option<Cost> {
    let (cpu, start) = (children(), Instant::now());
    let status =
        Command::new("bash").args(["-c", command]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    // Exit code 1 says that a check stopped a referral; the work was done.
    let done = status.ok()?.code().is_some_and(|code| code <= 1);
    done.then(|| Cost { cpu: children() - cpu, wall: start.elapsed().as_secs_f64() })
}

/// One line of the table: a name, the command, and what it is compared with.
pub struct Job {
    /// What is done.
    pub name: String,
    /// The command, for a shell.
    pub command: String,
}

/// Runs all jobs in turn, several times over, so that other load on the machine falls on all alike; gives each
/// job's medians, `None` where the command fails or is not installed.
pub fn medians(jobs: &[Job], rounds: usize) -> Vec<Option<Cost>> {
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); jobs.len()];
    for _ in 0..rounds {
        for (job, costs) in jobs.iter().zip(&mut costs) {
            costs.extend(once(&job.command));
        }
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    costs
        .into_iter()
        .map(|costs| {
            (costs.len() == rounds).then(|| Cost {
                cpu: median(costs.iter().map(|c| c.cpu).collect()),
                wall: median(costs.iter().map(|c| c.wall).collect()),
            })
        })
        .collect()
}
