//! What the machine can do at best, measured beside the tasks: fused multiply-adds that never leave the
//! registers, and passes over as much memory as a network's weights take.

use contest::ceilings::{FMA, FMA_AVX2};
use contest::clock::Timing;

/// Measures [`FMA`] or [`FMA_AVX2`], or `ceiling/read/BYTES` or `ceiling/update/BYTES` per pass; `None` where there is no code for this machine.
#[cfg(target_arch = "x86_64")]
pub fn measure(name: &str) -> Option<Timing> {
    let unit = x86::Unit::detect()?;
    match name {
        // A processor with AVX-512 has AVX2 as well.
        FMA_AVX2 => Some(x86::Unit::Avx2.measure_multiply_adds()),
        FMA => Some(unit.measure_multiply_adds()),
        _ => unit.measure_passes(name),
    }
}

#[cfg(not(target_arch = "x86_64"))]
pub fn measure(_: &str) -> Option<Timing> {
    None
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;
    use std::hint::black_box;

    use contest::ceilings::{CHAINS, FMA_FLOPS};
    use contest::clock::{self, Timing};

    /// A cache line, so that no load of the ceiling straddles two.
    #[derive(Clone)]
    #[repr(align(64))]
    struct Line([f32; 16]);

    /// Lines that are added up at a time: as many sums as hide the latency of an addition.
    const BLOCK: usize = 8;

    /// The widest vector unit there is. A value of it is proof that it was detected.
    #[derive(Clone, Copy)]
    pub enum Unit {
        Avx512,
        Avx2,
    }

    impl Unit {
        pub fn detect() -> Option<Self> {
            if is_x86_feature_detected!("avx512f") {
                Some(Self::Avx512)
            } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                Some(Self::Avx2)
            } else {
                None
            }
        }

        pub fn measure_multiply_adds(self) -> Timing {
            measure_each(|| self.multiply_add())
        }

        pub fn measure_passes(self, name: &str) -> Option<Timing> {
            let (kind, bytes) = name.strip_prefix("ceiling/")?.split_once('/')?;
            let blocks = bytes.parse::<usize>().ok()?.div_ceil(BLOCK * size_of::<Line>());
            let mut lines = vec![Line([0.5; 16]); blocks * BLOCK];
            match kind {
                "read" => Some(measure_each(|| self.read(black_box(&lines)))),
                "update" => Some(measure_each(|| self.update(black_box(&mut lines)))),
                _ => None,
            }
        }

        fn multiply_add(self) {
            // SAFETY: the unit was detected.
            unsafe {
                match self {
                    Self::Avx512 => avx512::multiply_add(),
                    Self::Avx2 => avx2::multiply_add(),
                }
            }
        }

        fn read(self, lines: &[Line]) {
            // SAFETY: the unit was detected.
            unsafe {
                match self {
                    Self::Avx512 => avx512::read(lines),
                    Self::Avx2 => avx2::read(lines),
                }
            }
        }

        fn update(self, lines: &mut [Line]) {
            // SAFETY: the unit was detected.
            unsafe {
                match self {
                    Self::Avx512 => avx512::update(lines),
                    Self::Avx2 => avx2::update(lines),
                }
            }
        }
    }

    fn measure_each(mut call: impl FnMut()) -> Timing {
        clock::measure(|calls| {
            (0..calls).for_each(|_| call());
            0.0
        })
    }

    /// The three loops for one vector type of `$lanes` floats.
    macro_rules! define_loops {
        ($module:ident, $features:literal, $lanes:literal, $set:ident, $load:ident, $store:ident,
         $add:ident, $fma:ident) => {
            mod $module {
                use super::*;

                #[target_feature(enable = $features)]
                pub fn multiply_add() {
                    let mut chains = [$set(black_box(1.0)); CHAINS];
                    let (factor, term) = ($set(black_box(0.5)), $set(black_box(0.5)));
                    for _ in 0..FMA_FLOPS / (CHAINS * 2 * $lanes) {
                        for chain in &mut chains {
                            *chain = $fma(*chain, factor, term);
                        }
                    }
                    black_box(chains);
                }

                #[target_feature(enable = $features)]
                pub fn read(lines: &[Line]) {
                    let mut sums = [[$set(0.0); 16 / $lanes]; BLOCK];
                    for block in lines.as_chunks::<BLOCK>().0 {
                        for (sums, line) in sums.iter_mut().zip(block) {
                            for (sum, vector) in sums.iter_mut().zip(line.0.as_chunks().0) {
                                let vector: &[f32; $lanes] = vector;
                                // SAFETY: the pointer comes from an array as long as the vector.
                                *sum = $add(*sum, unsafe { $load(vector.as_ptr()) });
                            }
                        }
                    }
                    black_box(sums);
                }

                #[target_feature(enable = $features)]
                pub fn update(lines: &mut [Line]) {
                    let (factor, term) = ($set(black_box(0.5)), $set(black_box(0.25)));
                    for line in lines {
                        for vector in line.0.as_chunks_mut::<$lanes>().0 {
                            let place = vector.as_mut_ptr();
                            // SAFETY: the pointer comes from an array as long as the vector.
                            unsafe { $store(place, $fma($load(place), factor, term)) };
                        }
                    }
                }
            }
        };
    }

    define_loops!(
        avx512,
        "avx512f",
        16,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_storeu_ps,
        _mm512_add_ps,
        _mm512_fmadd_ps
    );
    define_loops!(
        avx2,
        "avx2,fma",
        8,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_storeu_ps,
        _mm256_add_ps,
        _mm256_fmadd_ps
    );
}
