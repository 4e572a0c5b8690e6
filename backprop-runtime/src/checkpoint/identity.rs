//! Names as numbers, so that what was written under one is not read as another.

use crate::layout::ParameterInfo;

/// FNV-1a of 64 bits.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// What a name comes to.
pub(crate) const fn identify(name: &str) -> u64 {
    add(START, name.as_bytes())
}

/// What a thing comes to that has a part.
pub(crate) const fn identify_around(name: &str, part: u64) -> u64 {
    add(identify(name), &part.to_le_bytes())
}

/// What the arrays of a gradient come to: their names, order and sizes.
pub(crate) const fn identify_layout(mut layout: &[ParameterInfo]) -> u64 {
    let mut identity = START;
    while let [array, rest @ ..] = layout {
        identity = add(identity, array.layer.as_bytes());
        identity = add(identity, b".");
        identity = add(identity, array.name.as_bytes());
        identity = add(identity, &(array.count as u64).to_le_bytes());
        layout = rest;
    }
    identity
}

const fn add(mut identity: u64, mut bytes: &[u8]) -> u64 {
    while let [byte, rest @ ..] = bytes {
        identity = (identity ^ *byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
        bytes = rest;
    }
    identity
}
