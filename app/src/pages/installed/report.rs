//! The outcome of a call: what was tried, what came back, how to mend it.

use crate::components::{Icon, classes};
use crate::markup::{Node, html};
use contract::install::CheckView;
use contract::timestamp::span;
use style::{class, icons};

/// A check as a card. `action` stands below the fix.
pub fn verdict(check: &CheckView, action: Option<Node>) -> Node {
    let report = &check.report;
    let (tone, sign) =
        if report.ok { (class::TONE_OK, icons::CHECK_CIRCLE) } else { (class::TONE_BAD, icons::ALERT_CIRCLE) };
    let title = match (check.kind.as_str(), report.ok) {
        ("test", true) => "The connection works",
        ("test", false) => "The connection test failed",
        (_, true) => "It was accepted",
        (_, false) => "It could not be proven",
    };
    html! {
        <section class=classes(&[class::VERDICT, tone])>
            <div class=class::VERDICT_HEAD>
                <Icon name=sign large=true/>
                <div>
                    <h2 class=class::VERDICT_TITLE>{title}</h2>
                    <p class=class::VERDICT_NOTE>{report.message.clone()}</p>
                </div>
                <span class=class::VERDICT_TIME>{span(i64::from(report.took_ms))}</span>
            </div>
            <div class=class::VERDICT_BODY>
                {facts(check)}
                {(!report.ok).then(|| answer(&report.answer))}
                {fix(&report.fix)}
                {action.map(|action| html! { <div class=class::ACTIONS>{action}</div> })}
            </div>
        </section>
    }
}

fn facts(check: &CheckView) -> Node {
    let report = &check.report;
    let status = report.status.map(|status| {
        html! { <div class=class::FACT><dt>"Answer"</dt><dd>{format!("HTTP {status}")}</dd></div> }
    });
    html! {
        <dl class=class::FACTS>
            <div class=class::FACT><dt>"Tried"</dt><dd class=class::MONO>{report.tried.clone()}</dd></div>
            {status}
            <div class=class::FACT>
                <dt>"When"</dt>
                <dd><time datetime=check.at.rfc3339()>{check.at.date_time()}</time></dd>
            </div>
        </dl>
    }
}

fn answer(text: &str) -> Node {
    if text.is_empty() {
        return Node::Nothing;
    }
    html! {
        <figure class=class::CODE>
            <figcaption class=class::CODE_BAR>"Answer, secrets removed"</figcaption>
            <pre tabindex="0" role="region" aria-label="Answer"><code>{text.to_owned()}</code></pre>
        </figure>
    }
}

/// How to mend it.
pub fn fix(text: &str) -> Node {
    if text.is_empty() {
        return Node::Nothing;
    }
    html! { <div><h3>"How to fix it"</h3><p class=class::VERDICT_NOTE>{text.to_owned()}</p></div> }
}
