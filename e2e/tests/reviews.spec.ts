/** Reviews: written by somebody whose organization uses the integration, answered, found helpful, reported, decided. */

import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open } from '../support/alive.ts';
import { signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { LISTING, NAME, WIZARD, Wizard } from '../support/wizard.ts';
import type { Alertmanager } from '../support/monitoring.ts';

const TAB = `${LISTING}?tab=reviews`;
const FORM = `${LISTING}/review`;
const TITLE = 'Pages the right person';
const TEXT = 'Alerts arrive within seconds, and silences from our side are respected.';

// What is written stays, so each test has a marketplace of its own.
test.use({ baseURL: async ({ lone }, use) => use(lone.url) });

async function goodToLookAt(page: Page): Promise<void> {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
}

/** Installs the Alertmanager and lets an event arrive. */
async function install(page: Page, alertmanager: Alertmanager, scripts: boolean): Promise<void> {
    const wizard = new Wizard(page);
    await page.goto(WIZARD);
    await wizard.begin();
    await wizard.connect(alertmanager.url);
    await wizard.test();
    await wizard.goOn();
    await alertmanager.configure(await wizard.receiver());
    await wizard.sendTestEvent();
    await expect(async () => {
        if (!scripts) await page.reload();
        await expect(wizard.heading(`${NAME} is connected`)).toBeVisible({ timeout: scripts ? 10_000 : 1 });
    }).toPass();
}

/** Fills in what a review needs at least. */
async function fillIn(page: Page, stars: RegExp): Promise<void> {
    await page.getByRole('group', { name: 'The whole' }).getByRole('radio', { name: stars }).check({ force: true });
    await page.getByLabel('In one line').fill(TITLE);
    await page.getByLabel('What is it like to use?').fill(TEXT);
}

test('written, answered, found helpful, reported, hidden', async ({ page, anotherBrowser, alertmanager }) => {
    test.setTimeout(180_000);
    await signInAs(page, 'admin');
    const review = (of: Page) => of.getByRole('listitem').filter({ has: of.getByRole('heading', { name: TITLE }) });

    await test.step('nobody has written one, and whoever does not use it is told why', async () => {
        await open(page, TAB);
        await expect(page.getByRole('heading', { name: 'No reviews yet' })).toBeVisible();
        await goodToLookAt(page);
        await page.getByRole('link', { name: 'What you can do' }).click();
        await expect(page).toHaveURL(FORM);
        await expect(page.getByText('Your organization has not installed it', { exact: true })).toBeVisible();
        await expect(page.getByRole('link', { name: 'Install it' })).toBeVisible();
        await goodToLookAt(page);
    });

    await install(page, alertmanager, true);

    await test.step('a verified installer writes', async () => {
        await open(page, TAB);
        await page.getByRole('link', { name: 'Write a review' }).click();
        await expect(page.getByRole('heading', { level: 1, name: `Review ${NAME}` })).toBeVisible();
        await fillIn(page, /^4 stars/);
        await page.getByRole('group', { name: 'Set-up' }).getByRole('radio', { name: /^5 stars/ }).check({ force: true });
        await page.getByLabel(/How many people work/).selectOption({ label: '51–1,000 people' });
        await goodToLookAt(page);
        await page.getByRole('button', { name: 'Publish the review' }).click();
        await expect(page).toHaveURL(TAB);
        await expect(review(page)).toContainText('Verified install, less than a month');
        await expect(review(page)).toContainText('51–1,000 people');
        await expect(review(page).getByText('4 of 5 stars')).toBeAttached();
        await goodToLookAt(page);
    });

    await test.step('and changes it; what it was before can be seen', async () => {
        await review(page).getByRole('link', { name: 'Change your review' }).click();
        await expect(page.getByLabel('In one line')).toHaveValue(TITLE);
        await expect(page.getByLabel('What is it like to use?')).toHaveValue(TEXT);
        await page.getByLabel('What is it like to use?').fill(`${TEXT} Still true.`);
        await page.getByRole('button', { name: 'Publish the change' }).click();
        await expect(page).toHaveURL(TAB);
        await review(page).getByText(/^Edited .* how it was before$/).click();
        await expect(review(page).getByText(TEXT, { exact: true })).toBeVisible();
        await goodToLookAt(page);
    });

    const partner = await anotherBrowser();
    await test.step('the partner answers, and may not review', async () => {
        await signInAs(partner, 'partner');
        await open(partner, FORM);
        await expect(partner.getByText('Your team publishes this integration', { exact: true })).toBeVisible();
        await open(partner, TAB);
        await review(partner).getByText('Answer to this review').click();
        await review(partner).getByLabel('Your answer').fill('Thank you. Release 2 is quicker still.');
        await review(partner).getByRole('button', { name: 'Publish the answer' }).click();
        await expect(review(partner).getByRole('heading', { name: /^Answer from / })).toBeVisible();
        await expect(review(partner)).toContainText('Release 2 is quicker still.');
        await goodToLookAt(partner);
    });

    const staff = await anotherBrowser();
    await test.step('a reader finds it helpful, takes that back, and reports it', async () => {
        await signInAs(staff, 'reviewer');
        await open(staff, TAB);
        const helpful = review(staff).getByRole('button', { name: /^Helpful/ });
        await helpful.click();
        await expect(helpful).toHaveAttribute('aria-pressed', 'true');
        await expect(helpful).toContainText('1');
        await helpful.click();
        await expect(helpful).toHaveAttribute('aria-pressed', 'false');
        await review(staff).getByText('Report this review').click();
        await review(staff).getByLabel('Insults or threatens somebody').check();
        await goodToLookAt(staff);
        await review(staff).getByRole('button', { name: 'Report to the moderators' }).click();
        await expect(review(staff)).toContainText('Reported. Moderators look at it.');
    });

    await test.step('a moderator hides it, and its author hears why', async () => {
        await open(staff, '/staff/moderation');
        await expect(staff.getByText('One review waits for a decision.')).toBeVisible();
        await goodToLookAt(staff);
        await staff.getByLabel(/^Hide it/).check();
        await staff.getByLabel('Reason').fill('It names a colleague.');
        await staff.getByRole('button', { name: 'Decide' }).click();
        await expect(staff.getByText('Nothing waits for a decision.')).toBeVisible();
        await open(page, '/inbox');
        await expect(page.getByText(`Your review of ${NAME} was hidden`)).toBeVisible();
        await open(page, TAB);
        await expect(page.getByText('Your review is hidden')).toBeVisible();
        await expect(review(page)).toHaveCount(0);
        await goodToLookAt(page);
    });
});

test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });
    test.beforeEach(({ watched }) => watched.expect(/was preloaded using link preload but not used/));

    test('written, filtered and deleted with forms alone', async ({ page, alertmanager }) => {
        test.setTimeout(180_000);
        await signInAs(page, 'admin');
        await install(page, alertmanager, false);
        await page.goto(FORM);
        await fillIn(page, /^5 stars/);
        await page.getByRole('button', { name: 'Publish the review' }).click();
        await expect(page).toHaveURL(TAB);
        await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
        await expect(page.getByText('Rated 3.8 of 5 stars in 1 review')).toBeAttached();
        await page.getByRole('combobox', { name: 'Rating' }).selectOption({ label: '1 star' });
        await page.getByRole('button', { name: 'Show', exact: true }).click();
        await expect(page).toHaveURL(/tab=reviews&stars=1/);
        await expect(page.getByRole('heading', { name: 'No review fits' })).toBeVisible();
        await page.getByRole('link', { name: 'All reviews' }).click();
        await page.getByRole('listitem').getByRole('link', { name: 'Change your review' }).click();
        await page.getByText('Delete your review…').click();
        await page.getByRole('button', { name: 'Delete your review' }).click();
        await expect(page).toHaveURL(TAB);
        await expect(page.getByRole('heading', { name: 'No reviews yet' })).toBeVisible();
    });
});
