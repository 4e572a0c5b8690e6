//! The methods of a network, each with what it does, or with why it is not there.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::api::{Api, ClassOutput, Method};

impl Context<'_> {
    /// Every inherent method.
    pub fn emit_methods(&self) -> TokenStream {
        let Api { network_type, frozen_generics, .. } = &self.api;
        let methods = Method::ALL.map(|method| {
            if self.api.sign(method).is_none() || self.api.find_lack(method).is_some() {
                return match method {
                    Method::Step => self.emit_absent_step(),
                    _ => self.api.emit_absent(method),
                };
            }
            if let (Method::Step, Ok(stream)) = (method, &self.memory.stream) {
                return self.emit_step_method(stream);
            }
            let bytes = match method.purpose() {
                "Inference" => self.memory.inference_bytes,
                "Step" => self.memory.step_bytes,
                _ => self.memory.batch_bytes,
            };
            let counts = self.api.class_output.as_ref().filter(|_| method == Method::Confusion);
            let bytes = bytes + counts.map_or(0, ClassOutput::count_bytes);
            self.api.emit_method(method, &self.emit_body(method), self.fits_stack(bytes))
        });
        quote! {
            impl<#frozen_generics> #network_type {
                #(#methods)*
            }
        }
    }

    /// What the long form of a method does; nothing for those that the network does not have.
    fn emit_body(&self, method: Method) -> TokenStream {
        let training = || self.memory.training.as_ref();
        let step = || training()?.step.as_ref();
        let body = match method {
            Method::Forward => Some(self.forward()),
            Method::ForwardBatch => Some(self.forward_batch()),
            Method::Step => None,
            Method::Predict => self.predict(),
            Method::BackwardFrom => Some(self.backward_from(false)),
            Method::BackwardFromToInput => Some(self.backward_from(true)),
            Method::Loss => training().map(|training| self.loss(training)),
            Method::Backward => training().map(|training| self.backward(training)),
            Method::TrainStep => step().map(|step| self.train_step(step)),
            Method::TrainStepPart => step().map(|step| self.train_step_part(step)),
            Method::TrainBatch => Some(self.train_batch(false)),
            Method::TrainBatchIndexed => Some(self.train_batch(true)),
            Method::Evaluate => Some(self.evaluate()),
            Method::Accuracy => self.accuracy(),
            Method::Confusion => self.confusion(),
        };
        body.unwrap_or_default()
    }

    /// What the method of a trait does: it calls the inherent one.
    pub fn delegate(&self, method: Method) -> TokenStream {
        let (name, arguments) = (method.long_name(), self.api.list_arguments(method));
        if self.api.find_lack(method).is_some() {
            let rt = &self.api.rt;
            return quote! {
                let _ = (#(#arguments,)* workspace);
                ::core::result::Result::Err(#rt::Error::SingleSample)
            };
        }
        let call = quote!(self.#name(#(#arguments,)* workspace));
        match method {
            Method::Loss | Method::Backward if !self.api.can_refuse => {
                quote!(::core::result::Result::Ok(#call))
            }
            _ => call,
        }
    }
}
