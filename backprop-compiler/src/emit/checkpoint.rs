//! Parameters to bytes and back: what a program reads from a file, and the compiler from `include_bytes!`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::api::Api;
use super::names::size;
use super::tensors::Names;
use crate::graph::ParameterId;

/// Whose parameters are read: the others are passed over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Whole,
    Trainable,
    Frozen,
    /// Frozen ones that are compared, not read.
    Borrowed,
}

impl Context<'_> {
    /// `CHECKPOINT_BYTES`, `write_checkpoint`, `load` for each block, and the network as a record of a checkpoint.
    pub fn emit_checkpoint(&self) -> TokenStream {
        let Api { rt, network_type, frozen_generics, .. } = &self.api;
        let name = &self.source.name;
        let scalar_bytes = size(self.graph.dtype.bytes());
        let whole = self.emit_load(Block::Whole);
        let split = self.graph.has_frozen().then(|| {
            let frozen = self.visible("Frozen");
            let (trainable, frozen_load) =
                (self.emit_load(Block::Trainable), self.emit_load(Block::Frozen));
            let [trainable_docs, frozen_docs] = LOAD_SPLIT_DOCS;
            let load_trainable =
                emit_method(&format_ident!("load_trainable"), trainable_docs, rt, &trainable);
            let load_frozen = emit_method(&format_ident!("load"), frozen_docs, rt, &frozen_load);
            quote! {
                impl<#frozen_generics> #network_type { #load_trainable }
                impl #frozen { #load_frozen }
            }
        });
        let load = emit_method(&format_ident!("load"), LOAD_DOCS, rt, &whole);
        let write =
            emit_write(&self.api, name, &quote!(#rt::checkpoint::write_exactly(bytes, self);));
        let record = self.api.emit_record(
            &quote!(describe_topology().record_bytes()),
            &quote! {
                describe_topology().write(writer);
                self.visit_parameters(|_, _, values| writer.push_all(values));
            },
        );
        let named = self.emit_named();
        let restore = self.emit_restores();
        quote! {
            const fn describe_topology() -> #rt::checkpoint::Topology {
                #rt::checkpoint::Topology {
                    fingerprint: #name::FINGERPRINT,
                    scalar_bytes: #scalar_bytes,
                    parameters: #name::PARAMETERS,
                }
            }

            impl #name { #load }
            #split
            #write
            #record
            #named
            #restore
        }
    }

    /// How a checkpoint is read into a network that owns its frozen parameters, and into one that borrows them.
    fn emit_restores(&self) -> TokenStream {
        let (rt, name) = (&self.api.rt, &self.source.name);
        let find = quote!(#rt::checkpoint::Reader::find(records, describe_topology()));
        let emit_read = |block: Block| {
            let steps = self.emit_steps(block);
            if steps.is_empty() {
                return quote!(let _ = records;);
            }
            quote! {
                if let ::core::result::Result::Ok(mut reader) = #find {
                    #steps
                }
            }
        };
        let check = quote!(#rt::checkpoint::Reader::check(records, describe_topology()));
        let owned = emit_restore(rt, None, &quote!(#name), &check, &emit_read(Block::Whole));
        let borrowed = self.graph.has_frozen().then(|| {
            let frozen = self.visible("Frozen");
            let steps = self.emit_steps(Block::Borrowed);
            let check = quote! {
                let mut reader = #find?;
                let mut same = true;
                #steps
                if same {
                    ::core::result::Result::Ok(())
                } else {
                    ::core::result::Result::Err(#rt::CheckpointError::OtherFrozen)
                }
            };
            let read = emit_read(Block::Trainable);
            emit_restore(rt, Some(quote!('f)), &quote!(#name<&'f #frozen>), &check, &read)
        });
        quote!(#owned #borrowed)
    }

    /// The body of a `load`.
    fn emit_load(&self, block: Block) -> TokenStream {
        let rt = &self.api.rt;
        let steps = self.emit_steps(block);
        // Without a parameter nothing is read.
        let reader = if steps.is_empty() { quote!(_) } else { quote!(mut reader) };
        quote! {
            match #rt::checkpoint::Reader::open(bytes, describe_topology()) {
                ::core::result::Result::Ok(#reader) => {
                    #steps
                    ::core::result::Result::Ok(())
                }
                ::core::result::Result::Err(error) => ::core::result::Result::Err(error),
            }
        }
    }

    /// What is done with each parameter in turn.
    fn emit_steps(&self, block: Block) -> TokenStream {
        self.graph.parameter_ids().into_iter().map(|id| self.emit_read(id, block)).collect()
    }

    /// `reader.fill_f32(&mut self.dense1.bias);`, or the call that passes over it.
    fn emit_read(&self, id: ParameterId, block: Block) -> TokenStream {
        let parameter = self.graph.parameter(id);
        let owner = match (block, parameter.trainable) {
            (Block::Whole | Block::Trainable, true) | (Block::Frozen, false) => quote!(self),
            (Block::Whole | Block::Borrowed, false) => quote!(self.frozen),
            (Block::Trainable, false) | (Block::Frozen | Block::Borrowed, true) => {
                let count: usize = parameter.shape.iter().product();
                let bytes = size(count * self.graph.dtype.bytes());
                return quote!(reader.skip(#bytes););
            }
        };
        let (is_read, dtype) = (block != Block::Borrowed, self.graph.dtype.name());
        let values = self.emit_values(&owner, id, is_read);
        if is_read {
            let fill = format_ident!("fill_{dtype}");
            quote!(reader.#fill(#values);)
        } else {
            let matches = format_ident!("matches_{dtype}");
            quote!(same &= reader.#matches(#values);)
        }
    }
}

const LOAD_DOCS: &str = " Sets all parameters to those of a checkpoint.";
const LOAD_SPLIT_DOCS: [&str; 2] = [
    " Sets the trainable parameters to those of a checkpoint of the whole network: the frozen block stays as it is.",
    " Sets the block to the frozen parameters of a checkpoint of the whole network.",
];

impl Api {
    /// The methods of a network that does not compile.
    pub fn emit_checkpoint_stubs(&self, name: &Ident, frozen: Option<&Ident>) -> TokenStream {
        let Self { rt, network_type, frozen_generics, .. } = self;
        let body = quote!(::core::unimplemented!());
        let load = emit_method(&format_ident!("load"), LOAD_DOCS, rt, &body);
        let [trainable_docs, frozen_docs] = LOAD_SPLIT_DOCS;
        let split = frozen.map(|frozen| {
            let load_trainable =
                emit_method(&format_ident!("load_trainable"), trainable_docs, rt, &body);
            let load_frozen = emit_method(&format_ident!("load"), frozen_docs, rt, &body);
            quote! {
                impl<#frozen_generics> #network_type { #load_trainable }
                impl #frozen { #load_frozen }
            }
        });
        let write = emit_write(self, name, &TokenStream::new());
        let record = self.emit_record(&quote!(0), &TokenStream::new());
        let named = self.emit_named(name, &Names::default());
        let (check, read) = (quote!(::core::result::Result::Ok(())), TokenStream::new());
        let owned = emit_restore(rt, None, &quote!(#name), &check, &read);
        let borrowed = frozen.map(|frozen| {
            emit_restore(rt, Some(quote!('f)), &quote!(#name<&'f #frozen>), &check, &read)
        });
        quote! {
            impl #name { #load }
            #split
            #write
            #record
            #named
            #owned
            #borrowed
        }
    }

    /// The network as a record, whoever owns its frozen parameters.
    fn emit_record(&self, bytes: &TokenStream, write: &TokenStream) -> TokenStream {
        let Self { rt, network_type, frozen_generics, .. } = self;
        quote! {
            impl<#frozen_generics> #rt::checkpoint::Record for #network_type {
                const KEY: #rt::checkpoint::Key = #rt::checkpoint::Topology::KEY;
                const BYTES: ::core::primitive::usize = #bytes;

                fn write(&self, writer: &mut #rt::checkpoint::Writer<'_>) {
                    #write
                }
            }
        }
    }
}

/// The network as what a checkpoint is read into.
fn emit_restore(
    rt: &TokenStream,
    lifetime: Option<TokenStream>,
    network: &TokenStream,
    check: &TokenStream,
    read: &TokenStream,
) -> TokenStream {
    quote! {
        impl<#lifetime> #rt::checkpoint::Restore for #network {
            fn check(
                &self,
                records: #rt::checkpoint::Records<'_>,
            ) -> ::core::result::Result<(), #rt::CheckpointError> {
                #check
            }

            fn read(&mut self, records: #rt::checkpoint::Records<'_>) {
                #read
            }
        }
    }
}

fn emit_method(name: &Ident, docs: &str, rt: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        #[doc = #docs]
        ///
        /// # Errors
        ///
        /// The bytes are not a whole checkpoint of this topology; nothing was changed.
        pub const fn #name(
            &mut self,
            bytes: &[::core::primitive::u8],
        ) -> ::core::result::Result<(), #rt::CheckpointError> {
            #body
        }
    }
}

fn emit_write(api: &Api, name: &Ident, body: &TokenStream) -> TokenStream {
    let Api { rt, network_type, frozen_generics, .. } = api;
    quote! {
        impl #name {
            /// Bytes of a checkpoint: all parameters, frozen ones included, and what names them.
            pub const CHECKPOINT_BYTES: ::core::primitive::usize =
                #rt::checkpoint::OVERHEAD + #name::PARAMETER_BYTES;
        }

        impl<#frozen_generics> #network_type {
            /// Writes a checkpoint of all parameters, frozen ones included: `load` reads it, and so does
            /// `include_weights!` while a program is compiled.
            pub fn write_checkpoint(&self, bytes: &mut [::core::primitive::u8; #name::CHECKPOINT_BYTES]) {
                #body
            }
        }
    }
}
