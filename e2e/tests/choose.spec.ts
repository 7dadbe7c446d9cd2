/** Comparing, collections, calculators: readable on a phone, shared by address. */

import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open } from '../support/alive.ts';
import { signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('listings are compared, one is added and one removed', async ({ page }) => {
    await open(page, '/integrations/alertmanager');
    await page.getByRole('link', { name: 'Compare them' }).click();
    await expect(page.getByRole('heading', { level: 1, name: / vs / })).toBeVisible();
    await expect(page.getByRole('columnheader')).toHaveCount(4);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByLabel('Name of another integration').fill('pagerduty');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('main').getByRole('link', { name: 'PagerDuty', exact: true }).click();
    await expect(page.getByRole('columnheader')).toHaveCount(5);
    await expect(page).toHaveURL(/pagerduty/);
    await page.getByRole('link', { name: 'Remove PagerDuty' }).click();
    await expect(page.getByRole('columnheader')).toHaveCount(4);
    await page.goBack();
    await expect(page.getByRole('columnheader')).toHaveCount(5);
});

test('a collection leads from one installation to the next', async ({ page }) => {
    await signInAs(page, 'admin');
    await open(page, '/collections');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('link', { name: 'Kubernetes on-call starter' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Kubernetes on-call starter' })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('link', { name: 'Install Prometheus Alertmanager' }).click();
    await expect(page).toHaveURL(/\/integrations\/alertmanager\/install/);
});

test('a calculator shows its formula, and its address can be shared', async ({ page }) => {
    await open(page, '/calculators');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Alert noise' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Alert noise calculator' })).toBeVisible();
    await page.getByRole('spinbutton', { name: 'Alerts a day' }).fill('1000');
    await page.getByRole('button', { name: 'Calculate' }).click();
    await expect(page).toHaveURL(/alerts=1000/);
    await expect(page.getByRole('status').first()).toContainText('of 1,000 alerts a day reach a person');
    await page.getByText('How this is calculated').click();
    await expect(page.getByText('After grouping = alerts ×')).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
});
