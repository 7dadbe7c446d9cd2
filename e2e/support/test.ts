/**
 * `test` and `expect` for every journey. What it adds:
 *
 * - `demo`, `corporate`, `walled` (which calls no private addresses and sells nothing): servers, started when a worker first needs one. A worker has its own, so what one
 *   test stores is never in the way of another worker.
 * - `lone`, with the records of `nameServer`: a demo for one test, which changes how people sign in.
 * - `alertmanager`, `prometheus`: for one test.
 * - `watched`: every page of every test fails it by a warning, an error or an exception.
 */

import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { Issuer } from './issuer.ts';
import { MailServer } from './mail.ts';
import { Marketplace } from './marketplace.ts';
import { Alertmanager, Prometheus } from './monitoring.ts';
import { NameServer } from './name-server.ts';
import { Program } from './process.ts';
import { Watch } from './watch.ts';

/** Connections may call what the tests start. */
const LOOPBACK = '127.0.0.0/8,localhost';

interface WorkerFixtures {
    /** Signs in with demo accounts. */
    demo: Marketplace;
    /** Signs in with a real issuer; each login is a new organization. */
    corporate: Marketplace;
    /** What `corporate` sends mail over. */
    mail: MailServer;
    /** A demo that calls no private addresses and sells nothing. */
    walled: Marketplace;
}

interface TestFixtures {
    lone: Marketplace;
    nameServer: NameServer;
    alertmanager: Alertmanager;
    prometheus: Prometheus;
    watched: Watch;
    /** Another person's browser, watched as well. */
    anotherBrowser: () => Promise<Page>;
}

/** Hands a thing to the tests and stops it afterwards. */
async function lend<T extends { stop(): Promise<void> }>(thing: T, use: (thing: T) => Promise<void>): Promise<void> {
    try {
        await use(thing);
    } finally {
        await thing.stop();
    }
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
    demo: [
        async ({}, use) => lend(await Marketplace.start({ allowPrivate: LOOPBACK }), use),
        { scope: 'worker' },
    ],
    walled: [async ({}, use) => lend(await Marketplace.start({ sells: false }), use), { scope: 'worker' }],
    mail: [async ({}, use) => lend(await MailServer.start(), use), { scope: 'worker' }],
    corporate: [
        async ({ mail }, use) => {
            let issuer: Issuer | undefined;
            const signIn = async (url: string) => {
                issuer = await Issuer.start(url);
                return issuer.configuration();
            };
            try {
                await lend(await Marketplace.start({ allowPrivate: LOOPBACK, smtp: mail.url, signIn }), use);
            } finally {
                await issuer?.stop();
            }
        },
        { scope: 'worker' },
    ],

    baseURL: async ({ demo }, use) => use(demo.url),

    nameServer: async ({}, use) => lend(await NameServer.start(), use),
    lone: async ({ nameServer }, use) =>
        lend(await Marketplace.start({ allowPrivate: LOOPBACK, nameServer: nameServer.address }), use),
    alertmanager: async ({}, use) => lend(await Alertmanager.start(), use),
    prometheus: async ({ alertmanager }, use) => lend(await Prometheus.start(alertmanager), use),

    watched: [
        async ({ context, baseURL }, use, testInfo) => {
            const watch = new Watch();
            watch.follow(context, baseURL ?? '');
            await use(watch);
            if (testInfo.status !== testInfo.expectedStatus) {
                for (const program of Program.all()) {
                    await testInfo.attach(`${program.name}.log`, { body: program.lastLines(), contentType: 'text/plain' });
                }
            }
            expect(watch.unexpected(), 'the console stays clean').toEqual([]);
        },
        { auto: true },
    ],

    anotherBrowser: async ({ browser, contextOptions, baseURL, watched, viewport, isMobile, hasTouch }, use) => {
        const contexts: BrowserContext[] = [];
        await use(async () => {
            const context = await browser.newContext({ ...contextOptions, baseURL, viewport, isMobile, hasTouch });
            contexts.push(context);
            watched.follow(context, baseURL ?? '');
            return context.newPage();
        });
        for (const context of contexts) await context.close();
    },
});

export { expect };
