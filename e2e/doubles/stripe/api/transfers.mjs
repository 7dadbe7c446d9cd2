/** Money that goes to connected accounts, and comes back. */

import { StripeError, invalid } from '../http/errors.mjs';
import { list, matches, page, within } from '../http/lists.mjs';
import { PAGE, flag, map, range, required, text, whole } from '../http/params.mjs';
import { available, schedulePayout } from '../billing/payouts.mjs';
import { newMovement } from '../shapes/movement.mjs';
import { merged } from '../world/metadata.mjs';

const CREATE = {
    amount: whole,
    currency: required(text),
    description: text,
    destination: required(text),
    metadata: map,
    source_transaction: text,
    transfer_group: text,
};

/** @type {import('../http/router.mjs').Route[]} */
export const transfers = [
    ['POST', '/v1/transfers', CREATE, create],
    ['GET', '/v1/transfers', { ...PAGE, created: range, destination: text, transfer_group: text }, listAll],
    ['GET', '/v1/transfers/:id', {}, ({ world, at }) => world.get('transfer', at.id)],
    ['POST', '/v1/transfers/:id', { description: text, metadata: map }, update],
    [
        'POST',
        '/v1/transfers/:id/reversals',
        { amount: whole, description: text, metadata: map, refund_application_fee: flag },
        reverse,
    ],
    ['GET', '/v1/transfers/:id/reversals', PAGE, listReversals],
    [
        'GET',
        '/v1/transfers/:id/reversals/:reversal',
        {},
        ({ world, at }) => world.get('transfer_reversal', at.reversal),
    ],
];

function create({ world, p }) {
    const account = world.get('account', p.destination, 'destination');
    const source = p.source_transaction ? world.get('charge', p.source_transaction, 'source_transaction') : undefined;
    const amount = p.amount ?? source?.amount;
    if (!amount || amount < 1) throw invalid('Missing required param: amount.', 'amount', 'parameter_missing');
    if (account.capabilities.transfers !== 'active') {
        throw invalid(
            `Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments`,
            undefined,
            'insufficient_capabilities_for_transfer',
        );
    }
    if (source) checkSource(world, source, p, amount);
    else checkBalance(world, amount, p.currency);
    const transfer = newTransfer(world, p, amount, source);
    arrive(world, transfer, account);
    world.emitEvent('transfer.created', transfer);
    return transfer;
}

/** A transfer may use the money of a charge before it is available, but not more than that. */
function checkSource(world, source, p, amount) {
    if (source.currency !== p.currency) {
        throw invalid(
            "The currency of source_transaction's balance transaction must be the same as the transfer currency.",
            'currency',
        );
    }
    const spent = world
        .all('transfer')
        .filter((each) => each.source_transaction === source.id)
        .reduce((sum, each) => sum + each.amount - each.amount_reversed, 0);
    if (spent + amount > source.amount) {
        throw invalid(
            `Transfers using this transaction as a source must not exceed the source amount of ${source.amount}. (There are already existing transfers using this source, amounting to a total of ${spent}.)`,
            'amount',
        );
    }
}

function checkBalance(world, amount, currency) {
    if (available(world, currency) >= amount) return;
    throw new StripeError(
        400,
        'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card.',
        { code: 'balance_insufficient' },
    );
}

function newTransfer(world, p, amount, source) {
    const id = world.id('tr');
    const movement = newMovement(world, {
        type: 'transfer',
        amount: -amount,
        currency: p.currency,
        source: id,
        description: p.description,
        clock: source?.$clock,
        availableOn: source && world.find(source.balance_transaction).available_on,
    });
    return world.add({
        id,
        object: 'transfer',
        amount,
        amount_reversed: 0,
        balance_transaction: movement.id,
        created: world.now(null),
        currency: p.currency,
        description: p.description ?? null,
        destination: p.destination,
        destination_payment: world.id('py'),
        livemode: false,
        metadata: merged({}, p.metadata),
        reversals: list([], false, `/v1/transfers/${id}/reversals`),
        reversed: false,
        source_transaction: source?.id ?? null,
        source_type: 'card',
        transfer_group: p.transfer_group ?? source?.transfer_group ?? (source ? `group_${source.id}` : null),
    });
}

function arrive(world, transfer, account) {
    newMovement(world, {
        type: 'payment',
        category: 'transfer',
        amount: transfer.amount,
        currency: transfer.currency,
        source: transfer.destination_payment,
        account: account.id,
    });
    schedulePayout(world, account);
}

function listAll({ world, p }) {
    const found = world
        .all('transfer')
        .filter(
            (each) =>
                matches(each, { destination: p.destination, transfer_group: p.transfer_group }) &&
                within(each.created, p.created),
        );
    return page(found, p, '/v1/transfers');
}

function update({ world, p, at }) {
    const transfer = world.get('transfer', at.id);
    return world.change('transfer.updated', transfer, () => {
        if (p.description !== undefined) transfer.description = p.description;
        transfer.metadata = merged(transfer.metadata, p.metadata);
    });
}

function reverse({ world, p, at }) {
    const transfer = world.get('transfer', at.id);
    const left = transfer.amount - transfer.amount_reversed;
    const amount = p.amount ?? left;
    if (amount < 1 || amount > left) {
        throw invalid(
            `Transfer reversal amount (${amount}) is greater than unreversed amount on transfer (${left})`,
            'amount',
        );
    }
    const id = world.id('trr');
    const movement = newMovement(world, {
        type: 'transfer_refund',
        category: 'transfer_reversal',
        amount,
        currency: transfer.currency,
        source: id,
    });
    newMovement(world, {
        type: 'payment_refund',
        category: 'transfer_reversal',
        amount: -amount,
        currency: transfer.currency,
        source: id,
        account: transfer.destination,
    });
    const reversal = world.add({
        id,
        object: 'transfer_reversal',
        amount,
        balance_transaction: movement.id,
        created: world.now(null),
        currency: transfer.currency,
        destination_payment_refund: world.id('pyr'),
        metadata: merged({}, p.metadata),
        source_refund: null,
        transfer: transfer.id,
    });
    transfer.reversals.data.unshift(reversal);
    transfer.amount_reversed += amount;
    transfer.reversed = transfer.amount_reversed === transfer.amount;
    world.emitEvent('transfer.reversed', transfer);
    return reversal;
}

function listReversals({ world, p, at }) {
    world.get('transfer', at.id);
    return page(
        world.all('transfer_reversal').filter((each) => each.transfer === at.id),
        p,
        `/v1/transfers/${at.id}/reversals`,
    );
}
