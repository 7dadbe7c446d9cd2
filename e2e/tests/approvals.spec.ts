/** Joining by invitation, asking for approval, and an administrator who answers on the phone. */

import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open } from '../support/alive.ts';
import { newLogin, signInAs, signInWithIssuer } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { LISTING, NAME, WIZARD, Wizard, webhookOf } from '../support/wizard.ts';

test.describe('with a real issuer', () => {
    test.use({ baseURL: async ({ corporate }, use) => use(corporate.url) });

    test('invited, joined, approved, installed', async ({ page, mail, anotherBrowser, alertmanager }) => {
        test.setTimeout(120_000);
        const [boss, colleague] = [newLogin(), newLogin()];
        const admin = await anotherBrowser();

        const link = await test.step('an administrator invites a colleague', async () => {
            await open(admin, '/sign-in');
            await signInWithIssuer(admin, boss);
            await open(admin, '/settings/members');
            await expect(admin.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
            await admin.getByLabel('E-mail address').fill(`${colleague}@northwind.example`);
            await admin.getByRole('button', { name: 'Send invitation' }).click();
            await expect(admin.getByText('The invitation is on its way.')).toBeVisible();
            await expect(admin.getByText(`${colleague}@northwind.example`, { exact: true })).toBeVisible();
            await expectAccessible(admin);
            await expectNoSidewaysScroll(admin);
            const invitation = await mail.last(`${colleague}@northwind.example`);
            return invitation.match(/\/join\/[a-z2-7]+/)?.[0] ?? '';
        });

        await test.step('the colleague joins', async () => {
            expect(link).not.toBe('');
            await open(page, link);
            await expect(page.getByRole('heading', { level: 1, name: 'You are invited' })).toBeVisible();
            await expectAccessible(page);
            await page.getByRole('link', { name: 'Sign in to join' }).click();
            await signInWithIssuer(page, colleague);
            await page.getByRole('button', { name: /^Join / }).click();
            await expect(page).toHaveURL(/\/$/);
            await open(page, '/settings/members');
            await expect(page.getByRole('row')).toHaveCount(3);
        });

        await test.step('installing needs approval', async () => {
            await open(page, WIZARD);
            await expect(page.getByRole('main')).toContainText('Needs approval');
            await expectAccessible(page);
            await page.getByLabel('Why do you need it?').fill('Our alerts go nowhere.');
            await page.getByRole('button', { name: 'Ask for approval' }).click();
            await expect(page).toHaveURL(/\/approvals\/apr_/);
            await expect(page.getByRole('list', { name: 'State' })).toContainText('Waits for an answer');
            await expectAccessible(page);
            await expectNoSidewaysScroll(page);
        });

        await test.step('the administrator approves from the mail', async () => {
            const request = await mail.last(`${boss}@northwind.example`);
            const approve = request.match(/\/approvals\/\S*answer=approve\S*/)?.[0] ?? '';
            expect(approve).not.toBe('');
            await open(admin, approve);
            await expect(admin.getByRole('main')).toContainText('Our alerts go nowhere.');
            await expectAccessible(admin);
            await expectNoSidewaysScroll(admin);
            await admin.getByRole('button', { name: `Approve ${NAME}` }).click();
            await expect(admin.getByRole('list', { name: 'State' })).toContainText('Approved');
        });

        await test.step('the colleague installs', async () => {
            const wizard = new Wizard(page);
            await open(page, LISTING);
            await open(page, WIZARD);
            await wizard.begin();
            await wizard.connect(alertmanager.url);
            await wizard.test();
            await wizard.goOn();
            const receiver = await wizard.receiver();
            await alertmanager.configure(receiver);
            await wizard.sendTestEvent();
            await expect(wizard.heading(`${NAME} is connected`)).toBeVisible();
            expect(webhookOf(receiver)).not.toBe('');
        });
    });
});

test('a member sees what the policy says and asks', async ({ page }) => {
    await signInAs(page, 'member');
    await open(page, '/approvals');
    await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
});
