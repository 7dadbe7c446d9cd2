/** Coupons at work: on a subscription, on an invoice, and on prorations. */

import { percent, share } from './exact.mjs';
import { monthsLater } from './calendar.mjs';
import { invalid } from '../http/errors.mjs';

/** Whether a coupon can still be redeemed. */
function redeemable(world, coupon, clock) {
    const now = world.now(clock);
    return (
        coupon.valid &&
        (coupon.redeem_by === null || coupon.redeem_by > now) &&
        (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions)
    );
}

/**
 * Turns `discounts[]` parameters into discounts of a subscription.
 * @param {{coupon?: string, promotion_code?: string, discount?: string}[]} given
 */
export function redeem(world, subscription, given) {
    return given.map((each) => {
        if (each.discount) return world.get('discount', each.discount, 'discounts').id;
        const code = each.promotion_code
            ? world.get('promotion_code', each.promotion_code, 'discounts[promotion_code]')
            : null;
        const coupon = world.get('coupon', code ? code.promotion.coupon : each.coupon, 'discounts[coupon]');
        if (!redeemable(world, coupon, subscription.$clock)) {
            throw invalid(`Coupon expired: ${coupon.id}`, 'coupon', 'coupon_expired');
        }
        if (code) checkCode(world, code, subscription.customer);
        coupon.times_redeemed += 1;
        coupon.valid = redeemable(world, coupon, null);
        if (code) code.times_redeemed += 1;
        return newDiscount(world, subscription, coupon, code).id;
    });
}

/** Refuses a promotion code that this customer cannot use. */
export function checkCode(world, code, customer) {
    const expired = code.expires_at !== null && code.expires_at <= world.now(world.find(customer)?.$clock);
    const spent = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions;
    const foreign = code.customer !== null && code.customer !== customer;
    const known = world.all('subscription').some((each) => each.customer === customer && each.latest_invoice);
    if (!code.active || expired || spent || foreign || (code.restrictions.first_time_transaction && known)) {
        throw invalid('This promotion code is invalid.', 'promotion_code', 'promotion_code_invalid');
    }
}

function newDiscount(world, subscription, coupon, code) {
    const start = world.now(subscription.$clock);
    return world.add({
        id: world.id('di'),
        object: 'discount',
        checkout_session: null,
        customer: subscription.customer,
        customer_account: null,
        end: coupon.duration === 'repeating' ? monthsLater(start, coupon.duration_in_months) : null,
        invoice: null,
        invoice_item: null,
        promotion_code: code?.id ?? null,
        source: { coupon: coupon.id, type: 'coupon' },
        start,
        subscription: subscription.id,
        subscription_item: null,
        $clock: subscription.$clock,
    });
}

/** Discounts of a subscription that hold at a time. */
export function active(world, subscription, now) {
    return subscription.discounts
        .map((id) => world.find(id))
        .filter((discount) => discount.end === null || discount.end > now);
}

function appliesTo(coupon, product) {
    const products = coupon.$applies_to?.products;
    return !products || products.includes(product);
}

/** An amount after the percentages that hold for a product: prorations carry them in their amount. */
export function reduced(world, subscription, price, amount, now) {
    return active(world, subscription, now)
        .map((discount) => world.find(discount.source.coupon))
        .filter(
            (coupon) => coupon.percent_off !== null && coupon.duration !== 'once' && appliesTo(coupon, price.product),
        )
        .reduce((left, coupon) => left - percent(left, coupon.percent_off), amount);
}

/** Writes the discounts into the lines of an invoice and adds them up. */
export function discountLines(world, invoice, discounts) {
    invoice.discounts = discounts.map((discount) => discount.id);
    for (const line of invoice.lines.data) line.discount_amounts = [];
    invoice.total_discount_amounts = discounts.map((discount) => ({
        amount: spread(world.find(discount.source.coupon), discount, invoice),
        discount: discount.id,
    }));
}

function spread(coupon, discount, invoice) {
    const lines = invoice.lines.data.filter(
        (line) =>
            line.discountable &&
            left(line) > 0 &&
            (!line.pricing || appliesTo(coupon, line.pricing.price_details.product)),
    );
    const whole = lines.reduce((sum, line) => sum + left(line), 0);
    const off = coupon.percent_off === null ? Math.min(offIn(coupon, invoice.currency), whole) : null;
    let given = 0;
    for (const [index, line] of lines.entries()) {
        const last = index === lines.length - 1;
        const amount =
            off === null ? percent(left(line), coupon.percent_off) : last ? off - given : share(off, left(line), whole);
        line.discount_amounts.push({ amount, discount: discount.id });
        given += amount;
    }
    return given;
}

function offIn(coupon, currency) {
    return coupon.currency === currency ? coupon.amount_off : (coupon.$currency_options?.[currency]?.amount_off ?? 0);
}

/** What is left of a line after its discounts. */
export function left(line) {
    return line.amount - line.discount_amounts.reduce((sum, each) => sum + each.amount, 0);
}

/** A coupon that holds once is gone after an invoice it reduced. */
export function forgetOnce(world, subscription) {
    subscription.discounts = subscription.discounts.filter(
        (id) => world.find(world.find(id).source.coupon).duration !== 'once',
    );
}
