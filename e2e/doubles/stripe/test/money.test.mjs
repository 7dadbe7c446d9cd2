/** Amounts: prorations, tiers, usage, discounts, tax, and previews that keep their word. */

import assert from 'node:assert/strict';
import { Bench, CARD, DAY, journey, LIVE, START, test, until } from './harness.mjs';

const bench = Bench.forFile();
const month = Date.UTC(2027, 1, 15, 12) / 1000;
const latest = async (id) =>
    (await bench.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).latest_invoice;

/** What a preview and the invoice must have in common. */
function figures(invoice) {
    return {
        lines: invoice.lines.data.map(({ amount, description, quantity, period, discount_amounts, taxes }) => ({
            amount,
            description,
            quantity,
            period,
            off: discount_amounts.map((each) => each.amount),
            tax: taxes.map((each) => each.amount),
        })),
        subtotal: invoice.subtotal,
        total: invoice.total,
        due: invoice.amount_due,
        start: invoice.starting_balance,
        tax: invoice.total_taxes.map((each) => each.amount),
        off: invoice.total_discount_amounts.map((each) => each.amount),
    };
}

async function started(items, fields = {}, customerFields = {}) {
    const clock = await bench.clock();
    const customer = await bench.customer(clock, 'pm_card_visa', customerFields);
    const subscription = await bench.stripe.subscriptions.create({ customer: customer.id, items, ...fields });
    return { clock, customer, subscription, id: subscription.id, item: subscription.items.data[0].id };
}

journey('the preview of an upgrade equals the invoice, at once and at the renewal', async () => {
    const { stripe } = bench;
    const [small, large] = [await bench.price(2900, { name: 'Small' }), await bench.price(9900, { name: 'Large' })];
    const coupon = await stripe.coupons.create({ percent_off: 12.5, duration: 'forever' });
    for (const proration_behavior of ['always_invoice', 'create_prorations', 'none']) {
        const { clock, id, item } = await started(
            [{ price: small.id, quantity: 7 }],
            // Stripe computes taxes for whoever is registered for them.
            { automatic_tax: { enabled: !LIVE }, discounts: [{ coupon: coupon.id }] },
            { address: { country: 'DE' } },
        );
        await bench.advance(clock, START + 11 * DAY + 4711);
        const items = [{ id: item, price: large.id, quantity: 5 }];
        const proration_date = START + 11 * DAY + 4711;
        const before = await stripe.subscriptions.retrieve(id);
        const preview = await stripe.invoices.createPreview({
            subscription: id,
            subscription_details: { items, proration_behavior, proration_date },
        });
        assert.deepEqual(await stripe.subscriptions.retrieve(id), before, 'a preview changes nothing');
        await stripe.subscriptions.update(id, { items, proration_behavior, proration_date });
        if (proration_behavior !== 'always_invoice') await bench.advance(clock, month + 7200);
        const invoice = await latest(id);
        assert.equal(invoice.status, 'paid');
        assert.deepEqual(figures(invoice), figures(preview), proration_behavior);
        assert.equal(
            invoice.lines.data.length,
            { always_invoice: 2, create_prorations: 3, none: 1 }[proration_behavior],
        );
    }
});

journey('prorations count seconds and round halves away from zero', async () => {
    const { stripe } = bench;
    const [small, large] = [await bench.price(1001), await bench.price(3003)];
    const { clock, id, item } = await started([{ price: small.id }]);
    const half = START + (month - START) / 2;
    await bench.advance(clock, half);
    await stripe.subscriptions.update(id, {
        items: [{ id: item, price: large.id }],
        proration_behavior: 'always_invoice',
    });
    const invoice = await latest(id);
    assert.deepEqual(
        invoice.lines.data.map((line) => line.amount),
        [-501, 1502],
    );
    assert.equal(invoice.billing_reason, 'subscription_update');
    assert.equal(invoice.lines.data[0].parent.subscription_item_details.proration, true);
    assert.equal(invoice.amount_paid, 1001);
});

