//! `/settings/policy/edit`: the editor. The draft is in the address, so each step is a link or a form that needs no script,
//! and Back undoes it. What the draft would mean is always shown beside it.

use super::frame;
use super::policy::{LEAD, row};
use crate::components::{Icon, classes, count, crumbs, load, problem_notice, skeleton};
use crate::markup::{Node, html};
use crate::pages::encode;
use crate::pages::installed::failed::failed;
use crate::remote::{FormAction, resource};
use crate::server_fns::policy::ask_policy_draft;
use contract::listing::Certification;
use contract::policy::{Choice, DryRunGroup, DryRunInstallation, Outcome, PolicyChoices, PolicyDraft};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use style::{class, icons};

/// Where this page is.
const HERE: &str = "/settings/policy/edit";

/// The page.
pub(super) fn policy_edit_page() -> Node {
    let search = use_location().search;
    let save = FormAction::new("save_policy");
    let draft = resource(move || ask_policy_draft(search.get()));
    load(draft, skeleton::lines, move |it: PolicyDraft| {
        let content = html! {
            {crumbs(vec![("Install policy".to_owned(), "/settings/policy".to_owned())], "Edit".to_owned())}
            {it.problem.as_ref().map(problem_notice)}
            {failed(save)}
            {rules(&it)}
            {frame::panel("Where no rule fits", otherwise(&it))}
            {frame::panel("New rule", new_rule(&it))}
            {meaning(&it)}
            {keep(&it, save)}
        };
        frame::page("/settings/policy", "Install policy", LEAD, it.json.clone(), content)
    })
}

/// The address of a step.
fn step(it: &PolicyDraft, what: &str, rule: usize) -> String {
    let mut out = format!("{HERE}?do={what}&rule={rule}&draft=");
    encode(&it.json, &mut out);
    out
}

fn rules(it: &PolicyDraft) -> Node {
    let last = it.draft.rules.len().saturating_sub(1);
    let link = |what: &'static str, name: &'static str, at: usize| {
        html! {
            <a class=classes(&[class::BTN, class::BTN_S]) href=step(it, what, at)>
                {name}
                <span class=class::SR>{format!(" rule {}", at + 1)}</span>
            </a>
        }
    };
    let rows = it
        .draft
        .rules
        .iter()
        .zip(&it.dry_run.sentences)
        .enumerate()
        .map(|(at, (rule, sentence))| {
            let end = html! {
                <div class=class::ACTIONS>
                    {(at > 0).then(|| link("up", "Up", at))}
                    {(at < last).then(|| link("down", "Down", at))}
                    {link("remove", "Remove", at)}
                </div>
            };
            row(rule.outcome, sentence, &rule.note, end)
        })
        .collect::<Node>();
    html! {
        <ol class=class::CONNECTIONS>
            {rows}
            {row(it.draft.otherwise, &it.dry_run.otherwise, "", Node::Nothing)}
        </ol>
    }
}

fn option(value: &str, label: &str, chosen: bool) -> Node {
    html! { <option value=value.to_owned() selected=chosen.then_some("")>{label.to_owned()}</option> }
}

fn outcomes(chosen: Outcome) -> Node {
    Outcome::ALL.iter().map(|it| option(it.as_str(), it.label(), *it == chosen)).collect()
}

/// The draft and the kind of step, in a form.
fn hidden(it: &PolicyDraft, what: &'static str) -> Node {
    html! {
        <input type="hidden" name="draft" value=it.json.clone()/>
        <input type="hidden" name="do" value=what/>
    }
}

fn otherwise(it: &PolicyDraft) -> Node {
    html! {
        <form class=class::ACTIONS method="get" action=HERE>
            {hidden(it, "otherwise")}
            <label class=class::SR for="otherwise">"What holds where no rule fits"</label>
            <select class=classes(&[class::INPUT, class::SELECT, class::GROW]) id="otherwise" name="outcome">
                {outcomes(it.draft.otherwise)}
            </select>
            <button class=class::BTN>"Apply"</button>
        </form>
    }
}

fn field(id: &'static str, label: &'static str, control: Node) -> Node {
    html! { <div class=class::FIELD><label class=class::LABEL for=id>{label}</label>{control}</div> }
}

fn select(id: &'static str, options: Node) -> Node {
    html! { <select class=classes(&[class::INPUT, class::SELECT]) id=id name=id>{options}</select> }
}

/// A closed list of boxes to tick.
fn several(name: &'static str, title: &'static str, choices: &[Choice]) -> Node {
    let boxes = choices
        .iter()
        .map(|choice| {
            html! {
                <label class=class::CHECK>
                    <input type="checkbox" name=name value=choice.value.clone()/>
                    <span>{choice.label.clone()}</span>
                </label>
            }
        })
        .collect::<Node>();
    html! {
        <details class=class::FACET>
            <summary>{title} <Icon name=icons::CHEVRON_DOWN small=true/></summary>
            <fieldset class=class::FACET_LIST><legend class=class::SR>{title}</legend>{boxes}</fieldset>
        </details>
    }
}

