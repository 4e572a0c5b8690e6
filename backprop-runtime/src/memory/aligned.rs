//! Values at the start of a cache line.

use core::ops::{Deref, DerefMut};

use crate::checkpoint::{CheckpointError, Key, Record, Records, Restore, Writer};
use crate::layout::ParameterInfo;
use crate::network::Parameters;
use crate::zero::Zero;

/// A value at an address that 64 divides: the start of a cache line, and of a vector register's worth of
/// memory. Large networks are computed up to a fifth faster there. [`boxed`](crate::BoxedNetwork::boxed)
/// places them so; for others there is [`Aligned::new`], which works in a `static` as well.
///
/// ```
/// use backprop_runtime::Aligned;
///
/// let aligned = Aligned::new([0.0_f32; 100]);
/// assert_eq!(core::ptr::from_ref(&aligned).addr() % 64, 0);
/// assert_eq!(aligned.len(), 100);
/// ```
#[repr(C, align(64))]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Aligned<V>(V);

impl<V> Aligned<V> {
    /// The value, aligned.
    pub const fn new(value: V) -> Self {
        Self(value)
    }

    /// The value, wherever it goes next.
    pub fn into_inner(self) -> V {
        self.0
    }
}

impl<V> Deref for Aligned<V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.0
    }
}

impl<V> DerefMut for Aligned<V> {
    fn deref_mut(&mut self) -> &mut V {
        &mut self.0
    }
}

impl<V: Zero> Zero for Aligned<V> {
    const ZERO: Self = Self(V::ZERO);
}

impl<V: Parameters> Parameters for Aligned<V> {
    type Scalar = V::Scalar;

    const LAYOUT: &'static [ParameterInfo] = V::LAYOUT;

    fn as_slice(&self) -> &[V::Scalar] {
        self.0.as_slice()
    }

    fn as_mut_slice(&mut self) -> &mut [V::Scalar] {
        self.0.as_mut_slice()
    }
}

impl<V: Record> Record for Aligned<V> {
    const KEY: Key = V::KEY;
    const BYTES: usize = V::BYTES;

    fn write(&self, writer: &mut Writer<'_>) {
        self.0.write(writer);
    }
}

impl<V: Restore> Restore for Aligned<V> {
    fn check(&self, records: Records<'_>) -> Result<(), CheckpointError> {
        self.0.check(records)
    }

    fn read(&mut self, records: Records<'_>) {
        self.0.read(records);
    }
}
