/** Prices. Amounts never change; a new amount is a new price. */

import { invalid } from '../http/errors.mjs';
import { matches, page, within } from '../http/lists.mjs';
import { PAGE, decimal, flag, listOf, map, mapOf, oneOf, range, required, text, whole } from '../http/params.mjs';
import { onRequest } from '../http/present.mjs';
import { newProduct } from '../shapes/product.mjs';
import { merged } from '../world/metadata.mjs';

const upTo = (value, at) => (value === 'inf' ? null : whole(value, at));
const TIERS = listOf({
    up_to: required(upTo),
    unit_amount: whole,
    unit_amount_decimal: decimal,
    flat_amount: whole,
    flat_amount_decimal: decimal,
});
const BEHAVIOUR = oneOf('exclusive', 'inclusive', 'unspecified');
const CURRENCIES = mapOf({ unit_amount: whole, unit_amount_decimal: decimal, tax_behavior: BEHAVIOUR, tiers: TIERS });
const CHANGEABLE = {
    active: flag,
    lookup_key: text,
    metadata: map,
    nickname: text,
    tax_behavior: BEHAVIOUR,
    transfer_lookup_key: flag,
};

const CREATE = {
    ...CHANGEABLE,
    billing_scheme: oneOf('per_unit', 'tiered'),
    currency: required(text),
    currency_options: CURRENCIES,
    product: text,
    product_data: { id: text, name: required(text), metadata: map, unit_label: text },
    recurring: {
        interval: required(oneOf('day', 'week', 'month', 'year')),
        interval_count: whole,
        meter: text,
        usage_type: oneOf('licensed', 'metered'),
        trial_period_days: whole,
    },
    tiers: TIERS,
    tiers_mode: oneOf('graduated', 'volume'),
    transform_quantity: { divide_by: required(whole), round: required(oneOf('up', 'down')) },
    unit_amount: whole,
    unit_amount_decimal: decimal,
};

const LIST = {
    ...PAGE,
    active: flag,
    created: range,
    currency: text,
    lookup_keys: listOf(text),
    product: text,
    recurring: { interval: text, meter: text, usage_type: text },
    type: oneOf('recurring', 'one_time'),
};

/** @type {import('../http/router.mjs').Route[]} */
export const prices = [
    ['POST', '/v1/prices', CREATE, create],
    ['GET', '/v1/prices', LIST, listAll],
    ['GET', '/v1/prices/:id', {}, ({ world, at }) => world.get('price', at.id)],
    ['POST', '/v1/prices/:id', { ...CHANGEABLE, currency_options: CURRENCIES }, update],
];

onRequest('price', 'tiers', (_, price) => price.$tiers ?? null);
onRequest('price', 'currency_options', (_, price) => price.$currency_options);

function create({ world, p }) {
    check(world, p);
    const product = p.product ?? newProduct(world, p.product_data).id;
    takeLookupKey(world, p);
    const amount = amountOf(p);
    const price = world.add({
        id: world.id('price'),
        object: 'price',
        active: p.active ?? true,
        billing_scheme: p.billing_scheme ?? 'per_unit',
        created: world.now(null),
        currency: p.currency.toLowerCase(),
        custom_unit_amount: null,
        livemode: false,
        lookup_key: p.lookup_key ?? null,
        metadata: merged({}, p.metadata),
        nickname: p.nickname ?? null,
        product,
        recurring: p.recurring
            ? {
                  interval_count: 1,
                  meter: null,
                  usage_type: 'licensed',
                  ...p.recurring,
                  trial_period_days: p.recurring.trial_period_days ?? null,
              }
            : null,
        tax_behavior: p.tax_behavior ?? 'unspecified',
        tiers_mode: p.tiers_mode ?? null,
        transform_quantity: p.transform_quantity ?? null,
        type: p.recurring ? 'recurring' : 'one_time',
        ...amount,
        $tiers: p.tiers?.map(tier),
    });
    price.$currency_options = { [price.currency]: option(p), ...options(p) };
    world.emitEvent('price.created', price);
    return price;
}

