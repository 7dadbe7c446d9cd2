//! The category tree: groups of leaves, read from `catalog/categories.toml` at build time.

use serde::Deserialize;
use std::sync::LazyLock;

const SOURCE: &str = include_str!("../../../../catalog/categories.toml");

static BUILTIN: LazyLock<CategoryTree> = LazyLock::new(|| {
    // The file is compiled in and a test reads it, so the fallback is never seen.
    CategoryTree::parse(SOURCE).unwrap_or_default()
});

/// A leaf, named `group/leaf` in manifests.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Slug within its group.
    pub id: String,
    /// Display name.
    pub name: String,
    /// One sentence.
    pub summary: String,
}

/// A top-level group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Slug.
    pub id: String,
    /// Display name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// Name of its icon in the sprite.
    pub icon: String,
    /// Its leaves, in the order shown.
    pub leaves: Vec<Leaf>,
}

/// All groups, in the order shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryTree {
    /// Groups.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
}

impl CategoryTree {
    /// The tree this build was made with.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads a tree.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The group with this slug.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The leaf with this path, `group/leaf`, and its group.
    pub fn leaf(&self, path: &str) -> Option<(&Group, &Leaf)> {
        let (group, leaf) = path.split_once('/')?;
        let group = self.group(group)?;
        Some((group, group.leaves.iter().find(|candidate| candidate.id == leaf)?))
    }

    /// Display name of a group (`monitoring`) or leaf (`monitoring/metrics`).
    pub fn name(&self, path: &str) -> Option<&str> {
        match self.leaf(path) {
            Some((_, leaf)) => Some(&leaf.name),
            None => self.group(path).map(|group| group.name.as_str()),
        }
    }

    /// Every leaf's path, in the order shown.
    pub fn paths(&self) -> impl Iterator<Item = String> + '_ {
        self.groups.iter().flat_map(|group| group.leaves.iter().map(move |leaf| format!("{}/{}", group.id, leaf.id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tree_is_readable_and_its_paths_lead_somewhere() {
        let tree = CategoryTree::parse(SOURCE).expect("catalog/categories.toml");
        assert_eq!(&tree, CategoryTree::builtin());
        assert!(tree.groups.len() >= 5);
        let paths: Vec<_> = tree.paths().collect();
        assert_eq!(paths.len(), paths.iter().collect::<std::collections::HashSet<_>>().len());
        assert!(paths.iter().all(|path| tree.leaf(path).is_some() && !path.contains("//")));
    }

    #[test]
    fn groups_and_leaves_have_names() {
        let tree = CategoryTree::builtin();
        assert_eq!(tree.name("monitoring/metrics"), Some("Metrics"));
        assert_eq!(tree.name("monitoring"), Some("Monitoring & observability"));
        assert_eq!(tree.name("monitoring/itsm"), None);
        assert_eq!(tree.name("metrics"), None);
    }
}
