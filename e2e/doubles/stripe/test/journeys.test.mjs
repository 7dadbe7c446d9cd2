/** Subscriptions from the first day to the last. */

import assert from 'node:assert/strict';
import { Bench, CARD, DAY, journey, START, test } from './harness.mjs';

const bench = Bench.forFile();
const month = Date.UTC(2027, 1, 15, 12) / 1000;

async function subscribed(price, card, fields = {}) {
    const clock = await bench.clock();
    const customer = await bench.customer(clock, card);
    const subscription = await bench.stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        ...fields,
    });
    return { clock, customer, subscription, id: subscription.id };
}

const now = (id) => bench.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });

test('checkout with a trial becomes a paid invoice when the trial ends', async () => {
    const { stripe } = bench;
    const price = await bench.price(2900);
    const clock = await bench.clock();
    const customer = await stripe.customers.create({ test_clock: clock.id, email: 'ada@northwind.example' });
    const session = await stripe.checkout.sessions.create({
        mode: 'subscription',
        customer: customer.id,
        line_items: [{ price: price.id, quantity: 3 }],
        subscription_data: { trial_period_days: 14, metadata: { organization: '7' } },
        success_url: 'https://market.example/done?session={CHECKOUT_SESSION_ID}',
        cancel_url: 'https://market.example/plans',
        client_reference_id: 'org-7',
    });
    assert.equal(session.amount_total, 0);
    const page = await (await fetch(session.url)).text();
    assert.match(page, /Stripe test double, no real money/);
    assert.match(page, /href="https:\/\/market\.example\/plans"/);

    const paid = await bench.submit(session.url, CARD);
    assert.equal(paid.status, 303);
    assert.equal(paid.headers.get('location'), `https://market.example/done?session=${session.id}`);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'line_items'] });
    assert.equal(done.status, 'complete');
    assert.equal(done.payment_status, 'no_payment_required');
    assert.equal(done.line_items.data[0].quantity, 3);
    assert.equal(done.subscription.status, 'trialing');
    assert.equal(done.subscription.metadata.organization, '7');
    assert.equal(done.subscription.trial_end, START + 14 * DAY);

    await bench.advance(clock, START + 14 * DAY + 7200);
    const after = await now(done.subscription.id);
    assert.equal(after.status, 'active');
    assert.equal(after.latest_invoice.status, 'paid');
    assert.equal(after.latest_invoice.amount_paid, 8700);
    assert.equal(after.latest_invoice.billing_reason, 'subscription_cycle');
    const types = await bench.happened();
    const order = [
        'checkout.session.completed',
        'customer.subscription.trial_will_end',
        'invoice.created',
        'invoice.finalized',
        'invoice.paid',
    ];
    let at = types.indexOf(order[0]);
    for (const type of order.slice(1)) {
        at = types.indexOf(type, at);
        assert.ok(at > 0, `${type} comes after what went before it`);
    }
});

test('a declined card pays nothing and leaves the session open', async () => {
    const price = await bench.price(2900);
    const session = await bench.stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ price: price.id, quantity: 1 }],
        success_url: 'https://market.example/',
    });
    for (const number of ['4000000000000002', '4000000000000341']) {
        const answer = await bench.submit(session.url, { ...CARD, number });
        assert.equal(answer.status, 422);
        assert.match(await answer.text(), /role="alert">Your card was declined/);
    }
    assert.equal((await bench.stripe.checkout.sessions.retrieve(session.id)).status, 'open');
    assert.equal((await bench.stripe.subscriptions.list()).data.length, 0);
    assert.equal((await bench.submit(session.url, CARD)).status, 303);
    const [subscription] = (await bench.stripe.subscriptions.list()).data;
    assert.equal(subscription.status, 'active');
});

