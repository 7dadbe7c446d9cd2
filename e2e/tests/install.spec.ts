/** The journey that the marketplace exists for: from the search to proof, with a real counterpart at each end. */

import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { alive, open, stayInDocument } from '../support/alive.ts';
import { newLogin, signInWithIssuer } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { LISTING, NAME, WIZARD, Wizard, webhookOf } from '../support/wizard.ts';

test.use({ baseURL: async ({ corporate }, use) => use(corporate.url) });

test('from the search to an alert that arrives, and away again', async ({ page, alertmanager, prometheus }) => {
    test.setTimeout(120_000);
    const wizard = new Wizard(page);
    const login = newLogin();

    await test.step('search', async () => {
        await open(page, '/');
        await page.keyboard.press('/');
        const search = page.getByRole('combobox', { name: 'Search integrations' });
        await expect(search).toBeFocused();
        await search.pressSequentially('alertmanager');
        const option = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option', { name: NAME });
        await expect(option).toBeVisible();
        await expect(search).toHaveAttribute('aria-expanded', 'true');
        await page.keyboard.press('ArrowDown');
        await expect(option).toHaveAttribute('aria-selected', 'true');
        await expect(search).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id')) ?? 'none');
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(LISTING);
        await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeFocused();
    });

    await test.step('review needs no account, installing does', async () => {
        await page.getByRole('link', { name: 'Install', exact: true }).click();
        await expect(wizard.heading('Review what it will do')).toBeFocused();
        await expect(page.getByRole('main')).toContainText('Posts one synthetic alert that proves the path back');
        await page.getByRole('link', { name: 'Sign in to install' }).click();
        await signInWithIssuer(page, login);
        await expect(page).toHaveURL(WIZARD);
        await alive(page);
        await expect(page.getByLabel(new RegExp(`^Account: ${login} Klein`, 'i'))).toBeVisible();
        await expectAccessible(page);
    });

    await test.step('connect: a mistake is explained before anything is sent', async () => {
        await wizard.begin();
        await wizard.connect('alerts.example.com');
        const summary = page.getByRole('alert');
        await expect(summary).toContainText('One field needs your attention');
        await expect(summary).toBeFocused();
        await expect(wizard.address()).toHaveAttribute('aria-invalid', 'true');
        await expect(wizard.address()).toHaveAccessibleDescription(/starts with https:\/\//);
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
    });

    await test.step('test: another system at the address is recognised, with a way to mend it', async () => {
        await wizard.connect(prometheus.url);
        await expect(wizard.heading('Test the connection')).toBeVisible();
        await page.getByRole('button', { name: 'Test connection' }).click();
        await expect(page.getByRole('heading', { name: 'The connection test failed' })).toBeVisible();
        const main = page.getByRole('main');
        await expect(main).toContainText(`${prometheus.url}/api/v2/status`);
        await expect(main).toContainText('HTTP 404');
        await expect(main).toContainText("it is not Alertmanager's API version 2");
        await expect(main).toContainText('Check the address and path prefix');
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
    });

    await test.step('test: the real Alertmanager says who it is', async () => {
        await page.getByRole('link', { name: 'Edit the connection' }).click();
        await expect(wizard.address()).toHaveValue(prometheus.url);
        await wizard.connect(alertmanager.url);
        await wizard.test();
        await expect(page.getByRole('main')).toContainText(`Alertmanager ${await alertmanager.version()}`);
        await expectAccessible(page);
    });

    const webhook = await test.step('prove: a synthetic alert comes back through the real path', async () => {
        await wizard.goOn();
        await expect(page.getByText('Waiting for the first event')).toBeVisible();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);

        const receiver = await wizard.receiver();
        await alertmanager.configure(receiver);
        const sameDocument = await stayInDocument(page);
        await wizard.sendTestEvent();
        await expect(wizard.heading(`${NAME} is connected`)).toBeVisible();
        await expect(page.getByRole('heading', { name: 'Data flows' })).toBeVisible();
        await expect(page.getByText('from the start of the installation to the first')).toBeVisible();
        await expect(page.locator('.proof-figure')).toHaveText(/^\d+(\.\d+)? (ms|s|min)/);
        const event = page.getByRole('row', { name: /Synthetic alert that proves the path to OpenConductor/ });
        await expect(event).toContainText('Test');
        await sameDocument();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        return webhookOf(receiver);
    });

    await test.step('a real alert arrives while one watches', async () => {
        await page.getByRole('link', { name: 'Finish' }).click();
        await expect(page).toHaveURL(/\/installed\/ins_/);
        await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeFocused();
        await expect(page.getByRole('list', { name: 'State' })).toContainText('Working');
        const sameDocument = await stayInDocument(page);
        await prometheus.fire('DiskFull', 'critical', 'The disk of db-1 is full');
        const alert = page.getByRole('row', { name: /The disk of db-1 is full/ });
        await expect(alert).toBeVisible({ timeout: 20_000 });
        await expect(alert).toContainText('Critical');
        await expect(alert).toContainText('Firing');
        await expect(alert).toContainText('e2e');
        await sameDocument();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
    });

    await test.step('it stands in the list', async () => {
        await page.getByRole('link', { name: 'Installed', exact: true }).and(page.locator('main a')).click();
        await expect(wizard.heading('Installed')).toBeFocused();
        const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: NAME }) });
        await expect(row).toContainText('Working');
        await expect(row).toContainText('2 events');
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        await row.getByRole('link', { name: NAME }).click();
        await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeFocused();
    });

    await test.step('uninstalling asks first, and closes the address', async () => {
        const details = page.url();
        const sure = page.getByRole('button', { name: `Uninstall ${NAME}` });
        await expect(sure).toBeHidden();
        await page.getByText(`Uninstall ${NAME}…`).click();
        await sure.click();
        await expect(page).toHaveURL('/installed');
        await expect(page.getByRole('heading', { name: 'Nothing is connected yet' })).toBeVisible();
        await expectAccessible(page);

        const refused = await page.request.post(webhook, { data: {} });
        expect(refused.status()).toBe(404);
        expect(refused.headers()['content-type']).toContain('application/problem+json');
        expect((await page.request.get(details)).status()).toBe(404);
    });
});
