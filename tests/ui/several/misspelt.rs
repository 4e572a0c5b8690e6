//! A misspelt word stands for the one that was probably meant: the code around the network has no error.
use backprop::{Optimizer, Sgd, network};

network! {
    struct Net {
        const WIDTH = 8;
        input image: [4];
        let hidden = imaeg -> dence(WIDHT) -> rleu;
        output class = hiden -> dense(3);
        loss cross_entorpy(clas);
    }
}

fn main() -> Result<(), backprop::Error> {
    let mut net = Net::new(1);
    let _: [f32; 3] = net.forward(&[0.0; 4]);
    let _: u32 = net.predict(&[0.0; 4]);
    net.train_step(&[0.0; 4], &2, &mut Optimizer::new(Sgd::new(0.1)))?;
    net.loss(&[0.0; 4], &2)?;
    Ok(())
}
