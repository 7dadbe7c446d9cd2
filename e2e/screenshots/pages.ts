/**
 * Takes home, search, a listing, each step of the wizard, what is installed, reviews, the coverage map and the pages of
 * settings and staff: two widths, two themes.
 */

import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { open } from '../support/alive.ts';
import { signInAs } from '../support/people.ts';
import { SCREENS, shoot } from '../support/screens.ts';
import { expect, test } from '../support/test.ts';
import { LISTING, NAME, WIZARD, Wizard, uninstallAll } from '../support/wizard.ts';

const folder = process.env.SCREENSHOTS;

for (const { width, height, ...kind } of SCREENS) {
    for (const colorScheme of ['light', 'dark'] as const) {
        test.describe(`${width} px, ${colorScheme}`, () => {
            test.use({ viewport: { width, height }, ...kind, colorScheme, deviceScaleFactor: 1, reducedMotion: 'reduce' });

            test('pages', async ({ page, alertmanager, prometheus }) => {
                if (!folder) throw new Error('SCREENSHOTS names the folder for the pictures');
                const take = (name: string) => shoot(page, join(folder, `${name}-${width}-${colorScheme}.png`));
                const wizard = new Wizard(page);

                for (const [name, address] of [
                    ['home', '/'],
                    ['search', '/search?q=alerts'],
                    ['listing', LISTING],
                    ['sign-in', '/sign-in'],
                ] as const) {
                    await open(page, address);
                    await take(name);
                }

                await signInAs(page, 'admin');
                await uninstallAll(page);
                await open(page, WIZARD);
                await take('wizard-1-review');
                await wizard.begin();
                await take('wizard-2-connect');
                await wizard.connect(alertmanager.url);
                await wizard.test();
                await take('wizard-3-test');
                await wizard.goOn();
                await take('wizard-4-prove');
                await alertmanager.configure(await wizard.receiver());
                await wizard.sendTestEvent();
                await expect(wizard.heading(`${NAME} is connected`)).toBeVisible();
                await take('wizard-5-proven');

                await prometheus.fire('DiskFull', 'critical', 'The disk of db-1 is full');
                await page.getByRole('link', { name: 'Finish' }).click();
                await expect(page.getByRole('row', { name: /The disk of db-1 is full/ })).toBeVisible({ timeout: 20_000 });
                await take('installed-detail');
                await open(page, '/installed');
                await take('installed');
                await open(page, '/');
                await take('home-signed-in');
                await open(page, `${LISTING}/review`);
                await take('review-form');
                await review(page);
                await take('reviews');
                await open(page, '/coverage');
                await page.getByLabel('Choose files').setInputFiles(join(import.meta.dirname, '../fixtures/coverage/otel-collector.yaml'));
                await expect(page.getByRole('status')).toContainText('in 1 file');
                await take('coverage');
                for (const [name, address] of [
                    ['inbox', '/inbox'],
                    ['members', '/settings/members'],
                    ['organization', '/settings/organization'],
                    ['policy', '/settings/policy'],
                    ['policy-edit', '/settings/policy/edit?do=add&outcome=allow&level=bronze&level_is=least&access=read_only&note=Reading is harmless.'],
                    ['tokens', '/settings/tokens'],
                    ['account', '/settings/account'],
                    ['audit', '/audit'],
                    ['approvals', '/approvals'],
                ] as const) {
                    await open(page, address);
                    await take(name);
                }
                await uninstallAll(page);
            });

            test('pages of staff', async ({ page }) => {
                if (!folder) throw new Error('SCREENSHOTS names the folder for the pictures');
                await signInAs(page, 'reviewer');
                for (const name of ['requests', 'discovery', 'moderation']) {
                    await open(page, `/staff/${name}`);
                    await shoot(page, join(folder, `staff-${name}-${width}-${colorScheme}.png`));
                }
            });
        });
    }
}

/** Writes a review, or changes the one that is there. */
async function review(page: Page): Promise<void> {
    await page.getByRole('group', { name: 'The whole' }).getByRole('radio', { name: /^4 stars/ }).check({ force: true });
    await page.getByLabel('In one line').fill('Pages the right person');
    await page.getByLabel('What is it like to use?').fill('Alerts arrive within seconds, and silences are respected.');
    await page.getByRole('button', { name: /^Publish/ }).click();
    await expect(page.getByRole('heading', { name: 'Pages the right person' })).toBeVisible();
}
