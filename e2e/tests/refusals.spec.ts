/** What must not work: what comes from elsewhere, too much, again, or too late. */

import { alive, open } from '../support/alive.ts';
import { enterLogin, logInAtIssuer } from '../support/issuer.ts';
import { newLogin, signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { NAME, WIZARD, Wizard, uninstallAll } from '../support/wizard.ts';

const PROBLEM = 'application/problem+json';

test.describe('addresses', () => {
    test('an unknown webhook address is not found', async ({ request }) => {
        const answer = await request.post('/in/unknown', { data: { alerts: [] } });
        expect(answer.status()).toBe(404);
        expect(answer.headers()['content-type']).toContain(PROBLEM);
        const problem = (await answer.json()) as Record<string, unknown>;
        expect(problem).toMatchObject({ status: 404, title: 'Unknown address' });
        expect(problem.next_step).toBeTruthy();
    });

    test('a body that is too large is refused', async ({ request }) => {
        const answer = await request.post('/in/unknown', { data: 'x'.repeat(1024 * 1024 + 1) });
        expect(answer.status()).toBe(413);
        expect(answer.headers()['content-type']).toContain(PROBLEM);
        const form = await request.post('/auth/demo', { form: { key: 'x'.repeat(300 * 1024) } });
        expect(form.status()).toBe(413);
    });

    test('other sites change nothing', async ({ page, baseURL }) => {
        await signInAs(page, 'admin');
        const foreign: Record<string, string>[] = [
            { origin: 'https://elsewhere.example' },
            { origin: 'null' },
            { 'sec-fetch-site': 'cross-site' },
        ];
        for (const headers of foreign) {
            for (const address of ['/api/fn/begin_install', '/auth/sign-out', '/theme']) {
                const answer = await page.request.post(address, { form: { listing: 'alertmanager' }, headers });
                expect(answer.status(), `${address} with ${JSON.stringify(headers)}`).toBe(403);
                expect(answer.headers()['content-type']).toContain(PROBLEM);
            }
        }
        const list = await page.request.get('/installed');
        expect(await list.text()).not.toContain('/installed/ins_');
        const own = await page.request.post('/theme', { form: { theme: 'dark' }, headers: { origin: baseURL ?? '' } });
        expect(own.ok()).toBe(true);
    });

    test('nobody returns to another site after signing in', async ({ request, baseURL }) => {
        const headers = { origin: baseURL ?? '' };
        for (const address of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example']) {
            const form = { key: 'admin', return_to: address };
            const answer = await request.post('/auth/demo', { form, headers, maxRedirects: 0 });
            expect(answer.status(), address).toBe(303);
            expect(answer.headers().location, address).toBe('/');
        }
    });

    test('every answer says what browsers may do with it', async ({ request }) => {
        for (const address of ['/', '/robots.txt', '/in/unknown', '/api/v1/search', '/nothing-here']) {
            const { 'content-security-policy': policy, ...headers } = (await request.get(address)).headers();
            expect(policy, address).toContain("default-src 'none'");
            expect(policy, address).toContain("frame-ancestors 'none'");
            expect(headers['x-content-type-options'], address).toBe('nosniff');
        }
    });
});

test.describe('sessions', () => {
    test('a session that has ended is explained in the wizard', async ({ page, context, watched }) => {
        watched.expect(/the server responded with a status of 401/);
        const wizard = new Wizard(page);
        await signInAs(page, 'admin');
        await open(page, WIZARD);
        await wizard.begin();
        const { cookies } = await context.storageState();
        await context.clearCookies();
        await wizard.connect('https://alerts.example.com');
        const notice = page.getByRole('alert');
        await expect(notice).toContainText('Sign in first');
        await expect(notice.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', /^\/sign-in\?return_to=/);
        // Whatever else the page asks for now must not put anything in the place of what was entered.
        await page.waitForLoadState('networkidle');
        await expect(wizard.address()).toHaveValue('https://alerts.example.com');
        await context.addCookies(cookies);
        await uninstallAll(page);
    });

    test('without a script, too', async ({ browser, baseURL, demo }) => {
        const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? demo.url });
        const page = await context.newPage();
        await signInAs(page, 'admin');
        await page.goto(WIZARD);
        await context.clearCookies();
        await page.getByRole('button', { name: `Install ${NAME}` }).click();
        await expect(page.getByRole('main')).toContainText('Sign in first');
        await expect(page.getByRole('link', { name: /^Sign in/ }).first()).toBeVisible();
        await context.close();
    });
});

