/** API tokens, the audit trail and the inbox: made on a page, used by a program, seen on another page. */

import { execFileSync } from 'node:child_process';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open, stayInDocument } from '../support/alive.ts';
import { signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** What curl prints, as a program would call it. */
function curl(url: string, ...more: string[]): string {
    return execFileSync('curl', ['--silent', '--show-error', ...more, url], { encoding: 'utf8' });
}

test('a token is made once, used with curl, and revoked', async ({ page, demo, watched }) => {
    await signInAs(page, 'admin');
    await open(page, '/settings/tokens');
    await expect(page.getByRole('heading', { level: 1, name: 'API tokens' })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    const secret = await test.step('made', async () => {
        const sameDocument = await stayInDocument(page);
        watched.expect(/422.*create_token/);
        await page.getByLabel('What is it for?').fill('Backup script');
        await page.getByRole('button', { name: 'Make token' }).click();
        await expect(page.getByText('A token without a scope can do nothing.')).toBeVisible();
        await page.getByLabel(/Read the audit trail/).check();
        await page.getByRole('button', { name: 'Make token' }).click();
        const code = page.getByRole('region', { name: 'The new token' });
        await expect(code).toHaveText(/^oct_[a-z2-7]{52}$/);
        await sameDocument();
        await expectAccessible(page);
        await expectNoSidewaysScroll(page);
        return (await code.textContent()) ?? '';
    });

    await test.step('used', async () => {
        const bearer = ['--header', `Authorization: Bearer ${secret}`];
        const trail = JSON.parse(curl(`${demo.url}/api/v1/audit?action=token.created`, ...bearer));
        expect(trail.items[0]).toMatchObject({ actor_name: 'Ada Admin', subject_name: 'Backup script' });
        const refused = JSON.parse(curl(`${demo.url}/api/v1/installations`, ...bearer));
        expect(refused).toMatchObject({ status: 403, code: 'forbidden' });
        expect(JSON.parse(curl(`${demo.url}/api/v1/audit`))).toMatchObject({ status: 401 });
    });

    await test.step('shown once, and revoked', async () => {
        await page.reload();
        const row = page.getByRole('row', { name: /Backup script/ });
        await expect(row).toContainText(secret.slice(0, 8));
        expect(await page.content()).not.toContain(secret);
        await row.getByRole('button', { name: 'Revoke Backup script' }).click();
        await expect(row).toBeHidden();
        const refused = JSON.parse(curl(`${demo.url}/api/v1/audit`, '--header', `Authorization: Bearer ${secret}`));
        expect(refused).toMatchObject({ status: 401, detail: 'It is unknown, expired or revoked.' });
    });
});

test('the audit trail says who did what, filters and exports', async ({ page }) => {
    await signInAs(page, 'admin');
    await open(page, '/audit');
    await expect(page.getByRole('row', { name: /Ada Admin.*Signed in/ }).first()).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Signed in' });
    await page.getByRole('button', { name: 'Filter' }).click();
    await expect(page).toHaveURL(/action=session\.begun/);
    await expect(page.getByRole('row', { name: /Signed in/ }).first()).toBeVisible();
    const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('audit.csv');
});

test('the inbox says what mail comes, and keeps the choice', async ({ page }) => {
    await signInAs(page, 'member');
    await open(page, '/inbox');
    await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByLabel('API tokens are made for your account').selectOption({ label: 'Inbox only' });
    const saved = page.waitForResponse(/set_preference$/);
    await page.getByRole('button', { name: /Save.*API tokens are made for your account/ }).click();
    expect((await saved).ok()).toBe(true);
    await page.reload();
    await expect(page.getByLabel('API tokens are made for your account')).toHaveValue('off');
});