journey('a downgrade leaves a credit that the next invoice uses up', async () => {
    const { stripe } = bench;
    const [small, large] = [await bench.price(1000), await bench.price(5000)];
    const { clock, customer, id, item } = await started([{ price: large.id }]);
    await bench.advance(clock, START + (month - START) / 2);
    await stripe.subscriptions.update(id, {
        items: [{ id: item, price: small.id }],
        proration_behavior: 'always_invoice',
    });
    assert.equal((await latest(id)).total, -2000);
    assert.equal((await stripe.customers.retrieve(customer.id)).balance, -2000);
    const preview = await stripe.invoices.createPreview({ subscription: id });
    await bench.advance(clock, month + 7200);
    const next = await latest(id);
    assert.deepEqual(figures(next), figures(preview));
    assert.deepEqual(
        [next.total, next.amount_due, next.starting_balance, next.ending_balance, next.status],
        [1000, 0, -2000, -1000, 'paid'],
    );
});

journey('another interval begins a new period at once', async () => {
    const { stripe } = bench;
    const monthly = await bench.price(1000);
    const yearly = await stripe.prices.create({
        product: monthly.product,
        currency: 'eur',
        unit_amount: 10_000,
        recurring: { interval: 'year' },
    });
    const { clock, id, item } = await started([{ price: monthly.id }]);
    const half = START + (month - START) / 2;
    await bench.advance(clock, half);
    const items = [{ id: item, price: yearly.id }];
    const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details: { items } });
    const after = await stripe.subscriptions.update(id, { items });
    assert.deepEqual(figures(await latest(id)), figures(preview));
    assert.equal(preview.total, 9500);
    assert.equal(after.items.data[0].current_period_start, half);
});

journey('usage is billed when the period has ended, late events too, canceled ones not', async () => {
    const { stripe } = bench;
    const calls = bench.name('calls');
    const meter = await stripe.billing.meters.create({
        display_name: 'Calls',
        event_name: calls,
        default_aggregation: { formula: 'sum' },
    });
    const price = await bench.price(undefined, {
        unit_amount: undefined,
        unit_amount_decimal: '0.25',
        recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    });
    const { clock, customer, id } = await started([{ price: price.id }]);
    const send = (value, identifier, timestamp) =>
        stripe.billing.meterEvents.create({
            event_name: calls,
            identifier,
            timestamp,
            payload: { stripe_customer_id: customer.id, value: String(value) },
        });
    assert.equal((await latest(id)).total, 0);
    await bench.advance(clock, START + 10 * DAY);
    await send(1001, 'one', START + DAY);
    await send(500, 'two', START + 2 * DAY);
    await send(7, 'three', START + 3 * DAY);
    await assert.rejects(send(1, 'one', START + DAY), {
        statusCode: 400,
        message: /already exists with identifier one/,
    });
    await assert.rejects(send(1, 'old', START - 36 * DAY), { code: 'timestamp_too_far_in_past' });
    await assert.rejects(send(1, 'early', START + 10 * DAY + 301), { code: 'timestamp_in_future' });
    await stripe.billing.meterEventAdjustments.create({
        event_name: calls,
        type: 'cancel',
        cancel: { identifier: 'three' },
    });
    // What is reported is added up a little later.
    await until('the sum', async () => {
        const of = { customer: customer.id, start_time: START, end_time: START + 10 * DAY };
        const [summary] = (await stripe.billing.meters.listEventSummaries(meter.id, of)).data;
        return summary?.aggregated_value === 1501;
    });
    const preview = await stripe.invoices.createPreview({ subscription: id });
    assert.equal(preview.total, 375);

    await bench.advance(clock, month + 60);
    assert.equal((await latest(id)).status, 'draft');
    await send(500, 'late', month - 1);
    await send(900, 'next period', month + 1);
    await bench.advance(clock, month + 7200);
    const invoice = await latest(id);
    assert.deepEqual([invoice.status, invoice.total, invoice.lines.data[0].quantity], ['paid', 500, 2001]);
    assert.deepEqual(invoice.lines.data[0].period, { start: START, end: month });
    await bench.stripe.billing.meters.deactivate(meter.id);
    await assert.rejects(send(1, 'after', month + 2), { code: 'no_meter' });
});

journey('usage may have fractions, and is free in a trial', async () => {
    const { stripe } = bench;
    const gb = bench.name('gb');
    const default_aggregation = { formula: 'sum' };
    const meter = await stripe.billing.meters.create({ display_name: 'GB', event_name: gb, default_aggregation });
    const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id };
    const price = await bench.price(300, { recurring });
    const { clock, customer, id } = await started([{ price: price.id }], { trial_period_days: 10 });
    const send = (value) =>
        stripe.billing.meterEvents.create({ event_name: gb, payload: { stripe_customer_id: customer.id, value } });
    await send('1000');
    await bench.advance(clock, START + 11 * DAY);
    assert.equal((await latest(id)).total, 0);
    await send('1.5');
    await send('2.25');
    await bench.advance(clock, START + 10 * DAY + 31 * DAY + 7200);
    const invoice = await latest(id);
    assert.equal(invoice.total, 1125);
    assert.equal(invoice.lines.data[0].quantity_decimal.toString(), '3.75');
});

