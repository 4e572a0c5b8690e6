//! What is generated is as visible as the struct: never more, or a private type would leak.
#![deny(warnings, private_interfaces, private_bounds, unreachable_pub)]

mod inner {
    backprop::network! {
        struct Private {
            input a: [2];
            input b: [2];
            output y = (a + b) -> dense(2, trainable = false) -> dense(2);
            output z = y -> tanh;
            loss mse(y) + mse(z);
        }
    }

    backprop::network! {
        pub(crate) struct Shared {
            input a: [2];
            input b: [2];
            output y = (a + b) -> dense(2, trainable = false) -> dense(2);
            output z = y -> tanh;
            loss mse(y) + mse(z);
        }
    }

    backprop::network! {
        pub(in crate::inner) struct Inside {
            input x: [2];
            output y = x -> dense(2);
            loss mse(y);
        }
    }

    pub(crate) fn measure() -> f32 {
        let input = PrivateInput { a: [1.0; 2], b: [2.0; 2] };
        let target = PrivateTarget { y: [0.0; 2], z: [0.0; 2] };
        let mut gradient = PrivateGradient::default();
        let loss = Private::new(0).backward(&input, &target, &mut gradient);
        loss + Inside::new(0).loss(&[1.0; 2], &[0.0; 2])
    }
}

fn main() {
    assert!(inner::measure() > 0.0);
    let input = inner::SharedInput { a: [1.0; 2], b: [2.0; 2] };
    let inner::SharedOutput { y, z } = inner::Shared::ZERO.forward(&input);
    assert_eq!((y, z), ([0.0; 2], [0.0; 2]));
    let _ = inner::SharedWorkspace::<backprop::Step>::new();
}
