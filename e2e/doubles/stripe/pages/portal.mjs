/** The billing portal: another card, and the invoices. */

import { StripeError } from '../http/errors.mjs';
import { attach } from '../api/payment-methods.mjs';
import { newPaymentMethod } from '../shapes/card.mjs';
import { cardFields, gone, html, money, readCard, redirect, safe } from './layout.mjs';

/** @param {import('../world/world.mjs').World} world */
export function portalPage(world, method, [id], form) {
    const session = world.find(id);
    if (session?.object !== 'billing_portal.session') return gone('There is no such session.');
    const customer = world.find(session.customer);
    if (method !== 'POST') return show(world, session, customer);
    const { card, problem } = readCard(form, world.now(null));
    if (problem) return show(world, session, customer, problem, form);
    try {
        useCard(world, customer, newPaymentMethod(world, card, { billing_details: { name: form.name ?? null } }));
    } catch (error) {
        if (!(error instanceof StripeError)) throw error;
        return show(world, session, customer, error.message, form);
    }
    const after = session.flow?.after_completion;
    return redirect(after?.type === 'redirect' && after.redirect ? after.redirect.return_url : `/p/session/${id}`);
}

/** From now on everything of this customer is charged to this card. */
function useCard(world, customer, method) {
    attach(world, method, customer);
    world.change('customer.updated', customer, () => {
        customer.invoice_settings.default_payment_method = method.id;
    });
    for (const subscription of world.all('subscription')) {
        const over = ['canceled', 'incomplete_expired'].includes(subscription.status);
        if (subscription.customer !== customer.id || over || !subscription.default_payment_method) continue;
        world.change('customer.subscription.updated', subscription, () => {
            subscription.default_payment_method = method.id;
        });
    }
}

function show(world, session, customer, error = null, sent = {}) {
    const invoices = world
        .all('invoice')
        .filter((each) => each.customer === customer.id && each.number)
        .reverse();
    const rows = invoices.map(
        (each) =>
            `<li><a href="/i/${each.id}">${safe(each.number)}</a>: ${safe(money(each.total, each.currency))}, ${safe(each.status)}</li>`,
    );
    const back = session.return_url ? `<p><a href="${safe(session.return_url)}">Return</a></p>` : '';
    return html(
        'Your billing',
        `${back}<h2>Card</h2>${current(world, customer)}<form method="post" action="/p/session/${session.id}">${cardFields(sent)}<button>Save card</button></form>
<h2>Invoices</h2>${rows.length > 0 ? `<ul>${rows.join('')}</ul>` : '<p>No invoices yet.</p>'}`,
        { error, status: error ? 422 : 200 },
    );
}

function current(world, customer) {
    const ids = [
        customer.invoice_settings.default_payment_method,
        ...world
            .all('subscription')
            .filter((each) => each.customer === customer.id)
            .map((each) => each.default_payment_method),
    ];
    const method = world.find(ids.find(Boolean));
    return method
        ? `<p>${safe(method.card.brand)} ending in ${safe(method.card.last4)}</p>`
        : '<p>No card on file.</p>';
}
