//! Networks as values of serde: what `implement_serde!`, which stands in every expansion, comes to with the feature, and that
//! it is nothing without.
//!
//! A network is a struct whose fields are the arrays, `hidden.weight` and so on, in declared order; an array is a tuple of
//! tuples of scalars, as its axes are, so that formats without names write no lengths either.

/// `Serialize` and `Deserialize` of a network.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_serde {
    ({$($generics:tt)*} {$($network:tt)*} $name:ident) => {
        impl<$($generics)*> $crate::__private::serde_form::Serialize for $($network)* {
            fn serialize<SerdeSerializer: $crate::__private::serde_form::Serializer>(
                &self,
                serializer: SerdeSerializer,
            ) -> ::core::result::Result<SerdeSerializer::Ok, SerdeSerializer::Error> {
                $crate::__private::serde_form::serialize(self, serializer)
            }
        }

        impl<'de> $crate::__private::serde_form::Deserialize<'de> for $name {
            fn deserialize<SerdeDeserializer: $crate::__private::serde_form::Deserializer<'de>>(
                deserializer: SerdeDeserializer,
            ) -> ::core::result::Result<Self, SerdeDeserializer::Error> {
                let mut network = <Self as $crate::__private::Zero>::ZERO;
                $crate::__private::serde_form::deserialize(deserializer, &mut network)?;
                ::core::result::Result::Ok(network)
            }
        }
    };
}

/// Nothing.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_serde {
    ($($network:tt)*) => {};
}

#[cfg(feature = "serde")]
mod read;
#[cfg(feature = "serde")]
mod write;

#[cfg(feature = "serde")]
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[cfg(feature = "serde")]
pub use self::read::deserialize;
#[cfg(feature = "serde")]
pub use self::write::serialize;
