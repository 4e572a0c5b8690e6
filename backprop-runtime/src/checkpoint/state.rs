//! What training changes of a value that is no network.

use super::error::CheckpointError;
use super::field::{Field, Source, Writer};
use super::identity::identify;
use super::records::Records;
use super::{Key, Record, Restore};

/// The record that holds any such value.
pub(super) const STATE: u16 = 3;

/// A value whose state a checkpoint can hold: what training changes of it, and not what the program gave it.
///
/// Every rule of [`optimizers`](crate::optimizers) is one, as part of its [`Optimizer`](crate::Optimizer), and so is what
/// stands around a rule; a generator, [`Rng`](crate::Rng); and what watches a loss,
/// [`Plateau`](crate::schedules::Plateau) and [`EarlyStopping`](crate::training::EarlyStopping). A program can have its
/// own, rules too:
///
/// ```
/// use backprop_runtime::checkpoint::{self, State};
///
/// /// What the loop has seen.
/// #[derive(Debug, PartialEq)]
/// struct Progress {
///     epoch: u32,
///     best_loss: Option<f32>,
/// }
///
/// impl State for Progress {
///     const NAME: &'static str = "the loop's progress";
///     type Fields = (u32, Option<f32>);
///
///     fn fields(&self) -> Self::Fields {
///         (self.epoch, self.best_loss)
///     }
///
///     fn set_fields(&mut self, (epoch, best_loss): Self::Fields) {
///         *self = Self { epoch, best_loss };
///     }
/// }
///
/// let progress = Progress { epoch: 3, best_loss: Some(0.25) };
/// let mut bytes = [0; checkpoint::size::<&Progress>()];
/// checkpoint::write(&mut bytes, &progress)?;
/// let mut read = Progress { epoch: 0, best_loss: None };
/// checkpoint::read(&bytes, &mut read)?;
/// assert_eq!(read, progress);
/// # Ok::<(), checkpoint::CheckpointError>(())
/// ```
pub trait State {
    /// What it is called in messages. A checkpoint holds one value of a name, and another name is another value.
    const NAME: &'static str;
    /// What the name and those of its parts come to.
    #[doc(hidden)]
    const IDENTITY: u64 = identify(Self::NAME);

    /// What is written: a [`Field`], often a tuple.
    type Fields: Field;

    /// Its state.
    fn fields(&self) -> Self::Fields;

    /// Sets its state.
    fn set_fields(&mut self, fields: Self::Fields);

    /// Whether there is such a state. A checkpoint with another is damaged.
    fn accepts(_fields: &Self::Fields) -> bool {
        true
    }
}

/// The state that is written there, and the end of what was written.
pub(super) fn take_state<S: State>(source: &mut Source<'_>) -> Result<S::Fields, CheckpointError> {
    let fields = S::Fields::take(source)?;
    source.finish()?;
    if S::accepts(&fields) { Ok(fields) } else { Err(CheckpointError::Damaged) }
}

fn find_state<S: State>(records: Records<'_>) -> Result<S::Fields, CheckpointError> {
    let found = records.find(S::KEY)?.ok_or(CheckpointError::NoState(S::NAME))?;
    let mut source = Source::new(found);
    u64::take(&mut source)?;
    take_state::<S>(&mut source)
}

impl<S: State> Record for S {
    const KEY: Key = Key { kind: STATE, identity: Some(S::IDENTITY) };
    const BYTES: usize = u64::BYTES + S::Fields::BYTES;

    fn write(&self, writer: &mut Writer<'_>) {
        S::IDENTITY.put(writer);
        self.fields().put(writer);
    }
}

impl<S: State> Restore for S {
    fn check(&self, records: Records<'_>) -> Result<(), CheckpointError> {
        find_state::<S>(records).map(|_| ())
    }

    fn read(&mut self, records: Records<'_>) {
        if let Ok(fields) = find_state::<S>(records) {
            self.set_fields(fields);
        }
    }
}

/// Says of a type which of its fields training changes.
macro_rules! implement_state {
    ([$($generics:tt)*] $kind:ty, $name:literal, { $($field:ident: $of:ty),* $(,)? }) => {
        impl<$($generics)*> $crate::checkpoint::State for $kind {
            const NAME: &'static str = $name;

            type Fields = ($($of,)*);

            fn fields(&self) -> Self::Fields {
                ($(self.$field,)*)
            }

            fn set_fields(&mut self, fields: Self::Fields) {
                ($(self.$field,)*) = fields;
            }
        }
    };
}

/// Says of what stands around a rule that it has no state of its own.
macro_rules! delegate_state {
    ([$($generics:tt)*] $kind:ty, $rule:ident: $inner:ident) => {
        /// The state of the rule inside: what stands around it has none.
        impl<$($generics)*> $crate::checkpoint::State for $kind {
            const NAME: &'static str = $inner::NAME;
            const IDENTITY: u64 = $inner::IDENTITY;

            type Fields = $inner::Fields;

            fn fields(&self) -> Self::Fields {
                self.$rule.fields()
            }

            fn set_fields(&mut self, fields: Self::Fields) {
                self.$rule.set_fields(fields);
            }

            fn accepts(fields: &Self::Fields) -> bool {
                $inner::accepts(fields)
            }
        }
    };
}

pub(crate) use {delegate_state, implement_state};
