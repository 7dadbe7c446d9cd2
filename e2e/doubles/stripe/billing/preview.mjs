/** What an invoice would be: the change is made on a copy of everything, and the invoice it makes is shown. */

import { StripeError, invalid } from '../http/errors.mjs';
import { beginAgain, changeItems, changeTrial } from './changes.mjs';
import { redeem } from './discounts.mjs';
import { draftFor, total } from './invoices.mjs';
import { usageLines } from './lines.mjs';
import { cancelNow, checkChangeable } from './cancellation.mjs';
import { periodOf } from './periods.mjs';
import { renew } from './renewal.mjs';
import { start } from './subscriptions.mjs';

/**
 * @param {import('../world/world.mjs').World} original
 * @param {Record<string, any>} p parameters of `POST /v1/invoices/create_preview`
 * @returns {any} an invoice that is not kept
 */
export function preview(original, p) {
    const world = original.copy();
    const details = p.subscription_details ?? {};
    if (!p.subscription) return ofNew(world, p, details);
    const subscription = world.get('subscription', p.subscription, 'subscription');
    checkChangeable(subscription);
    if (p.customer && p.customer !== subscription.customer) {
        throw invalid('The customer does not own the subscription.', 'customer');
    }
    if (p.automatic_tax) subscription.automatic_tax.enabled = p.automatic_tax.enabled;
    if (p.discounts !== undefined) subscription.discounts = redeem(world, subscription, p.discounts ?? []);
    for (const key of ['cancel_at_period_end', 'cancel_at']) {
        if (details[key] !== undefined) subscription[key] = details[key];
    }
    const made = changed(world, subscription, details);
    return shown(world, made ?? upcoming(world, subscription));
}

function ofNew(world, p, details) {
    if (!details.items) {
        throw new StripeError(404, 'No upcoming invoices for customer', { code: 'invoice_upcoming_none' });
    }
    const customer = world.get('customer', p.customer, 'customer');
    const fields = p.automatic_tax?.enabled
        ? { automatic_tax: { disabled_reason: null, enabled: true, liability: { type: 'self' } } }
        : {};
    const created = start(
        world,
        customer,
        { ...details, items: details.items, discounts: p.discounts, currency: p.currency },
        fields,
    );
    return shown(world, world.find(created.latest_invoice));
}

/** The invoice that a change makes at once, if it makes one. */
function changed(world, subscription, details) {
    const before = subscription.latest_invoice;
    if (details.items) changeItems(world, subscription, details);
    if (details.trial_end !== undefined) changeTrial(world, subscription, details.trial_end);
    if (details.billing_cycle_anchor === 'now') {
        beginAgain(world, subscription, world.now(subscription.$clock), 'subscription_update');
    }
    if (details.cancel_now) {
        cancelNow(world, subscription, {
            invoiceNow: true,
            prorate: details.proration_behavior !== 'none',
            usage: true,
        });
    }
    return subscription.latest_invoice === before ? undefined : world.find(subscription.latest_invoice);
}

/** The invoice of the next renewal. */
export function upcoming(world, subscription) {
    const period = periodOf(subscription);
    const ends =
        subscription.cancel_at_period_end || (subscription.cancel_at !== null && subscription.cancel_at <= period.end);
    const lines = ends ? usageLines(world, subscription, period).filter((line) => line.amount > 0) : [];
    if (ends && lines.length === 0) {
        throw new StripeError(404, 'No upcoming invoices for customer', { code: 'invoice_upcoming_none' });
    }
    world.stand(subscription.$clock, period.end);
    return ends ? draftFor(world, subscription, 'subscription_cycle', lines, { period }) : renew(world, subscription);
}

function shown(world, invoice) {
    if (!invoice) throw new StripeError(404, 'No upcoming invoices for customer', { code: 'invoice_upcoming_none' });
    total(world, invoice);
    invoice.attempted = false;
    return { world, invoice };
}
