/** Tax ids of customers: looked at, never verified. */

import { invalid } from '../http/errors.mjs';
import { page } from '../http/lists.mjs';
import { PAGE, required, text } from '../http/params.mjs';
import { liveCustomer } from './customers.mjs';

const FORMS = { eu_vat: /^[A-Z]{2}[0-9A-Z]{2,13}$/, gb_vat: /^GB\d{9,12}$/, ch_vat: /^CHE/, us_ein: /^\d{2}-?\d{7}$/ };

/** @type {import('../http/router.mjs').Route[]} */
export const taxIds = [
    [
        'POST',
        '/v1/customers/:id/tax_ids',
        { type: required(text), value: required(text) },
        ({ world, at, p }) => newTaxId(world, liveCustomer(world, at.id), p),
    ],
    [
        'GET',
        '/v1/customers/:id/tax_ids',
        PAGE,
        ({ world, at, p }) => page(of(world, at.id), p, `/v1/customers/${at.id}/tax_ids`),
    ],
    ['GET', '/v1/customers/:id/tax_ids/:tax', {}, ({ world, at }) => world.get('tax_id', at.tax)],
    ['DELETE', '/v1/customers/:id/tax_ids/:tax', {}, remove],
];

function of(world, customer) {
    return world.all('tax_id').filter((each) => each.customer === customer);
}

export function checkTaxId({ type, value }) {
    if (FORMS[type] && !FORMS[type].test(value)) throw invalid(`Invalid value for ${type}.`, 'value', 'tax_id_invalid');
}

export function newTaxId(world, customer, { type, value }) {
    checkTaxId({ type, value });
    const taxId = world.add({
        id: world.id('txi'),
        object: 'tax_id',
        country: /^[A-Z]{2}/.test(value) ? value.slice(0, 2) : type.slice(0, 2).toUpperCase(),
        created: world.now(customer.$clock),
        customer: customer.id,
        customer_account: null,
        livemode: false,
        owner: { customer: customer.id, customer_account: null, type: 'customer' },
        type,
        value,
        verification: { status: 'pending', verified_address: null, verified_name: null },
        $clock: customer.$clock,
    });
    world.emitEvent('customer.tax_id.created', taxId);
    return taxId;
}

function remove({ world, at }) {
    const taxId = world.get('tax_id', at.tax);
    world.remove(taxId);
    world.emitEvent('customer.tax_id.deleted', taxId);
    return { id: taxId.id, object: 'tax_id', deleted: true };
}
