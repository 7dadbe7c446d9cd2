/** What is known survives the process, with everything that belongs together. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Stripe from 'stripe';
import { read, write } from '../world/memory.mjs';
import { until } from './harness.mjs';

const main = fileURLToPath(new URL('../main.mjs', import.meta.url));
let folder;

before(() => {
    folder = mkdtempSync(join(tmpdir(), 'stripe-state-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function start(file) {
    const child = spawn(process.execPath, [main, '--state', file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(child.stdout), 'line');
    const { hostname: host, port } = new URL(JSON.parse(line).url);
    const stripe = new Stripe('sk_test_double', { host, port: Number(port), protocol: 'http', telemetry: false });
    const stop = async (signal = 'SIGTERM') => {
        child.kill(signal);
        await once(child, 'exit');
    };
    return { stripe, stop };
}

async function subscribed(stripe) {
    const customer = await stripe.customers.create({ email: 'ada@northwind.example' });
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    const product = await stripe.products.create({ name: 'Alerts' });
    const price = await stripe.prices.create({
        product: product.id,
        currency: 'usd',
        unit_amount: 1900,
        recurring: { interval: 'month' },
    });
    return stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
}

test('a customer is known after a restart, and goes on where they were', async () => {
    const file = join(folder, 'deep', 'state.json');
    const first = await start(file);
    const bought = await subscribed(first.stripe);
    const once_ = await first.stripe.customers.create({ name: 'Once' }, { idempotencyKey: 'k1' });
    await first.stop();
    const second = await start(file);
    const known = await second.stripe.subscriptions.retrieve(bought.id);
    assert.deepEqual([known.status, known.items.data[0].price.unit_amount], ['active', 1900]);
    assert.equal((await second.stripe.customers.create({ name: 'Once' }, { idempotencyKey: 'k1' })).id, once_.id);
    const fresh = await second.stripe.customers.create({ name: 'Fresh' });
    assert.ok(fresh.id > once_.id, 'ids go on counting');
    // What belongs together is still the same thing: the change of one is seen in the other.
    await second.stripe.subscriptions.update(bought.id, { items: [{ id: bought.items.data[0].id, quantity: 3 }] });
    assert.equal((await second.stripe.subscriptionItems.retrieve(bought.items.data[0].id)).quantity, 3);
    await second.stop();
});

test('what was done is on disk soon, also where the process is killed', async () => {
    const file = join(folder, 'killed.json');
    const first = await start(file);
    const { id } = await first.stripe.customers.create({ name: 'Ada' });
    await until('the file', () => existsSync(file) && readFileSync(file, 'utf8').includes(id));
    await first.stop('SIGKILL');
    const second = await start(file);
    assert.equal((await second.stripe.customers.retrieve(id)).name, 'Ada');
    await second.stop();
    assert.deepEqual(
        readdirSync(folder).filter((name) => name.endsWith('.new')),
        [],
    );
});

test('a file of another version is refused and left as it is', async () => {
    const file = join(folder, 'old.json');
    writeFileSync(file, write({ version: 0 }));
    const text = readFileSync(file, 'utf8');
    const child = spawn(process.execPath, [main, '--state', file], { stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    assert.notEqual(code, 0);
    assert.equal(readFileSync(file, 'utf8'), text);
});

test('what is shared stays shared, and circles are no trouble', () => {
    const item = { id: 'si_1', text: 'ü "quoted"', list: [1, [2], null], none: undefined };
    const root = { records: new Map([['si_1', item]]), again: [item], empty: new Map() };
    root.self = root;
    const copy = read(write(root));
    assert.equal(copy.records.get('si_1'), copy.again[0]);
    assert.equal(copy.self, copy);
    assert.deepEqual(copy.again[0], { id: 'si_1', text: 'ü "quoted"', list: [1, [2], null] });
    assert.equal(copy.empty.size, 0);
    assert.throws(() => write({ big: 1n }), /bigint can't be kept/);
});
