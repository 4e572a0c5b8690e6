//! How a kernel writes a gradient with respect to a value.

use crate::scalar::Scalar;

/// [`Set`] or [`Add`].
pub trait Store: Copy {
    /// Writes one value.
    fn store<T: Scalar>(self, place: &mut T, value: T);

    /// Whether what stood there is kept.
    fn adds(self) -> bool;
}

/// The first contribution overwrites what stood there.
#[derive(Clone, Copy, Debug)]
pub struct Set;

/// Every further one is added.
#[derive(Clone, Copy, Debug)]
pub struct Add;

impl Store for Set {
    #[inline(always)]
    fn store<T: Scalar>(self, place: &mut T, value: T) {
        *place = value;
    }

    #[inline(always)]
    fn adds(self) -> bool {
        false
    }
}

impl Store for Add {
    #[inline(always)]
    fn store<T: Scalar>(self, place: &mut T, value: T) {
        *place += value;
    }

    #[inline(always)]
    fn adds(self) -> bool {
        true
    }
}

/// [`Add`] for all but the first tile of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Continue(pub bool);

impl Store for Continue {
    #[inline(always)]
    fn store<T: Scalar>(self, place: &mut T, value: T) {
        *place = if self.0 { *place + value } else { value };
    }

    #[inline(always)]
    fn adds(self) -> bool {
        self.0
    }
}

/// What the gradient of some samples is multiplied by, and how it meets that of those before.
#[derive(Clone, Copy, Debug)]
pub struct Share<T, S> {
    /// One over the samples of a batch.
    pub scale: T,
    /// Set or added.
    pub store: S,
}

impl<T: Scalar> Share<T, Add> {
    /// The gradient as it is, added.
    pub const ALL: Self = Self { scale: T::ONE, store: Add };
}
