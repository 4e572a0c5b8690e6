//! `cargo xtask compile-time`: how long the crates take from nothing, and what one network adds to
//! the crate that declares it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proc_macro2::{TokenStream, TokenTree};

use crate::process::{cargo, read, root};

/// Each build is repeated, and the quickest counts: the others were disturbed.
const REPEATS: usize = 3;

/// The most seconds that a network may add to `cargo check`, and to a release build.
const LIMITS: [(&str, [u64; 2]); 3] =
    [("layers-10", [1, 6]), ("lenet-5", [1, 6]), ("residual-12", [1, 6])];

const LENET: &str = "output y = x
    -> conv2d(6, kernel = 5, padding = same) -> relu -> max_pool2d(kernel = 2)
    -> conv2d(16, kernel = 5) -> relu -> max_pool2d(kernel = 2)
    -> flatten -> dense(120) -> relu -> dense(84) -> relu -> dense(10);";

/// Eleven convolutions, eight of them in pairs around which their input is handed on, and a dense layer.
const RESIDUAL: &str = "
    block pair8 = conv2d(8, kernel = 3, padding = same) -> relu -> conv2d(8, kernel = 3, padding = same);
    block pair16 = conv2d(16, kernel = 3, padding = same) -> relu -> conv2d(16, kernel = 3, padding = same);
    block pair32 = conv2d(32, kernel = 3, padding = same) -> relu -> conv2d(32, kernel = 3, padding = same);
    let a = x -> conv2d(8, kernel = 3, padding = same) -> relu;
    let b = (a -> pair8) + a;
    let c = b -> relu -> conv2d(16, kernel = 3, stride = 2, padding = 1) -> relu;
    let d = (c -> pair16) + c;
    let e = d -> relu -> conv2d(32, kernel = 3, stride = 2, padding = 1) -> relu;
    let f = (e -> pair32) + e;
    let g = f -> relu;
    let h = (g -> pair32) + g;
    output y = h -> relu -> global_avg_pool2d -> dense(10);";

#[derive(Clone, Copy)]
enum Mode {
    Check,
    Release,
}

impl Mode {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Mode::Check => &["check"],
            Mode::Release => &["build", "--release"],
        }
    }
}

/// A network to measure.
struct Subject {
    name: String,
    /// The axes of its input.
    input: Vec<usize>,
    /// The statements between the input and the loss.
    body: String,
}

/// Measures, prints one table, and fails if a network adds more than its limits.
pub fn measure() -> Result<(), String> {
    let directory = root().join("target/compile-time");
    println!("the crates from nothing:");
    for mode in [Mode::Check, Mode::Release] {
        let command = format!("cargo {}", mode.arguments().join(" "));
        println!("  {command:<22} {:>6.1} s", measure_crates(&directory, mode)?.as_secs_f64());
    }

    let empty = write_crate(&directory, "empty", "fn main() {}\n")?;
    let base = [time_crate(&empty, Mode::Check)?, time_crate(&empty, Mode::Release)?];
    println!(
        "\nan empty crate with the dependency: check {:.2} s, release {:.2} s; what a network adds:\n",
        base[0].as_secs_f64(),
        base[1].as_secs_f64()
    );
    println!("  network                check s  release s    tokens      bytes");

    let mut exceeded = Vec::new();
    for subject in list_subjects() {
        let path = write_crate(&directory, &subject.name, &subject.write_main())?;
        let added = [
            time_crate(&path, Mode::Check)?.saturating_sub(base[0]),
            time_crate(&path, Mode::Release)?.saturating_sub(base[1]),
        ];
        let (tokens, bytes) = subject.measure_expansion()?;
        println!(
            "  {:<20} {:>9.2} {:>10.2} {tokens:>9} {bytes:>10}",
            subject.name,
            added[0].as_secs_f64(),
            added[1].as_secs_f64()
        );
        if let Some((_, limits)) = LIMITS.iter().find(|(name, _)| *name == subject.name) {
            for ((mode, limit), added) in
                [Mode::Check, Mode::Release].into_iter().zip(limits).zip(added)
            {
                if added > Duration::from_secs(*limit) {
                    exceeded.push(format!(
                        "{} adds {:.2} s to cargo {}, and the limit is {limit} s",
                        subject.name,
                        added.as_secs_f64(),
                        mode.arguments().join(" "),
                    ));
                }
            }
        }
    }
    if exceeded.is_empty() { Ok(()) } else { Err(exceeded.join("; ")) }
}

/// Chains of dense layers, whose number grows while no two are of one size, and then their width; and networks of
/// convolutions.
fn list_subjects() -> Vec<Subject> {
    let layers = [1, 10, 50]
        .map(|count| Subject::chain(format!("layers-{count}"), &Vec::from_iter(16..=16 + count)));
    let widths = [8, 32, 128, 512, 1024]
        .map(|width| Subject::chain(format!("width-{width}"), &[width, width, 10]));
    let planes = [
        Subject { name: "lenet-5".to_owned(), input: vec![1, 28, 28], body: LENET.to_owned() },
        Subject {
            name: "residual-12".to_owned(),
            input: vec![3, 32, 32],
            body: RESIDUAL.to_owned(),
        },
    ];
    layers.into_iter().chain(widths).chain(planes).collect()
}