test('a card that needs confirmation is asked for it', async () => {
    const price = await bench.price(2900);
    const session = await bench.stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ price: price.id, quantity: 1 }],
        success_url: 'https://market.example/',
    });
    const asked = await bench.submit(session.url, { ...CARD, number: '4000002500003155' });
    assert.match(asked.headers.get('location'), /\/confirm$/);
    const failed = await bench.submit(`${session.url}/confirm`, { outcome: 'fail' });
    assert.match(await failed.text(), /unable to authenticate/);
    assert.equal(
        (await bench.submit(`${session.url}/confirm`, { outcome: 'complete' })).headers.get('location'),
        'https://market.example/',
    );
    assert.equal((await bench.stripe.checkout.sessions.retrieve(session.id)).payment_status, 'paid');
});

test('a failed renewal is past due, and recovers with another card', async () => {
    const { stripe } = bench;
    const { clock, customer, id } = await subscribed(await bench.price(2900));
    await bench.card(customer, 'pm_card_chargeCustomerFail');
    await bench.advance(clock, month + 2 * 3600);
    const late = await now(id);
    assert.equal(late.status, 'past_due');
    assert.equal(late.latest_invoice.attempt_count, 1);
    assert.equal(late.latest_invoice.next_payment_attempt, month + 3600 + 3 * DAY);
    assert.ok((await stripe.customers.retrieve(customer.id)).delinquent);

    const portal = await stripe.billingPortal.sessions.create({
        customer: customer.id,
        return_url: 'https://market.example/billing',
    });
    assert.match(await (await fetch(portal.url)).text(), /https:\/\/market\.example\/billing/);
    assert.equal((await bench.submit(portal.url, CARD)).status, 303);
    await bench.advance(clock, month + 4 * DAY);
    const well = await now(id);
    assert.equal(well.status, 'active');
    assert.equal(well.latest_invoice.status, 'paid');
    assert.equal((await stripe.customers.retrieve(customer.id)).delinquent, false);
});

journey('a renewal that failed is paid with another card', async () => {
    const { stripe } = bench;
    const { clock, customer, id } = await subscribed(await bench.price(2900));
    await bench.card(customer, 'pm_card_chargeCustomerFail');
    await bench.advance(clock, month + 2 * 3600);
    const late = await now(id);
    assert.deepEqual([late.status, late.latest_invoice.status], ['past_due', 'open']);
    await bench.card(customer, 'pm_card_visa');
    assert.equal((await stripe.invoices.pay(late.latest_invoice.id)).status, 'paid');
    assert.equal((await now(id)).status, 'active');
});

journey('a trial becomes a paid invoice when it ends', async () => {
    const clock = await bench.clock();
    const customer = await bench.customer(clock);
    const price = await bench.price(2900);
    const { id, status } = await bench.stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id, quantity: 3 }],
        trial_period_days: 14,
    });
    assert.equal(status, 'trialing');
    await bench.advance(clock, START + 14 * DAY + 7200);
    const after = await now(id);
    assert.deepEqual([after.status, after.latest_invoice.status], ['active', 'paid']);
    assert.equal(after.latest_invoice.amount_paid, 8700);
});

test('a renewal that fails for good ends as the settings say', async () => {
    for (const [after_retries, status] of [
        ['cancel', 'canceled'],
        ['unpaid', 'unpaid'],
    ]) {
        await bench.reset();
        await bench.control('settings', { after_retries });
        const { clock, customer, id } = await subscribed(await bench.price(2900));
        await bench.card(customer, 'pm_card_chargeCustomerFail');
        await bench.advance(clock, month + 3600 + 14 * DAY);
        assert.equal((await now(id)).status, 'past_due');
        await bench.advance(clock, month + 3600 + 15 * DAY);
        const over = await now(id);
        assert.equal(over.status, status);
        assert.equal(over.latest_invoice.attempt_count, 4);
        assert.equal(over.latest_invoice.status, 'open');
        if (status === 'canceled') assert.equal(over.cancellation_details.reason, 'payment_failed');
    }
});

