//! Every page route, in one table.

use crate::components::{Loading, SitePaths, ViewerResource, footer, header};
use crate::pages::account::SignIn;
use crate::pages::billing::{BillPage, ChangePage};
use crate::pages::choose::{AlertNoisePage, CalculatorsPage, CollectionPage, CollectionsPage, ComparePage, ReturnPage};
use crate::pages::coverage::CoveragePage;
use crate::pages::discover::{CategoryPage, HomePage, PartnerPage, SearchPage};
use crate::pages::install::WizardPage;
use crate::pages::installed::{ApprovalPage, ApprovalsPage, InstallationPage, InstalledPage};
use crate::pages::listing::ListingPage;
use crate::pages::not_found::NotFound;
use crate::pages::partner::{OffersPage, PartnerDashboardPage, RevenuePage};
use crate::pages::reviews::ReviewFormPage;
use crate::pages::settings::{
    AccountPage, AuditPage, InboxPage, JoinPage, MembersPage, OrganizationPage, OrganizationSignInPage, PolicyEditPage,
    PolicyPage, TokensPage, UnsubscribePage,
};
use crate::pages::staff::{DiscoveryPage, ModerationPage, RequestsPage};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, SsrMode, path};
use style::class;

/// The application: header, the page that belongs to the address, footer.
///
/// All pages are sent whole (`SsrMode::Async`), so that they work without a script. The code of each is a download of its
/// own, so that a visitor fetches the frame and the page in front of them, and nothing else.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    SitePaths::provide();
    ViewerResource::provide();
    let loading = Loading(RwSignal::new(false));
    provide_context(loading);
    let (routing, set_routing) = signal(false);
    let busy = Signal::derive(move || routing.get() || loading.0.get());
    view! {
        <Router set_is_routing=set_routing>
            <a class=class::SKIP href="#main" rel="external">"Skip to content"</a>
            {header(busy)}
            <main class=crate::components::classes(&[class::MAIN, class::WRAP]) id="main" tabindex="-1">
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/") view={Lazy::<HomePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/search") view={Lazy::<SearchPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/categories/:group") view={Lazy::<CategoryPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/categories/:group/:leaf") view={Lazy::<CategoryPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/compare") view={Lazy::<ComparePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/collections") view={Lazy::<CollectionsPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/collections/:slug") view={Lazy::<CollectionPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/calculators") view={Lazy::<CalculatorsPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/calculators/alert-noise") view={Lazy::<AlertNoisePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/calculators/return") view={Lazy::<ReturnPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/coverage") view={Lazy::<CoveragePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/partners/:id") view={Lazy::<PartnerPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/integrations/:id") view={Lazy::<ListingPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/integrations/:id/install") view={Lazy::<WizardPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/integrations/:id/review") view={Lazy::<ReviewFormPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/installed") view={Lazy::<InstalledPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/installed/:id") view={Lazy::<InstallationPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/billing") view={Lazy::<BillPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/billing/:id") view={Lazy::<ChangePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/partner") view={Lazy::<PartnerDashboardPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/partner/offers") view={Lazy::<OffersPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/partner/revenue") view={Lazy::<RevenuePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/staff/requests") view={Lazy::<RequestsPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/staff/discovery") view={Lazy::<DiscoveryPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/staff/moderation") view={Lazy::<ModerationPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/inbox") view={Lazy::<InboxPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/join/:token") view={Lazy::<JoinPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/members") view={Lazy::<MembersPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/organization") view={Lazy::<OrganizationPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/sign-in") view={Lazy::<OrganizationSignInPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/approvals") view={Lazy::<ApprovalsPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/approvals/:id") view={Lazy::<ApprovalPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/policy") view={Lazy::<PolicyPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/policy/edit") view={Lazy::<PolicyEditPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/account") view={Lazy::<AccountPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings/tokens") view={Lazy::<TokensPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/audit") view={Lazy::<AuditPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/unsubscribe") view={Lazy::<UnsubscribePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view={Lazy::<SignIn>::new()} ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
            {footer()}
        </Router>
    }
}
