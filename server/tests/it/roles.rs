//! Roles among the staff and in a partner's team, given by whoever runs the marketplace.

use crate::harness::{App, person};
use contract::PartnerId;
use contract::account::{PartnerRole, StaffRole};
use domain::Actor;
use domain::identity::{Roles, assign};

on_both!(
    somebody_becomes_staff_and_stops_to_be,
    somebody_joins_a_partners_team,
    only_verified_addresses_get_roles,
    nobody_gives_roles_to_themselves,
);

fn staff(role: Option<StaffRole>) -> impl FnOnce(Roles) -> Roles + Send {
    move |roles| Roles { staff: role, ..roles }
}

async fn somebody_becomes_staff_and_stops_to_be(app: &App) {
    let browser = app.arrives(&person("Sam", "sam@example.com", true)).await;
    browser.call("requested_listings", &[]).await.problem(403, "forbidden");
    for _ in 0..2 {
        let given = assign(&app.services, &Actor::System, " Sam@Example.com ", staff(Some(StaffRole::Reviewer))).await;
        assert_eq!(given.unwrap().0, "Sam");
    }
    assert_eq!(browser.call("requested_listings", &[]).await.status, 200, "with the session that is open");
    assert_eq!(app.recorded("marketplace", "person.roles").await, 1);
    assign(&app.services, &Actor::System, "sam@example.com", staff(None)).await.unwrap();
    browser.call("requested_listings", &[]).await.problem(403, "forbidden");
}

async fn somebody_joins_a_partners_team(app: &App) {
    let browser = app.arrives(&person("Pia", "pia@example.com", true)).await;
    let join =
        |id: &'static str| move |roles| Roles { partner: Some((PartnerId::from(id), PartnerRole::Admin)), ..roles };
    assert!(assign(&app.services, &Actor::System, "pia@example.com", join("nobody")).await.is_err());
    assign(&app.services, &Actor::System, "pia@example.com", join("prometheus")).await.unwrap();
    assert_eq!(browser.viewer().await["partner"], "prometheus");
    assert_eq!(browser.call("partner_dashboard", &[]).await.status, 200);
}

async fn only_verified_addresses_get_roles(app: &App) {
    app.arrives(&person("Eve", "eve@example.com", false)).await;
    for unknown in ["eve@example.com", "nobody@example.com", ""] {
        assert!(assign(&app.services, &Actor::System, unknown, staff(Some(StaffRole::Operator))).await.is_err());
    }
}

async fn nobody_gives_roles_to_themselves(app: &App) {
    app.arrives(&person("Sam", "sam@example.com", true)).await;
    assert!(assign(&app.services, &Actor::Visitor, "sam@example.com", staff(Some(StaffRole::Operator))).await.is_err());
}
