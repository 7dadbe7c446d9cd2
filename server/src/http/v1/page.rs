//! Pages of lists.

use super::super::problem::Problem;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Items of a page by default.
const USUAL: usize = 50;
/// Items of a page at most.
pub const MOST: usize = 200;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// Items.
    pub items: Vec<T>,
    /// `cursor` of the next page; null on the last one.
    pub next: Option<String>,
}

/// How [`Window`] is described.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "this is only ever described")]
pub struct Paging {
    /// Items on the page, 1 to 200; 50 by default
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// `limit` and `cursor` of a request.
#[derive(Debug)]
pub struct Window {
    /// Items wanted.
    pub limit: usize,
    /// Where the page begins.
    pub cursor: Option<String>,
}

impl Window {
    /// Reads the parameters; unknown ones are refused, so that a typo does not silently widen the answer.
    pub fn read(raw: Option<&str>) -> Result<Self, Problem> {
        let mut window = Self { limit: USUAL, cursor: None };
        for (key, value) in url::form_urlencoded::parse(raw.unwrap_or_default().as_bytes()) {
            match key.as_ref() {
                "limit" => {
                    let good = value.parse().ok().filter(|number| (1..=MOST).contains(number));
                    let detail = format!("“limit” is a whole number from 1 to {MOST}.");
                    window.limit = good.ok_or_else(|| Problem::invalid("limit", detail))?;
                }
                "cursor" if value.chars().count() <= 200 => window.cursor = Some(value.into_owned()),
                "cursor" => return Err(Problem::invalid("cursor", "A cursor is the “next” of the page before.")),
                other => {
                    let detail = format!("There is no parameter “{other}”; there are limit and cursor.");
                    return Err(Problem::invalid(other, detail));
                }
            }
        }
        Ok(window)
    }

    /// The number that a cursor stands for.
    pub fn position(&self) -> Result<Option<i64>, Problem> {
        let wrong = || Problem::invalid("cursor", "A cursor is the “next” of the page before.");
        self.cursor.as_deref().map(|text| text.parse().map_err(|_| wrong())).transpose()
    }

    /// The page of a list that is in memory: what comes behind the item that the cursor names.
    pub fn of<T>(&self, items: Vec<T>, id: impl Fn(&T) -> String) -> Page<T> {
        let start = match &self.cursor {
            None => 0,
            Some(cursor) => items.iter().position(|item| id(item) == *cursor).map_or(items.len(), |at| at + 1),
        };
        let more = items.len() > start + self.limit;
        let items: Vec<T> = items.into_iter().skip(start).take(self.limit).collect();
        let next = items.last().filter(|_| more).map(id);
        Page { items, next }
    }
}
