/** Coupons and the codes that customers type in for them. */

import { invalid } from '../http/errors.mjs';
import { matches, page, within } from '../http/lists.mjs';
import { PAGE, flag, listOf, map, mapOf, number, oneOf, range, required, text, whole } from '../http/params.mjs';
import { onRequest } from '../http/present.mjs';
import { merged } from '../world/metadata.mjs';

const COUPON = {
    id: text,
    amount_off: whole,
    applies_to: { products: listOf(text) },
    currency: text,
    currency_options: mapOf({ amount_off: required(whole) }),
    duration: oneOf('once', 'repeating', 'forever'),
    duration_in_months: whole,
    max_redemptions: whole,
    metadata: map,
    name: text,
    percent_off: number,
    redeem_by: whole,
};

const CODE = {
    active: flag,
    code: text,
    customer: text,
    expires_at: whole,
    max_redemptions: whole,
    metadata: map,
    promotion: required({ type: required(oneOf('coupon')), coupon: required(text) }),
    restrictions: { first_time_transaction: flag, minimum_amount: whole, minimum_amount_currency: text },
};

/** @type {import('../http/router.mjs').Route[]} */
export const coupons = [
    ['POST', '/v1/coupons', COUPON, create],
    [
        'GET',
        '/v1/coupons',
        { ...PAGE, created: range },
        ({ world, p }) =>
            page(
                world.all('coupon').filter((each) => within(each.created, p.created)),
                p,
                '/v1/coupons',
            ),
    ],
    ['GET', '/v1/coupons/:id', {}, ({ world, at }) => world.get('coupon', at.id)],
    ['POST', '/v1/coupons/:id', { metadata: map, name: text }, update('coupon', 'coupon.updated')],
    ['DELETE', '/v1/coupons/:id', {}, remove],
    ['POST', '/v1/promotion_codes', CODE, createCode],
    [
        'GET',
        '/v1/promotion_codes',
        { ...PAGE, active: flag, code: text, coupon: text, created: range, customer: text },
        listCodes,
    ],
    ['GET', '/v1/promotion_codes/:id', {}, ({ world, at }) => world.get('promotion_code', at.id)],
    [
        'POST',
        '/v1/promotion_codes/:id',
        { active: flag, metadata: map },
        update('promotion_code', 'promotion_code.updated'),
    ],
];

onRequest('coupon', 'applies_to', (_, coupon) => coupon.$applies_to ?? null);
onRequest('coupon', 'currency_options', (_, coupon) => coupon.$currency_options ?? {});

function create({ world, p }) {
    if ((p.amount_off === undefined) === (p.percent_off === undefined)) {
        throw invalid('You must pass exactly one of `amount_off` or `percent_off`.');
    }
    if (p.amount_off !== undefined && !p.currency) {
        throw invalid('You must pass `currency` when passing `amount_off`.', 'currency', 'parameter_missing');
    }
    if (p.percent_off !== undefined && (p.percent_off <= 0 || p.percent_off > 100)) {
        throw invalid('Invalid percent_off: must be greater than 0 and at most 100.', 'percent_off');
    }
    if (p.duration === 'repeating' && !p.duration_in_months) {
        throw invalid(
            'You must pass `duration_in_months` with `duration=repeating`.',
            'duration_in_months',
            'parameter_missing',
        );
    }
    if (p.id && world.find(p.id)) throw invalid('Coupon already exists.', 'id', 'resource_already_exists');
    const coupon = world.add({
        id: p.id ?? world.id('coupon'),
        object: 'coupon',
        amount_off: p.amount_off ?? null,
        created: world.now(null),
        currency: p.currency ?? null,
        duration: p.duration ?? 'once',
        duration_in_months: p.duration_in_months ?? null,
        livemode: false,
        max_redemptions: p.max_redemptions ?? null,
        metadata: merged({}, p.metadata),
        name: p.name ?? null,
        percent_off: p.percent_off ?? null,
        redeem_by: p.redeem_by ?? null,
        times_redeemed: 0,
        valid: true,
        $applies_to: p.applies_to,
        $currency_options: p.currency_options,
    });
    world.emitEvent('coupon.created', coupon);
    return coupon;
}

function update(kind, type) {
    return ({ world, at, p }) => {
        const record = world.get(kind, at.id);
        const { metadata, expand: _, ...fields } = p;
        return world.change(type, record, () =>
            Object.assign(record, fields, { metadata: merged(record.metadata, metadata) }),
        );
    };
}

/** A deleted coupon cannot be redeemed any more; discounts that exist stay. */
function remove({ world, at }) {
    const coupon = world.get('coupon', at.id);
    if (world.all('discount').some((each) => each.source.coupon === coupon.id)) coupon.valid = false;
    else world.remove(coupon);
    world.emitEvent('coupon.deleted', coupon);
    return { id: coupon.id, object: 'coupon', deleted: true };
}

function createCode({ world, p }) {
    const coupon = world.get('coupon', p.promotion.coupon, 'promotion[coupon]');
    const id = world.id('promo');
    const code = p.code ?? `DOUBLE${id.slice(-4)}`;
    if (world.all('promotion_code').some((each) => each.active && each.code.toLowerCase() === code.toLowerCase())) {
        throw invalid(
            'An active promotion code with `code: ' + code + '` already exists.',
            'code',
            'resource_already_exists',
        );
    }
    const record = world.add({
        id,
        object: 'promotion_code',
        active: p.active ?? true,
        code,
        created: world.now(null),
        customer: p.customer ?? null,
        customer_account: null,
        expires_at: p.expires_at ?? null,
        livemode: false,
        max_redemptions: p.max_redemptions ?? null,
        metadata: merged({}, p.metadata),
        promotion: { coupon: coupon.id, type: 'coupon' },
        restrictions: {
            first_time_transaction: false,
            minimum_amount: null,
            minimum_amount_currency: null,
            ...p.restrictions,
        },
        times_redeemed: 0,
    });
    world.emitEvent('promotion_code.created', record);
    return record;
}

function listCodes({ world, p }) {
    const found = world
        .all('promotion_code')
        .filter(
            (each) =>
                matches(each, { active: p.active, customer: p.customer }) &&
                (!p.code || each.code.toLowerCase() === p.code.toLowerCase()) &&
                (!p.coupon || each.promotion.coupon === p.coupon) &&
                within(each.created, p.created),
        );
    return page(found, p, '/v1/promotion_codes');
}
