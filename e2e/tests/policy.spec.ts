/** The install policy: written step by step, tried out before it holds, and kept. */

import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open, stayInDocument } from '../support/alive.ts';
import { newLogin, signInWithIssuer } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ baseURL: async ({ corporate }, use) => use(corporate.url) });

test('a rule is drafted, tried out and saved', async ({ page }) => {
    await open(page, '/sign-in');
    await signInWithIssuer(page, newLogin());
    await open(page, '/settings/policy');
    await expect(page.getByRole('heading', { level: 1, name: 'Install policy' })).toBeVisible();
    await expect(page.getByText('Nobody has written a policy yet')).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await page.getByRole('link', { name: 'Edit the policy' }).click();
    await expect(page).toHaveURL('/settings/policy/edit');
    const allowed = page.locator('.figure', { hasText: 'Members install themselves' }).locator('dd');
    const asked = page.locator('.figure', { hasText: 'Need approval' }).locator('dd');
    await expect(allowed).toHaveText('0');
    const before = Number(await asked.textContent());
    expect(before).toBeGreaterThan(30);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await test.step('a draft says what it would mean', async () => {
        await page.getByLabel('What it may do').selectOption({ label: 'Only read' });
        await page.getByLabel('Why the rule is there').fill('Reading is harmless.');
        await page.getByRole('button', { name: 'Add to the draft' }).click();
        await expect(page.getByRole('listitem').filter({ hasText: 'it only reads' })).toBeVisible();
        await expect(allowed).not.toHaveText('0');
        const now = Number(await allowed.textContent());
        expect(now + Number(await asked.textContent())).toBe(before);
        await expectAccessible(page);
    });

    await test.step('Back undoes a step, and Forward does it again', async () => {
        await page.goBack();
        await expect(allowed).toHaveText('0');
        await page.goForward();
        await expect(allowed).not.toHaveText('0');
    });

    await test.step('saved', async () => {
        await open(page, page.url());
        const sameDocument = await stayInDocument(page);
        await page.getByRole('button', { name: 'Save the policy' }).click();
        await expect(page).toHaveURL('/settings/policy');
        await expect(page.getByRole('listitem').filter({ hasText: 'Reading is harmless.' })).toBeVisible();
        await expect(page.getByText('Last changed by')).toBeVisible();
        await sameDocument();
    });
});

test.describe('without a script', () => {
    test.use({ javaScriptEnabled: false });

    test('the editor works too', async ({ page }) => {
        await page.goto('/sign-in');
        await signInWithIssuer(page, newLogin());
        await page.goto('/settings/policy/edit');
        await page.getByLabel('What holds', { exact: true }).selectOption({ label: 'Block' });
        await page.getByLabel('What it may do').selectOption({ label: 'Write or take action' });
        await page.getByRole('button', { name: 'Add to the draft' }).click();
        await expect(page.getByRole('listitem').filter({ hasText: 'it writes or takes action' })).toBeVisible();
        await page.getByRole('button', { name: 'Save the policy' }).click();
        await expect(page).toHaveURL('/settings/policy');
        await expect(page.getByRole('listitem').filter({ hasText: 'it writes or takes action' })).toBeVisible();
    });
});