function check(world, p) {
    if (p.product) world.get('product', p.product, 'product');
    else if (!p.product_data) {
        throw invalid(
            'You must specify either `product` or `product_data` when creating a price.',
            'product',
            'parameter_missing',
        );
    }
    if (p.billing_scheme === 'tiered') {
        if (!p.tiers || !p.tiers_mode) {
            throw invalid(
                'You must specify `tiers` and `tiers_mode` with `billing_scheme=tiered`.',
                'tiers',
                'parameter_missing',
            );
        }
        if (p.tiers.at(-1).up_to !== null) throw invalid('The last tier must have `up_to=inf`.', 'tiers');
    } else if (p.unit_amount === undefined && p.unit_amount_decimal === undefined) {
        throw invalid(
            'Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.',
            'unit_amount',
            'parameter_missing',
        );
    }
    if (p.recurring?.usage_type === 'metered') {
        if (!p.recurring.meter) {
            throw invalid(
                'Metered prices must be backed by a meter. Set `recurring[meter]`.',
                'recurring[meter]',
                'parameter_missing',
            );
        }
        world.get('billing.meter', p.recurring.meter, 'recurring[meter]');
    }
}

/** A fraction of a cent is only in the decimal. */
function amountOf(p) {
    const text =
        p.unit_amount_decimal ?? (p.unit_amount === undefined || p.unit_amount === null ? null : String(p.unit_amount));
    const isWhole = text !== null && /^-?\d+(\.0+)?$/.test(text);
    return { unit_amount: isWhole ? Number(text) : null, unit_amount_decimal: text };
}

function tier(given) {
    const unit = amountOf(given);
    const flat = amountOf({ unit_amount: given.flat_amount, unit_amount_decimal: given.flat_amount_decimal });
    return {
        flat_amount: flat.unit_amount,
        flat_amount_decimal: flat.unit_amount_decimal,
        ...unit,
        up_to: given.up_to,
    };
}

function option(given) {
    return {
        custom_unit_amount: null,
        tax_behavior: given.tax_behavior ?? 'unspecified',
        ...amountOf(given),
        ...(given.tiers ? { tiers: given.tiers.map(tier) } : {}),
    };
}

function options(p) {
    return Object.fromEntries(
        Object.entries(p.currency_options ?? {}).map(([currency, given]) => [currency, option(given)]),
    );
}

/** A lookup key belongs to one active price; it moves only when that is asked for. */
function takeLookupKey(world, p, self) {
    if (!p.lookup_key) return;
    const holder = world.all('price').find((price) => price.lookup_key === p.lookup_key && price !== self);
    if (!holder) return;
    if (!p.transfer_lookup_key) {
        throw invalid(
            `A price (\`${holder.id}\`) already uses that lookup key.`,
            'lookup_key',
            'resource_already_exists',
        );
    }
    world.change('price.updated', holder, () => {
        holder.lookup_key = null;
    });
}

function listAll({ world, p }) {
    const found = world
        .all('price')
        .filter(
            (price) =>
                matches(price, { active: p.active, currency: p.currency, product: p.product, type: p.type }) &&
                (!p.lookup_keys || p.lookup_keys.includes(price.lookup_key)) &&
                (!p.recurring || (price.recurring && matches(price.recurring, p.recurring))) &&
                within(price.created, p.created),
        );
    return page(found, p, '/v1/prices');
}

function update({ world, p, at }) {
    const price = world.get('price', at.id);
    takeLookupKey(world, p, price);
    const { metadata, expand: _, transfer_lookup_key: __, currency_options: ___, ...fields } = p;
    return world.change('price.updated', price, () => {
        Object.assign(price, fields, { metadata: merged(price.metadata, metadata) });
        Object.assign(price.$currency_options, options(p));
    });
}
