//! Checkpoints in a flash whose power fails at every single moment: after each, the newest one that is whole is read, or
//! the one that was being written, and never anything else.

#[path = "flash/simulated.rs"]
mod simulated;

use backprop::checkpoint::{FlashError, FlashSlots, State};
use backprop::{Adam, CheckpointError, Optimizer, Random, Rng, network};
use embedded_storage::nor_flash::{NorFlash, ReadNorFlash};
use simulated::{Cut, Failure, Flash};

network! {
    /// As small as a network that trains can be.
    pub struct Tiny {
        input x: [1];
        output y = x -> dense(2) -> tanh -> dense(1);
        loss mse(y);
    }
}

/// The same number in many words, so that a mixture shows.
#[derive(Clone, Debug, PartialEq)]
struct Pattern([u32; 30]);

impl Pattern {
    fn new(number: u32) -> Self {
        Self([number.wrapping_mul(0x9e37_79b1); 30])
    }
}

impl State for Pattern {
    const NAME: &'static str = "pattern";
    type Fields = [u32; 30];

    fn fields(&self) -> [u32; 30] {
        self.0
    }

    fn set_fields(&mut self, fields: [u32; 30]) {
        self.0 = fields;
    }
}

/// Where in the memory the places are, with pages before and behind that are others'.
const RANGE: std::ops::Range<u32> = 256..256 + 2048;

fn save<const READ: usize, const WRITE: usize>(
    flash: &mut Flash<READ, WRITE>,
    slots: u32,
    number: u32,
) -> Result<(), FlashError<Failure>> {
    let mut buffer = [0; 512];
    FlashSlots::new(flash, RANGE).slots(slots).save(&Pattern::new(number), &mut buffer)
}

/// The number that is read, 0 if nothing is there.
fn load<const READ: usize, const WRITE: usize>(
    flash: &mut Flash<READ, WRITE>,
    slots: u32,
    numbers: u32,
) -> u32 {
    let (mut pattern, mut buffer) = (Pattern::new(0), [0; 512]);
    let found = FlashSlots::new(flash, RANGE).slots(slots).load(&mut pattern, &mut buffer).unwrap();
    let number = (0..=numbers).find(|number| pattern == Pattern::new(*number));
    let number = number.unwrap_or_else(|| panic!("a mixture: {pattern:x?}"));
    assert_eq!(found, number > 0);
    number
}

/// Saves 1, 2, .. `saves`, cut off at every moment there is; then goes on, and is cut off again soon after.
fn cut_everywhere<const READ: usize, const WRITE: usize>(slots: u32, saves: u32, how: Cut) {
    let mut straight = Flash::<READ, WRITE>::new(1);
    for number in 1..=saves {
        save(&mut straight, slots, number).unwrap();
        assert_eq!(load(&mut straight, slots, saves), number);
    }
    straight.assert_others_untouched(&RANGE);
    let moments = straight.operations();
    assert!(moments > 5 * u64::from(saves));
    for moment in 0..moments {
        let mut random = Rng::new(moment);
        let mut flash = Flash::<READ, WRITE>::new(moment + 2);
        flash.cut_after(moment, how);
        // The last that was saved, and the last that was begun.
        let (mut saved, mut begun) = (0, 0);
        while begun < saves + 4 {
            begun += 1;
            match save(&mut flash, slots, begun) {
                Ok(()) => saved = begun,
                Err(FlashError::Flash(Failure::PowerCut)) => {
                    flash.restore_power();
                    // A word that was cut off may be read in one way now and in another then.
                    for _ in 0..4 {
                        let read = load(&mut flash, slots, begun);
                        // One that was cut off at its very end may be whole all the same.
                        assert!(
                            (saved..=begun).contains(&read),
                            "{how:?} at {moment}: {read} is read, {saved} was saved, {begun} begun"
                        );
                    }
                    // Half of the time the power fails again, where it hurts most: soon.
                    if random.below(2) == 0 {
                        flash.cut_after(u64::from(random.below(60)), how);
                    }
                }
                Err(error) => panic!("{how:?} at {moment}: {error}"),
            }
        }
        if saved == begun {
            assert_eq!(load(&mut flash, slots, begun), saved, "{how:?} at {moment}");
        }
        flash.assert_others_untouched(&RANGE);
    }
}

#[test]
fn a_cut_before_any_operation_leaves_the_last_or_the_new_one() {
    cut_everywhere::<1, 4>(2, 12, Cut::Clean);
    cut_everywhere::<1, 1>(3, 5, Cut::Clean);
}

#[test]
fn a_cut_within_any_operation_leaves_the_last_or_the_new_one() {
    cut_everywhere::<1, 4>(2, 12, Cut::HalfDone);
    cut_everywhere::<4, 8>(2, 8, Cut::HalfDone);
    cut_everywhere::<1, 1>(3, 5, Cut::HalfDone);
    cut_everywhere::<2, 32>(4, 9, Cut::HalfDone);
}

#[test]
fn a_cut_that_leaves_bits_in_between_leaves_the_last_or_the_new_one() {
    cut_everywhere::<1, 4>(2, 12, Cut::Marginal);
    cut_everywhere::<4, 8>(3, 8, Cut::Marginal);
    cut_everywhere::<8, 2>(2, 5, Cut::Marginal);
    cut_everywhere::<2, 32>(4, 9, Cut::Marginal);
}

