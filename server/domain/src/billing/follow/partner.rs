//! Partners' accounts, and what arrives at their banks.

use crate::billing::ledger::{Posting, rules};
use crate::ports::{PartnerAccount, PayoutStatus, ProcessorPayout};
use crate::{Result, Services};

/// An account as it is now; one that is no partner's is left alone.
pub async fn account(services: &Services, id: &str) -> Result<()> {
    if services.partner_accounts.holder_of(id).await?.is_none() {
        return Ok(());
    }
    let asked = services.clock.now();
    let Some(now) = services.payouts.account(id).await? else { return Ok(()) };
    services.partner_accounts.keep_account(&now, asked).await
}

/// A payout of an account as it is now.
pub async fn payout(services: &Services, account: &str, id: &str) -> Result<()> {
    let Some(holder) = services.partner_accounts.holder_of(account).await? else { return Ok(()) };
    let Some(payout) = services.payouts.payout(account, id).await? else { return Ok(()) };
    arrived(services, &holder, &payout).await
}

/// Posts what became of a payout.
pub async fn arrived(services: &Services, holder: &PartnerAccount, it: &ProcessorPayout) -> Result<()> {
    let paid = rules::payout(&it.id, &holder.partner, it.amount, it.arrives);
    let posting: Posting = match it.status {
        PayoutStatus::OnItsWay => return Ok(()),
        PayoutStatus::Paid => paid,
        // What was never posted as arrived has nothing to be taken back.
        PayoutStatus::Failed if services.invoice_books.posted_as(&paid.key).await?.is_none() => return Ok(()),
        PayoutStatus::Failed => rules::payout_failed(&it.id, &holder.partner, it.amount, services.clock.now()),
    };
    services.ledger.post(&[posting]).await.map(|_| ())
}
