/** The HTTP side: who answers what, with which headers. */

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { routes } from './api/routes.mjs';
import { control } from './control.mjs';
import { StripeError, unknownRoute } from './http/errors.mjs';
import { parseForm } from './http/form.mjs';
import { keep, recall } from './http/idempotency.mjs';
import { read } from './http/params.mjs';
import { present } from './http/present.mjs';
import { Router } from './http/router.mjs';
import { Keeper } from './keeper.mjs';
import { pages } from './pages/pages.mjs';
import { Webhooks } from './webhooks.mjs';
import { API_VERSION, World } from './world/world.mjs';

const LARGEST_BODY = 1_000_000;

/** How long an unused connection is kept. */
const KEPT_MS = 600_000;

export class Double {
    /**
     * @param {{url: string, secret: string}} [webhook]
     * @param {string} [state] the file it keeps what it knows in
     */
    constructor(webhook, state) {
        this.router = new Router(routes);
        this.world = new World('');
        this.keeper = state ? new Keeper(this.world, state) : undefined;
        this.keeper?.load();
        this.webhooks = new Webhooks(this.world, webhook);
        this.server = createServer((request, response) => {
            this.answer(request, response)
                .catch((error) => {
                    console.error(error);
                    response.destroy();
                })
                .finally(() => this.keeper?.soon());
        });
        // A connection that is kept is not closed while a busy machine makes its owner wait, just as they use it again.
        this.server.keepAliveTimeout = KEPT_MS;
    }

    /** @returns {Promise<string>} where it listens */
    listen(port) {
        return new Promise((resolve, reject) => {
            this.server.once('error', reject);
            this.server.listen(port, '127.0.0.1', () => {
                this.world.url = `http://127.0.0.1:${this.server.address().port}`;
                resolve(this.world.url);
            });
        });
    }

    close() {
        this.keeper?.now();
        this.webhooks.reset();
        this.server.closeAllConnections();
        this.server.close();
    }

    reset() {
        this.world.reset();
        this.webhooks.reset();
    }

    async answer(request, response) {
        const url = new URL(request.url, this.world.url);
        const body = await bodyOf(request);
        if (url.pathname.startsWith('/v1/')) return this.api(request, response, url, body);
        if (url.pathname.startsWith('/_double/')) return this.control(request, response, url, body);
        const page = pages(this.world, request.method, url, parseForm(body));
        response.writeHead(page.status, page.headers);
        response.end(page.body);
    }

    async control(request, response, url, body) {
        try {
            const answer = await control(
                this,
                request.method,
                url.pathname.slice('/_double'.length),
                body ? JSON.parse(body) : {},
            );
            send(response, answer === undefined ? 404 : 200, answer ?? unknownRoute(request.method, url.pathname).body);
        } catch (error) {
            if (!(error instanceof StripeError)) throw error;
            send(response, error.status, error.body);
        }
    }

    api(request, response, url, body) {
        const id = this.world.id('req');
        const key = request.headers['idempotency-key'] ?? null;
        const headers = {
            'Request-Id': id,
            'Stripe-Version': request.headers['stripe-version'] ?? API_VERSION,
            ...(key ? { 'Idempotency-Key': key } : {}),
        };
        this.world.calls.push({
            id,
            method: request.method,
            path: url.pathname,
            idempotency_key: key,
            account: request.headers['stripe-account'] ?? null,
        });
        const failure = this.nextFailure(request.method, url.pathname);
        if (failure && !failure.after) return fail(response, failure, headers);
        const result = this.result(request, url, body, { id, idempotency_key: key });
        if (failure) return fail(response, failure, headers);
        const again = result.status >= 400 ? { 'Stripe-Should-Retry': 'false' } : {};
        send(response, result.status, result.body, {
            ...headers,
            ...again,
            ...(result.replayed ? { 'Idempotent-Replayed': 'true' } : {}),
        });
    }

    /** A failure that a test ordered; it is used up. A path may end with `*`. */
    nextFailure(method, path) {
        const matching = (each) =>
            each.method === method &&
            (each.path.endsWith('*') ? path.startsWith(each.path.slice(0, -1)) : each.path === path);
        const at = this.world.failures.findIndex(matching);
        return at < 0 ? undefined : this.world.failures.splice(at, 1)[0];
    }

    result(request, url, body, caller) {
        try {
            authorize(request.headers.authorization);
            return this.once(request, url, body, caller);
        } catch (error) {
            if (!(error instanceof StripeError)) throw error;
            return { status: error.status, body: error.body };
        }
    }

    /** Does the work, or finds the answer that was kept. */
    once(request, url, body, caller) {
        const account = request.headers['stripe-account'] ?? null;
        const route = this.router.find(request.method, url.pathname);
        if (!route) throw unknownRoute(request.method, url.pathname);
        const raw = request.method === 'POST' ? body : url.search.slice(1) || body;
        const key = request.method === 'POST' && caller.idempotency_key ? `${account} ${caller.idempotency_key}` : null;
        const fingerprint = createHash('sha256').update(`${url.pathname}?${raw}`).digest('hex');
        const kept = key ? recall(this.world, key, fingerprint) : undefined;
        if (kept) return { status: kept.status, body: kept.body, replayed: true };
        // What the table refuses was never begun, so it is not kept.
        const p = read(route.table, parseForm(raw));
        if (account) this.world.get('account', account);
        const result = this.work(route, p, account, caller);
        if (key) keep(this.world, key, fingerprint, result.status, result.body);
        return result;
    }

    work(route, p, account, caller) {
        this.world.request = caller;
        try {
            const answer = route.handle({ world: this.world, p, at: route.at, account });
            return { status: 200, body: present(this.world, answer, p.expand ?? []) };
        } catch (error) {
            if (!(error instanceof StripeError)) throw error;
            return { status: error.status, body: error.body };
        } finally {
            this.world.request = null;
        }
    }
}

/** A test key, as Bearer or as the user of Basic. */
function authorize(header = '') {
    const [scheme, value = ''] = header.split(' ');
    const key = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString().split(':')[0] : value;
    if (!header) {
        throw new StripeError(
            401,
            "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        );
    }
    if (!/^(sk|rk)_test_\w+$/.test(key)) throw new StripeError(401, `Invalid API Key provided: ${key.slice(0, 8)}****`);
}

async function bodyOf(request) {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size > LARGEST_BODY) throw new Error('the body is too large');
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
}

function send(response, status, body, headers = {}) {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body, null, 2));
}

/** Status 0 stands for a connection that breaks. */
function fail(response, { status }, headers) {
    if (status === 0) return response.destroy();
    send(
        response,
        status,
        new StripeError(status, 'The double was told to fail here.', { type: 'api_error' }).body,
        headers,
    );
}
