//! `html!`: the syntax of Leptos's `view!`, but every element becomes a value of one type, `crate::markup::Node`.
//!
//! `view!` makes a type of each piece of markup, and the compiler three functions of each type. That is quick to run and
//! large to download. Here, a piece of markup is a list of calls that fill a tree; only one set of functions walks trees.
//!
//! Elements, text, `{blocks}`, `name=value`, `on:event`, `on:event:capture`, `prop:name`, `node_ref` and `inner_html` mean
//! what they mean in `view!`. A name in upper case is a struct of that name: `<Icon name=x/>` is `Icon { name: x.into(), .. }`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use rstml::Infallible;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement};
use syn::Stmt;

/// Makes a `crate::markup::Node`.
pub fn html(input: TokenStream) -> TokenStream {
    let nodes = match rstml::parse2(input) {
        Ok(nodes) => nodes,
        Err(error) => return error.to_compile_error(),
    };
    match &nodes[..] {
        [one] => node(one, Some(0)),
        several => {
            let several = several.iter().zip(0..).map(|(it, index)| node(it, Some(index)));
            quote! { crate::markup::Node::Many(::std::vec![#(#several),*]) }
        }
    }
}

/// `root` numbers the outermost elements; those inside of others need no identity of their own.
fn node(it: &Node<Infallible>, root: Option<u32>) -> TokenStream {
    match it {
        Node::Element(it) => {
            let name = it.open_tag.name.to_string();
            if name.starts_with(char::is_uppercase) { component(it) } else { element(&name, it, root) }
        }
        Node::Text(text) => {
            let text = &text.value;
            quote! { crate::markup::Child::into_node(#text) }
        }
        Node::Block(block) => {
            let value = value_of(block);
            quote! { crate::markup::Child::into_node(#value) }
        }
        other => unsupported(other, "only elements, text and blocks can stand here"),
    }
}

fn element(name: &str, it: &NodeElement<Infallible>, root: Option<u32>) -> TokenStream {
    let site = root.map_or_else(
        || quote! { 0 },
        // Line and column are those of the whole macro call.
        |index| quote! {
            const { crate::markup::site(::core::concat!(::core::module_path!(), ":", ::core::line!(), ":", ::core::column!()), #index) }
        },
    );
    let made = &made();
    let attributes = it.open_tag.attributes.iter().map(|it| match it {
        NodeAttribute::Attribute(it) => attribute(it, made),
        NodeAttribute::Block(it) => unsupported(it, "an attribute needs a name"),
    });
    let children = it.children.iter().map(|it| match it {
        // What is fixed goes the shortest way.
        Node::Text(text) => {
            let text = &text.value;
            quote! { #made.text(#text); }
        }
        Node::Block(block) => {
            let value = value_of(block);
            quote! { #made.child(#value); }
        }
        other => {
            let child = node(other, None);
            quote! { #made.child(#child); }
        }
    });
    quote! {{
        let mut #made = crate::markup::Element::new(#name, #site);
        #(#attributes)*
        #(#children)*
        crate::markup::Node::Element(#made)
    }}
}

fn attribute(it: &KeyedAttribute, made: &Ident) -> TokenStream {
    let name = it.key.to_string();
    let value = it.value().map_or_else(|| quote! { "" }, ToTokens::to_token_stream);
    match name.split(':').collect::<Vec<_>>()[..] {
        ["on", event] => quote! { #made.on(#event, false, #value); },
        ["on", event, "capture"] => quote! { #made.on(#event, true, #value); },
        ["prop", property] => quote! { #made.property(#property, #value); },
        ["node_ref"] => quote! { #made.node_ref(#value); },
        ["inner_html"] => quote! { #made.inner_html(#value); },
        [_] => quote! { #made.attribute(#name, #value); },
        _ => unsupported(&it.key, "no attribute has such a name"),
    }
}

fn component(it: &NodeElement<Infallible>) -> TokenStream {
    let name = &it.open_tag.name;
    let made = made();
    let fields = it.open_tag.attributes.iter().map(|it| match it {
        NodeAttribute::Attribute(it) => {
            let (field, value) = (&it.key, it.value());
            quote! { #field: ::core::convert::Into::into(#value) }
        }
        NodeAttribute::Block(it) => unsupported(it, "a property needs a name"),
    });
    quote! {
        crate::markup::Child::into_node({
            #[allow(clippy::needless_update)]
            let #made = #name { #(#fields,)* ..::core::default::Default::default() };
            #made
        })
    }
}

/// The value that is being made. Blocks of the caller can not see it.
fn made() -> Ident {
    Ident::new("made", Span::mixed_site())
}

/// What a block gives, without the braces where they hold one expression.
fn value_of(block: &NodeBlock) -> TokenStream {
    match block {
        NodeBlock::ValidBlock(block) => match &block.stmts[..] {
            [Stmt::Expr(value, None)] => value.to_token_stream(),
            _ => block.to_token_stream(),
        },
        NodeBlock::Invalid(_) => unsupported(block, "this is no block"),
    }
}

fn unsupported(at: &impl ToTokens, why: &str) -> TokenStream {
    syn::Error::new_spanned(at, why).to_compile_error()
}
