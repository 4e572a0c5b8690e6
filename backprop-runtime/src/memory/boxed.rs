//! Networks and workspaces on the heap that never pass through the stack.

use alloc::alloc::{alloc_zeroed, handle_alloc_error};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::ptr::NonNull;

use super::aligned::Aligned;
use super::flat::Plain;
use crate::network::Initialise;
use crate::random::Rng;

/// Zeros on the heap: of a workspace, a gradient or a network of any size.
pub trait BoxedZero: Plain {
    /// All scalars zero.
    #[must_use]
    fn boxed_zero() -> Box<Aligned<Self>> {
        // The proof is what makes zero bytes a value; naming it has it checked.
        const { assert!(Self::PROOF.scalars() < usize::MAX) };
        let layout = Layout::new::<Aligned<Self>>();
        if layout.size() == 0 {
            // SAFETY: a box of no bytes needs no memory, only an aligned pointer. `Box::new(ZERO)`
            // would reserve stack for types of any size.
            return unsafe { Box::from_raw(NonNull::<Aligned<Self>>::dangling().as_ptr()) };
        }
        // SAFETY: the layout is not empty.
        let memory = unsafe { alloc_zeroed(layout) }.cast::<Aligned<Self>>();
        if memory.is_null() {
            handle_alloc_error(layout);
        }
        // SAFETY: the memory is of the global allocator and of the right layout, and every byte of Self
        // belongs to a scalar, says PROOF; zero bytes are the scalar 0.
        unsafe { Box::from_raw(memory) }
    }

    /// Several of them: the workspaces of a call that computes in parallel.
    #[must_use]
    fn boxed_zeros(count: usize) -> Box<[Aligned<Self>]> {
        const { assert!(Self::PROOF.scalars() < usize::MAX) };
        let mut zeros: Vec<Aligned<Self>> = Vec::with_capacity(count);
        // SAFETY: so many fit; as above, zero bytes are a value.
        unsafe {
            zeros.as_mut_ptr().write_bytes(0, count);
            zeros.set_len(count);
        }
        zeros.into_boxed_slice()
    }
}

impl<W: Plain> BoxedZero for W {}

/// A network of any size on the heap.
pub trait BoxedNetwork: BoxedZero + Initialise {
    /// A network with freshly drawn parameters: the same bits as `new(seed)` would have.
    #[must_use]
    fn boxed(seed: u64) -> Box<Aligned<Self>> {
        let mut network = Self::boxed_zero();
        network.init(&mut Rng::new(seed));
        network
    }
}

impl<N: BoxedZero + Initialise> BoxedNetwork for N {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::flat::Proof;
    use crate::random::Random;
    use crate::zero::Zero;

    /// A network as the macro makes it.
    #[derive(Debug, PartialEq)]
    #[repr(C)]
    struct Pair {
        weight: [[f32; 2]; 3],
        bias: [f32; 2],
    }

    impl Zero for Pair {
        const ZERO: Self = Self { weight: [[0.0; 2]; 3], bias: [0.0; 2] };
    }

    impl Plain for Pair {
        const PROOF: Proof<Self> = {
            const ZERO: &Pair = &Pair::ZERO;
            Proof::check(ZERO, [ZERO.weight.as_flattened(), &ZERO.bias])
        };
    }

    impl Initialise for Pair {
        fn init(&mut self, random: &mut impl Random) {
            for value in self.weight.as_flattened_mut() {
                *value = random.below(10) as f32;
            }
        }
    }

    /// A gradient of a network without parameters.
    #[derive(Debug, PartialEq)]
    #[repr(C)]
    struct Nothing;

    impl Zero for Nothing {
        const ZERO: Self = Self;
    }

    impl Plain for Nothing {
        const PROOF: Proof<Self> = Proof::check::<f64, 0>(&Self, []);
    }

    #[test]
    fn a_box_of_zeros_can_be_read_written_and_dropped() {
        let mut pair = Pair::boxed_zero();
        assert_eq!(**pair, Pair::ZERO);
        pair.weight[2][1] = 3.0;
        pair.bias = [1.0, 2.0];
        assert_eq!(**pair, Pair { weight: [[0.0; 2], [0.0; 2], [0.0, 3.0]], bias: [1.0, 2.0] });
    }

    #[test]
    fn boxes_of_zeros_begin_at_cache_lines() {
        let mut pairs = Pair::boxed_zeros(3);
        assert!(pairs.iter().all(|pair| core::ptr::from_ref(pair).addr() % 64 == 0));
        pairs[1].bias = [1.0, 2.0];
        assert_eq!((&*pairs[0], &*pairs[2]), (&Pair::ZERO, &Pair::ZERO));
        assert!(Pair::boxed_zeros(0).is_empty());
    }

    #[test]
    fn a_box_of_nothing_is_a_box() {
        assert_eq!(**Nothing::boxed_zero(), Nothing);
        assert_eq!(Nothing::boxed_zeros(2).len(), 2);
    }

    #[test]
    fn a_boxed_network_is_drawn_from_its_seed() {
        let mut drawn = Pair::ZERO;
        drawn.init(&mut Rng::new(7));
        assert_eq!(**Pair::boxed(7), drawn);
        assert_ne!(drawn, Pair::ZERO);
    }
}
