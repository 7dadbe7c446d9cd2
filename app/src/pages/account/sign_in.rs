//! `/sign-in`: the configured issuers, and the demo's accounts where this is a demo.

use crate::components::{Icon, PageMeta, classes, load_all, problem_page, skeleton, use_viewer, viewer_in};
use crate::markup::{Node, html};
use crate::remote::resource;
use crate::server_fns::account::ask_sign_in_options;
use contract::account::{DemoAccount, SignInOptions, SignInProvider, Viewer};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use style::{class, icons};

/// The sign-in page.
pub struct SignIn;

#[lazy_route]
impl LazyRoute for SignIn {
    fn data() -> Self {
        Self
    }

    // The resource is made here and not in `data`, so that its types are not part of the first download.
    fn view(this: Self) -> AnyView {
        let SignIn = this;
        let query = use_query_map();
        let resources = vec![resource(ask_sign_in_options), use_viewer()];
        load_all(resources, skeleton::lines, move |replies| {
            let (return_to, error) = query.with(|query| (return_to(query.get("return_to")), query.get("error")));
            let left = query.with(|query| query.get("left").is_some());
            let viewer = viewer_in(&replies[1]);
            match replies[0].read() {
                Ok(options) => page(&options, viewer.as_ref(), &return_to, error.as_deref(), left),
                Err(problem) => problem_page(problem),
            }
        })
        .into_any()
    }
}

/// Where to go afterwards: a path of ours and nothing else. The server checks it again.
fn return_to(asked: Option<String>) -> String {
    let ours = |path: &String| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    asked.filter(ours).unwrap_or_else(|| "/".to_owned())
}

fn page(options: &SignInOptions, viewer: Option<&Viewer>, return_to: &str, error: Option<&str>, left: bool) -> Node {
    let SignInOptions { providers, demo_accounts, organizations, own } = options;
    let nothing = providers.is_empty() && demo_accounts.is_empty() && !organizations;
    let both = !demo_accounts.is_empty() && (!providers.is_empty() || *organizations);
    html! {
        <PageMeta title="Sign in" description="Sign in to install integrations for your organization."/>
        <div class=classes(&[class::ENTRY, class::ENTRY_WIDE])>
            <div class=class::ENTRY_HEAD>
                <h1 tabindex="-1">"Sign in to OpenConductor"</h1>
                <p class=class::PAGE_LEAD>"Browsing needs no account. Installing does."</p>
            </div>
            {error.map(failed)}
            {(left && viewer.is_none()).then(left_last)}
            {viewer.map(|viewer| signed_in(viewer, return_to))}
            {own.as_ref().map(|own| issuers(std::slice::from_ref(own), return_to))}
            {issuers(providers, return_to)}
            {organizations.then(|| organization(return_to))}
            {both.then(|| html! { <p class=class::OR>"or look around with a demo account"</p> })}
            {demo(demo_accounts, return_to)}
            {nothing.then(nothing_configured)}
        </div>
    }
}

fn notice(tone: &'static str, icon: &'static str, role: &'static str, text: Node) -> Node {
    html! {
        <div class=classes(&[class::NOTICE, tone]) role=role>
            <Icon name=icon/>
            <div class=class::NOTICE_BODY>{text}</div>
        </div>
    }
}

fn failed(code: &str) -> Node {
    let (title, text) = match code {
        "expired" => ("The sign-in took too long", "Start again; it has to be finished within a few minutes."),
        "denied" => {
            ("The sign-in was refused", "The other side says that it was cancelled or is not allowed for this account.")
        }
        "email" => ("The e-mail address is not confirmed", "Confirm it where you sign in, then start again."),
        "unknown" => (
            "No organization uses this address",
            "Check the address. Your organization may not have a sign-in of its own here; use another way below.",
        ),
        "required" => (
            "Your organization has its own sign-in",
            "It only lets people in who use it. Enter your work address below.",
        ),
        "domain" => (
            "This address is not in your organization’s domains",
            "Sign in there with your work address, or ask your administrator to add its domain.",
        ),
        "role" => (
            "Your organization has no role for you",
            "Ask your administrator to put you into a group that may use the marketplace.",
        ),
        _ => ("Sign-in did not complete", "Try again. If it stays, tell whoever runs this marketplace."),
    };
    let text = html! { <p class=class::NOTICE_TITLE>{title}</p><p>{text}</p> };
    notice(class::TONE_BAD, icons::ALERT_CIRCLE, "alert", text)
}

