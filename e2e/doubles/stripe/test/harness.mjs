/**
 * A double in its own process, the official SDK in front of it, and a receiver of webhooks behind it.
 * With a key of Stripe's test mode in `STRIPE_LIVE_KEY` it is Stripe itself, for the tests that need nothing else.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, test as declare } from 'node:test';
import { fileURLToPath } from 'node:url';
import Stripe from 'stripe';

export const DAY = 24 * 3600;
export const START = Date.UTC(2027, 0, 15, 12) / 1000;
const SECRET = 'whsec_test';
/** A secret key of Stripe's test mode. */
const KEY = process.env.STRIPE_LIVE_KEY;
/** Whether it is Stripe itself that answers. */
export const LIVE = KEY !== undefined;
if (LIVE && !/^(sk|rk)_test_/.test(KEY)) throw new Error('STRIPE_LIVE_KEY is no key of the test mode');

/** A test that needs Stripe's own interface and nothing else. */
export const journey = declare;

/** A test that needs the control calls, the hosted pages or the settled figures of the double. */
export function test(name, run) {
    return declare(name, { skip: LIVE && 'needs what only the double has' }, run);
}

/** Everything a test needs; filled before the first test of a file. */
export class Bench {
    /** Events as the SDK read and verified them. */
    received = [];
    /** How many deliveries to refuse before taking one. */
    refusals = 0;
    /** Test clocks that were made. */
    clocks = [];

    /** Starts before the tests of a file, forgets everything before each one, ends after the last. */
    static forFile() {
        const bench = new Bench();
        before(() => bench.start());
        beforeEach(() => bench.reset());
        after(() => bench.stop());
        return bench;
    }

    async start() {
        if (LIVE) {
            this.options = process.env.STRIPE_LIVE_URL ? at(process.env.STRIPE_LIVE_URL) : {};
            this.stripe = new Stripe(KEY, this.options);
            return;
        }
        this.receiver = createServer((request, response) => this.receive(request, response)).listen(0, '127.0.0.1');
        await once(this.receiver, 'listening');
        this.hook = `http://127.0.0.1:${this.receiver.address().port}/webhooks/stripe`;
        const main = fileURLToPath(new URL('../main.mjs', import.meta.url));
        this.child = spawn(process.execPath, [main, '--port', '0', '--webhook', this.hook, '--secret', SECRET], {
            stdio: ['ignore', 'pipe', 'inherit'],
        });
        const [line] = await once(createInterface(this.child.stdout), 'line');
        this.url = JSON.parse(line).url;
        this.options = at(this.url);
        this.stripe = new Stripe('sk_test_double', this.options);
    }

    async reset() {
        if (LIVE) return;
        await this.control('reset');
        this.received = [];
        this.refusals = 0;
    }

    async stop() {
        if (LIVE) {
            // Its customers go with a clock.
            for (const clock of this.clocks) await this.stripe.testHelpers.testClocks.del(clock).catch(gone);
            return;
        }
        this.child.kill('SIGTERM');
        await once(this.child, 'exit');
        this.receiver.closeAllConnections();
        this.receiver.close();
    }

    async receive(request, response) {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        if (this.refusals > 0) {
            this.refusals -= 1;
            response.writeHead(500).end();
            return;
        }
        this.received.push(
            this.stripe.webhooks.constructEvent(Buffer.concat(chunks), request.headers['stripe-signature'], SECRET),
        );
        response.end();
    }

    /** A call to make things go wrong, or time go by. */
    async control(path, body = {}) {
        const response = await fetch(`${this.url}/_double/${path}`, { method: 'POST', body: JSON.stringify(body) });
        return response.json();
    }

    async look(path) {
        return (await fetch(`${this.url}/_double/${path}`)).json();
    }

    /** Sends a form of a hosted page. */
    submit(address, form) {
        return fetch(new URL(address, this.url), {
            method: 'POST',
            body: new URLSearchParams(form),
            redirect: 'manual',
        });
    }

    async clock(time = START) {
        const clock = await this.stripe.testHelpers.testClocks.create({ frozen_time: time });
        this.clocks.push(clock.id);
        return clock;
    }

    /** Moves a clock and waits until it is ready. */
    async advance(clock, time) {
        await this.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: time });
        await until(
            'the clock to be ready',
            async () => (await this.stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready',
        );
    }

    /** Moves a clock through several times: it jumps two intervals at most. */
    async advanceThrough(clock, ...times) {
        for (const time of times) await this.advance(clock, time);
    }

    /** A customer on a clock with a card on file. */
    async customer(clock, card = 'pm_card_visa', fields = {}) {
        const customer = await this.stripe.customers.create({
            email: 'ada@northwind.example',
            ...(clock ? { test_clock: clock.id } : {}),
            ...fields,
        });
        await this.card(customer, card);
        return customer;
    }

    /** From now on a customer pays with this card. */
    async card(customer, card) {
        const method = await this.stripe.paymentMethods.attach(card, { customer: customer.id });
        await this.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    }

    /** A name that nobody else has. */
    name(word) {
        return LIVE ? `${word}_${Date.now()}` : word;
    }

    async price(amount, fields = {}) {
        const product = await this.stripe.products.create({ name: fields.name ?? 'Alerts' });
        delete fields.name;
        return this.stripe.prices.create({
            product: product.id,
            currency: 'eur',
            unit_amount: amount,
            recurring: { interval: 'month' },
            ...fields,
        });
    }

    /** The types of all events so far, or of a customer's, oldest first. */
    async happened(customer) {
        const all = await this.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
        const events = customer ? all.filter(({ data: { object } }) => object.customer === customer) : all;
        return events.reverse().map((event) => event.type);
    }
}

/** How the SDK reaches another address than Stripe's. */
function at(url) {
    const { hostname: host, port } = new URL(url);
    return { host, port: Number(port), protocol: 'http', maxNetworkRetries: 0, telemetry: false };
}

function gone(error) {
    if (error.code !== 'resource_missing') throw error;
}

/** Waits for a condition: Stripe itself takes its time. */
export async function until(what, holds) {
    const [most, step] = LIVE ? [180_000, 1000] : [5000, 5];
    const end = Date.now() + most;
    while (!(await holds())) {
        if (Date.now() > end) throw new Error(`gave up waiting for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, step));
    }
}

export const CARD = {
    number: '4242 4242 4242 4242',
    expiry: '12/40',
    cvc: '123',
    name: 'Ada Klein',
    email: 'ada@northwind.example',
    action: 'pay',
};
