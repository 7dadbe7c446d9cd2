/** Delivering events: signed, in order, again when nobody took them, and badly when a test wants that. */

import { createHmac } from 'node:crypto';
import { covers } from './api/events.mjs';
import { present } from './http/present.mjs';

/** Pauses before each further attempt. */
const RETRY_MS = [50, 100, 200, 400, 800, 1600];
const PATIENCE_MS = 10_000;

export class Webhooks {
    /**
     * @param {import('./world/world.mjs').World} world
     * @param {{url: string, secret: string} | undefined} first the endpoint of the command line: it gets everything
     */
    constructor(world, first) {
        this.world = world;
        this.first = first;
        this.reset();
        world.on('event', (event) => this.take(event));
    }

    reset() {
        this.mode = 'normal';
        this.duplicate = 0;
        this.seed = null;
        this.waiting = [];
        this.delivered = [];
        this.tail = Promise.resolve();
        this.pending = 0;
        // Deliveries of the time before this find that they are out of date.
        this.era = Symbol('era');
    }

    take(event) {
        const endpoints = this.endpointsFor(event);
        if (this.mode === 'drop' || endpoints.length === 0) return;
        event.pending_webhooks = endpoints.length;
        const payload = JSON.stringify(present(this.world, event), null, 2);
        const copies = endpoints.flatMap((endpoint) =>
            Array.from({ length: this.duplicate + 1 }, () => ({ event, payload, endpoint })),
        );
        if (this.mode === 'hold') this.waiting.push(...copies);
        else for (const delivery of copies) this.queue(delivery);
    }

    endpointsFor(event) {
        const made = this.world
            .all('webhook_endpoint')
            .filter(
                (each) =>
                    each.status === 'enabled' &&
                    each.$connect === Boolean(event.account) &&
                    each.enabled_events.some((pattern) => covers(pattern, event.type)),
            )
            .map((each) => ({ url: each.url, secret: each.$secret }));
        return this.first ? [this.first, ...made] : made;
    }

    /** One after the other, so that without mischief events arrive in their order. */
    queue(delivery) {
        this.pending += 1;
        const { era } = this;
        this.tail = this.tail.then(() => this.attempt(delivery, 0, era));
    }

    async attempt(delivery, tried, era) {
        if (era !== this.era) return;
        const status = await post(delivery);
        if (era !== this.era) return;
        this.delivered.push({
            event: delivery.event.id,
            type: delivery.event.type,
            url: delivery.endpoint.url,
            status,
        });
        if (status >= 200 && status < 300) {
            delivery.event.pending_webhooks = Math.max(0, delivery.event.pending_webhooks - 1);
        } else if (tried < RETRY_MS.length) {
            setTimeout(() => this.attempt(delivery, tried + 1, era), RETRY_MS[tried]);
            return;
        }
        this.pending -= 1;
    }

    /** Lets go of what was held; shuffled when a seed is set. Resolves when each was tried once. */
    async release() {
        const deliveries = this.seed === null ? this.waiting : shuffled(this.waiting, this.seed);
        this.waiting = [];
        for (const delivery of deliveries) this.queue(delivery);
        await this.tail;
        return deliveries.length;
    }
}

/** The header that proves where a payload comes from. */
export function signature(secret, payload, time) {
    const mac = createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex');
    return `t=${time},v1=${mac}`;
}

/** @returns {Promise<number>} status, or 0 when nobody answered */
async function post({ payload, endpoint }) {
    try {
        const response = await fetch(endpoint.url, {
            method: 'POST',
            headers: {
                'Content-Type': 'application/json; charset=utf-8',
                'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
                'Stripe-Signature': signature(endpoint.secret, payload, Math.floor(Date.now() / 1000)),
            },
            body: payload,
            redirect: 'manual',
            signal: AbortSignal.timeout(PATIENCE_MS),
        });
        await response.arrayBuffer();
        return response.status;
    } catch {
        return 0;
    }
}

/** The same seed gives the same order. */
function shuffled(entries, seed) {
    let state = seed >>> 0;
    const next = () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
    const result = [...entries];
    for (let at = result.length - 1; at > 0; at -= 1) {
        const other = Math.floor(next() * (at + 1));
        [result[at], result[other]] = [result[other], result[at]];
    }
    return result;
}
