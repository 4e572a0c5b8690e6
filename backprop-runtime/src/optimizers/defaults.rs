//! Default values, as constants, so that rules and schedules can be made in a `static`.

use crate::scalar::Scalar;

macro_rules! declare_defaults {
    ($($name:ident = $value:expr;)*) => {
        /// What a rule or a schedule starts with: PyTorch's values.
        #[doc(hidden)]
        #[allow(missing_docs, reason = "the builder methods say what each is")]
        pub trait Defaults: Scalar {
            $(const $name: Self;)*
        }

        impl Defaults for f32 {
            $(const $name: Self = $value;)*
        }

        impl Defaults for f64 {
            $(const $name: Self = $value;)*
        }
    };
}

declare_defaults! {
    ADAM_BETA1 = 0.9;
    ADAM_BETA2 = 0.999;
    ADAM_EPSILON = 1e-8;
    ADAMW_DECAY = 1e-2;
    NADAM_MOMENTUM_DECAY = 4e-3;
    LION_BETA2 = 0.99;
    RMS_ALPHA = 0.99;
    RMS_EPSILON = 1e-8;
    ADAGRAD_EPSILON = 1e-10;
    ADADELTA_RHO = 0.9;
    ADADELTA_EPSILON = 1e-6;
    STEP_GAMMA = 0.1;
    WARMUP_START = 1.0 / 3.0;
    CYCLE_SHARE = 0.3;
    CYCLE_DIVISOR = 25.0;
    CYCLE_FINAL_DIVISOR = 1e4;
    CYCLE_BASE_MOMENTUM = 0.85;
    CYCLE_MAX_MOMENTUM = 0.95;
    PLATEAU_FACTOR = 0.1;
    PLATEAU_THRESHOLD = 1e-4;
}
