/** Checkout sessions. Their page is in `pages/`. */

import { invalid } from '../http/errors.mjs';
import { list, matches, page, pageInOrder } from '../http/lists.mjs';
import { PAGE, flag, listOf, map, oneOf, range, required, text, whole } from '../http/params.mjs';
import { onRequest } from '../http/present.mjs';
import { expireSession, newSessionIntent, quote, refresh } from '../billing/checkout.mjs';
import { DAY, HOUR } from '../billing/calendar.mjs';
import { checkedPrice } from '../billing/subscriptions.mjs';
import { newSession } from '../shapes/session.mjs';
import { merged } from '../world/metadata.mjs';
import { liveCustomer } from './customers.mjs';
import { DISCOUNTS, TRIAL_SETTINGS } from './subscription-tables.mjs';

const CREATE = {
    allow_promotion_codes: flag,
    automatic_tax: { enabled: required(flag) },
    billing_address_collection: oneOf('auto', 'required'),
    cancel_url: text,
    client_reference_id: text,
    currency: text,
    customer: text,
    customer_email: text,
    customer_update: {
        address: oneOf('auto', 'never'),
        name: oneOf('auto', 'never'),
        shipping: oneOf('auto', 'never'),
    },
    discounts: DISCOUNTS,
    expires_at: whole,
    line_items: listOf({ price: required(text), quantity: whole }),
    locale: text,
    metadata: map,
    mode: required(oneOf('subscription', 'setup')),
    payment_method_collection: oneOf('always', 'if_required'),
    payment_method_types: listOf(text),
    setup_intent_data: { description: text, metadata: map },
    subscription_data: {
        description: text,
        metadata: map,
        trial_end: whole,
        trial_period_days: whole,
        trial_settings: TRIAL_SETTINGS,
    },
    success_url: required(text),
    tax_id_collection: { enabled: required(flag), required: oneOf('if_supported', 'never') },
    ui_mode: oneOf('hosted', 'hosted_page'),
};

/** @type {import('../http/router.mjs').Route[]} */
export const checkout = [
    ['POST', '/v1/checkout/sessions', CREATE, create],
    [
        'GET',
        '/v1/checkout/sessions',
        { ...PAGE, created: range, customer: text, status: text, subscription: text },
        listAll,
    ],
    ['GET', '/v1/checkout/sessions/:id', {}, ({ world, at }) => world.get('checkout.session', at.id)],
    ['POST', '/v1/checkout/sessions/:id', { metadata: map }, update],
    [
        'GET',
        '/v1/checkout/sessions/:id/line_items',
        PAGE,
        ({ world, at, p }) =>
            pageInOrder(
                lineItems(world, world.get('checkout.session', at.id)),
                p,
                `/v1/checkout/sessions/${at.id}/line_items`,
            ),
    ],
    ['POST', '/v1/checkout/sessions/:id/expire', {}, expire],
];

onRequest('checkout.session', 'line_items', (world, session) =>
    list(lineItems(world, session), false, `/v1/checkout/sessions/${session.id}/line_items`),
);

function create({ world, p }) {
    const customer = p.customer ? liveCustomer(world, p.customer) : undefined;
    check(world, p, customer);
    const now = world.now(customer?.$clock);
    if (p.expires_at && (p.expires_at < now + HOUR / 2 || p.expires_at > now + DAY)) {
        throw invalid(
            'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
            'expires_at',
        );
    }
    const session = newSession(world, p, customer, p.expires_at ?? now + DAY);
    if (p.mode === 'setup') {
        const intent = newSessionIntent(world, session);
        Object.assign(intent, {
            description: p.setup_intent_data?.description ?? null,
            metadata: merged({}, p.setup_intent_data?.metadata),
        });
        session.setup_intent = intent.id;
        session.payment_status = 'no_payment_required';
        return session;
    }
    try {
        return refresh(world, session);
    } catch (error) {
        world.remove(session);
        throw error;
    }
}

function check(world, p, customer) {
    if (p.customer && p.customer_email) {
        throw invalid('You may only specify one of these parameters: customer, customer_email.', 'customer_email');
    }
    if (p.discounts && p.allow_promotion_codes) {
        throw invalid(
            'You may only specify one of these parameters: allow_promotion_codes, discounts.',
            'allow_promotion_codes',
        );
    }
    if (p.mode === 'setup') {
        if (p.line_items) throw invalid('You can not pass `line_items` in `setup` mode.', 'line_items');
        return;
    }
    if (!p.line_items) throw invalid('Missing required param: line_items.', 'line_items', 'parameter_missing');
    if (p.automatic_tax?.enabled && customer && !customer.address?.country && p.customer_update?.address !== 'auto') {
        throw invalid(
            "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
            'automatic_tax',
            'customer_tax_location_invalid',
        );
    }
    const first = checkedPrice(world, p.line_items[0].price, p.currency);
    for (const item of p.line_items) {
        const price = checkedPrice(world, item.price, p.currency, first.recurring);
        const metered = price.recurring.usage_type === 'metered';
        if (metered && item.quantity !== undefined) {
            throw invalid('You cannot specify a quantity for a metered price.', 'line_items[0][quantity]');
        }
        if (!metered && item.quantity === undefined) {
            throw invalid(
                'Quantity is required. Add `quantity` to `line_items[0]`',
                'line_items[0][quantity]',
                'parameter_missing',
            );
        }
    }
}

function update({ world, p, at }) {
    const session = world.get('checkout.session', at.id);
    session.metadata = merged(session.metadata, p.metadata);
    return session;
}

/** What is bought, with the sums of the invoice of today. */
function lineItems(world, session) {
    if (session.mode !== 'subscription') return [];
    const invoice = session.invoice ? world.find(session.invoice) : quote(world, session);
    return session.$plan.items.map((item, index) => {
        const price = world.find(item.price);
        const lines = invoice.lines.data.filter((line) => line.pricing?.price_details.price === price.id);
        const sum = (value) => lines.reduce((so, line) => so + value(line), 0);
        const subtotal = sum((line) => line.amount);
        const off = sum((line) => line.discount_amounts.reduce((so, each) => so + each.amount, 0));
        const tax = sum((line) => line.taxes.reduce((so, each) => so + each.amount, 0));
        return {
            id: `li_${session.id}_${index + 1}`,
            object: 'item',
            adjustable_quantity: null,
            amount_discount: off,
            amount_subtotal: subtotal,
            amount_tax: tax,
            amount_total: subtotal - off + tax,
            currency: session.currency,
            description: world.find(price.product)?.name ?? '',
            metadata: {},
            price,
            quantity: item.quantity ?? null,
        };
    });
}

function listAll({ world, p }) {
    const found = world
        .all('checkout.session')
        .filter((each) => matches(each, { customer: p.customer, status: p.status, subscription: p.subscription }));
    return page(found, p, '/v1/checkout/sessions');
}

function expire({ world, at }) {
    const session = world.get('checkout.session', at.id);
    if (session.status !== 'open') {
        throw invalid(
            `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "${session.status}".`,
        );
    }
    return expireSession(world, session);
}
