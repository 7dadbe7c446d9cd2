/** Buying and paying: the pages of what stands in for Stripe, and the bill as a person sees it. */

import { type APIResponse, type Locator, type Page, expect } from '@playwright/test';
import { alive, open } from './alive.ts';

export const CARDS = {
    works: '4242 4242 4242 4242',
    /** Can be kept, and fails when it is charged. */
    failsLater: '4000 0000 0000 0341',
} as const;

/** What is sold in the demo. */
export const FILTER = { name: 'Fjord Noise Filter', page: '/integrations/fjord-noise-filter' } as const;
export const BRIDGE = { name: 'Fjord On-call Bridge', page: '/integrations/fjord-oncall-bridge' } as const;
export const RELAY = { name: 'Fjord Event Relay', page: '/integrations/fjord-event-relay' } as const;

export type Sold = typeof FILTER | typeof BRIDGE | typeof RELAY;

/** Fills in a card on a page of Stripe's double, and presses the button. */
async function enterCard(page: Page, number: string, button: RegExp | string): Promise<void> {
    await page.getByLabel('Card number').fill(number);
    await page.getByLabel('Expiry (MM/YY)').fill('12/34');
    await page.getByLabel('CVC').fill('123');
    await page.getByLabel('Name on card').fill('Ada Admin');
    await page.getByRole('button', { name: button }).click();
}

/** Pays on the payment page; leads back to us. */
export async function pay(page: Page, card: string = CARDS.works): Promise<void> {
    await expect(page.getByRole('heading', { level: 1, name: 'Pay' })).toBeVisible();
    await enterCard(page, card, /^(Start trial|Pay and subscribe|Subscribe)$/);
}

/** From a payment that failed to the page of payment details, where another card is entered, and back to the bill. */
export async function changeCard(page: Page, card: string): Promise<void> {
    await page.getByRole('button', { name: /^(Change the payment method|Payment method and tax ID)$/ }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Your billing' })).toBeVisible();
    await enterCard(page, card, 'Save card');
    await expect(page.getByText('ending in 4242')).toBeVisible();
    await page.getByRole('link', { name: 'Return' }).click();
    await onBill(page);
}

/** Buys without looking at the pages, which have their own test. `choice` is plan and interval, as in `team.annual`. */
export async function buy(page: Page, { page: address }: Sold, choice: string, { seats = '', card = CARDS.works as string } = {}): Promise<void> {
    const { request } = page;
    const { origin } = new URL((await request.get('/robots.txt')).url());
    const listing = address.split('/').at(-1) ?? '';
    const ordered = await request.post('/billing/checkout', { form: { listing, choice, seats }, headers: { origin } });
    const [, payment] = /url=(.*)$/.exec(ordered.headers().refresh ?? '') ?? [];
    expect(payment, `ordering ${choice} of ${listing}: ${ordered.status()}`).toBeDefined();
    const form = { action: 'pay', number: card, expiry: '12/34', cvc: '123', name: 'Ada Admin' };
    const paid = await request.post(payment ?? '', { form });
    expect(paid.url(), 'paying leads back').toContain(`${address}/install?paid=`);
    expect(paid.ok()).toBe(true);
}

async function onBill(page: Page): Promise<void> {
    await expect(page.getByRole('heading', { level: 1, name: 'Billing' })).toBeVisible();
}

export async function openBill(page: Page): Promise<void> {
    await open(page, '/billing');
    await onBill(page);
}

/** A subscription on the bill. */
export function subscription(page: Page, { name }: Sold): Locator {
    return page
        .getByRole('region', { name: 'Subscriptions' })
        .getByRole('listitem')
        .filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** Rows of the invoices on the bill, without the head. */
export function invoices(page: Page): Locator {
    return page.getByRole('table').filter({ hasText: 'Document' }).locator('tbody tr');
}

/** Loads the page again until something is there that the server is told of later. */
export async function appears(page: Page, what: Locator): Promise<void> {
    await expect(async () => {
        await page.reload();
        await expect(what).toBeVisible({ timeout: 1000 });
    }).toPass();
    await alive(page);
}

/**
 * Installs the relay, whose agent is not there: the server at `url` stands in for it. Gives what sends events, one for each
 * key, as the command of the wizard's last step does.
 */
export async function connectRelay(page: Page, url: string): Promise<(...keys: string[]) => Promise<APIResponse>> {
    await open(page, `${RELAY.page}/install`);
    await page.getByRole('button', { name: `Install ${RELAY.name}` }).click();
    await page.getByLabel('Address of the Fjord agent').fill(url);
    await page.getByRole('button', { name: 'Save and test' }).click();
    await page.getByRole('button', { name: /^Test (connection|again)$/ }).click();
    await page.getByRole('link', { name: 'Go on to the proof' }).click();
    const command = await page.getByRole('region', { name: 'Set-up text' }).innerText();
    const [, address = ''] = /curl '([^']+)'/.exec(command) ?? [];
    const [, authorization = ''] = /Authorization: ([^']+)'/.exec(command) ?? [];
    return (...keys) => {
        const events = keys.map((key) => ({ key, text: `Link ${key} is down`, severity: 'critical', network: 'plant-7' }));
        return page.request.post(address, { headers: { authorization }, data: { events } });
    };
}
