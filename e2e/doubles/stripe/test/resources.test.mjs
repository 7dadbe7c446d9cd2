/** Each resource on its own, as the official SDK sees it; and the rules that hold for all calls. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { Bench, START } from './harness.mjs';

const bench = Bench.forFile();

test('products and prices', async () => {
    const { stripe } = bench;
    const product = await stripe.products.create({ name: 'Alerts', metadata: { listing: '7', kind: 'app' } });
    assert.equal(product.id, 'prod_00000001');
    const changed = await stripe.products.update(product.id, {
        description: 'Rings',
        metadata: { kind: '', more: 'yes' },
    });
    assert.deepEqual(changed.metadata, { listing: '7', more: 'yes' });
    assert.deepEqual((await stripe.products.update(product.id, { metadata: '' })).metadata, {});
    const price = await stripe.prices.create({
        product: product.id,
        currency: 'eur',
        unit_amount: 1200,
        recurring: { interval: 'year' },
        lookup_key: 'alerts-yearly',
        currency_options: { usd: { unit_amount: 1300 } },
        expand: ['currency_options', 'product'],
    });
    assert.equal(price.currency_options.usd.unit_amount, 1300);
    assert.equal(price.product.name, 'Alerts');
    const next = {
        product: product.id,
        currency: 'eur',
        unit_amount: 1500,
        recurring: { interval: 'year' },
        lookup_key: 'alerts-yearly',
    };
    await assert.rejects(stripe.prices.create(next), { code: 'resource_already_exists' });
    const moved = await stripe.prices.create({ ...next, transfer_lookup_key: true });
    assert.deepEqual(
        (await stripe.prices.list({ lookup_keys: ['alerts-yearly'] })).data.map((each) => each.id),
        [moved.id],
    );
    assert.equal((await stripe.prices.update(price.id, { active: false })).active, false);
    assert.deepEqual(
        (await stripe.prices.list({ active: true, product: product.id })).data.map((each) => each.id),
        [moved.id],
    );
    await assert.rejects(stripe.products.del(product.id), /cannot be deleted/);
    assert.equal(
        (await stripe.events.list({ types: ['price.updated'] })).data[0].data.previous_attributes.active,
        true,
    );
});

test('customers, their cards and tax ids', async () => {
    const { stripe } = bench;
    const customer = await stripe.customers.create({
        name: 'Northwind',
        tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
        payment_method: 'pm_card_visa',
    });
    const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    assert.equal(card.card.last4, '4242');
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
    await assert.rejects(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: customer.id }), {
        type: 'StripeCardError',
        code: 'card_declined',
    });
    await assert.rejects(stripe.customers.createTaxId(customer.id, { type: 'eu_vat', value: '12' }), {
        code: 'tax_id_invalid',
    });
    const found = await stripe.customers.retrieve(customer.id, {
        expand: ['tax_ids', 'invoice_settings.default_payment_method'],
    });
    assert.equal(found.tax_ids.data.length, 1);
    assert.equal(found.invoice_settings.default_payment_method.id, card.id);
    await stripe.customers.deleteTaxId(customer.id, found.tax_ids.data[0].id);
    await stripe.paymentMethods.detach(card.id);
    assert.equal((await stripe.customers.retrieve(customer.id)).invoice_settings.default_payment_method, null);
    assert.equal((await stripe.customers.del(customer.id)).deleted, true);
    assert.equal((await stripe.customers.retrieve(customer.id)).deleted, true);
    await assert.rejects(stripe.subscriptions.create({ customer: customer.id, items: [{ price: 'price_1' }] }), {
        code: 'resource_missing',
    });
});

test('lists come in pages, newest first', async () => {
    const { stripe } = bench;
    for (let at = 1; at <= 25; at += 1) await stripe.customers.create({ name: `Customer ${at}` });
    const first = await stripe.customers.list({ limit: 3 });
    assert.deepEqual([first.data[0].name, first.has_more, first.url], ['Customer 25', true, '/v1/customers']);
    const back = await stripe.customers.list({ limit: 2, ending_before: first.data[2].id });
    assert.deepEqual(
        back.data.map((each) => each.name),
        ['Customer 25', 'Customer 24'],
    );
    const names = [];
    for await (const customer of stripe.customers.list({ limit: 4 })) names.push(customer.name);
    assert.equal(new Set(names).size, 25);
    await assert.rejects(stripe.customers.list({ starting_after: 'cus_nobody' }), {
        code: 'resource_missing',
        param: 'starting_after',
    });
    await assert.rejects(stripe.customers.list({ limit: 101 }), { param: 'limit' });
});

test('what Stripe would refuse is refused in its words', async () => {
    const { stripe } = bench;
    await assert.rejects(stripe.customers.create({ nickname: 'x' }), {
        code: 'parameter_unknown',
        param: 'nickname',
        statusCode: 400,
        type: 'StripeInvalidRequestError',
        message: 'Received unknown parameter: nickname',
    });
    await assert.rejects(stripe.customers.create({ address: { town: 'x' } }), {
        code: 'parameter_unknown',
        param: 'address[town]',
    });
    await assert.rejects(stripe.products.create({}), { code: 'parameter_missing', param: 'name' });
    await assert.rejects(stripe.customers.retrieve('cus_nobody'), {
        code: 'resource_missing',
        statusCode: 404,
        message: "No such customer: 'cus_nobody'",
    });
    await assert.rejects(stripe.customers.create({ balance: 'much' }), { code: 'parameter_invalid_integer' });
    await assert.rejects(stripe.customers.create({ name: 'x', expand: ['nothing'] }), { param: 'expand' });
    await assert.rejects(stripe.rawRequest('GET', '/v1/nothing'), { statusCode: 404 });
    await assert.rejects(new Stripe('wrong', bench.options).customers.list(), {
        type: 'StripeAuthenticationError',
        statusCode: 401,
    });
    const basic = await fetch(`${bench.url}/v1/customers`, {
        headers: { Authorization: `Basic ${btoa('sk_test_double:')}` },
    });
    assert.equal(basic.status, 200);
    assert.match(basic.headers.get('request-id'), /^req_/);
    assert.equal((await fetch(`${bench.url}/v1/customers`)).status, 401);
});

test('an idempotency key gives the same answer, and only for the same request', async () => {
    const { stripe } = bench;
    const key = { idempotencyKey: 'key-1' };
    const one = await stripe.customers.create({ name: 'Once' }, key);
    const two = await stripe.customers.create({ name: 'Once' }, key);
    assert.equal(two.id, one.id);
    assert.equal(two.lastResponse.headers['idempotent-replayed'], 'true');
    assert.equal(one.lastResponse.headers['idempotent-replayed'], undefined);
    await assert.rejects(stripe.customers.create({ name: 'Other' }, key), {
        type: 'StripeIdempotencyError',
        statusCode: 400,
    });
    await assert.rejects(stripe.products.create({ name: 'Once' }, key), { type: 'StripeIdempotencyError' });
    assert.equal((await stripe.customers.list()).data.length, 1);
    // What was refused before it began is not kept.
    await assert.rejects(stripe.products.create({}, { idempotencyKey: 'key-2' }), { code: 'parameter_missing' });
    assert.equal((await stripe.products.create({ name: 'Now' }, { idempotencyKey: 'key-2' })).name, 'Now');
});

test('a failure can be ordered before or after the work', async () => {
    const { stripe } = bench;
    const retrying = new Stripe('sk_test_double', { ...bench.options, maxNetworkRetries: 2 });
    await bench.control('fail_next', { method: 'POST', path: '/v1/customers', status: 500, after: false });
    await assert.rejects(stripe.customers.create({ name: 'Before' }), { statusCode: 500 });
    assert.equal((await stripe.customers.list()).data.length, 0);
    await bench.control('fail_next', { method: 'POST', path: '/v1/customers', status: 500, after: true });
    await assert.rejects(stripe.customers.create({ name: 'After' }), { statusCode: 500 });
    assert.equal((await stripe.customers.list()).data.length, 1);
    // The SDK tries again with its own key: the work is done once.
    await bench.control('fail_next', { method: 'POST', path: '/v1/cust*', status: 0, after: true });
    await retrying.customers.create({ name: 'Broken line' });
    assert.equal((await stripe.customers.list()).data.length, 2);
    const { data: calls } = await bench.look('requests');
    const keys = calls
        .filter((call) => call.method === 'POST')
        .slice(-2)
        .map((call) => call.idempotency_key);
    assert.ok(keys[0] && keys[0] === keys[1]);
});

test('sessions expire, set up cards, and need no card when nothing is due', async () => {
    const { stripe } = bench;
    const customer = await stripe.customers.create({});
    const setup = await stripe.checkout.sessions.create({
        mode: 'setup',
        customer: customer.id,
        success_url: 'https://market.example/',
        currency: 'eur',
    });
    await bench.submit(setup.url, {
        number: '4242424242424242',
        expiry: '12/40',
        cvc: '123',
        name: 'Ada',
        action: 'pay',
    });
    const saved = await stripe.checkout.sessions.retrieve(setup.id, { expand: ['setup_intent.payment_method'] });
    assert.equal(saved.setup_intent.payment_method.customer, customer.id);

    const price = await bench.price(1000);
    const plan = {
        mode: 'subscription',
        line_items: [{ price: price.id, quantity: 1 }],
        success_url: 'https://market.example/',
    };
    const gone = await stripe.checkout.sessions.create(plan);
    assert.equal((await stripe.checkout.sessions.expire(gone.id)).status, 'expired');
    assert.equal((await fetch(gone.url)).status, 404);
    await assert.rejects(stripe.checkout.sessions.expire(gone.id), /status of "expired"/);
    const lapsing = await stripe.checkout.sessions.create(plan);
    await bench.control('advance', { seconds: 24 * 3600 + 1 });
    assert.equal((await stripe.checkout.sessions.retrieve(lapsing.id)).status, 'expired');

    const free = await stripe.checkout.sessions.create({
        ...plan,
        payment_method_collection: 'if_required',
        subscription_data: { trial_period_days: 7 },
    });
    assert.doesNotMatch(await (await fetch(free.url)).text(), /Card number/);
    await bench.submit(free.url, { action: 'pay', email: 'ada@northwind.example' });
    assert.equal((await stripe.checkout.sessions.retrieve(free.id)).status, 'complete');
});

test('subscriptions are found by customer, price and status', async () => {
    const { stripe } = bench;
    const price = await bench.price(1000);
    const customer = await bench.customer(await bench.clock(START));
    const one = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id, quantity: 2 }] });
    const [item] = (await stripe.subscriptionItems.list({ subscription: one.id })).data;
    assert.equal(item.quantity, 2);
    await stripe.subscriptions.cancel(one.id, { invoice_now: true, prorate: true });
    assert.equal((await stripe.subscriptions.list({ customer: customer.id })).data.length, 0);
    assert.equal((await stripe.subscriptions.list({ price: price.id, status: 'canceled' })).data.length, 1);
    // All of the first period is unused.
    assert.equal((await stripe.customers.retrieve(customer.id)).balance, -2000);
    await assert.rejects(stripe.subscriptions.update(one.id, { metadata: { a: 'b' } }), { code: 'resource_missing' });
});

test('open invoices can be paid, voided and given up', async () => {
    const { stripe } = bench;
    const price = await bench.price(1000);
    const customer = await stripe.customers.create({});
    const open = async () =>
        (
            await stripe.subscriptions.create({
                customer: customer.id,
                items: [{ price: price.id }],
                payment_behavior: 'default_incomplete',
            })
        ).latest_invoice;
    const [first, second, third] = [await open(), await open(), await open()];
    assert.equal((await stripe.invoices.voidInvoice(first)).status, 'void');
    const lost = await stripe.invoices.markUncollectible(second);
    assert.match(lost.number, /-0002$/);
    await assert.rejects(stripe.invoices.pay(third), { code: 'resource_missing' });
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const paid = await stripe.invoices.pay(third, {
        payment_method: card.id,
        expand: ['payments.data.payment.payment_intent.latest_charge'],
    });
    assert.equal(paid.payments.data[0].payment.payment_intent.latest_charge.amount, 1000);
    await assert.rejects(stripe.invoices.pay(third), { code: 'invoice_already_paid' });
    await assert.rejects(stripe.invoices.finalizeInvoice(third), { code: 'invoice_not_editable' });
    const [intent] = (await stripe.paymentIntents.list({ customer: customer.id })).data.filter(
        (each) => each.status === 'succeeded',
    );
    const [link] = (
        await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: intent.id } })
    ).data;
    assert.equal(link.invoice, third);
    assert.equal((await stripe.invoices.listLineItems(third)).data.length, 1);
    assert.equal((await fetch(paid.hosted_invoice_url)).status, 200);
});
