//! `/integrations/:id/install?installation=…&step=…`: loads what the wizard shows and picks the step.

use super::{connect, frame, plan, prove, review, test};
use crate::components::{PageMeta, load, not_found_page, skeleton};
use crate::markup::{Node, html};
use crate::pages::installed::live::Live;
use crate::remote::{FormAction, resource};
use crate::server_fns::install::ask_wizard;
use contract::install::{WizardStep, WizardView};
use contract::{ErrorCode, InstallationId, ListingId};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};
use style::class;

/// What the address names.
type Address = (ListingId, Option<InstallationId>);

/// What the steps can do.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub order: FormAction,
    pub begin: FormAction,
    pub ask: FormAction,
    pub save: FormAction,
    pub test: FormAction,
    pub prove: FormAction,
}

impl Actions {
    fn new() -> Self {
        Self {
            order: FormAction::new("/billing/checkout"),
            begin: FormAction::new("begin_install"),
            ask: FormAction::new("request_approval"),
            save: FormAction::new("save_connection"),
            test: FormAction::new("test_connection"),
            prove: FormAction::new("prove_connection"),
        }
    }

    /// All that alter the installation.
    fn ended(self) -> [Ended; 3] {
        [self.save, self.test, self.prove].map(ended)
    }
}

/// How often an action has ended, and whether it was refused the last time because the session is over.
type Ended = (usize, bool);

fn ended(action: FormAction) -> Ended {
    let refused = action.problem_untracked().is_some_and(|problem| problem.0.code == ErrorCode::SignInRequired);
    (action.version(), refused)
}

/// The installation wizard.
pub struct WizardPage;

#[lazy_route]
impl LazyRoute for WizardPage {
    fn data() -> Self {
        Self
    }

    // The resource is made here and not in `data`, so that its types are not part of the first download.
    fn view(this: Self) -> AnyView {
        let WizardPage = this;
        let address = address();
        let data = resource(move || {
            let (listing, installation) = address.get();
            ask_wizard(listing, installation)
        });
        let actions = Actions::new();
        Effect::new(move |before: Option<[Ended; 3]>| {
            let now = actions.ended();
            // When the session is over, asking again would put a page about that in the place of what was entered.
            let again = |(before, now): (Ended, Ended)| before.0 != now.0 && !now.1;
            if before.is_some_and(|before| before.into_iter().zip(now).any(again)) {
                data.refetch();
            }
            now
        });
        let live = Live::new(move || data.refetch());
        let query = use_query_map();
        let step = Memo::new(move |_| query.read().get("step").and_then(|name| WizardStep::parse(&name)));
        let page = load(data, skeleton::lines, move |view: Option<WizardView>| {
            let Some(view) = view else { return not_found_page() };
            // Before Review is confirmed there is nothing to connect, whatever the address says.
            let asked = step.get();
            let step = match view.installation {
                None if plan::comes_first(&view, asked, query.read().get("plan").is_some()) => WizardStep::Plan,
                None => WizardStep::Review,
                Some(_) => asked.filter(|step| *step != WizardStep::Plan).unwrap_or(WizardStep::Connect),
            };
            match (&view.installation, step) {
                (Some(id), WizardStep::Prove) => live.follow(id, view.events.iter().map(|it| it.sequence).max()),
                _ => live.stop(),
            }
            let wish = plan::Wish::of(&query.read());
            page(&view, step, actions, &wish)
        });
        html! { <div class=class::WIZARD>{page}</div> }.into_any()
    }
}

fn page(view: &WizardView, step: WizardStep, actions: Actions, wish: &plan::Wish) -> Node {
    let content = match step {
        WizardStep::Plan => plan::step(view, actions, wish),
        WizardStep::Review => review::step(view, actions),
        WizardStep::Connect => connect::step(view, actions),
        WizardStep::Test => test::step(view, actions),
        WizardStep::Prove => prove::step(view, actions),
    };
    html! {
        <PageMeta
            title=format!("{} · Install {}", step.label(), view.listing.name)
            description=format!("Connect {} and see that data arrives.", view.listing.name)
            part=step.as_str()
        />
        {frame::head(view)}
        {frame::steps(view, step)}
        {content}
    }
}

/// The listing and the installation of the address. It stays as it was while another page is being opened.
fn address() -> Memo<Address> {
    let path = use_location().pathname;
    let params = use_params_map();
    let query = use_query_map();
    Memo::new(move |before: Option<&Address>| {
        if let (Some(before), false) = (before, path.read().ends_with("/install")) {
            return before.clone();
        }
        let listing = params.read().get("id").unwrap_or_default();
        (ListingId(listing), query.read().get("installation").filter(|id| !id.is_empty()).map(InstallationId))
    })
}
