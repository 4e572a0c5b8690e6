//! One tensor, from our order of scalars to PyTorch's and back.

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

use safetensors::{Dtype, SafeTensors, View};

use super::TensorError;
use crate::checkpoint::{Source, Writer};
use crate::named::TensorInfo;
use crate::scalar::Scalar;

/// What is written of one.
pub struct Tensor {
    dtype: Dtype,
    shape: &'static [usize],
    bytes: Vec<u8>,
}

impl Tensor {
    /// An array in PyTorch's order.
    pub fn of<T: Scalar>(info: &TensorInfo, values: &[T]) -> Self {
        let (rows, columns) = info.rows_and_columns();
        let mut bytes = vec![0; size_of_val(values)];
        let mut writer = Writer::new(&mut bytes);
        if rows == 1 {
            writer.push_all(values);
        } else {
            for row in 0..rows {
                let along = values.iter().skip(row).step_by(rows);
                along.take(columns).for_each(|value| value.put(&mut writer));
            }
        }
        Self { dtype: choose_dtype::<T>(), shape: info.shape, bytes }
    }

    /// How many batches a `batch_norm` has seen: nobody has counted.
    pub fn zero_count() -> Self {
        Self { dtype: Dtype::I64, shape: &[], bytes: vec![0; 8] }
    }
}

impl View for Tensor {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        self.bytes.as_slice().into()
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

/// The code of a scalar.
fn choose_dtype<T: Scalar>() -> Dtype {
    if T::BYTES == 8 { Dtype::F64 } else { Dtype::F32 }
}

/// Whether a file has the tensor, and as it must be.
///
/// # Errors
///
/// If not.
pub fn check<T: Scalar>(info: &TensorInfo, file: &SafeTensors<'_>) -> Result<(), TensorError> {
    let tensor = info.name.into();
    let Ok(found) = file.tensor(info.name) else {
        return Err(TensorError::Missing { tensor });
    };
    if found.dtype() != choose_dtype::<T>() {
        let (expected, found) = (choose_dtype::<T>(), found.dtype());
        return Err(TensorError::OtherDtype { tensor, expected, found });
    }
    if found.shape() != info.shape {
        let (expected, found) = (info.shape, found.shape().to_vec());
        return Err(TensorError::OtherShape { tensor, expected, found });
    }
    Ok(())
}

/// Reads a tensor that was checked.
pub fn read_values<T: Scalar>(info: &TensorInfo, file: &SafeTensors<'_>, values: &mut [T]) {
    let Ok(found) = file.tensor(info.name) else { return };
    let mut source = Source::new(found.data());
    let (rows, columns) = info.rows_and_columns();
    if rows == 1 {
        let read = T::take_all(values, &mut source);
        debug_assert_eq!(read, Ok(()));
        return;
    }
    for row in 0..rows {
        let along = values.iter_mut().skip(row).step_by(rows);
        for value in along.take(columns) {
            *value = T::take(&mut source).unwrap_or_default();
        }
    }
}
