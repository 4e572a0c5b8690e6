//! The cart and the pole as lines of text.

use std::thread;
use std::time::Duration;

use crate::environment::{Action, CartPole, LARGEST_POSITION, Outcome, STEP};

/// Columns of the track, from one end to the other.
const COLUMNS: usize = 61;
/// Lines of the pole when it stands upright.
const ROWS: usize = 6;
/// Metres from the hinge to the tip.
const LENGTH: f32 = 1.0;

/// Draws the scene: the pole, the cart, the track.
pub fn draw(cart: &CartPole) -> String {
    let mut rows = [[' '; COLUMNS]; ROWS];
    for (index, row) in rows.iter_mut().rev().enumerate() {
        let height = LENGTH * (index as f32 + 0.5) / ROWS as f32;
        let mark = match cart.angle {
            angle if angle > 0.06 => '/',
            angle if angle < -0.06 => '\\',
            _ => '|',
        };
        if let Some(cell) = row.get_mut(find_column(cart.position + height * cart.angle.tan())) {
            *cell = mark;
        }
    }
    let mut track = ['-'; COLUMNS];
    let middle = find_column(cart.position);
    for (column, mark) in (middle.saturating_sub(2)..).zip("[_o_]".chars()) {
        if let Some(cell) = track.get_mut(column) {
            *cell = mark;
        }
    }
    rows.iter().chain([&track]).map(|row| row.iter().collect::<String>() + "\n").collect()
}

/// The column of a place on the track.
fn find_column(position: f32) -> usize {
    let share = (position + LARGEST_POSITION) / (2.0 * LARGEST_POSITION);
    (share * (COLUMNS - 1) as f32).round() as usize
}

/// Shows an episode in the time that it takes.
pub fn animate(mut cart: CartPole, mut choose: impl FnMut(&CartPole) -> Action) {
    let mut outcome = Outcome::Balanced;
    println!("{}", draw(&cart));
    while outcome == Outcome::Balanced {
        outcome = cart.push(choose(&cart));
        // The cursor goes back to where the scene began.
        println!("\x1b[{}A{}step {:>3}", ROWS + 2, draw(&cart), cart.steps);
        thread::sleep(Duration::from_secs_f32(STEP));
    }
}
