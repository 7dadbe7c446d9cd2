/** Payment methods: cards only. What a card does follows from its number. */

import { invalid } from '../http/errors.mjs';
import { EMPTY_ADDRESS } from './common.mjs';

/** What a test card does: as soon as it is attached, and whenever it is charged. */
const CARDS = {
    4242424242424242: { brand: 'visa' },
    5555555555554444: { brand: 'mastercard' },
    4000000000000002: { brand: 'visa', attach: 'declined', charge: 'declined' },
    4000000000000341: { brand: 'visa', charge: 'declined' },
    4000002500003155: { brand: 'visa', attach: 'confirm', charge: 'ok' },
    4000002760003184: { brand: 'visa', attach: 'confirm', charge: 'confirm' },
};

/** Ids and tokens that Stripe has ready in test mode. */
const READY = {
    pm_card_visa: '4242424242424242',
    pm_card_mastercard: '5555555555554444',
    pm_card_chargeDeclined: '4000000000000002',
    pm_card_visa_chargeDeclined: '4000000000000002',
    pm_card_chargeCustomerFail: '4000000000000341',
    pm_card_authenticationRequiredOnSetup: '4000002500003155',
    pm_card_authenticationRequired: '4000002760003184',
    tok_visa: '4242424242424242',
    tok_mastercard: '5555555555554444',
    tok_chargeDeclined: '4000000000000002',
    tok_chargeCustomerFail: '4000000000000341',
};

export function readyNumber(id) {
    return READY[id];
}

/** How a card behaves; `undefined` for a number that is no test card. */
export function behaviour(number) {
    return CARDS[number];
}

/**
 * @param {import('../world/world.mjs').World} world
 * @param {{number: string, exp_month?: number, exp_year?: number}} card
 * @param {Record<string, any>} [fields]
 */
export function newPaymentMethod(world, card, { billing_details, ...fields } = {}) {
    const number = String(card.number).replaceAll(/\s/g, '');
    const known = behaviour(number);
    if (!known) throw invalid('Your card number is incorrect.', 'card[number]', 'incorrect_number');
    return world.add({
        id: world.id('pm'),
        object: 'payment_method',
        allow_redisplay: 'unspecified',
        billing_details: {
            address: EMPTY_ADDRESS,
            email: null,
            name: null,
            phone: null,
            tax_id: null,
            ...billing_details,
        },
        card: {
            brand: known.brand,
            checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
            country: 'US',
            display_brand: known.brand,
            exp_month: card.exp_month ?? 12,
            exp_year: card.exp_year ?? 2034,
            fingerprint: `fingerprint${number.slice(-4)}`,
            funding: 'credit',
            generated_from: null,
            last4: number.slice(-4),
            networks: { available: [known.brand], preferred: null },
            regulated_status: 'unregulated',
            three_d_secure_usage: { supported: true },
            wallet: null,
        },
        created: world.now(null),
        customer: null,
        customer_account: null,
        livemode: false,
        metadata: {},
        type: 'card',
        ...fields,
        $number: number,
    });
}
