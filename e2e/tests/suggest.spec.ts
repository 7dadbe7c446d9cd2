/** Suggestions while typing: by keyboard and by touch, with slips, and what leads elsewhere than to a listing. */

import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessible.ts';
import { open, stayInDocument } from '../support/alive.ts';
import { expect, test } from '../support/test.ts';

const field = (page: Page) => page.getByRole('main').getByRole('combobox', { name: 'Search integrations' });
const option = (page: Page, name: RegExp) => page.getByRole('main').getByRole('option', { name });

/** Types, and waits for what is suggested for all of it: the list changes with each letter. */
async function types(page: Page, text: string) {
    const answered = page.waitForResponse((answer) => {
        const { pathname, searchParams } = new URL(answer.url());
        return pathname === '/api/fn/suggest' && searchParams.get('q') === text;
    });
    await field(page).pressSequentially(text);
    await answered;
}

test('arrows choose, the active one is announced, Enter opens it, Escape closes', async ({ page }) => {
    await open(page, '/');
    const sameDocument = await stayInDocument(page);
    await field(page).pressSequentially('pagerd');
    await expect(option(page, /^PagerDuty/)).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowDown');
    const active = option(page, /^PagerDuty/);
    await expect(active).toHaveAttribute('aria-selected', 'true');
    await expect(field(page)).toHaveAttribute('aria-activedescendant', (await active.getAttribute('id')) ?? '');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/integrations/pagerduty');
    await sameDocument();
});

test('a slip is forgiven', async ({ page }) => {
    await open(page, '/');
    await field(page).pressSequentially('promethues');
    await expect(option(page, /^Prometheus/).first()).toBeVisible();
});

test('a finger opens a suggestion', async ({ page, isMobile }) => {
    test.skip(!isMobile, 'needs a touch screen');
    await open(page, '/');
    await field(page).tap();
    await types(page, 'opsg');
    const wanted = option(page, /^Opsgenie/);
    await expect(wanted).toBeVisible();
    const box = await wanted.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await wanted.tap();
    await expect(page).toHaveURL('/integrations/opsgenie');
});

const ELSEWHERE = [
    { typed: 'loggi', name: /Category · \d+$/, address: '/categories/monitoring/logging' },
    { typed: 'atlas', name: /^Atlassian.*Partner · \d+$/, address: '/partners/atlassian' },
    { typed: 'open tick', name: /^open ticket.*Search$/, address: '/search?q=open+ticket' },
];

for (const { typed, name, address } of ELSEWHERE) {
    test(`“${typed}” also leads to ${address}`, async ({ page }) => {
        await open(page, '/');
        await types(page, typed);
        await option(page, name).first().click();
        await expect(page).toHaveURL((url) => decodeURIComponent(url.pathname + url.search).replaceAll(' ', '+') === address);
    });
}
