/** Invoices, their payments, and amounts that wait for the next one. */

import { invalid } from '../http/errors.mjs';
import { list, matches, page, pageInOrder, within } from '../http/lists.mjs';
import { PAGE, flag, map, nowOrTime, oneOf, range, required, text, whole } from '../http/params.mjs';
import { onRequest, present } from '../http/present.mjs';
import { pay } from '../billing/collection.mjs';
import { finalize, intentOf, markUncollectible, voidInvoice } from '../billing/invoices.mjs';
import { preview } from '../billing/preview.mjs';
import { newInvoiceItem } from '../shapes/invoice.mjs';
import { merged } from '../world/metadata.mjs';
import { liveCustomer } from './customers.mjs';
import { findMethod } from './payment-methods.mjs';
import { DISCOUNTS, ITEMS, PRORATION } from './subscription-tables.mjs';

const PREVIEW = {
    automatic_tax: { enabled: required(flag) },
    currency: text,
    customer: text,
    discounts: DISCOUNTS,
    preview_mode: oneOf('next'),
    subscription: text,
    subscription_details: {
        billing_cycle_anchor: oneOf('now', 'unchanged'),
        cancel_at: whole,
        cancel_at_period_end: flag,
        cancel_now: flag,
        items: ITEMS,
        proration_behavior: PRORATION,
        proration_date: whole,
        trial_end: nowOrTime,
    },
};

const LIST = {
    ...PAGE,
    collection_method: text,
    created: range,
    customer: text,
    status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
    subscription: text,
};
const PAY = { off_session: flag, paid_out_of_band: flag, payment_method: text };
const ITEM = {
    amount: whole,
    currency: text,
    customer: required(text),
    description: text,
    discountable: flag,
    metadata: map,
    subscription: text,
};

/** @type {import('../http/router.mjs').Route[]} */
export const invoices = [
    ['POST', '/v1/invoices/create_preview', PREVIEW, createPreview],
    ['GET', '/v1/invoices', LIST, listAll],
    ['GET', '/v1/invoices/:id', {}, ({ world, at }) => world.get('invoice', at.id)],
    [
        'POST',
        '/v1/invoices/:id',
        { auto_advance: flag, default_payment_method: text, description: text, metadata: map },
        update,
    ],
    [
        'GET',
        '/v1/invoices/:id/lines',
        PAGE,
        ({ world, at, p }) => pageInOrder(world.get('invoice', at.id).lines.data, p, `/v1/invoices/${at.id}/lines`),
    ],
    [
        'POST',
        '/v1/invoices/:id/finalize',
        { auto_advance: flag },
        ({ world, at }) => finalize(world, world.get('invoice', at.id)),
    ],
    ['POST', '/v1/invoices/:id/pay', PAY, payNow],
    ['POST', '/v1/invoices/:id/void', {}, ({ world, at }) => voidInvoice(world, world.get('invoice', at.id))],
    [
        'POST',
        '/v1/invoices/:id/mark_uncollectible',
        {},
        ({ world, at }) => markUncollectible(world, world.get('invoice', at.id)),
    ],
    [
        'GET',
        '/v1/invoice_payments',
        { ...PAGE, invoice: text, payment: { type: text, payment_intent: text }, status: text },
        listPayments,
    ],
    ['GET', '/v1/invoice_payments/:id', {}, ({ world, at }) => world.get('invoice_payment', at.id)],
    ['POST', '/v1/invoiceitems', ITEM, createItem],
    ['GET', '/v1/invoiceitems', { ...PAGE, customer: text, invoice: text, pending: flag }, listItems],
    ['GET', '/v1/invoiceitems/:id', {}, ({ world, at }) => world.get('invoiceitem', at.id)],
    ['DELETE', '/v1/invoiceitems/:id', {}, removeItem],
];

onRequest('invoice', 'payments', (world, invoice) =>
    list(
        world.all('invoice_payment').filter((each) => each.invoice === invoice.id),
        false,
        `/v1/invoice_payments?invoice=${invoice.id}`,
    ),
);
onRequest('invoice', 'confirmation_secret', (world, invoice) => {
    const intent = intentOf(world, invoice);
    return intent ? { client_secret: intent.client_secret, type: 'payment_intent' } : null;
});

/** The answer is made in the copy, where the invoice is. */
function createPreview({ world, p }) {
    if (!p.customer && !p.subscription) {
        throw invalid(
            'You must provide at least one of customer, schedule, or subscription.',
            'customer',
            'parameter_missing',
        );
    }
    const { world: copy, invoice } = preview(world, p);
    return present(copy, invoice);
}

function listAll({ world, p }) {
    const found = world
        .all('invoice')
        .filter(
            (each) =>
                matches(each, { customer: p.customer, status: p.status, collection_method: p.collection_method }) &&
                (!p.subscription || each.$subscription === p.subscription) &&
                within(each.created, p.created),
        );
    return page(found, p, '/v1/invoices');
}

function update({ world, p, at }) {
    const invoice = world.get('invoice', at.id);
    const { metadata, expand: _, ...fields } = p;
    return world.change('invoice.updated', invoice, () =>
        Object.assign(invoice, fields, { metadata: merged(invoice.metadata, metadata) }),
    );
}

function payNow({ world, p, at }) {
    const invoice = world.get('invoice', at.id);
    const method = p.payment_method ? findMethod(world, p.payment_method) : undefined;
    return pay(world, invoice, { method, elsewhere: p.paid_out_of_band });
}

function listPayments({ world, p }) {
    const found = world
        .all('invoice_payment')
        .filter(
            (each) =>
                matches(each, { invoice: p.invoice, status: p.status }) &&
                matches(each.payment, { payment_intent: p.payment?.payment_intent }),
        );
    return page(found, p, '/v1/invoice_payments');
}

function createItem({ world, p }) {
    const customer = liveCustomer(world, p.customer);
    const subscription = p.subscription ? world.get('subscription', p.subscription, 'subscription') : undefined;
    const now = world.now(customer.$clock);
    const item = newInvoiceItem(world, customer, {
        amount: p.amount ?? 0,
        currency: p.currency ?? subscription?.currency ?? customer.currency ?? 'usd',
        description: p.description ?? null,
        quantity: 1,
        period: { start: now, end: now },
        discountable: p.discountable ?? (p.amount ?? 0) >= 0,
        proration: false,
        subscription: subscription?.id,
        metadata: merged({}, p.metadata),
    });
    world.emitEvent('invoiceitem.created', item);
    return item;
}

function listItems({ world, p }) {
    const found = world
        .all('invoiceitem')
        .filter(
            (each) =>
                matches(each, { customer: p.customer, invoice: p.invoice }) &&
                (p.pending === undefined || p.pending === (each.invoice === null)),
        );
    return page(found, p, '/v1/invoiceitems');
}

function removeItem({ world, at }) {
    const item = world.get('invoiceitem', at.id);
    if (item.invoice) {
        throw invalid(
            "Can't delete an invoice item that is attached to an invoice that is no longer editable",
            undefined,
            'invoice_not_editable',
        );
    }
    world.remove(item);
    world.emitEvent('invoiceitem.deleted', item);
    return { id: item.id, object: 'invoiceitem', deleted: true };
}