/// Somebody was sent here because their session ended with their last organization.
fn left_last() -> Node {
    let text = html! {
        <p class=class::NOTICE_TITLE>"You left your last organization"</p>
        <p>"So you are signed out. Sign in again to begin a new organization of your own, or open an invitation."</p>
    };
    notice(class::TONE_INFO, icons::INFO, "status", text)
}

fn signed_in(viewer: &Viewer, return_to: &str) -> Node {
    let who = format!("You are signed in as {}, for {}. ", viewer.name, viewer.organization_name);
    let text = html! { <p>{who}<a href=return_to.to_owned()>"Go on"</a>", or sign in as somebody else."</p> };
    notice(class::TONE_INFO, icons::INFO, "status", text)
}

fn issuers(providers: &[SignInProvider], return_to: &str) -> Node {
    if providers.is_empty() {
        return Node::Nothing;
    }
    let buttons = providers
        .iter()
        .map(|it| {
            html! {
                <form method="post" action=format!("/auth/{}/start", it.key)>
                    <input type="hidden" name="return_to" value=return_to.to_owned()/>
                    <button class=classes(&[class::BTN, class::BTN_L, class::BTN_BLOCK])>
                        <Icon name=icons::KEY/>
                        {format!("Continue with {}", it.name)}
                    </button>
                </form>
            }
        })
        .collect::<Node>();
    html! { <div class=class::ISSUERS>{buttons}</div> }
}

/// An organization's own sign-in is found by the domain of an address.
fn organization(return_to: &str) -> Node {
    html! {
        <form class=class::FORM method="post" action="/auth/organization">
            <input type="hidden" name="return_to" value=return_to.to_owned()/>
            <div class=class::FIELD>
                <label class=class::LABEL for="email">"Your organization’s sign-in"</label>
                <div class=class::ACTIONS>
                    <input
                        class=classes(&[class::INPUT, class::GROW])
                        id="email"
                        name="email"
                        type="email"
                        required=true
                        autocomplete="username"
                        placeholder="you@company.example"
                    />
                    <button class=class::BTN><Icon name=icons::BUILDING/> "Go on"</button>
                </div>
            </div>
        </form>
    }
}

fn demo(accounts: &[DemoAccount], return_to: &str) -> Node {
    if accounts.is_empty() {
        return Node::Nothing;
    }
    let items = accounts.iter().map(|account| role(account, return_to)).collect::<Node>();
    html! {
        <ul class=class::ROLES>{items}</ul>
        <p class=classes(&[class::SMALL, class::MUTED, class::ENTRY_NOTE])>
            "Demo accounts need no password and exist only while this server runs as a demo."
        </p>
    }
}

fn role(account: &DemoAccount, return_to: &str) -> Node {
    let initials: String = account.name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    html! {
        <li>
            <form method="post" action="/auth/demo">
                <input type="hidden" name="key" value=account.key.clone()/>
                <input type="hidden" name="return_to" value=return_to.to_owned()/>
                <button class=class::ROLE>
                    <span class=class::ME aria-hidden="true">{initials}</span>
                    <span class=class::ROLE_NAME>{account.name.clone()}</span>
                    <Icon name=icons::ARROW_RIGHT flip=true/>
                    <span class=class::ROLE_NOTE>{account.role.clone()}</span>
                </button>
            </form>
        </li>
    }
}

fn nothing_configured() -> Node {
    let text = html! {
        <p class=class::NOTICE_TITLE>"No way to sign in is configured here"</p>
        <p>"Whoever runs this marketplace has to connect an identity provider first. Browsing works without."</p>
    };
    notice(class::TONE_WARN, icons::ALERT_TRIANGLE, "status", text)
}
