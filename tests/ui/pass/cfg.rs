//! A `#[cfg]` on the struct is one on everything that it expands to.
#![deny(warnings)]

use backprop::network;

network! {
    /// Never there: its names are free.
    #[cfg(any())]
    pub struct Switched {
        input a: [2];
        input b: [2];
        output y = (a + b) -> dense(2, trainable = false) -> dense(2);
        output z = y -> tanh;
        loss mse(y) + mse(z);
    }
}

network! {
    /// Always there.
    #[cfg(all())]
    #[cfg(not(any()))]
    pub struct Present {
        input a: [2];
        input b: [2];
        output y = (a + b) -> dense(2, trainable = false) -> dense(2);
        output z = y -> tanh;
        loss mse(y) + mse(z);
    }
}

network! {
    /// The same by way of `cfg_attr`; its other attributes are the struct's alone.
    #[cfg_attr(all(), cfg(any()), deprecated)]
    pub struct Nested {
        input a: [2];
        input b: [2];
        output y = (a + b) -> dense(2, trainable = false) -> dense(2);
        output z = y -> tanh;
        loss mse(y) + mse(z);
    }
}

network! {
    /// There, under a condition that does not apply.
    #[cfg_attr(any(), cfg(any()))]
    #[cfg_attr(all(), cfg_attr(all(), cfg(all())), derive(Hash))]
    #[cfg_attr(any(), derive(Copy))]
    struct Allowed {
        input x: [2];
        output y = x -> tanh;
    }
}

struct Nested;
struct NestedGradient;
struct NestedWorkspace;
struct NestedFrozen;
struct NestedInput;
struct NestedOutput;
struct NestedTarget;
struct Switched;
struct SwitchedGradient;
struct SwitchedWorkspace;
struct SwitchedFrozen;
struct SwitchedInput;
struct SwitchedOutput;
struct SwitchedTarget;

fn main() {
    let _ = (Switched, SwitchedGradient, SwitchedWorkspace, SwitchedFrozen);
    let _ = (SwitchedInput, SwitchedOutput, SwitchedTarget);
    let _ = (Nested, NestedGradient, NestedWorkspace, NestedFrozen);
    let _ = (NestedInput, NestedOutput, NestedTarget);
    assert_eq!(Allowed::ZERO.forward(&[0.0; 2]), [0.0; 2]);
    let input = PresentInput { a: [1.0, 2.0], b: [3.0, 4.0] };
    assert_eq!(Present::ZERO.forward(&input).y, [0.0; 2]);
}
