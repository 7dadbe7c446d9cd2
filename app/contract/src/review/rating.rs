//! The average as cards and pages show it.

use crate::json::FromJson;
use serde::{Deserialize, Serialize};

/// What the reviews of a listing come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rating {
    /// The Bayesian average in tenths of a star: 43 is 4.3. Whole numbers, because reading others costs the browser a
    /// larger download.
    pub tenths: u32,
    /// Number of reviews; never 0.
    pub count: u32,
}

impl Rating {
    /// From thousandths of a star; nothing where there are no reviews.
    pub const fn of(thousandths: u32, count: u32) -> Option<Self> {
        if count == 0 { None } else { Some(Self { tenths: (thousandths + 50) / 100, count }) }
    }

    /// `4.3`.
    pub fn stars(self) -> String {
        tenths(self.tenths)
    }
}

/// `43` as `4.3`.
pub fn tenths(value: u32) -> String {
    let mut out = (value / 10).to_string();
    out.push('.');
    out.push_str(&(value % 10).to_string());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_rounded() {
        assert_eq!(Rating::of(4249, 1).map(Rating::stars).as_deref(), Some("4.2"));
        assert_eq!(Rating::of(4250, 1).map(Rating::stars).as_deref(), Some("4.3"));
        assert_eq!(Rating::of(5000, 9).map(Rating::stars).as_deref(), Some("5.0"));
        assert_eq!(Rating::of(4250, 0), None);
    }
}
