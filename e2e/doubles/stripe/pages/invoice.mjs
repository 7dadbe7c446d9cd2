/** The page of an invoice, and the bank's question when paying it needs one. */

import { pay } from '../billing/collection.mjs';
import { confirmation, gone, html, money, redirect, safe } from './layout.mjs';

/** @param {import('../world/world.mjs').World} world */
export function invoicePage(world, _method, [id]) {
    const invoice = world.find(id);
    if (invoice?.object !== 'invoice') return gone('There is no such invoice.');
    const rows = invoice.lines.data.map((line) => row(line.description, line.amount, invoice)).join('');
    return html(
        `Invoice ${invoice.number ?? ''}`,
        `<p>Status: ${safe(invoice.status)}</p><dl>${rows}${row('Subtotal', invoice.subtotal, invoice)}
${row('Tax', invoice.total - invoice.total_excluding_tax, invoice)}${row('Total', invoice.total, invoice)}${row('Due', invoice.amount_remaining, invoice)}</dl>`,
    );
}

function row(name, amount, invoice) {
    return `<dt>${safe(name)}</dt><dd>${safe(money(amount, invoice.currency))}</dd>`;
}

/** @param {import('../world/world.mjs').World} world */
export function confirmPage(world, method, [id], form) {
    const payment = world.all('invoice_payment').find((each) => each.payment.payment_intent === id);
    const invoice = world.find(payment?.invoice);
    if (!invoice) return gone('There is no such payment.');
    const intent = world.find(id);
    if (intent.status !== 'requires_action') return redirect(`/i/${invoice.id}`);
    if (method !== 'POST') return confirmation(`/confirm/${id}`);
    if (form.outcome === 'complete') {
        pay(world, invoice, { method: world.find(intent.payment_method), confirmed: true });
    } else refuse(world, intent);
    return redirect(`/i/${invoice.id}`);
}

function refuse(world, intent) {
    Object.assign(intent, { status: 'requires_payment_method', next_action: null, payment_method: null });
    intent.last_payment_error = {
        code: 'payment_intent_authentication_failure',
        message: 'The provided payment method has failed authentication.',
        type: 'card_error',
    };
    world.emitEvent('payment_intent.payment_failed', intent);
}

/** @param {import('../world/world.mjs').World} world */
export function receiptPage(world, _method, [id]) {
    const charge = world.find(id);
    if (charge?.object !== 'charge') return gone('There is no such receipt.');
    return html(
        'Receipt',
        `<dl>${row('Paid', charge.amount, charge)}${row('Refunded', charge.amount_refunded, charge)}</dl>`,
    );
}
