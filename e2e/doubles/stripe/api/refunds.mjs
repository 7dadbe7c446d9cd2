/** Refunds, whole or in part. */

import { invalid } from '../http/errors.mjs';
import { matches, page, within } from '../http/lists.mjs';
import { PAGE, map, oneOf, range, text, whole } from '../http/params.mjs';
import { newMovement } from '../shapes/movement.mjs';
import { merged } from '../world/metadata.mjs';

const CREATE = {
    amount: whole,
    charge: text,
    metadata: map,
    payment_intent: text,
    reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
};

/** @type {import('../http/router.mjs').Route[]} */
export const refunds = [
    ['POST', '/v1/refunds', CREATE, create],
    ['GET', '/v1/refunds', { ...PAGE, charge: text, created: range, payment_intent: text }, listAll],
    ['GET', '/v1/refunds/:id', {}, ({ world, at }) => world.get('refund', at.id)],
    ['POST', '/v1/refunds/:id', { metadata: map }, update],
];

function create({ world, p }) {
    const charge = chargeOf(world, p);
    const left = charge.amount - charge.amount_refunded;
    if (charge.refunded) {
        throw invalid(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
    }
    if (charge.disputed) {
        throw invalid(
            `Charge ${charge.id} has been charged back; cannot issue a refund.`,
            undefined,
            'charge_disputed',
        );
    }
    const amount = p.amount ?? left;
    if (amount <= 0) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
    if (amount > left) {
        throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, 'amount');
    }
    const id = world.id('re');
    const movement = newMovement(world, {
        type: 'refund',
        amount: -amount,
        currency: charge.currency,
        source: id,
        description: `REFUND FOR CHARGE (${charge.description ?? ''})`,
        clock: charge.$clock,
    });
    const refund = world.add({
        id,
        object: 'refund',
        amount,
        balance_transaction: movement.id,
        charge: charge.id,
        created: world.now(charge.$clock),
        currency: charge.currency,
        customer: charge.customer,
        customer_account: null,
        destination_details: {
            card: {
                reference: '5321',
                reference_status: 'available',
                reference_type: 'acquirer_reference_number',
                type: 'refund',
            },
            type: 'card',
        },
        metadata: merged({}, p.metadata),
        payment_intent: charge.payment_intent,
        payment_method: charge.payment_method,
        reason: p.reason ?? null,
        receipt_number: null,
        source_transfer_reversal: null,
        status: 'succeeded',
        transfer_reversal: null,
        $clock: charge.$clock,
    });
    world.change('charge.refunded', charge, () => {
        charge.amount_refunded += amount;
        charge.refunded = charge.amount_refunded === charge.amount;
    });
    world.emitEvent('refund.created', refund);
    return refund;
}

function chargeOf(world, p) {
    if (!p.charge && !p.payment_intent) {
        throw invalid(
            'One of the following params should be provided for this request: payment_intent or charge.',
            'charge',
            'parameter_missing',
        );
    }
    const id = p.charge ?? world.get('payment_intent', p.payment_intent, 'payment_intent').latest_charge;
    const charge = id ? world.get('charge', id, 'charge') : undefined;
    if (!charge?.paid) {
        throw invalid('This PaymentIntent does not have a successful charge to refund.', 'payment_intent');
    }
    return charge;
}

function listAll({ world, p }) {
    const found = world
        .all('refund')
        .filter(
            (each) =>
                matches(each, { charge: p.charge, payment_intent: p.payment_intent }) &&
                within(each.created, p.created),
        );
    return page(found, p, '/v1/refunds');
}

function update({ world, p, at }) {
    const refund = world.get('refund', at.id);
    return world.change('refund.updated', refund, () => {
        refund.metadata = merged(refund.metadata, p.metadata);
    });
}
