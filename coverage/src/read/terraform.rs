//! Terraform and `OpenTofu`: providers, resources, charts, modules.

use crate::mention::{Kind, Reading, Sort};
use crate::name::last;
use crate::tree::Node;

/// Everything of a file.
pub fn read(it: Node<'_, '_>, into: &mut Reading) {
    for block in it.children() {
        match block.key() {
            "provider" => into.mention(Sort::Provider, block.value(), block.line()),
            "resource" | "data" | "ephemeral" => {
                into.mention(Sort::Resource, block.value(), block.line());
                if let Some(chart) = block.get("chart").filter(|_| block.value() == "helm_release") {
                    into.mention(Sort::Chart, last(chart.value()), chart.line());
                }
            }
            "module" => {
                if let Some(source) = block.get("source") {
                    module(source.value(), source.line(), into);
                }
            }
            "terraform" => settings(block, into),
            "variable" | "output" | "locals" => {}
            _ => continue,
        }
        into.is(Kind::Terraform, "terraform", block.line());
    }
}

/// `terraform-aws-modules/eks/aws` makes resources of a provider; other sources say less.
fn module(source: &str, line: u32, into: &mut Reading) {
    let parts: Vec<&str> = source.split('/').collect();
    if let [owner, name, provider] = parts[..]
        && !owner.starts_with('.')
        && !source.contains(':')
    {
        into.mention(Sort::Provider, provider, line);
        into.mention(Sort::Resource, &[provider, "_", name].concat(), line);
    }
}

/// Required providers and the place of the state.
fn settings(block: Node<'_, '_>, into: &mut Reading) {
    for child in block.children() {
        match child.key() {
            "required_providers" => {
                for provider in child.children() {
                    let source = provider.get("source").map_or(provider.key(), |source| last(source.value()));
                    into.mention(Sort::Provider, source, provider.line());
                }
            }
            "backend" => into.mention(Sort::Provider, child.value(), child.line()),
            _ => {}
        }
    }
}
