//! Frames of defmt to the host, which `defmt-print` makes text of; `defmt-semihosting` carries them.

use core::ffi::CStr;

use defmt_semihosting as _;

/// Logs a name, a space and a number.
pub fn write_number(name: &CStr, number: u32) {
    defmt::println!("{=str} {=u32}", read_name(name), number);
}

/// Logs a name, a space and a thousandth of which the value has so many.
pub fn write_thousandths(name: &CStr, value: f32) {
    defmt::println!("{=str} {=i32}", read_name(name), (value * 1_000.0) as i32);
}

fn read_name(name: &CStr) -> &str {
    name.to_str().unwrap_or_default()
}
