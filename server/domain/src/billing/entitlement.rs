//! What an organization may use, which follows from its subscription and from nothing else. Nothing is deleted when a payment
//! fails or a plan ends: what is installed stops, and starts again when it is paid.

use contract::Timestamp;

/// A day in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// How long everything works on after a payment has failed.
pub const GRACE_DAYS: i64 = 14;

/// State of a subscription, by the processor's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The first payment was not made yet.
    Incomplete,
    /// The first payment was never made.
    IncompleteExpired,
    /// Being tried.
    Trialing,
    /// Paid.
    Active,
    /// A payment failed and is tried again.
    PastDue,
    /// A payment failed and is not tried again.
    Unpaid,
    /// The trial ended without a way to pay, or the customer paused.
    Paused,
    /// Over.
    Canceled,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Incomplete,
        Self::IncompleteExpired,
        Self::Trialing,
        Self::Active,
        Self::PastDue,
        Self::Unpaid,
        Self::Paused,
        Self::Canceled,
    ];

    /// The processor's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::IncompleteExpired => "incomplete_expired",
            Self::Trialing => "trialing",
            Self::Active => "active",
            Self::PastDue => "past_due",
            Self::Unpaid => "unpaid",
            Self::Paused => "paused",
            Self::Canceled => "canceled",
        }
    }

    /// Whether it is neither over nor never began: the customer has it, whether or not it works now.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Trialing | Self::Active | Self::PastDue | Self::Unpaid | Self::Paused)
    }

    /// Whether plan and seats can be changed in this state.
    pub const fn is_changeable(self) -> bool {
        matches!(self, Self::Trialing | Self::Active)
    }

    /// Whether it is being tried.
    pub const fn is_trial(self) -> bool {
        matches!(self, Self::Trialing)
    }

    /// Reads the processor's name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// What is known of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// State.
    pub status: Status,
    /// End of the period that is paid or tried.
    pub period_end: Timestamp,
    /// Whether it ends with the period.
    pub cancel_at_period_end: bool,
    /// Since when a payment is missing.
    pub past_due_since: Option<Timestamp>,
}

/// What may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entitlement {
    /// Everything of the plan.
    Full,
    /// Everything of the plan, and it ends then.
    Ending(Timestamp),
    /// Everything of the plan until then, unless it is paid.
    Grace(Timestamp),
    /// Nothing.
    Stopped(Reason),
}

/// Why nothing may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no subscription, or it never began.
    NotSubscribed,
    /// A payment is missing for longer than the grace period.
    NotPaid,
    /// It is paused.
    Paused,
    /// It is over.
    Ended,
}

impl Entitlement {
    /// Whether it works.
    pub const fn works(self) -> bool {
        !matches!(self, Self::Stopped(_))
    }
}

/// What a subscription entitles to at this time.
pub fn entitlement(subscription: Option<&Subscription>, now: Timestamp) -> Entitlement {
    let Some(it) = subscription else {
        return Entitlement::Stopped(Reason::NotSubscribed);
    };
    match it.status {
        Status::Incomplete | Status::IncompleteExpired => Entitlement::Stopped(Reason::NotSubscribed),
        Status::Trialing | Status::Active if it.cancel_at_period_end => {
            // The processor's word that it is over may come late.
            if now < it.period_end { Entitlement::Ending(it.period_end) } else { Entitlement::Stopped(Reason::Ended) }
        }
        Status::Trialing | Status::Active => Entitlement::Full,
        Status::PastDue => {
            let until = it.past_due_since.unwrap_or(it.period_end).plus_ms(GRACE_DAYS * DAY_MS);
            if now < until { Entitlement::Grace(until) } else { Entitlement::Stopped(Reason::NotPaid) }
        }
        Status::Unpaid => Entitlement::Stopped(Reason::NotPaid),
        Status::Paused => Entitlement::Stopped(Reason::Paused),
        Status::Canceled => Entitlement::Stopped(Reason::Ended),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_day(status: Status, cancel_at_period_end: bool, day: i64) -> Entitlement {
        let subscription = Subscription {
            status,
            period_end: Timestamp(30 * DAY_MS),
            cancel_at_period_end,
            past_due_since: (status == Status::PastDue).then_some(Timestamp(30 * DAY_MS)),
        };
        entitlement(Some(&subscription), Timestamp(day * DAY_MS))
    }

    #[test]
    fn names_are_the_processors() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.as_str()), Some(status));
        }
        assert_eq!(Status::parse("ended"), None);
    }

    #[test]
    fn without_a_subscription_nothing_works() {
        assert_eq!(entitlement(None, Timestamp(0)), Entitlement::Stopped(Reason::NotSubscribed));
        assert_eq!(at_day(Status::Incomplete, false, 1), Entitlement::Stopped(Reason::NotSubscribed));
    }

    #[test]
    fn what_is_paid_or_tried_works_even_when_the_renewal_is_told_late() {
        assert_eq!(at_day(Status::Trialing, false, 29), Entitlement::Full);
        assert_eq!(at_day(Status::Active, false, 31), Entitlement::Full);
    }

    #[test]
    fn what_was_cancelled_works_until_its_period_ends() {
        assert_eq!(at_day(Status::Active, true, 29), Entitlement::Ending(Timestamp(30 * DAY_MS)));
        assert_eq!(at_day(Status::Active, true, 30), Entitlement::Stopped(Reason::Ended));
        assert_eq!(at_day(Status::Canceled, false, 1), Entitlement::Stopped(Reason::Ended));
    }

    #[test]
    fn a_failed_payment_stops_nothing_for_two_weeks() {
        assert_eq!(at_day(Status::PastDue, false, 43), Entitlement::Grace(Timestamp(44 * DAY_MS)));
        assert_eq!(at_day(Status::PastDue, false, 44), Entitlement::Stopped(Reason::NotPaid));
        assert_eq!(at_day(Status::Unpaid, false, 31), Entitlement::Stopped(Reason::NotPaid));
        assert!(!at_day(Status::Paused, false, 1).works());
    }
}
