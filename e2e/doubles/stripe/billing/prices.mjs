/** What a quantity costs at a price: flat units, packages, and both kinds of tiers. */

import { invalid } from '../http/errors.mjs';
import { SCALE, rounded, scaled } from './exact.mjs';

/** The figures of a price in a currency. */
export function inCurrency(price, currency) {
    if (price.currency === currency) return { unit: price.unit_amount_decimal, tiers: price.$tiers };
    const option = price.$currency_options?.[currency];
    if (!option) {
        throw invalid(
            `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${currency}\`.`,
            'items',
        );
    }
    return { unit: option.unit_amount_decimal, tiers: option.tiers ?? price.$tiers };
}

/**
 * Parts of what a quantity costs; graduated tiers give one part each and one for each flat fee.
 * @returns {{amount: number, quantity: number, unit: string, label: string}[]}
 */
export function parts(price, quantity, currency) {
    const { unit, tiers } = inCurrency(price, currency);
    if (price.billing_scheme !== 'tiered') {
        return [{ amount: times(unit, packages(price, quantity)), quantity, unit, label: '' }];
    }
    return price.tiers_mode === 'volume' ? volume(tiers, quantity) : graduated(tiers, quantity);
}

export function cost(price, quantity, currency) {
    return parts(price, quantity, currency).reduce((sum, part) => sum + part.amount, 0);
}

function times(unit, quantity) {
    return rounded(scaled(unit ?? '0') * scaled(quantity), SCALE * SCALE);
}

function packages(price, quantity) {
    const by = price.transform_quantity;
    if (!by) return quantity;
    return by.round === 'up' ? Math.ceil(quantity / by.divide_by) : Math.floor(quantity / by.divide_by);
}

function volume(tiers, quantity) {
    const tier = tiers.find((each) => each.up_to === null || quantity <= each.up_to);
    const flat = times(tier.flat_amount_decimal, 1);
    return [
        {
            amount: times(tier.unit_amount_decimal, quantity) + flat,
            quantity,
            unit: tier.unit_amount_decimal ?? '0',
            label: '',
        },
    ];
}

function graduated(tiers, quantity) {
    const found = [];
    let below = 0;
    for (const [index, tier] of tiers.entries()) {
        const inside = Math.max(0, Math.min(quantity, tier.up_to ?? Infinity) - below);
        if (index > 0 && inside === 0) break;
        const label = ` (Tier ${index + 1})`;
        const unit = tier.unit_amount_decimal ?? '0';
        found.push({ amount: times(unit, inside), quantity: inside, unit, label });
        if (tier.flat_amount_decimal) {
            const amount = times(tier.flat_amount_decimal, 1);
            found.push({ amount, quantity: 1, unit: tier.flat_amount_decimal, label: `${label} flat fee` });
        }
        below = tier.up_to ?? Infinity;
    }
    return found;
}
