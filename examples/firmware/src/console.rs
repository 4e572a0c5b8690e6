//! Text to the host. `core::fmt` has panic paths, which must not link; so has semihosting's `Write`.

use semihosting::sys::arm_compat::sys_writec;

/// Prints one line: a name, a space and a number.
pub fn write_number(name: &str, number: u32) {
    write(name.as_bytes());
    write(b" ");
    write_decimal(number);
    write(b"\n");
}

fn write(text: &[u8]) {
    for character in text {
        sys_writec(*character);
    }
}

fn write_decimal(number: u32) {
    // A u32 has up to ten digits, and the lowest comes first.
    let mut digits = [0; 10];
    let (mut left, mut length) = (number, 0);
    for digit in &mut digits {
        *digit = b'0' + (left % 10) as u8;
        left /= 10;
        length += 1;
        if left == 0 {
            break;
        }
    }
    for digit in digits.iter().take(length).rev() {
        sys_writec(*digit);
    }
}
