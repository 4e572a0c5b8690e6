//! Text to the host. `core::fmt` has panic paths, which must not link; so has semihosting's `Write`.

use core::ffi::CStr;

use semihosting::sys::arm_compat::{sys_write0, sys_writec};

/// Prints one line: a name, a space and a number.
#[inline(never)]
pub fn write_number(name: &CStr, number: u32) {
    sys_write0(name);
    sys_writec(b' ');
    write_decimal(number);
    sys_writec(b'\n');
}

/// Prints one line: a name, a space and a thousandth of which the value has so many.
#[inline(never)]
pub fn write_thousandths(name: &CStr, value: f32) {
    sys_write0(name);
    sys_writec(b' ');
    let thousandths = (value * 1_000.0) as i32;
    if thousandths < 0 {
        sys_writec(b'-');
    }
    write_decimal(thousandths.unsigned_abs());
    sys_writec(b'\n');
}

fn write_decimal(number: u32) {
    let mut left = number;
    // From the first digit that is not zero on, or else the last.
    for power in POWERS.iter().filter(|power| **power <= number.max(1)) {
        let mut digit = b'0';
        while left >= *power {
            left -= *power;
            digit += 1;
        }
        sys_writec(digit);
    }
}

/// A Cortex-M0 has no instruction that divides: the function for it would be 400 bytes, where these are 40.
static POWERS: [u32; 10] =
    [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
