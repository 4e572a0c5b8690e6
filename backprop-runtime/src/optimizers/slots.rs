//! How many values of state a weight has, as a type.

use crate::zero::Zero;

/// A number of slots, as a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlotCount<const N: usize>;

/// [`SlotCount`]: how the state of a rule is laid out.
pub trait Slots {
    /// `[X; N]`
    type Of<X>;
    /// `[G; N]`: whole gradients' worth of state.
    type State<G: Zero>: Zero;

    /// `N`
    #[doc(hidden)]
    const COUNT: u8;

    /// Shows each, in order.
    #[doc(hidden)]
    fn visit<G: Zero>(state: &Self::State<G>, visit: impl FnMut(&G));

    /// A reference to each.
    #[doc(hidden)]
    fn each_state<G: Zero>(state: &mut Self::State<G>) -> Self::Of<&mut G>;

    /// A reference to each.
    #[doc(hidden)]
    fn each<X>(of: &mut Self::Of<X>) -> Self::Of<&mut X>;

    /// Each through a function; `None` if it is `None` for any of them.
    #[doc(hidden)]
    fn try_map<X, Y>(of: Self::Of<X>, map: impl FnMut(X) -> Option<Y>) -> Option<Self::Of<Y>>;
}

macro_rules! implement_slots {
    ($($count:literal: $($slot:ident)*;)*) => { $(
        impl Slots for SlotCount<$count> {
            type Of<X> = [X; $count];
            type State<G: Zero> = [G; $count];

            const COUNT: u8 = $count;

            fn visit<G: Zero>(state: &[G; $count], visit: impl FnMut(&G)) {
                state.iter().for_each(visit);
            }

            #[inline(always)]
            fn each_state<G: Zero>(state: &mut [G; $count]) -> [&mut G; $count] {
                state.each_mut()
            }

            #[inline(always)]
            fn each<X>(of: &mut [X; $count]) -> [&mut X; $count] {
                of.each_mut()
            }

            #[inline(always)]
            #[allow(unused_mut, unused_variables, reason = "there may be no slots")]
            fn try_map<X, Y>(
                [$($slot),*]: [X; $count],
                mut map: impl FnMut(X) -> Option<Y>,
            ) -> Option<[Y; $count]> {
                Some([$(map($slot)?),*])
            }
        }
    )* };
}

implement_slots! {
    0: ;
    1: a;
    2: a b;
    3: a b c;
}
