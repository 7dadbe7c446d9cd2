/** An organization's own sign-in: connected, proven by DNS, used, required. */

import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open } from '../support/alive.ts';
import { Issuer, logInAtIssuer } from '../support/issuer.ts';
import { newLogin, signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.describe('a marketplace of its own', () => {
    test.use({ baseURL: async ({ lone }, use) => use(lone.url) });

    test('an organization connects its issuer, its people come in, and it is required', async ({
        page,
        lone,
        nameServer,
        watched,
        anotherBrowser,
    }) => {
        watched.expect(/422.*(save_issuer|verify_domain)/);
        test.setTimeout(120_000);
        const issuer = await Issuer.start(lone.url, 'org_demo_northwind');
        try {
            await signInAs(page, 'admin');

            await test.step('connects it', async () => {
                await open(page, '/settings/sign-in');
                await expectAccessible(page);
                await expectNoSidewaysScroll(page);
                await expect(page.getByText(`${lone.url}/auth/org_demo_northwind/callback`)).toBeVisible();
                await page.getByLabel('Issuer', { exact: true }).fill(`${issuer.url}/elsewhere`);
                await page.getByLabel('Client id').fill('marketplace');
                await page.getByLabel('Client secret').fill('marketplace-secret');
                await page.getByRole('button', { name: 'Connect' }).click();
                await expect(page.getByRole('main')).toContainText('answers 404');
                await page.getByLabel('Issuer', { exact: true }).fill(issuer.url);
                await page.getByLabel('Client secret').fill('marketplace-secret');
                await page.getByRole('button', { name: 'Connect' }).click();
                await expect(page.getByText('It can’t let anybody in yet')).toBeVisible();
            });

            await test.step('proves its domain', async () => {
                await page.getByLabel('Another domain').fill('northwind.example');
                await page.getByRole('button', { name: 'Add' }).click();
                await expect(page.getByText('Not verified')).toBeVisible();
                await page.getByRole('button', { name: 'Verify northwind.example' }).click();
                await expect(page.getByRole('main')).toContainText('The domain is not verified yet');
                const record = (name: string) => page.getByRole('region', { name, exact: true }).innerText();
                nameServer.publish(await record('TXT record at'), await record('Its value'));
                await page.getByRole('button', { name: 'Verify northwind.example' }).click();
                await expect(page.getByText(/^Verified /)).toBeVisible();
                await expectAccessible(page);
                await expectNoSidewaysScroll(page);
            });

            await test.step('gives a group a role', async () => {
                await page.getByLabel('Group 1', { exact: true }).fill('platform');
                await page.getByLabel('Role of group 1').selectOption('Admin');
                await page.getByRole('button', { name: 'Save roles' }).click();
                await expect(page.getByLabel('Group 3', { exact: true })).toBeVisible();
            });

            await test.step('comes in with it', async () => {
                await page.getByRole('button', { name: 'Sign in with it' }).click();
                await logInAtIssuer(page, 'ada');
                await expect(page).toHaveURL(/\/settings\/sign-in$/);
                await expect(page.getByText(/^It works since /)).toBeVisible();
            });

            await test.step('requires it', async () => {
                await page.getByRole('button', { name: 'Require it' }).click();
                await expect(page.getByText('Only people who sign in with it')).toBeVisible();
            });

            const colleague = await anotherBrowser();
            await test.step('a new colleague comes in by address', async () => {
                await open(colleague, '/sign-in?return_to=/settings/members');
                await expectAccessible(colleague);
                await expectNoSidewaysScroll(colleague);
                const login = newLogin();
                await colleague.getByLabel('Your organization’s sign-in').fill(`${login}@northwind.example`);
                await colleague.getByRole('button', { name: 'Go on' }).click();
                await logInAtIssuer(colleague, login);
                await expect(colleague).toHaveURL(/\/settings\/members$/);
                await expect(colleague.getByRole('row', { name: /\(you\)/ })).toContainText('Member');
            });

            await test.step('nobody comes in another way', async () => {
                const answer = await (await anotherBrowser()).request.post('/auth/demo', { form: { key: 'member' } });
                expect(answer.status()).toBe(403);
            });
        } finally {
            await issuer.stop();
        }
    });
});
