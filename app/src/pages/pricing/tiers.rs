//! What a seat costs by the number of seats.

use super::words::seats;
use crate::components::classes;
use crate::markup::{Child, Node, html};
use contract::plan::{Interval, PlanView};
use style::class;

/// The table; nothing where a seat always costs the same.
pub(super) fn tiers(plan: &PlanView, interval: Interval) -> Option<Node> {
    if plan.tiers.is_empty() {
        return None;
    }
    let rows = plan.tiers.iter().map(|tier| {
        html! {
            <tr>
                <th scope="row">{seats(tier)}</th>
                <td class=class::NUM>{tier.price(interval).short()}</td>
            </tr>
        }
    });
    let mut price = String::from("Each, ");
    price.push_str(if interval == Interval::Annual { "a year" } else { "a month" });
    let view = html! {
        <table class=classes(&[class::TABLE, class::PLAN_TIERS])>
            <caption class=class::SR>{plan.name.clone()} ": price of a seat by the number of seats"</caption>
            <thead>
                <tr>
                    <th scope="col">"Seats"</th>
                    <th scope="col" class=class::NUM>{price}</th>
                </tr>
            </thead>
            <tbody>{rows.collect::<Node>()}</tbody>
        </table>
    };
    Some(view.into_node())
}
