/// Of a value: what it has at a step, if the axis of time has so many, and so many scalars stand in each of its places.
#[allow(unused)]
fn at_step(values: &[f64], [steps, inner]: [usize; 2], step: usize) -> Vec<f64> {
    let planes = values.chunks_exact(steps * inner);
    planes.flat_map(|plane| &plane[step * inner..][..inner]).copied().collect()
}
