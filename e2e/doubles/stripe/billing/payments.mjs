/** Charging a card: what the bank says follows from the test card. */

import { newCharge } from '../shapes/charge.mjs';
import { newMovement } from '../shapes/movement.mjs';
import { behaviour } from '../shapes/card.mjs';
import { DAY } from './calendar.mjs';
import { percent } from './exact.mjs';

const FEE_PERCENT = 2.9;
const FEE_FIXED = 30;
const PENDING_SECONDS = 2 * DAY;

/** What Stripe keeps of a charge. */
function feeOf(amount) {
    return percent(amount, FEE_PERCENT) + FEE_FIXED;
}

/**
 * Tries to take the money of an intent.
 * @param {import('../world/world.mjs').World} world
 * @param {any} intent
 * @param {any} method
 * @param {boolean} confirmed whether the customer stood in front of the confirmation page
 * @returns {'succeeded' | 'declined' | 'requires_action'}
 */
export function take(world, intent, method, confirmed = false) {
    const does = behaviour(method.$number).charge ?? 'ok';
    intent.payment_method = method.id;
    if (does === 'confirm' && !confirmed) {
        intent.status = 'requires_action';
        intent.next_action = {
            type: 'redirect_to_url',
            redirect_to_url: { return_url: null, url: `${world.url}/confirm/${intent.id}` },
        };
        world.emitEvent('payment_intent.requires_action', intent);
        return 'requires_action';
    }
    const paid = does !== 'declined';
    const charge = newCharge(world, intent, method, paid);
    intent.latest_charge = charge.id;
    intent.next_action = null;
    if (!paid) return refuse(world, intent, method, charge);
    charge.balance_transaction = newMovement(world, {
        type: 'charge',
        amount: charge.amount,
        fee: feeOf(charge.amount),
        currency: charge.currency,
        source: charge.id,
        description: charge.description,
        clock: charge.$clock,
        availableOn: charge.created + PENDING_SECONDS,
    }).id;
    Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, last_payment_error: null });
    world.emitEvent('charge.succeeded', charge);
    world.emitEvent('payment_intent.succeeded', intent);
    return 'succeeded';
}

/** @returns {'declined'} */
function refuse(world, intent, method, charge) {
    intent.status = 'requires_payment_method';
    intent.payment_method = null;
    intent.last_payment_error = {
        charge: charge.id,
        code: 'card_declined',
        decline_code: 'generic_decline',
        doc_url: 'https://stripe.com/docs/error-codes/card-declined',
        message: 'Your card was declined.',
        payment_method: Object.fromEntries(Object.entries(method).filter(([key]) => !key.startsWith('$'))),
        type: 'card_error',
    };
    world.emitEvent('charge.failed', charge);
    world.emitEvent('payment_intent.payment_failed', intent);
    return 'declined';
}
