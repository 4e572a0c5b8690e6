//! The cross compiler, its flags, and building the image.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::process::{read, root, run};

const GCC: &str = "arm-none-eabi-gcc";
const PACKAGES: &str = "gcc-arm-none-eabi libnewlib-arm-none-eabi";
const SOURCES: [&str; 5] = ["start", "board", "main", "tiny", "sensor"];

const M4F: [&str; 4] = ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"];
const M3: [&str; 3] = ["-mcpu=cortex-m3", "-mthumb", "-mfloat-abi=soft"];

/// Floats as the standard has them, but for a product and a sum that GCC rounds as one by default.
const COMMON: [&str; 7] = [
    "-std=c11",
    "-Wall",
    "-Wextra",
    "-Werror",
    // The header lists a matrix without braces around its rows.
    "-Wno-missing-braces",
    "-ffunction-sections",
    "-fdata-sections",
];

/// What the compiler is told beside what it always is.
pub struct Setting {
    processor: &'static [&'static str],
    level: &'static [&'static str],
    /// Whether dense layers work on four weights at a time.
    blocked: bool,
}

impl Setting {
    /// The flags of the optimiser, as a row says them.
    pub fn describe(&self) -> String {
        let kind = if self.blocked { ", four at a time" } else { "" };
        format!("gcc {}{kind}", self.level.join(" "))
    }

    /// Whether a network's rows are not those of another setting: only this one has dense layers that can be blocked.
    pub fn concerns(&self, network: &str) -> bool {
        !self.blocked || network == "sensor"
    }

    fn name_folder(&self) -> String {
        let flags = [self.processor.get(..1).unwrap_or_default(), self.level].concat();
        format!("{}-{}", flags.concat(), if self.blocked { "blocked" } else { "plain" })
            .replace(['-', '='], "")
    }
}

/// The settings of a target; none, if its machine is not compared.
pub fn list_settings(target: &str) -> Vec<Setting> {
    const KINDS: [(&[&str], bool); 5] = [
        (&["-O3"], false),
        (&["-O3", "-funroll-loops"], false),
        (&["-O3"], true),
        (&["-Os"], false),
        (&["-Os"], true),
    ];
    let processor: &[&str] = match target {
        "thumbv7em-none-eabihf" => &M4F,
        "thumbv7m-none-eabi" => &M3,
        _ => return Vec::new(),
    };
    KINDS.into_iter().map(|(level, blocked)| Setting { processor, level, blocked }).collect()
}

/// A cross compiler that is there.
pub struct Compiler {
    /// What it calls itself.
    pub version: String,
}

/// The compiler with its C library, or what to install.
pub fn require_compiler() -> Result<Compiler, String> {
    let explain = |missing: &str| format!("no {missing}; install: apt-get install {PACKAGES}");
    let text = read(Command::new(GCC).arg("--version")).map_err(|_| explain(GCC))?;
    // It echoes the bare name of a file that it does not find.
    let library = read(Command::new(GCC).args(M4F).arg("-print-file-name=libm.a"))?;
    if library.trim() == "libm.a" {
        return Err(explain("newlib"));
    }
    Ok(Compiler { version: text.lines().next().unwrap_or_default().to_owned() })
}

impl Compiler {
    /// Compiles `benches/firmware/c`, and links it with newlib (not its nano variant) and libgcc; says where
    /// the image is.
    pub fn build(&self, setting: &Setting) -> Result<PathBuf, String> {
        let sources = root().join("benches/firmware/c");
        let target = root().join("target/firmware-c");
        let folder = target.join(setting.name_folder());
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut objects = Vec::new();
        for name in SOURCES {
            let object = folder.join(format!("{name}.o"));
            run(Command::new(GCC)
                .args(setting.processor)
                .args(setting.level)
                .args(COMMON)
                .args(setting.blocked.then_some("-DBLOCKED"))
                .arg("-I")
                .arg(&target)
                .arg("-c")
                .arg(sources.join(format!("{name}.c")))
                .arg("-o")
                .arg(&object))?;
            objects.push(object);
        }
        let image = folder.join("count");
        run(Command::new(GCC)
            .args(setting.processor)
            .args(["-nostartfiles", "-Wl,--gc-sections", "-T"])
            .arg(sources.join("link.ld"))
            .args(objects)
            .args(["-lm", "-o"])
            .arg(&image))?;
        Ok(image)
    }
}
