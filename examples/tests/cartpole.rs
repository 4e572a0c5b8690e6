//! The physics of the `cartpole` example against Gym's equations, evaluated in Python.

#[allow(dead_code)]
#[path = "../cartpole/environment.rs"]
mod environment;

use backprop::{Random, Rng};
use environment::{Action, CartPole, MOST_STEPS, Outcome};

/// Draws the least of everything: each quantity starts at -0.05.
struct Least;

impl Random for Least {
    fn next_u32(&mut self) -> u32 {
        0
    }
}

#[test]
fn the_cart_moves_by_gyms_equations() {
    let mut cart = CartPole::start(&mut Least);
    let (left, right) = (Action::Left, Action::Right);
    for action in [right, right, left, right, left, left, right] {
        assert_eq!(cart.push(action), Outcome::Balanced);
    }
    let state = [cart.position, cart.velocity, cart.angle, cart.angular_velocity];
    let expected = [-0.029_331_887, 0.152_207_15, -0.105_846_28, -0.501_477_8];
    for (value, expected) in state.into_iter().zip(expected) {
        assert!((value - expected).abs() < 1e-6, "{value}, not {expected}");
    }
}

#[test]
fn an_episode_ends_with_a_fall_off_the_track_or_in_time() {
    let mut cart = CartPole::start(&mut Least);
    while cart.push(Action::Right) == Outcome::Balanced {}
    assert_eq!(cart.steps, 8);
    assert!(cart.angle < -0.2095 && cart.position.abs() < 2.4);

    let mut cart = CartPole { position: 2.39, velocity: 1.0, ..CartPole::start(&mut Least) };
    assert_eq!(cart.push(Action::Left), Outcome::Fallen);

    // A rule of thumb: push towards the side to which the pole is about to lean.
    let mut cart = CartPole::start(&mut Rng::new(1));
    let outcome = loop {
        let lean = cart.angle + 0.3 * cart.angular_velocity + 0.05 * cart.velocity;
        let outcome = cart.push(if lean > 0.0 { Action::Right } else { Action::Left });
        if outcome != Outcome::Balanced {
            break outcome;
        }
    };
    assert_eq!((outcome, cart.steps), (Outcome::TimeUp, MOST_STEPS));
}
