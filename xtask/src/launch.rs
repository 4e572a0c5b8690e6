//! How contestants are run: on one core, one thread, and under one rule for memory.

use std::ffi::OsString;
use std::process::Command;

use crate::process::read;

/// One thread for those that ask the environment how many to start; and no memory is given back to the kernel,
/// which glibc would do at the end of a step and fetch again, page by page, in the next. (glibc refuses a
/// larger threshold for maps than 32 MiB.)
const SETTINGS: [(&str, &str); 9] = [
    ("MALLOC_MMAP_THRESHOLD_", "33554432"),
    ("MALLOC_TRIM_THRESHOLD_", "1073741824"),
    ("MALLOC_TOP_PAD_", "67108864"),
    ("OMP_NUM_THREADS", "1"),
    ("MKL_NUM_THREADS", "1"),
    ("MKL_THREADING_LAYER", "SEQUENTIAL"),
    ("MKL_INTERFACE_LAYER", "LP64"),
    ("OPENBLAS_NUM_THREADS", "1"),
    ("RAYON_NUM_THREADS", "1"),
];

/// The last core that this process may use, which others leave alone longest; `None` where there is no way to
/// stay on it.
pub fn find_core() -> Option<usize> {
    read(Command::new("taskset").arg("--version")).ok()?;
    find_last_core(&std::fs::read_to_string("/proc/self/status").ok()?)
}

/// From what the kernel says of a process, as `Cpus_allowed_list: 0-1,4`.
fn find_last_core(status: &str) -> Option<usize> {
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    list.trim().rsplit([',', '-']).next()?.parse().ok()
}

/// The command that runs a program, with its arguments, on a core.
pub fn pin(program: &[OsString], core: Option<usize>) -> Command {
    let mut words: Vec<OsString> = Vec::new();
    if let Some(core) = core {
        words.extend(["taskset".into(), "-c".into(), core.to_string().into()]);
    }
    words.extend_from_slice(program);
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]);
    // A machine's choice of BLAS kernels is not the peers' own.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("OPENBLAS_") {
            command.env_remove(name);
        }
    }
    command.envs(SETTINGS);
    command
}

pub fn describe_machine(core: Option<usize>) -> String {
    let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split_once(": ")).map(|(_, model)| model);
    let pinned = core.map_or("not pinned".to_owned(), |core| format!("pinned to core {core}"));
    format!("{}, {pinned}", model.unwrap_or(std::env::consts::ARCH))
}

#[cfg(test)]
mod tests {
    use super::find_last_core;

    #[test]
    fn the_last_core_is_the_end_of_the_list() {
        let find = |list: &str| find_last_core(&format!("Name:\tx\nCpus_allowed_list:\t{list}\n"));
        assert_eq!(find("0-1"), Some(1));
        assert_eq!(find("0"), Some(0));
        assert_eq!(find("0-3,8,10-11"), Some(11));
        assert_eq!(find_last_core("Name:\tx\n"), None);
    }
}
