//! From any format to a network. One that was read in part is nobody's: the caller drops it.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::named::NamedMut;

/// Fills a network from a struct of arrays: by name where the format has names, in order where not.
///
/// # Errors
///
/// The format's; an array that is missing, there twice, unknown or of other axes.
pub fn deserialize<'de, N: NamedMut<Scalar: Deserialize<'de>>, D: Deserializer<'de>>(
    deserializer: D,
    network: &mut N,
) -> Result<(), D::Error> {
    deserializer.deserialize_struct(N::NAME, N::FIELDS, Fields(network))
}

/// The arrays of a network.
struct Fields<'a, N>(&'a mut N);

impl<N: NamedMut> Fields<'_, N> {
    /// Hands the array of an index to what reads it; nothing if there is none.
    fn fill<R>(&mut self, index: usize, read: impl FnOnce(Array<'_, N::Scalar>) -> R) -> Option<R> {
        let (mut read, mut result) = (Some(read), None);
        self.0.visit_mut(|other, axes, values| {
            if let Some(read) = read.take_if(|_| other == index) {
                result = Some(read(Array { axes, values }));
            }
        });
        result
    }
}

impl<'de, N: NamedMut<Scalar: Deserialize<'de>>> Visitor<'de> for Fields<'_, N> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the {} arrays of a {}", N::FIELDS.len(), N::NAME)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        for index in 0..N::FIELDS.len() {
            match self.fill(index, |array| fields.next_element_seed(array)).transpose()?.flatten() {
                Some(()) => {}
                None => return Err(A::Error::invalid_length(index, &self)),
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        let mut seen = Seen([0; SEEN]);
        while let Some(index) = fields.next_key_seed(Key::<N>(PhantomData))? {
            let Some(name) = N::FIELDS.get(index) else {
                return Err(A::Error::invalid_length(index, &self));
            };
            if !seen.insert(index) {
                return Err(A::Error::duplicate_field(name));
            }
            self.fill(index, |array| fields.next_value_seed(array)).transpose()?;
        }
        let mut names = N::FIELDS.iter().enumerate();
        match names.find(|(index, _)| seen.insert(*index)) {
            Some((_, missing)) => Err(A::Error::missing_field(missing)),
            None => Ok(()),
        }
    }
}

/// Words of 64 arrays each: a network has at most 1024 layers, and a layer eight arrays.
const SEEN: usize = 1024 * 8 / 64;

/// A set of indices, without a heap.
struct Seen([u64; SEEN]);

impl Seen {
    /// Whether it was not there yet.
    fn insert(&mut self, index: usize) -> bool {
        let Some(word) = self.0.get_mut(index / 64) else { return false };
        let bit = 1 << (index % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

/// The name of an array, or its index.
struct Key<N>(PhantomData<N>);

impl<'de, N: NamedMut> DeserializeSeed<'de> for Key<N> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<N: NamedMut> Visitor<'_> for Key<N> {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the name of an array of a {}", N::NAME)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        let index = N::FIELDS.iter().position(|field| *field == name);
        index.ok_or_else(|| E::unknown_field(name, N::FIELDS))
    }

    fn visit_u64<E: Error>(self, index: u64) -> Result<usize, E> {
        Ok(usize::try_from(index).unwrap_or(usize::MAX))
    }
}

/// An array of any number of axes, to be filled.
struct Array<'a, T> {
    axes: &'a [usize],
    values: &'a mut [T],
}

impl<T> Array<'_, T> {
    fn count_rows(&self) -> usize {
        self.axes.first().copied().unwrap_or_default()
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Array<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_tuple(self.count_rows(), self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Array<'_, T> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an array of the axes {:?}", self.axes)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        let (count, axes) = (self.count_rows(), self.axes.get(1..).unwrap_or_default());
        let columns = axes.iter().product::<usize>().max(1);
        for (row, values) in self.values.chunks_exact_mut(columns).enumerate() {
            let read = match (axes, values) {
                ([], [value]) => rows.next_element()?.map(|read| *value = read),
                (_, values) => rows.next_element_seed(Array { axes, values })?,
            };
            if read.is_none() {
                return Err(A::Error::invalid_length(row, &Rows(count)));
            }
        }
        match rows.next_element::<serde::de::IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::invalid_length(count + 1, &Rows(count))),
        }
    }
}

/// How many elements there must be.
struct Rows(usize);

impl serde::de::Expected for Rows {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} elements", self.0)
    }
}
