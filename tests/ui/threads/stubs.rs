//! A call on several threads gets no error of its own, whether the target is known or not.
use backprop::{Adam, Aligned, Optimizer, ParallelForward, ParallelTrain, Sgd, network};

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
        output class = x -> dense(3) -> dense(2, trainable = sometimes);
        loss cross_entropy(class);
    }
}

fn main() -> Result<(), backprop::Error> {
    let x = [0.0; 4];
    let mut optimizer = Optimizer::new(Sgd::new(0.1));
    let mut workspaces = [const { Aligned::new(UnknownWorkspace::new()) }; 2];
    let mut unknown = Unknown::new(1);
    unknown.train_batch_parallel(&[x], &[0_u32], &mut optimizer, &mut workspaces)?;
    unknown.train_batch_indexed_parallel(&[x], &[0_u32], &[0], &mut optimizer, &mut workspaces)?;
    unknown.evaluate_parallel(&[x], &[0_u32], &mut workspaces)?;
    unknown.forward_batch_parallel(&[x], &mut [[0.0; 3]], &mut workspaces)?;

    let mut optimizer = Optimizer::new(Adam::new(0.1));
    let mut workspaces = [const { Aligned::new(BrokenWorkspace::new()) }; 2];
    let mut broken = Broken::new(1);
    broken.train_batch_parallel(&[x], &[1], &mut optimizer, &mut workspaces)?;
    broken.train_batch_indexed_parallel(&[x], &[1], &[0], &mut optimizer, &mut workspaces)?;
    broken.evaluate_parallel(&[x], &[1], &mut workspaces)?;
    broken.forward_batch_parallel(&[x], &mut [[0.0; 2]], &mut workspaces)?;
    Ok(())
}
