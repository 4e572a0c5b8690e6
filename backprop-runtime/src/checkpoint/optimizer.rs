//! An optimiser's state as a record.

use super::CheckpointError::{
    self, Damaged, NoOptimizer, OtherOptimizer, OtherScalar, OtherTrainable,
};
use super::field::{Field, Source, Writer};
use super::identity::identify_layout;
use super::parameters::scalar_code;
use super::records::Records;
use super::state::take_state;
use super::{Key, Record, Restore, State};
use crate::network::Parameters;
use crate::optimizers::{ClipNorm, Optimizer, Rule, Slots};
use crate::zero::Zero;

/// The record that holds an optimiser's state.
const OPTIMIZER: u16 = 2;

/// What stands before the slots.
type Header = (u64, u64, [u8; 4], u32, u64);

/// How many scalars a slot has.
const fn count_scalars<G: Parameters>() -> usize {
    let (mut count, mut layout) = (0, G::LAYOUT);
    while let [array, rest @ ..] = layout {
        count += array.count;
        layout = rest;
    }
    count
}

impl<R: Rule<G::Scalar> + State, G: Parameters + Zero> Optimizer<R, G> {
    const SCALARS: usize = count_scalars::<G>();
    const TRAINABLE: u64 = identify_layout(G::LAYOUT);

    fn header(&self) -> Header {
        let scalar = scalar_code(size_of::<G::Scalar>());
        let kind = [scalar, R::Slots::COUNT, 0, 0];
        (R::IDENTITY, Self::TRAINABLE, kind, Self::SCALARS as u32, self.steps)
    }

    /// The steps, the slots as they are written, and the rule's own state.
    fn find(records: Records<'_>) -> Result<(u64, Source<'_>, R::Fields), CheckpointError> {
        let content = records.find(Self::KEY)?.ok_or(NoOptimizer)?;
        let mut source = Source::new(content);
        let (rule, trainable, [scalar, slots, zeros @ ..], scalars, steps) =
            Header::take(&mut source)?;
        if !matches!(scalar, 1 | 2) || zeros != [0, 0] {
            return Err(Damaged);
        }
        if (rule, slots) != (R::IDENTITY, R::Slots::COUNT) {
            return Err(OtherOptimizer);
        }
        if scalar != scalar_code(size_of::<G::Scalar>()) {
            return Err(OtherScalar);
        }
        if (trainable, scalars) != (Self::TRAINABLE, Self::SCALARS as u32) {
            return Err(OtherTrainable);
        }
        let bytes = usize::from(slots) * Self::SCALARS * size_of::<G::Scalar>();
        let slots = Source::new(source.take_slice(bytes)?);
        Ok((steps, slots, take_state::<R>(&mut source)?))
    }
}

impl<R: Rule<G::Scalar> + State, G: Parameters + Zero> Record for Optimizer<R, G> {
    const KEY: Key = Key { kind: OPTIMIZER, identity: None };
    const BYTES: usize = Header::BYTES
        + R::Slots::COUNT as usize * Self::SCALARS * size_of::<G::Scalar>()
        + R::Fields::BYTES;

    fn write(&self, writer: &mut Writer<'_>) {
        self.header().put(writer);
        R::Slots::visit(&self.state, |slot: &G| writer.push_all(slot.as_slice()));
        self.rule.fields().put(writer);
    }
}

impl<R: Rule<G::Scalar> + State, G: Parameters + Zero> Restore for Optimizer<R, G> {
    fn check(&self, records: Records<'_>) -> Result<(), CheckpointError> {
        Self::find(records).map(|_| ())
    }

    fn read(&mut self, records: Records<'_>) {
        let Ok((steps, mut source, fields)) = Self::find(records) else { return };
        self.steps = steps;
        self.rule.set_fields(fields);
        // There are as many bytes as the slots have: that was found out above.
        let slots = R::Slots::each_state(&mut self.state);
        R::Slots::try_map(slots, |slot: &mut G| {
            Field::take_all(slot.as_mut_slice(), &mut source).ok()
        });
    }
}

/// The norm is the program's; the state is the optimiser's inside.
impl<R: Rule<G::Scalar> + State, G: Parameters + Zero> Record for ClipNorm<R, G> {
    const KEY: Key = Optimizer::<R, G>::KEY;
    const BYTES: usize = Optimizer::<R, G>::BYTES;

    fn write(&self, writer: &mut Writer<'_>) {
        self.optimizer().write(writer);
    }
}

impl<R: Rule<G::Scalar> + State, G: Parameters + Zero> Restore for ClipNorm<R, G> {
    fn check(&self, records: Records<'_>) -> Result<(), CheckpointError> {
        self.optimizer().check(records)
    }

    fn read(&mut self, records: Records<'_>) {
        self.optimizer_mut().read(records);
    }
}
