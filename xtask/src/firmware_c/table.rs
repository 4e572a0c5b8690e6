//! Measurements as rows of Markdown.

const HEADINGS: [&str; 11] = [
    "network",
    "machine",
    "compiler",
    "forward",
    "step",
    "step/C",
    "step/Os",
    "code",
    "code with libraries",
    "code/Os",
    "image",
];

/// The C that is compiled for size, as its rows name it.
pub const SMALLEST: &str = "gcc -Os";

/// A network of an image on a machine.
pub struct Row {
    pub network: &'static str,
    pub machine: &'static str,
    /// The compiler and its flags.
    pub label: String,
    pub is_c: bool,
    /// Instructions of forward and step; bytes of the step's functions, of them and the libraries', and of the
    /// image.
    pub figures: [u32; 5],
}

/// All rows as one table, those of a network and a machine together.
pub fn render(rows: &[Row]) -> String {
    let mut text = render_line(&HEADINGS.map(str::to_owned));
    text += &render_line(&HEADINGS.map(|_| "---".to_owned()));
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(|row| (row.network, row.machine));
    for row in sorted {
        let [forward, step, code, linked, image] = row.figures;
        let is_rival = |other: &&Row| {
            other.is_c && other.network == row.network && other.machine == row.machine
        };
        let rivals: Vec<&Row> = rows.iter().filter(is_rival).collect();
        let least_step = rivals.iter().map(|rival| rival.figures[1]).min();
        let smallest = rivals.iter().find(|rival| rival.label == SMALLEST);
        text += &render_line(&[
            row.network.to_owned(),
            row.machine.to_owned(),
            row.label.clone(),
            forward.to_string(),
            step.to_string(),
            render_ratio(step, least_step),
            render_ratio(step, smallest.map(|rival| rival.figures[1])),
            code.to_string(),
            linked.to_string(),
            render_ratio(linked, smallest.map(|rival| rival.figures[3])),
            image.to_string(),
        ]);
    }
    text
}

fn render_ratio(figure: u32, other: Option<u32>) -> String {
    other.map_or("-".to_owned(), |other| format!("{:.2}", f64::from(figure) / f64::from(other)))
}

fn render_line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
