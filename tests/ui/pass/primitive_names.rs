//! Types of the user's that are called as those of the language and of its prelude.
#![deny(warnings)]
#![allow(dead_code, non_camel_case_types)]

mod shadowed {
    struct bool;
    struct char;
    struct str;
    struct u8;
    struct u32;
    struct u64;
    struct i32;
    struct usize;
    struct isize;
    struct f32;
    struct f64;
    struct Option;
    struct Result;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Box;
    struct Clone;
    struct Debug;
    struct Default;
    struct PartialEq;
    struct FnMut;
    struct Into;
    struct Sized;
    struct Send;
    mod core {}
    mod std {}
    mod rt {}
    mod backprop {}

    ::backprop::network! {
        /// Of every kind of item there is one.
        pub struct Classifier {
            input left: [2];
            input right: [2];
            let hidden = concat(left, right) -> dense(4, trainable = false) -> relu;
            output class = hidden -> dense(3);
            output level = hidden -> dense(4) as neck -> tanh -> neck -> sigmoid;
            output share = level -> softmax;
            loss cross_entropy(class) + 0.5 * mse(level);
        }
    }

    ::backprop::network! {
        pub struct Single {
            dtype f64;
            input x: [2];
            output class = x -> dense(2);
            loss cross_entropy(class);
        }
    }

    ::backprop::network! {
        pub struct Large {
            input x: [1000];
            output y = x -> dense(100);
            loss mse(y);
        }
    }
}

fn main() {
    let mut optimizer = backprop::Optimizer::new(backprop::Sgd::new(0.1));
    let mut network = shadowed::Single::new(1);
    assert!(network.train_step(&[1.0; 2], &1, &mut optimizer).unwrap() > 0.0);
    assert!(network.accuracy(&[[1.0; 2]], &[1]).is_ok());
    assert_eq!(network.clone(), network);
    let input = shadowed::ClassifierInput { left: [1.0; 2], right: [2.0; 2] };
    assert_eq!(shadowed::Classifier::ZERO.forward(&input).class, [0.0; 3]);
    assert_eq!(shadowed::Classifier::PARAMETERS, 55);
}
