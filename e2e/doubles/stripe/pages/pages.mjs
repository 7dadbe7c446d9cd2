/** Which hosted page answers. */

import { checkoutPage } from './checkout.mjs';
import { confirmPage, invoicePage, receiptPage } from './invoice.mjs';
import { gone, html } from './layout.mjs';
import { portalPage } from './portal.mjs';
import { setupPage } from './setup.mjs';

/** @type {[string, (world: any, method: string, path: string[], form: any) => any][]} */
const PAGES = [
    ['/c/pay/', checkoutPage],
    ['/p/session/', portalPage],
    ['/setup/', setupPage],
    ['/i/', invoicePage],
    ['/confirm/', confirmPage],
    ['/receipts/', receiptPage],
];

/**
 * @param {import('../world/world.mjs').World} world
 * @param {string} method
 * @param {URL} url
 * @param {Record<string, string>} form
 * @returns {{status: number, headers: Record<string, string>, body: string}}
 */
export function pages(world, method, url, form) {
    if (url.pathname === '/') {
        return html(
            'It runs',
            '<p>The API is under <code>/v1/</code>, calls for tests under <code>/_double/</code>.</p>',
        );
    }
    const found = PAGES.find(([prefix]) => url.pathname.startsWith(prefix));
    if (!found) return gone('There is no such page.');
    const [prefix, page] = found;
    return page(world, method, url.pathname.slice(prefix.length).split('/'), form);
}
