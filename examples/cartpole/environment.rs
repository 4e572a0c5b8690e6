//! The cart-pole of Barto, Sutton and Anderson ("Neuronlike adaptive elements that can solve difficult
//! learning control problems", 1983), with the constants and the limits of Gym's CartPole-v1.

use backprop::Random;

const GRAVITY: f32 = 9.8;
const CART_MASS: f32 = 1.0;
const POLE_MASS: f32 = 0.1;
/// From the hinge to the pole's centre of mass.
const HALF_LENGTH: f32 = 0.5;
const FORCE: f32 = 10.0;
/// Seconds of one step.
pub const STEP: f32 = 0.02;
/// Metres from the middle of the track.
pub const LARGEST_POSITION: f32 = 2.4;
/// Radians from the vertical: 12 degrees.
pub const LARGEST_ANGLE: f32 = 12.0 * std::f32::consts::PI / 180.0;
/// An episode that lasts so long is over.
pub const MOST_STEPS: u32 = 500;

/// Which way the cart is pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Left,
    Right,
}

/// Whether an episode goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Balanced,
    /// The pole fell, or the cart left the track.
    Fallen,
    /// Time is up, though the pole still stands.
    TimeUp,
}

/// A cart on a track, and the pole that is hinged to it.
#[derive(Clone, Debug, PartialEq)]
pub struct CartPole {
    /// Metres, to the right.
    pub position: f32,
    /// Metres a second.
    pub velocity: f32,
    /// Radians, clockwise from the vertical.
    pub angle: f32,
    /// Radians a second.
    pub angular_velocity: f32,
    /// Steps since the start: an episode's return, since each step earns 1.
    pub steps: u32,
}

impl CartPole {
    /// A new episode: almost at rest, almost upright.
    pub fn start(random: &mut impl Random) -> Self {
        let mut draw = || 0.1 * draw_share(random) - 0.05;
        let [position, velocity] = [draw(), draw()];
        let [angle, angular_velocity] = [draw(), draw()];
        Self { position, velocity, angle, angular_velocity, steps: 0 }
    }

    /// What a network sees: each quantity by about its largest value.
    pub fn observe(&self) -> [f32; 4] {
        [
            self.position / LARGEST_POSITION,
            self.velocity / 2.0,
            self.angle / LARGEST_ANGLE,
            self.angular_velocity / 2.0,
        ]
    }

    /// One step of Euler's method.
    pub fn push(&mut self, action: Action) -> Outcome {
        let force = if action == Action::Right { FORCE } else { -FORCE };
        let (sine, cosine) = self.angle.sin_cos();
        let mass = CART_MASS + POLE_MASS;
        let moment = POLE_MASS * HALF_LENGTH;
        let push = (force + moment * self.angular_velocity.powi(2) * sine) / mass;
        let angular_acceleration = (GRAVITY * sine - cosine * push)
            / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * cosine.powi(2) / mass));
        let acceleration = push - moment * angular_acceleration * cosine / mass;

        self.position += STEP * self.velocity;
        self.velocity += STEP * acceleration;
        self.angle += STEP * self.angular_velocity;
        self.angular_velocity += STEP * angular_acceleration;
        self.steps += 1;
        if self.position.abs() > LARGEST_POSITION || self.angle.abs() > LARGEST_ANGLE {
            Outcome::Fallen
        } else if self.steps >= MOST_STEPS {
            Outcome::TimeUp
        } else {
            Outcome::Balanced
        }
    }
}

/// Uniform from 0 to below 1.
pub fn draw_share(random: &mut impl Random) -> f32 {
    (random.next_u32() >> 8) as f32 / (1_u32 << 24) as f32
}
