/** Subscriptions. */

import { invalid } from '../http/errors.mjs';
import { matches, page, within } from '../http/lists.mjs';
import { PAGE, flag, oneOf, range, required, text, whole } from '../http/params.mjs';
import { beginAgain, changeItems, changeTrial } from '../billing/changes.mjs';
import { redeem } from '../billing/discounts.mjs';
import { preview } from '../billing/preview.mjs';
import { cancelNow, checkChangeable } from '../billing/cancellation.mjs';
import { total } from '../billing/invoices.mjs';
import { periodOf } from '../billing/periods.mjs';
import { checkFirstPayment, start } from '../billing/subscriptions.mjs';
import { merged } from '../world/metadata.mjs';
import { liveCustomer } from './customers.mjs';
import { CREATE, PRORATION, STATUS, UPDATE } from './subscription-tables.mjs';

/** @type {import('../http/router.mjs').Route[]} */
export const subscriptions = [
    ['POST', '/v1/subscriptions', CREATE, create],
    [
        'GET',
        '/v1/subscriptions',
        { ...PAGE, created: range, customer: text, price: text, status: STATUS, test_clock: text },
        listAll,
    ],
    ['GET', '/v1/subscriptions/:id', {}, ({ world, at }) => world.get('subscription', at.id)],
    ['POST', '/v1/subscriptions/:id', UPDATE, update],
    [
        'DELETE',
        '/v1/subscriptions/:id',
        { cancellation_details: { comment: text, feedback: text }, invoice_now: flag, prorate: flag },
        cancel,
    ],
    [
        'POST',
        '/v1/subscriptions/:id/resume',
        { billing_cycle_anchor: oneOf('now', 'unchanged'), proration_behavior: PRORATION, proration_date: whole },
        resume,
    ],
    ['GET', '/v1/subscription_items', { ...PAGE, subscription: required(text) }, listItems],
    ['GET', '/v1/subscription_items/:id', {}, ({ world, at }) => world.get('subscription_item', at.id)],
];

function automaticTax(p) {
    return p.automatic_tax
        ? {
              automatic_tax: {
                  disabled_reason: null,
                  enabled: p.automatic_tax.enabled,
                  liability: p.automatic_tax.enabled ? { type: 'self' } : null,
              },
          }
        : {};
}

function paymentSettings(p) {
    if (!p.payment_settings) return {};
    return {
        payment_settings: {
            payment_method_options: null,
            payment_method_types: null,
            save_default_payment_method: 'off',
            ...p.payment_settings,
        },
    };
}

function create({ world, p }) {
    const customer = liveCustomer(world, p.customer);
    checkMethod(world, p, customer);
    const { items, trial_end, trial_period_days, ...rest } = p;
    const details = { items, trial_end, trial_period_days };
    const fields = {
        ...pick(rest, [
            'cancel_at',
            'cancel_at_period_end',
            'collection_method',
            'days_until_due',
            'default_payment_method',
            'description',
            'trial_settings',
        ]),
        ...automaticTax(p),
        ...paymentSettings(p),
        ...(p.billing_mode?.type === 'classic' ? { billing_mode: { type: 'classic', flexible: null } } : {}),
        metadata: merged({}, p.metadata),
    };
    // On a copy first: what is refused must leave nothing behind.
    const tried = preview(world, {
        customer: p.customer,
        currency: p.currency,
        discounts: p.discounts,
        automatic_tax: p.automatic_tax,
        subscription_details: details,
    });
    checkFirstPayment(
        world,
        {
            ...tried.invoice,
            ...pick(p, ['collection_method']),
            $subscription: undefined,
            default_payment_method: p.default_payment_method ?? null,
        },
        p.payment_behavior,
    );
    return start(world, customer, p, fields);
}

function checkMethod(world, p, customer) {
    if (!p.default_payment_method) return;
    if (world.get('payment_method', p.default_payment_method, 'default_payment_method').customer !== customer.id) {
        throw invalid(
            `The customer does not have a payment method with the ID ${p.default_payment_method}. The payment method must be attached to the customer.`,
            'default_payment_method',
            'resource_missing',
        );
    }
}

