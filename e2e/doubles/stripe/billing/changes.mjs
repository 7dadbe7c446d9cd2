/** Changing a subscription while it runs: items, quantities, intervals, and the end of a trial. */

import { invalid } from '../http/errors.mjs';
import { newInvoiceItem } from '../shapes/invoice.mjs';
import { newItem, planOf } from '../shapes/subscription.mjs';
import { collect } from './collection.mjs';
import { draftFor } from './invoices.mjs';
import { creditLine, debitLine, isMetered, periodLines } from './lines.mjs';
import { periodFrom, periodOf, setPeriod } from './periods.mjs';
import { checkedPrice } from './subscriptions.mjs';

/**
 * Applies `items[]`. Returns the invoice that this made, if it made one.
 * @param {import('../world/world.mjs').World} world
 * @param {any} subscription
 * @param {{items: any[], proration_behavior?: string, proration_date?: number}} p
 */
export function changeItems(world, subscription, p) {
    const now = p.proration_date ?? world.now(subscription.$clock);
    const period = periodOf(subscription);
    if (now < period.start || now > period.end) {
        throw invalid('Cannot specify proration_date outside of the current period', 'proration_date');
    }
    const behaviour = p.proration_behavior ?? 'create_prorations';
    const bills = subscription.status === 'active' || subscription.status === 'past_due';
    const before = subscription.items.data.map((item) => ({ ...item }));
    apply(world, subscription, p.items, period);
    const [item] = subscription.items.data;
    const was = before[0].price.recurring;
    if (
        bills &&
        (item.price.recurring.interval !== was.interval || item.price.recurring.interval_count !== was.interval_count)
    ) {
        return newCycle(world, subscription, before, behaviour, now);
    }
    if (!bills || behaviour === 'none') return undefined;
    const lines = prorations(world, subscription, before, now);
    for (const line of lines) waitForInvoice(world, subscription, line);
    if (behaviour !== 'always_invoice' || lines.length === 0) return undefined;
    const at = world.now(subscription.$clock);
    return collect(world, draftFor(world, subscription, 'subscription_update', [], { period: { start: at, end: at } }));
}

function apply(world, subscription, wanted, period) {
    const items = [...subscription.items.data];
    for (const want of wanted) {
        if (want.id === undefined) {
            if (items.some((each) => each.price.id === want.price)) {
                throw invalid(`Cannot add multiple subscription items with the same plan: ${want.price}`, 'items');
            }
            items.push(
                newItem(world, subscription, checkedPrice(world, want.price, subscription.currency), want, period),
            );
            continue;
        }
        const at = items.findIndex((each) => each.id === want.id);
        if (at < 0) throw invalid(`No such subscription item: '${want.id}'`, 'items[0][id]', 'resource_missing');
        if (want.deleted) items.splice(at, 1);
        else alter(world, subscription, items[at], want);
    }
    if (items.length === 0) throw invalid('A subscription must have at least one active plan.', 'items');
    const intervals = new Set(
        items.map((each) => `${each.price.recurring.interval_count} ${each.price.recurring.interval}`),
    );
    if (intervals.size > 1) {
        throw invalid(
            'All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`.',
            'items',
        );
    }
    subscription.items.data = items;
}

function alter(world, subscription, item, want) {
    if (want.price) {
        item.price = checkedPrice(world, want.price, subscription.currency);
        item.plan = planOf(item.price);
    }
    if (want.quantity !== undefined) {
        if (isMetered(item)) throw invalid('You cannot set the quantity of a metered price.', 'items[0][quantity]');
        item.quantity = want.quantity;
    }
    if (want.metadata) item.metadata = want.metadata;
}

/** Unused time of what went, remaining time of what came. */
function prorations(world, subscription, before, now) {
    const after = subscription.items.data;
    const changed = (item, others) => {
        const other = others.find((each) => each.id === item.id);
        return !isMetered(item) && (!other || other.price.id !== item.price.id || other.quantity !== item.quantity);
    };
    const credits = before
        .filter((item) => changed(item, after))
        .map((item) => creditLine(world, subscription, item, now));
    const debits = after
        .filter((item) => changed(item, before))
        .map((item) => debitLine(world, subscription, item, now));
    return [...credits, ...debits];
}

/** Another interval begins a new cycle at once, and its invoice does not wait. */
function newCycle(world, subscription, before, behaviour, now) {
    const credits =
        behaviour === 'none'
            ? []
            : before.filter((item) => !isMetered(item)).map((item) => creditLine(world, subscription, item, now));
    for (const line of credits) waitForInvoice(world, subscription, line);
    subscription.billing_cycle_anchor = now;
    const period = periodFrom(subscription, now);
    setPeriod(subscription, period);
    return collect(
        world,
        draftFor(world, subscription, 'subscription_update', periodLines(world, subscription, period), {
            period: { start: now, end: now },
        }),
    );
}

function waitForInvoice(world, subscription, line) {
    const item = newInvoiceItem(world, world.find(subscription.customer), line);
    world.emitEvent('invoiceitem.created', item);
}

/** A trial ends now, or at another time; a running period becomes a trial. */
export function changeTrial(world, subscription, trialEnd) {
    const now = world.now(subscription.$clock);
    if (trialEnd !== 'now') {
        if (trialEnd <= now) throw invalid('trial_end must be in the future', 'trial_end');
        Object.assign(subscription, {
            status: 'trialing',
            trial_start: subscription.trial_start ?? now,
            trial_end: trialEnd,
            billing_cycle_anchor: trialEnd,
        });
        subscription.$told = {};
        setPeriod(subscription, { start: periodOf(subscription).start, end: trialEnd });
        return undefined;
    }
    if (subscription.status !== 'trialing') return undefined;
    Object.assign(subscription, { status: 'active', trial_end: now, billing_cycle_anchor: now });
    return beginAgain(world, subscription, now, 'subscription_update');
}

/** A new cycle with its own invoice, from now on. */
export function beginAgain(world, subscription, now, reason) {
    subscription.billing_cycle_anchor = now;
    const period = periodFrom(subscription, now);
    setPeriod(subscription, period);
    return collect(
        world,
        draftFor(world, subscription, reason, periodLines(world, subscription, period), {
            period: { start: now, end: now },
        }),
    );
}