#[test]
fn wear_is_spread_over_all_places() {
    for slots in [2, 4, 8] {
        let mut flash = Flash::<1, 4>::new(1);
        for number in 1..=80 {
            save(&mut flash, slots, number).unwrap();
        }
        // A checkpoint of 200 bytes needs one page of 256, however many its place has.
        let mut erased: Vec<u32> = flash.erasures().iter().copied().filter(|n| *n > 0).collect();
        erased.sort_unstable();
        assert_eq!(erased, vec![80 / slots; slots as usize]);
    }
}

#[test]
fn a_training_goes_on_from_flash() {
    type TinyOptimizer = Optimizer<Adam, TinyGradient>;
    type Slots<'a> = FlashSlots<&'a mut Flash<1, 4>>;
    let (mut network, mut optimizer, mut random) =
        (Tiny::new(1), TinyOptimizer::new(Adam::new(0.1)), Rng::new(2));
    let mut flash = Flash::<1, 4>::new(1);
    let mut buffer = [0; Slots::buffer_size::<(&Tiny, &TinyOptimizer, &Rng)>()];
    let mut slots = FlashSlots::new(&mut flash, RANGE);
    assert_eq!(slots.load(&mut network, &mut buffer), Ok(false));
    for _ in 0..5 {
        let x = [random.below(100) as f32 / 100.0];
        network.train_step(&x, &x, &mut optimizer).unwrap();
        slots.save((&network, &optimizer, &random), &mut buffer).unwrap();
    }
    let (mut read, mut read_optimizer, mut read_random) =
        (Tiny::ZERO, TinyOptimizer::new(Adam::new(0.2)), Rng::new(3));
    let contents = (&mut read, &mut read_optimizer, &mut read_random);
    assert_eq!(slots.load(contents, &mut buffer), Ok(true));
    assert!(read == network && read_optimizer == optimizer && read_random == random);
    // The network alone, and what is not there.
    assert_eq!(slots.load(&mut read, &mut buffer), Ok(true));
    let missing = FlashError::Checkpoint(CheckpointError::NoState("pattern"));
    assert_eq!(slots.load(&mut Pattern::new(0), &mut buffer), Err(missing));
}

#[test]
fn what_does_not_fit_is_an_error_and_loses_nothing() {
    let mut flash = Flash::<1, 4>::new(1);
    save(&mut flash, 2, 7).unwrap();
    let small = FlashError::Checkpoint(CheckpointError::BufferTooSmall);
    let mut slots = FlashSlots::new(&mut flash, RANGE);
    for length in [0, 3, 15, 100, 167] {
        let mut buffer = vec![0; length];
        assert_eq!(slots.save(&Pattern::new(8), &mut buffer), Err(small), "{length}");
        let result = slots.load(&mut Pattern::new(0), &mut buffer);
        assert_eq!(result, Err(small), "{length}");
    }
    let mut buffer = [0; 512];
    for range in [0..0, 0..511, 1..512, 300..800, u32::MAX - 5..u32::MAX] {
        let mut slots = FlashSlots::new(&mut flash, range.clone());
        let result = slots.save(&Pattern::new(8), &mut buffer);
        assert_eq!(result, Err(FlashError::RangeTooSmall), "{range:?}");
    }
    // A page for each, and not enough for this.
    let mut large = FlashSlots::new(&mut flash, 4096..4096 + 512);
    let result = large.save(&Large([7; 80]), &mut [0; 1024]);
    assert_eq!(result, Err(FlashError::RangeTooSmall));
    assert_eq!(load(&mut flash, 2, 9), 7);
}

/// More than a page.
struct Large([u32; 80]);

impl State for Large {
    const NAME: &'static str = "large";
    type Fields = [u32; 80];

    fn fields(&self) -> [u32; 80] {
        self.0
    }

    fn set_fields(&mut self, fields: [u32; 80]) {
        self.0 = fields;
    }
}

#[test]
fn a_worn_page_is_told_and_loses_nothing() {
    let mut flash = Flash::<1, 4>::new(1);
    save(&mut flash, 2, 1).unwrap();
    // A bit of the next place that no longer becomes 1.
    flash.stick(RANGE.start + 1024 + 100);
    assert_eq!(save(&mut flash, 2, 2), Err(FlashError::NotWritten));
    assert_eq!(load(&mut flash, 2, 2), 1);
}

/// Bits that fell in what was saved long ago: the other place is read.
#[test]
fn a_place_that_rots_is_passed_over() {
    let mut flash = Flash::<1, 4>::new(1);
    save(&mut flash, 2, 1).unwrap();
    save(&mut flash, 2, 2).unwrap();
    flash.stick(RANGE.start + 1024 + 100);
    assert_eq!(load(&mut flash, 2, 2), 1);
    flash.stick(RANGE.start + 100);
    assert_eq!(load(&mut flash, 2, 2), 0);
}

/// The simulation itself: what it holds against writers is what memories do.
#[test]
fn the_simulated_flash_keeps_the_rules() {
    let mut flash = Flash::<1, 4>::new(1);
    let mut word = [0; 4];
    flash.erase(256, 512).unwrap();
    flash.write(256, &[1, 2, 3, 0xf0]).unwrap();
    flash.read(256, &mut word).unwrap();
    assert_eq!(word, [1, 2, 3, 0xf0]);
    assert_eq!(flash.write(256, &[0; 4]), Err(Failure::WrittenTwice));
    assert_eq!(flash.write(258, &[0; 4]), Err(Failure::NotAligned));
    assert_eq!(flash.write(260, &[0; 3]), Err(Failure::NotAligned));
    assert_eq!(flash.erase(256, 300), Err(Failure::NotAligned));
    assert_eq!(flash.write(1024, &[0; 4]), Err(Failure::NotErased));
}
