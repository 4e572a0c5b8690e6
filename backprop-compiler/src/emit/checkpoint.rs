//! Parameters to bytes and back: what a program reads from a file, and the compiler from `include_bytes!`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::api::Api;
use super::names::size;
use super::tensors::Names;
use crate::graph::ParameterId;
use crate::ops::Parameter;

/// Whose parameters are read: the others are passed over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Whole,
    Trainable,
    Frozen,
}

impl Block {
    /// The generated function that reads it.
    fn read_name(self) -> Ident {
        format_ident!(
            "{}",
            match self {
                Self::Whole => "read_parameters",
                Self::Trainable => "read_trainable",
                Self::Frozen => "read_frozen",
            }
        )
    }

    /// Whether a parameter stands in it.
    fn has(self, parameter: &Parameter) -> bool {
        match self {
            Self::Whole => true,
            Self::Trainable => parameter.trainable,
            Self::Frozen => !parameter.trainable,
        }
    }

    /// The method that reads it, and its documentation.
    fn load(self) -> (&'static str, &'static str) {
        match self {
            Self::Trainable => (
                "load_trainable",
                " Sets the trainable parameters to those of a checkpoint of the whole network: the frozen block stays as it is.",
            ),
            Self::Frozen => (
                "load",
                " Sets the block to the frozen parameters of a checkpoint of the whole network.",
            ),
            Self::Whole => ("load", " Sets all parameters to those of a checkpoint."),
        }
    }
}

