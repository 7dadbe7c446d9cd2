//! What a partner sees of their money: figures, statements, and each line with the reason for it.

mod export;
mod figures;
mod words;

pub use export::statement_csv;

use super::payout::closing::{closed, earned, of_currency};
use super::payout::{HOLD_DAYS, PlacedLine, THRESHOLD_MAJOR, books_of, placed};
use crate::permission::Permission;
use crate::ports::{PayoutRun, Selling};
use crate::{Actor, Result, Services};
use contract::money::Currency;
use contract::revenue::{PayoutSetup, RevenueView};
use contract::{ListingId, Month, PartnerId, PublicError};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Lines on a page; the export has all.
const MOST_LINES: usize = 200;

/// The partner of whoever asks.
fn partner_of(actor: &Actor) -> Result<&PartnerId> {
    let person = actor.require(Permission::SeeRevenue)?;
    let partner = person.viewer.partner.as_ref();
    partner.ok_or_else(|| PublicError::forbidden(Permission::SeeRevenue.what()).into())
}

/// What is sold, for people.
#[derive(Default)]
struct Names {
    /// Names of listings, and of their plans by id.
    listings: HashMap<ListingId, (String, BTreeMap<String, String>)>,
}

impl Names {
    async fn of(services: &Services, lines: &[PlacedLine]) -> Result<Self> {
        let ids: BTreeSet<&ListingId> = lines.iter().filter_map(|it| it.line.reason.listing.as_ref()).collect();
        let mut names = Self::default();
        for id in ids {
            let Some(listing) = services.catalogue.listing(id).await? else { continue };
            let plans = listing.manifest.pricing.plan.iter().map(|plan| (plan.id.clone(), plan.name.clone()));
            names.listings.insert(id.clone(), (listing.manifest.name.clone(), plans.collect()));
        }
        Ok(names)
    }

    fn listing(&self, id: &ListingId) -> String {
        self.listings.get(id).map_or_else(|| id.0.clone(), |(name, _)| name.clone())
    }

    /// A plan; what is not sold any more is known by its id.
    fn plan(&self, listing: &ListingId, plan: &str) -> String {
        let known = self.listings.get(listing).and_then(|(_, plans)| plans.get(plan));
        known.cloned().unwrap_or_else(|| plan.to_owned())
    }
}

/// Everything of a partner in one currency.
struct Account<'a> {
    currency: Currency,
    lines: Vec<&'a PlacedLine>,
    runs: Vec<&'a PayoutRun>,
    /// For each line the place of its run.
    places: Vec<Option<usize>>,
    on_its_way: i128,
}

impl<'a> Account<'a> {
    fn new(currency: Currency, all: &'a [PlacedLine], runs: &'a [PayoutRun], on_its_way: i128) -> Self {
        let runs = of_currency(runs, currency);
        let lines: Vec<PlacedLine> = all.iter().filter(|it| it.line.amount.currency == currency).cloned().collect();
        let places = closed(&lines, &runs);
        let lines = all.iter().filter(|it| it.line.amount.currency == currency).collect();
        Self { currency, lines, runs, places, on_its_way }
    }

    /// Lines of the statement of a month; without one, of none.
    fn of_month(&self, month: Option<Month>) -> impl Iterator<Item = &'a PlacedLine> + '_ {
        let wanted = move |place: &Option<usize>| place.map(|at| self.runs[at].month) == month;
        let both = self.lines.iter().zip(&self.places);
        both.filter(move |(line, place)| earned(line) && wanted(place)).map(|(line, _)| *line)
    }
}

fn accounts<'a>(
    books: &[crate::ports::Posted],
    lines: &'a [PlacedLine],
    runs: &'a [PayoutRun],
    partner: &PartnerId,
) -> Vec<Account<'a>> {
    let transit = super::ledger::Account::PartnerTransit(partner.clone());
    let mut on_its_way = BTreeMap::<Currency, i128>::new();
    for entry in books.iter().flat_map(|it| it.posting.entries()).filter(|it| it.account == transit) {
        *on_its_way.entry(entry.money.currency).or_default() += i128::from(entry.money.minor);
    }
    let currencies: BTreeSet<Currency> = lines.iter().map(|it| it.line.amount.currency).collect();
    let account =
        |currency| Account::new(currency, lines, runs, on_its_way.get(&currency).copied().unwrap_or_default());
    currencies.into_iter().map(account).collect()
}

/// A partner's revenue, with the lines of one statement; without a month, with those of none yet.
pub async fn revenue(services: &Services, actor: &Actor, month: Option<Month>) -> Result<RevenueView> {
    let id = partner_of(actor)?;
    let partner = services.catalogue.partner(id).await?.ok_or_else(|| PublicError::not_found("partner"))?;
    let books = books_of(services, id).await?;
    let all = placed(&books, id);
    let runs = services.payout_runs.runs_of(id).await?;
    let accounts = accounts(&books, &all, &runs, id);
    let setup = setup(services, id).await?;
    let names = Names::of(services, &all).await?;
    let now = services.clock.now();
    let mut shown: Vec<&PlacedLine> = accounts.iter().flat_map(|it| it.of_month(month)).collect();
    shown.sort_by_key(|it| std::cmp::Reverse((it.line.at, it.sequence)));
    let months: BTreeSet<Month> = runs.iter().map(|run| run.month).collect();
    Ok(RevenueView {
        partner_name: partner.name,
        manages: actor.may(Permission::ManageRevenue),
        setup,
        currencies: accounts.iter().map(|it| figures::figures(it, &names, setup, now)).collect(),
        months: months.into_iter().rev().collect(),
        month,
        lines: shown.iter().take(MOST_LINES).map(|it| words::line(it, &names)).collect(),
        more: shown.len() > MOST_LINES,
        hold_days: u32::try_from(HOLD_DAYS).unwrap_or_default(),
        threshold: u32::try_from(THRESHOLD_MAJOR).unwrap_or_default(),
    })
}

async fn setup(services: &Services, partner: &PartnerId) -> Result<PayoutSetup> {
    if services.payments.selling() == Selling::Off {
        return Ok(PayoutSetup::Off);
    }
    Ok(match services.partner_accounts.account_of(partner).await? {
        None => PayoutSetup::NotSetUp,
        Some(account) if account.state.ready() => PayoutSetup::Ready,
        Some(_) => PayoutSetup::Incomplete,
    })
}
