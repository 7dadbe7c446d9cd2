/** Money that leaves connected accounts. */

import { StripeError, missing } from '../http/errors.mjs';
import { matches, page, within } from '../http/lists.mjs';
import { PAGE, map, range, required, text, whole } from '../http/params.mjs';
import { available, newPayout } from '../billing/payouts.mjs';
import { merged } from '../world/metadata.mjs';

/** @type {import('../http/router.mjs').Route[]} */
export const payouts = [
    [
        'POST',
        '/v1/payouts',
        { amount: required(whole), currency: required(text), description: text, metadata: map },
        createPayout,
    ],
    ['GET', '/v1/payouts', { ...PAGE, arrival_date: range, created: range, status: text }, listPayouts],
    ['GET', '/v1/payouts/:id', {}, getPayout],
];

function createPayout({ world, p, account }) {
    const holder = world.get('account', account ?? '', 'destination');
    if (available(world, p.currency, holder.id) < p.amount) {
        throw new StripeError(400, 'You have insufficient funds in your Stripe account for this transfer.', {
            code: 'balance_insufficient',
        });
    }
    return newPayout(world, holder, p.amount, p.currency, {
        automatic: false,
        reconciliation_status: 'not_applicable',
        description: p.description ?? null,
        metadata: merged({}, p.metadata),
    });
}

function listPayouts({ world, p, account }) {
    const found = world
        .all('payout', account)
        .filter(
            (each) =>
                matches(each, { status: p.status }) &&
                within(each.created, p.created) &&
                within(each.arrival_date, p.arrival_date),
        );
    return page(found, p, '/v1/payouts');
}

/** A payout is only there for the account that it belongs to. */
function getPayout({ world, at, account }) {
    const payout = world.all('payout', account).find((each) => each.id === at.id);
    if (!payout) throw missing('payout', at.id, 'payout');
    return payout;
}