impl Context<'_> {
    /// `CHECKPOINT_BYTES`, `write_checkpoint`, `load` for each block, and the network as a record of a checkpoint.
    pub fn emit_checkpoint(&self) -> TokenStream {
        let Api { rt, .. } = &self.api;
        let name = &self.source.name;
        let scalar_bytes = size(self.graph.dtype.bytes());
        let frozen = self.graph.has_frozen().then(|| self.visible("Frozen"));
        let reads = self.emit_reads();
        let loads = self.api.emit_loads(name, frozen.as_ref(), &|block, open| {
            let read = block.read_name();
            quote! {
                match #rt::checkpoint::Reader::#open(bytes, describe_topology()) {
                    ::core::result::Result::Ok(reader) => {
                        #read(self, reader);
                        ::core::result::Result::Ok(())
                    }
                    ::core::result::Result::Err(error) => ::core::result::Result::Err(error),
                }
            }
        });
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

            #reads
            #loads
            #write
            #record
            #named
            #restore
        }
    }

    /// The functions that read the parameters of each block from a checkpoint that was found to be whole.
    fn emit_reads(&self) -> TokenStream {
        let Api { rt, network_type, frozen_generics, .. } = &self.api;
        let name = &self.source.name;
        let ids = self.graph.parameter_ids();
        let emit = |block: Block, generics: TokenStream, into_type: TokenStream| {
            let read = block.read_name();
            let is_read = |id: &ParameterId| block.has(self.graph.parameter(*id));
            let into = if ids.iter().any(is_read) { quote!(into) } else { quote!(_) };
            let reader = if ids.is_empty() { quote!(_) } else { quote!(mut reader) };
            let steps = ids.iter().map(|id| self.emit_read(*id, block));
            quote! {
                const fn #read #generics(#into: &mut #into_type, #reader: #rt::checkpoint::Reader<'_>) {
                    #(#steps)*
                }
            }
        };
        let whole = emit(Block::Whole, quote!(), quote!(#name));
        let split = self.graph.has_frozen().then(|| {
            let frozen = self.visible("Frozen");
            let trainable =
                emit(Block::Trainable, quote!(<#frozen_generics>), quote!(#network_type));
            let frozen = emit(Block::Frozen, quote!(), quote!(#frozen));
            quote!(#trainable #frozen)
        });
        quote!(#whole #split)
    }

    /// How a checkpoint is read into a network that owns its frozen parameters, and into one that borrows them.
    fn emit_restores(&self) -> TokenStream {
        let (rt, name) = (&self.api.rt, &self.source.name);
        let find = quote!(#rt::checkpoint::Reader::find(records, describe_topology()));
        let emit_read = |block: Block| {
            let read = block.read_name();
            quote! {
                if let ::core::result::Result::Ok(reader) = #find {
                    #read(self, reader);
                }
            }
        };
        let check = quote!(#rt::checkpoint::Reader::check(records, describe_topology()));
        let owned = emit_restore(rt, None, &quote!(#name), &check, &emit_read(Block::Whole));
        let borrowed = self.graph.has_frozen().then(|| {
            let frozen = self.visible("Frozen");
            let steps = self.graph.parameter_ids().into_iter().map(|id| self.emit_match(id));
            let check = quote! {
                let mut reader = #find?;
                let mut same = true;
                #(#steps)*
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

    /// `reader.fill_f32(&mut into.dense1.bias);`, or the call that passes over it.
    fn emit_read(&self, id: ParameterId, block: Block) -> TokenStream {
        let parameter = self.graph.parameter(id);
        if !block.has(parameter) {
            return self.emit_skip(parameter);
        }
        let is_inner = block == Block::Whole && !parameter.trainable;
        let owner = if is_inner { quote!(into.frozen) } else { quote!(into) };
        let fill = format_ident!("fill_{}", self.graph.dtype.name());
        let values = self.emit_values(&owner, id, true);
        quote!(reader.#fill(#values);)
    }

    /// `same &= reader.matches_f32(&self.frozen.dense1.bias);`, or the call that passes over it.
    fn emit_match(&self, id: ParameterId) -> TokenStream {
        let parameter = self.graph.parameter(id);
        if parameter.trainable {
            return self.emit_skip(parameter);
        }
        let matches = format_ident!("matches_{}", self.graph.dtype.name());
        let values = self.emit_values(&quote!(self.frozen), id, false);
        quote!(same &= reader.#matches(#values);)
    }

    fn emit_skip(&self, parameter: &Parameter) -> TokenStream {
        let count = parameter.count();
        let bytes = size(count * self.graph.dtype.bytes());
        quote!(reader.skip(#bytes);)
    }
}

impl Api {
    /// The methods of a network that does not compile.
    pub fn emit_checkpoint_stubs(&self, name: &Ident, frozen: Option<&Ident>) -> TokenStream {
        let rt = &self.rt;
        let loads = self.emit_loads(name, frozen, &|_, _| quote!(::core::unimplemented!()));
        let write = emit_write(self, name, &TokenStream::new());
        let record = self.emit_record(&quote!(0), &TokenStream::new());
        let named = self.emit_named(name, &Names::default());
        let (check, read) = (quote!(::core::result::Result::Ok(())), TokenStream::new());
        let owned = emit_restore(rt, None, &quote!(#name), &check, &read);
        let borrowed = frozen.map(|frozen| {
            emit_restore(rt, Some(quote!('f)), &quote!(#name<&'f #frozen>), &check, &read)
        });
        quote! {
            #loads
            #write
            #record
            #named
            #owned
            #borrowed
        }
    }

    /// `load` of each block, by what `emit_body` says of the block and of the function that opens a checkpoint.
    fn emit_loads(
        &self,
        name: &Ident,
        frozen: Option<&Ident>,
        emit_body: &dyn Fn(Block, &Ident) -> TokenStream,
    ) -> TokenStream {
        let Self { rt, network_type, frozen_generics, .. } = self;
        let whole = emit_load(rt, Block::Whole, emit_body);
        let split = frozen.map(|frozen| {
            let trainable = emit_load(rt, Block::Trainable, emit_body);
            let of_frozen = emit_load(rt, Block::Frozen, emit_body);
            quote! {
                impl<#frozen_generics> #network_type { #trainable }
                impl #frozen { #of_frozen }
            }
        });
        quote! {
            impl #name { #whole }
            #split
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

/// The method of a program that runs, and that of `include_weights!`: rustc can evaluate the second, which takes many times
/// as long where a processor has a product for the checksum.
fn emit_load(
    rt: &TokenStream,
    block: Block,
    emit_body: &dyn Fn(Block, &Ident) -> TokenStream,
) -> TokenStream {
    let (name, docs) = block.load();
    let running = emit_body(block, &format_ident!("open_running"));
    let constant = emit_body(block, &format_ident!("open"));
    let (load, load_const) = (format_ident!("{name}"), format_ident!("{name}_const"));
    let bytes = quote!(bytes: &[::core::primitive::u8]);
    let result = quote!(::core::result::Result<(), #rt::CheckpointError>);
    quote! {
        #[doc = #docs]
        ///
        /// # Errors
        ///
        /// The bytes are not a whole checkpoint of this topology; nothing was changed.
        pub fn #load(&mut self, #bytes) -> #result {
            #running
        }

        /// The same for `include_weights!`, which has the compiler do it.
        #[doc(hidden)]
        pub const fn #load_const(&mut self, #bytes) -> #result {
            #constant
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
