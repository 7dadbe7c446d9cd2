/** Money, from a plan that is chosen to one that is cancelled, with a Stripe that has a memory but no money. */

import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open, stayInDocument } from '../support/alive.ts';
import { BRIDGE, CARDS, FILTER, RELAY, appears, buy, changeCard, connectRelay, invoices, openBill, pay, subscription } from '../support/paying.ts';
import { NAMES, signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

// A plan is bought once and a trial given once: each test has a marketplace of its own.
test.use({ baseURL: async ({ lone }, use) => use(lone.url) });
test.describe.configure({ timeout: 150_000 });

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** What every page of ours has to be. */
async function expectGood(page: Page): Promise<void> {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
}

/** A date on pages, so many days from now. */
function inDays(days: number): string {
    const date = new Date(Date.now() + days * 86_400_000);
    const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][date.getUTCMonth()];
    return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`;
}

test('a plan is chosen, tried, connected and paid', async ({ page, context, lone }) => {
    await test.step('from the prices to the wizard, with a sign-in on the way', async () => {
        await open(page, `${FILTER.page}?tab=pricing`);
        await expectGood(page);
        await page.getByRole('link', { name: 'Choose Team' }).click();
        await expect(heading(page, 'Choose a plan')).toBeFocused();
        await page.getByRole('link', { name: 'Sign in to choose a plan' }).click();
        await page.getByRole('button', { name: NAMES.admin }).click();
        await expect(heading(page, 'Choose a plan')).toBeVisible();
        await expect(page.getByRole('radio', { name: /^Team.*\$19 a month/ })).toBeChecked();
        await expect(page.getByRole('radio', { name: /^Team.*\$19 a month/ })).toHaveAccessibleName(/14 days free/);
        await expectGood(page);
    });

    const address = page.url();
    await test.step('whoever leaves without paying finds the order again', async () => {
        await page.getByRole('button', { name: 'Go to payment' }).click();
        await expect(heading(page, 'Pay')).toBeVisible();
        const payment = page.url();
        await page.close();
        page = await context.newPage();
        await open(page, address);
        await expect(page.getByText('An order waits to be paid')).toBeVisible();
        await expectGood(page);
        await page.getByRole('button', { name: 'Go to payment' }).click();
        await expect(page).toHaveURL(payment);
    });

    await test.step('paying leads back, and nobody waits', async () => {
        await pay(page);
        await expect(heading(page, 'Review what it will do')).toBeVisible();
        await expectGood(page);
    });

    await test.step('closing the tab loses nothing', async () => {
        await page.close();
        page = await context.newPage();
        await open(page, `${FILTER.page}/install`);
        await expect(heading(page, 'Review what it will do')).toBeVisible();
        await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: /Plan/ }).click();
        await expect(page.getByText('Your organization has Team')).toBeVisible();
        await expect(page.getByText(`Tried until ${inDays(14)}.`)).toBeVisible();
        await expectGood(page);
        await page.getByRole('link', { name: 'Go on with Team' }).click();
        await page.getByRole('button', { name: `Install ${FILTER.name}` }).click();
        await expect(heading(page, `Connect ${FILTER.name}`)).toBeVisible();
        await expectGood(page);
    });

    await test.step('the bill shows the trial, and what is paid after it', async () => {
        await openBill(page);
        await expect(subscription(page, FILTER)).toContainText('Trial');
        await expect(subscription(page, FILTER)).toContainText(`free until ${inDays(14)}, then paid`);
        await expectGood(page);

        // The first invoice is sent an hour after the trial.
        await lone.payments.pass({ days: 14, hours: 2 });
        await appears(page, invoices(page).filter({ hasText: 'USD 19.00' }).filter({ hasText: 'Paid' }));
        await appears(page, subscription(page, FILTER).getByText('Active', { exact: true }));
        await expect(subscription(page, FILTER)).toContainText('renews on');
        await expectGood(page);
    });
});

test('a change costs what was shown', async ({ page, lone }) => {
    await signInAs(page, 'admin');
    // Ten days of the period are over when the plan is changed.
    await lone.payments.pass({ days: -10 });
    await buy(page, BRIDGE, 'volume.monthly', { seats: '5' });
    await lone.payments.pass({ days: 10 });
    await openBill(page);
    await expect(subscription(page, BRIDGE)).toContainText('Volume · 5 seats · $45 a month');

    const change = async (choice: RegExp, seats: string) => {
        await subscription(page, BRIDGE).getByRole('link', { name: 'Change plan' }).click();
        await expect(heading(page, `Change ${BRIDGE.name}`)).toBeVisible();
        await expectGood(page);
        await page.getByRole('radio', { name: choice }).check();
        await page.getByLabel('Seats, for plans that have them').fill(seats);
        await page.getByRole('button', { name: 'Show what it costs' }).click();
        const shown = page.getByRole('region', { name: 'The invoice of the change' });
        await expect(shown).toBeVisible();
        await expectGood(page);
        const total = (await shown.getByRole('row', { name: /^Total/ }).getByRole('cell').textContent()) ?? '';
        await page.getByRole('button', { name: 'Confirm the change' }).click();
        await expect(heading(page, 'Billing')).toBeVisible();
        return total;
    };

    const dearer = await test.step('more seats are paid at once', async () => {
        const total = await change(/^Volume.*month/, '30');
        await expect(subscription(page, BRIDGE)).toContainText('Volume · 30 seats · $210 a month');
        return total;
    });
    const made = await lone.payments.ask<{ data: { total: number; status: string }[] }>('v1/invoices?limit=1');
    expect(made.data[0]).toMatchObject({ status: 'paid' });
    expect(dearer, 'shown and charged').toBe(`USD ${((made.data[0]?.total ?? 0) / 100).toFixed(2)}`);
    expect(made.data[0]?.total, 'two thirds of the difference, roughly').toBeLessThan(16_500);
    await appears(page, invoices(page).filter({ hasText: dearer }).filter({ hasText: 'Paid' }));

    await test.step('fewer seats become credit', async () => {
        await change(/^Volume.*month/, '5');
        await expect(subscription(page, BRIDGE)).toContainText('Volume · 5 seats · $45 a month');
    });
});

test('a payment that fails stops nothing, and is made up for', async ({ page, lone }) => {
    await signInAs(page, 'admin');
    await buy(page, FILTER, 'team.monthly', { card: CARDS.failsLater });
    await lone.payments.pass({ days: 14, hours: 2 });
    await openBill(page);
    await appears(page, subscription(page, FILTER).getByText('Payment failed', { exact: true }));
    await expect(subscription(page, FILTER)).toContainText(`works until ${inDays(14)} unless it is paid`);
    await appears(page, invoices(page).filter({ hasText: 'USD 19.00' }).filter({ hasText: 'To be paid' }));
    await expectGood(page);

    await test.step('the wizard says it too', async () => {
        await open(page, `${FILTER.page}/install?step=plan`);
        await expect(page.getByText(`A payment failed; it works until ${inDays(14)}.`)).toBeVisible();
        await expectGood(page);
    });

    await openBill(page);
    await changeCard(page, CARDS.works);
    await lone.payments.pass({ days: 3, hours: 1 });
    await appears(page, subscription(page, FILTER).getByText('Active', { exact: true }));
    await appears(page, invoices(page).filter({ hasText: 'USD 19.00' }).filter({ hasText: 'Paid' }));
});

test('what is metered is counted, and refused at the cap', async ({ page, lone, watched }) => {
    await signInAs(page, 'admin');
    await buy(page, RELAY, 'usage.monthly');

    const send = await test.step('installed', () => connectRelay(page, lone.url));

    await test.step('what arrives is counted, what is repeated is not', async () => {
        expect((await send('a', 'b')).ok()).toBe(true);
        expect((await send('a', 'b', 'c')).ok()).toBe(true);
        await expect(heading(page, `${RELAY.name} is connected`)).toBeVisible();
        await openBill(page);
        await expect(page.getByText(/3 events used, \$0 so far/)).toBeVisible();
        await expect(page.getByRole('img', { name: '3 of 10,000 events of what is included, 0 %' })).toBeVisible();
        await expectGood(page);
    });

    await test.step('a cap is set', async () => {
        const stayed = await stayInDocument(page);
        const cap = page.getByLabel('Cap in events a billing period');
        watched.expect(/422.*set_cap/);
        await cap.fill('many');
        await page.getByRole('button', { name: 'Save the cap' }).click();
        await expect(cap).toHaveAttribute('aria-invalid', 'true');
        await expectGood(page);
        await cap.fill('4');
        await page.getByLabel('At the cap').selectOption({ label: 'Refuse what arrives until the next billing period' });
        await page.getByRole('button', { name: 'Save the cap' }).click();
        await expect(page.getByRole('img', { name: '3 of 4 events of the cap, 75 %' })).toBeVisible();
        await stayed();
    });

    await test.step('below it everything is taken, at it nothing', async () => {
        expect((await send('d')).ok()).toBe(true);
        const refused = await send('e');
        expect(refused.status()).toBe(429);
        expect(refused.headers()['content-type']).toContain('application/problem+json');
        expect(await refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
        await page.reload();
        await expect(page.getByText('The cap is reached: what arrives is refused.')).toBeVisible();
        await expect(page.getByText(/4 events used, \$0 so far/)).toBeVisible();
        await expectGood(page);
    });
});

test('what is cancelled can be kept', async ({ page }) => {
    await signInAs(page, 'admin');
    await buy(page, FILTER, 'business.monthly');
    await openBill(page);
    const stayed = await stayInDocument(page);
    const it = subscription(page, FILTER);
    const sure = it.getByRole('button', { name: 'Cancel Business' });
    await expect(sure).toBeHidden();
    await it.getByText('Cancel…').click();
    await expect(it).toContainText('until then you can change your mind');
    await expectGood(page);
    await sure.click();
    await expect(it.getByText('Ends soon')).toBeVisible();
    await expect(it).toContainText('ends on');
    await expectGood(page);
    await it.getByRole('button', { name: 'Keep it' }).click();
    await expect(it.getByText('Active', { exact: true })).toBeVisible();
    await expect(it).toContainText('renews on');
    await stayed();
});

test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });
    test.beforeEach(({ watched }) => watched.expect(/was preloaded using link preload but not used/));

    test('choosing, paying, changing, cancelling and keeping are forms', async ({ page }) => {
        await signInAs(page, 'admin');
        await page.goto(`${FILTER.page}/install?plan=team&interval=annual`);
        await expect(page.getByRole('radio', { name: /^Team.*\$190 a year/ })).toBeChecked();
        await page.getByRole('button', { name: 'Go to payment' }).click();
        await pay(page);
        await expect(heading(page, 'Review what it will do')).toBeVisible();

        await page.goto('/billing');
        const it = subscription(page, FILTER);
        await it.getByRole('link', { name: 'Change plan' }).click();
        await page.getByRole('radio', { name: /^Business.*\$79 a month/ }).check();
        await page.getByRole('button', { name: 'Show what it costs' }).click();
        await expect(page.getByRole('heading', { name: /^You pay/ })).toBeVisible();
        await page.getByRole('button', { name: 'Confirm the change' }).click();
        await expect(page).toHaveURL('/billing');
        await expect(it).toContainText('Business · $79 a month');

        await it.getByText('Cancel…').click();
        await it.getByRole('button', { name: 'Cancel Business' }).click();
        await expect(page).toHaveURL('/billing');
        await expect(it.getByText('Ends soon')).toBeVisible();
        await it.getByRole('button', { name: 'Keep it' }).click();
        await expect(it.getByText('Trial', { exact: true })).toBeVisible();
    });
});
