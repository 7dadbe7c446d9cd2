//! Calls whose answers are read by types of our own: only what is needed of an object is looked at, so that kinds and states
//! nobody here knows do no harm.

use crate::call::keyed;
use crate::failure::{failed, found};
use contract::Timestamp;
use contract::money::{Currency, Money};
use domain::{Error, Result};
use miniserde::Deserialize;
use serde::Serialize;
use stripe::{Client, StripeError};
use stripe_client_core::{RequestBuilder, StripeMethod};
use stripe_shared::AccountId;

/// Objects asked for at once: the most there can be.
const STEP: i64 = 100;

/// A page of a list.
#[derive(Deserialize)]
pub struct Page<T> {
    data: Vec<T>,
    has_more: bool,
}

/// Something with an id, by which the next page is asked for.
pub trait Listed {
    /// Its id.
    fn id(&self) -> &str;
}

/// Makes [`Listed`] of types with an `id`.
macro_rules! listed {
    ($($name:ident),+) => {
        $(impl $crate::wire::Listed for $name {
            fn id(&self) -> &str {
                &self.id
            }
        })+
    };
}
pub(crate) use listed;

#[derive(Serialize)]
struct Wanted<'a, Q> {
    limit: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    starting_after: Option<&'a str>,
    #[serde(flatten)]
    query: &'a Q,
}

/// An object; nothing where there is none.
pub async fn get<T: Deserialize>(client: &Client, path: &str, account: Option<&str>) -> Result<Option<T>> {
    let mut request = RequestBuilder::new(StripeMethod::Get, path).customize::<T>();
    if let Some(account) = account {
        request = request.account_id(AccountId::from(account));
    }
    found(request.send(client).await)
}

/// A whole list, the newest first.
pub async fn list<T: Deserialize + Listed, Q: Serialize + Sync>(
    client: &Client,
    path: &str,
    query: &Q,
    account: Option<&str>,
) -> Result<Vec<T>> {
    let mut all: Vec<T> = Vec::new();
    loop {
        let wanted = Wanted { limit: STEP, starting_after: all.last().map(Listed::id), query };
        let mut request = RequestBuilder::new(StripeMethod::Get, path).query(&wanted).customize::<Page<T>>();
        if let Some(account) = account {
            request = request.account_id(AccountId::from(account));
        }
        let page = request.send(client).await.map_err(failed)?;
        let end = !page.has_more || page.data.is_empty();
        all.extend(page.data);
        if end {
            return Ok(all);
        }
    }
}

/// Makes something, once for each key.
pub async fn post<T: Deserialize, F: Serialize + Sync>(
    client: &Client,
    path: &str,
    form: &F,
    key: Option<&str>,
) -> Result<std::result::Result<T, StripeError>> {
    let request = RequestBuilder::new(StripeMethod::Post, path).form(form).customize::<T>();
    Ok(keyed(request, key).map_err(failed)?.send(client).await)
}

/// Seconds as the processor counts.
pub const fn instant(seconds: i64) -> Timestamp {
    Timestamp(seconds.saturating_mul(1000))
}

/// An amount.
pub fn money(minor: i64, currency: &str, of: &str) -> Result<Money> {
    let known = Currency::parse(currency);
    known
        .map(|currency| Money::new(minor, currency))
        .ok_or_else(|| Error::Payments(format!("unknown currency {currency:?} of {of}")))
}
