/** Finding: categories, facets, order, pages, corrected spelling, and a way on where there is nothing. */

import type { APIRequestContext, Page } from '@playwright/test';
import { open, stayInDocument } from '../support/alive.ts';
import { expect, test } from '../support/test.ts';

/** How many there are, by the public interface. */
async function total(request: APIRequestContext, query: string): Promise<number> {
    const answer = await request.get(`/api/v1/search?limit=0&${query}`);
    const page = (await answer.json()) as { total: number };
    return page.total;
}

/** The number of results, as it is announced. */
const announced = (page: Page) => page.getByRole('status').filter({ hasText: /found$/ });

/** Opens the filters where they are a sheet; gives whether they are. */
async function openFilters(page: Page): Promise<boolean> {
    const summary = page.locator('summary').filter({ hasText: /^Filters/ });
    const sheet = await summary.isVisible();
    if (sheet) await summary.click();
    return sheet;
}

test('categories lead to what they count', async ({ page, request }) => {
    await open(page, '/');
    const sameDocument = await stayInDocument(page);
    const metrics = await total(request, 'category=monitoring/metrics');
    expect(metrics).toBeGreaterThan(0);
    await page.getByRole('link', { name: `Metrics ${metrics}` }).click();
    await expect(page).toHaveURL('/categories/monitoring/metrics');
    await expect(page.getByRole('heading', { level: 1, name: 'Metrics' })).toBeFocused();
    await expect(page).toHaveTitle('Metrics · OpenConductor');
    await expect(announced(page)).toHaveText(`${metrics} integrations found`);

    const group = await total(request, 'category=monitoring');
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Monitoring & observability' }).click();
    await expect(page).toHaveURL('/categories/monitoring');
    await expect(announced(page)).toHaveText(`${group} integrations found`);
    await sameDocument();
});

test('a filter narrows, the address holds it, Back takes it away', async ({ page, request }) => {
    await open(page, '/search');
    const all = await total(request, '');
    await expect(announced(page)).toHaveText(`${all} integrations found`);
    const sameDocument = await stayInDocument(page);

    await openFilters(page);
    const free = page.locator('input[name=pricing][value=free]');
    const promised = Number(await page.locator('label').filter({ has: free }).locator('.count').innerText());
    expect(promised).toBe(await total(request, 'pricing=free'));
    await free.check();
    await expect(page).toHaveURL('/search?pricing=free');
    await expect(announced(page)).toHaveText(`${promised} integrations found`);

    await page.locator('input[name=installable][value=yes]').check();
    await expect(page).toHaveURL('/search?pricing=free&installable=yes');
    const both = await total(request, 'pricing=free&installable=yes');
    expect(both).toBeLessThan(promised);
    await expect(announced(page)).toHaveText(`${both} integrations found`);

    await page.goBack();
    await expect(page).toHaveURL('/search?pricing=free');
    await expect(announced(page)).toHaveText(`${promised} integrations found`);
    await expect(page.locator('input[name=installable][value=yes]')).not.toBeChecked();
    await expect(free).toBeChecked();
    await page.goForward();
    await expect(announced(page)).toHaveText(`${both} integrations found`);
    await sameDocument();

    await page.goto('/search?pricing=free&installable=yes');
    await expect(announced(page)).toHaveText(`${both} integrations found`);
    await expect(page.getByRole('list', { name: 'Active filters' }).getByRole('link')).toHaveCount(3);
});

test('the filters are a sheet on a phone', async ({ page, isMobile }) => {
    test.skip(!isMobile, 'they stand beside the results on a large screen');
    await open(page, '/search');
    const box = page.locator('input[name=installable][value=yes]');
    await expect(box).toBeHidden();
    await openFilters(page);
    await expect(box).toBeVisible();
    await box.check();
    const show = page.getByRole('button', { name: /^Show [\d,]+ results?$/ });
    await expect(page).toHaveURL('/search?installable=yes');
    await show.click();
    await expect(box).toBeHidden();
    await expect(page.locator('summary').filter({ hasText: 'Filters (1)' })).toBeVisible();
});

test('results can be ordered and turned over', async ({ page, request }) => {
    const all = await total(request, '');
    await open(page, '/search');
    const sameDocument = await stayInDocument(page);
    await page.getByLabel('Sort').selectOption('Name');
    await expect(page).toHaveURL('/search?sort=name');
    const names = page.locator('ol.results h2');
    await expect(names.first()).toHaveText(/^A/);
    const shown = await names.allInnerTexts();
    expect(shown).toEqual([...shown].sort((a, b) => a.localeCompare(b, 'en')));
    expect(shown).toHaveLength(20);

    const pager = page.getByRole('navigation', { name: 'Pages' });
    await expect(pager).toContainText(`1–20 of ${all}`);
    await pager.getByRole('link', { name: 'Page 2' }).click();
    await expect(page).toHaveURL('/search?sort=name&page=2');
    await expect(pager).toContainText(`21–40 of ${all}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await expect(pager).toContainText(`1–20 of ${all}`);
    await sameDocument();
});

test('results follow what is typed', async ({ page }) => {
    await open(page, '/search');
    const search = page.getByRole('combobox', { name: 'Search integrations' });
    await search.pressSequentially('pagerduty');
    await expect(page).toHaveURL('/search?q=pagerduty');
    await expect(page.locator('ol.results h2').first()).toHaveText('PagerDuty');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeHidden();
    await expect(search).toBeFocused();
});

test('a misspelt name is corrected', async ({ page }) => {
    await open(page, '/search?q=pagrduty');
    await expect(page.getByText('Showing results for')).toContainText('PagerDuty, because there are none for pagrduty');
    await expect(page.locator('ol.results h2').first()).toHaveText('PagerDuty');
});

test('without results there is a way on', async ({ page }) => {
    await open(page, '/search?q=zzzqqqxxy');
    await expect(page.getByRole('heading', { name: 'No integration matches' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Popular' })).toBeVisible();
    await page.getByRole('link', { name: 'All integrations' }).first().click();
    await expect(page).toHaveURL('/search');
    await expect(announced(page)).toBeAttached();

    await open(page, '/search?q=alertmanager&partner=slack');
    await page.getByRole('link', { name: 'Clear all filters' }).click();
    await expect(page).toHaveURL('/search?q=alertmanager');
});

test('links stay in the page, move the focus to the heading, and Back returns', async ({ page }) => {
    await open(page, '/search?q=alertmanager');
    const sameDocument = await stayInDocument(page);
    await page.locator('ol.results a').first().click();
    const heading = page.getByRole('heading', { level: 1, name: 'Prometheus Alertmanager' });
    await expect(heading).toBeFocused();
    await expect(page).toHaveTitle('Prometheus Alertmanager · OpenConductor');
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', /\/integrations\/alertmanager$/);
    await page.getByRole('link', { name: /^Permissions/ }).click();
    await expect(page).toHaveURL('/integrations/alertmanager?tab=permissions');
    await page.getByRole('link', { name: 'Prometheus', exact: true }).click();
    await expect(page).toHaveURL('/partners/prometheus');
    await expect(page.getByRole('heading', { level: 1, name: 'Prometheus' })).toBeFocused();
    await page.goBack();
    await expect(page).toHaveURL('/integrations/alertmanager?tab=permissions');
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveURL('/search?q=alertmanager');
    await expect(page).toHaveTitle(/alertmanager/);
    await page.goForward();
    await expect(heading).toBeVisible();
    await sameDocument();
});
