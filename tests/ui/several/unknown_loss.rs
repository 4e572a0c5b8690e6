//! What takes a target can be called although the target is not known, since a loss is not.
use backprop::{Optimizer, Sgd, network};

network! {
    struct Unknown {
        input x: [4];
        output y = x -> dense(3);
        loss triplet(y);
    }
}

network! {
    struct Broken {
        input x: [4];
        output class = x -> dense(3);
        loss cross_entropy(class) * 0.5;
    }
}

fn main() -> Result<(), backprop::Error> {
    let x = [0.0; 4];
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let mut unknown = Unknown::new(1);
    unknown.train_step(&x, &[0.0; 3], &mut optimizer)?;
    unknown.train_batch(&[x], &[0_u32], &mut optimizer)?;
    unknown.train_batch_indexed(&[x], &[0_u32], &[0], &mut optimizer)?;
    unknown.evaluate(&[x], &[0_u32])?;
    unknown.accuracy(&[x], &[0_u32])?;
    let _: u32 = unknown.predict(&x);

    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let mut broken = Broken::new(1);
    broken.train_step(&x, &2, &mut optimizer)?;
    broken.loss(&x, &2)?;
    broken.accuracy(&[x], &[2])?;
    Ok(())
}
