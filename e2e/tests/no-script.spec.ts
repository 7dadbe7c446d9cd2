/** Everything that matters works with plain forms, before a script arrives or without one. */

import { NAMES } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { LISTING, NAME, WIZARD, Wizard, uninstallAll } from '../support/wizard.ts';

test.use({ javaScriptEnabled: false });
test.beforeEach(({ watched }) => watched.expect(/was preloaded using link preload but not used/));
test.afterEach(({ page }) => uninstallAll(page));

test('from the search to proof, with forms alone', async ({ page, alertmanager }) => {
    const wizard = new Wizard(page);

    await test.step('search', async () => {
        await page.goto('/');
        await page.getByRole('combobox', { name: 'Search integrations' }).fill('alertmanager');
        await page.getByRole('button', { name: 'Search' }).click();
        await expect(page).toHaveURL('/search?q=alertmanager');
        await page.getByRole('link', { name: NAME }).click();
        await expect(page).toHaveURL(LISTING);
    });

    await test.step('sign in', async () => {
        await page.getByRole('link', { name: 'Sign in' }).click();
        await page.getByRole('button', { name: NAMES.admin }).click();
        await expect(page).toHaveURL(LISTING);
        await expect(page.getByLabel(`Account: ${NAMES.admin}`)).toBeVisible();
    });

    await test.step('an incomplete form says what is missing and keeps the rest', async () => {
        await page.getByRole('link', { name: 'Install', exact: true }).click();
        await expect(page).toHaveURL(WIZARD);
        await wizard.begin();
        await page.getByLabel('User').fill('on-call');
        await wizard.connect('');
        await expect(page.getByRole('alert')).toContainText('Fill in “Alertmanager URL”.');
        await expect(page.getByLabel('User')).toHaveValue('on-call');

        await page.getByLabel('User').fill('');
        await wizard.connect('alerts.example.com');
        await expect(page.getByRole('alert')).toContainText('starts with https://');
        await expect(wizard.address()).toHaveValue('alerts.example.com');
    });

    await test.step('test and proof', async () => {
        await wizard.connect(alertmanager.url);
        await wizard.test();
        await wizard.goOn();
        await alertmanager.configure(await wizard.receiver());
        await wizard.sendTestEvent();
        await expect(wizard.heading('Prove that data flows').or(wizard.heading(`${NAME} is connected`))).toBeVisible();
        // Without a script, the page is asked for again by hand.
        await expect(async () => {
            await page.reload();
            await expect(wizard.heading(`${NAME} is connected`)).toBeVisible({ timeout: 1 });
        }).toPass();
    });

    await test.step('uninstall', async () => {
        await page.getByRole('link', { name: 'Finish' }).click();
        await page.getByText(`Uninstall ${NAME}…`).click();
        await page.getByRole('button', { name: `Uninstall ${NAME}` }).click();
        await expect(page.getByRole('heading', { name: 'Nothing is connected yet' })).toBeVisible();
    });
});

test('filters and order are a form', async ({ page }) => {
    await page.goto('/search');
    const open = page.getByText('Filters', { exact: true });
    if (await open.isVisible()) await open.click();
    await page.locator('input[name=installable][value=yes]').check();
    await page.getByRole('button', { name: /^Show / }).click();
    await expect(page).toHaveURL(/[?&]installable=yes(&|$)/);
    await expect(page.getByRole('list', { name: 'Active filters' })).toContainText('Installable');
});