function pick(object, keys) {
    return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]));
}

function listAll({ world, p }) {
    const over = ['canceled', 'incomplete_expired'];
    const hasStatus = ({ status }) => {
        if (p.status === undefined) return status !== 'canceled';
        return p.status === 'all' || (p.status === 'ended' ? over.includes(status) : status === p.status);
    };
    const found = world
        .all('subscription')
        .filter(
            (each) =>
                hasStatus(each) &&
                matches(each, { customer: p.customer, test_clock: p.test_clock }) &&
                (!p.price || each.items.data.some((item) => item.price.id === p.price)) &&
                within(each.created, p.created),
        );
    return page(found, p, '/v1/subscriptions');
}

function update({ world, p, at }) {
    const subscription = world.get('subscription', at.id);
    checkChangeable(subscription);
    checkMethod(world, p, world.find(subscription.customer));
    const copy = world.copy();
    const tried = copy.find(at.id);
    const before = tried.latest_invoice;
    apply(copy, tried, p);
    if (p.payment_behavior === 'error_if_incomplete' && tried.latest_invoice !== before) {
        const invoice = copy.find(tried.latest_invoice);
        total(copy, invoice);
        checkFirstPayment(copy, invoice, p.payment_behavior);
    }
    return world.change('customer.subscription.updated', subscription, () => apply(world, subscription, p));
}

function apply(world, subscription, p) {
    const now = world.now(subscription.$clock);
    const { metadata, cancellation_details: why } = p;
    Object.assign(
        subscription,
        pick(p, ['collection_method', 'days_until_due', 'default_payment_method', 'description', 'trial_settings']),
        automaticTax(p),
        paymentSettings(p),
    );
    subscription.metadata = merged(subscription.metadata, metadata);
    if (why) subscription.cancellation_details = { ...subscription.cancellation_details, ...why };
    if (p.pause_collection !== undefined) {
        subscription.pause_collection = p.pause_collection && { resumes_at: null, ...p.pause_collection };
    }
    if (p.discounts !== undefined) subscription.discounts = redeem(world, subscription, p.discounts ?? []);
    if (p.cancel_at !== undefined) setEnd(subscription, p.cancel_at, false, now);
    if (p.cancel_at_period_end !== undefined) {
        setEnd(subscription, p.cancel_at_period_end ? periodOf(subscription).end : null, p.cancel_at_period_end, now);
    }
    if (p.items) changeItems(world, subscription, p);
    if (p.trial_end) changeTrial(world, subscription, p.trial_end);
    if (p.billing_cycle_anchor === 'now' && !p.trial_end) beginAgain(world, subscription, now, 'subscription_update');
}

/** An end that was asked for, or is not any more. */
function setEnd(subscription, time, atPeriodEnd, now) {
    Object.assign(subscription, {
        cancel_at: time,
        cancel_at_period_end: atPeriodEnd,
        canceled_at: time === null ? null : now,
    });
    subscription.cancellation_details = {
        ...subscription.cancellation_details,
        reason: time === null ? null : 'cancellation_requested',
    };
}

function cancel({ world, p, at }) {
    const subscription = world.get('subscription', at.id);
    checkChangeable(subscription);
    if (p.cancellation_details) Object.assign(subscription.cancellation_details, p.cancellation_details);
    return cancelNow(world, subscription, { invoiceNow: p.invoice_now, prorate: p.prorate });
}

function resume({ world, p, at }) {
    const subscription = world.get('subscription', at.id);
    if (subscription.status !== 'paused') throw invalid('Only paused subscriptions can be resumed.');
    const now = world.now(subscription.$clock);
    const anchor = subscription.billing_cycle_anchor;
    beginAgain(world, subscription, now, 'subscription_cycle');
    if (p.billing_cycle_anchor === 'unchanged') subscription.billing_cycle_anchor = anchor;
    world.emitEvent('customer.subscription.resumed', subscription);
    return subscription;
}

function listItems({ world, p }) {
    const subscription = world.get('subscription', p.subscription, 'subscription');
    return page([...subscription.items.data].reverse(), p, '/v1/subscription_items');
}
