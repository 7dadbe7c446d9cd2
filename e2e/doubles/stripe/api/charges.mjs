/** Money that came in: charges, payment intents, and the movements of the balance. */

import { list, matches, page, within } from '../http/lists.mjs';
import { PAGE, map, range, text } from '../http/params.mjs';
import { onRequest } from '../http/present.mjs';
import { available, currencies, pending } from '../billing/payouts.mjs';
import { merged } from '../world/metadata.mjs';

const LIST = { ...PAGE, created: range, customer: text };

/** @type {import('../http/router.mjs').Route[]} */
export const charges = [
    ['GET', '/v1/charges', { ...LIST, payment_intent: text, transfer_group: text }, listCharges],
    ['GET', '/v1/charges/:id', {}, ({ world, at }) => world.get('charge', at.id)],
    ['POST', '/v1/charges/:id', { description: text, metadata: map }, updateCharge],
    ['GET', '/v1/payment_intents', LIST, listIntents],
    ['GET', '/v1/payment_intents/:id', {}, ({ world, at }) => world.get('payment_intent', at.id)],
    [
        'GET',
        '/v1/balance_transactions',
        { ...PAGE, created: range, currency: text, payout: text, source: text, type: text },
        listMovements,
    ],
    [
        'GET',
        '/v1/balance_transactions/:id',
        {},
        ({ world, at }) => shown(world, world.get('balance_transaction', at.id)),
    ],
    ['GET', '/v1/balance', {}, balance],
];

onRequest('charge', 'refunds', (world, charge) =>
    list(
        world
            .all('refund')
            .filter((each) => each.charge === charge.id)
            .reverse(),
        false,
        `/v1/charges/${charge.id}/refunds`,
    ),
);

function listCharges({ world, p, account }) {
    const wanted = { customer: p.customer, payment_intent: p.payment_intent, transfer_group: p.transfer_group };
    return page(
        world.all('charge', account).filter((each) => matches(each, wanted) && within(each.created, p.created)),
        p,
        '/v1/charges',
    );
}

function updateCharge({ world, p, at }) {
    const charge = world.get('charge', at.id);
    return world.change('charge.updated', charge, () => {
        if (p.description !== undefined) charge.description = p.description;
        charge.metadata = merged(charge.metadata, p.metadata);
    });
}

function listIntents({ world, p }) {
    const found = world
        .all('payment_intent')
        .filter((each) => matches(each, { customer: p.customer }) && within(each.created, p.created));
    return page(found, p, '/v1/payment_intents');
}

/** Money is on its way for two days. */
function shown(world, movement) {
    movement.status = movement.available_on <= world.now(movement.$clock) ? 'available' : 'pending';
    return movement;
}

function listMovements({ world, p, account }) {
    const payout = p.payout ? world.get('payout', p.payout, 'payout') : undefined;
    const found = world
        .all('balance_transaction', account)
        .filter(
            (each) =>
                matches(each, { currency: p.currency, source: p.source, type: p.type }) &&
                within(each.created, p.created) &&
                (!payout || each.$payout === payout.id),
        );
    return page(
        found.map((each) => shown(world, each)),
        p,
        '/v1/balance_transactions',
    );
}

function balance({ world, account }) {
    const known = currencies(world, account);
    const amounts = (of) =>
        (known.length > 0 ? known : ['eur']).map((currency) => {
            const amount = of(world, currency, account);
            return { amount, currency, source_types: { card: amount } };
        });
    return {
        object: 'balance',
        available: amounts(available),
        connect_reserved: (known.length > 0 ? known : ['eur']).map((currency) => ({ amount: 0, currency })),
        livemode: false,
        pending: amounts(pending),
    };
}
