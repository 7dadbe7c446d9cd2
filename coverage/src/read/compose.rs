//! Docker Compose: images and the variables of services.

use super::{image, variables};
use crate::mention::{Kind, Reading};
use crate::tree::Node;

/// Whether it is a file of Compose: some service has an image or is built.
pub fn is_one(it: Node<'_, '_>) -> bool {
    let runs = |service: Node<'_, '_>| service.get("image").is_some() || service.get("build").is_some();
    it.get("services").is_some_and(|services| services.children().any(runs))
}

/// Images, and the names of variables.
pub fn read(it: Node<'_, '_>, into: &mut Reading) {
    into.is(Kind::Compose, "docker", it.line());
    // Parts that services share stand beside them.
    for node in it.below() {
        match node.key() {
            "image" => image(node, into),
            "environment" => variables(node, into),
            _ => {}
        }
    }
}
