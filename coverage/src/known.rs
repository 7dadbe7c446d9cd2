//! Technologies that are known, and which of them a mention means.

use crate::job::Job;
use crate::mention::{Mention, Sort};

/// A technology and the marks that it is known by. A mark is `kind:pattern`, such as `image:grafana/loki`: see
/// [`Sort::mark`]. `name:pattern` stands for all sorts whose names are those of technologies.
#[derive(Clone, Debug)]
pub struct Technology<'a> {
    /// Its own name in lower case, which is a mark too.
    pub id: &'a str,
    /// Marks.
    pub marks: &'a [String],
    /// What it is there for.
    pub does: Vec<Job>,
    /// Whether it is installed.
    pub installed: bool,
}

impl Technology<'_> {
    /// How much of the mention one of the marks explains.
    fn fit(&self, mention: &Mention) -> Option<usize> {
        let own = (mention.sort.is_name() && mention.name == self.id).then_some(self.id.len());
        let marks = self.marks.iter().filter_map(|mark| {
            let (kind, pattern) = mark.split_once(':')?;
            let applies = kind == mention.sort.mark() || kind == "name" && mention.sort.is_name();
            (applies && fits(mention.sort, pattern, &mention.name)).then_some(pattern.len())
        });
        own.into_iter().chain(marks).max()
    }
}

fn fits(sort: Sort, pattern: &str, name: &str) -> bool {
    match sort {
        // A host below a domain; without a dot, the first part of a name inside of a cluster.
        Sort::Host | Sort::Registry if pattern.contains('.') => under(pattern, name),
        Sort::Host => is_like(pattern, name.split('.').next().unwrap_or_default()),
        Sort::Group => under(pattern, name),
        Sort::Resource => name.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')),
        _ => is_like(pattern, name),
    }
}

fn under(domain: &str, name: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The same; or the same beginning, where the pattern ends in `*`.
fn is_like(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

/// The technology that explains most of a mention.
pub fn find(technologies: &[Technology<'_>], mention: &Mention) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, technology) in technologies.iter().enumerate() {
        if let Some(fit) = technology.fit(mention)
            && best.is_none_or(|(_, before)| fit > before)
        {
            best = Some((index, fit));
        }
    }
    best.map(|(index, _)| index)
}

/// What every Collector consists of, whatever it is connected with.
const PLUMBING: [&str; 26] = [
    "otlp",
    "otlphttp",
    "otlp_http",
    "otlp_grpc",
    "batch",
    "memory_limiter",
    "debug",
    "logging",
    "nop",
    "file",
    "filelog",
    "file_storage",
    "health_check",
    "pprof",
    "zpages",
    "hostmetrics",
    "host_metrics",
    "attributes",
    "resource",
    "transform",
    "filter",
    "k8sattributes",
    "resourcedetection",
    "tail_sampling",
    "loadbalancing",
    "journald",
];

/// Whether a name means nothing in particular.
pub fn is_plumbing(mention: &Mention) -> bool {
    let name = mention.name.as_str();
    match mention.sort {
        Sort::Receiver | Sort::Exporter => PLUMBING.contains(&name),
        // Helpers of Terraform, and the state beside the code.
        Sort::Provider => ["random", "null", "local", "tls", "http", "time", "external", "archive", "template", "helm"]
            .contains(&name),
        Sort::Notifier => ["null", "email", "webhook"].contains(&name),
        _ => false,
    }
}
