//! What is used of a metered plan: against its cap, day by day with a forecast, and the form that sets the cap.

use crate::components::{Column, classes, field_error, figures_table};
use crate::markup::{Node, html};
use crate::pages::installed::failed::notice;
use crate::remote::FormAction;
use contract::Timestamp;
use contract::usage::{AtCap, UsageView};
use style::class;

const DAY_MS: i64 = 86_400_000;
/// Width of a day in the picture, and height of the fullest.
const DAY_WIDTH: i64 = 12;
const HEIGHT: i64 = 100;
/// Days ahead that are drawn at most.
const MOST_AHEAD: i64 = 92;

/// The panel of one subscription. `set` is its own form, for `set_cap`.
pub fn usage_panel(it: &UsageView, may_manage: bool, set: FormAction) -> Node {
    let lead = format!(
        "{} plan, {} to {}. {} are included; then {} for each {}.",
        it.plan,
        it.from.date(),
        it.until.date(),
        it.unit.amount(it.included),
        it.price.short(),
        it.unit.amount(it.per)
    );
    html! {
        <section class=class::PANEL>
            <div class=class::PANEL_HEAD>
                <h2 class=class::PANEL_TITLE>{it.name.clone()}</h2>
            </div>
            <div class=classes(&[class::PANEL_BODY, class::STACK, class::STACK_S])>
                <p class=class::HELP>{lead}</p>
                {standing(it)}
                {against(it)}
                {days(it)}
                {may_manage.then(|| form(it, set))}
            </div>
        </section>
    }
}

/// In one sentence: used, what it costs, what it comes to.
fn standing(it: &UsageView) -> Node {
    let cap = match &it.cap {
        Some(cap) if it.at_cap && cap.at == AtCap::Stop => "The cap is reached: what arrives is refused. ",
        Some(_) if it.at_cap => "The cap is reached. ",
        _ => "",
    };
    let stops = it.cap.is_some_and(|cap| cap.at == AtCap::Stop && it.forecast >= cap.cap && !it.at_cap);
    let text = format!(
        "{} used, {} so far. Going on like this it comes to {}{} and {}.",
        it.unit.amount(it.used),
        it.cost_so_far.short(),
        it.unit.amount(it.forecast),
        if stops { ", where the cap stops it," } else { "" },
        it.forecast_cost.short()
    );
    html! { <p><strong>{cap}</strong>{text}</p> }
}

/// A part of a whole in thousandths.
fn part(amount: i64, whole: i64) -> i64 {
    let thousandths = i128::from(amount.max(0)) * 1000 / i128::from(whole.max(1));
    i64::try_from(thousandths.min(1000)).unwrap_or(1000)
}

/// The bar against the cap, or against what is included where there is none; the forecast paler behind it.
fn against(it: &UsageView) -> Node {
    let (limit, what) = it.cap.map_or((it.included, "what is included"), |cap| (cap.cap, "the cap"));
    if limit <= 0 {
        return html! {};
    }
    let whole = limit.max(it.used);
    let percent = i128::from(it.used) * 100 / i128::from(limit);
    let text = format!("{} of {}", it.unit.number(it.used), it.unit.amount(limit));
    let summary = format!("{text} of {what}, {percent} %");
    html! {
        <figure class=class::BARS role="img" aria-label=summary>
            <div class=class::BAR>
                <span>{format!("{percent} % of {what}")}</span>
                <svg viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=part(it.used, whole).to_string() height="12" rx="3"/>
                    <rect class=class::USAGE_AHEAD width=part(it.forecast, whole).to_string() height="12" rx="3"/>
                </svg>
                <span class=class::NUM>{text}</span>
            </div>
        </figure>
    }
}

/// Days ahead with what is forecast for each: what is left of the forecast, spread evenly.
fn ahead(it: &UsageView) -> Vec<(Timestamp, i64)> {
    let left = i128::from(it.until.since(it.now).max(1));
    let more = i128::from(it.forecast.saturating_sub(it.used).max(0));
    let a_day = i64::try_from(more * i128::from(DAY_MS) / left).unwrap_or(i64::MAX);
    let Some((last, _)) = it.days.last() else { return Vec::new() };
    let next = (1..=MOST_AHEAD).map(|number| last.plus_ms(number * DAY_MS));
    next.take_while(|day| *day < it.until).map(|day| (day, a_day)).collect()
}

