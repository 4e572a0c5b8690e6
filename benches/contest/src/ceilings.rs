//! What the machine can do at best, by name; `benches/compare` measures it.

/// Independent chains of multiply-adds: two units, each four cycles deep, need eight; with AVX2's sixteen
/// registers, twelve chains and their two operands still fit.
pub const CHAINS: usize = 12;

/// Work of one call of [`FMA`].
pub const FMA_FLOPS: usize = CHAINS * 2 * 16 * 4096;

/// Multiply-adds in the widest vectors there are.
pub const FMA: &str = "ceiling/fma";

/// Multiply-adds in AVX2's vectors, even where there are wider ones.
pub const FMA_AVX2: &str = "ceiling/fma-avx2";
