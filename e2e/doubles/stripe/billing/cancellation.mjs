/** Ends that were asked for, or that time brings; `ending.mjs` has what they share. */

import { StripeError } from '../http/errors.mjs';
import { collect } from './collection.mjs';
import { end } from './ending.mjs';
import { draftFor, voidInvoice } from './invoices.mjs';
import { creditLine, isMetered, usageLines } from './lines.mjs';
import { periodOf } from './periods.mjs';

/** The end that was asked for: usage of the last period is still billed. */
export function endAtPeriodEnd(world, subscription) {
    const last = periodOf(subscription);
    finalInvoice(
        world,
        subscription,
        usageLines(world, subscription, last).filter((line) => line.amount > 0),
    );
    return end(world, subscription, 'cancellation_requested');
}

/** `DELETE /v1/subscriptions/:id`. */
export function cancelNow(world, subscription, { invoiceNow = false, prorate = false, usage = invoiceNow } = {}) {
    const now = world.now(subscription.$clock);
    const billed = subscription.status === 'active' || subscription.status === 'past_due';
    const credits =
        prorate && billed
            ? subscription.items.data
                  .filter((item) => !isMetered(item))
                  .map((item) => creditLine(world, subscription, item, now))
            : [];
    const lines = [
        ...credits,
        ...(usage
            ? usageLines(world, subscription, { start: periodOf(subscription).start, end: now }).filter(
                  (line) => line.amount > 0,
              )
            : []),
    ];
    if (invoiceNow) finalInvoice(world, subscription, lines);
    return end(world, subscription, 'cancellation_requested');
}

function finalInvoice(world, subscription, lines) {
    const waits = world
        .all('invoiceitem')
        .some((item) => item.invoice === null && item.$draft.subscription === subscription.id);
    if (lines.length > 0 || waits) collect(world, draftFor(world, subscription, 'subscription_cycle', lines));
}

/** The first invoice was not paid within 23 hours. */
export function expire(world, subscription) {
    const invoice = world.find(subscription.latest_invoice);
    if (invoice?.status === 'open') voidInvoice(world, invoice);
    world.change('customer.subscription.updated', subscription, () => {
        Object.assign(subscription, { status: 'incomplete_expired', ended_at: world.now(subscription.$clock) });
    });
}

/** A change is refused once a subscription is over. */
export function checkChangeable(subscription) {
    if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') {
        throw new StripeError(404, `No such subscription: '${subscription.id}'`, {
            code: 'resource_missing',
            param: 'id',
        });
    }
}
