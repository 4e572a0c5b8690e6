//! Running `llvm-objdump`, which rustup keeps in the component `llvm-tools`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where `llvm-objdump` is, after fetching it through rustup if it is missing. Where that is refused, one
/// line on stderr says what to install.
pub fn ensure_objdump() -> Option<PathBuf> {
    if let Some(path) = find_objdump() {
        return Some(path);
    }
    eprintln!("fetching the component llvm-tools");
    let fetched = read(Command::new("rustup").args(["component", "add", "llvm-tools"]));
    let path = fetched.ok().and_then(|_| find_objdump());
    if path.is_none() {
        eprintln!(
            "SKIPPED what needs llvm-objdump; install it with: rustup component add llvm-tools"
        );
    }
    path
}

/// Everything that is asked of an image, as text.
pub fn disassemble(elf: &Path) -> Result<String, String> {
    let objdump = ensure_objdump().ok_or("llvm-objdump is missing")?;
    let options = ["-f", "-t", "-d", "--no-show-raw-insn", "--demangle"];
    read(Command::new(objdump).args(options).arg(elf))
}

fn find_objdump() -> Option<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = read(Command::new(rustc).args(["--print", "target-libdir"])).ok()?;
    // Beside `lib`, for the host.
    let tools = Path::new(folder.trim()).parent()?.join("bin");
    let path = tools.join(format!("llvm-objdump{}", std::env::consts::EXE_SUFFIX));
    path.is_file().then_some(path)
}

/// Runs a program in the repository, whose `rust-toolchain.toml` says which Rust is meant.
fn read(command: &mut Command) -> Result<String, String> {
    let name = Path::new(command.get_program()).display().to_string();
    let output = command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .map_err(|error| format!("{name} cannot be run: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("{name} ended with {}\n{said}", output.status))
    }
}
