/** A partner's money: private offers, payouts, and what was earned. */

import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open } from '../support/alive.ts';
import { FILTER, RELAY, appears, buy, openBill, pay, subscription } from '../support/paying.ts';
import { signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

// A plan is bought once: each test has a marketplace of its own.
test.use({ baseURL: async ({ lone }, use) => use(lone.url) });
test.describe.configure({ timeout: 150_000 });

const CUSTOMER = 'org_demo_northwind';

/** What every page of ours has to be. */
async function expectGood(page: Page): Promise<void> {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
}

const figure = (page: Page, name: string) => page.locator('.figure', { has: page.getByText(name, { exact: true }) });

test('an offer is made, accepted and paid', async ({ page: seller, anotherBrowser, watched }) => {
    const admin = await anotherBrowser();
    await signInAs(seller, 'seller');
    await signInAs(admin, 'admin');
    const made = seller.getByRole('listitem').filter({ hasText: `${RELAY.name} · Enterprise for Northwind Operations` });

    await test.step('the partner makes it', async () => {
        await open(seller, '/partner/offers');
        await expect(seller.getByText('You have made no offer yet.')).toBeVisible();
        await expectGood(seller);
        await seller.getByLabel('Plan').selectOption({ label: `${RELAY.name} · Enterprise` });
        await seller.getByLabel("ID of the customer's organization").fill('org_nobody');
        await seller.getByLabel('Price each time, before tax').fill('1,200');
        await seller.getByLabel('Message').fill('As we said on the phone.');
        watched.expect(/422.*make_offer/);
        const send = seller.getByRole('button', { name: 'Make the offer' });
        await send.click();
        await expect(seller.getByLabel("ID of the customer's organization")).toHaveAttribute('aria-invalid', 'true');
        await expectGood(seller);
        await seller.getByLabel("ID of the customer's organization").fill(CUSTOMER);
        await send.click();
        await expect(made).toContainText('$1,200 a year, for 12 months');
        await expect(made).toContainText('Open');
        await expectGood(seller);
    });

    await test.step('the customer accepts it by paying', async () => {
        await openBill(admin);
        const offer = admin.getByRole('region', { name: 'Offers for you' }).getByRole('listitem');
        await expect(offer).toContainText(`${RELAY.name} · Enterprise`);
        await expect(offer).toContainText('$1,200 a year before tax, for 12 months · from Fjord Labs');
        await expect(offer).toContainText('As we said on the phone.');
        await expectGood(admin);
        await offer.getByRole('button', { name: 'Accept and pay' }).click();
        await pay(admin);
        await expect(admin.getByRole('heading', { level: 1, name: 'Review what it will do' })).toBeVisible();

        await openBill(admin);
        const contract = subscription(admin, RELAY);
        await expect(contract).toContainText('Enterprise · $1,200 a year');
        await expect(contract).toContainText('contract');
        await expect(contract.getByText('Cancel…')).toHaveCount(0);
        await expect(admin.getByRole('region', { name: 'Offers for you' })).toHaveCount(0);
        await expectGood(admin);
    });

    await test.step('the partner sees it', async () => {
        await open(seller, '/partner/offers');
        await expect(made).toContainText('Accepted');
        await expectGood(seller);
    });
});

test('an offer is withdrawn', async ({ page, anotherBrowser }) => {
    await signInAs(page, 'seller');
    await open(page, '/partner/offers');
    await page.getByLabel("ID of the customer's organization").fill(CUSTOMER);
    await page.getByLabel('Price each time, before tax').fill('900');
    await page.getByRole('button', { name: 'Make the offer' }).click();
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Withdrawn' })).toBeVisible();
    const admin = await anotherBrowser();
    await signInAs(admin, 'admin');
    await openBill(admin);
    await expect(admin.getByRole('heading', { name: 'Nothing is paid for yet' })).toBeVisible();
    await expectGood(admin);
});

test('payouts are set up, and a sale is seen', async ({ page, anotherBrowser }) => {
    await signInAs(page, 'seller');

    await test.step('onboarding', async () => {
        await open(page, '/partner');
        await page.getByRole('link', { name: 'Revenue' }).and(page.locator('main a')).click();
        await expect(page.getByRole('heading', { level: 1, name: 'Revenue' })).toBeFocused();
        await expect(page.getByText('Payouts are not set up')).toBeVisible();
        await expect(page.getByRole('heading', { name: 'Nothing was sold yet' })).toBeVisible();
        await expectGood(page);
        await page.getByRole('button', { name: 'Set up payouts' }).click();
        await page.getByLabel('Name of the business').fill('Fjord Labs');
        await page.getByLabel('IBAN').fill('DE89 3704 0044 0532 0130 00');
        await page.getByLabel('I accept the terms').check();
        await page.getByRole('button', { name: 'Submit' }).click();
        await expect(page).toHaveURL('/partner/revenue?payouts=back');
        await appears(page, page.getByText('Payouts are ready'));
        await expectGood(page);
    });

    await test.step('a sale', async () => {
        const admin = await anotherBrowser();
        await signInAs(admin, 'admin');
        await buy(admin, FILTER, 'business.monthly');
        await open(page, '/partner/revenue');
        const line = page.getByRole('region', { name: 'Lines', exact: true }).getByRole('row', { name: /\bSale\b/ });
        await appears(page, line);
        // 70 % of $79.
        await expect(line).toContainText('USD 55.30');
        await expect(line).toContainText('70 % of USD 79.00 without tax: the usual share for a paid listing');
        await expect(figure(page, 'Earned')).toContainText('USD 55.30');
        await expect(figure(page, 'Pending')).toContainText('USD 55.30');
        await expect(page.getByRole('region', { name: 'Earned by listing' })).toContainText(FILTER.name);
        await expectGood(page);
    });
});

test('a month is closed, and its statement is a file', async ({ page, anotherBrowser, lone }) => {
    await signInAs(page, 'seller');
    const admin = await anotherBrowser();
    await signInAs(admin, 'admin');
    // A sale of the month before, old enough to be paid out.
    await lone.payments.pass({ days: -(new Date().getUTCDate() + 20) });
    await buy(admin, FILTER, 'business.annual');
    await open(page, '/partner/revenue');
    await appears(page, page.getByRole('row', { name: /\bSale\b/ }));
    // 70 % of $758.
    await expect(figure(page, 'Owed')).toContainText('USD 530.60');

    lone.run('payouts', 'run');
    const statement = page.getByRole('region', { name: 'Statements', exact: true }).locator('tbody tr');
    await appears(page, statement);
    await expect(statement).toContainText('USD 530.60');
    await expectGood(page);
    const [file] = await Promise.all([
        page.waitForEvent('download'),
        statement.getByRole('link', { name: /^CSV of / }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^statement-\d{4}-\d{2}\.csv$/);
    const [head, ...lines] = readFileSync(await file.path(), 'utf8').trim().split('\n');
    expect(head).toContain('amount');
    expect(lines.map((line) => line.split(',').at(-1))).toEqual(['53060']);

    await page.getByLabel('Statement', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page).toHaveURL(/[?&]month=\d{4}-\d{2}/);
    await expect(page.getByText(/^The statement of /)).toBeVisible();
    await expect(page.getByRole('row', { name: /\bSale\b/ })).toContainText('USD 530.60');
    await expectGood(page);
});
