/// A number from -1 to 1, of a stream and an index.
pub fn draw(stream: u64, index: u64) -> f64 {
    let mut state =
        stream.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index.wrapping_mul(0xd1b5_4a32_d192_ed03);
    state = (state ^ (state >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((state ^ (state >> 32)) >> 40) as f64 / (1_u64 << 23) as f64 - 1.0
}
