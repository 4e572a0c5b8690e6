//! `custom(path::Type)`: a user's own function of each element.

use std::rc::Rc;

use quote::quote;

use super::elementwise::{Derivative, Elementwise};
use super::{Layer, Op};
use crate::resolve::Arguments;

pub const LAYER: Layer = Layer {
    keyword: "custom",
    docs: "`custom(path::Type)`: the function of each element that the type gives by implementing \
           `Activation`. Its derivative is given x and y, so that both are kept.",
    examples: &[],
    example_shape: &[4],
    configure,
};

fn configure(arguments: &mut Arguments<'_>) -> Option<Rc<dyn Op>> {
    let path = arguments.take_path("type", "my::Activation")?;
    let activation = Elementwise {
        keyword: LAYER.keyword,
        settings: path.to_string(),
        user_type: Some(path),
        // Only the compiler of the user's crate knows.
        definition: Box::new(|_| f64::NAN),
        value: quote!(<UserType as rt::Activation<_>>::value(x)),
        derivative: Derivative::Both(quote!(<UserType as rt::Activation<_>>::derivative(x, y))),
        formulas: ["f({x})", "f'({x}, {y})"],
        range: None,
        init_before: None,
    };
    activation.build()
}
