//! The OpenTelemetry Collector: components, and the pipelines that join them.

use super::{hosts, prometheus};
use crate::mention::{Finding, Kind, Reading, Section, Signal, Sort};
use crate::name::component;
use crate::tree::Node;

const SECTIONS: [(&str, Section, Sort); 5] = [
    ("receivers", Section::Receiver, Sort::Receiver),
    ("processors", Section::Processor, Sort::Processor),
    ("exporters", Section::Exporter, Sort::Exporter),
    ("connectors", Section::Connector, Sort::Processor),
    ("extensions", Section::Extension, Sort::Processor),
];

/// Components of a section that are compared with the pipelines, and the other way round; nobody has more.
const PARTS: usize = 500;

/// Exporters that end in the Collector itself.
const NOWHERE: [&str; 3] = ["debug", "logging", "nop"];

/// Whether it is the configuration of a Collector.
pub fn is_one(it: Node<'_, '_>) -> bool {
    let holds = |key: &str| it.get(key).is_some_and(|section| !section.is_list());
    it.find(&["service", "pipelines"]).is_some() || holds("receivers") && holds("exporters")
}

/// Components, pipelines, and what of them does not fit together.
pub fn read(it: Node<'_, '_>, into: &mut Reading) {
    into.is(Kind::Collector, "opentelemetry", it.line());
    for (key, _, sort) in SECTIONS {
        for part in it.get(key).into_iter().flat_map(|section| section.children()) {
            into.mention(sort, component(part.key()), part.line());
            if sort == Sort::Exporter {
                hosts(part, into);
            }
            if let Some(scraped) = part.find(&["config", "scrape_configs"]) {
                prometheus::jobs(scraped, into);
            }
        }
    }
    if let Some(service) = it.get("service") {
        pipelines(it, service, into);
    }
}

fn pipelines(it: Node<'_, '_>, service: Node<'_, '_>, into: &mut Reading) {
    // Name, section that it is used as, line.
    let mut used: Vec<(&str, Section, u32)> = Vec::new();
    for pipeline in service.get("pipelines").into_iter().flat_map(|pipelines| pipelines.children()) {
        match component(pipeline.key()) {
            "metrics" => into.signal(Signal::Metrics, pipeline.line()),
            "logs" => into.signal(Signal::Logs, pipeline.line()),
            "traces" => into.signal(Signal::Traces, pipeline.line()),
            _ => {}
        }
        for (key, section, _) in SECTIONS {
            let names = pipeline.get(key).map(|names| names.texts()).unwrap_or_default();
            let nowhere = |(name, _): &(&str, u32)| NOWHERE.contains(&component(name));
            if section == Section::Exporter && !names.is_empty() && names.iter().all(nowhere) {
                into.finding(Finding::Dropped, pipeline.key(), pipeline.line());
            }
            used.extend(names.into_iter().map(|(name, line)| (name, section, line)));
        }
    }
    let extensions = service.get("extensions").map(|names| names.texts()).unwrap_or_default();
    used.extend(extensions.into_iter().map(|(name, line)| (name, Section::Extension, line)));
    used.truncate(PARTS);
    let declared = |key: &str, name: &str| it.get(key).is_some_and(|section| section.get(name).is_some());
    for (key, section, _) in SECTIONS {
        for part in it.get(key).into_iter().flat_map(|section| section.children()).take(PARTS) {
            // A connector ends one pipeline and begins another.
            let fits = |used: Section| used == section || section == Section::Connector;
            if !used.iter().any(|(name, used, _)| *name == part.key() && fits(*used)) {
                into.finding(Finding::Unused(section), part.key(), part.line());
            }
        }
        for (name, _, line) in used.iter().filter(|(_, used, _)| *used == section) {
            // What stands for a variable or a template may be declared.
            if !declared(key, name) && !declared("connectors", name) && !name.contains(['$', '{']) {
                into.finding(Finding::Undeclared(section), name, *line);
            }
        }
    }
}
