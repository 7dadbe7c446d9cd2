//! Where files are taken: chosen, dropped or pasted. Without this page's script nothing can be, and it says so.

use super::files::Files;
use super::sample;
use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::web_sys;
use style::{class, icons};

const KINDS: &str =
    "Prometheus, its rules, Alertmanager, OpenTelemetry Collector, Terraform, Kubernetes, Docker Compose";

/// The panel.
pub fn input(files: Files) -> Node {
    let over = RwSignal::new(false);
    let drag = move |event: web_sys::Event| {
        // Otherwise the browser would open what is dropped.
        event.prevent_default();
        over.set(true);
    };
    let dropped = move |event: web_sys::Event| {
        over.set(false);
        files.dropped(&event);
    };
    html! {
        <section
            class=move || classes(&[class::DROP, if over.get() { class::DROP_OVER } else { "" }])
            aria-label="Your files"
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <p class=class::DROP_PROMISE>
                <Icon name=icons::LOCK/>
                <span><strong>"Nothing leaves this page."</strong>" Files are read in your browser and sent nowhere."</span>
            </p>
            <p class=class::MUTED hidden=move || files.alive()>
                "This page needs its script, which is still on its way. Where scripts are off it can’t work: a server would have to read your files instead, and that is what it must not do."
            </p>
            <div class=classes(&[class::STACK, class::STACK_S]) hidden=move || !files.alive()>
                {choose(files)}
                {paste(files)}
            </div>
            <p class=classes(&[class::SMALL, class::MUTED])>{KINDS} ". Up to 50 files of 2 MB."</p>
            {move || refused(&files.refused())}
        </section>
    }
}

fn choose(files: Files) -> Node {
    html! {
        <div class=class::ACTIONS>
            <input
                class=class::SR
                id="coverage-files"
                type="file"
                multiple=true
                accept=".yml,.yaml,.json,.tf,.tofu,.hcl"
                on:change=move |event| files.chosen(&event)
            />
            <label class=classes(&[class::BTN, class::BTN_PRIMARY]) for="coverage-files">
                <Icon name=icons::PLUS/>
                "Choose files"
            </label>
            <button class=class::BTN type="button" on:click=move |_| sample::add(files)>"Try invented samples"</button>
            <span class=classes(&[class::SMALL, class::MUTED, class::ONLY_WIDE])>"or drop files here"</span>
        </div>
    }
}

fn paste(files: Files) -> Node {
    let field = NodeRef::<Textarea>::new();
    let read = move |_| {
        let Some(field) = field.get_untracked() else { return };
        let text = field.value();
        if !text.trim().is_empty() {
            files.paste(&text);
            field.set_value("");
        }
    };
    html! {
        <details>
            <summary class=class::LABEL>"Paste a text instead"</summary>
            <div class=classes(&[class::STACK, class::STACK_S, class::DROP_PASTE])>
                <label class=class::SR for="coverage-text">"Text of a configuration file"</label>
                <textarea
                    node_ref=field
                    class=classes(&[class::INPUT, class::INPUT_MONO])
                    id="coverage-text"
                    rows="8"
                    spellcheck="false"
                    autocomplete="off"
                    placeholder="receivers: …"
                ></textarea>
                <div class=class::ACTIONS><button class=class::BTN type="button" on:click=read>"Read it here"</button></div>
            </div>
        </details>
    }
}

fn refused(lines: &[String]) -> Option<Node> {
    if lines.is_empty() {
        return None;
    }
    let lines = lines.iter().map(|line| html! { <p>{line.clone()}</p> }).collect::<Node>();
    Some(html! {
        <div class=classes(&[class::NOTICE, class::TONE_WARN]) role="alert">
            <Icon name=icons::ALERT_TRIANGLE/>
            <div class=class::NOTICE_BODY>{lines}</div>
        </div>
    })
}
