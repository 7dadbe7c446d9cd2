/** What can't be installed yet: asking for it, and who sees that. */

import { open, stayInDocument } from '../support/alive.ts';
import { NAMES, signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { WIZARD } from '../support/wizard.ts';

const WANTED = { address: '/integrations/jaeger', name: 'Jaeger' };

test('a request is stored, counted and seen by the reviewer', async ({ page, anotherBrowser }) => {
    await test.step('a visitor is told why, and asked to sign in', async () => {
        await open(page, WANTED.address);
        await expect(page.getByRole('button', { name: 'Not installable yet' })).toHaveAttribute('aria-disabled', 'true');
        await expect(page.getByRole('button', { name: 'Not installable yet' })).toHaveAccessibleDescription(
            /Nobody has written the connection yet/,
        );
        await page.getByRole('link', { name: 'Sign in to request it' }).click();
        await page.getByRole('button', { name: NAMES.admin }).click();
        await expect(page).toHaveURL(WANTED.address);
    });

    await test.step('an administrator asks for it, once', async () => {
        await open(page, WANTED.address);
        const sameDocument = await stayInDocument(page);
        await page.getByRole('button', { name: 'Request this integration' }).click();
        await expect(page.getByRole('main').getByRole('status')).toHaveText(/Requested\. 1 organization asked for it\./);
        await expect(page.getByRole('button', { name: 'Request this integration' })).toBeHidden();
        await sameDocument();
        await page.reload();
        await expect(page.getByRole('main').getByRole('status')).toHaveText(/Requested\./);
    });

    await test.step('another organization asks too, and the number grows', async () => {
        const other = await anotherBrowser();
        await signInAs(other, 'partner');
        await open(other, WANTED.address);
        await other.getByRole('button', { name: /Request this integration/ }).click();
        await expect(other.getByRole('main').getByRole('status')).toHaveText(/2 organizations asked for it\./);
    });

    await test.step('the reviewer sees what is asked for', async () => {
        const reviewer = await anotherBrowser();
        await signInAs(reviewer, 'reviewer');
        await open(reviewer, '/staff/requests');
        const row = reviewer.getByRole('row', { name: new RegExp(WANTED.name) });
        await expect(row.getByRole('cell', { name: '2', exact: true })).toBeVisible();
    });
});

test('the wizard of an entry that is not installable says so', async ({ page }) => {
    await signInAs(page, 'admin');
    await open(page, '/integrations/zipkin/install');
    await expect(page.getByRole('main')).toContainText('Not installable yet');
    await expect(page.getByRole('main')).toContainText('Request this integration on its page');
    await expect(page.getByRole('button', { name: /^Install/ })).toHaveCount(0);
});

test('a member is told whom to ask', async ({ page }) => {
    await signInAs(page, 'member');
    await open(page, WIZARD);
    await expect(page.getByRole('main')).toContainText('Needs approval');
    await expect(page.getByRole('main')).toContainText('an administrator of your organization answers it');
    await expect(page.getByRole('button', { name: /^Install/ })).toHaveCount(0);
});

test('a partner sees how the own listings do', async ({ page }) => {
    await signInAs(page, 'partner');
    await open(page, '/partner');
    const table = page.getByRole('table');
    await expect(table.getByRole('link', { name: 'Prometheus Alertmanager' })).toBeVisible();
    await expect(table.getByRole('row', { name: /Prometheus Alertmanager/ })).toContainText('Installable');
    await expect(table.getByRole('link', { name: 'Grafana' })).toHaveCount(0);
});

for (const [address, key] of [
    ['/partner', 'admin'],
    ['/staff/requests', 'partner'],
] as const) {
    test(`${address} is not for everybody`, async ({ page, watched }) => {
        watched.expect(/the server responded with a status of 403/);
        await signInAs(page, key);
        const answer = await page.goto(address);
        expect(answer?.status()).toBe(403);
        await expect(page.getByRole('heading', { level: 1, name: 'Not allowed' })).toBeVisible();
    });
}
