//! `#[derive(FromJson)]` for what the contract consists of: structs with named fields, structs around one value, and enums
//! of names. It follows serde's `rename`, `rename_all = "snake_case"`, `default` and `flatten`, so that both read the same.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Data, DeriveInput, Field, Fields, LitStr};

/// Writes the implementation of `crate::json::FromJson`.
pub fn from_json(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let name = &input.ident;
    let body = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let fields = fields.named.iter().map(field);
                quote! {
                    fn from_json(json: crate::json::Json<'_>) -> ::core::option::Option<Self> {
                        Self::from_fields(&mut json.fields()?)
                    }
                    fn from_fields(fields: &mut crate::json::Fields<'_>) -> ::core::option::Option<Self> {
                        ::core::option::Option::Some(Self { #(#fields),* })
                    }
                }
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => quote! {
                fn from_json(json: crate::json::Json<'_>) -> ::core::option::Option<Self> {
                    crate::json::FromJson::from_json(json).map(Self)
                }
            },
            _ => return unsupported(&input, "a struct needs named fields, or one value"),
        },
        Data::Enum(data) => {
            let names = data.variants.iter().map(|it| {
                let variant = &it.ident;
                let wire = renamed(&it.attrs).unwrap_or_else(|| snake_case(&variant.to_string()));
                quote! { #wire => Self::#variant }
            });
            quote! {
                fn from_json(json: crate::json::Json<'_>) -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(match &*json.text()? {
                        #(#names,)*
                        _ => return ::core::option::Option::None,
                    })
                }
            }
        }
        Data::Union(_) => return unsupported(&input, "a union has no JSON"),
    };
    quote! { impl crate::json::FromJson for #name { #body } }
}

fn field(field: &Field) -> TokenStream {
    let name = &field.ident;
    let mut wire = name.as_ref().map(ToString::to_string).unwrap_or_default();
    let (mut default, mut flatten) = (false, false);
    let read = each_of_serde(&field.attrs, |meta| {
        default |= meta.path.is_ident("default");
        flatten |= meta.path.is_ident("flatten");
        if meta.input.peek(syn::Token![=]) {
            // What else has a value is of interest for writing only.
            let value = meta.value()?.parse::<LitStr>()?.value();
            if meta.path.is_ident("rename") {
                wire = value;
            }
        }
        Ok(())
    });
    if let Err(error) = read {
        return error.to_compile_error();
    }
    match (flatten, default) {
        (true, _) => quote! { #name: crate::json::FromJson::from_fields(fields)? },
        (_, true) => quote! { #name: fields.optional(#wire)? },
        _ => quote! { #name: fields.required(#wire)? },
    }
}

fn each_of_serde(
    attributes: &[Attribute],
    mut each: impl FnMut(syn::meta::ParseNestedMeta<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    let mut of_serde = attributes.iter().filter(|it| it.path().is_ident("serde"));
    of_serde.try_for_each(|it| it.parse_nested_meta(&mut each))
}

/// The name that `#[serde(rename = "…")]` gives a variant.
fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut name = None;
    let read = each_of_serde(attributes, |meta| {
        if meta.path.is_ident("rename") {
            name = Some(meta.value()?.parse::<LitStr>()?.value());
        }
        Ok(())
    });
    read.ok().and(name)
}

/// `SignInRequired` as `sign_in_required`.
fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for (index, c) in name.char_indices() {
        if c.is_uppercase() && index > 0 {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn unsupported(at: &impl ToTokens, why: &str) -> TokenStream {
    syn::Error::new_spanned(at, why).to_compile_error()
}
