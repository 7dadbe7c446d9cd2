/** Cards on file, and the intents behind them. */

import { declined, invalid } from '../http/errors.mjs';
import { matches, page } from '../http/lists.mjs';
import { PAGE, map, oneOf, required, text, whole } from '../http/params.mjs';
import { behaviour, newPaymentMethod, readyNumber } from '../shapes/card.mjs';
import { merged } from '../world/metadata.mjs';

const ADDRESS = { city: text, country: text, line1: text, line2: text, postal_code: text, state: text };
const BILLING = { address: ADDRESS, email: text, name: text, phone: text };
const CARD = { number: text, exp_month: whole, exp_year: whole, cvc: text, token: text };
const TYPE = oneOf('card');

/** @type {import('../http/router.mjs').Route[]} */
export const paymentMethods = [
    [
        'POST',
        '/v1/payment_methods',
        { type: required(TYPE), card: CARD, billing_details: BILLING, metadata: map },
        create,
    ],
    [
        'GET',
        '/v1/payment_methods',
        { ...PAGE, customer: text, type: TYPE },
        ({ world, p }) => page(of(world, p), p, '/v1/payment_methods'),
    ],
    ['GET', '/v1/customers/:id/payment_methods', { ...PAGE, type: TYPE }, ofCustomer],
    ['GET', '/v1/payment_methods/:id', {}, ({ world, at }) => findMethod(world, at.id)],
    [
        'POST',
        '/v1/payment_methods/:id',
        { billing_details: BILLING, card: { exp_month: whole, exp_year: whole }, metadata: map },
        update,
    ],
    ['POST', '/v1/payment_methods/:id/attach', { customer: required(text) }, attachTo],
    ['POST', '/v1/payment_methods/:id/detach', {}, detach],
    ['GET', '/v1/setup_intents/:id', {}, ({ world, at }) => world.get('setup_intent', at.id)],
    [
        'GET',
        '/v1/setup_intents',
        { ...PAGE, customer: text },
        ({ world, p }) =>
            page(
                world.all('setup_intent').filter((each) => matches(each, { customer: p.customer })),
                p,
                '/v1/setup_intents',
            ),
    ],
];

/** A card on file; the ids that Stripe has ready in test mode make a new one. */
export function findMethod(world, id, param = 'payment_method') {
    const number = readyNumber(id);
    return number ? newPaymentMethod(world, { number }) : world.get('payment_method', id, param);
}

/** Refuses what cannot be attached; without a customer it is for one that is about to be made. */
export function checkAttachable(method, customer) {
    if (method.customer && method.customer !== customer?.id) {
        throw invalid(
            'The payment method you provided has already been attached to a customer.',
            undefined,
            'payment_method_unexpected_state',
        );
    }
    if (behaviour(method.$number).attach === 'declined') throw declined();
}

export function attach(world, method, customer) {
    checkAttachable(method, customer);
    method.customer = customer.id;
    method.$clock = customer.$clock;
    world.emitEvent('payment_method.attached', method);
    return method;
}

function create({ world, p }) {
    const number = p.card?.token ? readyNumber(p.card.token) : p.card?.number;
    if (!number) throw invalid('Missing required param: card[number].', 'card[number]', 'parameter_missing');
    return newPaymentMethod(
        world,
        { ...p.card, number },
        { billing_details: p.billing_details, metadata: merged({}, p.metadata) },
    );
}

function of(world, p) {
    return world
        .all('payment_method')
        .filter((each) => each.customer !== null && matches(each, { customer: p.customer, type: p.type }));
}

function ofCustomer({ world, at, p }) {
    world.get('customer', at.id, 'customer');
    return page(of(world, { ...p, customer: at.id }), p, `/v1/customers/${at.id}/payment_methods`);
}

function update({ world, at, p }) {
    const method = findMethod(world, at.id);
    return world.change('payment_method.updated', method, () => {
        Object.assign(method.billing_details, p.billing_details);
        Object.assign(method.card, p.card);
        method.metadata = merged(method.metadata, p.metadata);
    });
}

function attachTo({ world, at, p }) {
    return attach(world, findMethod(world, at.id), world.get('customer', p.customer, 'customer'));
}

function detach({ world, at }) {
    const method = findMethod(world, at.id);
    const holder = world.find(method.customer);
    if (holder?.invoice_settings?.default_payment_method === method.id) {
        holder.invoice_settings.default_payment_method = null;
    }
    for (const subscription of world.all('subscription')) {
        if (subscription.default_payment_method === method.id) subscription.default_payment_method = null;
    }
    return world.change('payment_method.detached', method, () => {
        method.customer = null;
    });
}
