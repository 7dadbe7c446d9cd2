//! The map: what is mentioned, by category and by where it stands.

use super::standing::Standing;
use crate::components::classes;
use crate::markup::{Node, html};
use contract::coverage::{CoverageView, KnownTechnology, TechnologyListing};
use coverage::Assessment;
use style::class;

/// A table of categories; nothing where nothing is known.
pub fn map(known: &CoverageView, outcome: &Assessment, signed_in: bool) -> Option<Node> {
    let found: Vec<&KnownTechnology> =
        outcome.found.iter().filter_map(|it| known.technologies.get(it.technology)).collect();
    // A column is there when something is in it; nobody reads empty ones on a phone.
    let columns: Vec<Standing> =
        Standing::ALL.into_iter().filter(|it| found.iter().any(|found| Standing::of(found) == *it)).collect();
    let rows = known.leaves.iter().filter_map(|(path, name)| {
        let here: Vec<&KnownTechnology> = found.iter().copied().filter(|it| it.leaf == *path).collect();
        (!here.is_empty()).then(|| row(path, name, &here, &columns, signed_in))
    });
    let rows: Vec<Node> = rows.collect();
    if rows.is_empty() {
        return None;
    }
    let heads = columns.iter().map(|it| html! { <th scope="col">{it.label(signed_in)}</th> }).collect::<Node>();
    let sign_in = (!signed_in).then(|| {
        html! {
            <p class=classes(&[class::SMALL, class::MUTED, class::BELOW])>
                <a href="/sign-in?return_to=%2Fcoverage">"Sign in"</a>
                " to see what your organization has already. The files stay here: choose them once more then."
            </p>
        }
    });
    Some(html! {
        <section aria-labelledby="map">
            <div class=class::SECTION_HEAD><h2 class=class::SECTION_TITLE id="map">"Map by category"</h2></div>
            {sign_in}
            <div class=class::TABLE_BOX tabindex="0" role="region" aria-label="Technologies by category">
                <table class=classes(&[class::TABLE, class::TABLE_STACK])>
                    <thead><tr><th scope="col">"Category"</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    })
}

fn row(path: &str, name: &str, here: &[&KnownTechnology], columns: &[Standing], signed_in: bool) -> Node {
    let cells = columns
        .iter()
        .map(|standing| {
            let those: Vec<&&KnownTechnology> = here.iter().filter(|it| Standing::of(it) == *standing).collect();
            if those.is_empty() {
                return html! { <td class=class::MAP_NONE><span class=class::SR>"None"</span></td> };
            }
            let items = those.into_iter().map(|it| technology(it, *standing)).collect::<Node>();
            html! { <td data-label=standing.label(signed_in)><ul class=class::MAP_CELL>{items}</ul></td> }
        })
        .collect::<Node>();
    html! {
        <tr>
            <th class=class::MAP_LEAF scope="row"><a href=format!("/categories/{path}")>{name.to_owned()}</a></th>
            {cells}
        </tr>
    }
}

fn technology(it: &KnownTechnology, standing: Standing) -> Node {
    let link =
        |listing: &TechnologyListing| html! { <a href=format!("/integrations/{}", listing.id)>{it.name.clone()}</a> };
    let name = it.listing.as_ref().map_or_else(|| html! { <span>{it.name.clone()}</span> }, link);
    html! { <li class=classes(&[class::PILL, class::PILL_DOT, standing.tone()])>{name}</li> }
}
