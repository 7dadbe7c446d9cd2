/** What happens behind the hosted payment page. */

import { invalid } from '../http/errors.mjs';
import { newPaymentMethod } from '../shapes/card.mjs';
import { newSetupIntent } from '../shapes/intent.mjs';
import { address } from '../shapes/common.mjs';
import { newCustomer } from '../shapes/customer.mjs';
import { newTaxId } from '../api/tax-ids.mjs';
import { checkCode } from './discounts.mjs';
import { preview } from './preview.mjs';
import { start } from './subscriptions.mjs';

/** Parameters of the subscription that a session makes. */
function subscriptionParams(session) {
    const { items, data } = session.$plan;
    const discounts = session.$code ? [{ promotion_code: session.$code }] : session.$plan.discounts;
    return {
        items,
        discounts,
        currency: session.$plan.currency,
        trial_period_days: data.trial_period_days,
        trial_end: data.trial_end,
    };
}

function automatic(session) {
    return session.automatic_tax.enabled
        ? { disabled_reason: null, enabled: true, liability: { type: 'self' } }
        : undefined;
}

/** What is to pay today. A customer who is not known yet is made up for it. */
export function quote(world, session) {
    const copy = world.copy();
    const customer = session.customer ?? newCustomer(copy, {}).id;
    if (session.$address) copy.find(customer).address = address(session.$address);
    const { discounts, currency, ...details } = subscriptionParams(session);
    const result = preview(copy, {
        customer,
        currency,
        discounts,
        automatic_tax: session.automatic_tax,
        subscription_details: details,
    });
    return result.invoice;
}

/** Writes the sums of today into an open session. */
export function refresh(world, session) {
    if (session.mode !== 'subscription') return session;
    const invoice = quote(world, session);
    const off = invoice.total_discount_amounts.reduce((sum, each) => sum + each.amount, 0);
    const tax = invoice.total_taxes.reduce((sum, each) => sum + each.amount, 0);
    Object.assign(session, {
        amount_subtotal: invoice.subtotal,
        amount_total: invoice.total,
        currency: invoice.currency,
    });
    session.total_details = { amount_discount: off, amount_shipping: 0, amount_tax: tax };
    return session;
}

/** A code that the customer typed in. */
export function applyCode(world, session, typed) {
    const code = world
        .all('promotion_code')
        .find((each) => each.code.toLowerCase() === typed.toLowerCase() && each.active);
    if (!code) throw invalid('This code is invalid.', 'promotion_code');
    checkCode(world, code, session.customer);
    const { minimum_amount: least, minimum_amount_currency: currency } = code.restrictions;
    if (least !== null && (currency !== session.currency || session.amount_subtotal < least)) {
        throw invalid('This order is too small for this code.', 'promotion_code');
    }
    quote(world, { ...session, $code: code.id });
    session.$code = code.id;
    return refresh(world, session);
}

/** Whether the page must ask for a card. */
export function needsCard(world, session) {
    if (session.mode === 'setup' || session.payment_method_collection !== 'if_required') return true;
    return quote(world, session).amount_due > 0;
}

/**
 * The customer has paid, or needs not to.
 * @param {import('../world/world.mjs').World} world
 * @param {any} session
 * @param {{card?: any, name?: string | null, email?: string | null, vat?: string | null, confirmed?: boolean}} form
 */
export function complete(world, session, form) {
    const customer = customerOf(world, session, form);
    if (session.$address) {
        world.change('customer.updated', customer, () => {
            customer.address = address(session.$address);
        });
    }
    if (form.vat) newTaxId(world, customer, { type: 'eu_vat', value: form.vat });
    const method = form.card ? attached(world, customer, form) : null;
    if (session.mode === 'setup') setUp(world, session, customer, method);
    else subscribe(world, session, customer, method, form.confirmed);
    Object.assign(session, { customer: customer.id, status: 'complete', url: null });
    session.customer_details = {
        address: customer.address,
        business_name: null,
        email: customer.email,
        individual_name: null,
        name: customer.name,
        phone: null,
        tax_exempt: customer.tax_exempt,
        tax_ids: world
            .all('tax_id')
            .filter((each) => each.customer === customer.id)
            .map(({ type, value }) => ({ type, value })),
    };
    world.emitEvent('checkout.session.completed', session);
    return session;
}

function customerOf(world, session, form) {
    if (session.customer) return world.find(session.customer);
    const customer = newCustomer(world, { email: form.email ?? session.customer_email, name: form.name });
    world.emitEvent('customer.created', customer);
    return customer;
}

function attached(world, customer, form) {
    const method = newPaymentMethod(world, form.card, { customer: customer.id });
    method.billing_details.name = form.name ?? null;
    method.$clock = customer.$clock;
    world.emitEvent('payment_method.attached', method);
    return method;
}

function setUp(world, session, customer, method) {
    const intent = world.find(session.setup_intent);
    Object.assign(intent, { customer: customer.id, payment_method: method.id, status: 'succeeded' });
    world.emitEvent('setup_intent.succeeded', intent);
}

function subscribe(world, session, customer, method, confirmed) {
    const { data } = session.$plan;
    const subscription = start(
        world,
        customer,
        { ...subscriptionParams(session), confirmed },
        {
            default_payment_method: method?.id ?? null,
            metadata: data.metadata ?? {},
            description: data.description ?? null,
            ...(data.trial_settings ? { trial_settings: data.trial_settings } : {}),
            ...(automatic(session) ? { automatic_tax: automatic(session) } : {}),
        },
    );
    const invoice = world.find(subscription.latest_invoice);
    Object.assign(session, {
        subscription: subscription.id,
        invoice: invoice.id,
        payment_status: invoice.amount_paid === 0 ? 'no_payment_required' : 'paid',
        amount_subtotal: invoice.subtotal,
        amount_total: invoice.total,
    });
}

export function expireSession(world, session) {
    Object.assign(session, { status: 'expired', url: null });
    world.emitEvent('checkout.session.expired', session);
    return session;
}

export function newSessionIntent(world, session) {
    return newSetupIntent(world, { customer: session.customer, clock: session.$clock });
}
