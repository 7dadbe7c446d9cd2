//! Everything in one currency: figures, twelve months as a picture and in numbers, sums, statements.

use crate::components::{Column, classes, figures_table, number};
use crate::markup::{Node, html};
use contract::money::Money;
use contract::revenue::{CurrencyRevenue, MonthSum, NamedSum, RunState, StatementSum};
use style::class;

/// Width of the picture for each month, and of the gap beside its column.
const SLOT: i64 = 100;
const GAP: i64 = 24;
/// Height of the picture.
const HEIGHT: i64 = 300;

/// The section of a currency.
pub fn section(it: &CurrencyRevenue) -> Node {
    let code = it.currency.code();
    html! {
        <section class=class::SECTION aria-labelledby=format!("in-{code}")>
            <div class=class::SECTION_HEAD><h2 class=class::SECTION_TITLE id=format!("in-{code}")>{format!("In {code}")}</h2></div>
            {figures(it)}
            <h3>"The last 12 months"</h3>
            {picture(it)}
            {months(&it.months)}
            <h3>"By listing"</h3>
            {sums("Earned by listing", "Listing", &it.listings)}
            <h3>"By plan"</h3>
            {sums("Earned by plan", "Plan", &it.plans)}
            {(!it.statements.is_empty()).then(|| statements(&it.statements))}
        </section>
    }
}

fn figure(label: &'static str, amount: Money, note: String) -> Node {
    let note = (!note.is_empty()).then(|| html! { <dd class=classes(&[class::SMALL, class::MUTED])>{note}</dd> });
    html! { <div class=class::FIGURE><dt>{label}</dt><dd>{amount.to_string()}</dd>{note}</div> }
}

fn figures(it: &CurrencyRevenue) -> Node {
    let next = it.next.as_ref().map_or_else(
        || figure("Next payout", Money::new(0, it.currency), "Nothing is due.".to_owned()),
        |next| {
            let date = next.at.date();
            let note = if next.note.is_empty() { date } else { format!("{date}. {}", next.note) };
            figure("Next payout", next.amount, note)
        },
    );
    html! {
        <dl class=classes(&[class::FIGURES, class::FIGURES_THREE, class::BELOW])>
            {figure("Earned", it.earned, "After refunds.".to_owned())}
            {figure("Pending", it.pending, "Sold recently; it may go back.".to_owned())}
            {figure("Owed", it.owed, "For the next payouts.".to_owned())}
            {figure("On its way", it.on_its_way, "Sent, and not at your bank yet.".to_owned())}
            {figure("Paid", it.paid, "At your bank.".to_owned())}
            {next}
        </dl>
    }
}

/// Columns of one scale. The table below says the same in numbers.
fn picture(it: &CurrencyRevenue) -> Node {
    let most = it.months.iter().map(|month| month.earned.minor).max().unwrap_or_default().max(0);
    let lowest = it.months.iter().map(|month| month.earned.minor).min().unwrap_or_default().min(0);
    let span = most.saturating_sub(lowest).max(1);
    let height = |minor: i64| i64::try_from(i128::from(minor) * i128::from(HEIGHT) / i128::from(span)).unwrap_or(0);
    let zero = height(most);
    let columns = it.months.iter().zip(0_i64..).map(|(month, at)| {
        let tall = height(month.earned.minor);
        let top = if tall < 0 { zero } else { zero - tall };
        let (x, y) = ((at * SLOT + GAP / 2).to_string(), top.to_string());
        html! { <rect x=x y=y width=(SLOT - GAP).to_string() height=tall.abs().to_string()/> }
    });
    let columns = columns.collect::<Node>();
    let width = SLOT * i64::try_from(it.months.len()).unwrap_or(1);
    let label = |at: Option<&MonthSum>| at.map(|it| it.month.label()).unwrap_or_default();
    let (first, last) = (label(it.months.first()), label(it.months.last()));
    let summary = format!("Earned by month from {first} to {last}, at most {}.", Money::new(most, it.currency));
    html! {
        <figure class=classes(&[class::COLUMNS, class::BELOW]) role="img" aria-label=summary>
            <svg viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
                {columns}
                <path d=format!("M0 {zero}H{width}")/>
            </svg>
            <figcaption><span>{first}</span><span>{last}</span></figcaption>
        </figure>
    }
}

fn amount(money: Money) -> Node {
    html! { <td class=classes(&[class::NUM, class::NOWRAP])>{money.to_string()}</td> }
}

fn months(months: &[MonthSum]) -> Node {
    let columns =
        [Column::Text("Month"), Column::Number("Sales"), Column::Number("Gone back"), Column::Number("Earned")];
    let row = |it: &MonthSum| {
        html! {
            <tr>
                <th scope="row" class=class::NOWRAP>{it.month.label()}</th>
                {amount(it.sales)}
                {amount(it.refunds)}
                {amount(it.earned)}
            </tr>
        }
    };
    // The months before the first sale say nothing.
    let quiet = |it: &&MonthSum| it.sales.minor == 0 && it.refunds.minor == 0 && it.earned.minor == 0;
    let since = months.iter().skip_while(quiet).collect::<Vec<_>>();
    figures_table("Earned by month", &columns, since.into_iter().rev().map(row).collect())
}

fn sums(label: &'static str, head: &'static str, sums: &[NamedSum]) -> Node {
    let row = |it: &NamedSum| {
        let name = if it.href.is_empty() {
            html! { <span>{it.name.clone()}</span> }
        } else {
            html! { <a href=it.href.clone()>{it.name.clone()}</a> }
        };
        let note = (!it.note.is_empty()).then(|| html! { <span class=class::CELL_NOTE>{it.note.clone()}</span> });
        html! {
            <tr>
                <th scope="row">{name} {note}</th>
                <td class=class::NUM>{number(it.sales.into())}</td>
                {amount(it.earned)}
            </tr>
        }
    };
    let columns = [Column::Text(head), Column::Number("Invoice lines"), Column::Number("Earned")];
    figures_table(label, &columns, sums.iter().map(row).collect())
}

const fn tone(state: RunState) -> &'static str {
    match state {
        RunState::Posted => class::TONE_OK,
        RunState::Planned => class::TONE_WARN,
        RunState::Sent => class::TONE_INFO,
        RunState::Carried | RunState::Reversed => class::TONE_STILL,
    }
}

fn statements(statements: &[StatementSum]) -> Node {
    let row = |it: &StatementSum| {
        let waits = (!it.waits.is_empty()).then(|| html! { <span class=class::CELL_NOTE>{it.waits.clone()}</span> });
        let file = format!("/partner/statements/{}.csv", it.month);
        html! {
            <tr>
                <th scope="row" class=class::NOWRAP>
                    <a href=format!("/partner/revenue?month={}#lines", it.month)>{it.month.label()}</a>
                </th>
                {amount(it.carried)}
                {amount(it.earned)}
                {amount(it.total)}
                <td><span class=classes(&[class::PILL, tone(it.state)])>{it.state.label()}</span> {waits}</td>
                <td>
                    <a href=file rel="external" download="">
                        "CSV"
                        <span class=class::SR>{format!(" of {}", it.month.label())}</span>
                    </a>
                </td>
            </tr>
        }
    };
    let columns = [
        Column::Text("Statement"),
        Column::Number("From before"),
        Column::Number("Of the month"),
        Column::Number("Total"),
        Column::Text("State"),
        Column::Text("Export"),
    ];
    html! {
        <h3>"Statements"</h3>
        {figures_table("Statements", &columns, statements.iter().map(row).collect())}
    }
}
