/** Events: signed, in order, again, and badly on request. The receiver verifies each one with the SDK. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { Bench, until } from './harness.mjs';

const bench = Bench.forFile();
const names = () => bench.received.map((event) => event.data.object.name);
const settled = () => until('all deliveries', async () => (await bench.look('webhooks')).pending === 0);

async function make(...wanted) {
    for (const name of wanted) await bench.stripe.products.create({ name });
}

test('events arrive in order and can be fetched', async () => {
    await make('a', 'b', 'c');
    await settled();
    assert.deepEqual(names(), ['a', 'b', 'c']);
    const [event] = bench.received;
    const fetched = await bench.stripe.events.retrieve(event.id);
    assert.deepEqual([fetched.type, fetched.data.object.name, fetched.pending_webhooks], ['product.created', 'a', 0]);
    assert.match(fetched.request.id, /^req_/);
});

test('a forged signature is found out', async () => {
    await make('a');
    await settled();
    const payload = JSON.stringify(bench.received[0]);
    const header = bench.stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_other' });
    assert.throws(() => bench.stripe.webhooks.constructEvent(payload, header, 'whsec_test'), {
        type: 'StripeSignatureVerificationError',
    });
});

test('a receiver that fails is tried again', async () => {
    bench.refusals = 2;
    await make('a');
    await until('the third attempt', () => bench.received.length === 1);
    const { delivered } = await bench.look('webhooks');
    assert.deepEqual(
        delivered.map((each) => each.status),
        [500, 500, 200],
    );
});

test('events can be held, doubled and shuffled', async () => {
    await bench.control('webhooks', { mode: 'hold', duplicate: 1, shuffle: 3 });
    await make('a', 'b', 'c', 'd');
    assert.deepEqual(names(), []);
    assert.equal((await bench.look('webhooks')).held, 8);
    assert.deepEqual(await bench.control('webhooks/release'), { released: 8 });
    assert.deepEqual([...names()].sort(), ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd']);
    assert.notDeepEqual(names(), ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd']);
    assert.equal(new Set(bench.received.map((event) => event.id)).size, 4);
    const order = names();
    await bench.reset();
    await bench.control('webhooks', { mode: 'hold', duplicate: 1, shuffle: 3 });
    await make('a', 'b', 'c', 'd');
    await bench.control('webhooks/release');
    assert.deepEqual(names(), order, 'the same seed gives the same order');
});

test('events can be lost, and are still there to be fetched', async () => {
    await bench.control('webhooks', { mode: 'drop' });
    await make('a');
    await bench.control('webhooks', { mode: 'normal' });
    await make('b');
    await settled();
    assert.deepEqual(names(), ['b']);
    const all = await bench.stripe.events.list({ types: ['product.created', 'product.deleted'] });
    assert.deepEqual(
        all.data.map((event) => event.data.object.name),
        ['b', 'a'],
    );
    const { created } = all.data[0];
    assert.equal((await bench.stripe.events.list({ created: { gt: created } })).data.length, 0);
});

test('an endpoint has its own secret and its own events', async () => {
    const got = [];
    const server = createServer(async (request, response) => {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        got.push([Buffer.concat(chunks), request.headers['stripe-signature']]);
        response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${server.address().port}/`;
    const endpoint = await bench.stripe.webhookEndpoints.create({ url, enabled_events: ['product.updated'] });
    await make('a');
    await bench.stripe.products.update('prod_00000001', { name: 'z' });
    await settled();
    assert.equal(got.length, 1);
    const event = bench.stripe.webhooks.constructEvent(...got[0], endpoint.secret);
    assert.deepEqual([event.type, event.data.previous_attributes.name], ['product.updated', 'a']);
    assert.equal((await bench.stripe.webhookEndpoints.list()).data[0].secret, undefined);
    await bench.stripe.webhookEndpoints.del(endpoint.id);
    await bench.stripe.products.update('prod_00000001', { name: 'y' });
    await settled();
    assert.equal(got.length, 1);
    server.closeAllConnections();
    server.close();
});
