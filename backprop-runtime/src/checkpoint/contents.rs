//! What a program puts into a checkpoint: one value by reference, or a tuple of them.

use super::CheckpointError;
use super::crc;
use super::field::{Field, Writer};
use super::records::Records;
use super::{CRC, Key, RECORD_HEADER, Record, Restore};

/// What can be written: a reference to a network, an [`Optimizer`](crate::Optimizer), or anything with a
/// [`State`](super::State), or a tuple of up to six such references, each to a value of another kind.
pub trait Save {
    /// The keys of its records.
    #[doc(hidden)]
    const KEYS: &'static [Key];
    /// Bytes of its records.
    #[doc(hidden)]
    const BYTES: usize;

    /// Writes the records.
    #[doc(hidden)]
    fn write_records(&self, writer: &mut Writer<'_>);
}

/// What can be read: the same references, mutable.
pub trait Load {
    /// Whether every record is there and belongs to what it is to be read into.
    ///
    /// # Errors
    ///
    /// What is wrong with the first that is not.
    #[doc(hidden)]
    fn check(&self, records: Records<'_>) -> Result<(), CheckpointError>;

    /// Reads the records, which were checked.
    #[doc(hidden)]
    fn read(&mut self, records: Records<'_>);
}

impl<A: Record> Save for &A {
    const KEYS: &'static [Key] = &[A::KEY];
    const BYTES: usize = RECORD_HEADER + A::BYTES + CRC;

    fn write_records(&self, writer: &mut Writer<'_>) {
        let record = writer.reserve(Self::BYTES);
        let Some((covered, sum)) = record.split_at_mut_checked(RECORD_HEADER + A::BYTES) else {
            return;
        };
        let mut content = Writer::new(covered);
        (A::KEY.kind, 0_u16, A::BYTES as u32).put(&mut content);
        (*self).write(&mut content);
        content.fill();
        crc::sum(covered, &[]).put(&mut Writer::new(sum));
    }
}

impl<A: Restore> Load for &mut A {
    fn check(&self, records: Records<'_>) -> Result<(), CheckpointError> {
        A::check(self, records)
    }

    fn read(&mut self, records: Records<'_>) {
        A::read(self, records);
    }
}

macro_rules! implement_contents {
    ($($kind:ident $value:ident)*) => {
        impl<$($kind: Record),*> Save for ($(&$kind,)*) {
            const KEYS: &'static [Key] = &[$($kind::KEY),*];
            const BYTES: usize = 0 $(+ <&$kind as Save>::BYTES)*;

            fn write_records(&self, writer: &mut Writer<'_>) {
                let ($($value,)*) = self;
                $(Save::write_records($value, writer);)*
            }
        }

        impl<$($kind: Restore),*> Load for ($(&mut $kind,)*) {
            fn check(&self, records: Records<'_>) -> Result<(), CheckpointError> {
                let ($($value,)*) = self;
                $(Restore::check(&**$value, records)?;)*
                Ok(())
            }

            fn read(&mut self, records: Records<'_>) {
                let ($($value,)*) = self;
                $(Restore::read(&mut **$value, records);)*
            }
        }
    };
}

implement_contents!(A a);
implement_contents!(A a B b);
implement_contents!(A a B b C c);
implement_contents!(A a B b C c D d);
implement_contents!(A a B b C c D d E e);
implement_contents!(A a B b C c D d E e F f);
