/** What a listing costs: plans, the switch between months and years, the currency of the organization. */

import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open, stayInDocument } from '../support/alive.ts';
import { expect, test } from '../support/test.ts';

const FILTER = '/integrations/fjord-noise-filter';
const TABS = [FILTER, '/integrations/fjord-oncall-bridge', '/integrations/fjord-event-relay', '/integrations/jira'];

const plan = (page: Page, name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
const interval = (page: Page) => page.getByRole('navigation', { name: 'Paid by the month or by the year' });

test('plans are found from the head of the page and lead to the wizard', async ({ page }) => {
    await open(page, FILTER);
    const stayed = await stayInDocument(page);
    await expect(page.getByText('Free plan · others from $19/mo')).toBeVisible();
    await page.getByRole('link', { name: 'See plans' }).click();
    await expect(page).toHaveURL(`${FILTER}?tab=pricing#plans`);
    await expect(page.getByText('Test mode')).toBeVisible();
    await expect(plan(page, 'Team')).toContainText('$19 a month');
    await expect(plan(page, 'Team')).toContainText('14 days free to try');

    await interval(page).getByRole('link', { name: /^Annual/ }).click();
    await expect(page).toHaveURL(`${FILTER}?tab=pricing&interval=annual`);
    await expect(plan(page, 'Team')).toContainText('$190 a year');
    await expect(plan(page, 'Team')).toContainText('Save 16 %');
    await expect(plan(page, 'Business')).toContainText('Save 20 %');
    const choose = page.getByRole('link', { name: 'Choose Team' });
    await expect(choose).toHaveAttribute('href', `${FILTER}/install?plan=team&interval=annual`);
    await page.goBack();
    await expect(plan(page, 'Team')).toContainText('$19 a month');
    await stayed();
});

test('plans stand beside each other where there is room, and below each other on a phone', async ({ page, isMobile }) => {
    await open(page, `${FILTER}?tab=pricing`);
    const box = async (name: string) => (await plan(page, name).boundingBox())!;
    const [first, second, third] = [await box('Free'), await box('Team'), await box('Business')];
    if (isMobile) {
        expect(second.y).toBeGreaterThanOrEqual(first.y + first.height);
    } else {
        expect([second.y, third.y]).toEqual([first.y, first.y]);
        const buttons = await page.getByRole('link', { name: /^Choose / }).all();
        const heights = await Promise.all(buttons.map(async (button) => (await button.boundingBox())!.y));
        expect(new Set(heights).size, 'buttons stand in one line').toBe(1);
    }
});

test('every way to charge is readable by everybody', async ({ page }) => {
    for (const listing of TABS) {
        await open(page, `${listing}?tab=pricing`);
        await expect(page.getByRole('link', { name: 'Pricing' })).toHaveAttribute('aria-current', 'page');
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
    }
});

test('an organization sees the prices of its currency', async ({ page, lone }) => {
    const address = (path: string) => new URL(path, lone.url).href;
    await page.request.post(address('/auth/demo'), { form: { key: 'billing', return_to: '/robots.txt' } });
    await open(page, address('/settings/organization'));
    await page.getByLabel('Currency of the organization').selectOption('GBP');
    await page.getByRole('button', { name: 'Save currency' }).click();
    await expect(page.getByRole('button', { name: 'Save currency' })).not.toHaveAttribute('aria-busy', 'true');
    await expectAccessible(page);
    await open(page, address(`${FILTER}?tab=pricing`));
    await expect(plan(page, 'Team')).toContainText('£15 a month');
    await expect(page.getByText('Prices are in GBP')).toBeVisible();
});

test('where nothing is sold, prices are shown and nothing can be chosen', async ({ page, walled }) => {
    await open(page, new URL(`${FILTER}?tab=pricing`, walled.url).href);
    await expect(page.getByText("Can't be bought here")).toBeVisible();
    await expect(plan(page, 'Team')).toContainText('$19 a month');
    await expect(page.getByRole('link', { name: /^Choose / })).toHaveCount(0);
    await expectAccessible(page);
});

test('results say what something costs', async ({ page }) => {
    await open(page, '/search?q=fjord');
    const result = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) });
    await expect(result('Fjord Noise Filter').getByText('Free plan')).toBeVisible();
    await expect(result('Fjord On-call Bridge').getByText('From $6/seat/mo')).toBeVisible();
});

test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });
    test.beforeEach(({ watched }) => watched.expect(/was preloaded using link preload but not used/));

    test('months and years are links, and the currency is a form', async ({ page, lone }) => {
        const address = (path: string) => new URL(path, lone.url).href;
        await page.goto(address(FILTER));
        await page.getByRole('link', { name: 'See plans' }).click();
        await interval(page).getByRole('link', { name: /^Annual/ }).click();
        await expect(page).toHaveURL(address(`${FILTER}?tab=pricing&interval=annual`));
        await expect(plan(page, 'Team')).toContainText('$190 a year');
        await expect(interval(page).getByRole('link', { name: /^Annual/ })).toHaveAttribute('aria-current', 'true');

        await page.request.post(address('/auth/demo'), { form: { key: 'admin', return_to: '/robots.txt' } });
        await page.goto(address('/settings/organization'));
        await page.getByLabel('Currency of the organization').selectOption('EUR');
        await page.getByRole('button', { name: 'Save currency' }).click();
        await expect(page).toHaveURL(address('/settings/organization'));
        await expect(page.getByLabel('Currency of the organization')).toHaveValue('EUR');
    });
});
