/** Pages that are downloaded when they are first opened: by a link, and directly. */

import type { Page } from '@playwright/test';
import { alive, open, stayInDocument } from '../support/alive.ts';
import { type DemoKey, signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

interface LazyPage {
    as: DemoKey;
    address: string;
    heading: string;
    /** From a page that belongs to the first download. */
    begin: string;
    link: (page: Page) => Promise<void>;
}

/** Follows a link of the main navigation, which is a menu on a phone. */
const place = (name: string) => async (page: Page) => {
    const menu = page.getByLabel('Menu', { exact: true }).and(page.locator('summary'));
    if (await menu.isVisible()) {
        await menu.click();
        await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name }).click();
    } else {
        await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
    }
};

const PAGES: LazyPage[] = [
    {
        as: 'admin',
        address: '/integrations/alertmanager/install',
        heading: 'Review what it will do',
        begin: '/integrations/alertmanager',
        link: (page) => page.getByRole('link', { name: /^Install( another)?$/ }).click(),
    },
    { as: 'admin', address: '/installed', heading: 'Installed', begin: '/', link: place('Installed') },
    { as: 'partner', address: '/partner', heading: 'My listings', begin: '/', link: place('Partner listings') },
    {
        as: 'partner',
        address: '/partner/revenue',
        heading: 'Revenue',
        begin: '/partner',
        link: (page) => page.getByRole('link', { name: 'Revenue' }).click(),
    },
    { as: 'reviewer', address: '/staff/requests', heading: 'Requests', begin: '/', link: place('Requests') },
    { as: 'reviewer', address: '/staff/discovery', heading: 'Discovery', begin: '/', link: place('Discovery') },
    { as: 'reviewer', address: '/staff/moderation', heading: 'Moderation', begin: '/', link: place('Moderation') },
];

for (const { as, address, heading, begin, link } of PAGES) {
    test(`${address} opens by a link and directly`, async ({ page }) => {
        await signInAs(page, as);
        const shown = page.getByRole('heading', { level: 1, name: heading });

        await open(page, begin);
        const sameDocument = await stayInDocument(page);
        await link(page);
        await expect(page).toHaveURL(address);
        await expect(shown).toBeFocused();
        await sameDocument();

        await page.goto(address);
        await expect(shown).toBeVisible();
        await alive(page);
        const stillSameDocument = await stayInDocument(page);
        await page.getByRole('link', { name: 'OpenConductor' }).click();
        await expect(page).toHaveURL('/');
        await stillSameDocument();
    });
}
