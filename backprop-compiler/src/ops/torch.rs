//! What an array of parameters is called in PyTorch, and how it is laid out there.

/// A tensor of a module's `state_dict`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torch {
    /// The name within the module. Without one the layer is no module but a parameter itself.
    pub name: Option<&'static str>,
    /// The axes.
    pub shape: Vec<usize>,
    /// Whether the first axis there runs along the columns here, and all others along the rows.
    pub is_transposed: bool,
    /// A counter that the module has beside the tensor, and the layer has not.
    pub counter: Option<&'static str>,
}

impl Torch {
    /// Scalars in the same order, in these axes.
    pub fn in_order(name: &'static str, shape: &[usize]) -> Self {
        Self { name: Some(name), shape: shape.to_vec(), is_transposed: false, counter: None }
    }

    /// Outputs first, where they are last here.
    pub fn transposed(name: &'static str, shape: &[usize]) -> Self {
        Self { is_transposed: true, ..Self::in_order(name, shape) }
    }

    /// A parameter that is no module's.
    pub fn alone(shape: &[usize]) -> Self {
        Self { name: None, ..Self::in_order("", shape) }
    }

    /// With a counter beside it.
    pub fn counted_by(self, counter: &'static str) -> Self {
        Self { counter: Some(counter), ..self }
    }
}
