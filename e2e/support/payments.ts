/** A Stripe that is not real: `doubles/stripe`, one for each server that sells. */

import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Environment, type Folder, Program, freePort } from './process.ts';

const main = join(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'doubles/stripe/main.mjs');
const SECRET = 'whsec_e2e';
const KEY = 'sk_test_e2e';

export class Payments {
    private constructor(
        /** Where its interface, its pages and its control calls (`/_double/…`) are. */
        readonly url: string,
        private readonly program: Program,
    ) {}

    /** Starts one that tells what happens to the server at `marketplace`. */
    static async start(marketplace: string, folder: Folder): Promise<Payments> {
        const port = await freePort();
        const url = `http://127.0.0.1:${port}`;
        const args = [main, '--port', String(port), '--webhook', `${marketplace}/webhooks/stripe`, '--secret', SECRET];
        const ready = `${url}/_double/webhooks`;
        return new Payments(url, await Program.start('stripe', folder.at('stripe-log'), ready, process.execPath, args));
    }

    /** What the server has to know of it. */
    settings(): Environment {
        return {
            MARKETPLACE_STRIPE_KEY: KEY,
            MARKETPLACE_STRIPE_WEBHOOK_SECRET: SECRET,
            MARKETPLACE_STRIPE_URL: this.url,
        };
    }

    /** A control call, as its README lists them: `advance`, `fail_next` … */
    async control(call: string, body: Record<string, unknown> = {}): Promise<unknown> {
        const answer = await fetch(`${this.url}/_double/${call}`, { method: 'POST', body: JSON.stringify(body) });
        if (!answer.ok) throw new Error(`${call}: ${answer.status} ${await answer.text()}`);
        return answer.json();
    }

    /** Time passes there, and what is due then happens and is told; the server's own clock stays. Days may be negative. */
    async pass({ days = 0, hours = 0 }: { days?: number; hours?: number }): Promise<void> {
        await this.control('advance', { seconds: (days * 24 + hours) * 3600 });
    }

    /** What Stripe's interface says at a path, such as `v1/invoices`. */
    async ask<T>(path: string): Promise<T> {
        const answer = await fetch(`${this.url}/${path}`, { headers: { authorization: `Bearer ${KEY}` } });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return (await answer.json()) as T;
    }

    async stop(): Promise<void> {
        await this.program.stop();
    }
}