test.describe('the issuer', () => {
    test.use({ baseURL: async ({ corporate }, use) => use(corporate.url) });

    test('an answer of the issuer counts once', async ({ page }) => {
        let callback = '';
        page.on('request', (request) => {
            if (request.url().includes('/auth/corporate/callback')) callback = request.url();
        });
        await open(page, '/sign-in?return_to=/search');
        await page.getByRole('button', { name: 'Continue with Northwind SSO' }).click();
        await logInAtIssuer(page, newLogin());
        await expect(page).toHaveURL('/search');
        expect(callback).toContain('state=');

        await page.goto(callback);
        await expect(page).toHaveURL(/\/sign-in\?error=expired/);
        await expect(page.getByRole('alert')).toContainText('Start again');
        await alive(page);
    });

    test('an answer in another browser does not count', async ({ page, anotherBrowser }) => {
        await open(page, '/sign-in');
        await page.getByRole('button', { name: 'Continue with Northwind SSO' }).click();
        await enterLogin(page, newLogin());
        // The last step by hand, so that the answer is known and not yet used.
        const consent = await page.locator('form').evaluate((form: HTMLFormElement) => form.action);
        let next = await page.request.post(consent, { form: { prompt: 'consent' }, maxRedirects: 0 });
        while (!next.headers().location?.includes('/auth/corporate/callback')) {
            expect(next.status()).toBe(303);
            next = await page.request.get(next.headers().location ?? '', { maxRedirects: 0 });
        }
        const callback = next.headers().location ?? '';

        const stranger = await anotherBrowser();
        await stranger.goto(callback);
        await expect(stranger).toHaveURL(/\/sign-in\?error=expired/);
        await expect(stranger.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
    });

    test('whoever says no is told so', async ({ page }) => {
        await open(page, '/sign-in?return_to=/search');
        await page.getByRole('button', { name: 'Continue with Northwind SSO' }).click();
        await page.getByRole('link', { name: 'Cancel' }).click();
        await expect(page).toHaveURL(/\/sign-in\?error=denied&return_to=%2Fsearch/);
        await expect(page.getByRole('alert')).toContainText('The sign-in was refused');
    });

    test('demo accounts do not exist there', async ({ page }) => {
        await open(page, '/sign-in');
        await expect(page.getByRole('button', { name: /Admin/ })).toHaveCount(0);
        const answer = await page.request.post('/auth/demo', { form: { key: 'admin' } });
        expect(answer.status()).toBe(404);
    });
});

test.describe('private addresses', () => {
    test.use({ baseURL: async ({ walled }, use) => use(walled.url) });

    test('are not called unless the operator lists them', async ({ page, alertmanager }) => {
        const wizard = new Wizard(page);
        await signInAs(page, 'admin');
        await open(page, WIZARD);
        await wizard.begin();
        await wizard.connect(alertmanager.url);
        await page.getByRole('button', { name: 'Test connection' }).click();
        await expect(page.getByRole('heading', { name: 'The connection test failed' })).toBeVisible();
        await expect(page.getByRole('main')).toContainText('which is not called from here');
        await expect(page.getByRole('main')).toContainText('the operator of this marketplace can allow-list it');
        await expect(page.getByRole('main')).not.toContainText(await alertmanager.version());
    });
});