journey('tiers and packages', async () => {
    const { stripe } = bench;
    const tiers = [
        { up_to: 10, unit_amount: 500, flat_amount: 1000 },
        { up_to: 100, unit_amount: 300 },
        { up_to: 'inf', unit_amount_decimal: '99.5' },
    ];
    const cost = async (fields, quantity) => {
        const price = await bench.price(undefined, { unit_amount: undefined, ...fields });
        return (await latest((await started([{ price: price.id, quantity }])).id)).total;
    };
    const graduated = { billing_scheme: 'tiered', tiers_mode: 'graduated', tiers };
    assert.equal(await cost(graduated, 10), 6000);
    assert.equal(await cost(graduated, 101), 6000 + 27_000 + 100);
    assert.equal(await cost({ ...graduated, tiers_mode: 'volume' }, 10), 6000);
    assert.equal(await cost({ ...graduated, tiers_mode: 'volume' }, 11), 3300);
    assert.equal(await cost({ unit_amount: 700, transform_quantity: { divide_by: 10, round: 'up' } }, 21), 2100);
    const price = await stripe.prices.create({
        product: (await bench.price(1)).product,
        currency: 'eur',
        recurring: { interval: 'month' },
        ...graduated,
        expand: ['tiers'],
    });
    assert.equal(price.tiers.at(-1).up_to, null);
    assert.equal((await stripe.prices.retrieve(price.id)).tiers, undefined);
});

journey('coupons hold once, for months, or for ever', async () => {
    const { stripe } = bench;
    const price = await bench.price(1000);
    const totals = async (coupon) => {
        const { clock, id } = await started([{ price: price.id }], {
            discounts: [{ coupon: (await stripe.coupons.create(coupon)).id }],
        });
        await bench.advanceThrough(clock, month, Date.UTC(2027, 2, 15, 14) / 1000);
        return (await stripe.invoices.list({ subscription: id })).data.map((invoice) => invoice.total).reverse();
    };
    assert.deepEqual(await totals({ percent_off: 25, duration: 'once' }), [750, 1000, 1000]);
    assert.deepEqual(
        await totals({ amount_off: 300, currency: 'eur', duration: 'repeating', duration_in_months: 2 }),
        [700, 700, 1000],
    );
    assert.deepEqual(await totals({ percent_off: 33.3, duration: 'forever' }), [667, 667, 667]);
});

test('a promotion code and German tax on the payment page', async () => {
    const { stripe } = bench;
    const price = await bench.price(1000);
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
    const code = await stripe.promotionCodes.create({
        promotion: { type: 'coupon', coupon: coupon.id },
        code: 'HELLO',
        max_redemptions: 1,
    });
    const session = await stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ price: price.id, quantity: 1 }],
        allow_promotion_codes: true,
        automatic_tax: { enabled: true },
        tax_id_collection: { enabled: true },
        success_url: 'https://market.example/',
    });
    assert.match(await (await bench.submit(session.url, { action: 'code', code: 'nope' })).text(), /code is invalid/);
    await bench.submit(session.url, { action: 'code', code: 'hello' });
    const page = await (await bench.submit(session.url, { action: 'address', country: 'DE' })).text();
    assert.match(page, /€10\.71/);
    await bench.submit(session.url, { ...CARD, country: 'DE', vat: 'DE123456789' });
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice', 'customer.tax_ids'] });
    assert.deepEqual([done.amount_subtotal, done.amount_total], [1000, 1071]);
    assert.equal(done.invoice.total_taxes[0].amount, 171);
    assert.equal(done.customer.tax_ids.data[0].value, 'DE123456789');
    assert.equal((await stripe.promotionCodes.retrieve(code.id)).times_redeemed, 1);
});

journey('a coupon is named by its expanded discount', async () => {
    const { stripe } = bench;
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever', name: 'Friends' });
    const { id } = await started([{ price: (await bench.price(1000)).id }], { discounts: [{ coupon: coupon.id }] });
    const found = await stripe.subscriptions.retrieve(id, { expand: ['discounts.source.coupon'] });
    assert.equal(found.discounts[0].source.coupon.name, 'Friends');
});
