//! What the fuzzer and the property test have found.

use super::check::{Verdict, check};

#[test]
fn what_was_found_once_stays_mended() {
    for (text, verdict) in [
        // Messages on the whole call.
        ("struct", Verdict::Rejected),
        ("pub struct Net", Verdict::Rejected),
        // Types that are no Rust.
        ("struct Net { input x: [2]; output y = x -> custom(fn); }", Verdict::Rejected),
        ("struct Net { input x: [2]; output y = x -> custom(true); }", Verdict::Rejected),
        ("struct Net { input x: [2]; output y = x -> custom(a::fn); }", Verdict::Rejected),
        ("struct Net { input x: [2]; output y = x -> custom(crate::A); }", Verdict::Accepted),
        // Planes of more scalars than 64 bits count.
        (
            "struct Net { input x: [1, 1, 1]; output y = x -> conv2d(1, kernel = 3, dilation = 2147483648, padding = 2147483648); }",
            Verdict::Rejected,
        ),
        (
            "struct Net { input x: [1, 1, 1]; output y = x -> conv_transpose2d(1, kernel = 3, dilation = 2147483648); }",
            Verdict::Rejected,
        ),
        (
            "struct Net { input x: [1, 9]; output y = x -> max_pool1d(kernel = 4294967295, padding = 2147483648); }",
            Verdict::Accepted,
        ),
        (
            "struct Net { input x: [1, 9]; output y = x -> conv1d(4294967295, kernel = 3, stride = 4294967295, padding = 4294967295); }",
            Verdict::Rejected,
        ),
        // Values without the axis along which time runs in the input.
        ("struct Net { input x: [1, 4]; output y = x -> reshape(5); }", Verdict::Rejected),
        (
            "struct Net { input x: [1, 4]; output y = x -> reshape(5) -> conv1d(2, kernel = 2); }",
            Verdict::Rejected,
        ),
        // What stands before the struct passes through, right or wrong.
        ("pub(a + x) Net { input x: [4]; output y = x -> tanh; }", Verdict::Rejected),
        ("pub(crb'ate) struct Net { input x: [2]; output y = x -> tanh; }", Verdict::Accepted),
    ] {
        assert_eq!(check(text), Ok(verdict), "{text}");
    }
}