fn new_rule(it: &PolicyDraft) -> Node {
    let PolicyChoices { regions, categories, partners, listings } = &it.view.choices;
    let levels = [Certification::Bronze, Certification::Silver, Certification::Gold];
    let levels = levels.iter().map(|level| option(level.as_str(), level.label(), false)).collect::<Node>();
    html! {
        <form class=class::FORM method="get" action=HERE>
            {hidden(it, "add")}
            {field("outcome", "What holds", select("outcome", outcomes(Outcome::Allow)))}
            <div class=class::FILTERS>
                {field("level_is", "Certification", select("level_is", html! { {option("least", "is at least", true)} {option("below", "is below", false)} }))}
                {field("level", "Level", select("level", html! { {option("", "Any", true)} {levels} }))}
                {field("access", "What it may do", select("access", html! {
                    {option("", "Anything", true)}
                    {option("read_only", "Only read", false)}
                    {option("writes", "Write or take action", false)}
                }))}
                {field("price_above", "Costs more than, in US dollars a month", html! {
                    <input class=class::INPUT id="price_above" name="price_above" type="number" min="0" inputmode="numeric" placeholder="Any price"/>
                })}
                {field("region_is", "Data region", select("region_is", html! {
                    {option("one", "is one of those ticked", true)}
                    {option("none", "is none of those ticked", false)}
                }))}
            </div>
            {several("region", "Data regions", regions)}
            {several("category", "Categories", categories)}
            {several("partner", "Partners", partners)}
            {several("listing", "Integrations", listings)}
            {field("note", "Why the rule is there", html! {
                <input class=class::INPUT id="note" name="note" maxlength="200" autocomplete="off"/>
            })}
            <p class=class::HELP>"Everything you choose has to hold together. A rule without conditions holds for all."</p>
            <div class=class::ACTIONS><button class=class::BTN><Icon name=icons::PLUS/> "Add to the draft"</button></div>
        </form>
    }
}

fn meaning(it: &PolicyDraft) -> Node {
    let figures = it
        .dry_run
        .groups
        .iter()
        .map(|group| {
            html! { <div class=class::FIGURE><dt>{words(group.outcome)}</dt><dd>{group.count.to_string()}</dd></div> }
        })
        .collect::<Node>();
    let lists = it.dry_run.groups.iter().filter(|group| group.count > 0).map(group).collect::<Node>();
    let content = html! {
        <p class=class::HELP>"Of the integrations that can be installed today:"</p>
        <dl class=classes(&[class::FIGURES, class::FIGURES_THREE])>{figures}</dl>
        {lists}
        {installed(&it.dry_run.installed)}
    };
    frame::panel("What this draft would mean", content)
}

const fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allow => "Members install themselves",
        Outcome::Ask => "Need approval",
        Outcome::Block => "Blocked",
    }
}

fn group(it: &DryRunGroup) -> Node {
    let items = it
        .listings
        .iter()
        .map(|line| {
            let href = format!("/integrations/{}", line.listing.id);
            html! { <li><a href=href>{line.listing.name.clone()}</a></li> }
        })
        .collect::<Node>();
    html! {
        <details class=class::FACET>
            <summary>{format!("{} ({})", words(it.outcome), it.count)} <Icon name=icons::CHEVRON_DOWN small=true/></summary>
            <ul class=class::LINKS>{items}</ul>
        </details>
    }
}

fn installed(list: &[DryRunInstallation]) -> Node {
    if list.is_empty() {
        return html! { <p>"Nothing that is installed would be judged more strictly than now."</p> };
    }
    let title = count(u64::try_from(list.len()).unwrap_or_default(), "installation");
    let items = list
        .iter()
        .map(|line| {
            let href = format!("/installed/{}", line.id);
            html! { <li><a href=href>{line.listing.name.clone()}</a> ": "{line.verdict.why.clone()}</li> }
        })
        .collect::<Node>();
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_WARN])>
            <Icon name=icons::ALERT_TRIANGLE/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{format!("{title} would no longer be allowed as today. What is installed keeps running.")}</p>
                <ul>{items}</ul>
            </div>
        </div>
    }
}

fn keep(it: &PolicyDraft, save: FormAction) -> Node {
    if !it.changed {
        return html! {
            <div class=class::ACTIONS>
                <a class=class::BTN href="/settings/policy">"Done"</a>
                <span class=class::MUTED>"The draft is the policy in force."</span>
            </div>
        };
    }
    html! {
        <form class=class::ACTIONS action=save.address() method="post" on:submit=move |event| save.submit(&event)>
            <input type="hidden" name="policy" value=it.json.clone()/>
            <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || save.busy()>"Save the policy"</button>
            <a class=class::BTN href="/settings/policy">"Discard"</a>
        </form>
    }
}
