/** From one period to the next. */

import { collect } from './collection.mjs';
import { end } from './ending.mjs';
import { draftFor, finalize, markUncollectible, voidInvoice } from './invoices.mjs';
import { periodLines, usageLines } from './lines.mjs';
import { periodFrom, periodOf, setPeriod } from './periods.mjs';

/** The end of a period: the next one begins, usage of the last one is billed. Returns the draft. */
export function renew(world, subscription) {
    const last = periodOf(subscription);
    if (subscription.status === 'trialing' && !trialGoesOn(world, subscription)) return undefined;
    let invoice;
    world.change('customer.subscription.updated', subscription, () => {
        // What was used in a trial is free.
        const used = subscription.status === 'trialing' ? undefined : last;
        if (subscription.status === 'trialing') subscription.status = 'active';
        setPeriod(subscription, periodFrom(subscription, last.end));
        const lines = [
            ...periodLines(world, subscription, periodOf(subscription)),
            ...(used ? usageLines(world, subscription, used) : []),
        ];
        invoice = draftFor(world, subscription, 'subscription_cycle', lines, {
            period: last,
            waits: true,
            usagePeriod: used,
        });
    });
    const held = subscription.pause_collection?.behavior;
    if (subscription.status === 'unpaid' || held === 'keep_as_draft') {
        Object.assign(invoice, { auto_advance: false, automatically_finalizes_at: null });
    } else if (held) {
        invoice.$held = held;
    }
    return invoice;
}

/** Without a card a trial goes on as its settings say. */
function trialGoesOn(world, subscription) {
    const customer = world.find(subscription.customer);
    if (subscription.default_payment_method || customer.invoice_settings.default_payment_method || world.preview) {
        return true;
    }
    const otherwise = subscription.trial_settings.end_behavior.missing_payment_method;
    if (otherwise === 'cancel') end(world, subscription, 'cancellation_requested');
    if (otherwise === 'pause') {
        world.change('customer.subscription.paused', subscription, () => {
            subscription.status = 'paused';
        });
    }
    return otherwise === 'create_invoice';
}

/** An hour after a renewal. */
export function finishDraft(world, invoice) {
    if (!invoice.$held) return collect(world, invoice);
    finalize(world, invoice);
    return invoice.$held === 'void' ? voidInvoice(world, invoice) : markUncollectible(world, invoice);
}
