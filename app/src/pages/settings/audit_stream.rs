//! The section of `/audit` that streams the trail to an address of the organization's own.

use super::frame;
use crate::components::{CopyButton, Icon, classes, count, field_error};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::FormAction;
use contract::Timestamp;
use contract::audit_stream::{StreamPage, StreamState, StreamView};
use style::{class, icons};

/// What an administrator can do here.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    set: FormAction,
    test: FormAction,
    resume: FormAction,
    off: FormAction,
}

impl Actions {
    pub(super) fn new() -> Self {
        Self {
            set: FormAction::new("set_audit_stream"),
            test: FormAction::new("test_audit_stream"),
            resume: FormAction::new("resume_audit_stream"),
            off: FormAction::new("turn_off_audit_stream"),
        }
    }

    /// Rises when something may have changed.
    pub(super) fn changed(self) -> usize {
        self.set.version() + self.test.version() + self.resume.version() + self.off.version()
    }
}

/// The section. `tested` says that a test event arrived a moment ago.
pub(super) fn section(page: &StreamPage, tested: bool, actions: Actions) -> Node {
    let standing = page.stream.as_ref().map(|it| stream(it, page.now, tested, actions));
    let set = page.stream.is_some();
    let content = html! {
        <p class=class::HELP>
            "Each event is posted to an address of yours as it is recorded: in order, at least once, and signed as "
            <a href="https://www.standardwebhooks.com" rel="noopener">"Standard Webhooks"</a> " says."
        </p>
        {page.made.as_deref().map(made)}
        {standing}
        {form(set, actions.set)}
    };
    frame::panel("Stream to your own system", content)
}

fn made(secret: &str) -> Node {
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_OK]) role="status">
            <Icon name=icons::CHECK_CIRCLE/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>"The stream is on. Copy its secret now: it is not shown again."</p>
                <figure class=class::CODE>
                    <figcaption class=class::CODE_BAR><span>"Secret"</span><CopyButton text=secret.to_owned()/></figcaption>
                    <pre tabindex="0" role="region" aria-label="The new secret"><code>{secret.to_owned()}</code></pre>
                </figure>
            </div>
        </div>
    }
}

fn stream(it: &StreamView, now: Timestamp, tested: bool, actions: Actions) -> Node {
    let arrived = tested.then(|| html! { <p role="status"><Icon name=icons::CHECK/> " The test event arrived."</p> });
    let stuck = it.state != StreamState::On;
    html! {
        {facts(it, now)}
        {arrived}
        {failed(actions.test)}
        {failed(actions.resume)}
        {failed(actions.off)}
        <div class=class::ACTIONS>
            {button(actions.test, "Send a test event")}
            {stuck.then(|| button(actions.resume, "Try again now"))}
            {off(actions.off)}
        </div>
    }
}

fn facts(it: &StreamView, now: Timestamp) -> Node {
    let (tone, state) = match it.state {
        StreamState::On => (class::TONE_OK, "On"),
        StreamState::Failing => (class::TONE_WARN, "Failing, tried again"),
        StreamState::Paused => (class::TONE_BAD, "Paused"),
    };
    let last = match it.delivered_at {
        Some(at) => format!("#{}, {}", it.delivered, at.ago(now)),
        None => format!("None yet; it began after #{}", it.delivered),
    };
    let waiting = (it.waiting > 0).then(|| {
        let number = count(u64::try_from(it.waiting).unwrap_or_default(), "event");
        fact("Waiting", html! { {number} })
    });
    let trouble = it.failing_since.map(|since| {
        let next = it.next_try_at.map(|at| format!(" The next try is at {}.", at.date_time())).unwrap_or_default();
        let text = format!("{}, failed {}.{next}", since.date_time(), count(u64::from(it.failures), "time"));
        fact("Failing since", html! { {text} })
    });
    let error = it.last_error.clone().map(|text| fact("Last error", html! { {text} }));
    html! {
        <dl class=class::FACTS>
            {fact("State", html! { <span class=classes(&[class::PILL, tone])>{state}</span> })}
            {fact("Address", html! { <span class=class::MONO>{format!("{}/…", it.address)}</span> })}
            {fact("Secret", html! { <span class=class::MONO>{format!("{}…", it.hint)}</span> })}
            {fact("Last event", html! { {last} })}
            {waiting}
            {trouble}
            {error}
        </dl>
    }
}

fn fact(name: &'static str, value: Node) -> Node {
    html! { <div class=class::FACT><dt>{name}</dt><dd>{value}</dd></div> }
}

fn button(action: FormAction, text: &'static str) -> Node {
    html! {
        <form action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <button class=class::BTN aria-busy=move || action.busy()>{text}</button>
        </form>
    }
}

fn off(action: FormAction) -> Node {
    html! {
        <details class=class::CONFIRM>
            <summary class=class::BTN>"Turn off…"</summary>
            <form
                class=class::CONFIRM_BODY
                action=action.address()
                method="post"
                on:submit=move |event| action.submit(&event)
            >
                <p>"Address and secret are forgotten. The trail itself stays; a new stream begins with what happens then."</p>
                <button class=classes(&[class::BTN, class::BTN_DANGER]) aria-busy=move || action.busy()>
                    "Turn the stream off"
                </button>
            </form>
        </details>
    }
}

/// What is wrong with the address.
fn wrong(action: FormAction) -> Option<String> {
    action.problem().filter(|it| it.0.field.as_deref() == Some("url")).map(|it| it.0.detail)
}

fn form(set: bool, action: FormAction) -> Node {
    let (label, button) = if set { ("Another address", "Change address and secret") } else { ("Address", "Turn on") };
    html! {
        {frame::said_by_field(action)}
        <form class=class::FORM action=action.address() method="post" on:submit=move |event| action.submit(&event)>
            <div class=class::FIELD>
                <label class=class::LABEL for="url">{label}</label>
                <input
                    class=class::INPUT
                    id="url"
                    name="url"
                    type="url"
                    required=true
                    placeholder="https://siem.example.com/webhooks/audit"
                    autocomplete="off"
                    aria-invalid=move || wrong(action).map(|_| "true")
                    aria-describedby="url-e"
                />
                <div id="url-e">{move || wrong(action).map(|text| field_error("url-x".to_owned(), text))}</div>
            </div>
            <div class=class::ACTIONS>
                <button class=class::BTN aria-busy=move || action.busy()>{button}</button>
            </div>
        </form>
    }
}
