/** Drafts of invoice lines: a period, a trial, usage, and the two sides of a proration. */

import { day } from './calendar.mjs';
import { share } from './exact.mjs';
import { cost, inCurrency, parts } from './prices.mjs';
import { reduced } from './discounts.mjs';
import { used } from './usage.mjs';

/**
 * @typedef {object} LineDraft
 * @property {number} amount
 * @property {string} description
 * @property {number | null} quantity
 * @property {any} [price]
 * @property {string} [unit]
 * @property {{start: number, end: number}} period
 * @property {boolean} discountable
 * @property {boolean} proration
 * @property {string} [subscription]
 * @property {string} [item] subscription item
 * @property {string} [invoiceItem]
 * @property {{invoice: string, invoice_line_items: string[]}} [credited] what a credit gives back
 * @property {boolean} [metered]
 * @property {Record<string, string>} [metadata]
 */

export function isMetered(item) {
    return item.price.recurring.usage_type === 'metered';
}

/** The licensed items for a period that begins. @returns {LineDraft[]} */
export function periodLines(world, subscription, period, items = subscription.items.data) {
    return items
        .filter((item) => !isMetered(item))
        .flatMap((item) => priced(world, subscription, item, item.quantity, period));
}

/** The metered items for a period that ended. @returns {LineDraft[]} */
export function usageLines(world, subscription, period) {
    return subscription.items.data.filter(isMetered).flatMap((item) => {
        const quantity = used(world, item.price.recurring.meter, subscription.customer, period.start, period.end);
        return priced(world, subscription, item, quantity, period).map((line) => ({ ...line, metered: true }));
    });
}

/** @returns {LineDraft[]} */
export function trialLines(world, subscription, period) {
    return subscription.items.data
        .filter((item) => !isMetered(item))
        .map((item) => ({
            ...base(subscription, item),
            amount: 0,
            description: `Trial period for ${nameOf(world, item.price)}`,
            quantity: item.quantity,
            unit: '0',
            period,
            discountable: true,
        }));
}

function priced(world, subscription, item, quantity, period) {
    const name = nameOf(world, item.price);
    return parts(item.price, quantity, subscription.currency).map((part) => ({
        ...base(subscription, item),
        amount: part.amount,
        description: `${part.quantity} × ${name}${part.label}`,
        quantity: part.quantity,
        unit: part.unit,
        period,
        discountable: true,
    }));
}

function base(subscription, item) {
    return {
        price: item.price,
        proration: false,
        subscription: subscription.id,
        item: item.id,
        metadata: { ...subscription.metadata },
    };
}

function nameOf(world, price) {
    return world.find(price.product)?.name ?? price.product;
}

/** What is given back of a period when an item goes or changes. @returns {LineDraft} */
export function creditLine(world, subscription, item, now) {
    const line = prorated(world, subscription, item, now);
    const billed = item.$billed ? { credited: item.$billed } : {};
    const description = `Unused time on ${named(world, item)} after ${day(now)}`;
    return { ...line, ...billed, amount: -line.amount, unit: negated(line.unit), description };
}

/** What the rest of a period costs with an item as it is now. @returns {LineDraft} */
export function debitLine(world, subscription, item, now) {
    return {
        ...prorated(world, subscription, item, now),
        description: `Remaining time on ${named(world, item)} after ${day(now)}`,
    };
}

/** By the second, after the percentages that the subscription is reduced by. */
function prorated(world, subscription, item, now) {
    const { current_period_start: start, current_period_end: end } = item;
    const full = reduced(world, subscription, item.price, cost(item.price, item.quantity, subscription.currency), now);
    return {
        ...base(subscription, item),
        amount: share(full, end - now, end - start),
        quantity: item.quantity,
        unit: inCurrency(item.price, subscription.currency).unit ?? '0',
        period: { start: now, end },
        discountable: false,
        proration: true,
        currency: subscription.currency,
    };
}

function named(world, item) {
    return item.quantity === 1 ? nameOf(world, item.price) : `${item.quantity} × ${nameOf(world, item.price)}`;
}

function negated(decimal) {
    return /^0*(\.0*)?$/.test(decimal) ? decimal : `-${decimal}`;
}
