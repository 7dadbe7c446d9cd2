/** How a subscription begins. */

import { declined, invalid } from '../http/errors.mjs';
import { behaviour as cardBehaviour } from '../shapes/card.mjs';
import { newItem, newSubscription } from '../shapes/subscription.mjs';
import { DAY } from './calendar.mjs';
import { attempt, collect, methodFor, noMethod } from './collection.mjs';
import { redeem } from './discounts.mjs';
import { draftFor } from './invoices.mjs';
import { periodLines, trialLines } from './lines.mjs';
import { periodFrom, setPeriod } from './periods.mjs';
import { inCurrency } from './prices.mjs';

const NOTICE_SECONDS = 3 * DAY;

/** The prices of new items: active, recurring, all with one interval. */
export function checkedPrice(world, id, currency, interval) {
    const price = world.get('price', id, 'items[price]');
    if (!price.recurring) {
        throw invalid(
            `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
            'items[0][price]',
        );
    }
    if (!price.active) {
        throw invalid(`The price specified is inactive. This field only accepts active prices.`, 'items[0][price]');
    }
    if (currency) inCurrency(price, currency);
    if (
        interval &&
        (interval.interval !== price.recurring.interval || interval.interval_count !== price.recurring.interval_count)
    ) {
        throw invalid('Currency and interval fields must match across all prices on this subscription.', 'items');
    }
    return price;
}

/**
 * @param {import('../world/world.mjs').World} world
 * @param {any} customer
 * @param {Record<string, any>} p parameters of `POST /v1/subscriptions`
 */
export function start(world, customer, p, fields) {
    const now = world.now(customer.$clock);
    const first = checkedPrice(world, p.items[0].price, p.currency);
    const currency =
        p.currency ??
        (customer.currency && first.$currency_options?.[customer.currency] ? customer.currency : first.currency);
    const prices = p.items.map((item) => checkedPrice(world, item.price, currency, first.recurring));
    oneCurrency(world, customer, currency);
    const subscription = newSubscription(world, customer, currency, fields);
    subscription.discounts = redeem(world, subscription, p.discounts ?? []);
    const trialEnd =
        p.trial_end === 'now' ? null : (p.trial_end ?? (p.trial_period_days ? now + p.trial_period_days * DAY : null));
    if (trialEnd !== null) {
        Object.assign(subscription, {
            status: 'trialing',
            trial_start: now,
            trial_end: trialEnd,
            billing_cycle_anchor: trialEnd,
        });
    }
    subscription.items.data = prices.map((price, index) =>
        newItem(world, subscription, price, p.items[index], { start: now, end: now }),
    );
    const period = periodFrom(subscription, now);
    setPeriod(subscription, period);
    const lines =
        trialEnd === null ? periodLines(world, subscription, period) : trialLines(world, subscription, period);
    const invoice = draftFor(world, subscription, 'subscription_create', lines, { period: { start: now, end: now } });
    firstPayment(world, subscription, invoice, p);
    return subscription;
}

/** A customer who has a subscription pays everything in its currency. */
function oneCurrency(world, customer, currency) {
    const over = ['canceled', 'incomplete_expired'];
    const theirs = world.all('subscription').filter((it) => it.customer === customer.id && !over.includes(it.status));
    const other = theirs.find((it) => it.currency !== currency);
    if (other) {
        const why = `This customer has an active subscription, subscription schedule, or pending invoice item with currency ${other.currency}.`;
        throw invalid(`You cannot combine currencies on a single customer. ${why}`);
    }
}

/** @param {Record<string, any>} how */
function firstPayment(world, subscription, invoice, { payment_behavior: behaviour, confirmed }) {
    if (world.preview) return;
    const asks = invoice.amount_due > 0 && subscription.collection_method === 'charge_automatically';
    if (subscription.status === 'incomplete' && !asks) subscription.status = 'active';
    world.emitEvent('customer.subscription.created', subscription);
    if (subscription.status === 'trialing' && trialNotice(subscription) <= world.now(subscription.$clock)) {
        tellTrialEnd(world, subscription);
    }
    collect(world, invoice, { ask: false });
    if (asks && behaviour !== 'default_incomplete') attempt(world, invoice, methodFor(world, invoice), confirmed);
}

/** Refuses a first payment that cannot even be tried, or that must not fail, before anything is made. */
export function checkFirstPayment(world, invoice, behaviour) {
    const asks = invoice.amount_due > 0 && invoice.collection_method === 'charge_automatically';
    if (!asks || behaviour === 'default_incomplete') return;
    const method = methodFor(world, invoice);
    if (!method) throw noMethod();
    const works = [undefined, 'ok'].includes(cardBehaviour(method.$number).charge);
    if (behaviour === 'error_if_incomplete' && !works) throw declined();
}

/** Tells that a trial ends soon. */
export function tellTrialEnd(world, subscription) {
    subscription.$told.trial = true;
    world.emitEvent('customer.subscription.trial_will_end', subscription);
}

export function trialNotice(subscription) {
    return subscription.trial_end - NOTICE_SECONDS;
}
