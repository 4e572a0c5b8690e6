//! Inputs, outputs and targets as plain numbers.

use backprop::Weighted;

/// What can be read from numbers, and written as such.
pub trait Record {
    /// From the next numbers.
    fn read(numbers: &mut impl Iterator<Item = f64>) -> Self;

    /// Behind these.
    fn write(&self, numbers: &mut Vec<f64>);

    /// As numbers.
    fn list(&self) -> Vec<f64> {
        let mut numbers = Vec::new();
        self.write(&mut numbers);
        numbers
    }
}

macro_rules! implement_numbers {
    ($($kind:ident)*) => { $(
        impl Record for $kind {
            fn read(numbers: &mut impl Iterator<Item = f64>) -> Self {
                numbers.next().unwrap() as $kind
            }

            fn write(&self, numbers: &mut Vec<f64>) {
                numbers.push(f64::from(*self));
            }
        }
    )* };
}

implement_numbers! { u32 f32 f64 }

impl<R: Record, const N: usize> Record for [R; N] {
    fn read(numbers: &mut impl Iterator<Item = f64>) -> Self {
        core::array::from_fn(|_| R::read(numbers))
    }

    fn write(&self, numbers: &mut Vec<f64>) {
        for record in self {
            record.write(numbers);
        }
    }
}

macro_rules! implement_struct {
    ($name:ident $([$($generics:ident),*])? { $($field:ident),* }) => {
        impl $(<$($generics: $crate::record::Record),*>)? $crate::record::Record
            for $name $(<$($generics),*>)?
        {
            fn read(numbers: &mut impl Iterator<Item = f64>) -> Self {
                Self { $($field: $crate::record::Record::read(numbers)),* }
            }

            fn write(&self, numbers: &mut Vec<f64>) {
                $($crate::record::Record::write(&self.$field, numbers);)*
            }
        }
    };
}

pub(crate) use implement_struct;

implement_struct! { Weighted[D, T] { target, weight } }
