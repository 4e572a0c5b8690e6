//! Values of a fixed number of bytes, and the two ends that they pass through.

use super::CheckpointError;

/// Memory that is filled from the front.
#[derive(Debug)]
pub struct Writer<'a> {
    left: &'a mut [u8],
}

impl<'a> Writer<'a> {
    pub(crate) const fn new(bytes: &'a mut [u8]) -> Self {
        Self { left: bytes }
    }

    /// Writes bytes. What does not fit is left out: whoever hands out the memory has counted.
    pub(super) fn push<const N: usize>(&mut self, bytes: &[u8; N]) {
        if let Some((place, left)) = core::mem::take(&mut self.left).split_first_chunk_mut() {
            *place = *bytes;
            self.left = left;
        }
    }

    /// The next `count` bytes, to be written.
    pub(super) fn reserve(&mut self, count: usize) -> &'a mut [u8] {
        let left = core::mem::take(&mut self.left);
        let count = count.min(left.len());
        let Some((place, left)) = left.split_at_mut_checked(count) else { return &mut [] };
        self.left = left;
        place
    }

    /// Writes scalars.
    #[doc(hidden)]
    pub fn push_all<F: Field>(&mut self, values: &[F]) {
        F::put_all(values, self);
    }

    /// Fills what is left with zeros.
    pub(super) fn fill(self) {
        self.left.fill(0);
    }
}

/// Bytes that are taken from the front.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    left: &'a [u8],
}

impl<'a> Source<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { left: bytes }
    }

    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], CheckpointError> {
        let (taken, left) = self.left.split_first_chunk().ok_or(CheckpointError::Damaged)?;
        self.left = left;
        Ok(*taken)
    }

    pub(super) fn take_slice(&mut self, count: usize) -> Result<&'a [u8], CheckpointError> {
        let (taken, left) = self.left.split_at_checked(count).ok_or(CheckpointError::Damaged)?;
        self.left = left;
        Ok(taken)
    }

    /// Nothing, if nothing is left.
    pub(super) const fn finish(self) -> Result<(), CheckpointError> {
        if self.left.is_empty() { Ok(()) } else { Err(CheckpointError::Damaged) }
    }
}

/// A value that a [`State`](super::State) consists of: of a fixed number of bytes, little-endian, and each value has one
/// form. Integers, `bool`, scalars, and options, arrays and tuples of these.
pub trait Field: Copy {
    /// How many bytes.
    const BYTES: usize;
    /// The value of zero bytes.
    #[doc(hidden)]
    const EMPTY: Self;

    /// Writes it.
    #[doc(hidden)]
    fn put(&self, writer: &mut Writer<'_>);

    /// Reads it.
    ///
    /// # Errors
    ///
    /// [`CheckpointError::Damaged`], where no value is written so.
    #[doc(hidden)]
    fn take(source: &mut Source<'_>) -> Result<Self, CheckpointError>;

    /// Writes several.
    #[doc(hidden)]
    fn put_all(values: &[Self], writer: &mut Writer<'_>) {
        for value in values {
            value.put(writer);
        }
    }

    /// Reads as many as there are.
    ///
    /// # Errors
    ///
    /// As [`take`](Self::take).
    #[doc(hidden)]
    fn take_all(values: &mut [Self], source: &mut Source<'_>) -> Result<(), CheckpointError> {
        for value in values {
            *value = Self::take(source)?;
        }
        Ok(())
    }
}

macro_rules! implement_field {
    ($($kind:ident)*) => { $(
        impl Field for $kind {
            const BYTES: usize = size_of::<Self>();
            const EMPTY: Self = 0 as Self;

            #[inline]
            fn put(&self, writer: &mut Writer<'_>) {
                writer.push(&self.to_le_bytes());
            }

            #[inline]
            fn take(source: &mut Source<'_>) -> Result<Self, CheckpointError> {
                source.take().map(Self::from_le_bytes)
            }

            // Over chunks, so that it becomes a copy.
            fn put_all(values: &[Self], writer: &mut Writer<'_>) {
                let (places, _) = writer.reserve(size_of_val(values)).as_chunks_mut();
                for (place, value) in places.iter_mut().zip(values) {
                    *place = value.to_le_bytes();
                }
            }

            fn take_all(
                values: &mut [Self],
                source: &mut Source<'_>,
            ) -> Result<(), CheckpointError> {
                let (chunks, _) = source.take_slice(size_of_val(values))?.as_chunks();
                for (value, chunk) in values.iter_mut().zip(chunks) {
                    *value = Self::from_le_bytes(*chunk);
                }
                Ok(())
            }
        }
    )* };
}

implement_field!(u8 u16 u32 u64 i8 i16 i32 i64 f32 f64);

impl Field for bool {
    const BYTES: usize = 1;
    const EMPTY: Self = false;

    fn put(&self, writer: &mut Writer<'_>) {
        u8::from(*self).put(writer);
    }

    fn take(source: &mut Source<'_>) -> Result<Self, CheckpointError> {
        match u8::take(source)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(CheckpointError::Damaged),
        }
    }
}

/// Whether there is one, and the value, or zeros.
impl<F: Field> Field for Option<F> {
    const BYTES: usize = 1 + F::BYTES;
    const EMPTY: Self = None;

    fn put(&self, writer: &mut Writer<'_>) {
        self.is_some().put(writer);
        self.unwrap_or(F::EMPTY).put(writer);
    }

    fn take(source: &mut Source<'_>) -> Result<Self, CheckpointError> {
        if bool::take(source)? {
            return F::take(source).map(Some);
        }
        let zeros = source.take_slice(F::BYTES)?;
        if zeros.iter().all(|byte| *byte == 0) { Ok(None) } else { Err(CheckpointError::Damaged) }
    }
}

impl<F: Field, const N: usize> Field for [F; N] {
    const BYTES: usize = N * F::BYTES;
    const EMPTY: Self = [F::EMPTY; N];

    fn put(&self, writer: &mut Writer<'_>) {
        F::put_all(self, writer);
    }

    fn take(source: &mut Source<'_>) -> Result<Self, CheckpointError> {
        let mut values = Self::EMPTY;
        F::take_all(&mut values, source)?;
        Ok(values)
    }
}

macro_rules! implement_tuple {
    ($($kind:ident $value:ident)*) => {
        #[allow(unused_variables, clippy::unused_unit, reason = "the first of them is empty")]
        impl<$($kind: Field),*> Field for ($($kind,)*) {
            const BYTES: usize = 0 $(+ $kind::BYTES)*;
            const EMPTY: Self = ($($kind::EMPTY,)*);

            fn put(&self, writer: &mut Writer<'_>) {
                let ($($value,)*) = self;
                $($value.put(writer);)*
            }

            fn take(source: &mut Source<'_>) -> Result<Self, CheckpointError> {
                Ok(($($kind::take(source)?,)*))
            }
        }
    };
}

implement_tuple!();
implement_tuple!(A a);
implement_tuple!(A a B b);
implement_tuple!(A a B b C c);
implement_tuple!(A a B b C c D d);
implement_tuple!(A a B b C c D d E e);
implement_tuple!(A a B b C c D d E e F f);
implement_tuple!(A a B b C c D d E e F f G g);
implement_tuple!(A a B b C c D d E e F f G g H h);
