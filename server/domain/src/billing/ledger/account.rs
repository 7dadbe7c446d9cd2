//! Where money can be.

use contract::{OrganizationId, PartnerId};
use std::fmt;

/// An account. A positive balance is a debit balance: something we have, or that somebody owes us.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// What a customer owes us.
    Customer(OrganizationId),
    /// What the payment processor holds for us.
    Processor,
    /// What the processor has kept for its service.
    ProcessorFees,
    /// Payments that a customer's bank has taken back until a dispute is decided.
    Disputed,
    /// What we owe to tax authorities.
    Tax,
    /// What is ours.
    PlatformRevenue,
    /// What we owe a partner.
    PartnerPayable(PartnerId),
    /// On its way to a partner: transferred, and not yet paid out.
    PartnerTransit(PartnerId),
    /// Between two currencies.
    Exchange,
}

impl Account {
    /// Its name in the books and in exports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Customer(_) => "customer",
            Self::Processor => "processor",
            Self::ProcessorFees => "processor_fees",
            Self::Disputed => "disputed",
            Self::Tax => "tax",
            Self::PlatformRevenue => "platform_revenue",
            Self::PartnerPayable(_) => "partner_payable",
            Self::PartnerTransit(_) => "partner_transit",
            Self::Exchange => "exchange",
        }
    }

    /// Whose it is, for accounts that each customer or partner has.
    pub fn owner(&self) -> Option<&str> {
        match self {
            Self::Customer(organization) => Some(organization.as_str()),
            Self::PartnerPayable(partner) | Self::PartnerTransit(partner) => Some(partner.as_str()),
            _ => None,
        }
    }

    /// Reads name and owner.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, owner) = text.split_once(':').unwrap_or((text, ""));
        let account = match name {
            "customer" => Self::Customer(owner.into()),
            "processor" => Self::Processor,
            "processor_fees" => Self::ProcessorFees,
            "disputed" => Self::Disputed,
            "tax" => Self::Tax,
            "platform_revenue" => Self::PlatformRevenue,
            "partner_payable" => Self::PartnerPayable(owner.into()),
            "partner_transit" => Self::PartnerTransit(owner.into()),
            "exchange" => Self::Exchange,
            _ => return None,
        };
        (account.owner().unwrap_or_default() == owner && account.owner() != Some("")).then_some(account)
    }
}

/// `partner_payable:acme`.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        self.owner().map_or(Ok(()), |owner| write!(f, ":{owner}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Account;

    #[test]
    fn reads_what_it_writes() {
        let accounts = [
            Account::Customer("org_1".into()),
            Account::Processor,
            Account::ProcessorFees,
            Account::Disputed,
            Account::Tax,
            Account::PlatformRevenue,
            Account::PartnerPayable("acme".into()),
            Account::PartnerTransit("acme".into()),
            Account::Exchange,
        ];
        for account in accounts {
            assert_eq!(Account::parse(&account.to_string()), Some(account));
        }
        for wrong in ["", "customer", "customer:", "tax:acme", "nothing"] {
            assert_eq!(Account::parse(wrong), None, "{wrong}");
        }
    }
}
