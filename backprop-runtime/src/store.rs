//! How a kernel writes a gradient with respect to a value.

use crate::scalar::Scalar;

/// [`Set`] or [`Add`].
pub trait Store: Copy {
    /// Writes one value.
    fn store<T: Scalar>(self, place: &mut T, value: T);
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
}

impl Store for Add {
    #[inline(always)]
    fn store<T: Scalar>(self, place: &mut T, value: T) {
        *place += value;
    }
}
