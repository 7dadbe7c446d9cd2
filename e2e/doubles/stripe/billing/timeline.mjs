/**
 * Time passing: whatever is due between two moments happens in order. What is due follows from the records alone, so
 * there is no queue that could disagree with them.
 */

import { DAY, HOUR } from './calendar.mjs';
import { attempt, methodFor } from './collection.mjs';
import { expireSession } from './checkout.mjs';
import { arrive, payOut } from './payouts.mjs';
import { preview } from './preview.mjs';
import { endAtPeriodEnd, expire } from './cancellation.mjs';
import { periodOf } from './periods.mjs';
import { finishDraft, renew } from './renewal.mjs';
import { tellTrialEnd, trialNotice } from './subscriptions.mjs';
import { present } from '../http/present.mjs';

const INCOMPLETE_SECONDS = 23 * HOUR;
const UPCOMING_SECONDS = 7 * DAY;

/** @typedef {{at: number, run: () => unknown}} Due */

/**
 * Moves one clock, or the real one, to a time.
 * @param {import('../world/world.mjs').World} world
 * @param {string | null} clock
 * @param {number} until
 */
export function pass(world, clock, until) {
    let now = world.now(clock);
    for (;;) {
        const next = everything(world, clock)
            .filter((due) => due.at <= until)
            .sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        // Something may have been due before anybody moved the clock.
        now = Math.max(now, next.at);
        world.stand(clock, now);
        next.run();
    }
    world.stand(clock, until);
}

/** @returns {Due[]} */
function everything(world, clock) {
    const on = (kind) => world.all(kind).filter((record) => (record.$clock ?? null) === clock);
    return [
        ...on('invoice').flatMap((invoice) => ofInvoice(world, invoice)),
        ...on('subscription').flatMap((subscription) => ofSubscription(world, subscription)),
        ...on('checkout.session')
            .filter(({ status }) => status === 'open')
            .map((session) => ({ at: session.expires_at, run: () => expireSession(world, session) })),
        ...(clock === null ? ofAccounts(world) : []),
    ];
}

/** @returns {Due[]} */
function ofInvoice(world, invoice) {
    const due = [];
    if (invoice.status === 'draft' && invoice.automatically_finalizes_at !== null) {
        due.push({ at: invoice.automatically_finalizes_at, run: () => finishDraft(world, invoice) });
    }
    if (invoice.status === 'open' && invoice.next_payment_attempt !== null) {
        due.push({ at: invoice.next_payment_attempt, run: () => attempt(world, invoice, methodFor(world, invoice)) });
    }
    return due;
}

/** @returns {Due[]} */
function ofSubscription(world, subscription) {
    const { status, $told: told } = subscription;
    if (status === 'incomplete') {
        return [{ at: subscription.created + INCOMPLETE_SECONDS, run: () => expire(world, subscription) }];
    }
    if (!['trialing', 'active', 'past_due', 'unpaid'].includes(status)) return [];
    const { end } = periodOf(subscription);
    const last = subscription.cancel_at_period_end ? end : subscription.cancel_at;
    const ends = last !== null && last <= end;
    const due = [
        { at: ends ? last : end, run: () => (ends ? endAtPeriodEnd(world, subscription) : renew(world, subscription)) },
    ];
    if (status === 'trialing' && !told.trial) {
        due.unshift({ at: trialNotice(subscription), run: () => tellTrialEnd(world, subscription) });
    }
    if (!told.upcoming && !ends) {
        due.unshift({ at: end - UPCOMING_SECONDS, run: () => tellUpcoming(world, subscription) });
    }
    const resumes = subscription.pause_collection?.resumes_at;
    if (resumes) due.unshift({ at: resumes, run: () => resumeCollection(world, subscription) });
    return due;
}

/** The event carries an invoice that does not exist yet, and so has no id. */
function tellUpcoming(world, subscription) {
    subscription.$told.upcoming = true;
    const { world: other, invoice } = preview(world, { subscription: subscription.id });
    const { id: _, ...shown } = present(other, invoice);
    world.emitEvent('invoice.upcoming', { ...shown, $clock: subscription.$clock });
}

function resumeCollection(world, subscription) {
    world.change('customer.subscription.updated', subscription, () => {
        subscription.pause_collection = null;
    });
}

/** @returns {Due[]} */
function ofAccounts(world) {
    return world.all('account').flatMap((account) => [
        ...(account.payouts_enabled && account.$payoutAt !== undefined
            ? [{ at: account.$payoutAt, run: () => payOut(world, account) }]
            : []),
        ...world
            .all('payout', account.id)
            .filter(({ status }) => status === 'in_transit')
            .map((payout) => ({ at: payout.arrival_date, run: () => arrive(world, payout) })),
    ]);
}
