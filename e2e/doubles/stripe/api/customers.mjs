/** Customers, their tax ids and their balance. */

import { invalid } from '../http/errors.mjs';
import { list, matches, page, within } from '../http/lists.mjs';
import { PAGE, listOf, map, oneOf, range, required, text, whole } from '../http/params.mjs';
import { onRequest } from '../http/present.mjs';
import { cancelNow } from '../billing/cancellation.mjs';
import { address } from '../shapes/common.mjs';
import { newCustomer } from '../shapes/customer.mjs';
import { merged } from '../world/metadata.mjs';
import { attach, checkAttachable, findMethod } from './payment-methods.mjs';
import { checkTaxId, newTaxId } from './tax-ids.mjs';

export const ADDRESS = { city: text, country: text, line1: text, line2: text, postal_code: text, state: text };

const FIELDS = {
    address: ADDRESS,
    balance: whole,
    description: text,
    email: text,
    invoice_settings: { default_payment_method: text, footer: text },
    metadata: map,
    name: text,
    phone: text,
    preferred_locales: listOf(text),
    tax_exempt: oneOf('none', 'exempt', 'reverse'),
};

const CREATE = {
    ...FIELDS,
    payment_method: text,
    tax_id_data: listOf({ type: required(text), value: required(text) }),
    test_clock: text,
};

/** @type {import('../http/router.mjs').Route[]} */
export const customers = [
    ['POST', '/v1/customers', CREATE, create],
    ['GET', '/v1/customers', { ...PAGE, created: range, email: text, test_clock: text }, listAll],
    ['GET', '/v1/customers/:id', {}, ({ world, at }) => world.get('customer', at.id)],
    ['POST', '/v1/customers/:id', FIELDS, update],
    ['DELETE', '/v1/customers/:id', {}, remove],
];

onRequest('customer', 'tax_ids', (world, customer) =>
    list(
        world.all('tax_id').filter((each) => each.customer === customer.id),
        false,
        `/v1/customers/${customer.id}/tax_ids`,
    ),
);
onRequest('customer', 'subscriptions', (world, customer) =>
    list(
        world
            .all('subscription')
            .filter((each) => each.customer === customer.id && each.status !== 'canceled')
            .reverse(),
        false,
        `/v1/customers/${customer.id}/subscriptions`,
    ),
);

/** A customer that is still there. */
export function liveCustomer(world, id, param = 'customer') {
    const customer = world.get('customer', id, param);
    if (customer.deleted) throw invalid(`No such customer: '${id}'`, param, 'resource_missing');
    return customer;
}

function create({ world, p }) {
    if (p.test_clock) world.get('test_helpers.test_clock', p.test_clock, 'test_clock');
    const method = p.payment_method ? findMethod(world, p.payment_method) : undefined;
    if (method) checkAttachable(method);
    const wanted = p.invoice_settings?.default_payment_method;
    if (wanted && wanted !== p.payment_method) throw notTheirs(wanted);
    for (const each of p.tax_id_data ?? []) checkTaxId(each);
    const customer = newCustomer(world, { ...p, metadata: merged({}, p.metadata) });
    if (method) attach(world, method, customer);
    Object.assign(customer.invoice_settings, p.invoice_settings, wanted ? { default_payment_method: method.id } : {});
    world.emitEvent('customer.created', customer);
    for (const each of p.tax_id_data ?? []) newTaxId(world, customer, each);
    return customer;
}

function notTheirs(id) {
    return invalid(
        `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
        'invoice_settings[default_payment_method]',
        'resource_missing',
    );
}

function listAll({ world, p }) {
    const found = world
        .all('customer')
        .filter((each) => matches(each, { email: p.email }) && within(each.created, p.created));
    // Customers of a test clock are only in the list of that clock.
    return page(
        found.filter((each) => each.test_clock === (p.test_clock ?? null)),
        p,
        '/v1/customers',
    );
}

function update({ world, p, at }) {
    const customer = liveCustomer(world, at.id, 'id');
    const wanted = p.invoice_settings?.default_payment_method;
    if (
        wanted &&
        world.get('payment_method', wanted, 'invoice_settings[default_payment_method]').customer !== customer.id
    )
        throw notTheirs(wanted);
    return world.change('customer.updated', customer, () => {
        const { metadata, invoice_settings: settings, expand: __, address: place, ...fields } = p;
        Object.assign(customer, fields, { metadata: merged(customer.metadata, metadata) });
        if (place !== undefined) customer.address = address(place);
        Object.assign(customer.invoice_settings, settings);
    });
}

function remove({ world, at }) {
    const customer = liveCustomer(world, at.id, 'id');
    for (const subscription of world.all('subscription')) {
        if (
            subscription.customer === customer.id &&
            !['canceled', 'incomplete_expired'].includes(subscription.status)
        ) {
            cancelNow(world, subscription);
        }
    }
    world.emitEvent('customer.deleted', customer);
    const gone = { id: customer.id, object: 'customer', deleted: true };
    world.add({ ...gone, $clock: customer.$clock });
    return gone;
}
