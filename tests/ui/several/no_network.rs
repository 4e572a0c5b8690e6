//! A network whose head is wrong still has its name.
use backprop::network;

network! {
    pub enum Choice {
        input x: [4];
        output y = x -> dense(2);
    }
}

network! {
    pub struct Empty;
}

network! {
    pub struct Sized<const N: usize> {
        input x: [4];
        output y = x -> dense(0);
    }
}

fn main() {
    let _ = (Choice::new(1), Empty::new(2), Sized::new(3));
    let (_, _) = (ChoiceGradient::default(), EmptyWorkspace::<backprop::Step>::new());
}
