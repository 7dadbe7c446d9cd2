/** What happens by itself while time passes, and what is refused. */

import assert from 'node:assert/strict';
import { Bench, CARD, DAY, journey, START, test, until } from './harness.mjs';

const bench = Bench.forFile();
const month = Date.UTC(2027, 1, 15, 12) / 1000;

journey('a clock says that it advances, then that it is ready, and jumps two intervals at most', async () => {
    const { stripe } = bench;
    const clock = await bench.clock();
    const customer = await bench.customer(clock);
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: (await bench.price(1000)).id }] });
    const clocks = stripe.testHelpers.testClocks;
    await assert.rejects(clocks.advance(clock.id, { frozen_time: START }), { param: 'frozen_time' });
    await assert.rejects(clocks.advance(clock.id, { frozen_time: START + 90 * DAY }), /two intervals/);
    const moving = await clocks.advance(clock.id, { frozen_time: month });
    assert.deepEqual([moving.status, moving.status_details.advancing.target_frozen_time], ['advancing', month]);
    await until('the clock to be ready', async () => (await clocks.retrieve(clock.id)).status === 'ready');
    assert.equal((await clocks.list()).data.find((each) => each.id === clock.id).frozen_time, month);
    assert.equal((await stripe.customers.list({ test_clock: clock.id })).data.length, 1);
    await clocks.del(clock.id);
    await assert.rejects(stripe.customers.retrieve(customer.id), { code: 'resource_missing' });
});

test('events of a renewal carry the time of the clock, in order', async () => {
    const { stripe } = bench;
    const clock = await bench.clock();
    const customer = await bench.customer(clock);
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: (await bench.price(1000)).id }] });
    const before = (await bench.happened()).length;
    await bench.advance(clock, month + 7200);
    const events = (await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 500 })).reverse().slice(before);
    const of = (type) => events.find((event) => event.type === type);
    assert.equal(of('invoice.upcoming').created, month - 7 * DAY);
    assert.equal(of('invoice.upcoming').data.object.id, undefined);
    assert.equal(of('invoice.upcoming').data.object.total, 1000);
    assert.equal(of('invoice.created').created, month);
    assert.equal(of('invoice.created').data.object.status, 'draft');
    assert.equal(of('invoice.finalized').created, month + 3600);
    assert.equal(of('charge.succeeded').created, month + 3600);
    assert.equal(of('invoice.paid').data.object.status_transitions.paid_at, month + 3600);
    const renewed = of('customer.subscription.updated').data.previous_attributes;
    assert.equal(renewed.items.data[0].current_period_end, month);
    const times = events.filter((event) => !event.type.startsWith('test_helpers')).map((event) => event.created);
    assert.deepEqual(
        times,
        [...times].sort((one, other) => one - other),
    );
});

journey('a short trial tells its end at once, and can be ended now', async () => {
    const { stripe } = bench;
    const clock = await bench.clock();
    const customer = await bench.customer(clock);
    const price = await bench.price(1000);
    const { id } = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        trial_period_days: 2,
    });
    assert.ok((await bench.happened(customer.id)).includes('customer.subscription.trial_will_end'));
    const ended = await stripe.subscriptions.update(id, { trial_end: 'now', expand: ['latest_invoice'] });
    assert.deepEqual([ended.status, ended.trial_end, ended.latest_invoice.amount_paid], ['active', START, 1000]);
});

test('a renewal that needs the customer is confirmed on its page', async () => {
    const { stripe } = bench;
    const clock = await bench.clock();
    const customer = await bench.customer(clock, 'pm_card_authenticationRequired');
    const price = await bench.price(1000);
    const { id } = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: price.id }],
        trial_period_days: 7,
    });
    await bench.advance(clock, START + 7 * DAY + 7200);
    const late = await stripe.subscriptions.retrieve(id, {
        expand: ['latest_invoice.payments.data.payment.payment_intent'],
    });
    assert.equal(late.status, 'past_due');
    const intent = late.latest_invoice.payments.data[0].payment.payment_intent;
    assert.equal(intent.status, 'requires_action');
    assert.ok((await bench.happened()).includes('invoice.payment_action_required'));
    await bench.submit(intent.next_action.redirect_to_url.url, { outcome: 'complete' });
    assert.equal((await stripe.subscriptions.retrieve(id)).status, 'active');
});

test('without a test clock the real time can be moved', async () => {
    const { stripe } = bench;
    const price = await bench.price(1000);
    const session = await stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ price: price.id, quantity: 1 }],
        success_url: 'https://market.example/',
    });
    await bench.submit(session.url, CARD);
    assert.equal((await stripe.invoices.list()).data.length, 1);
    await bench.control('advance', { seconds: 32 * DAY });
    assert.deepEqual(
        (await stripe.invoices.list()).data.map((each) => each.status),
        ['paid', 'paid'],
    );
});

journey('an invoice that is sent waits for its customer', async () => {
    const { stripe } = bench;
    const clock = await bench.clock();
    const customer = await stripe.customers.create({ test_clock: clock.id, email: 'ada@northwind.example' });
    const { latest_invoice: id, status } = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: (await bench.price(1000)).id }],
        collection_method: 'send_invoice',
        days_until_due: 30,
    });
    const invoice = await stripe.invoices.retrieve(id);
    assert.deepEqual([status, invoice.status, invoice.due_date], ['active', 'open', START + 30 * DAY]);
    assert.equal((await stripe.invoices.pay(id, { paid_out_of_band: true })).status, 'paid');
});

journey('what waits for the next invoice is on it', async () => {
    const { stripe } = bench;
    const clock = await bench.clock();
    const customer = await bench.customer(clock);
    const { id } = await stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: (await bench.price(1000)).id }],
    });
    const item = await stripe.invoiceItems.create({
        customer: customer.id,
        subscription: id,
        amount: -250,
        currency: 'eur',
        description: 'Goodwill',
    });
    assert.equal((await stripe.invoices.createPreview({ subscription: id })).total, 750);
    await bench.advance(clock, month + 7200);
    const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
    assert.deepEqual(
        invoice.lines.data.map((line) => line.amount),
        [-250, 1000],
    );
    assert.equal(invoice.lines.data[0].parent.type, 'invoice_item_details');
    await assert.rejects(stripe.invoiceItems.del(item.id), { code: 'invoice_not_editable' });
});
