//! The rules of the language, the cases of `tests/ui` and the guide of errors belong together: every rule
//! has a case, every case breaks its rule, and the guide is made of both.

mod cases;
mod guide;
mod methods;
mod rules;
