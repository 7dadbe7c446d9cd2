/** How much a first visit may weigh, as served with brotli. One KB is 1000 bytes. */

import { alive } from '../support/alive.ts';
import { expect, test } from '../support/test.ts';
import { bytes, firstVisit, kilobytes } from '../support/transfer.ts';
import { LISTING, WIZARD } from '../support/wizard.ts';

const KB = 1000;
const SCRIPTS = 250 * KB;
const STYLES = 20 * KB;
const HOME = 300 * KB;
/** Modules that a page starts beside the main one: each costs a phone a millisecond or two. */
const MODULES = 16;

for (const address of ['/', '/search?q=alerts', LISTING, WIZARD]) {
    test(`first visit of ${address}`, async ({ page }) => {
        await page.addInitScript(() => {
            const instantiate = WebAssembly.instantiate.bind(WebAssembly) as (...all: unknown[]) => Promise<unknown>;
            const count = (...all: unknown[]) => {
                performance.mark('module');
                return instantiate(...all);
            };
            Object.assign(WebAssembly, { instantiate: count });
        });
        const transfers = await firstVisit(page, async () => {
            await page.goto(address, { waitUntil: 'load' });
            await alive(page);
            // What an idle page still asks for belongs to the visit.
            await page.waitForLoadState('networkidle');
        });
        const scripts = bytes(transfers, 'script', 'wasm');
        const styles = bytes(transfers, 'style');
        const all = bytes(transfers);
        const line = `${address}: scripts ${kilobytes(scripts)}, styles ${kilobytes(styles)}, all ${kilobytes(all)}`;
        console.log(`${line} in ${transfers.length} requests`);
        for (const it of [...transfers].sort((a, b) => b.bytes - a.bytes)) {
            console.log(`    ${kilobytes(it.bytes).padStart(9)} ${it.encoding.padEnd(4)} ${new URL(it.url).pathname}`);
        }

        const modules = await page.evaluate(() => performance.getEntriesByName('module').length);
        console.log(`    ${modules} modules started`);
        expect(modules, 'modules').toBeGreaterThan(0);
        expect(modules, 'modules').toBeLessThanOrEqual(MODULES);
        expect(scripts, 'WebAssembly and scripts').toBeGreaterThan(0);
        expect(scripts, 'WebAssembly and scripts').toBeLessThanOrEqual(SCRIPTS);
        expect(styles, 'styles').toBeLessThanOrEqual(STYLES);
        if (address === '/') expect(all, 'everything on the home page').toBeLessThanOrEqual(HOME);
        for (const it of transfers) {
            expect(new URL(it.url).origin, 'everything comes from here').toBe(new URL(page.url()).origin);
            if (it.kind !== 'other') expect(it.encoding, `compression of ${it.url}`).toBe('br');
            if (new URL(it.url).pathname.startsWith('/pkg/')) {
                expect(it.cacheControl, it.url).toBe('public, max-age=31536000, immutable');
            }
        }
    });
}

test('a second visit downloads no file again', async ({ page }) => {
    await page.goto('/');
    await alive(page);
    const again = await firstVisit(page, async () => {
        await page.goto('/');
        await alive(page);
        await page.waitForLoadState('networkidle');
    });
    const files = again.filter((it) => new URL(it.url).pathname.startsWith('/pkg/'));
    expect(bytes(files), files.map((it) => it.url).join('\n')).toBe(0);
});

test('what is not there is not kept', async ({ request }) => {
    const answer = await request.get('/pkg/0000000000000000/app.js');
    expect(answer.status()).toBe(404);
    expect(answer.headers()['cache-control'] ?? '').not.toContain('immutable');
});
