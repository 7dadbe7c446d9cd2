//! The page: where files are taken, and what they come to.

use super::files::Files;
use super::input::input;
use super::report::{Report, summary};
use crate::components::{PageMeta, load_all, problem_page, skeleton, use_viewer, viewer_in};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::coverage::ask_coverage_map;
use contract::coverage::CoverageView;
use leptos::prelude::*;
use std::sync::Arc;
use style::class;

/// The page.
pub(super) fn coverage_page() -> Node {
    // Made before what is loaded, so that the files stay when the rest is fetched again.
    let files = Files::new();
    let resources = vec![resource(ask_coverage_map), use_viewer()];
    load_all(resources, skeleton::lines, move |replies| match replies[0].read() {
        Ok(known) => page(known, viewer_in(&replies[1]).is_some(), files),
        Err(problem) => problem_page(problem),
    })
}

fn page(known: CoverageView, signed_in: bool, files: Files) -> Node {
    let known = Arc::new(known);
    let reports = {
        let known = Arc::clone(&known);
        Memo::new(move |_| files.with(|sources| Report::of(&known, signed_in, sources)))
    };
    html! {
        <PageMeta
            title="Coverage map"
            description="Reads Prometheus, Alertmanager, OpenTelemetry, Terraform, Kubernetes and Compose files in your browser and lists what is covered, missing and done twice."
            canonical="/coverage".to_owned()
        />
        <div class=class::PAGE_HEAD>
            <div class=class::PAGE_TEXT>
                <h1 tabindex="-1">"Coverage map"</h1>
                <p class=class::PAGE_LEAD>
                    "Show it your configuration. It lists what is connected, what is not, what is done twice, and where alerts, logs or traces lead nowhere."
                </p>
            </div>
        </div>
        {input(files)}
        <p class=class::COVERAGE_SUM role="status">{move || reports.with(summary)}</p>
        {move || reports.with(|report| report.show(&known, files))}
    }
}
