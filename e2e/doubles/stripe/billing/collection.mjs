/** Asking for the money of an invoice, asking again, and what a subscription makes of it. */

import { StripeError, declined, invalid } from '../http/errors.mjs';
import { DAY } from './calendar.mjs';
import { finalize, intentOf } from './invoices.mjs';
import { take } from './payments.mjs';
import { end } from './ending.mjs';

/** Days from a failed attempt to the next one. */
const RETRY_DAYS = [3, 5, 7];

/** The card that an invoice is charged to. */
export function methodFor(world, invoice) {
    const subscription = world.find(invoice.$subscription);
    const customer = world.find(invoice.customer);
    return world.find(
        invoice.default_payment_method ??
            subscription?.default_payment_method ??
            customer.invoice_settings.default_payment_method,
    );
}

/** Finalizes a draft and asks for the money, as a subscription does by itself. */
export function collect(world, invoice, { ask = true } = {}) {
    if (world.preview) return invoice;
    finalize(world, invoice);
    if (invoice.amount_due === 0) return settle(world, invoice);
    if (ask && invoice.collection_method === 'charge_automatically') attempt(world, invoice, methodFor(world, invoice));
    return invoice;
}

/**
 * One attempt to charge an open invoice.
 * @returns {'succeeded' | 'declined' | 'requires_action'}
 */
export function attempt(world, invoice, method, confirmed = false) {
    const intent = intentOf(world, invoice);
    const outcome = method ? take(world, intent, method, confirmed) : 'declined';
    invoice.attempted = true;
    if (outcome === 'succeeded') {
        invoice.attempt_count += 1;
        settle(world, invoice);
        return outcome;
    }
    if (outcome === 'requires_action') world.emitEvent('invoice.payment_action_required', invoice);
    world.change('invoice.updated', invoice, () => {
        invoice.attempt_count += 1;
        invoice.next_payment_attempt = nextAttempt(world, invoice);
    });
    world.emitEvent('invoice.payment_failed', invoice);
    failed(world, invoice);
    return outcome;
}

/** The first invoice of a subscription is not tried again. */
function nextAttempt(world, invoice) {
    const days = RETRY_DAYS[invoice.attempt_count - 1];
    const again = invoice.auto_advance && invoice.billing_reason !== 'subscription_create' && days !== undefined;
    return again ? world.now(invoice.$clock) + days * DAY : null;
}

function failed(world, invoice) {
    const subscription = world.find(invoice.$subscription);
    if (!subscription || subscription.status === 'canceled') return;
    if (subscription.status === 'active' || subscription.status === 'trialing') {
        world.change('customer.subscription.updated', subscription, () => {
            subscription.status = 'past_due';
        });
    }
    setDelinquent(world, invoice, true);
    if (subscription.status === 'past_due' && invoice.next_payment_attempt === null) giveUp(world, subscription);
}

function giveUp(world, subscription) {
    if (world.data.settings.after_retries === 'cancel') {
        end(world, subscription, 'payment_failed');
    } else {
        world.change('customer.subscription.updated', subscription, () => {
            subscription.status = 'unpaid';
        });
    }
}

function setDelinquent(world, invoice, delinquent) {
    const customer = world.find(invoice.customer);
    world.change('customer.updated', customer, () => {
        customer.delinquent = delinquent;
    });
}

/** The invoice is paid: by card, by balance, or elsewhere. */
function settle(world, invoice, { elsewhere = false } = {}) {
    const now = world.now(invoice.$clock);
    const payment = world.find(invoice.$payment);
    if (payment) {
        Object.assign(payment, {
            status: elsewhere ? 'canceled' : 'paid',
            amount_paid: elsewhere ? null : invoice.amount_due,
        });
        payment.status_transitions[elsewhere ? 'canceled_at' : 'paid_at'] = now;
        if (!elsewhere) world.emitEvent('invoice_payment.paid', payment);
    }
    Object.assign(invoice, {
        status: 'paid',
        attempted: true,
        amount_paid: invoice.amount_due,
        amount_remaining: 0,
        next_payment_attempt: null,
        auto_advance: false,
    });
    invoice.status_transitions.paid_at = now;
    world.emitEvent('invoice.paid', invoice);
    world.emitEvent('invoice.payment_succeeded', invoice);
    recover(world, invoice);
    return invoice;
}

/** A subscription is in order again when the invoice that counts is paid. */
function recover(world, invoice) {
    const subscription = world.find(invoice.$subscription);
    if (!subscription) return;
    const waits = ['incomplete', 'past_due', 'unpaid', 'paused'].includes(subscription.status);
    if (waits && subscription.latest_invoice === invoice.id) {
        world.change('customer.subscription.updated', subscription, () => {
            subscription.status = 'active';
        });
    }
    const open = world
        .all('invoice')
        .some((each) => each.customer === invoice.customer && each.status === 'open' && each.attempted);
    if (!open) setDelinquent(world, invoice, false);
}

/**
 * `POST /v1/invoices/:id/pay`.
 * @param {import('../world/world.mjs').World} world
 * @param {any} invoice
 * @param {{method?: any, elsewhere?: boolean, confirmed?: boolean}} [how]
 */
export function pay(world, invoice, { method, elsewhere = false, confirmed = false } = {}) {
    if (invoice.status === 'paid') throw invalid('Invoice is already paid', undefined, 'invoice_already_paid');
    if (invoice.status === 'draft') finalize(world, invoice);
    if (invoice.status === 'void') throw invalid('Invoice is void', undefined, 'invoice_not_editable');
    if (elsewhere || invoice.amount_due === 0) return settle(world, invoice, { elsewhere });
    const card = method ?? methodFor(world, invoice);
    if (!card) throw noMethod();
    const outcome = attempt(world, invoice, card, confirmed);
    const intent = intentOf(world, invoice);
    if (outcome === 'declined') throw declined({ charge: intent.latest_charge });
    if (outcome === 'requires_action') {
        throw new StripeError(
            402,
            'Payment for this invoice requires additional user action before it can be completed successfully.',
            { type: 'card_error', code: 'invoice_payment_intent_requires_action' },
        );
    }
    return invoice;
}

export function noMethod() {
    return invalid(
        'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
        undefined,
        'resource_missing',
    );
}
