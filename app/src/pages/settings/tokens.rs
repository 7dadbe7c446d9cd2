//! `/settings/tokens`: API tokens of whoever is signed in. A new token's secret is shown once.

use super::frame;
use crate::components::{CopyButton, Icon, classes, field_error, load, skeleton};
use crate::markup::{Node, html};
use crate::pages::installed::failed::failed;
use crate::remote::{FormAction, resource};
use crate::server_fns::trust::ask_api_tokens;
use contract::token::{NewTokenView, Scope, TokenList, TokenView};
use style::{class, icons};

/// Where this page is.
const HERE: &str = "/settings/tokens";
/// Lifetimes to choose from, in days.
const LIVES: [(&str, &str); 4] = [("7", "7 days"), ("30", "30 days"), ("90", "90 days"), ("365", "1 year")];

/// The page.
pub(super) fn tokens_page() -> Node {
    let create = FormAction::new("create_token");
    let revoke = FormAction::new("revoke_token");
    let tokens = resource(move || ask_api_tokens().again(create.version() + revoke.version()));
    load(tokens, skeleton::lines, move |list: TokenList| {
        let content = html! {
            {list.made.as_ref().map(made)}
            {failed(revoke)}
            {table(&list, revoke)}
            {frame::panel("New token", form(create))}
        };
        let lead = "Tokens let your scripts use the REST API in your name, and never allow more than you may do.";
        frame::page(HERE, "API tokens", lead, String::new(), content)
    })
}

fn made(new: &NewTokenView) -> Node {
    html! {
        <div class=classes(&[class::NOTICE, class::TONE_OK]) role="status">
            <Icon name=icons::CHECK_CIRCLE/>
            <div class=class::NOTICE_BODY>
                <p class=class::NOTICE_TITLE>{format!("“{}” is made. Copy it now: it is not shown again.", new.token.name)}</p>
                <figure class=class::CODE>
                    <figcaption class=class::CODE_BAR><span>"Token"</span><CopyButton text=new.secret.clone()/></figcaption>
                    <pre tabindex="0" role="region" aria-label="The new token"><code>{new.secret.clone()}</code></pre>
                </figure>
            </div>
        </div>
    }
}

fn table(list: &TokenList, revoke: FormAction) -> Node {
    if list.tokens.is_empty() {
        return html! { <p class=class::MUTED>"You have no token for this organization."</p> };
    }
    let rows = list.tokens.iter().map(|token| row(list, token, revoke)).collect::<Node>();
    frame::table("Your tokens", &["Token", "May", "Last used", "Expires", "Actions"], rows)
}

fn row(list: &TokenList, token: &TokenView, revoke: FormAction) -> Node {
    let used = token.last_used_at.map_or_else(|| "Never".to_owned(), |at| at.ago(list.now));
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    html! {
        <tr>
            <th scope="row" class=class::CELL_WIDE>
                {token.name.clone()}
                <span class=classes(&[class::CELL_NOTE, class::MONO])>{format!("{}…", token.hint)}</span>
            </th>
            <td class=class::MONO>{scopes.join(", ")}</td>
            <td class=class::NOWRAP data-label="Last used">{used}</td>
            <td class=class::NOWRAP data-label="Expires">{token.expires_at.date()}</td>
            <td>
                <form action=revoke.address() method="post" on:submit=move |event| revoke.submit(&event)>
                    <input type="hidden" name="id" value=token.id.to_string()/>
                    <button class=classes(&[class::BTN, class::BTN_S]) aria-busy=move || revoke.busy()>
                        "Revoke"
                        <span class=class::SR>{format!(" {}", token.name)}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
}

fn wrong(create: FormAction, field: &'static str) -> Option<String> {
    create.problem().filter(|problem| problem.0.field.as_deref() == Some(field)).map(|problem| problem.0.detail)
}

fn form(create: FormAction) -> Node {
    let scopes = Scope::ALL
        .iter()
        .zip(0_u8..)
        .map(|(scope, index)| {
            html! {
                <label class=class::CHECK>
                    <input type="checkbox" name=format!("scopes[{index}]") value=scope.as_str()/>
                    <span>{scope.label()} " "<code class=class::MONO>{scope.as_str()}</code></span>
                </label>
            }
        })
        .collect::<Node>();
    let lives = LIVES
        .iter()
        .map(|&(days, label)| html! { <option value=days selected=(days == "30").then_some("")>{label}</option> })
        .collect::<Node>();
    html! {
        {frame::said_by_field(create)}
        <form class=class::FORM action=create.address() method="post" on:submit=move |event| create.submit(&event)>
            {frame::entry(create, "name", "What is it for?", html! {
                <input
                    class=class::INPUT
                    id="name"
                    name="name"
                    required=true
                    maxlength="80"
                    autocomplete="off"
                    aria-invalid=move || wrong(create, "name").map(|_| "true")
                    aria-describedby="name-e"
                />
            })}
            <fieldset class=class::FIELD>
                <legend class=class::LABEL>"What may it do?"</legend>
                {scopes}
                {move || wrong(create, "scopes").map(|text| field_error("scopes-x".to_owned(), text))}
            </fieldset>
            <div class=class::FIELD>
                <label class=class::LABEL for="days">"How long is it valid?"</label>
                <select class=classes(&[class::INPUT, class::SELECT, class::INPUT_SHORT]) id="days" name="days">
                    {lives}
                </select>
            </div>
            <div class=class::ACTIONS>
                <button class=classes(&[class::BTN, class::BTN_PRIMARY]) aria-busy=move || create.busy()>
                    <Icon name=icons::KEY/>
                    "Make token"
                </button>
            </div>
        </form>
    }
}
