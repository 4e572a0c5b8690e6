//! The peer in C: `benches/compare/python/mkl.c` on Intel's oneMKL, which PyPI has.

use std::fs;
use std::path::{Path, PathBuf};

use super::builds::compile_library;
use super::python::{Python, explain_installation};
use crate::process::root;

const PACKAGES: &str = "mkl mkl-include";

/// Compiles it with the MKL at `BACKPROP_MKL`, or else that of the Python of the peers; says where it is.
pub fn build_mkl(python: &Python) -> Result<PathBuf, String> {
    python.require(&[], PACKAGES)?;
    let prefix = match std::env::var_os("BACKPROP_MKL") {
        Some(prefix) => PathBuf::from(prefix),
        None => python.prefix()?,
    };
    let include = prefix.join("include");
    let runtime = find_runtime(&prefix.join("lib")).filter(|_| include.join("mkl.h").is_file());
    let runtime = runtime.ok_or_else(|| {
        let how = explain_installation(PACKAGES);
        format!("no oneMKL in {}; {how} (or BACKPROP_MKL=FOLDER)", prefix.display())
    })?;
    let library = root().join("target/compare-mkl/libpeer.so");
    let include = ["-isystem".into(), include.into_os_string()];
    let mut arguments = Vec::from(include);
    arguments.push(runtime.clone().into_os_string());
    if let Some(folder) = runtime.parent() {
        arguments.push(format!("-Wl,-rpath,{}", folder.display()).into());
    }
    compile_library(&root().join("benches/compare/python/mkl.c"), &library, &arguments)?;
    Ok(library)
}

/// `libmkl_rt.so`, with or without a version behind it.
fn find_runtime(folder: &Path) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?.flatten().map(|file| file.path());
    let is_runtime = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        name.is_some_and(|name| name.starts_with("libmkl_rt.so"))
    };
    files.filter(is_runtime).min()
}
