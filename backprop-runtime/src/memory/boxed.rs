//! Networks and workspaces on the heap that never pass through the stack.

use alloc::alloc::{alloc_zeroed, handle_alloc_error};
use alloc::boxed::Box;
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
