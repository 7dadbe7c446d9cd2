/** Takes what is bought, paid and earned: two widths, two themes. */

import { join } from 'node:path';
import { alive, open } from '../support/alive.ts';
import { BRIDGE, FILTER, RELAY, appears, buy, connectRelay, invoices, openBill, subscription } from '../support/paying.ts';
import { signInAs } from '../support/people.ts';
import { SCREENS, shoot } from '../support/screens.ts';
import { expect, test } from '../support/test.ts';

const folder = process.env.SCREENSHOTS;

test.use({ baseURL: async ({ lone }, use) => use(lone.url) });

for (const { width, height, ...kind } of SCREENS) {
    for (const colorScheme of ['light', 'dark'] as const) {
        test.describe(`${width} px, ${colorScheme}`, () => {
            test.use({ viewport: { width, height }, ...kind, colorScheme, deviceScaleFactor: 1, reducedMotion: 'reduce' });

            test('money', async ({ page, anotherBrowser, lone }) => {
                if (!folder) throw new Error('SCREENSHOTS names the folder for the pictures');
                const seller = await anotherBrowser();
                await seller.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
                const take = (name: string, of = page) => shoot(of, join(folder, `${name}-${width}-${colorScheme}.png`));

                for (const { name, page: address } of [FILTER, BRIDGE, RELAY]) {
                    await open(page, `${address}?tab=pricing`);
                    await take(`pricing-${name.split(' ')[1]?.toLowerCase()}`);
                }
                await signInAs(seller, 'seller');
                await open(seller, '/partner/revenue');
                await take('revenue-empty', seller);
                await open(seller, '/partner/offers');
                await seller.getByLabel("ID of the customer's organization").fill('org_demo_northwind');
                await seller.getByLabel('Price each time, before tax').fill('1,200');
                await seller.getByLabel('Message').fill('As we said on the phone.');
                await seller.getByRole('button', { name: 'Make the offer' }).click();
                await expect(seller.getByText('open until')).toBeVisible();
                await take('offers', seller);

                await signInAs(page, 'admin');
                await open(page, '/billing');
                await take('billing-offer');
                for (const [name, address] of [
                    ['plan', `${FILTER.page}/install?plan=team&interval=monthly`],
                    ['plan-seats', `${BRIDGE.page}/install`],
                ] as const) {
                    await open(page, address);
                    await take(name);
                }
                await lone.payments.pass({ days: -10 });
                await buy(page, BRIDGE, 'volume.monthly', { seats: '12' });
                await lone.payments.pass({ days: 10 });
                await buy(page, RELAY, 'usage.monthly');
                await buy(page, FILTER, 'team.monthly');
                const send = await connectRelay(page, lone.url);
                for (let batch = 0; batch < 4; batch++) {
                    await send(...Array.from({ length: 100 }, (_, number) => `${batch}-${number}`));
                }
                await openBill(page);
                await page.getByLabel('Cap in events a billing period').fill('500');
                await page.getByRole('button', { name: 'Save the cap' }).click();
                await expect(page.getByText('80 % of the cap')).toBeVisible();
                await appears(page, invoices(page).filter({ hasText: 'USD 108.00' }).filter({ hasText: 'Paid' }));
                await take('billing');
                await subscription(page, FILTER).getByText('Cancel…').click();
                await take('billing-cancel');
                await subscription(page, BRIDGE).getByRole('link', { name: 'Change plan' }).click();
                await page.getByLabel('Seats, for plans that have them').fill('40');
                await page.getByRole('button', { name: 'Show what it costs' }).click();
                await expect(page.getByRole('region', { name: 'The invoice of the change' })).toBeVisible();
                await alive(page);
                await take('change');
                await open(page, `${FILTER.page}/install?step=plan`);
                await take('plan-there');

                await open(seller, '/partner/revenue');
                await appears(seller, seller.getByRole('row', { name: /\bSale\b/ }).first());
                await take('revenue', seller);
            });
        });
    }
}