journey('a first payment that fails is incomplete and expires', async () => {
    const { clock, id } = await subscribed(await bench.price(2900), 'pm_card_chargeCustomerFail');
    assert.equal((await now(id)).status, 'incomplete');
    await bench.advance(clock, START + 23 * 3600 + 1);
    const over = await now(id);
    assert.equal(over.status, 'incomplete_expired');
    assert.equal(over.latest_invoice.status, 'void');
});

journey('the end of a period can be asked for and taken back', async () => {
    const { stripe } = bench;
    const { clock, id } = await subscribed(await bench.price(2900));
    const ending = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    assert.equal(ending.cancel_at, month);
    assert.equal(ending.cancellation_details.reason, 'cancellation_requested');
    await assert.rejects(stripe.invoices.createPreview({ subscription: id }), { code: 'invoice_upcoming_none' });
    const kept = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
    assert.equal(kept.canceled_at, null);
    await bench.advance(clock, month + 7200);
    assert.equal((await now(id)).status, 'active');
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await bench.advance(clock, Date.UTC(2027, 2, 15, 12) / 1000);
    assert.equal((await now(id)).status, 'canceled');
    assert.equal((await stripe.invoices.list({ subscription: id })).data.length, 2);
});

journey('a trial without a card pauses when it should, and resumes', async () => {
    const { stripe } = bench;
    const price = await bench.price(2900);
    const clock = await bench.clock();
    const customer = await stripe.customers.create({ test_clock: clock.id });
    const { id } = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        trial_period_days: 7,
        trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    await bench.advance(clock, START + 8 * DAY);
    assert.equal((await now(id)).status, 'paused');
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.subscriptions.update(id, { default_payment_method: method.id });
    assert.equal((await stripe.subscriptions.resume(id, { billing_cycle_anchor: 'now' })).status, 'active');
    assert.equal((await now(id)).latest_invoice.amount_paid, 2900);
});

journey('collection that is paused voids the invoice and goes on by itself', async () => {
    const { stripe } = bench;
    const { clock, id } = await subscribed(await bench.price(2900));
    await stripe.subscriptions.update(id, { pause_collection: { behavior: 'void', resumes_at: month + 5 * DAY } });
    await bench.advance(clock, month + 7200);
    const held = await now(id);
    assert.equal(held.latest_invoice.status, 'void');
    assert.equal(held.status, 'active');
    await bench.advance(clock, month + 6 * DAY);
    assert.equal((await now(id)).pause_collection, null);
});

journey('months that are too short do not move the day of the anchor', async () => {
    const { stripe } = bench;
    const clock = await bench.clock(Date.UTC(2027, 0, 31, 12) / 1000);
    const customer = await bench.customer(clock);
    const price = await bench.price(1000);
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    await bench.advance(clock, Date.UTC(2027, 1, 28, 14) / 1000);
    const [item] = (await now(id)).items.data;
    assert.equal(item.current_period_start, Date.UTC(2027, 1, 28, 12) / 1000);
    assert.equal(item.current_period_end, Date.UTC(2027, 2, 31, 12) / 1000);
});

journey('without a card nothing is sold, and nothing is left behind', async () => {
    const { stripe } = bench;
    const price = await bench.price(2900);
    const customer = await stripe.customers.create({});
    await assert.rejects(stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] }), {
        code: 'resource_missing',
    });
    assert.equal((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data.length, 0);
    const bad = await bench.customer(undefined, 'pm_card_chargeCustomerFail');
    const strict = { items: [{ price: price.id }], payment_behavior: 'error_if_incomplete' };
    await assert.rejects(stripe.subscriptions.create({ customer: bad.id, ...strict }), { code: 'card_declined' });
    const good = await bench.customer();
    assert.equal((await stripe.subscriptions.create({ customer: good.id, ...strict })).status, 'active');
    assert.equal((await stripe.subscriptions.list({ customer: bad.id, status: 'all' })).data.length, 0);
    const open = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        payment_behavior: 'default_incomplete',
        expand: ['latest_invoice.confirmation_secret'],
    });
    assert.equal(open.status, 'incomplete');
    assert.match(open.latest_invoice.confirmation_secret.client_secret, /^pi_/);
});
