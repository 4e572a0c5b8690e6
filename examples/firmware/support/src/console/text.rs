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

#[inline(never)]
fn write_decimal(number: u32) {
    let (mut left, mut started) = (number, false);
    for power in &POWERS {
        let mut digit = b'0';
        while left >= *power {
            left -= *power;
            digit += 1;
        }
        started |= digit > b'0' || *power == 1;
        if started {
            sys_writec(digit);
        }
    }
}

/// A Cortex-M0 has no instruction that divides: the function for it would be 400 bytes, where these are 40.
static POWERS: [u32; 10] =
    [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
