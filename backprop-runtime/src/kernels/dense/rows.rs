//! Rows of values, wherever they stand: one after the other in the workspace, or borrowed one by one.

use core::marker::PhantomData;

/// A row: `[T; N]` of the workspace, or `&[T; N]` of the caller's.
pub trait Row<T, const N: usize>: Sized {
    /// The scalars.
    fn row(&self) -> &[T; N];

    /// Where those of each row stand.
    fn locate(rows: &[Self]) -> Rows<'_, T>;
}

impl<T, const N: usize> Row<T, N> for [T; N] {
    #[inline(always)]
    fn row(&self) -> &[T; N] {
        self
    }

    #[inline(always)]
    fn locate(rows: &[Self]) -> Rows<'_, T> {
        Rows::Joined { start: rows.as_ptr().cast(), stride: N, lifetime: PhantomData }
    }
}

impl<T, const N: usize> Row<T, N> for &[T; N] {
    #[inline(always)]
    fn row(&self) -> &[T; N] {
        self
    }

    #[inline(always)]
    fn locate(rows: &[Self]) -> Rows<'_, T> {
        Rows::Apart { pointers: rows.as_ptr().cast() }
    }
}

/// Where rows stand whose length the type no longer says.
#[derive(Clone, Copy, Debug)]
pub enum Rows<'a, T> {
    /// One after the other.
    Joined {
        /// The first scalar of the first row.
        start: *const T,
        /// Scalars from one row to the next.
        stride: usize,
        /// That of the borrowed rows.
        lifetime: PhantomData<&'a T>,
    },
    /// Each somewhere else.
    Apart {
        /// The first scalar of each.
        pointers: *const *const T,
    },
}

impl<T> Rows<'_, T> {
    /// Both kinds as one, so that no loop has to ask which it is: a table with an entry for each row, or
    /// with one entry that all of them share.
    #[inline(always)]
    pub fn table(&self) -> Table<'_, T> {
        match self {
            Self::Joined { start, stride, .. } => {
                Table { entries: start, step: 0, stride: *stride, lifetime: PhantomData }
            }
            Self::Apart { pointers } => {
                Table { entries: *pointers, step: 1, stride: 0, lifetime: PhantomData }
            }
        }
    }
}

/// Row `index` begins `index * stride` scalars behind entry `index * step`.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a, T> {
    entries: *const *const T,
    step: usize,
    stride: usize,
    lifetime: PhantomData<&'a T>,
}

impl<T> Table<'_, T> {
    /// The first scalar of a row.
    ///
    /// # Safety
    ///
    /// There is such a row.
    #[inline(always)]
    pub unsafe fn start(&self, index: usize) -> *const T {
        // SAFETY: the entry is that of a row, says the caller, or the one that all rows share.
        unsafe { *self.entries.add(index * self.step) }.wrapping_add(index * self.stride)
    }
}
