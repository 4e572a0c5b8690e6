//! The traits, by way of the inherent methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;

impl Context<'_> {
    /// `Network`, `Differentiable` and, with a loss, `Trainable`.
    pub fn emit_traits(&self) -> TokenStream {
        let Context { rt, scalar, input_name, output_name, gradient_name, .. } = self;
        let Context { network_type, frozen_generics, workspace_name, .. } = self;
        let trainable = self.memory.training.is_some().then(|| self.emit_trainable());
        quote! {
            impl<#frozen_generics> #rt::Network for #network_type {
                type Scalar = #scalar;
                type Input = #input_name;
                type Output = #output_name;
                type Workspace = #workspace_name;

                #[inline]
                fn forward(&self, input: &#input_name, workspace: &mut #workspace_name) -> #output_name {
                    self.forward_with(input, workspace)
                }
            }

            impl<#frozen_generics> #rt::Differentiable for #network_type {
                type Gradient = #gradient_name;

                fn backward_from(
                    &self,
                    input: &#input_name,
                    output_gradient: &#output_name,
                    gradient: &mut #gradient_name,
                    workspace: &mut #workspace_name,
                ) {
                    self.backward_from_with(input, output_gradient, gradient, workspace);
                }

                fn backward_from_to_input(
                    &self,
                    input: &#input_name,
                    output_gradient: &#output_name,
                    gradient: &mut #gradient_name,
                    input_gradient: &mut #input_name,
                    workspace: &mut #workspace_name,
                ) {
                    self.backward_from_to_input_with(
                        input,
                        output_gradient,
                        gradient,
                        input_gradient,
                        workspace,
                    );
                }
            }

            #trainable
        }
    }

    fn emit_trainable(&self) -> TokenStream {
        let Context { rt, scalar, input_name, gradient_name, target_name, optimize, rule, .. } =
            self;
        let Context { network_type, frozen_generics, workspace_name, .. } = self;
        let result = quote!(::core::result::Result<#scalar, #rt::Error>);
        let (loss, backward) = if self.can_refuse_target() {
            (
                quote!(self.loss_with(input, target, workspace)),
                quote!(self.backward_with(input, target, gradient, workspace)),
            )
        } else {
            (
                quote!(::core::result::Result::Ok(self.loss_with(input, target, workspace))),
                quote!(::core::result::Result::Ok(
                    self.backward_with(input, target, gradient, workspace)
                )),
            )
        };
        quote! {
            impl<#frozen_generics> #rt::Trainable for #network_type {
                type Target = #target_name;

                fn loss(
                    &self,
                    input: &#input_name,
                    target: &#target_name,
                    workspace: &mut #workspace_name,
                ) -> #result {
                    #loss
                }

                fn backward(
                    &self,
                    input: &#input_name,
                    target: &#target_name,
                    gradient: &mut #gradient_name,
                    workspace: &mut #workspace_name,
                ) -> #result {
                    #backward
                }

                fn train_step<#rule: #rt::Rule<#scalar>>(
                    &mut self,
                    input: &#input_name,
                    target: &#target_name,
                    optimizer: &mut #rt::Optimizer<#rule, #gradient_name>,
                    workspace: &mut #workspace_name,
                ) -> #result {
                    self.train_step_with(input, target, optimizer, workspace)
                }

                fn train_batch<#optimize: #rt::Optimize<Self, #gradient_name>>(
                    &mut self,
                    inputs: &[#input_name],
                    targets: &[#target_name],
                    optimizer: &mut #optimize,
                    workspace: &mut #workspace_name,
                ) -> #result {
                    self.train_batch_with(inputs, targets, optimizer, workspace)
                }

                fn train_batch_indexed<#optimize: #rt::Optimize<Self, #gradient_name>>(
                    &mut self,
                    inputs: &[#input_name],
                    targets: &[#target_name],
                    indices: &[usize],
                    optimizer: &mut #optimize,
                    workspace: &mut #workspace_name,
                ) -> #result {
                    self.train_batch_indexed_with(inputs, targets, indices, optimizer, workspace)
                }

                fn evaluate(
                    &self,
                    inputs: &[#input_name],
                    targets: &[#target_name],
                    workspace: &mut #workspace_name,
                ) -> #result {
                    self.evaluate_with(inputs, targets, workspace)
                }
            }
        }
    }
}