/// The picture of the days, and the table with the same numbers.
fn days(it: &UsageView) -> Node {
    let ahead = ahead(it);
    let most = it.days.iter().chain(&ahead).map(|(_, quantity)| *quantity).max().unwrap_or_default();
    let bar = |index: usize, quantity: i64, forecast: bool| {
        // What is little is still there.
        let height = (part(quantity, most) * HEIGHT / 1000).max(i64::from(quantity > 0));
        let x = i64::try_from(index).unwrap_or_default() * DAY_WIDTH + 1;
        html! {
            <rect
                class=if forecast { class::USAGE_AHEAD } else { class::USAGE_DAY }
                x=x.to_string()
                y=(HEIGHT - height).to_string()
                width=(DAY_WIDTH - 2).to_string()
                height=height.to_string()
            />
        }
    };
    let used = it.days.iter().map(|(_, quantity)| (*quantity, false));
    let all = used.chain(ahead.iter().map(|(_, quantity)| (*quantity, true)));
    let picture = all.enumerate().map(|(index, (quantity, forecast))| bar(index, quantity, forecast)).collect::<Node>();
    let number = i64::try_from(it.days.len() + ahead.len()).unwrap_or(1).max(1);
    let summary = format!("{} by day, with the forecast for the days ahead; the table says the same", it.unit.plural());
    html! {
        <figure class=class::USAGE_CHART role="img" aria-label=summary>
            <svg
                viewBox=format!("0 0 {} {HEIGHT}", number * DAY_WIDTH)
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                {picture}
            </svg>
            <figcaption>
                <span>{it.from.date()}</span>
                <span>{format!("paler: forecast · {}", it.until.date())}</span>
            </figcaption>
        </figure>
        <details class=class::REVIEW_MORE>
            <summary>"The same in numbers"</summary>
            {figures_table(
                "Use by day",
                &[Column::Text("Day (UTC)"), Column::Text(""), Column::Number(it.unit.plural())],
                rows(it, &ahead),
            )}
        </details>
    }
}

fn rows(it: &UsageView, ahead: &[(Timestamp, i64)]) -> Node {
    let row = |day: &Timestamp, what: &'static str, quantity: i64| {
        html! {
            <tr><td>{day.date()}</td><td>{what}</td><td class=class::NUM>{it.unit.number(quantity)}</td></tr>
        }
    };
    let used = it.days.iter().map(|(day, quantity)| row(day, "used", *quantity));
    used.chain(ahead.iter().map(|(day, quantity)| row(day, "forecast", *quantity))).collect::<Node>()
}

/// What is wrong with the cap.
fn wrong(set: FormAction) -> Option<String> {
    let problem = set.problem().filter(|it| it.0.field.as_deref() == Some("cap"));
    problem.map(|it| format!("{} {}", it.0.detail, it.0.next_step))
}