/// Builds the library and all that it needs into an empty target directory.
fn measure_crates(directory: &Path, mode: Mode) -> Result<Duration, String> {
    let target = directory.join("from-nothing");
    if target.exists() {
        fs::remove_dir_all(&target).map_err(|error| format!("{}: {error}", target.display()))?;
    }
    // Downloads are no part of the time.
    read(cargo().arg("fetch"))?;
    let start = Instant::now();
    let mut command = cargo();
    command.args(mode.arguments()).args(["--package", "backprop", "--target-dir"]).arg(&target);
    read(&mut command)?;
    Ok(start.elapsed())
}

/// Times a crate whose dependencies are built already.
fn time_crate(path: &Path, mode: Mode) -> Result<Duration, String> {
    let build = || {
        let mut command = cargo();
        command
            .current_dir(path)
            .args(mode.arguments())
            .arg("--target-dir")
            .arg(path.with_file_name("shared"))
            // An unchanged file would cost nothing with incremental compilation.
            .env("CARGO_INCREMENTAL", "0");
        read(&mut command)
    };
    build()?;
    let main = path.join("src/main.rs");
    let mut quickest = Duration::MAX;
    for _ in 0..REPEATS {
        let text = fs::read(&main).map_err(|error| format!("{}: {error}", main.display()))?;
        write_file(&main, text)?;
        let start = Instant::now();
        build()?;
        quickest = quickest.min(start.elapsed());
    }
    Ok(quickest)
}

/// Writes a crate of its own, outside the workspace, with the versions that the workspace has.
fn write_crate(directory: &Path, name: &str, main: &str) -> Result<PathBuf, String> {
    let path = directory.join(name);
    let source = path.join("src");
    fs::create_dir_all(&source).map_err(|error| format!("{}: {error}", source.display()))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nbackprop = {{ path = {:?} }}\n\n[workspace]\n",
        root()
    );
    write_file(&path.join("Cargo.toml"), manifest)?;
    write_file(&source.join("main.rs"), main)?;
    let lock = root().join("Cargo.lock");
    fs::copy(&lock, path.join("Cargo.lock"))
        .map_err(|error| format!("{}: {error}", lock.display()))?;
    Ok(path)
}

fn write_file(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), String> {
    fs::write(path, contents).map_err(|error| format!("{}: {error}", path.display()))
}

impl Subject {
    /// Dense layers of these widths, the input's first.
    fn chain(name: String, widths: &[usize]) -> Self {
        let mut body = "output y = x".to_owned();
        for (index, width) in widths[1..].iter().enumerate() {
            let activation = if index == 0 { "" } else { " -> relu" };
            write!(body, "{activation} -> dense({width})").expect("a string takes any text");
        }
        Self { name, input: vec![widths[0]], body: body + ";" }
    }

    fn write_declaration(&self) -> String {
        let Self { input, body, .. } = self;
        format!("pub struct Net {{ input x: {input:?}; {body} loss cross_entropy(y); }}")
    }

    /// A program that needs all that is generated, and whose optimiser knows none of the values.
    fn write_main(&self) -> String {
        let (inputs, declaration) =
            (self.input.iter().product::<usize>(), self.write_declaration());
        format!(
            "use std::hint::black_box;

use backprop::{{Adam, Initialise, Network, Optimizer, Rng, Trainable, Zero, network}};

network! {{
    {declaration}
}}

fn main() {{
    let mut net = Box::new(Net::ZERO);
    Initialise::init(&mut *net, &mut Rng::new(black_box(0)));
    let mut workspace = Box::new(<<Net as Network>::Workspace as Zero>::ZERO);
    let mut optimizer = Box::new(Optimizer::new(Adam::new(black_box(0.001))));
    let inputs = black_box(vec![[0.5; {inputs}]; 100]);
    let targets = black_box(vec![1; 100]);
    let _ = black_box(Network::forward(&*net, &inputs[0], &mut workspace));
    let _ = black_box(Trainable::train_step(
        &mut *net, &inputs[0], &targets[0], &mut *optimizer, &mut workspace,
    ));
    let _ = black_box(Trainable::train_batch(
        &mut *net, &inputs, &targets, &mut *optimizer, &mut workspace,
    ));
}}
"
        )
    }

    /// How many tokens and bytes of source the declaration becomes.
    fn measure_expansion(&self) -> Result<(usize, usize), String> {
        let declaration = format!("::backprop; {}", self.write_declaration());
        let tokens: TokenStream = declaration.parse().map_err(|error| format!("{error}"))?;
        let expansion = backprop_compiler::compile(tokens);
        let bytes = expansion.to_string().len();
        Ok((count_tokens(expansion), bytes))
    }
}

fn count_tokens(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 2 + count_tokens(group.stream()),
            _ => 1,
        })
        .sum()
}
