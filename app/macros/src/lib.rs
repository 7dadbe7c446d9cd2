//! What the compiler writes so that the browser downloads less.

mod from_json;
mod html;

use proc_macro::TokenStream;

/// Markup as a value of one type: see `app/src/markup`.
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    html::html(input.into()).into()
}

/// Reads a type from JSON in little code: see `contract::json`. Understands what serde is told about the type.
#[proc_macro_derive(FromJson, attributes(serde))]
pub fn from_json(input: TokenStream) -> TokenStream {
    from_json::from_json(input.into()).into()
}