fn form(it: &UsageView, set: FormAction) -> Node {
    let id = format!("cap-{}", it.subscription);
    let error = format!("{id}-e");
    let at = format!("{id}-at");
    let now = it.cap.map(|cap| cap.cap / it.unit.counted());
    let chosen = it.cap.map_or(AtCap::Stop, |cap| cap.at);
    let choices = AtCap::ALL
        .iter()
        .map(|choice| {
            let selected = (*choice == chosen).then_some("");
            html! { <option value=choice.as_str() selected=selected>{choice.label()}</option> }
        })
        .collect::<Node>();
    html! {
        {move || set.problem().filter(|problem| problem.0.field.as_deref() != Some("cap")).map(|problem| notice(&problem.0))}
        <form class=classes(&[class::FORM, class::FORM_NARROW]) action=set.address() method="post" on:submit=move |event| set.submit(&event)>
            <input type="hidden" name="subscription" value=it.subscription.clone()/>
            <div class=class::FIELD>
                <label class=class::LABEL for=id.clone()>{format!("Cap in {} a billing period", it.unit.plural())}</label>
                <input
                    class=class::INPUT
                    id=id.clone()
                    name="cap"
                    inputmode="numeric"
                    autocomplete="off"
                    value=now.map(|it| it.to_string()).unwrap_or_default()
                    aria-invalid=move || wrong(set).map(|_| "true")
                    aria-describedby=error.clone()
                />
                <div id=error.clone()>
                    {move || wrong(set).map(|text| field_error("cap-x".to_owned(), text))}
                </div>
                <p class=class::HELP>"Leave it empty for no cap. People are told at 80 % and at 100 %."</p>
            </div>
            <div class=class::FIELD>
                <label class=class::LABEL for=at.clone()>"At the cap"</label>
                <select class=classes(&[class::INPUT, class::SELECT]) id=at.clone() name="at">{choices}</select>
            </div>
            <div class=class::ACTIONS>
                <button class=class::BTN aria-busy=move || set.busy()>"Save the cap"</button>
            </div>
        </form>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use contract::money::{Currency, Money};
    use contract::usage::{CapView, UsageUnit};
    use leptos::prelude::{Owner, RenderHtml};

    fn view() -> UsageView {
        let day = |number: i64| Timestamp(20_000 * DAY_MS).plus_ms(number * DAY_MS);
        let usd = |minor| Money::new(minor, Currency::USD);
        UsageView {
            subscription: "sub_1".to_owned(),
            listing: "monitor".into(),
            name: "Test <Monitor>".to_owned(),
            plan: "Usage".to_owned(),
            unit: UsageUnit::Event,
            included: 1_000,
            price: usd(100),
            per: 1_000,
            used: 1_200,
            cap: Some(CapView { cap: 5_000, at: AtCap::Stop }),
            at_cap: false,
            forecast: 2_400,
            days: vec![(day(0), 600), (day(1), 600)],
            cost_so_far: usd(100),
            forecast_cost: usd(200),
            from: day(0),
            until: day(4),
            now: day(2),
        }
    }

    fn rendered(it: &UsageView, may_manage: bool) -> String {
        Owner::new().with(|| usage_panel(it, may_manage, FormAction::new("set_cap")).to_html())
    }

    #[test]
    fn the_picture_and_the_table_say_the_same() {
        let html = rendered(&view(), false);
        for text in ["1,200 events used, $1 so far", "2,400 events and $2", "24 % of the cap", "Test &lt;Monitor&gt;"] {
            assert!(html.contains(text), "{text}: {html}");
        }
        // 1,200 more in the two days that are left.
        assert_eq!(ahead(&view()).iter().map(|(_, quantity)| *quantity).collect::<Vec<_>>(), [600, 600]);
        assert_eq!(html.matches(">used</td>").count(), 2);
        assert_eq!(html.matches(">forecast</td>").count(), 2);
        assert_eq!(html.matches("class=\"usage-day\"").count(), 2);
        assert!(!html.contains("<form"), "whoever may not set a cap sees no form");
    }

    #[test]
    fn the_form_holds_the_cap_in_whole_units() {
        let html = rendered(&view(), true);
        assert!(html.contains("action=\"/api/fn/set_cap\"") && html.contains("value=\"5000\""), "{html}");
        let gb =
            UsageView { unit: UsageUnit::Gb, cap: Some(CapView { cap: 2_000_000_000, at: AtCap::Warn }), ..view() };
        assert!(rendered(&gb, true).contains("value=\"2\""));
    }

    #[test]
    fn nothing_used_and_nothing_included_is_shown_too() {
        let it = UsageView { used: 0, forecast: 0, included: 0, cap: None, days: vec![], ..view() };
        assert!(rendered(&it, true).contains("0 events used"));
        let full = UsageView { used: i64::MAX, forecast: i64::MAX, days: vec![(Timestamp(0), i64::MAX)], ..view() };
        assert!(!rendered(&full, true).is_empty());
    }
}
