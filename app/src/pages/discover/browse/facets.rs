//! The facets: one GET form in a `details`, an open column on the desktop and a sheet on a phone.

use super::{Found, Scope};
use crate::components::{Icon, classes, count, number};
use crate::markup::{Node, html};
use contract::search::{Facet, FacetField, FacetValue};
use style::{class, icons};

/// Id of the form, for the order that belongs to it.
pub const FORM: &str = "filters";

/// Facets that begin closed: long or rarely needed.
const CLOSED: [FacetField; 3] = [FacetField::Support, FacetField::Auth, FacetField::Partner];

/// The form.
pub fn facets(scope: &Scope, found: &Found) -> Node {
    let chosen = found.query.filters.len();
    let mut open_text = String::from("Filters");
    if chosen > 0 {
        open_text.push_str(" (");
        open_text.push_str(&chosen.to_string());
        open_text.push(')');
    }
    let preset = scope.preset.as_ref().map(|filter| filter.field);
    let shown = found.page.facets.iter().filter(|facet| Some(facet.field) != preset && tells_apart(facet));
    let q = (!found.query.q.is_empty()).then(|| html! { <input type="hidden" name="q" value=found.query.q.clone()/> });
    let mut apply = String::from("Show ");
    apply.push_str(&count(found.page.total, "result"));
    html! {
        <form id=FORM action=scope.path.clone() method="get" aria-label="Filters">
            {q}
            <details class=class::FACETS>
                <summary class=classes(&[class::BTN, class::FACETS_OPEN])>
                    <Icon name=icons::SLIDERS/>
                    {open_text}
                </summary>
                <div class=class::FACETS_BODY>
                    {shown.map(facet).collect::<Node>()}
                    <div class=class::FACETS_APPLY>
                        <button class=classes(&[class::BTN, class::BTN_BLOCK])>{apply}</button>
                    </div>
                </div>
            </details>
        </form>
    }
}

/// Whether choosing a value changes anything: where there is one only, all have it. Most listings have no rating at all.
fn tells_apart(facet: &Facet) -> bool {
    facet.values.len() > 1 || facet.field == FacetField::Rating
}

fn facet(facet: &Facet) -> Node {
    let field = facet.field;
    let open = !CLOSED.contains(&field) || facet.values.iter().any(|value| value.selected);
    let values = arranged(facet).into_iter().map(|value| item(field, value)).collect::<Node>();
    html! {
        <details class=class::FACET open=open>
            <summary>
                {field.label()}
                <Icon name=icons::CHEVRON_DOWN small=true/>
            </summary>
            <fieldset class=class::FACET_LIST>
                <legend class=class::SR>{field.label()}</legend>
                {values}
            </fieldset>
        </details>
    }
}

/// Categories: each group followed by its leaves. Ratings: the best first. Everything else as it came.
fn arranged(facet: &Facet) -> Vec<&FacetValue> {
    if facet.field == FacetField::Rating {
        let mut values: Vec<&FacetValue> = facet.values.iter().collect();
        values.sort_by(|a, b| b.value.cmp(&a.value));
        return values;
    }
    if facet.field != FacetField::Category {
        return facet.values.iter().collect();
    }
    let group_of = |value: &FacetValue| value.value.split('/').next().map(str::to_owned);
    let groups = facet.values.iter().filter(|value| !value.value.contains('/'));
    let mut out: Vec<&FacetValue> = Vec::with_capacity(facet.values.len());
    for group in groups {
        out.push(group);
        let leaves = facet.values.iter().filter(|value| value.value.contains('/'));
        out.extend(leaves.filter(|leaf| group_of(leaf).as_deref() == Some(group.value.as_str())));
    }
    let alone = facet.values.iter().filter(|value| !out.iter().any(|other| other.value == value.value));
    let alone: Vec<&FacetValue> = alone.collect();
    out.extend(alone);
    out
}

fn item(field: FacetField, value: &FacetValue) -> Node {
    let below = if field == FacetField::Category && value.value.contains('/') { class::FACET_SUB } else { "" };
    html! {
        <label class=classes(&[class::CHECK, class::FACET_ITEM, below])>
            <input
                type="checkbox"
                name=field.as_str()
                value=value.value.clone()
                checked=value.selected
                prop:checked=value.selected
            />
            <span>{value.label.clone()}</span>
            <span class=class::COUNT>{number(value.count)}</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_stand_below_their_group() {
        let value =
            |value: &str| FacetValue { value: value.to_owned(), label: String::new(), count: 1, selected: false };
        let facet = Facet {
            field: FacetField::Category,
            values: ["a", "b/x", "b", "a/y", "c/z"].into_iter().map(value).collect(),
        };
        let order: Vec<&str> = arranged(&facet).into_iter().map(|value| value.value.as_str()).collect();
        assert_eq!(order, ["a", "a/y", "b", "b/x", "c/z"]);
    }
}
