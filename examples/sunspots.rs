//! Forecasts the number of sunspots of the next year from those of all years before: a recurrent network that learns from
//! windows of a few decades, and then runs year by year.
//!
//!     cargo run --release --example sunspots [-- --seed N]
//!
//! It learns from the years up to 1920 and is tested on those after it, as is usual with this series since Yule (1927). Forecast
//! and truth are drawn into `target/sunspots.svg`.

mod support;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use backprop::training::shuffle_batches;
use backprop::{AdamW, Optimizer, Rng, network};
use plotters::prelude::*;
use support::{Arguments, Progress, prepare_output, shipped};

network! {
    /// What comes next, after each year of a window.
    pub struct Forecast {
        input sunspots: [40, 1];
        output next = sunspots -> gru(8) -> dense(1, axis = last);
        loss huber(next, delta = 0.2);
    }
}

/// Years of a window.
const WINDOW: usize = 40;
const LAST_LEARNT: u32 = 1920;
/// What is 1 for the network.
const SCALE: f32 = 100.0;
const EPOCHS: u64 = 400;
const BATCH: usize = 16;
const RATE: f32 = 5e-3;

/// A year, and how many sunspots there were.
type Year = (u32, f32);

fn main() -> ExitCode {
    support::run(|| {
        let seed = Arguments::read(&["seed"])?.seed;
        let years = read_years(&shipped("sunspots.csv"))?;
        let network = train(&years, seed)?;
        let forecasts = forecast(&network, &years);
        let picture = prepare_output("sunspots.svg")?;
        draw(&years, &forecasts, &picture)?;
        println!("forecast and truth: {}", picture.display());
        let error = measure(&years, |index| forecasts[index].1);
        let naive = measure(&years, |index| years[index - 1].1);
        println!("the year before as the forecast: an error of {naive:.1} sunspots");
        println!(
            "{:.1}% of that: an error of {error:.1} sunspots (root mean square, years after {LAST_LEARNT})",
            100.0 * error / naive
        );
        Ok(())
    })
}

fn read_years(file: &Path) -> Result<Vec<Year>, Box<dyn Error>> {
    let mut years = Vec::new();
    for row in csv::Reader::from_path(file)?.deserialize() {
        years.push(row?);
    }
    Ok(years)
}

/// Learns from every window that ends by the last year to learn from.
fn train(years: &[Year], seed: u64) -> Result<Forecast, Box<dyn Error>> {
    let learnt: Vec<f32> = years
        .iter()
        .take_while(|(year, _)| *year <= LAST_LEARNT)
        .map(|(_, count)| count / SCALE)
        .collect();
    let windows: Vec<[f32; WINDOW]> =
        learnt.windows(WINDOW).map(|window| core::array::from_fn(|index| window[index])).collect();
    let (inputs, targets) = (&windows[..windows.len() - 1], &windows[1..]);
    let mut network = Forecast::new(seed);
    let mut optimizer = Optimizer::new(AdamW::new(RATE));
    let mut workspace = ForecastWorkspace::new();
    let mut random = Rng::new(seed);
    let mut order: Vec<usize> = (0..inputs.len()).collect();
    let progress = Progress::start(EPOCHS);
    for epoch in 0..EPOCHS {
        optimizer.set_rate(RATE * (1.0 - epoch as f32 / EPOCHS as f32));
        let mut sum = 0.0;
        for batch in shuffle_batches(&mut order, BATCH, &mut random) {
            let loss = network.train_batch_indexed_with(
                inputs,
                targets,
                batch,
                &mut optimizer,
                &mut workspace,
            )?;
            sum += loss * batch.len() as f32;
        }
        progress.show_epoch(sum / inputs.len() as f32);
    }
    progress.finish();
    Ok(network)
}

/// For each year but the first what was said of it in the year before; the first stands for itself.
fn forecast(network: &Forecast, years: &[Year]) -> Vec<Year> {
    let mut state = ForecastState::new();
    let mut forecasts = vec![years[0]];
    for pair in years.windows(2) {
        let [next] = network.step(&mut state, &[pair[0].1 / SCALE]);
        forecasts.push((pair[1].0, next * SCALE));
    }
    forecasts
}

/// The root of the mean square error of forecasts, by index, over the years that nothing was learnt from.
fn measure(years: &[Year], forecast: impl Fn(usize) -> f32) -> f32 {
    let tested = years.iter().enumerate().filter(|(_, (year, _))| *year > LAST_LEARNT);
    let squares: Vec<f32> =
        tested.map(|(index, (_, count))| (count - forecast(index)).powi(2)).collect();
    (squares.iter().sum::<f32>() / squares.len() as f32).sqrt()
}

fn draw(years: &[Year], forecasts: &[Year], file: &Path) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(file, (1200, 400)).into_drawing_area();
    area.fill(&WHITE)?;
    let (first, last) = (years[0].0, years[years.len() - 1].0);
    let mut chart = ChartBuilder::on(&area)
        .margin(10)
        .x_label_area_size(30)
        .y_label_area_size(40)
        .build_cartesian_2d(first..last, 0.0..200.0_f32)?;
    chart.configure_mesh().x_desc("year").y_desc("sunspots").disable_x_mesh().draw()?;
    chart
        .draw_series(LineSeries::new(years.iter().copied(), &BLUE))?
        .label("truth")
        .legend(|(x, y)| PathElement::new([(x, y), (x + 20, y)], BLUE));
    chart
        .draw_series(LineSeries::new(forecasts.iter().copied(), &RED))?
        .label("forecast of the year before")
        .legend(|(x, y)| PathElement::new([(x, y), (x + 20, y)], RED));
    let learnt_up_to = [(LAST_LEARNT, 0.0), (LAST_LEARNT, 200.0)];
    chart.draw_series(LineSeries::new(learnt_up_to, &BLACK.mix(0.3)))?;
    chart.configure_series_labels().background_style(WHITE).border_style(BLACK).draw()?;
    area.present()?;
    Ok(())
}
